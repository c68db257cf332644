"""From which moment the record is asked: what is live now, or what was known then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, exists, or_, select

from readout.errors import UsageError
from readout.record.identity import moment
from readout.record.schema import HIDDEN, LIVE, REPLACED, articles, readings
from readout.record.spans import answers, end_of, known_then, spans, unlike_at_the_end

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
            found.append(answers(table, self.known))
        return found

    def unlike(self, connection: Connection) -> tuple[tuple[int, Sequence[int]], ...]:
        """The readings by which what is counted for now, or by the end of the day, is unlike what answers: with -1 those that are counted
        and do not answer, with 1 those that answer and are not counted."""
        later, gone = list[int](), list[int]()
        if self.known is not None and self.known[10:] != _END:
            later, gone = unlike_at_the_end(connection, self.known)
        held = self._held(connection)
        return ((-1, sorted({*later, *held})), (1, [number for number in gone if number not in held]))

    def _held(self, connection: Connection) -> set[int]:
        """The readings under embargo that are counted."""
        if not self.embargoed:
            return set()
        of: list[ColumnElement[bool]] = [readings.c.article_id.in_(self.embargoed)]
        if self.known is None:
            rows = connection.execute(select(readings.c.id, readings.c.live).where(*of))
            return {row.id for row in rows if row.live == LIVE}  # SQLite would go through all that is live
        then = select(readings.c.id).join_from(readings, spans, spans.c.reading_id == readings.c.id)
        of += [readings.c.live != HIDDEN, *known_then(end_of(self.known[:10]))]
        return set(connection.execute(then.where(*of)).scalars())

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
