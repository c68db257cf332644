"""Disturbs everything that writes to a record, in every way that a machine can, and compares it with a record that was never disturbed.

    python benchmarks/faults.py [--points 200] [--seed 7] [--only WORDS …] [--database sqlite|postgresql|both]

One line a fault: what was done and how often, and "equal" where nothing that was said to be done was lost, nothing half done was seen, and
after the same command was given again every row of every table was that of the undisturbed record. The faults: a process that is killed
(SIGKILL) at points spread over all that it does; a disk that is full, or may not be written; a clock that jumps; pages that were torn
when the power went; a database that another process holds; a server of PostgreSQL that goes and comes back; a worker that dies; memory that
does not suffice; feeds that trickle, end too soon or lie about their length. What is written are a dozen articles of our own.

Disks are small ones in memory, in a name space for mounts that nobody else sees; where none can be had the script says so. The whole
takes some minutes. `--only` takes the faults whose line has one of some words.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "record"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from faulty_disks import clock_jumps, disk_full, read_only, torn
from faulty_peers import feeds_lie, locked, out_of_memory, server_gone, worker_dies
from killed import Peace, Work, in_peace, spread, survives
from works import WORKS

import readout

#: How the points of killing are shared among what writes.
_SHARES = {
    "adding": 6, "correcting": 6, "linking": 4, "linking a part": 3, "forgetting": 4, "migrating": 3, "reading again": 4
}  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """Where records are made: fresh ones that hold what some work begins with, and what the work does in peace."""

    folder: Path
    url: str | None = None
    known: dict[str, Peace] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """Where a record of a name lies, or will."""
        return self.url % name if self.url else str(self.folder / f"{name}.db")

    def fresh(self, work: Work, name: str = "fresh") -> str:
        """A record that holds what the work begins with."""
        base, where = self.place(f"base_{slug(work)}"), self.place(name)
        if self.url:
            self._created(f"base_{slug(work)}", name)
            return where
        for suffix in ("", "-wal", "-shm"):
            Path(where + suffix).unlink(missing_ok=True)
        if Path(base).exists():
            shutil.copy(base, where)
        return where

    def _created(self, base: str, name: str) -> None:
        import psycopg

        with psycopg.connect(self.url % "postgres", autocommit=True) as connection:  # type: ignore[operator]
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {base}")  # type: ignore[call-overload]

    def prepare(self, work: Work) -> Peace:
        """Makes what the work begins with, where it was not made yet, and does it in peace: the record "peace" holds that."""
        if work.name not in self.known:
            if self.url:
                self._created("template0", f"base_{slug(work)}")
            work.prepare(self.place(f"base_{slug(work)}"))
            self.known[work.name] = in_peace(work, self.fresh(work, f"peace_{slug(work)}"))
        return self.known[work.name]

    def peaceful(self, work: Work) -> str:
        """The record in which the work was done in peace."""
        return self.place(f"peace_{slug(work)}")


def slug(work: Work) -> str:
    """The name of a work for files and databases."""
    return work.name.replace(" ", "_")


def kill(ground: Ground, points: int, seed: int) -> Iterator[str]:
    """Kills everything that writes at points that are spread over all its steps."""
    whole = sum(_SHARES.values())
    for name, share in _SHARES.items():
        work, began = WORKS[name], time.monotonic()
        peace = ground.prepare(work)
        chosen = spread(peace.steps, max(1, round(points * share / whole)), random.Random(seed))
        for at in chosen:
            survives(work, ground.fresh(work), peace, at)
        yield line(f"killed while {name}", f"{len(chosen)} of {peace.steps:,} steps", began)


def line(what: str, how: str, began: float, outcome: str = "equal") -> str:
    """What is said of a fault."""
    return f"{what:<42}{how:<36}{outcome:<8}{time.monotonic() - began:6.1f} s"


Fault = Callable[[Ground, argparse.Namespace], Iterator[str]]
#: On SQLite; each fault under the words of its lines.
ON_FILES: dict[str, Fault] = {
    "killed": lambda ground, given: kill(ground, given.points, given.seed),
    "disk full": lambda ground, given: disk_full(ground),
    "read-only": lambda ground, given: read_only(ground),
    "clock": lambda ground, given: clock_jumps(ground, given.seed),
    "torn": lambda ground, given: torn(ground, given.seed),
    "held": lambda ground, given: locked(ground),
    "memory": lambda ground, given: out_of_memory(ground),
    "worker": lambda ground, given: worker_dies(ground),
    "feeds": lambda ground, given: feeds_lie(ground),
}
#: On PostgreSQL.
ON_SERVERS: dict[str, Fault] = {
    "killed": lambda ground, given: kill(ground, max(len(_SHARES), given.points // 4), given.seed),
    "held": lambda ground, given: locked(ground),
    "gone": lambda ground, given: server_gone(ground),
}


def run(faults: dict[str, Fault], ground: Ground, given: argparse.Namespace) -> int:
    """Every fault, whatever the others say; how many failed."""
    failed = 0
    for name, fault in faults.items():
        if given.only and not any(word in name for word in given.only):
            continue
        try:
            for said in fault(ground, given):
                print(said, flush=True)
        except AssertionError as error:
            failed += 1
            print(f"{name:<42}FAILED: {error}", flush=True)
    return failed


@contextmanager
def grounds(databases: Sequence[str]) -> Iterator[list[tuple[str, Ground]]]:
    """A place for records on each database."""
    with tempfile.TemporaryDirectory() as folder:
        if "postgresql" not in databases:
            yield [("sqlite", Ground(Path(folder)))]
            return
        from server import postgresql

        with postgresql() as url:
            both = {"sqlite": Ground(Path(folder)), "postgresql": Ground(Path(folder), url)}
            yield [(name, both[name]) for name in databases]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=200, help="of killing, on SQLite; a quarter on PostgreSQL")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", nargs="*", help=f"of {', '.join(sorted({*ON_FILES, *ON_SERVERS}))}")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    given = parser.parse_args()
    readout.read("Envoys met in Oslo on Monday.")  # what is killed need not load it again
    failed = 0
    with grounds(["sqlite", "postgresql"] if given.database == "both" else [given.database]) as places:
        for name, ground in places:
            print(f"{name}:")
            failed += run(ON_FILES if name == "sqlite" else ON_SERVERS, ground, given)
    if failed:
        sys.exit(f"{failed} faults were not survived")


if __name__ == "__main__":
    main()
