"""A year of 730,000 articles a day, worked out from what is measured: storage, memory, cores, linking, and what breaks first.

    python benchmarks/year.py [--articles 200] [--linked 2000 8000] [--a-day 730000] [--days 365] [--bench ../shared]

First it measures, in processor time of one core: reading articles into parts, bringing these into a record on SQLite, the bytes of both,
the rows of each table, and linking invented reports in full at some sizes (those of `benchmarks/linking.py`). Then it multiplies. Nothing
is read at that size: it is a sum, and it says what it assumes. `--price` is dollars an hour of a core with 4 GB.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
from across import synthetic
from adding import HERE, articles_of
from linking import add as add_synthetic
from scale import memory_of, write_shards
from sqlalchemy import func, select

from readout.across.copies.comparing import FARTHEST
from readout.across.linking import link
from readout.across.linking.windows import MOST, REACHES
from readout.record import open_record, schema
from readout.scale import bring, run
from readout.sources.article import Article

_DAY = 86_400
_BUSY = 0.8  # of a core's time that is used
_INT4 = 2**31  # of PostgreSQL's integers, by which rows are known
_NUMBERED = (schema.events, schema.statements, schema.figures, schema.actors, schema.places)


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one article: seconds of one core, kB, and rows by their table; of linking seconds over n log2 n, and kB a report in memory."""

    words: float
    read: float
    bring: float
    part: float
    record: float
    rows: dict[str, float]
    reader: float
    linking: float
    linked: float


def measure(options: argparse.Namespace, folder: Path) -> Measured:
    """Measures what the sum needs."""
    articles = [
        Article(item.text, id=str(n), published=item.published)
        for n, item in enumerate(articles_of(options.bench, options.articles))
    ]
    count = len(articles)
    news = write_shards(articles, folder / "news")
    run([str(next(news.iterdir()))], str(folder / "warm"))
    began = time.process_time()
    ran = run([str(news)], str(folder / "parts"), together=1)
    read = (time.process_time() - began) / count
    assert ran.read == count, ran
    reader = memory_of(os.getpid())
    size = sum(path.stat().st_size for path in (folder / "parts").rglob("*.parquet")) / count / 1e3
    file = folder / "readout.db"
    with open_record(file):
        pass
    before = file.stat().st_size
    with open_record(file) as record:
        began = time.process_time()
        bring(record, str(folder / "parts"))
        brought = (time.process_time() - began) / count
        with record.asking() as connection:
            rows = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() / count
                for table in _NUMBERED
            }
    kept = (file.stat().st_size - before) / count / 1e3  # once it is closed, all is in the file
    words = sum(len(item.text.split()) for item in articles) / count
    linking, linked = measure_linking(options.linked, folder)
    return Measured(words, read, brought, size, kept, rows, reader, linking, linked)


def measure_linking(sizes: list[int], folder: Path) -> tuple[float, float]:
    """Seconds over n log2 n and kB of memory a report, of the largest size."""
    for size in sizes:
        with open_record(folder / f"{size}.db") as record, contextlib.redirect_stderr(io.StringIO()):
            add_synthetic(record, synthetic(size))
            before, began = memory_of(os.getpid()), time.process_time()
            link(record, full=True)
            took = time.process_time() - began
            grown = max(0.0, memory_of(os.getpid()) - before)
        share = took / (size * math.log2(size))
        print(f"linking {size:,} reports in full: {took:.1f} s, {share * 1e6:.1f} µs of n log2 n, {grown:,.0f} MB more")
    # What a report takes in memory was measured at 100,000 (docs/linking.md): here a small record is among what is there already.
    return share, 3_169_000 / 100_000


def tell(found: Measured, options: argparse.Namespace) -> None:
    """Prints the sum."""
    a_day, days = options.a_day, options.days
    all_of_them = a_day * days
    print(f"\nmeasured on {options.articles} articles of {found.words:.0f} words, one core:")
    print(f"  reading into a part  {found.read * 1e3:8.1f} ms    a part    {found.part:6.1f} kB")
    print(f"  into a record        {found.bring * 1e3:8.1f} ms    a record  {found.record:6.1f} kB")
    print("  rows                 " + ", ".join(f"{name} {number:.1f}" for name, number in found.rows.items()))
    print(f"  a process that reads {found.reader:8,.0f} MB")
    print(f"\n{a_day:,} articles a day, {days} days: {all_of_them:,}")
    cores = a_day * found.read / _DAY / _BUSY
    print(f"  reading: {cores:.1f} cores busy {_BUSY:.0%} of the day, {cores * found.reader / 1e3:.1f} GB of memory")
    cost = 1e6 * found.read / 3600 / _BUSY * options.price
    print(
        f"  a million articles: {1e6 * found.read / 3600:,.0f} core hours, {cost:,.2f} dollars at {options.price} a core hour"
    )
    print(f"  parts: {a_day * found.part / 1e6:,.1f} GB a day, {all_of_them * found.part / 1e9:,.2f} TB a year")
    print(
        f"  one record: {a_day * found.record / 1e6:,.1f} GB a day, {all_of_them * found.record / 1e9:,.2f} TB a year"
    )
    print(f"  its one writer: {a_day * found.bring / _DAY:.0%} of a core")
    _tell_linking(found, a_day, all_of_them)
    _tell_limits(found, a_day)


def _seconds(found: Measured, reports: float) -> float:
    return found.linking * reports * math.log2(max(2.0, reports))


def _tell_linking(found: Measured, a_day: int, all_of_them: int) -> None:
    print(
        f"  linking all in full: {_seconds(found, all_of_them) / 3600:,.0f} hours of one core,"
        f" {all_of_them * found.linked / 1e9:,.1f} TB of memory: cannot be done"
    )
    near = a_day * (2 * REACHES[-1] + 1)
    print(
        f"  linking after a batch: {REACHES[-1]} days on both sides, {near:,} reports where {MOST:,} are meant:"
        f" {_seconds(found, near) / 3600:,.1f} hours, {near * found.linked / 1e6:,.0f} GB: cannot be done"
    )
    for share in (0.10, 0.01):
        block = a_day * share * (1 + FARTHEST)
        print(
            f"  a block, one day and the {FARTHEST} before it, of a country with {share:.0%} of all reports: {block:,.0f} reports,"
            f" {_seconds(found, block) / 60:,.0f} minutes of a core, {block * found.linked / 1e6:,.1f} GB"
        )
    print(
        f"  all blocks of a day: about {_seconds(found, a_day * 0.03 * 8) / (a_day * 0.03 * 8) * a_day * 8 / _DAY / _BUSY:,.1f}"
        " cores (a report in one block)"
    )


def _tell_limits(found: Measured, a_day: int) -> None:
    limits = {
        f"linking after a batch looks at more than the {MOST:,} reports that are meant": (MOST / (2 * REACHES[-1] + 1), "a day"),
        "linking after a batch fills 64 GB": (64e6 / found.linked / (2 * REACHES[-1] + 1), "a day"),
        "linking in full fills 64 GB": (64e6 / found.linked, "articles"),
        "the one writer is busy all day": (_DAY * _BUSY / found.bring, "a day"),
        "a record on SQLite has 1 TB": (1e9 / found.record, "articles"),
    }  # fmt: skip
    for name, number in found.rows.items():
        if number:
            limits[f"PostgreSQL has no number left for a row of {name}"] = (_INT4 / number, "articles")
    print("\nwhat breaks, the earliest first (articles at this rate):")
    order = {
        what: size if unit == "articles" else size * (1 if size < a_day else 1e9)
        for what, (size, unit) in limits.items()
    }
    for what in sorted(limits, key=lambda one: order[one]):
        size, unit = limits[what]
        when = f", after {size / a_day:,.0f} days" if unit == "articles" else ""
        print(f"  at {size:>15,.0f} {unit:<9}{what}{when}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--linked", type=int, nargs="+", default=[2_000, 8_000])
    parser.add_argument("--a-day", type=int, default=730_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--price", type=float, default=0.05)
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tell(measure(options, Path(folder)), options)


if __name__ == "__main__":
    main()
