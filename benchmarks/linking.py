"""What it costs to keep links up: a record of invented reports is linked in full, some more are added, and linked after their batch.

    python benchmarks/linking.py [--reports 20000 ...] [--more 100] [--keep record.db]

Of several sizes it says how the time grew against n log n (1 is n log n; more than 1.3 fails). Reports are those of
`benchmarks/across.py`, a third of them with a killing and its toll, written into a record without being read. Times are the process's
own. Groups are then listed, a page at a time, and looked up by a report.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from across import GROWTH, synthetic

from readout.across.facts import ReportFacts
from readout.across.linking import link
from readout.record import Record, open_record
from readout.record.identity import content_id
from readout.record.rows import rows_of
from readout.record.runs import start_batch
from readout.record.writing import Prepared, write_batch
from readout.sources.article import Article
from readout.types import Act, Actor, DateRange, Event, Figure, Place, ReaderVersion, Report

_READER = ReaderVersion("0", "none", "none")


def as_report(facts: ReportFacts, chance: random.Random) -> Report:
    """Facts as a reader would have read them, a third of them with a killing."""
    who, where = facts.events[0].actors[0], facts.events[0].places[0]
    first = facts.sentences[0]
    day = DateRange(facts.published, facts.published)
    events, figures = [_event("CONSULT", "visit", first, day, ())], []
    if chance.random() < 0.33:
        span = facts.sentences[-1]
        value = chance.randint(2, 400)
        figures = [Figure((span[0], span[0] + 2), value, value, value, "exact", "count", measure="killed")]
        events.append(_event("ASSAULT", "explosives", (span[0], span[0] + 4), day, (0,)))
    return Report(
        id=facts.report_id,
        text=facts.text,
        reader=_READER,
        title=facts.title,
        publisher=facts.publisher,
        published=facts.published,
        sentences=facts.sentences,
        actors=(Actor(who.name, "person"),),
        places=(Place(where.name, "city", "NOR", lat=chance.uniform(58, 70), lon=chance.uniform(5, 20)),),
        figures=tuple(figures),
        events=tuple(events),
    )


def _event(kind: str, mode: str, span: tuple[int, int], day: DateRange, figures: tuple[int, ...]) -> Event:
    return Event(
        id=f"{kind}:{span[0]}",
        type=kind,  # type: ignore[arg-type]
        mode=mode,
        act=Act(kind, mode),  # type: ignore[arg-type]
        status="occurred",
        quad=1 if kind == "CONSULT" else 4,
        cameo=None,
        contexts=(),
        actors=(0,),
        recipients=(),
        places=(0,),
        time=None,
        date=day,
        figures=figures,
        attribution=(),
        span=span,
        sentence=0 if kind == "CONSULT" else -1,
        news=True,
        rule="made up",
        confidence=1.0,
    )


def add(record: Record, reports: Iterable[ReportFacts]) -> int:
    """Writes reports into a record, some hundreds a transaction; how many."""
    waiting, chance, total = iter(reports), random.Random(5), 0
    while some := list(islice(waiting, 500)):
        prepared = list(_prepared(some, chance))
        with record.writing() as connection:
            write_batch(connection, start_batch(connection, "made up", record.now()), prepared, (), record.now())
        total += len(some)
    return total


def _prepared(some: Iterable[ReportFacts], chance: random.Random) -> Iterator[Prepared]:
    for facts in some:
        article = Article(
            facts.text, facts.report_id, title=facts.title, publisher=facts.publisher, published=facts.published
        )
        yield Prepared(content_id(article), article, False, rows_of(as_report(facts, chance)), _READER)


def _timed(what: str, began: float) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{what:<58}{time.process_time() - began:>8.2f} s of the process's own, at most {memory:,} MB so far",
        flush=True,
    )


def main() -> int:
    """Print the table; 1 where linking in full grows faster than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[20_000])
    parser.add_argument("--more", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep and len(options.reports) > 1:
        parser.error("only one record can be kept")
    took: dict[int, float] = {}
    for size in options.reports:
        with tempfile.TemporaryDirectory() as folder:
            took[size] = _of(size, options.more, options.keep or Path(folder) / "readout.db")
    worst = 0.0
    for (few, before), (many, after) in pairwise(took.items()):
        growth = (after / before) / (many * math.log(many) / (few * math.log(few)))
        worst = max(worst, growth)
        print(f"from {few:,} to {many:,} reports the time grew by {growth:.2f} of n log n")
    return int(worst > GROWTH)


def _of(size: int, more: int, where: Path) -> float:
    """Prints what a record of so many reports costs; the seconds that linking it in full took."""
    everything = list(synthetic(size + 2 * more))
    with open_record(where) as record:
        began = time.process_time()
        print(f"{add(record, everything[:size]):,} reports written in {time.process_time() - began:.0f} s")
        clock, began = time.monotonic(), time.process_time()
        done = link(record, full=True)
        took = time.process_time() - began
        found = f"{done.links:,} copies, {dict(done.groups)}"
        _timed(f"linked in full in {time.monotonic() - clock:.0f} s by the clock: {found}", began)
        for what, some in (
            (f"{more} more at the end", everything[size:-more]),
            (f"{more} more in the middle", _earlier(everything[-more:], everything)),
        ):
            add(record, some)
            began = time.process_time()
            done = link(record)
            _timed(f"{what}: {done.scope}, {done.reports:,} reports looked at", began)
        for kind in ("story", "incident", "ledger"):
            began = time.process_time()
            page = record.group_page(kind, limit=50, total=True)
            second = record.group_page(kind, limit=50, cursor=page.next) if page.next else page
            _timed(f"two pages of {page.total:,} of the kind {kind}, {len(second.items)} on the second", began)
        began = time.process_time()
        _timed(f"what one report is in: {len(record.groups_of(everything[size // 2].report_id))}", began)
        print(f"{where.stat().st_size / 1e6:,.0f} MB", flush=True)
    return took


def _earlier(reports: Iterable[ReportFacts], among: list[ReportFacts]) -> Iterator[ReportFacts]:
    """Reports as if they had been known in the middle of others."""
    from dataclasses import replace

    day = among[len(among) // 2].published
    for report in reports:
        yield replace(report, published=day, known=day or "")


if __name__ == "__main__":
    sys.exit(main())
