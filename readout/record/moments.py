"""From which moment the record is asked: what is live now, or what was known then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, exists, or_, select

from readout.errors import UsageError
from readout.record.identity import moment
from readout.record.schema import LIVE, REPLACED, articles, readings

_END = "T23:59:59Z"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment of a question.

    Attributes:
        known: ISO moment in UTC: only what was known then; None: what is live.
        now: the record's clock.
        embargoed: numbers of articles whose embargo was not over by then.
    """

    known: str | None
    now: str
    embargoed: tuple[int, ...] = ()

    @property
    def lives(self) -> tuple[int, ...]:
        """The values of `live` that may answer."""
        return (LIVE,) if self.known is None else (LIVE, REPLACED)

    @property
    def last_day(self) -> str | None:
        """The last day, in any zone, that a report known then can be dated; None where the question is for now."""
        if self.known is None:
            return None
        return (dt.date.fromisoformat(self.known[:10]) + dt.timedelta(days=1)).isoformat()

    def conditions(self, table: FromClause) -> list[ColumnElement[bool]]:
        """What holds for the rows of a table with `article_id` (claims, readings) that may answer, beside `live`."""
        found: list[ColumnElement[bool]] = []
        if self.embargoed:
            found.append(table.c.article_id.not_in(self.embargoed))
        if self.known is not None:
            mine = articles.c.id == table.c.article_id
            standing = or_(articles.c.replaced.is_(None), articles.c.replaced > self.known)
            usable = articles.c.status == "usable"
            found.append(exists(select(1).where(mine, usable, articles.c.known <= self.known, standing)))
            found.append(or_(table.c.published.is_(None), table.c.published <= self.last_day))
        return found

    def readings_of(self, table: Table) -> ColumnElement[bool]:
        """Whether the reading of a row (of actors, places) may answer; True where `live` alone says it."""
        mine = [readings.c.id == table.c.reading_id, *self.conditions(readings)]
        return and_(table.c.live.in_(self.lives), *([exists(select(1).where(*mine))] if len(mine) > 1 else []))


def as_of(connection: Connection, given: str | dt.date | dt.datetime | None, now: str) -> AsOf:
    """The moment that a caller names, a day meaning its end.

    Raises:
        UsageError: it is no day or moment.
    """
    known = None if given is None else _moment(given)
    until = now if known is None else min(now, known)
    return AsOf(known, now, _embargoed(connection, until))


def _moment(given: str | dt.date | dt.datetime) -> str:
    text = given if isinstance(given, str) else given.isoformat()
    try:
        found = moment(text.strip())
    except (ValueError, OverflowError):
        raise UsageError(f"as of {text!r}: no day (2024-09-16) nor moment (2024-09-16T08:30:00Z)") from None
    return found if "T" in found else found + _END


def _embargoed(connection: Connection, until: str) -> tuple[int, ...]:
    """Articles that were not to be shown yet; one whose embargo is no date stays so."""
    day = dt.date.fromisoformat(until[:10])
    # A moment is written in the zone of its source: a day of slack either way, then to the second.
    since = (day - dt.timedelta(days=1)).isoformat() if day > dt.date.min else ""
    late = or_(articles.c.embargoed >= since, articles.c.embargoed.not_like("____-__-__%"))
    rows = connection.execute(
        select(articles.c.id, articles.c.embargoed).where(articles.c.embargoed.is_not(None), late)
    )
    return tuple(sorted(row.id for row in rows if _holds(row.embargoed, until)))


def _holds(embargoed: str, until: str) -> bool:
    try:
        return moment(embargoed) > until
    except (ValueError, OverflowError):
        return True
