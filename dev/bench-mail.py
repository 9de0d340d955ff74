"""One account and one period out of a large Maildir: selected, hashed, checked and sealed by
`lagrum agent run`, against `cat` over the account's files plus `age` over the result."""

import email.utils
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import time

lagrum, work, messages, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
FROM, UNTIL = 1672531200, 1680307200  # 2023-01-01T00:00:00Z up to 2023-04-01T00:00:00Z
SELECTED = max(1, round(messages * 596 / 17203))


def maildir(root):
    """Mail of 2019 to 2026, 12 kB on average, with as many messages in the period as in the
    measured store of the same size."""
    choose = random.Random(1)
    for part in ("cur", "new", "tmp"):
        (root / part).mkdir(parents=True)
    inside = set(choose.sample(range(messages), SELECTED))
    line = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod.\n"
    for number in range(messages):
        if number in inside:
            at = choose.randrange(FROM, UNTIL)
        else:
            at = choose.choice([choose.randrange(1546300800, FROM), choose.randrange(UNTIL, 1760000000)])
        zone = choose.choice(["+0000", "+0100", "-0500", "+0530"])
        shift = (int(zone[1:3]) * 3600 + int(zone[3:]) * 60) * (-1 if zone[0] == "-" else 1)
        date = email.utils.formatdate(at + shift, usegmt=False)[:-5] + zone
        head = "".join(f"Received: from h{i}.example by mx.example; {date}\n" for i in range(4))
        body = line * int(choose.expovariate(1 / 155))
        text = f"{head}From: a@b.example\nTo: bjork@kvist.example\nDate: {date}\nSubject: {number}\n\n{body}"
        name = f"{1500000000 + number}.M{number}P1.host:2,S"
        (root / "cur" / name).write_text(text)


def timed(command, **more):
    begin = time.perf_counter()
    subprocess.run(command, check=True, **more)
    return time.perf_counter() - begin


def run(*command, **more):
    answer = subprocess.run([lagrum, "--dir", str(world), *command], check=True, capture_output=True, text=True, **more)
    return answer.stdout


world = work / "world"
print("building a provider and a Maildir of", messages, "messages ...", flush=True)
run("demo")
store = work / "maildir"
maildir(store)
files = sorted((store / "cur").iterdir())
size = sum(file.stat().st_size for file in files)
agent = world / "agents/stockholm/agent.toml"
text = agent.read_text()
text = re.sub(r'kind = "mbox"\nid = "mail"\nroot = "mail"', f'kind = "maildir"\nid = "mail"\nroot = "{work}"', text)
text = text.replace('"bjork@kvist.example" = "bjork.mbox"', '"bjork@kvist.example" = "maildir"')
agent.write_text(text)
demand = (world / "demands/04-swedish-decision.toml").read_text()
demand = re.sub(r'categories = \[.*?\]', 'categories = ["content"]', demand, flags=re.S)
demand = re.sub(r'from = ".*?"', 'from = "2023-01-01T00:00:00Z"', demand)
demand = re.sub(r'until = "20.*?"', 'until = "2023-04-01T00:00:00Z"', demand)
recipient = re.search(r'age1[0-9a-z]+', demand).group()


def waiting_mandate(number):
    """A new demand, all the way to the mandate."""
    file = work / "demand.toml"
    file.write_text(demand.replace("AM-20426-26", f"BENCH-{number}"))
    (work / "04-swedish-decision.txt").write_text("bench")
    analyst = ("--as", "olof")
    case = re.search(r"\d{4}-\d{4,}", run("intake", str(file), *analyst)).group()
    run("call-back", case, "--confirmed", "--answered-by", "bench", *analyst)
    run("authenticate", case, "--verified", "--how", "bench", *analyst)
    run("assess", case, *analyst)
    run("decide", case, *analyst)
    def signs(who):
        key = ("--key", str(world / f"people/{who}.key"))
        return *key, "--passphrase-file", str(world / f"people/{who}.passphrase"), "--confirm", "bjork@kvist.example"

    run("approve", case, *signs("olof"), *analyst)
    # Counsel's key lies on her own machine, by the roster.
    to_sign, signed = work / "to-sign.json", work / "signed"
    for old in (to_sign, signed):
        old.unlink(missing_ok=True)
    run("to-sign", case, "--out", str(to_sign), *analyst)
    run("sign", str(to_sign), *signs("maja"), "--out", str(signed))
    run("add-signature", case, str(signed), *analyst)
    return case


# The result that `age` is timed on: the selected messages, as the program selected them.
ours, theirs, memory = [], [], 0
listed = "\0".join(map(str, files)).encode()
for round_ in range(rounds):
    waiting_mandate(round_)
    begin = time.perf_counter()
    process = subprocess.Popen([lagrum, "agent", "run", "--config", str(agent), "--json"], stdout=subprocess.PIPE)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    ours.append(time.perf_counter() - begin)
    memory = max(memory, usage.ru_maxrss)
    assert status == 0, said
    produced = re.search(rb'"produced": (\d+)', said[said.rindex(b'"length"'):]).group(1)
    assert int(produced) == SELECTED, (produced, SELECTED)
    begin = time.perf_counter()
    subprocess.run(["xargs", "-0", "cat"], input=listed, stdout=subprocess.DEVNULL, check=True)
    cat = time.perf_counter() - begin
    result = work / "result"
    if not result.exists():
        opened = work / "opened"
        package = max((world / "exchange/stockholm/out").glob("*.tar.age"), key=lambda f: f.stat().st_mtime)
        run("open", str(package), "--identity", str(world / "recipients/se-police.key"), "--to", str(opened))
        with result.open("wb") as out:
            for item in sorted((opened / "items").rglob("*.eml")):
                out.write(item.read_bytes())
    age = timed(["age", "-r", recipient, "-o", str(work / "result.age"), str(result)])
    (work / "result.age").unlink()
    theirs.append((cat + age, cat, age))
ours.sort()
theirs.sort()
mine, (both, cat, age) = ours[len(ours) // 2], theirs[len(theirs) // 2]
print(f"one account of {messages} messages ({size / 1e6:.0f} MB), {SELECTED} of them in the period; median of {rounds}")
print(f"  lagrum agent run   {mine * 1000:7.0f} ms   (select, hash, check twice, seal, sign, ledger)")
print(f"  cat + age          {both * 1000:7.0f} ms   (cat {cat * 1000:.0f}, age {age * 1000:.0f})")
print(f"  ratio              {mine / both:7.2f}      (the promise: below 2)")
print(f"  memory             {memory / 1024:7.0f} MiB  (the promise: below 128)")
