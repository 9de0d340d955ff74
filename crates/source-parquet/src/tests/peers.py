"""Parquet files of other programs, each beside the lines that are right: made from the values, not from the files."""

import datetime
import decimal
import itertools
import json
import pathlib
import random
import sys
import uuid
import zoneinfo

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc
decimal.getcontext().prec = 50


def moment(seconds, micros=0, utc=True):
    """An instant as text: with the fraction that it has, and no more."""
    at = datetime.datetime.fromtimestamp(seconds, UTC)
    text = at.strftime("%Y-%m-%dT%H:%M:%S")
    if micros:
        text += "." + f"{micros:06}".rstrip("0")
    return text + ("Z" if utc else "")


def rows(count):
    """Rows of values, each with its line."""
    chance = random.Random(7)
    for number in range(count):
        seconds = 1_772_366_400 + number * 977
        micros = chance.choice([0, 1, 500_000, 999_999])
        naive = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds, microseconds=micros)
        user = chance.choice([None, "ek@kvist.example", "bj\u00f6rk@kvist.example"])
        tags = chance.choice([None, [], ["a"], ["a", None, "\u00e5"]])
        hops = [{"at": i, "via": [j for j in range(i)]} for i in range(chance.randrange(3))]
        price = decimal.Decimal(chance.randrange(-(10**30), 10**30)).scaleb(-3)
        key = uuid.UUID(int=chance.getrandbits(128))
        value = {
            "time": naive.replace(tzinfo=UTC),
            "local": naive,
            "day": naive.date(),
            "user": user,
            "n": chance.choice([-(2**63), 2**63 - 1, 2**53 + 1, number]),
            "u": chance.choice([2**64 - 1, number]),
            "price": price,
            "size": chance.choice([0.1, 1e300, float("nan"), -0.0]),
            "raw": chance.choice([b"\x00\xff", b"text"]),
            "ok": number % 3 == 0,
            "tags": tags,
            "from": {"ip": f"192.0.2.{number % 256}", "port": number % 7 or None},
            "hops": hops,
            "id": key.bytes,
        }
        size = value["size"]
        line = {
            "time": moment(seconds, micros),
            "local": moment(seconds, micros, utc=False),
            "day": str(naive.date()),
            "user": user,
            "n": value["n"],
            "u": value["u"],
            "price": format(price, "f"),
            "size": "NaN" if size != size else size,
            "raw": "text" if value["raw"] == b"text" else {"base64": "AP8="},
            "ok": value["ok"],
            "tags": tags,
            "from": value["from"],
            "hops": hops,
            "id": {"base64": __import__("base64").b64encode(key.bytes).decode()},
        }
        yield value, line


SCHEMA = pa.schema(
    [
        ("time", pa.timestamp("us", tz="UTC")),
        ("local", pa.timestamp("us")),
        ("day", pa.date32()),
        ("user", pa.string()),
        ("n", pa.int64()),
        ("u", pa.uint64()),
        ("price", pa.decimal128(34, 3)),
        ("size", pa.float64()),
        ("raw", pa.binary()),
        ("ok", pa.bool_()),
        ("tags", pa.list_(pa.string())),
        ("from", pa.struct([("ip", pa.string()), ("port", pa.int32())])),
        ("hops", pa.list_(pa.struct([("at", pa.int32()), ("via", pa.list_(pa.int32()))]))),
        ("id", pa.binary(16)),
    ]
)


def put(place, name, lines):
    with open(place / f"{name}.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def of_pyarrow(place):
    both = list(rows(700))
    table = pa.Table.from_pylist([value for value, _ in both], SCHEMA)
    lines = [line for _, line in both]
    codecs = ["NONE", "SNAPPY", "GZIP", "LZ4", "ZSTD"]
    for codec, version, dictionary in itertools.product(codecs, ["1.0", "2.0"], [True, False]):
        name = f"pyarrow-{codec}-{version}-{dictionary}"
        pq.write_table(
            table,
            place / f"{name}.parquet",
            compression=codec,
            data_page_version=version,
            use_dictionary=dictionary,
            row_group_size=300,
            data_page_size=900,
            write_page_checksum=dictionary,
            write_page_index=True,
        )
        put(place, name, lines)
    pq.write_table(table, place / "pyarrow-int96.parquet", use_deprecated_int96_timestamps=True)
    # All instants of 96 bits are told without a zone.
    put(place, "pyarrow-int96", [dict(line, time=line["time"].rstrip("Z")) for line in lines])
    encodings = {
        "time": "DELTA_BINARY_PACKED",
        "n": "DELTA_BINARY_PACKED",
        "user": "DELTA_BYTE_ARRAY",
        "raw": "DELTA_LENGTH_BYTE_ARRAY",
        "size": "BYTE_STREAM_SPLIT",
        "id": "DELTA_BYTE_ARRAY",
        "ok": "RLE",
    }
    for version in ["1.0", "2.0"]:
        name = f"pyarrow-encodings-{version}"
        pq.write_table(
            table,
            place / f"{name}.parquet",
            use_dictionary=False,
            column_encoding=encodings,
            data_page_version=version,
            data_page_size=2000,
        )
        put(place, name, lines)


def of_duckdb(place):
    import duckdb

    database = duckdb.connect()
    count = 5000
    query = (
        "select i as n, 'user' || (i % 9) || '@kvist.example' as \"user\","
        " make_timestamp(1772366400000000 + i * 1000003) as at,"
        " case when i % 5 = 0 then null else i / 8.0 end as size,"
        " [i, i + 1] as many, {'a': i, 'b': 'x'} as pair, (i / 4)::decimal(12, 2) as price"
        f" from range({count}) as t(i)"
    )
    lines = [
        {
            "n": i,
            "user": f"user{i % 9}@kvist.example",
            "at": moment((1772366400000000 + i * 1000003) // 10**6, (i * 1000003) % 10**6, utc=False),
            "size": None if i % 5 == 0 else i / 8,
            "many": [i, i + 1],
            "pair": {"a": i, "b": "x"},
            "price": f"{i / 4:.2f}",
        }
        for i in range(count)
    ]
    for codec in ["uncompressed", "snappy", "gzip", "zstd", "lz4_raw"]:
        for version in ["V1", "V2"]:
            name = f"duckdb-{codec}-{version}"
            to = place / f"{name}.parquet"
            options = f"format parquet, codec '{codec}', parquet_version {version}, row_group_size 2048"
            database.execute(f"copy ({query}) to '{to}' ({options})")
            put(place, name, lines)


def of_fastparquet(place):
    import fastparquet
    import pandas

    count = 500
    frame = pandas.DataFrame(
        {
            "n": range(count),
            "user": [f"u{i % 4}@kvist.example" for i in range(count)],
            "size": [i / 3 for i in range(count)],
            "ok": [i % 2 == 0 for i in range(count)],
        }
    )
    lines = [
        {"n": i, "user": f"u{i % 4}@kvist.example", "size": i / 3, "ok": i % 2 == 0} for i in range(count)
    ]
    for codec in [None, "SNAPPY", "GZIP", "ZSTD"]:
        name = f"fastparquet-{codec}"
        fastparquet.write(str(place / f"{name}.parquet"), frame, compression=codec, row_group_offsets=120)
        put(place, name, lines)


def checksum(place):
    table = pa.table({"a": ["findable", "other"]})
    pq.write_table(
        table, place / "a.parquet", compression="NONE", use_dictionary=False, write_page_checksum=True,
        write_statistics=False, store_schema=False,
    )


def encrypted(place):
    import base64

    import pyarrow.parquet.encryption as pe

    class Keys(pe.KmsClient):
        def __init__(self, _):
            pe.KmsClient.__init__(self)

        def wrap_key(self, key, _):
            return base64.b64encode(key)

        def unwrap_key(self, key, _):
            return base64.b64decode(key)

    table = pa.table({"a": ["secret"], "b": [1]})
    for name, plain in [("footer", False), ("plain-footer", True)]:
        settings = pe.EncryptionConfiguration(
            footer_key="one", column_keys={"two": ["a"]}, plaintext_footer=plain
        )
        made = pe.CryptoFactory(Keys).file_encryption_properties(pe.KmsConnectionConfig(), settings)
        with pq.ParquetWriter(place / f"{name}.parquet", table.schema, encryption_properties=made) as out:
            out.write_table(table)


def log(place, zone):
    """A log that tells its times without a zone, and which of its rows lie in a period: all, or some of what they may mean."""
    zone = zoneinfo.ZoneInfo(zone)
    first = datetime.datetime(2026, 10, 1, tzinfo=UTC)
    until = datetime.datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    chance = random.Random(11)
    instants = [first + datetime.timedelta(seconds=chance.randrange(-(10**6), 3 * 10**6)) for _ in range(600)]
    # Around the end of the period, which lies in the hour that a clock of Stockholm has twice.
    instants += [until + datetime.timedelta(minutes=minute) for minute in range(-90, 150, 7)]
    instants += [first, first - datetime.timedelta(microseconds=1), until]
    users = [chance.choice(["alder@kvist.example", "birch@kvist.example"]) for _ in instants]
    local = [at.astimezone(zone).replace(tzinfo=None) for at in instants]
    table = pa.table(
        {"time": pa.array(local, pa.timestamp("us")), "user": users, "n": list(range(len(local)))}
    )
    size = 100
    pq.write_table(table, place / "a.parquet", row_group_size=size)
    told = {"inside": [], "unclear": []}
    for number, (at, user) in enumerate(zip(local, users)):
        if user != "alder@kvist.example":
            continue
        both = {at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in [0, 1]}
        # An instant in a gap that the other clock would show too is none.
        lies = [first <= one < until for one in both]
        where = f"a.parquet row group {number // size + 1} row {number % size + 1}"
        if all(lies):
            told["inside"].append(where)
        elif any(lies):
            told["unclear"].append(where)
    print(json.dumps(told))


place = pathlib.Path(sys.argv[2])
match sys.argv[1]:
    case "write":
        of_pyarrow(place)
        of_duckdb(place)
        of_fastparquet(place)
    case "checksum":
        checksum(place)
    case "encrypted":
        encrypted(place)
    case "log":
        log(place, sys.argv[3])
