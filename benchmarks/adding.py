"""What adding costs on top of reading, and how much memory it takes, in one run.

    python benchmarks/adding.py [--articles 300] [--rounds 3] [--most 0.10] [--bench ../shared] [--memory 20000]

Writing is everything that is not reading: rows made of reports, reports packed, what is known looked up, rows and words written,
and the commit; its share is of the time that reading takes (the process's own time, on one core), on SQLite and, where PostgreSQL
is installed, on a server of the script's own (whose own time is not the process's, and is shown by the clock on the wall as well).
The peak of memory is taken while so many short articles of our own are added, in steps: it must not grow with their number.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from readout.reading import read_many
from readout.record import open_record
from readout.record.adding import Batch, ReadingOptions, batches_of, prepare
from readout.record.rows import rows_of
from readout.record.runs import start_batch
from readout.record.writing import known_contents, write_batch
from readout.sources.article import Article

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "record"))
WIRE = Path("bench/wire/wire.jsonl.gz")


def articles_of(shared: Path, count: int) -> list[Article]:
    """The articles to add: of the wire where it is there, else the examples, told apart by a number."""
    if (shared / WIRE).is_file():
        with gzip.open(shared / WIRE, "rt", encoding="utf-8") as source:
            rows = [json.loads(line) for line in source]
        rows = rows[:: max(1, len(rows) // count)][:count]
        return [Article(text=row["text"], id=row["id"], published=row["published"]) for row in rows]
    texts = [file.read_text(encoding="utf-8") for file in sorted((HERE.parent / "examples").glob("*.txt"))]
    return [Article(text=texts[n % len(texts)], id=str(n), published="2025-03-10") for n in range(count)]


def cost(where: str, batches: list[Batch]) -> tuple[float, float, float]:
    """Seconds of reading, and of writing by the process's time and by the wall's."""
    spent = {"reading": 0.0, "writing": 0.0, "wall": 0.0}
    with open_record(where) as record:
        with record.writing() as connection:
            run = start_batch(connection, "benchmark", record.now())
        for batch in batches:
            began = time.process_time()
            reports = list(read_many(article for _, article in batch.articles))
            spent["reading"] += time.process_time() - began
            began, wall = time.process_time(), time.perf_counter()
            for report in reports:
                rows_of(report)
            with record.asking() as connection:
                known_contents(connection, [content for content, _ in batch.articles])
            spent["writing"] += time.process_time() - began
            spent["wall"] += time.perf_counter() - wall
            prepared = prepare(batch.articles, ReadingOptions())  # counted above: its reading once, its rows once
            began, wall = time.process_time(), time.perf_counter()
            with record.writing() as connection:
                write_batch(connection, run, prepared, (), record.now())
            spent["writing"] += time.process_time() - began
            spent["wall"] += time.perf_counter() - wall
    return spent["reading"], spent["writing"], spent["wall"]


def shares(where: str, batches: list[Batch], rounds: int, folder: Path) -> tuple[float, float]:
    """The median share of writing, by the process's time and by the wall's."""
    found = []
    for n in range(rounds):
        reading, writing, wall = cost(where % n if "%" in where else str(folder / f"{n}.db"), batches)
        found.append((writing / reading, wall / reading))
    own, wall = zip(*found, strict=True)
    return statistics.median(own), statistics.median(wall)


def grow(count: int, step: int, folder: Path) -> list[tuple[int, float]]:
    """The peak of memory, in MB, after each step of short articles that were added to a record on SQLite."""
    towns = ("Osthavn", "Vestfjord", "Nordby", "Sundvik", "Lindal", "Hamarvik")

    def text(n: int) -> str:
        return (
            f"Rebels shelled {towns[n % 6]} on Monday, killing {n % 89 + 2} people, the health ministry said in report {n}.\n\n"
            f"Foreign Minister Elin Sorvik will fly to Cairo for talks on a cease-fire, her spokesman said, for the {n}th time."
        )

    found = []
    with open_record(folder / "memory.db") as record:
        for first in range(0, count, step):
            made = (Article(text=text(n), published="2025-03-10", id=str(n)) for n in range(first, first + step))
            record.add(made)
            found.append((first + step, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=float, default=None, help="fail where writing takes more of the time of reading")
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--memory", type=int, default=0, help="so many short articles for the peak of memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.memory:
            steps = grow(options.memory, max(1, options.memory // 10), Path(folder))
            print("\n".join(f"{count:>9,} articles: peak {peak:,.0f} MB" for count, peak in steps))
            return
        batches = list(batches_of(articles_of(options.bench, options.articles), 32))
        list(read_many(article for _, article in batches[0].articles))  # words met before cost less
        own, wall = shares("", batches, options.rounds, Path(folder))
        print(f"SQLite: writing takes {own:.3f} of the time of reading ({wall:.3f} by the wall)")
        worst = own
        from server import postgresql, programs

        if programs():
            import psycopg

            with postgresql() as url:
                with psycopg.connect(url % "postgres", autocommit=True) as connection:
                    for n in range(options.rounds):
                        connection.execute(f"CREATE DATABASE adding{n}")
                own, wall = shares(url.replace("%s", "adding%s"), batches, options.rounds, Path(folder))
            print(f"PostgreSQL: writing takes {own:.3f} of the time of reading ({wall:.3f} by the wall)")
            worst = max(worst, own)
        else:
            print("PostgreSQL: skipped, it is not installed")
    if options.most is not None and worst > options.most:
        sys.exit(f"writing takes {worst:.3f}, more than {options.most}")


if __name__ == "__main__":
    main()
