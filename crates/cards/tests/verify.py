#!/usr/bin/env python3
"""A second verifier of count cards, written from docs/count-cards.md, over libsodium.

    verify.py DIR       DIR holds `statement`, `proof`, `numbers`, `cards/SLOT` for each slot of the log from
                        its first, and from the second view on `former/` with the same three files
    verify.py --each    one report a line on standard input, as JSON; one verdict a line

It shares no code with the other verifier, and no way of checking: each equation is checked by itself.
"""

import base64
import ctypes
import ctypes.util
import hashlib
import json
import pathlib
import re
import sys

L = 2**252 + 27742317777372353535851937790883648493
ZERO = bytes(32)

sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
if sodium.sodium_init() < 0:
    sys.exit("libsodium does not start")


class Refused(Exception):
    """Why a report is not believed."""


def need(holds, why):
    if not holds:
        raise Refused(why)


# The group. Points are their 32 bytes; numbers are Python's own, below L.


def add(one, other):
    out = ctypes.create_string_buffer(32)
    need(sodium.crypto_core_ristretto255_add(out, one, other) == 0, "not a point")
    return out.raw


def sub(one, other):
    out = ctypes.create_string_buffer(32)
    need(sodium.crypto_core_ristretto255_sub(out, one, other) == 0, "not a point")
    return out.raw


def mul(number, point):
    # libsodium answers with an error where the result is the identity.
    if number % L == 0 or point == ZERO:
        return ZERO
    out = ctypes.create_string_buffer(32)
    sodium.crypto_scalarmult_ristretto255(out, (number % L).to_bytes(32, "little"), point)
    return out.raw


def base(number):
    if number % L == 0:
        return ZERO
    out = ctypes.create_string_buffer(32)
    sodium.crypto_scalarmult_ristretto255_base(out, (number % L).to_bytes(32, "little"))
    return out.raw


def from_hash(hash64):
    out = ctypes.create_string_buffer(32)
    sodium.crypto_core_ristretto255_from_hash(out, hash64)
    return out.raw


def is_point(data):
    return data != ZERO and sodium.crypto_core_ristretto255_is_valid_point(data) == 1


G = base(1)
H = from_hash(hashlib.sha512(b"lagrum/count-cards/v1/H").digest())


def u64(number):
    return number.to_bytes(8, "little")


def challenge(h, name):
    number = int.from_bytes(hashlib.sha512(h + b"challenge " + name.encode() + b"\n").digest(), "little") % L
    need(number != 0, "challenge of zero")
    return number


def part(h, data):
    return hashlib.sha512(h + u64(len(data)) + data).digest()


def points_of(data):
    out = [data[at : at + 32] for at in range(0, len(data), 32)]
    need(all(map(is_point, out)), "not a point in canonical form")
    return out


def number_of(data):
    number = int.from_bytes(data, "little")
    need(number < L, "not a number in canonical form")
    return number


# Texts.


def decimal(text, below=2**64):
    need(re.fullmatch(r"0|[1-9][0-9]*", text) and int(text) < below, "not a decimal number")
    return int(text)


def sha(text):
    need(re.fullmatch(r"[0-9a-f]{64}", text), "not 64 hexadecimal digits")
    return text


def weighted(text):
    weight, star, rest = text.rpartition("*")
    need(not star or weight != "1", "a weight of 1 is not written")
    return (decimal(weight, 65536) if star else 1), rest


def read_sum(text, classes, columns):
    """(what, terms): what is None for cases or [(column, weight)]; terms are (first, last, weight)."""
    measure, colon, rest = text.partition(":")
    need(colon, "a sum has a measure")
    what = None
    if measure != "cases":
        what = []
        for own in measure.split("+"):
            weight, column = weighted(own)
            column = decimal(column)
            need(weight > 0 and 0 < column <= columns, "no such column")
            need(not what or what[-1][0] < column, "columns ascend")
            what.append((column, weight))
    terms = []
    for own in rest.split("+"):
        weight, ends = weighted(own)
        first, dots, last = ends.partition("..")
        first = decimal(first)
        last = decimal(last) if dots else first
        need(weight > 0 and 0 < first <= last <= classes, "no such class")
        need(not dots or first < last, "a range has two ends")
        if terms:
            need(terms[-1][1] < first, "classes ascend")
            need(terms[-1][1] + 1 < first or terms[-1][2] != weight, "neighbours are one range")
        terms.append((first, last, weight))
    return what, terms


KEYS = "origin period view former log slots void codebook plan cards classes pending values bands corrections".split()


def read_statement(data):
    need(len(data) <= 2**20, "a statement is at most 1 MiB")
    need(data.isascii(), "not ASCII")
    lines = data.decode().split("\n")
    need(len(lines) == len(KEYS) + 3 and lines[0] == "lagrum/count-cards/v1" and lines[-2:] == ["", ""], "form")
    raw = {}
    for key, line in zip(KEYS, lines[1:]):
        need(line.startswith(key + " "), "line " + key)
        raw[key] = line[len(key) + 1 :]
    absent = lambda text, read: None if text == "-" else read(text)
    many = lambda text, between: [] if text == "-" else text.split(between)
    s = {}
    need(re.fullmatch(r"[!-~]{1,255}", raw["origin"]), "origin")
    need(re.fullmatch(r"[!-~]{1,32}", raw["period"]), "period")
    s["origin"], s["period"] = raw["origin"], raw["period"]
    s["view"] = decimal(raw["view"])
    need(s["view"] >= 1, "view")
    s["former"] = absent(raw["former"], sha)
    need((s["view"] == 1) == (s["former"] is None), "former")
    size, _, root = raw["log"].partition(" ")
    s["log"] = decimal(size)
    try:
        decoded = base64.b64decode(root, validate=True)
    except ValueError:
        raise Refused("root")
    need(len(decoded) == 32 and base64.b64encode(decoded).decode() == root, "root")
    first, _, last = raw["slots"].partition(" ")
    s["slots"] = decimal(first), decimal(last)
    s["cards"] = decimal(raw["cards"])
    need(1 <= s["cards"] <= 2**20, "cards")
    slots = s["slots"][1] - s["slots"][0] + 1
    need(slots >= 1 and slots < 2**64 and slots <= s["cards"], "slots")
    s["void"] = [decimal(place, s["cards"]) for place in many(raw["void"], ",")]
    need(all(a < b for a, b in zip(s["void"], s["void"][1:])) and len(s["void"]) < s["cards"], "void")
    s["codebook"], s["plan"] = sha(raw["codebook"]), sha(raw["plan"])
    s["classes"] = decimal(raw["classes"])
    need(1 <= s["classes"] <= 65535, "classes")
    s["pending"] = absent(raw["pending"], decimal)
    need(s["pending"] is None or 1 <= s["pending"] <= s["classes"], "pending")
    s["values"] = [decimal(values) for values in many(raw["values"], " ")]
    need(len(s["values"]) <= 8 and all(2 <= values <= 65536 for values in s["values"]), "values")
    s["bands"] = []
    for band in many(raw["bands"], " "):
        rest, _, width = band.rpartition(":")
        text, _, low = rest.rpartition(":")
        width = decimal(width)
        need(1 <= width <= 65536, "width")
        s["bands"].append((read_sum(text, s["classes"], len(s["values"])), decimal(low, 2**53), width))
    need(len(s["bands"]) <= 256, "bands")
    s["corrections"] = []
    for correction in many(raw["corrections"], " "):
        parts = [decimal(own) for own in correction.split(":")]
        need(len(parts) == 3, "corrections")
        old, new, count = parts
        need(all(1 <= own <= s["classes"] for own in (old, new)), "corrections")
        need(old != new and old != s["pending"] and 1 <= count <= s["cards"], "corrections")
        s["corrections"].append((old, new, count))
    ways = [own[:2] for own in s["corrections"]]
    need(len(ways) <= 256 and all(a < b for a, b in zip(ways, ways[1:])), "corrections")
    need(s["view"] > 1 or not ways, "corrections")
    return s


def read_numbers(data, s):
    need(data.isascii(), "not ASCII")
    lines = data.decode().split("\n")
    need(len(lines) >= 3 and lines[0] == "lagrum/count-cards/v1/numbers" and lines[-2:] == ["", ""], "form")
    out = []
    for line in lines[1:-2]:
        parts = line.split(" ")
        need(len(parts) == 4, "number")
        name, value, blinding, text = parts
        need(re.fullmatch(r"[A-Za-z0-9._-]{1,255}", name), "name")
        need(not out or out[-1][0] < name, "names ascend")
        own = read_sum(text, s["classes"], len(s["values"]))
        out.append((name, decimal(value, 2**53), number_of(bytes.fromhex(sha(blinding))), own))
    need(len(out) <= 65536, "numbers")
    return out


def report_digest(statement, proof, numbers):
    h = hashlib.sha256(b"lagrum/count-cards/v1/report\n")
    for data in (statement, proof, numbers):
        h.update(u64(len(data)) + data)
    return h.hexdigest()


# Cards.


def read_cards(origin, first, sizes, files):
    """{slot: [64 bytes, …]} of all files, from the first slot of the log on. How many cards each has, the schedule says."""
    seen, out = set(), {}
    for slot, (data, per_file) in enumerate(zip(files, sizes), first):
        need(per_file >= 1 and len(data) == 64 * per_file + 96, "length of a card file")
        body, end = data[: 64 * per_file], data[64 * per_file :]
        cards = [body[at : at + 64] for at in range(0, len(body), 64)]
        h = hashlib.sha512(
            b"lagrum/count-cards/v1/file\n" + u64(len(origin)) + origin.encode() + u64(slot) + u64(len(body)) + body
        ).digest()
        w = challenge(h, "w")
        c = challenge(part(h, end[:32]), "c")
        total, power = end[:32], 1
        need(is_point(total), "not a point")
        for card in cards:
            need(is_point(card[:32]), "not a point")
            total = add(total, mul(c * power, card[:32]))
            power = power * w % L
            for own in (card[:32], card[32:]):
                need(own not in seen, "a card twice")
                seen.add(own)
        left = add(base(number_of(end[32:64])), mul(number_of(end[64:]), H))
        need(left == total, "cards that nobody can open")
        out[slot] = cards
    return out


# The report.


def verify(statement, proof, numbers, origin, cards, former=None):
    """Refuses, or returns what a later view needs. `former` is what this returned for the former view."""
    s = read_statement(statement)
    published = read_numbers(numbers, s)
    need(s["origin"] == origin, "another log")
    first, last = s["slots"]
    need(all(slot in cards for slot in (first, last)), "no card file for every slot")
    own = [card for slot in range(first, last + 1) for card in cards[slot]]
    need(len(own) == s["cards"], "other cards than the slots hold")
    if s["view"] > 1:
        need(former and former["digest"] == s["former"], "the former view")
        old = former["statement"]
        for key in "origin period slots codebook plan cards classes pending values".split():
            need(s[key] == old[key], "the former view has another " + key)
        need(s["view"] == old["view"] + 1 and s["log"] >= old["log"], "the former view")
        need(set(old["void"]) <= set(s["void"]) and former["cards"] == own, "the former view")
    else:
        need(former is None, "the first view has no former one")

    void = set(s["void"])
    rows = [place for place in range(s["cards"]) if place not in void]
    n, m, columns = len(rows), s["classes"], len(s["values"])
    moves = []
    if s["view"] > 1:
        moves = [(own, own) for own in range(m + 1)]
        if s["pending"] is not None:
            moves += [(s["pending"], own) for own in range(1, m + 1) if own != s["pending"]]
    widths = [width for _, _, width in s["bands"]]
    commitments = n * (1 + columns) + m + 1 + m * columns + sum(s["values"]) + sum(widths) + len(moves)
    lookups = [n] + [n] * columns + [1] * len(widths) + ([n] if s["view"] > 1 else [])
    long1 = 32 * commitments
    long2 = 32 * (3 * sum(lookups) + len(lookups) + 1)
    need(len(proof) == long1 + long2 + 32 * (3 * sum(lookups) + 2), "length of the proof")
    part1, part2, part3 = proof[:long1], proof[long1 : long1 + long2], proof[long1 + long2 :]

    C = points_of(part1)
    at = 0

    def take(count):
        nonlocal at
        at += count
        return C[at - count : at]

    Q = take(n)
    A = [take(n) for _ in range(columns)]
    B = take(m + 1)
    D = [[None] + take(m) for _ in range(columns)]
    U = [take(values) for values in s["values"]]
    U_band = [take(width) for width in widths]
    U_move = take(len(moves))
    P = [own[place][:32] for place in rows]

    body = b"".join(own)
    h0 = hashlib.sha512(
        b"lagrum/count-cards/v1\n" + u64(len(statement)) + statement + u64(len(body)) + body
    ).digest()
    h1 = part(h0, part1)
    w, y, g = (challenge(h1, name) for name in "wyg")
    x = [challenge(h1, f"x{k}") for k in range(columns)]
    z = [challenge(h1, f"z{k}") for k in range(len(lookups))]
    c = challenge(part(h1, part2), "c")

    def the_sum(what, terms):
        total = ZERO
        for low, high, weight in terms:
            for own in range(low, high + 1):
                for column, factor in what or [(0, 1)]:
                    point = B[own] if what is None else D[column - 1][own]
                    total = add(total, point if weight * factor == 1 else mul(weight * factor, point))
        return total

    # For each lookup its rows (C, W) and its table (t, B).
    work = []
    keys = [add(Q[i], mul(y, P[i])) for i in range(n)]
    weights = [G] * n
    totals = list(B)
    for k in range(columns):
        weights = [add(weights[i], mul(x[k], A[k][i])) for i in range(n)]
        totals = [totals[0]] + [add(totals[own], mul(x[k], D[k][own])) for own in range(1, m + 1)]
    work.append((keys, weights, [0] + [own + y for own in range(1, m + 1)], totals))
    for k in range(columns):
        work.append((A[k], [G] * n, range(s["values"][k]), U[k]))
    for ((what, terms), low, width), hidden in zip(s["bands"], U_band):
        work.append(([sub(the_sum(what, terms), base(low))], [G], range(width), hidden))
    if s["view"] > 1:
        keys = [add(former["classes"][rows[i]], mul(g, Q[i])) for i in range(n)]
        table = [old + g * new for old, new in moves] + [old + g * new for old, new, _ in s["corrections"]]
        work.append((keys, [G] * n, table, U_move + [base(count) for _, _, count in s["corrections"]]))

    read2, read3 = 0, 0

    def second():
        nonlocal read2
        read2 += 32
        return part2[read2 - 32 : read2]

    def third():
        nonlocal read3
        read3 += 32
        return number_of(part3[read3 - 32 : read3])

    for (keys, weights, table, totals), point in zip(work, z):
        z_G = base(point)
        left = ZERO
        for key, weight in zip(keys, weights):
            E, K1, K2 = second(), second(), second()
            need(all(map(is_point, (E, K1, K2))), "not a point in canonical form")
            s1, s2, s3 = third(), third(), third()
            need(add(base(s1), mul(s2, H)) == add(K1, mul(c, E)), "a row does not open")
            need(add(mul(s1, sub(z_G, key)), mul(s3, H)) == add(K2, mul(c, weight)), "a row is not in the table")
            left = add(left, E)
        right = mul(number_of(second()), H)
        for t, total in zip(table, totals, strict=True):
            need((point - t) % L, "challenge meets the table")
            right = add(right, mul(pow(point - t, -1, L), total))
        need(left == right, "counts do not follow from the cards")

    right = second()
    need(is_point(right), "not a point in canonical form")
    power = c
    for commitment in P + C:
        right = add(right, mul(power, commitment))
        power = power * w % L
    need(add(base(third()), mul(third(), H)) == right, "commitments that nobody can open")

    for name, value, blinding, (what, terms) in published:
        need(sub(the_sum(what, terms), base(value)) == mul(blinding, H), "number " + name)
    return {
        "statement": s,
        "digest": report_digest(statement, proof, numbers),
        "cards": own,
        "classes": dict(zip(rows, Q)),
        "numbers": {name: value for name, value, _, _ in published},
    }


# A sum over several providers.


def read_call(data):
    need(data.isascii(), "not ASCII")
    lines = data.decode().split("\n")
    keys = "log name period codebook sum deal complain threshold trustees signers providers".split()
    need(len(lines) == len(keys) + 3 and lines[0] == "lagrum/count-cards/v1/sum" and lines[-2:] == ["", ""], "form")
    raw = {}
    for key, line in zip(keys, lines[1:]):
        need(line.startswith(key + " "), "line " + key)
        raw[key] = line[len(key) + 1 :]
    need(re.fullmatch(r"[A-Za-z0-9._-]{1,255}", raw["name"]), "name")
    for key in "log", "period":
        need(re.fullmatch(r"[!-~]{1,255}", raw[key]), key)
    for key in "deal", "complain":
        need(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw[key]), key)
    need(raw["deal"] < raw["complain"], "deal")
    sha(raw["codebook"])
    read_sum(raw["sum"], 2**32 - 2, 2**32 - 2)
    trustees = [bytes.fromhex(sha(key)) for key in raw["trustees"].split(" ")]
    need(2 <= len(trustees) <= 255 and len(set(trustees)) == len(trustees), "trustees")
    need(all(map(is_point, trustees)), "trustees")
    signers = raw["signers"].split(" ")
    need(len(set(signers)) == len(signers) == len(trustees), "signers")
    need(all(re.fullmatch(r"[!-~]{1,255}", key) for key in signers), "signers")
    threshold = decimal(raw["threshold"])
    need(len(trustees) // 2 < threshold <= len(trustees), "threshold")
    providers = raw["providers"].split(" ")
    need(5 <= len(providers) <= 10000 and all(a < b for a, b in zip(providers, providers[1:])), "providers")
    return {"threshold": threshold, "trustees": trustees, "providers": providers, "digest": hashlib.sha256(data).digest()}


def read_dealing(call, provider, committed, data):
    t, n = call["threshold"], len(call["trustees"])
    need(provider in call["providers"], "was not asked")
    need(is_point(committed) and len(data) == 32 * (t - 1) + 96 * n, "length of a dealing")
    words = [data[at : at + 32] for at in range(0, len(data), 32)]
    sealed = [words[t - 1 + 3 * k : t + 2 + 3 * k] for k in range(n)]
    need(all(map(is_point, words[: t - 1])) and all(is_point(own[0]) for own in sealed), "not a point")
    sealed = [(own[0], number_of(own[1]), number_of(own[2])) for own in sealed]
    return {"provider": provider, "C": committed, "F": words[: t - 1], "sealed": sealed, "bytes": data}


def at_trustee(dealing, k):
    """What the share of trustee k has to open."""
    total = dealing["C"]
    for j, point in enumerate(dealing["F"], 1):
        total = add(total, mul(pow(k, j, L), point))
    return total


def complaint_holds(call, dealing, k, shared, announced, answer):
    need(1 <= k <= len(call["trustees"]) and is_point(shared) and all(map(is_point, announced)), "form")
    parts = [call["digest"], dealing["provider"].encode(), dealing["C"] + dealing["bytes"], u64(k), shared]
    h = hashlib.sha512(b"lagrum/count-cards/v1/complaint\n" + b"".join(u64(len(own)) + own for own in parts)).digest()
    c = challenge(part(h, announced[0] + announced[1]), "c")
    point, value, blinding = dealing["sealed"][k - 1]
    need(base(number_of(answer)) == add(announced[0], mul(c, call["trustees"][k - 1])), "not the trustee's")
    need(mul(number_of(answer), point) == add(announced[1], mul(c, shared)), "not the shared point")
    provider, polynomial = dealing["provider"].encode(), b"".join(dealing["F"])
    bound = (
        b"lagrum/count-cards/v1/share\n" + call["digest"] + u64(len(provider)) + provider + dealing["C"]
        + u64(len(polynomial)) + polynomial + u64(k) + shared
    )
    pads = [int.from_bytes(hashlib.sha512(bound + bytes([half])).digest(), "little") for half in (0, 1)]
    share = add(base(value - pads[0]), mul(blinding - pads[1], H))
    need(share != at_trustee(dealing, k), "the share is right, and the complaint false")


def open_sum(call, dealings, answers):
    need(len({own["provider"] for own in dealings}) == len(dealings) >= 5, "at least five providers, each once")
    shares = {}
    for k, value, blinding in answers:
        need(1 <= k <= len(call["trustees"]) and k not in shares, "trustee")
        total = ZERO
        for dealing in dealings:
            total = add(total, at_trustee(dealing, k))
        need(add(base(value), mul(blinding, H)) == total, f"the answer of trustee {k} is false")
        shares[k] = (value, blinding)
    need(len(shares) >= call["threshold"], "too few answers")
    chosen = sorted(shares)[: call["threshold"]]
    value = blinding = 0
    for k in chosen:
        factor = 1
        for other in chosen:
            if other != k:
                factor = factor * other * pow(other - k, -1, L) % L
        value = (value + factor * shares[k][0]) % L
        blinding = (blinding + factor * shares[k][1]) % L
    total = ZERO
    for dealing in dealings:
        total = add(total, dealing["C"])
    need(value < 2**53 and add(base(value), mul(blinding, H)) == total, "no number")
    return value


def sum_of(case):
    read = bytes.fromhex
    call = read_call(read(case["call"]))
    dealings = [read_dealing(call, name, read(committed), read(data)) for name, committed, data in case["dealings"]]
    if "complaint" in case:
        k, shared, announced, answer = case["complaint"]
        complaint_holds(call, dealings[0], k, read(shared), [read(own) for own in announced], read(answer))
        return "accepted"
    answers = [(k, number_of(read(value)), number_of(read(blinding))) for k, value, blinding in case["answers"]]
    return f"sum {open_sum(call, dealings, answers)}"


def each():
    for line in sys.stdin:
        case = json.loads(line)
        try:
            if "call" in case:
                print(sum_of(case), flush=True)
                continue
            files = [bytes.fromhex(data) for data in case["files"]]
            cards = read_cards(case["origin"], case["first"], case["sizes"], files)
            former = None
            for report in case["reports"]:
                former = verify(*(bytes.fromhex(data) for data in report), case["origin"], cards, former)
            verdict = "accepted"
        except Refused as refused:
            verdict = f"refused: {refused}"
        print(verdict, flush=True)


def directory(path):
    read = lambda below: [(below / name).read_bytes() for name in ("statement", "proof", "numbers")]
    chain = [path]
    while (chain[-1] / "former").is_dir():
        chain.append(chain[-1] / "former")
    s = read_statement((path / "statement").read_bytes())
    files = sorted((path / "cards").iterdir(), key=lambda file: int(file.name))
    first, last = int(files[0].name), int(files[-1].name)
    need(len(files) == last - first + 1, "a slot without its file")
    files = [file.read_bytes() for file in files]
    cards = read_cards(s["origin"], first, [(len(file) - 96) // 64 for file in files], files)
    former = None
    for below in reversed(chain):
        former = verify(*read(below), s["origin"], cards, former)
    for name, value in former["numbers"].items():
        print(name, value)
    print("The report follows from its cards. Not checked here: that the log holds them and this digest:")
    print(former["digest"])


if __name__ == "__main__":
    try:
        each() if sys.argv[1:] == ["--each"] else directory(pathlib.Path(sys.argv[1]))
    except Refused as refused:
        sys.exit(f"refused: {refused}")
    except IndexError:
        sys.exit(__doc__)
