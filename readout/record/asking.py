"""Asking a record: pages, everything one by one, counts, and single reports.

**What answers.** Without `as_of` it is what is live: of each piece of news its newest version, unless its publisher withdrew it, as
the newest reader read it. With `as_of`, a day (its end is meant) or a moment, it is what was known then. A version answers if it was
known by then (`articles.known`: when its publisher says that it was made, else published, else when it was added), nothing newer was
(`articles.replaced` is later, or not at all), and its publisher has it as usable; and no report answers that is dated more than a
day behind it. What people corrected, and what a newer reader read, answers for the past too: these change what we make of the news,
and not what was known. Never answer: what was put aside by a correction or read by an older reader; claims that people rejected
(unless `review` is asked for); and articles whose embargo is not over, by the record's clock, and by `as_of` where that is earlier.

**Order.** By a column, ties by the id. What lacks the value (an event of no known day) comes before all that have it, and behind
them backwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from readout.errors import UsageError
from readout.record import schema
from readout.record.claims import Page
from readout.record.conditions import TABLES, Asked, check_filters, readings_named, understand
from readout.record.counted import FIELDS, is_for_now, tally
from readout.record.fetching import FETCH
from readout.record.filters import Filters
from readout.record.indexes import NARROW
from readout.record.listing import LISTINGS, gathered, list_gathered, list_problems, problem_conditions
from readout.record.moments import AsOf, as_of
from readout.record.ordering import Order, Place, from_cursor, order_of, to_cursor
from readout.record.ranked import by_counts, count_counted, list_counted
from readout.record.ranked_then import by_days, count_then, list_then
from readout.record.rows import unpack
from readout.record.rows_in_order import capped_count, rows_in_order
from readout.record.vocabulary import ANY, NONE
from readout.types import Report

Day = str | dt.date | dt.datetime
_AT_ONCE = 300  # so many are fetched at a time for those who want all
LIMIT = 50  # so many are on a page, unless another number is asked for
_PAGE = 1_000  # and no more
_RARE = 10_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in what order, as of when."""

    kind: str
    filters: Filters
    order: Order
    known: Day | None
    now: str

    @property
    def name(self) -> str:
        """What makes it the same question, for cursors."""
        return f"{self.filters.to_text()} @ {self.known or ''}"


def question(kind: str, filters: Filters, order: str | None, descending: bool, known: Day | None, now: str) -> Question:
    """A question that can be answered.

    Raises:
        UsageError: there is no such kind or order, or the kind lacks a filter.
    """
    check_filters(kind, filters)
    if known is not None and kind == "problems":
        raise UsageError("problems are those of now: they cannot be asked as of a day")
    return Question(kind, filters, order_of(kind, order, descending=descending), known, now)


def page(connection: Connection, asked: Question, limit: int, cursor: str | None, *, total: bool = False) -> Page[Any]:
    """A page of an answer.

    Raises:
        UsageError: the cursor is none of this question's, or `limit` is no number from 1 to 1000.
    """
    if not 1 <= limit <= _PAGE:
        raise UsageError(f"a page has from 1 to {_PAGE} entries, not {limit}")
    after = from_cursor(asked.kind, asked.order, asked.name, cursor) if cursor else None
    when = as_of(connection, asked.known, asked.now)
    found = _some(connection, asked, when, after, limit + 1)
    more = len(found) > limit
    next_ = to_cursor(asked.kind, asked.order, asked.name, found[limit - 1][0]) if more else None
    items = tuple(item for _, item in found[:limit])
    return Page(items, next_, count(connection, asked) if total else None)


def _some(
    connection: Connection, asked: Question, when: AsOf, after: Place | None, limit: int
) -> list[tuple[Place, Any]]:
    if asked.kind == "problems":
        return list(list_problems(connection, asked.filters, when, asked.order, after, limit))
    if asked.kind in LISTINGS and by_counts(asked.filters, when, asked.order):
        return list_counted(connection, asked.kind, asked.filters, when, asked.order, after, limit)
    if asked.kind in LISTINGS and by_days(asked.filters, when, asked.order):
        return list_then(connection, asked.kind, asked.filters, when, after, limit)
    if asked.kind in LISTINGS:
        return list(list_gathered(connection, asked.kind, asked.filters, when, asked.order, after, limit))
    understood = understand(connection, asked.kind, asked.filters, when)
    rows = rows_in_order(connection, understood, asked.order, after, limit)
    places = [Place(getattr(row, asked.order.column), row.id) for row in rows]
    return list(zip(places, FETCH[asked.kind](connection, rows, when), strict=True)) if rows else []


def everything(asking: Any, asked: Question, limit: int | None, cursor: str | None) -> Iterator[Any]:
    """Every entry of an answer, one by one: pages are fetched as they are wanted, each in a transaction of its own.

    Args:
        asking: makes such a transaction.
        asked: the question.
        limit: so many at most.
        cursor: begin behind it.
    """
    left = limit
    while left is None or left > 0:
        with asking() as connection:
            found: Page[Any] = page(connection, asked, _AT_ONCE if left is None else min(left, _AT_ONCE), cursor)
        yield from found.items
        cursor = found.next
        left = None if left is None else left - len(found.items)
        if cursor is None:
            return


def count(connection: Connection, asked: Question) -> int:
    """How many entries an answer has."""
    when = as_of(connection, asked.known, asked.now)
    if asked.kind == "problems":
        stmt = select(func.count()).select_from(schema.problems).where(*problem_conditions(asked.filters, when))
        return connection.execute(stmt).scalar_one()
    if asked.kind in LISTINGS:
        if by_counts(asked.filters, when):
            return count_counted(connection, asked.kind, asked.filters, when)
        if by_days(asked.filters, when):
            return count_then(connection, asked.kind, asked.filters, when)
        stmt = select(func.count()).select_from(gathered(connection, asked.kind, asked.filters, when).subquery())
        return connection.execute(stmt).scalar_one()
    if (kept := _kept(asked)) and (is_for_now(when) or not asked.filters):
        return tally(connection, kept[0], when).get(kept[1], 0)
    understood = understand(connection, asked.kind, asked.filters, when)
    table = TABLES[asked.kind]
    stmt = select(func.count()).select_from(table).where(*conditions_of(connection, understood))
    stmt = narrowly(stmt, understood)
    return connection.execute(stmt).scalar_one()


def numbers(connection: Connection, asked: Question, most: int) -> tuple[int, ...] | None:
    """The numbers of all claims or reports that answer, for those who say several things of them; None where there are more than `most`, or
    where how many there are is known without looking at them."""
    is_known = _kept(asked) if asked.known is None else not asked.filters
    if is_known and (asked.known is None or count(connection, asked) > most):
        return None
    when = as_of(connection, asked.known, asked.now)
    understood = understand(connection, asked.kind, asked.filters, when)
    if understood.nothing:
        return ()
    stmt = narrowly(select(understood.table.c.id).where(*conditions_of(connection, understood)), understood)
    found = tuple(connection.execute(stmt.limit(most + 1)).scalars())
    return found if len(found) <= most else None


def _kept(asked: Question) -> tuple[str, str] | None:
    """What the number of the answers is kept under: all of a kind, or all that have one value; None where it is not."""
    items = list(asked.filters.items())
    if not items:
        return asked.kind, ""
    (name, wanted), *more = items
    plain = not more and not wanted.negated and len(wanted.values) == 1 and wanted.values[0] not in (ANY, NONE)
    return (
        (f"{asked.kind}.{name}", wanted.values[0]) if plain and name in _VALUES and name in FIELDS[asked.kind] else None
    )


#: Fields of which a filter has the value to the letter.
_VALUES = ("type", "mode", "status", "kind", "sourcing", "measure")


def narrowly(stmt: Select[Any], asked: Asked) -> Select[Any]:
    """A select that asks for days and numbers of rows alone, from the index that has these: where rows are found by their numbers
    SQLite would read them whole, or go through all days."""
    plain = any(item.equal is not None for item in asked.found) or asked.ranges
    return (
        stmt
        if plain or not asked.found
        else stmt.with_hint(asked.table, f"INDEXED BY {NARROW[asked.table.name]}", "sqlite")
    )


def conditions_of(connection: Connection, asked: Asked) -> list[Any]:
    """All that holds for the rows that answer, for selects that want all of them; the rarest filter leads to its rows."""
    found = [*asked.found, *asked.ranges.values()]
    counts = {id(item): capped_count(connection, item.ids, _RARE) for item in found} if len(found) > 1 else {}
    # Of such as are all common, what a column says comes first: an index has it, together with other columns.
    rarest = min(found, key=lambda item: (counts.get(id(item), 0), item.equal is None), default=None)
    lead = []
    if rarest is not None:
        # What a column says leads to its rows by an index that has what they are counted by, too.
        plain = rarest.equal if rarest.equal is not None else rarest.holds if rarest in asked.ranges.values() else None
        lead = [plain if plain is not None else asked.table.c.id.in_(rarest.ids)]
    return [asked.standing, *lead, *asked.rest, *(item.holds for item in found if item is not rarest)]


def report(connection: Connection, id_: str, known: Day | None, now: str) -> Report:
    """A report, by its id or by how that begins; as of a day, the version of the same piece of news that was known then.

    Raises:
        UsageError: there is none, or there are several that so begin, or it may not be shown yet.
    """
    when = as_of(connection, known, now)
    table, article = schema.readings, schema.articles
    numbers = readings_named(connection, id_)
    if not numbers:
        raise UsageError(f"there is no report {id_!r} in the record")
    of = select(table.c.report_id, article.c.document_id).join(article, article.c.id == table.c.article_id)
    rows = connection.execute(of.where(table.c.id.in_(numbers))).all()
    ids = sorted({row.report_id for row in rows})
    if len(ids) > 1:
        raise UsageError(f"{len(ids)} reports begin with {id_!r}: {', '.join(ids[:5])}{' …' if len(ids) > 5 else ''}")
    stmt = select(table.c.report, table.c.text).order_by(table.c.live.desc(), table.c.id.desc())
    if known is None:
        stmt = stmt.where(table.c.id.in_(numbers), *when.conditions(table))
    else:
        same = select(article.c.id).where(article.c.document_id.in_([row.document_id for row in rows]))
        stmt = stmt.where(table.c.article_id.in_(same), table.c.live.in_(when.lives), *when.conditions(table))
    row = connection.execute(stmt.limit(1)).first()
    if row is None:
        why = (
            "may not be shown yet: it is under embargo"
            if known is None
            else f"was not known as of {known}, or not to be used"
        )
        raise UsageError(f"report {ids[0]} {why}")
    return unpack(row.report, row.text)


__all__ = ["LIMIT", "Day", "Question", "count", "everything", "page", "question", "report"]
