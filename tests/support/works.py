"""What is disturbed: adding, correcting, linking, forgetting, reading again, bringing an older record up to date.

Each of them goes on where it was stopped.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from killed import Tell, Work
from sqlalchemy import func, insert, select, text, update

from readout.across.linking import decide, link, windows
from readout.errors import UsageError
from readout.record import Added, Record, Watching, linked, migrations, open_record, schema
from readout.record.engine import connect_to, writing
from readout.record.record import Clock
from readout.record.searches import save_search
from readout.sources.article import Article

NOON = dt.datetime(2025, 3, 20, 12, 0, tzinfo=dt.UTC)
_TOWNS = ("Osthavn", "Vestfjord", "Nordby", "Sundvik")
_PAPERS = ("Nordpost", "Aftenbladet", "Continental News Agency")
#: Words of what is forgotten, which nothing else says.
MARK = "Quillhaven"
_FORGOTTEN = (MARK, "Aftenbladet")


def news(count: int = 12, first: int = 0) -> list[Article]:
    """Articles of our own: of three on one town the last two are made from the words of the first."""
    return [_article(n) for n in range(first, first + count)]


def _article(n: int) -> Article:
    town, paper, dead = _TOWNS[n // 3 % 4], _PAPERS[n % 3], 12 + n // 3 * 5
    told = (
        f"The Vardal Front shelled the town of {town} on Monday, killing {dead} people, the health ministry said.\n\n"
        f"Foreign Minister Elin Sorvik will fly to Cairo on Friday for talks with the Vardal Front on a cease-fire, her spokesman said."
        f" The talks were suspended in {2000 + n // 3} after the two sides failed to agree on the release of {n // 3 + 2} hostages.\n\n"
    )
    more = ("", f"Police arrested {n} men in Oslo.", f"The toll rose to {dead + 2}, {paper} reported.")[n % 3]
    return Article(
        told + more,
        source_id=f"item-{n}",
        published=f"2025-03-{10 + n % 3:02}",
        publisher=paper,
        name=f"news.jsonl line {n}",
    )


class Circumstances:
    """In what circumstances records are opened here: by a clock that stands still, so that moments are the same in every run."""

    clock: ClassVar[Clock] = staticmethod(lambda: NOON)
    busy_timeout: ClassVar[float] = 30.0


def opened(where: str) -> Record:
    """A record, in the circumstances that there are."""
    return open_record(where, clock=Circumstances.clock, busy_timeout=Circumstances.busy_timeout)


def _nothing(where: str) -> None:
    """There is no record to begin with."""


def _count(record: Record, column: Any) -> int:
    with record.asking() as connection:
        return int(connection.execute(select(func.count(column))).scalar_one())


def _filled(where: str) -> None:
    with opened(where) as record:
        record.add(news())
        link(record, full=True)
        save_search(record, "attacks", "events", "type:ASSAULT", by="Mara Lind")


def _add(where: str, tell: Tell) -> None:
    with opened(where) as record:
        total = 0

        def batch(done: Added) -> None:
            nonlocal total
            total += done.added + done.skipped
            tell(total)

        record.add(news(), size=3, watching=Watching(batch=batch))


def _correct(where: str, tell: Tell) -> None:
    """A dozen corrections of every kind, one after the other; those that are in the log are not made again."""
    with opened(where) as record:
        done = record.last_correction()
        for number, action in enumerate(_CORRECTIONS, 1):
            if number > done:
                action(record)
                tell(number)


def _first(record: Record, query: str, kind: str = "events") -> str:
    found = next(iter(getattr(record, kind)(query)))
    return f"{kind}/{found.id}"


_WHO = "Mara Lind"
_CORRECTIONS: tuple[Callable[[Record], object], ...] = (
    lambda record: record.correct.confirm("events/1", by=_WHO),
    lambda record: record.correct.reject("events/2", by=_WHO, why="told twice"),
    lambda record: record.correct.edit("events/3", {"status": "denied"}, by=_WHO),
    lambda record: record.correct.edit("figures/1", {"value": "13"}, by=_WHO),
    lambda record: record.correct.undo(2, by=_WHO),
    lambda record: record.correct.add("events", _report(record), "spokesman", {"type": "CONSULT"}, by=_WHO),
    lambda record: record.correct.confirm("statements/1", by=_WHO),
    lambda record: record.correct.reject(_first(record, "measure:killed", "figures"), by=_WHO),
    lambda record: record.correct.undo(3, by=_WHO),
    lambda record: record.correct.edit("events/5", {"status": "uncertain"}, by="Ole Berg"),
)


def _report(record: Record) -> str:
    return next(iter(record.reports(limit=1))).id


def _linkable(where: str) -> None:
    with opened(where) as record:
        record.add(news())


def _link(where: str, tell: Tell) -> None:
    """Everything is linked, two claims are kept apart by hand, more comes, and it is linked again."""
    with opened(where) as record:
        if not _count(record, linked.linkings.c.id):
            link(record)
        tell(1)
        if not _count(record, linked.decisions.c.id):
            decide(record, "story", *_reports(record), together=False, by=_WHO)
        tell(2)
        record.add(news(3, 12))
        link(record, full=True)
        tell(3)


def _reports(record: Record) -> tuple[str, str]:
    with record.asking() as connection:
        column = schema.readings.c.report_id
        first, second = connection.execute(select(column).order_by(schema.readings.c.id).limit(2)).scalars()
        return first, second


def _partly(where: str) -> None:
    with opened(where) as record:
        record.add(news())
        link(record, full=True)
        record.add(news(3, 12))


def _link_part(where: str, tell: Tell) -> None:
    """What is new is linked with what is around it alone, as in a large record."""
    kept = windows.ALL, windows.SHARE
    windows.ALL, windows.SHARE = 0, 2.0
    try:
        with opened(where) as record:
            assert link(record).scope in ("part", "none")
            tell(2)
    finally:
        windows.ALL, windows.SHARE = kept


def _linked(record: Record) -> int:
    return min(3, _count(record, linked.linkings.c.id) + _count(record, linked.decisions.c.id))


def _with_mark(where: str) -> None:
    with opened(where) as record:
        odd = Article(
            f"Rebels shelled the town of {MARK} on Monday, killing 12 people, Mayor Tovik {MARK}son said.",
            source_id="odd", published="2025-03-11", publisher=MARK,
        )  # fmt: skip
        record.add([*news(), odd])
        link(record, full=True)
        record.correct.reject(_first(record, f'publisher:"{MARK}"'), by=_WHO, why=f"there is no {MARK}")


def _forget(where: str, tell: Tell) -> None:
    with opened(where) as record:
        for n, publisher in enumerate(_FORGOTTEN, 1):
            with suppress(UsageError):  # it is gone already
                record.forget(publisher=publisher)
            tell(n)


def _forgotten(record: Record) -> int:
    with record.asking() as connection:
        there = set(connection.execute(select(schema.articles.c.publisher)).scalars())
    return sum(name not in there for name in _FORGOTTEN)


def _no_bytes(where: str) -> None:
    for suffix in ("", "-wal", "-journal") if "://" not in where else ():
        path = Path(where + suffix)
        assert not path.exists() or MARK.encode() not in path.read_bytes(), f"{MARK} is still in {path.name}"


def _older(where: str) -> None:
    """A record as one of before the third step, with rows."""
    with tempfile.TemporaryDirectory() as folder, opened(f"{folder}/present.db") as record:
        record.add(news())
        with record.asking() as connection:
            rows = {
                table: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in schema.metadata.sorted_tables
            }
    engine = connect_to(where)
    with writing(engine, where) as connection:
        steps = migrations._applied
        steps.create(connection)
        for name, step in migrations.MIGRATIONS[:2]:
            step(connection)
            connection.execute(insert(steps).values(name=name, at="2025-03-20T12:00:00Z"))
        for table, some in rows.items():
            if some:
                connection.execute(insert(table), some)
        for name, _ in migrations.SEARCHED if engine.dialect.name == "sqlite" else ():
            connection.execute(text(f"INSERT INTO {name}_words({name}_words) VALUES ('rebuild')"))
    engine.dispose()


def _migrate(where: str, tell: Tell) -> None:
    with opened(where):
        tell(1)


def _migrated(record: Record) -> int:
    with record.asking() as connection:
        return int(migrations.is_current(connection))


def _outdated(where: str) -> None:
    _filled(where)
    with opened(where) as record:
        record.correct.edit("events/3", {"status": "denied"}, by=_WHO)
        with record.writing() as connection:
            connection.execute(update(schema.readers).values(version="0.0.1"))


def _reread(where: str, tell: Tell) -> None:
    with opened(where) as record:
        before = _reread_yet(record)
        record.reread(size=4, watching=Watching(reread=lambda done: tell(before + done.read)))


def _reread_yet(record: Record) -> int:
    with record.asking() as connection:
        new = select(schema.readers.c.id).where(schema.readers.c.version != "0.0.1")
        return int(
            connection.execute(
                select(func.count(schema.readings.c.id)).where(schema.readings.c.reader_id.in_(new))
            ).scalar_one()
        )


#: Everything that writes, by its name.
WORKS: dict[str, Work] = {
    work.name: work
    for work in (
        Work("adding", _nothing, _add, lambda record: _count(record, schema.articles.c.id)),
        Work("correcting", _filled, _correct, lambda record: record.last_correction()),
        Work("linking", _linkable, _link, _linked),
        Work("linking a part", _partly, _link_part, lambda record: _count(record, linked.linkings.c.id)),
        Work("forgetting", _with_mark, _forget, _forgotten, _no_bytes),
        Work("migrating", _older, _migrate, _migrated),
        Work("reading again", _outdated, _reread, _reread_yet),
    )
}
