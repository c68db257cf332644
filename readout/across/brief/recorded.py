"""A brief from what a record has stored: of so many reports at most, so that it takes seconds in a record of any size."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from readout.across.brief.composing import LENGTH, Beside, compose
from readout.across.brief.shape import Brief
from readout.across.linking.recalling import recall
from readout.record import Record, schema
from readout.record.filters import parse_filters
from readout.record.moments import as_of
from readout.record.schema import LIVE
from readout.record.tallies import answering

#: Days before the period that say what is new in it, and what was planned.
BACK = 60
#: So many reports of the period are in it, the latest. With those before it three times as many are looked at, within these bounds.
PERIOD, HAND, _LEAST = 400, 600, 150
_PROBLEMS = 500  # of the record, the latest, that are looked through


@dataclass(frozen=True, slots=True)
class Recorded:
    """A brief, and how many reports the period has (`found`), of which so many are in it (`taken`, the latest)."""

    brief: Brief
    found: int
    taken: int


def brief_of(
    record: Record, since: str, until: str, *, about: str | None = None, length: int = LENGTH, most: int = PERIOD
) -> Recorded:
    """The brief of a period from reports as they stand now, and from copies, stories, incidents and negotiations as they were linked last.

    Args:
        record: which.
        since, until: the first and the last day, as ISO dates.
        about: a query for reports that it is about, all where it is not given.
        length: how many developments at most.
        most: of how many reports of the period at most, the latest.

    Raises:
        UsageError: the query is none.
    """
    begins = dt.date.fromisoformat(since)
    back = (begins - dt.timedelta(days=min(BACK, begins.toordinal() - 1))).isoformat()
    near = _days_of(record, back, until)
    period = [number for number, day in near.items() if day >= since]
    if about:
        wanted = answering(record, "reports", parse_filters(about), period)
        period = [number for number in period if number in wanted]
    taken = period[:most]
    rest = [number for number in near if number not in set(taken)]
    hand = min(HAND, max(_LEAST, 3 * len(taken)))
    across = recall(record, [*taken, *rest[: max(hand - len(taken), 0)]], until)
    only = frozenset(taken)
    made = compose(
        across,
        since,
        until,
        length=length,
        only=only,
        about=about,
        beside=beside_of(record, since, until, most=_PROBLEMS),
    )
    return Recorded(made, len(period), len(taken))


def _days_of(record: Record, first: str, last: str) -> dict[int, str]:
    """The reports from one day to another that were known by the last, with their days, the latest first."""
    readings, articles = schema.readings.c, schema.articles.c
    end = f"{last}U"  # sorts behind every moment of the day
    dated = and_(readings.published >= first, readings.published < end)
    undated = and_(readings.published.is_(None), articles.known >= first)
    with record.asking() as connection:
        shown = as_of(connection, None, record.now()).conditions(schema.readings)
        query = select(readings.id, readings.published, articles.known)
        query = query.join_from(schema.readings, schema.articles, articles.id == readings.article_id)
        rows = connection.execute(
            query.where(readings.live == LIVE, articles.known < end, or_(dated, undated), *shown)
        ).all()
    ordered = sorted(rows, key=lambda row: (row.published or row.known[:10], row.known, row.id), reverse=True)
    return {row.id: (row.published or row.known)[:10] for row in ordered}


def beside_of(record: Record, since: str, until: str, *, most: int | None = None) -> Beside:
    """What could not be read in a period, of the latest problems so many, and what publishers took back in it."""
    latest = record.problems(limit=most)
    problems = [f"{row.name}: {row.message}" for row in latest if since <= row.when[:10] <= until]
    articles = schema.articles.c
    query = select(articles.title, articles.name).where(
        articles.status == "canceled", articles.known >= since, articles.known <= f"{until}T99"
    )
    with record.asking() as connection:
        withdrawn = sorted(title or name for title, name in connection.execute(query))
    return Beside(tuple(sorted(problems)), tuple(withdrawn))
