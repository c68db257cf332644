"""Run in a name space of its own with a small disk: fills it, makes room, and goes on. Prints what was seen, one fact a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from readout.cli import main
from readout.record import open_record, schema


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def add(inputs: Path, where: Path) -> subprocess.CompletedProcess[str]:
    """`readout add` as a user runs it."""
    command = [
        sys.executable,
        __file__,
        "add",
        str(inputs),
        "--record",
        str(where),
        "--batch",
        "2",
        "--published",
        "2025-03-10",
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def articles(where: Path) -> int:
    with open_record(where) as record, record.asking() as connection:
        return connection.execute(select(func.count()).select_from(schema.articles)).scalar_one()


def fill(disk: Path, inputs: Path) -> None:
    where, ballast = disk / "readout.db", disk / "ballast"
    ballast.write_bytes(b"\0" * 7_000_000)
    first = add(inputs, where)
    say("first", first.returncode)
    say(first.stderr.strip().splitlines()[-1])
    had = articles(where)
    say("had", had)
    ballast.unlink()
    second = add(inputs, where)
    say("second", second.returncode)
    say("all", articles(where))
    with open_record(where) as record:
        say("well", all(finding.well for finding in record.examine()))


if __name__ == "__main__":
    if sys.argv[1] == "add":
        main()
    else:
        fill(Path(sys.argv[1]), Path(sys.argv[2]))
