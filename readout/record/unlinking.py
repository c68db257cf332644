"""What has been linked, and what has not; taking out what was linked where a report changes or is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, tuple_

from readout.record import schema
from readout.record.linked import decisions, groups, linked_readings, links, members
from readout.record.moments import as_of
from readout.record.removing import chunks, remove_rows
from readout.record.schema import LIVE


@dataclass(frozen=True, slots=True)
class Pending:
    """Readings that the next linking has to look at: `new` are live and not linked as they stand; `gone` are linked, and are not live
    any more."""

    new: tuple[int, ...]
    gone: tuple[int, ...]


def linkable(connection: Connection, now: str) -> list[ColumnElement[bool]]:
    """What holds for the readings that are linked at a moment: those that are live, and not under embargo."""
    return [schema.readings.c.live == LIVE, *as_of(connection, None, now).conditions(schema.readings)]


def _waiting(connection: Connection, now: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What holds for readings that are new, and for those that are gone."""
    readings = schema.readings
    there = exists().where(linked_readings.c.reading_id == readings.c.id)
    return and_(*linkable(connection, now), ~there), and_(readings.c.live != LIVE, there)


def pending(connection: Connection, now: str) -> Pending:
    """What is not linked at a moment."""
    column = schema.readings.c.id
    new, gone = (
        tuple(connection.execute(select(column).where(some).order_by(column)).scalars())
        for some in _waiting(connection, now)
    )
    return Pending(new, gone)


def count_pending(connection: Connection, now: str) -> int:
    """How many reports are not linked: new, changed, or not live any more and still in groups."""
    query = select(func.count()).select_from(schema.readings).where(or_(*_waiting(connection, now)))
    return int(connection.execute(query).scalar_one())


def mark(connection: Connection, readings: Iterable[int]) -> None:
    """Says of readings that they are not linked as they stand now."""
    for some in chunks(sorted(set(readings))):
        connection.execute(delete(linked_readings).where(linked_readings.c.reading_id.in_(some)))


def mark_articles(connection: Connection, articles: Iterable[int]) -> None:
    """Says of all readings of articles that they are not linked as they stand now."""
    readings = schema.readings
    for some in chunks(sorted(set(articles))):
        mine = select(readings.c.id).where(readings.c.article_id.in_(some))
        connection.execute(delete(linked_readings).where(linked_readings.c.reading_id.in_(mine)))


def take_out(connection: Connection, readings: Sequence[int], articles: Sequence[int]) -> None:
    """Takes out all that was linked of readings, and what people decided on their articles: every group that one of them is in goes
    whole, for its title and reasons may be in the words of any of them. Those that were in it with them are not linked then."""
    keys: set[tuple[str, str]] = set()
    for some in chunks(readings):
        query = select(members.c.kind, members.c.key).where(members.c.reading_id.in_(some)).distinct()
        keys.update((row.kind, row.key) for row in connection.execute(query))
        of = or_(links.c.first_id.in_(some), links.c.second_id.in_(some))
        for link in connection.execute(select(links.c.first_id, links.c.second_id).where(of)).all():
            mark(connection, (link.first_id, link.second_id))
        connection.execute(delete(links).where(of))
    for pairs in _pairs(sorted(keys)):
        of_group = tuple_(members.c.kind, members.c.key).in_(pairs)
        mark(connection, connection.execute(select(members.c.reading_id).where(of_group).distinct()).scalars())
        remove_groups(connection, pairs)
    mark(connection, readings)
    found: set[int] = set()
    columns = decisions.c
    for some in chunks(articles):
        of = or_(columns.first_article.in_(some), columns.second_article.in_(some))
        for row in connection.execute(
            select(columns.id, columns.first_article, columns.second_article).where(of)
        ).all():
            found.add(row.id)
            mark_articles(connection, (row.first_article, row.second_article))
    remove_rows(connection, decisions, sorted(found))


def remove_groups(connection: Connection, keys: Sequence[tuple[str, str]]) -> None:
    """Takes groups out with their members, by kind and key."""
    for pairs in _pairs(keys):
        for table in (members, groups):
            connection.execute(delete(table).where(tuple_(table.c.kind, table.c.key).in_(pairs)))


def _pairs(keys: Sequence[tuple[str, str]]) -> Iterable[Sequence[tuple[str, str]]]:
    for at in range(0, len(keys), 200):
        yield keys[at : at + 200]
