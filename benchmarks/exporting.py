"""How much memory exports take, and how long: of a record, and of the same record many times over.

    python benchmarks/exporting.py RECORD [--times 19] [--formats polecat,icews] [--merged]

The record is copied, and in the copy every report is written again so often as `--times` says, each time as another piece of news. Every
format is then written to nowhere in a process of its own, from the record and from its copy; printed are rows, seconds, rows a second
and the most memory that the process held. Formats of incidents have claims in place of them unless `--merged` is said: incidents are
worked out anew from all reports, which are held in memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import readout
from readout.exports.formats import EXPORTS

_FAR = 10_000_000  # between the numbers of one copy and of the next
#: What is moved on in each copy, and what is made another text.
_NUMBERS = {
    "documents": ("id",), "articles": ("id", "document_id"), "readings": ("id", "article_id"), "actors": ("id", "reading_id"),
    "places": ("id", "reading_id"), "events": ("id", "reading_id", "article_id"), "statements": ("id", "reading_id", "article_id"),
    "figures": ("id", "reading_id", "article_id"), "parties": ("claim_id",), "claim_places": ("claim_id",),
    "event_figures": ("event_id", "figure_id"),
}  # fmt: skip
_TEXTS = {"documents": "key", "articles": "content_id", "readings": "report_id"}


def multiply(path: Path, times: int) -> None:
    """Writes every report of a record again, so often."""
    with sqlite3.connect(path) as connection:
        for table, numbers in _NUMBERS.items():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            first = f"{numbers[0]} < {_FAR}"
            for n in range(1, times + 1):
                text = _TEXTS.get(table)
                values = [
                    f'"{name}" + {n * _FAR}'
                    if name in numbers
                    else f"\"{name}\" || '-{n}'"
                    if name == text
                    else f'"{name}"'
                    for name in columns
                ]
                listed = ", ".join(f'"{name}"' for name in columns)
                connection.execute(
                    f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} FROM {table} WHERE {first}"
                )


def one(record: str, name: str, merge: bool) -> None:
    """Writes one format to nowhere, and says what it took."""
    start = time.perf_counter()
    with readout.open_record(record, create=False) as opened:
        done = readout.export(opened, name, merge=merge)
    taken, most = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": done.rows, "seconds": taken, "MiB": most}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("record", type=Path)
    parser.add_argument("--times", type=int, default=19)
    parser.add_argument("--formats", default=",".join(EXPORTS))
    parser.add_argument("--merged", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        one(str(arguments.record), arguments.one, arguments.merged)
        return
    print(f"{'format':<16}{'rows':>12}{'s':>9}{'rows/s':>10}{'MiB':>8}   {'rows':>12}{'s':>9}{'rows/s':>10}{'MiB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        small, large = (Path(folder) / name for name in ("small.db", "large.db"))
        for path in (small, large):
            shutil.copyfile(arguments.record, path)
            readout.open_record(path).close()
        multiply(large, arguments.times)
        for name in arguments.formats.split(","):
            cells = []
            for path in (small, large):
                command = [sys.executable, __file__, str(path), "--one", name, *(["--merged"] * arguments.merged)]
                done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                rate = done["rows"] / done["seconds"]
                cells.append(f"{done['rows']:>12,}{done['seconds']:>9.1f}{rate:>10,.0f}{done['MiB']:>8.0f}")
            print(f"{name:<16}{cells[0]}   {cells[1]}", flush=True)


if __name__ == "__main__":
    main()
