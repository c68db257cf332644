"""Forgetting: pieces of news and all that was read in them and said of it are taken out, and nothing of them is left behind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from readout.errors import RecordLocked, UsageError
from readout.readers.places.names import fold_name
from readout.record import schema
from readout.record.changes import articles_of
from readout.record.counted import count_out
from readout.record.log import check_text
from readout.record.migrations import SEARCHED
from readout.record.opened import Opened
from readout.record.removing import chunks, remove_claims, remove_rows
from readout.record.rows import names_of, unpack
from readout.record.runs import start_batch
from readout.record.unlinking import take_out

_COMMAND = "forget"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out, or would be: so many articles, with their readings, claims and corrections."""

    articles: int = 0
    readings: int = 0
    claims: int = 0
    corrections: int = 0


def forget(
    record: Opened, reports: Sequence[str] = (), *, publisher: str | None = None, dry_run: bool = False
) -> Forgotten:
    """As `Record.forget`."""
    if reports and publisher is not None:
        raise UsageError("say what to forget: reports by their ids, or a publisher, and not both")
    check_text("the publisher", publisher or "")
    left = not dry_run and _scrub(record)  # what a run that was stopped had left
    if not reports and publisher is None:
        if left:
            return Forgotten()
        raise UsageError("say what to forget: reports by their ids, or a publisher")
    try:
        with record.asking() as connection:
            counted = _count(connection, _chosen(connection, reports, publisher))
    except UsageError:
        if left:
            return Forgotten()  # it is what the run that was stopped had taken out
        raise
    if dry_run:
        return counted
    with record.writing() as connection:
        articles = _chosen(connection, reports, publisher)
        counted = _count(connection, articles)
        _take_out(connection, articles)
        number = start_batch(connection, _COMMAND, record.now())
        table = schema.batches
        connection.execute(update(table).where(table.c.id == number).values(forgotten=counted.articles))
    _scrub(record)
    return counted


def _of_publisher(connection: Connection, publisher: str) -> set[int]:
    """The articles of a publisher, by what their source says or by what was read in them."""
    articles, readings = schema.articles, schema.readings
    said = select(articles.c.id).where(articles.c.publisher == publisher)
    read = select(readings.c.article_id).where(readings.c.publisher == publisher)
    return {*connection.execute(said).scalars(), *connection.execute(read).scalars()}


def _chosen(connection: Connection, reports: Sequence[str], publisher: str | None) -> list[int]:
    """The articles to forget: all versions of every piece of news that is meant, so that no older one takes its place.

    Raises:
        UsageError: there are none.
    """
    meant = articles_of(connection, reports) if publisher is None else sorted(_of_publisher(connection, publisher))
    if not meant:
        raise UsageError(f"the record has nothing by {publisher!r}")
    table = schema.articles
    found: set[int] = set()
    for some in chunks(meant):
        documents = select(table.c.document_id).where(table.c.id.in_(some))
        found.update(connection.execute(select(table.c.id).where(table.c.document_id.in_(documents))).scalars())
    return sorted(found)


def _numbers(connection: Connection, name: str, articles: Sequence[int]) -> list[int]:
    table = schema.metadata.tables[name]
    found: list[int] = []
    for some in chunks(articles):
        found.extend(connection.execute(select(table.c.id).where(table.c.article_id.in_(some))).scalars())
    return sorted(found)


def _count(connection: Connection, articles: Sequence[int]) -> Forgotten:
    numbers = {name: len(_numbers(connection, name, articles)) for name in ("readings", *schema.CLAIMS, "corrections")}
    claims = sum(numbers[claim] for claim in schema.CLAIMS)
    return Forgotten(len(articles), numbers["readings"], claims, numbers["corrections"])


def _take_out(connection: Connection, articles: Sequence[int]) -> None:
    readings = _numbers(connection, "readings", articles)
    names = _names_in(connection, readings, articles)
    take_out(connection, readings, articles)
    count_out(connection, articles)
    for claim in ("events", "statements", "figures"):
        remove_claims(connection, claim, _numbers(connection, claim, articles))
    # An undo goes before what it undoes.
    remove_rows(connection, schema.corrections, _numbers(connection, "corrections", articles)[::-1])
    remove_rows(connection, schema.problems, _problems(connection, articles))
    for table in (schema.actors, schema.places):
        ids: list[int] = []
        for some in chunks(readings):
            ids.extend(connection.execute(select(table.c.id).where(table.c.reading_id.in_(some))).scalars())
        remove_rows(connection, table, ids)
    remove_rows(connection, schema.readings, readings)
    table = schema.articles
    documents: set[int] = set()
    for some in chunks(articles):
        documents.update(connection.execute(select(table.c.document_id).where(table.c.id.in_(some))).scalars())
    remove_rows(connection, schema.articles, articles)
    remove_rows(connection, schema.documents, sorted(documents))
    _take_out_names(connection, names)


def _problems(connection: Connection, articles: Sequence[int]) -> list[int]:
    """What could not be read in some articles, or at the places where they came from."""
    table, found = schema.problems, set(_numbers(connection, "problems", articles))
    for some in chunks(articles):
        places = select(schema.articles.c.name).where(schema.articles.c.id.in_(some), schema.articles.c.name != "")
        query = select(table.c.id).where(table.c.article_id.is_(None), table.c.name.in_(places))
        found.update(connection.execute(query).scalars())
    return sorted(found)


def _names_in(connection: Connection, readings: Sequence[int], articles: Sequence[int]) -> set[tuple[str, str]]:
    """The names of actors, with their keys, that some readings and the corrections of their claims brought, undone or not."""
    found = set(_names_read(connection, readings))
    table = schema.corrections
    for some in chunks(articles):
        for row in connection.execute(select(table.c.targets, table.c.made).where(table.c.article_id.in_(some))):
            found.update(_names_logged([json.loads(row.targets), json.loads(row.made)]))
    return found


def _names_logged(value: Any) -> Iterator[tuple[str, str]]:
    """The names, with their keys, anywhere in the values of a log."""
    if isinstance(value, list):
        for item in value:
            yield from _names_logged(item)
    elif isinstance(value, dict):
        if "key" in value and value["name"]:
            yield fold_name(value["name"]), value["key"]
        yield from _names_logged(list(value.values()))


def _names_read(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[str, str]]:
    """The names of actors, with their keys, in some readings."""
    table = schema.readings
    for at in range(0, len(numbers), 20):
        rows = connection.execute(select(table.c.text, table.c.report).where(table.c.id.in_(numbers[at : at + 20])))
        for row in rows:
            yield from ((name["folded"], name["key"]) for name in names_of(unpack(row.report, row.text)))


def _take_out_names(connection: Connection, names: Iterable[tuple[str, str]]) -> None:
    """Takes out the names that no other report has."""
    by_key: dict[str, set[str]] = {}
    for folded, key in names:
        by_key.setdefault(key, set()).add(folded)
    table = schema.actor_names
    for key, mine in sorted(by_key.items()):
        for folded in sorted(mine - _still_named(connection, key, mine)):
            connection.execute(delete(table).where(table.c.folded == folded, table.c.key == key))


def _still_named(connection: Connection, key: str, names: set[str]) -> set[str]:
    """Those of an actor's names by which other reports call it."""
    actors, parties = schema.actors, schema.parties
    named = (select(table.c.name).where(table.c.key == key).distinct() for table in (actors, parties))
    still = {fold_name(name) for query in named for name in connection.execute(query).scalars()} & names
    others = select(actors.c.reading_id).where(actors.c.key == key).distinct().order_by(actors.c.reading_id)
    numbers = list(connection.execute(others).scalars())
    for at in range(0, len(numbers), 20):
        if still == names:
            break
        found = _names_read(connection, numbers[at : at + 20])
        still |= {folded for folded, other in found if other == key} & names
    return still


def _scrub(record: Opened) -> bool:
    """Leaves no bytes of what was taken out in the file of an SQLite record, and lets PostgreSQL use its room again; ends the
    runs that took something out. Whether there was one.

    Raises:
        RecordLocked: somebody is reading or writing, and did not stop in time.
    """
    table = schema.batches
    waiting = (table.c.command == _COMMAND, table.c.ended.is_(None))
    with record.asking() as connection:
        if connection.execute(select(table.c.id).where(*waiting)).first() is None:
            return False
    try:
        with record.upkeep() as connection:
            busy = _clean(connection)
    except RecordLocked as error:
        raise RecordLocked(_LEFT) from error
    if busy:
        raise RecordLocked(_LEFT)
    with record.writing() as connection:
        connection.execute(update(table).where(*waiting).values(ended=record.now()))
    return True


def _clean(connection: Connection) -> bool:
    """Overwrites what was taken out; whether somebody holds it."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("VACUUM"))
        return False
    for name, _ in SEARCHED:  # an index of words keeps what it lost until its parts are made one
        connection.execute(text(f"INSERT INTO {name}_words({name}_words) VALUES ('optimize')"))  # noqa: S608 - our tables
    connection.execute(text("VACUUM"))
    return bool(connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one())


_LEFT = (
    "what was to be forgotten is taken out, but somebody uses the record and holds its bytes:"
    " say `readout forget` with nothing behind it when they have stopped, and they go"
)
