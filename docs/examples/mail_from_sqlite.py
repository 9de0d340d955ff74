#!/usr/bin/env python3
"""Gives an agent the mail of one account out of an SQLite table (docs/programs.md).

    mail_from_sqlite.py DATABASE

The table: message (id integer, account text, raw blob).
"""

import json
import sqlite3
import sys
from pathlib import Path


def say(what, content=None):
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    if content is not None:
        sys.stdout.buffer.write(content + b"\n")


asked = json.loads(sys.stdin.readline())
if asked["protocol"] != "lagrum-program/1":
    sys.exit("another protocol: " + asked["protocol"])

# Read only; what goes wrong ends the program with an error, and then nothing is produced.
database = sqlite3.connect(Path(sys.argv[1]).absolute().as_uri() + "?mode=ro", uri=True)
# One reading from the beginning to the end: what others write meanwhile is not seen.
database.execute("begin")
(known,) = database.execute(
    "select count(*) from message where account = ?", [asked["account"]]
).fetchone()
if known == 0:
    say({"no-account": {}})
    sys.exit()

messages = unread = 0
for number, raw in database.execute(
    "select id, raw from message where account = ? order by id", [asked["account"]]
):
    place = f"row {number}"
    if not isinstance(raw, bytes):
        say({"unread": {"place": place, "why": "the row holds no bytes"}})
        unread += 1
        continue
    say({"message": {"account": asked["account"], "place": place, "length": len(raw)}}, raw)
    messages += 1
say({"end": {"messages": messages, "unread": unread}})
