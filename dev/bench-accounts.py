"""Many accounts in a table: what the first command after a change costs, and what every other one does."""

import os
import pathlib
import re
import subprocess
import sys
import time

lagrum, work, accounts = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
world = work / "world"
FACTS = "address,controller,resides_in,us_person,privileged,public_authority_of"


def run(*command):
    return subprocess.run([lagrum, "--dir", str(world), *command], check=True, capture_output=True, text=True).stdout


def cost(what, *command):
    """Wall clock and CPU time (s) and the most memory (MiB) of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen([lagrum, "--dir", str(world), *command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    assert status == 0, command
    print(f"  {what:42} {wall:7.3f} s   CPU {used.ru_utime + used.ru_stime:7.3f} s   {used.ru_maxrss / 1024:6.1f} MiB", flush=True)


def table(file, last, header):
    """Accounts of a thousand domains, in no order."""
    with file.open("w") as out:
        print(header, file=out)
        for n in range(accounts):
            k = n * 7919 % accounts
            print(f"user{k}@d{k % 1000}.example,consumer,SE,,{'yes' if k % 1000 == 7 else 'no'},{last}", file=out)


def three(what, *command):
    cost(f"{what}: the first, which indexes", *command)
    # Until the index is older than the table by two seconds, the table is read again to be certain.
    time.sleep(2.2)
    cost(f"{what}: the second, which compares", *command)
    for _ in range(3):
        cost(f"{what}: every other", *command)


run("demo")
demand = (world / "demands/04-swedish-decision.toml").read_text().replace("AM-20426-26", "BENCH-1")
(work / "04-swedish-decision.txt").write_text("bench")
(work / "demand.toml").write_text(demand)
case = re.search(r"\d{4}-\d{4,}", run("intake", str(work / "demand.toml"), "--as", "olof")).group()
run("authenticate", case, "--verified", "--how", "bench", "--as", "olof")
agent = world / "agents/stockholm"
run("agent", "run", "--config", str(agent / "agent.toml"))
print("without a table")
cost("lagrum agent run", "agent", "run", "--config", str(agent / "agent.toml"))
cost("lagrum assess", "assess", case, "--as", "olof")

(work / "maildirs").mkdir()
with (agent / "agent.toml").open("a") as out:
    print('\n[accounts]\ncsv = "accounts.csv"', file=out)
    print(f'[[source]]\nkind = "maildir"\nid = "bulk"\nroot = "{work}/maildirs"\nplace = "%d/%n/Maildir"', file=out)
with (world / "desk/directory.toml").open("a") as out:
    print('\n[accounts]\ncsv = "accounts.csv"', file=out)
table(agent / "accounts.csv", "", FACTS)
table(world / "desk/accounts.csv", ",stockholm: subscriber content", FACTS + ",holdings")
print(f"{accounts} accounts (CSV {(agent / 'accounts.csv').stat().st_size / 1e6:.0f} MB), each with a place by a rule")
three("lagrum agent run", "agent", "run", "--config", str(agent / "agent.toml"))
three("lagrum assess", "assess", case, "--as", "olof")
for index in (agent / "state/accounts.sqlite", world / "desk/accounts.sqlite"):
    print(f"  {index.relative_to(world)}: {index.stat().st_size / 1e6:.0f} MB")
