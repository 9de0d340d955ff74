#!/usr/bin/env python3
"""Says, for every mandate in the file MANDATES, which messages of DIR/agents it covers.

    oracle.py DIR MANDATES

MANDATES is JSON: for each name of a mandate, the signed note as its agent got it.

Prints JSON: for each mandate the SHA-256 of every message that must be produced, of every message
whose date a person must judge, and how many messages carry a date that is known to be lost.

It shares nothing with Lagrum but the rule, which it applies again from the words in which Lagrum
states it: the Date header field decides, as an instant in UTC; written as RFC 5322 sections 3.3
and 4.3 allow; all of several name the same instant; not before 13 August 1982, not more than
24 hours ahead. A zone without one meaning leaves 26 hours open: the field was written somewhere
between 12 hours west and 14 hours east of Greenwich.
"""

import email.errors
import email.parser
import hashlib
import json
import re
import sys
import tomllib
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

SEPARATOR = b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n"
FIRST = datetime(1982, 8, 13, tzinfo=timezone.utc)
LAST = datetime.now(timezone.utc) + timedelta(hours=24)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
ZONES = {
    "UT": 0, "GMT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}
DATE = re.compile(
    r"\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?"
    r"(?P<day>\d{1,2})\s*(?P<month>[a-z]+)\s*(?P<year>\d{2,9})\s+"
    r"(?P<hour>\d\d)\s*:\s*(?P<minute>\d\d)(?:\s*:\s*(?P<second>\d\d))?\s*(?P<zone>.*?)\s*",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)", re.DOTALL)
# One capital letter, or three to five of them, twice at most. Other words may be half a clock.
NAME_OF_A_ZONE = re.compile(r"(?:[A-Z]|[A-Z]{3,5})(?:\s+[A-Z]{3,5})?")
LOST = re.compile(rb"^date\s*:.*\b(?:0002|1706|1979)\b", re.IGNORECASE | re.MULTILINE)

agreed = 0  # how many dates Python's own reader understood in the same way


class NotEstablished(Exception):
    """A person has to look at this message."""


def interval(text):
    """The earliest and the latest instant that the value of one Date field can mean."""
    bare = text
    while (shorter := COMMENT.sub(" ", bare)) != bare:
        bare = shorter
    found = DATE.fullmatch(bare)
    if not found or found["month"].lower() not in MONTHS:
        raise NotEstablished("no date")
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 50 else 1900
    elif len(found["year"]) == 3:
        year += 1900
    second = int(found["second"] or 0)
    leap = second == 60
    try:
        written = datetime(
            year, MONTHS.index(found["month"].lower()) + 1, int(found["day"]),
            int(found["hour"]), int(found["minute"]), 59 if leap else second,
            tzinfo=timezone.utc,
        )
        zone = found["zone"]
        if numeric := re.fullmatch(r"([+-])(\d\d)([0-5]\d)", zone):
            sign, hours, minutes = numeric.groups()
            east = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
            earliest = latest = written - east
        elif zone.upper() in ZONES:
            earliest = latest = written - timedelta(hours=ZONES[zone.upper()])
        elif not zone or NAME_OF_A_ZONE.fullmatch(zone):
            return (written - timedelta(hours=14),
                    written + timedelta(hours=12, seconds=1 if leap else 0))
        else:
            raise NotEstablished("no zone")
    except (ValueError, OverflowError):
        raise NotEstablished("no such day") from None
    if len(found["year"]) == 4 and year >= 1900 and not leap:
        same_as_python(text, earliest)
    return earliest, latest + timedelta(seconds=1 if leap else 0)


def same_as_python(text, instant):
    """email.utils is exact where year and zone are; there it must agree."""
    global agreed
    try:
        theirs = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return
    if theirs.tzinfo is None:  # how it gives -0000
        theirs = theirs.replace(tzinfo=timezone.utc)
    if theirs != instant:
        sys.exit(f"email.utils reads {text!r} as {theirs}, this script as {instant}")
    agreed += 1


def dates(message):
    """The values of the Date fields. One that stands behind a broken line may be no field."""
    parsed = email.parser.BytesHeaderParser().parsebytes(message)
    values = [str(value) for value in parsed.get_all("Date", [])]
    broken = any(
        isinstance(defect, (
            email.errors.MissingHeaderBodySeparatorDefect,
            email.errors.FirstHeaderLineIsContinuationDefect,
            email.errors.MisplacedEnvelopeHeaderDefect,
        ))
        for defect in parsed.defects
    )
    if broken:
        header = re.split(rb"(?:^|\n)\r?\n", message, maxsplit=1)[0]
        if len(re.findall(rb"^date[ \t]*:", header, re.IGNORECASE | re.MULTILINE)) > len(values):
            raise NotEstablished("behind a broken line")
    return values


def dated(message):
    """The earliest and the latest instant at which a message was dated."""
    intervals = {interval(value) for value in dates(message)}
    if len(intervals) != 1:
        raise NotEstablished("no date, or several")
    earliest, latest = intervals.pop()
    if latest < FIRST or earliest > LAST:
        raise NotEstablished("lost")
    return earliest, latest


def messages(kind, place):
    """Every message of a mailbox of the demo, as its bytes are stored. Nothing is guessed here: the
    demo writes one separator, and quotes every line of a text that begins like one."""
    if kind == "mbox":
        whole = place.read_bytes()
        if not whole:
            return
        head, *stored = (b"\n" + whole).split(b"\n" + SEPARATOR)
        assert head == b"", f"{place}: does not begin as the demo writes it"
        for number, message in enumerate(stored, 1):
            # The split took the empty line's end from all but the last.
            yield message[:-1] if number == len(stored) else message
        return
    for folder in [place, place / ".Archive"]:
        for part in ("cur", "new"):
            for file in sorted((folder / part).iterdir()):
                yield file.read_bytes()


def instant(text):
    """An instant as a mandate writes it (RFC 3339, UTC)."""
    return datetime.fromisoformat(text)


def carry_out(mandate, sources):
    """What one mandate covers."""
    first, until = instant(mandate["period"]["from"]), instant(mandate["period"]["until"])
    result = {"produced": [], "review": [], "lost": 0, "examined": 0}
    if "content" not in mandate["categories"]:
        return result
    wanted = {identifier["value"].lower() for identifier in mandate["identifiers"]}
    for source in sources:
        if source["kind"] not in ("mbox", "maildir"):
            continue
        for account, place in source["accounts"].items():
            if account.lower() not in wanted:
                continue
            for message in messages(source["kind"], source["root"] / place):
                result["examined"] += 1
                result["lost"] += bool(LOST.search(re.split(rb"\n\r?\n", message, maxsplit=1)[0]))
                digest = hashlib.sha256(message).hexdigest()
                try:
                    earliest, latest = dated(message)
                except NotEstablished:
                    result["review"].append(digest)
                    continue
                if first <= earliest and latest < until:
                    result["produced"].append(digest)
                elif not (latest < first or earliest >= until):
                    result["review"].append(digest)
    return result


def main():
    root, mandates = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    results = {}
    for agent in sorted((root / "agents").iterdir()):
        sources = tomllib.loads((agent / "agent.toml").read_text())["source"]
        for source in sources:
            source["root"] = agent / source.get("root", "")
        for stem, note in sorted(mandates.items()):
            text, _signatures = note.split("\n\n", 1)
            mandate = json.loads(text.split("\n", 1)[1])
            if mandate["region"] == agent.name:
                results[stem] = carry_out(mandate, sources)
    json.dump({"mandates": results, "agreed": agreed}, sys.stdout)


main()
