"""The cube of the transparency figures, beside DuckDB's `group by` over the same rows: both at a time in one run, with as
many threads, and every cell compared."""

import pathlib
import resource
import subprocess
import sys
import time

import duckdb

program, work, demands, threads, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), *map(int, sys.argv[3:6])
KEYS = {"country": "smallint", **dict.fromkeys(("instrument", "private", "emergency", "asked", "outcome"), "tinyint")}
SUMS = {
    **dict.fromkeys(("demands", "identifiers", "accounts"), "integer"),
    **dict.fromkeys(("content", "content_abroad", "challenged", "withheld", "told", "timed"), "tinyint"),
    "seconds": "integer",
    "followed": "tinyint",
    "days": "integer",
}
keys = ", ".join(KEYS)
# Of one demand it is always 1.
sums = ", ".join("count(*) as demands" if name == "demands" else f"sum({name}) as {name}" for name in SUMS)
query = f"select {keys}, {sums} from demands group by {keys}"


def table(name, columns, file):
    columns = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    duck.execute(f"create table {name} ({columns})")
    duck.execute(f"insert into {name} from read_csv('{file}', header = false)")
    return duck.execute(f"select count(*) from {name}").fetchone()[0]


def processor_seconds():
    """Of us, with DuckDB; and of the program, which counts and waits."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    fields = pathlib.Path(f"/proc/{ours.pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return own.ru_utime + own.ru_stime, ticks / 100


def ask(line):
    print(line, file=ours.stdin, flush=True)
    return ours.stdout.readline().strip()


rows = work / "demands.csv"
ours = subprocess.Popen(
    [program, str(demands), str(threads), str(rows)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
assert ours.stdout.readline() == "ready\n"
duck = duckdb.connect()
duck.execute(f"set threads = {threads}")
assert table("demands", {**KEYS, **SUMS}, rows) == demands
rows.unlink()

counted, grouped, used = [], [], [0, 0]
for _ in range(rounds):
    before = processor_seconds()
    counted.append(float(ask("count")))
    start = time.perf_counter()
    # Into a table: that costs it less than giving so many rows to Python.
    duck.execute(f"create or replace temp table theirs as {query}")
    grouped.append(time.perf_counter() - start)
    after = processor_seconds()
    used = [all_ + late - early for all_, early, late in zip(used, before, after)]

cells = work / "cells.csv"
assert ask(f"write {cells}") == "written"
own = table("ours", {**KEYS, **dict.fromkeys(SUMS, "bigint")}, cells)
theirs = duck.execute("select count(*) from theirs").fetchone()[0]
differ = duck.execute(
    "select count(*) from ((from ours except all from theirs) union all (from theirs except all from ours))"
).fetchone()[0]
ours.stdin.close()
ours.wait()
print(f"{demands:,} demands in memory into {own:,} cells of {len(SUMS)} sums, {threads} threads, the best of {rounds} rounds in turn:")
print(
    f"  the cube {min(counted):.3f} s, DuckDB {duckdb.__version__} {min(grouped):.3f} s: "
    f"ratio {min(counted) / min(grouped):.2f} (the promise: at most 0.50)"
)
print(
    f"  seconds of processors for a round: {used[1] / rounds:.2f} and {used[0] / rounds:.2f}: ratio {used[1] / used[0]:.2f}"
)
if differ or own != theirs:
    sys.exit(f"  WRONG: {own:,} cells and DuckDB's {theirs:,}, {differ:,} rows are not the same")
print(f"  every cell is the same as DuckDB's, {own:,} of {theirs:,}")
