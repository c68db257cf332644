"""Which part of a record has to be looked at where some of its reports are new, changed or gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from readout.record import schema
from readout.record.linked import decisions
from readout.record.removing import chunks
from readout.record.schema import LIVE
from readout.record.unlinking import linkable

#: A record of so many live reports is looked at whole, and so is a part that holds at least so large a share of them.
ALL, SHARE = 2_000, 0.5
#: Days before and after what is new, the most that leave no more than `MOST` reports to be looked at, else the fewest.
REACHES = (30, 20, 14, 10, 7, 5)
MOST = 2_000
_INTERVALS = 200

Interval = tuple[str, str]


def everything(connection: Connection, now: str) -> list[int]:
    """All readings that are linked at a moment."""
    column = schema.readings.c.id
    return list(connection.execute(select(column).where(*linkable(connection, now)).order_by(column)).scalars())


def window(connection: Connection, pending: Sequence[int], now: str) -> list[int] | None:
    """The readings to look at where some are new or gone; None for all."""
    live = _count(connection, [])
    if live <= ALL:
        return None
    days = _days(connection, pending)
    for reach in REACHES:
        near = intervals(days, reach)
        if len(near) > _INTERVALS:
            continue
        many = _count(connection, near)
        if many <= MOST or reach == REACHES[-1]:
            return None if many >= live * SHARE else _readings(connection, near, now)
    return None


def intervals(days: Iterable[str], reach: int) -> list[Interval]:
    """The days at most so far from some days, as intervals that do not touch, first and last day included."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in sorted(set(days)):
        middle = dt.date.fromisoformat(day)
        start, end = _moved(middle, -reach), _moved(middle, reach)
        if found and start <= _moved(found[-1][1], 1):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(start.isoformat(), end.isoformat()) for start, end in found]


def _moved(day: dt.date, days: int) -> dt.date:
    number = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def _days(connection: Connection, pending: Sequence[int]) -> set[str]:
    """The days from which readings are known, and those with which people put them together or from which they keep them apart."""
    articles, readings = schema.articles, schema.readings
    found: dict[int, str] = {}
    for some in chunks(pending):
        mine = select(articles.c.id, articles.c.known).join(readings, readings.c.article_id == articles.c.id)
        found.update((row.id, row.known[:10]) for row in connection.execute(mine.where(readings.c.id.in_(some))))
    pairs = select(decisions.c.first_article, decisions.c.second_article).where(decisions.c.undone_at.is_(None))
    others: set[int] = set()
    for row in connection.execute(pairs):
        if row.first_article in found or row.second_article in found:
            others.update((row.first_article, row.second_article))
    known = set(found.values())
    for some in chunks(sorted(others - found.keys())):
        rows = connection.execute(select(articles.c.known).where(articles.c.id.in_(some))).scalars()
        known.update(moment[:10] for moment in rows)
    return known


def _within(near: Sequence[Interval]) -> ColumnElement[bool]:
    known = schema.articles.c.known
    # A moment of the last day sorts behind the bare day and before the next.
    return or_(*(and_(known >= start, known < f"{end}U") for start, end in near))


def _count(connection: Connection, near: Sequence[Interval]) -> int:
    readings, articles = schema.readings, schema.articles
    query = select(func.count()).select_from(readings).where(readings.c.live == LIVE)
    if near:
        query = query.join(articles, articles.c.id == readings.c.article_id).where(_within(near))
    return int(connection.execute(query).scalar_one())


def _readings(connection: Connection, near: Sequence[Interval], now: str) -> list[int]:
    readings, articles = schema.readings, schema.articles
    query = select(readings.c.id).join(articles, articles.c.id == readings.c.article_id)
    return list(
        connection.execute(query.where(*linkable(connection, now), _within(near)).order_by(readings.c.id)).scalars()
    )
