"""The data side beside the tools that an operator would use instead, each in turn, in one run."""

import datetime
import email.utils
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

lagrum, work, wanted = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
rounds = int(os.environ.get("ROUNDS", 5))
WHO = "bjork@kvist.example"
FROM, UNTIL = 1672531200, 1680307200  # 2023-01-01T00:00:00Z up to 2023-04-01T00:00:00Z
LINE = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod.\n"


def size_of(name, default):
    return int(os.environ.get(name, default))


# -- a provider, and mandates that wait

world = work / "world"


def run(*command):
    return subprocess.run([lagrum, "--dir", str(world), *command], check=True, capture_output=True, text=True).stdout


def mandate(category):
    """A demand for all mail, or all lines, of the period, all the way to the mandate."""
    text = (world / "demands/04-swedish-decision.toml").read_text()
    text = re.sub(r"categories = \[.*?\]", f'categories = ["{category}"]', text, flags=re.S)
    text = re.sub(r'from = ".*?"', 'from = "2023-01-01T00:00:00Z"', text)
    text = re.sub(r'until = "20.*?"', 'until = "2023-04-01T00:00:00Z"', text)
    (work / "demand.toml").write_text(text.replace("AM-20426-26", f"BENCH-{category}"))
    (work / "04-swedish-decision.txt").write_text(category)
    analyst = ("--as", "olof")
    case = re.search(r"\d{4}-\d{4,}", run("intake", str(work / "demand.toml"), *analyst)).group()
    run("call-back", case, "--confirmed", "--answered-by", "bench", *analyst)
    run("authenticate", case, "--verified", "--how", "bench", *analyst)
    run("assess", case, *analyst)
    run("decide", case, *analyst)

    def signs(who):
        key = ("--key", str(world / f"people/{who}.key"))
        return *key, "--passphrase-file", str(world / f"people/{who}.passphrase"), "--confirm", WHO

    run("approve", case, *signs("olof"), *analyst)
    # Counsel's key lies on her own machine, by the roster.
    to_sign, signed = work / "to-sign.json", work / "signed"
    for old in (to_sign, signed):
        old.unlink(missing_ok=True)
    run("to-sign", case, "--out", str(to_sign), *analyst)
    run("sign", str(to_sign), *signs("maja"), "--out", str(signed))
    run("add-signature", case, str(signed), *analyst)


def waiting(category):
    """A provider whose agent has one mandate to carry out, which every measurement begins with anew."""
    kept = work / f"waiting-{category}"
    if not kept.exists():
        subprocess.run([lagrum, "--dir", str(world), "demo"], check=True, capture_output=True)
        mandate(category)
        world.rename(kept)
    shutil.copytree(kept, world, symlinks=True)
    return world / "agents/stockholm"


def put_away(place):
    """Not removed before the end: an ext4 without a journal passes over each inode that was freed within half a minute, one
    after the other, and each file that the next measurement makes would cost it a millisecond. Large files are few."""
    gone = place.rename(work / f"done-{time.monotonic_ns()}")
    for file in gone.rglob("*"):
        if file.is_file() and not file.is_symlink() and file.stat().st_size > 1_000_000:
            file.unlink()


def ours(category, source, produced):
    """Seconds, memory (MiB) and processor seconds of the agent with this one source. `produced`: what must leave."""
    agent = waiting(category)
    text = (agent / "agent.toml").read_text()
    (agent / "agent.toml").write_text(text[: text.index("\n[[source]]") + 1] + source)
    command = [lagrum, "agent", "run", "--config", str(agent / "agent.toml"), "--json"]
    with (work / "said").open("wb") as out:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)
        # Asked while it runs: what the system says afterwards begins with the memory of this program.
        status_file, most, ended = f"/proc/{process.pid}/status", 0, 0
        while not ended:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            took = time.perf_counter() - begin
            if not ended:
                told = re.search(r"VmHWM:\s*(\d+) kB", pathlib.Path(status_file).read_text())
                most = max(most, int(told.group(1)) if told else 0)
                time.sleep(0.002)
    said = (work / "said").read_bytes()
    assert status == 0, said
    found = sum(map(int, re.findall(rb'"produced": (\d+)', said)))
    assert found == produced, (found, produced)
    put_away(world)
    return took, most / 1024, used.ru_utime + used.ru_stime


def theirs(command, **more):
    begin = time.perf_counter()
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL, **more)
    return time.perf_counter() - begin


def beside(title, our, others, prepare=lambda: None):
    """Runs ours and the others in turn and prints the medians. `others`: (name, command or function, the ratio asked for)."""
    times = [[] for _ in others]
    mine, memory, processor = [], 0, []
    for _ in range(rounds):
        prepare()
        took, most, spent = our()
        mine.append(took)
        processor.append(spent)
        memory = max(memory, most)
        for place, (_, command, _) in enumerate(others):
            times[place].append(command() if callable(command) else theirs(command))
    us = statistics.median(mine)
    print(f"\n{title}")
    print(f"  {'lagrum agent run':54} {us:8.3f} s   processor {statistics.median(processor):.3f} s, {memory:.0f} MiB")
    for (name, _, asked), taken in zip(others, times):
        took = statistics.median(taken)
        asked = f"   (asked: at most {asked})" if asked else ""
        print(f"  {name:54} {took:8.3f} s   ratio {us / took:6.3f}{asked}", flush=True)


# -- access logs


def logs():
    rows = size_of("ROWS", 5_000_000)
    plain = work / "access.jsonl"
    choose = random.Random(3)
    agents = [f"Mozilla/5.0 (X11; Linux x86_64; rv:{n}.0) Gecko/20100101 Firefox/{n}.0" for n in range(60, 120)]
    start, end = 1546300800, 1767225600
    found = 0
    with plain.open("w") as out:
        for number in range(rows):
            at = start + (end - start) * number // rows
            instant = datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            account = WHO if number % 85 == 0 else f"user{number % 20011}@kvist.example"
            found += account == WHO and FROM <= at < UNTIL
            out.write(
                f'{{"time":"{instant}","account":"{account}","event":"login","ip":"10.{number % 251}.{number % 241}.{number % 199}",'
                f'"request":"GET /mail/{number}/inbox?folder=INBOX&page={number % 97} HTTP/1.1","status":200,"size":{number % 50021},'
                f'"agent":"{agents[number % 60]}","session":"{number * 2654435761 % 2**32:08x}{number:016x}"}}\n'
            )
    subprocess.run(["gzip", "-kf", "-1", str(plain)], check=True)
    subprocess.run(["zstd", "-qkf", str(plain)], check=True)
    print(f"access log: {rows} lines of JSON, {plain.stat().st_size / 1e6:.0f} MB; {found} of one account in one period", flush=True)
    period = "'\"time\":\"2023-0[123]'"
    duck = (
        "select * from read_json('{0}', format = 'newline_delimited') "
        f"where account = '{WHO}' and time >= '2023-01-01T00:00:00Z' and time < '2023-04-01T00:00:00Z'"
    )

    def source(name):
        return f"""[[source]]
kind = "access-log-jsonl"
id = "logins"
paths = ["{name}"]
account_field = "account"
time_field = "time"
time_format = "rfc3339"
[source.fields]
traffic = ["time", "account", "event", "ip"]
"""

    # Said in Python, so that DuckDB is not started anew.
    import duckdb

    def duckdb_reads():
        begin = time.perf_counter()
        answer = duckdb.connect(config={"threads": os.cpu_count()}).execute(duck.format(plain)).fetchall()
        assert len(answer) == found, len(answer)
        return time.perf_counter() - begin

    rg = f"rg -F {WHO} {{0}} | rg {period}"
    beside("JSON Lines", lambda: ours("traffic", source(plain), found), [
        ("ripgrep, then ripgrep (text, not JSON)", rg.format(plain), 1.5),
        ("DuckDB, both processors", duckdb_reads, 0.15),
        ("wc -l (the bound of one reader)", f"wc -l < {plain}", None),
    ])
    beside("the same, gzip", lambda: ours("traffic", source(f"{plain}.gz"), found), [
        ("zcat | rg | rg", f"zcat {plain}.gz | rg -F {WHO} | rg {period}", 1.1),
        ("zcat alone", f"zcat {plain}.gz", None),
    ])
    beside("the same, Zstandard", lambda: ours("traffic", source(f"{plain}.zst"), found), [
        ("zstdcat | rg | rg", f"zstdcat {plain}.zst | rg -F {WHO} | rg {period}", 1.1),
        ("zstdcat alone", f"zstdcat {plain}.zst", None),
    ])
    for file in work.glob("access.jsonl*"):
        file.unlink()


def columns():
    """The same kind of log in Parquet, as DuckDB writes it: by time, and in an order that passes over nothing."""
    import duckdb

    rows = size_of("ROWS", 5_000_000)
    end = 1767225600
    database = duckdb.connect(config={"threads": os.cpu_count()})
    database.execute(
        f"""create table log as select
            to_timestamp(1546300800 + (({end} - 1546300800) * number) // {rows})::timestamptz as time,
            case when number % 85 = 0 then '{WHO}' else 'user' || (number % 20011) || '@kvist.example' end as account,
            'login' as event,
            '10.' || (number % 251) || '.' || (number % 241) || '.' || (number % 199) as ip,
            'GET /mail/' || number || '/inbox?folder=INBOX&page=' || (number % 97) || ' HTTP/1.1' as request,
            200 as status, number % 50021 as size,
            'Mozilla/5.0 (X11; Linux x86_64; rv:' || (60 + number % 60) || '.0) Gecko/20100101' as agent,
            hash(number) as session
        from range({rows}) as numbers (number)"""
    )
    found = database.execute(
        f"select count(*) from log where account = '{WHO}' and time >= to_timestamp({FROM}) and time < to_timestamp({UNTIL})"
    ).fetchone()[0]
    for name, order in (("by time", "time"), ("by session, so that every row is read", "session")):
        file = work / "access.parquet"
        database.execute(f"copy (select * from log order by {order}) to '{file}' (format parquet, compression zstd)")
        print(f"\nParquet {name}: {rows} rows, {file.stat().st_size / 1e6:.0f} MB; {found} of one account in one period", flush=True)
        source = f"""[[source]]
kind = "access-log-parquet"
id = "logins"
paths = ["{file}"]
account_field = "account"
time_field = "time"
[source.fields]
traffic = ["time", "account", "event", "ip"]
"""

        def reads(columns, file=file):
            begin = time.perf_counter()
            answer = duckdb.connect(config={"threads": os.cpu_count()}).execute(
                f"select * from '{file}' where time >= to_timestamp({FROM}) and time < to_timestamp({UNTIL}) and ({columns})"
            ).fetchall()
            assert len(answer) == found, len(answer)
            return time.perf_counter() - begin

        # What a person has to see is a row of another account that mentions this one: every column of text is looked at.
        anywhere = " or ".join(f"contains({name}, '{WHO}')" for name in ("account", "event", "ip", "request", "agent"))
        beside(f"Parquet {name}", lambda: ours("traffic", source, found), [
            ("DuckDB, both processors, the account alone", lambda: reads(f"account = '{WHO}'"), None),
            ("DuckDB, both processors, every text", lambda: reads(anywhere), None),
        ])
        file.unlink()


# -- mail


def message(choose, at, number):
    zone = choose.choice(["+0000", "+0100", "-0500", "+0530"])
    shift = (int(zone[1:3]) * 3600 + int(zone[3:]) * 60) * (-1 if zone[0] == "-" else 1)
    date = email.utils.formatdate(at + shift)[:-5] + zone
    head = "".join(f"Received: from h{i}.example by mx.example; {date}\n" for i in range(4))
    words = "".join(choose.sample("abcdefghijklmnopqrstuvwxyz", 12))
    body = (LINE + f"{words} {number}\n") * int(choose.expovariate(1 / 130))
    return f"{head}From: a@b.example\nTo: {WHO}\nMessage-ID: <{number}@b.example>\nDate: {date}\nSubject: {number}\n\n{body}"


def instants(choose, messages, selected):
    """When each message was sent: so many of them in the period."""
    inside = set(choose.sample(range(messages), selected))
    for number in range(messages):
        outside = choose.choice([(1546300800, FROM - 86400), (UNTIL + 86400, 1760000000)])
        yield choose.randrange(FROM, UNTIL) if number in inside else choose.randrange(*outside)


def maildir(root, messages, selected, alone=False):
    """`alone`: of the same messages only those in the period."""
    for part in ("cur", "new", "tmp"):
        (root / part).mkdir(parents=True)
    choose, size = random.Random(1), 0
    for number, at in enumerate(instants(choose, messages, selected)):
        text = message(choose, at, number)
        if alone and not FROM <= at < UNTIL:
            continue
        size += len(text)
        (root / "cur" / f"{1500000000 + number}.M{number}P1.host,S={len(text)}:2,S").write_text(text)
    return size


def maildir_source(root, place):
    return f"""[[source]]
kind = "maildir"
id = "mail"
root = "{root}"
place = "{place}"
"""


def mbox():
    choose, file = random.Random(2), work / "mail/bjork.mbox"
    few = work / "alone/bjork.mbox"
    for one in (file, few):
        one.parent.mkdir()
    size, most, number, found = 0, size_of("MBOX", 2000) * 1_000_000, 0, 0
    with file.open("w") as out, few.open("w") as only:
        while size < most:
            at = choose.randrange(1546300800, 1767225600)
            text = f"From a@b.example {time.asctime(time.gmtime(at))}\n{message(choose, at, number)}\n"
            out.write(text)
            if FROM <= at < UNTIL:
                only.write(text)
                found += 1
            size, number = size + len(text), number + 1
    print(f"\nmailbox file: {number} messages, {size / 1e6:.0f} MB, {found} in the period", flush=True)

    def reads(one):
        source = f'[[source]]\nkind = "mbox"\nid = "mail"\nroot = "{one.parent}"\n[source.accounts]\n"{WHO}" = "bjork.mbox"\n'
        return ours("content", source, found)

    beside("one mbox, one period", lambda: reads(file), [
        ("cat | wc -l", f"cat {file} | wc -l", 1.2),
        ("grepmail (dates as written)", f"grepmail -d 'between jan 1 2023 and apr 1 2023' {file}", 0.05),
        ("cat (the bound of reading)", f"cat {file}", None),
        ("lagrum agent run over these messages alone", lambda: reads(few)[0], None),
    ])
    for one in (file, few):
        shutil.rmtree(one.parent)


def mail():
    messages = size_of("MESSAGES", 17203)
    selected = max(1, round(messages * 596 / 17203))
    size = maildir(work / "mail/bjork", messages, selected)
    # The tool renames and writes beside the mail: it gets a store of its own.
    store = work / "dovecot" / WHO
    shutil.copytree(work / "mail/bjork", store / "Maildir")
    for place in (work / "dovecot", *(work / "dovecot").rglob("*")):
        os.chown(place, 65534, 65534)
    settings = work / "dovecot.conf"
    settings.write_text(f"""base_dir = {work}/dovecot-run
mail_location = maildir:~/Maildir:INDEX={work}/index/%u
log_path = /dev/null
ssl = no
first_valid_uid = 1
""")
    (work / "index").mkdir()
    os.chown(work / "index", 65534, 65534)
    # For the user that it runs as, and so without a server of Dovecot's that knows users.
    fetch = (f"setpriv --reuid 65534 --regid 65534 --clear-groups env USER={WHO} HOME={store} "
             f"doveadm -c {settings} fetch text mailbox INBOX SENTSINCE 2023-01-01 SENTBEFORE 2023-04-01")

    def cold():
        shutil.rmtree(work / "index" / WHO, ignore_errors=True)
        return theirs(fetch)

    # What a mandate costs that finds nothing, or nothing but what it asks for: start, gate, check, seal, ledger. No
    # reader saves it, and no index of dates; listing the others still comes to it.
    maildir(work / "empty/bjork", 0, 0)
    maildir(work / "alone/bjork", messages, selected, alone=True)

    def empty():
        return ours("content", maildir_source(work / "empty", "%n"), 0)[0]

    def alone():
        return ours("content", maildir_source(work / "alone", "%n"), selected)[0]

    print(f"\nMaildir: {messages} messages, {size / 1e6:.0f} MB, {selected} in the period", flush=True)
    beside("one account and period of a Maildir", lambda: ours("content", maildir_source(work / "mail", "%n"), selected), [
        ("doveadm fetch, no index", cold, 0.2),
        ("doveadm fetch, with its index", fetch, 1),
        ("cat of all files", f"find {work}/mail/bjork/cur -type f -print0 | xargs -0 cat", None),
        ("ripgrep, which finds nothing (the bound of reading each)", f"! rg -uuu -F 'stands nowhere' {work}/mail/bjork/cur", None),
        ("lagrum agent run over these messages alone (the bound)", alone, None),
        ("lagrum agent run over an empty Maildir", empty, None),
    ])
    put_away(work / "mail")
    put_away(work / "dovecot")
    put_away(work / "empty")
    put_away(work / "alone")


def seal():
    """Sealing everything. Packages are not compressed, and what is asked for is: these made-up messages shrink to a
    hundredth before the key sees them. On two processors sealing is asked for at 1.2 times `tar | zstd -T2 | age` and
    takes some 2.7 times as long (2.66 for 1.23 GB in 100,000 messages, where what is handed out needs no copy; 3.2 before). Of
    the 70 microseconds of processor time for each message some 19 are SHA-256, three times (as it is written, as the check
    reads it, and of what is sealed), 10 age, 15 to 20 writing spool and package, the others reading, opening files, and both
    readers of mail. Writing, digesting and sealing as often takes other tools longer: "the same steps" is the bound of what
    is promised."""
    items = size_of("ITEMS", 100_000)
    size = maildir(work / "mail/bjork", items, items)
    recipient = None
    agent = waiting("content")
    recipient = re.search(r"age1[0-9a-z]+", (agent / "recipients.toml").read_text()).group()
    put_away(world)
    out = work / "beside.age"
    # Digested as it is written, read again and digested while it is sealed, and digested as it is sealed.
    spool, sha256 = work / "beside.tar", "openssl sha256 > /dev/null"
    steps = (
        f"tar -C {work}/mail -c bjork | tee {spool} | {sha256}; {sha256} < {spool} & "
        f"age -r {recipient} < {spool} | tee {out} | {sha256}; wait; sync {out}; rm {spool}"
    )
    print(f"\nsealing: {items} messages, {size / 1e6:.0f} MB, all in the period", flush=True)
    beside("sealed", lambda: ours("content", maildir_source(work / "mail", "%n"), items), [
        ("tar | zstd -T2 | age", f"tar -C {work}/mail -c bjork | zstd -q -T2 | age -r {recipient} > {out}", 1.2),
        ("the same steps: tar, openssl, age", steps, 1),
        ("tar | age", f"tar -C {work}/mail -c bjork | age -r {recipient} > {out}", None),
        ("cat of all files (the bound of reading)", f"find {work}/mail/bjork/cur -type f -print0 | xargs -0 cat", None),
    ])
    out.unlink()
    put_away(work / "mail")


def others():
    many = size_of("OTHERS", 1_000_000)
    selected = 50
    maildir(work / "mail/bjork", 1000, selected)
    source = maildir_source(work / "mail", "%n")
    text = message(random.Random(4), 1577836800, 0)[:4000]
    filled = 0

    def fill(until):
        nonlocal filled
        while filled < until:
            place = work / f"mail/u{filled // 10_000}"
            for part in ("cur", "new", "tmp"):
                (place / part).mkdir(parents=True, exist_ok=True)
            for number in range(filled, min(until, filled + 10_000)):
                (place / "cur" / f"{1500000000 + number}.M{number}P1.host:2,S").write_text(text)
            filled = min(until, filled + 10_000)

    print(f"\namong messages of other accounts: {selected} of 1000 messages of one account", flush=True)
    took = []
    for count in (many // 100, many):
        fill(count)
        ours("content", source, selected)
        took.append(statistics.median(ours("content", source, selected)[0] for _ in range(rounds)))
        print(f"  among {count:9}                              {took[-1]:8.3f} s", flush=True)
    print(f"  ratio {took[1] / took[0]:.2f}   (asked: at most 1.1)")
    put_away(work / "mail")


PARTS = {"logs": logs, "columns": columns, "mbox": mbox, "mail": mail, "seal": seal, "others": others}
unknown = [name for name in wanted if name not in PARTS]
if unknown:
    sys.exit(f"dev/bench data: no {', '.join(unknown)}; there are {', '.join(PARTS)}")
for name in wanted or PARTS:
    PARTS[name]()
