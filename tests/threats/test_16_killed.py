"""`readout add` is killed (kill -9, the end of memory, a power cut) in the middle of its work.

Promised: a batch is one transaction. Killed at any moment, nothing that was said to be added is lost, no half of a batch is there, and the
same command goes on where it stopped: the record is then, row by row, that of an undisturbed run.
Not promised: that what was being read when it was killed is not read again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from forms import scaled
from same_rows import CLOCK, Digests, digests

from readout.across.linking import link
from readout.record import Record, open_record

KILLS = scaled(10, 200)
COUNT = 12
_PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
#: Stays loaded and forks a process for each start of `readout`: what is killed is the fork, which begins with all that it needs.
FORKING = """
import os, sys
sys.path.insert(0, sys.argv[1])
import forked
forked._load()
print("ready", flush=True)
for line in sys.stdin:
    number = os.fork()
    if not number:
        os.setpgid(0, 0)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        sys.argv = ["readout", *line.split()]
        os._exit(forked._main())
    print(number, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def starter():
    """Starts `readout add` in a process that may be killed."""
    support = Path(__file__).resolve().parent.parent / "support"
    environment = {**_PLAIN, "PYTHONPATH": os.pathsep.join([str(support), *filter(None, sys.path)])}
    command = [sys.executable, "-c", FORKING, str(support)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


def begin(starter, inputs: Path, where: str) -> int:
    starter.stdin.write(f"add {inputs} --record {where} --batch 2 --no-link --published 2025-03-11\n")
    starter.stdin.flush()
    return int(starter.stdout.readline())


def ended(starter) -> int:
    return int(starter.stdout.readline())


def articles_in(where: str) -> int:
    """How many articles are in a record now, without opening it as one."""
    try:
        with open_record(where, create=False) as record:
            return record.count("reports")
    except Exception:
        return 0


def test_killed_at_random_moments(where, tmp_path, starter, figure):
    inputs, whole = tmp_path / "news.jsonl", str(tmp_path / "whole.db")
    prose = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said. Norway condemned it in Oslo."
    lines = [json.dumps({"id": f"r{n}", "text": prose.format(n + 2), "publisher": "Nordpost"}) for n in range(COUNT)]
    inputs.write_text("\n".join(lines), encoding="utf-8")
    # What an undisturbed run takes and makes, on a file: the rows are those of either database.
    begun = time.monotonic()
    begin(starter, inputs, whole)
    assert ended(starter) == 0
    took = time.monotonic() - begun
    chance, had, killed = random.Random(7), 0, 0
    for _ in range(KILLS):
        number = begin(starter, inputs, where)
        time.sleep(
            chance.uniform(0, took * (0.4 if articles_in(where) < COUNT - 2 else 1))
        )  # the moment is what is tried
        with suppress(ProcessLookupError):  # one that was quicker than the undisturbed run
            os.kill(number, signal.SIGKILL)
        killed += ended(starter) == -signal.SIGKILL
        now = articles_in(where)
        assert now >= had, f"{had - now} articles that were in the record are gone"
        assert now % 2 == 0, "half of a batch"
        had = now
        if now == COUNT:  # all of it is there: the next are killed in a fresh one
            whole_again(where, whole)
            take_away(where)
            had = 0
    begin(starter, inputs, where)
    assert ended(starter) == 0
    whole_again(where, whole)
    figure(killed, "kills, and the record as undisturbed")


def take_away(where: str) -> None:
    """Leaves no record at all."""
    if not where.startswith("postgresql"):
        for path in Path(where).parent.glob(f"{Path(where).name}*"):
            path.unlink()
        return
    import psycopg

    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def rows(record: Record) -> Digests:
    """The rows of every table, but for moments by the clock."""
    with record.asking() as connection:
        return digests(connection, without=CLOCK)


def whole_again(where: str, whole: str) -> None:
    """The rows are those of the undisturbed record, and the file holds together."""
    with open_record(where) as one, open_record(whole) as other:
        link(one, full=True)
        link(other, full=True)
        assert rows(one) == rows(other)
        assert [finding for finding in one.examine() if not finding.well] == []
    if where.endswith(".db"):
        with closing(sqlite3.connect(where)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_record_that_lacks_a_row_is_told_apart(tmp_path):
    """What is compared would differ."""
    from readout.sources.article import Article

    with open_record(tmp_path / "a.db") as one, open_record(tmp_path / "b.db") as other:
        for record, count in ((one, 1), (other, 2)):
            record.add([Article(f"Police arrested {n + 3} men in Oslo.", id=str(n)) for n in range(count)])
        assert rows(one) != rows(other)
