"""Kills adding with SIGKILL at random moments, goes on, and compares the record with one that was never disturbed.

    python benchmarks/survive.py [--kills 50] [--bench ../shared] [--database sqlite|postgresql|both] [--limit N] [--seed 7]

Adds all of `bench/wire`, `bench/news` and `bench/web` (without them the examples) by the command line, `readout add`, in a process of
its own. One record is filled without disturbance. Another is filled by a process that is killed after a random time, and started
again, until it was killed so many times; then it is left to end. The moments are random: one in five while it starts, the rest while it
reads and writes, spread so that the last kill finds most of the work done. At the end every table must hold the same rows, whose numbers,
texts and packed reports are compared whole, with what shows across reports, linked in full; left out are moments by the clock, and the
logs of runs, which show every start.
After every kill what the process had said was added must be in the record. PostgreSQL is a server of the script's own, where it
is installed; its clients are killed, not the server.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "record"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from same_rows import CLOCK, digests_at
from sqlalchemy import func, select

from readout.across.linking import link
from readout.record import open_record, schema

HERE = Path(__file__).resolve().parent
SETS = ("bench/wire/wire.jsonl.gz", "bench/news/polnear_train.jsonl.gz", "bench/web/pages")


def sources(shared: Path, limit: int, folder: Path) -> list[str]:
    """What is added."""
    found = [shared / name for name in SETS if (shared / name).exists()]
    if limit and found:
        few = folder / "few.jsonl"
        with gzip.open(found[0], "rb") as lines:
            few.write_bytes(b"".join(islice(lines, limit)))
        return [str(few)]
    return [str(path) for path in found or [HERE.parent / "examples"]]


def start(inputs: list[str], where: str, batch: int) -> subprocess.Popen[bytes]:
    """Begins to add in a process of its own."""
    code = "from readout.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "add",
        *inputs,
        "--record",
        where,
        "--batch",
        str(batch),
        "--published",
        "2005-11-30",
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def articles_in(where: str) -> int:
    """How many articles a record has; 0 where there is none yet."""
    if "://" not in where and not Path(where).exists():
        return 0
    with open_record(where) as record, record.asking() as connection:
        return int(connection.execute(select(func.count()).select_from(schema.articles)).scalar_one())


def undisturbed(inputs: list[str], where: str, batch: int) -> tuple[float, float]:
    """Adds in peace; the seconds until the first article was in the record, and until the end."""
    began, first = time.monotonic(), 0.0
    process = start(inputs, where, batch)
    while process.poll() is None:
        if not first and articles_in(where):
            first = time.monotonic() - began
        time.sleep(0.05 if not first else 0.5)
    if process.returncode not in (0, 3):
        sys.exit(process.communicate()[1].decode())
    return first, time.monotonic() - began


def disturbed(
    inputs: list[str], where: str, batch: int, kills: int, pace: tuple[float, float], chance: random.Random
) -> tuple[int, list[int]]:
    """Adds, killed so many times; how many starts it took, and how far it had come at each kill.

    `pace` is the seconds that starting and the whole take in peace.
    """
    had, reached, starts = 0, list[int](), 0
    starting, whole = pace
    while True:
        process = start(inputs, where, batch)
        starts += 1
        if len(reached) == kills:
            _, said = process.communicate()
            if process.returncode not in (0, 3):
                sys.exit(said.decode())
            return starts, reached
        while_starting = chance.random() < 0.2
        time.sleep(chance.uniform(0, starting) if while_starting else starting + chance.uniform(0, 1.8 * whole / kills))
        if process.poll() is not None:
            sys.exit(
                f"it ended before it had been killed {kills} times ({len(reached)}): give more to add, or fewer kills"
            )
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        now = articles_in(where)
        assert now >= had, f"{had - now} articles that were in the record are gone"
        had = now
        reached.append(now)


@contextmanager
def places(database: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Where the undisturbed and the disturbed record are made."""
    if database == "sqlite":
        yield str(folder / "whole.db"), str(folder / "killed.db")
        return
    import psycopg
    from server import postgresql

    with postgresql() as url:
        with psycopg.connect(url % "postgres", autocommit=True) as connection:
            for name in ("whole", "killed"):
                connection.execute(f"CREATE DATABASE {name}")
        yield url % "whole", url % "killed"


def run(database: str, options: argparse.Namespace) -> bool:
    """Both records on one database, compared; whether they are equal."""
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder, places(database, Path(folder)) as (whole, killed):
        inputs = sources(options.bench, options.limit, Path(folder))
        pace = undisturbed(inputs, whole, options.batch)
        print(
            f"{database}: undisturbed in {pace[1]:.0f} s, the first articles after {pace[0]:.1f} s: {articles_in(whole):,}"
        )
        began = time.monotonic()
        starts, reached = disturbed(inputs, killed, options.batch, options.kills, pace, chance)
        print(
            f"{database}: {len(reached)} kills, {starts} starts, {time.monotonic() - began:.0f} s; articles at each kill: {reached}"
        )
        with open_record(whole) as one, open_record(killed) as other:
            # After its batches a large record is linked in parts, which depends on where it was killed.
            link(one, full=True)
            link(other, full=True)
            first, second = (digests_at(where, without=CLOCK) for where in (whole, killed))
            well = [finding for record in (one, other) for finding in record.examine() if not finding.well]
        for name, (count, digest) in first.items():
            same = second.get(name) == (count, digest)
            print(f"  {name:<16}{count:>9,} rows  {digest}  {'equal' if same else f'DIFFERENT: {second.get(name)}'}")
        print(f"  doctor: {well or 'well'}")
        return first == second and not well


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--limit", type=int, default=0, help="only so many articles of the wire")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    options = parser.parse_args()
    databases = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    equal = [run(database, options) for database in databases]  # all of them, whatever the first says
    if not all(equal):
        sys.exit("the records differ")


if __name__ == "__main__":
    main()
