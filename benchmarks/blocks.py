"""What blocks that are linked by themselves and then joined find of what linking everything at once finds, and what joining costs.

    python benchmarks/blocks.py [--days 7] [--before 7 14 21] [--countries] [--bench ../shared] [--reports 20000]

The articles of the wire, or with `--reports` as many invented reports (those of `benchmarks/linking.py`), are linked all at once, and in
blocks of `--days` days and so many `--before` them; with `--countries` each country is a block for itself, too. The blocks are joined. Of
each kind it says how many pairs of members of different reports that are in one group of the whole are in one of the joined (found), how
many of the joined are in one of the whole (right), and how many groups of several reports are the same to the last member, or have at
least the same id. Seconds are of the process's own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
from across import synthetic
from adding import HERE, WIRE
from linking import add as add_synthetic

import readout
from readout.across.linking import LINKED
from readout.record import Record, open_record
from readout.scale import Block, bring, run
from readout.scale.folder import Folder
from readout.scale.joining import join, write_groups_of
from readout.scale.joining.folder import GroupFolder
from readout.scale.joining.rows import COPY

Fill = Callable[[Record, Block], object]


@dataclass(frozen=True, slots=True)
class News:
    """What is linked: `fill` puts a block of it into a record."""

    fill: Fill
    days: tuple[str, ...]
    countries: tuple[str, ...]


def wire(shared: Path, folder: Path) -> News:
    """The articles of the wire, read into parts, a day a file."""
    by_day: dict[str, list[str]] = {}
    with gzip.open(shared / WIRE, "rt", encoding="utf-8") as source:
        for line in source:
            by_day.setdefault(json.loads(line)["published"], []).append(line.strip())
    (folder / "news").mkdir()
    for day, lines in by_day.items():
        (folder / "news" / f"{day}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    parts = str(folder / "parts")
    run([str(folder / "news")], parts, together=1)
    countries = sorted({country for entry in Folder(parts).entries() for country in entry.countries})
    return News(lambda record, block: bring(record, parts, block=block), tuple(sorted(by_day)), tuple(countries))


def invented(count: int) -> News:
    """As many invented reports, all of one country."""
    everything = list(synthetic(count))

    def fill(record: Record, block: Block) -> object:
        first, last = block.days or ("", "9")
        return add_synthetic(record, [one for one in everything if first <= (one.published or "") <= last])

    return News(fill, tuple(sorted({one.published or "" for one in everything})), ())


def blocks_of(news: News, days: int, before: int, *, countries: bool) -> Iterator[Block]:
    """Blocks of so many days and those before them; of each country, and of what has none, where that is asked for."""
    first, last = (dt.date.fromisoformat(day) for day in (news.days[0], news.days[-1]))
    while first <= last:
        start, end = ((first + dt.timedelta(by)).isoformat() for by in (-before, days - 1))
        if any(first.isoformat() <= day <= end for day in news.days):
            for country in news.countries if countries else (None,):
                yield Block((start, end), country)
        first += dt.timedelta(days)


def linked(news: News, block: Block, record: Path, groups: Path) -> float:
    """Links a block, and writes its groups down; the seconds that both took."""
    with open_record(record) as opened:
        news.fill(opened, block)
        began = time.process_time()
        if next(opened.reports(limit=1), None) is not None:
            readout.link(opened, full=True)
            write_groups_of(opened, str(groups))
        return time.process_time() - began


Member = tuple[str, str, int]


def groups_in(folder: Path, kind: str) -> dict[str, frozenset[Member]]:
    """The members of all groups of a kind, by their ids."""
    rows = GroupFolder(str(folder)).rows(kind, ["key", "members"])
    return {
        row["key"]: frozenset((one["content_id"], one["claim"] or "", one["n"] or 0) for one in row["members"])
        for row in rows
    }


def pairs_in(groups: Iterable[frozenset[Member]]) -> set[tuple[Member, Member]]:
    """Members of different reports that are in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2) if pair[0][0] != pair[1][0]}


def compare(whole: Path, joined: Path) -> None:
    """Prints what is found."""
    print(f"  {'':13}{'pairs':>8}{'found':>8}{'right':>8}{'groups':>9}{'joined':>8}{'the same':>10}{'same id':>9}")
    for kind in LINKED:
        wanted, given = groups_in(whole, kind.name), groups_in(joined, kind.name)
        pairs, theirs = pairs_in(wanted.values()), pairs_in(given.values())
        both = len(pairs & theirs)
        several, others = (
            {key: group for key, group in some.items() if len({one[0] for one in group}) > 1}
            for some in (wanted, given)
        )
        same = len(set(several.values()) & set(others.values()))
        kept = sum(key in given for key in several)
        found, right = (both / max(1, len(some)) for some in (pairs, theirs))
        counts = f"{len(several):>9,}{len(others):>8,}{same:>10,}{kept:>9,}"
        print(f"  {kind.name:13}{len(pairs):>8,}{found:>8.1%}{right:>8.1%}{counts}")
    copies, theirs_too = (
        {(row["first"], row["second"]) for row in GroupFolder(str(folder)).rows(COPY)} for folder in (whole, joined)
    )
    both = len(copies & theirs_too)
    print(
        f"  {COPY:13}{len(copies):>8,}{both / max(1, len(copies)):>8.1%}{both / max(1, len(theirs_too)):>8.1%}",
        flush=True,
    )


def measure(news: News, options: argparse.Namespace, folder: Path) -> None:
    """Links all at once and in blocks, joins these, and prints what came of it."""
    took = linked(news, Block(), folder / "whole.db", folder / "whole")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    reports = GroupFolder(str(folder / "whole")).written()
    assert reports is not None
    print(f"{reports.made.reports:,} reports linked at once in {took:.1f} s; at most {memory:,} MB so far", flush=True)
    for before in options.before:
        here = folder / f"{before}"
        (here / "blocks").mkdir(parents=True)
        spent, count = [], 0
        for n, block in enumerate(blocks_of(news, options.days, before, countries=options.countries)):
            spent.append(linked(news, block, here / f"{n}.db", here / "blocks" / f"{n}"))
        count = len(list((here / "blocks").iterdir()))
        began = time.process_time()
        written, _ = join(str(here / "blocks"), str(here / "joined"))
        rows = sum(int(said["rows"]) for said in written.files.values())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"\n{options.days} days and {before} before them{', by country' if options.countries else ''}: {count:,} blocks linked in"
            f" {sum(spent):.1f} s, the longest {max(spent):.1f}; {written.made.reports:,} reports joined to {rows:,} groups and copies in"
            f" {time.process_time() - began:.1f} s; at most {memory:,} MB so far"
        )
        compare(folder / "whole", here / "joined")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--before", type=int, nargs="+", default=[7, 14, 21])
    parser.add_argument("--countries", action="store_true")
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--reports", type=int)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.reports is None and not (options.bench / WIRE).is_file():
            print(f"{options.bench / WIRE} is not there: take --reports 20000")
            return
        news = invented(options.reports) if options.reports else wire(options.bench, Path(folder))
        measure(news, options, Path(folder))


if __name__ == "__main__":
    main()
