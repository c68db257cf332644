"""Looking after a record: a copy while it is in use, and whether all is well with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, PoolProxiedConnection, exists, func, select, text

from readout.errors import RecordError, UsageError
from readout.record import linked, schema
from readout.record.counted import wrong_counts
from readout.record.engine import DAMAGED, explained, guarded, shown
from readout.record.migrations import SEARCHED, applied
from readout.record.schema import HIDDEN, LIVE
from readout.record.unlinking import count_pending


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what, whether it is well, and what was found."""

    what: str
    well: bool
    said: str


def back_up(engine: Engine, where: str | Path, to: Path) -> int:
    """Copies an SQLite record to a file that must not be there, whole and consistent, while others may go on; its bytes.

    Raises:
        UsageError: the file is there, or the record is kept in PostgreSQL, whose own `pg_dump` does it.
        RecordError: it cannot be read or written.
    """
    if engine.dialect.name != "sqlite":
        raise UsageError("a record in PostgreSQL is backed up with its own program: pg_dump --format=custom")
    if to.exists():
        raise UsageError(f"{to} is there already: a backup never overwrites a file")
    if not to.parent.is_dir():
        raise UsageError(f"there is no folder {to.parent}")
    part = to.with_name(f"{to.name}.part")
    try:
        with guarded(to), closing(engine.raw_connection()) as source, closing(sqlite3.connect(part)) as target:
            _copy(source, target, where)
            found = target.execute("PRAGMA integrity_check").fetchone()[0]
    except RecordError:
        with suppress(OSError):  # a disk that may not be written, where there is none
            part.unlink(missing_ok=True)
        raise
    if found != "ok":
        part.unlink(missing_ok=True)
        raise RecordError(
            f"the backup does not hold together ({found}): the record itself may be damaged, run `readout doctor`"
        )
    part.replace(to)
    return to.stat().st_size


def _copy(source: PoolProxiedConnection, target: sqlite3.Connection, where: str | Path) -> None:
    try:
        source.driver_connection.backup(target)  # type: ignore[union-attr]  # sqlite3's own
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED:
            raise explained(error, shown(where)) from error  # the record's own pages, not those of the copy
        raise


def examine(connection: Connection, now: str) -> Iterator[Finding]:
    """Looks at a record's file, tables and promises at a moment, one finding each."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(3)")]
        yield Finding("file", found == ["ok"], "whole" if found == ["ok"] else "; ".join(found))
        wrong = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        yield Finding(
            "references", not wrong, f"{len(wrong)} rows that point nowhere" if wrong else "all point somewhere"
        )
    yield Finding("schema", True, ", ".join(applied(connection)))
    for table in (schema.documents, schema.articles, schema.readings, *schema.CLAIMS.values()):
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        yield Finding(table.name, True, f"{count:,}")
    yield _versions(connection)
    yield _standing(connection)
    yield _counts(connection)
    yield _linked(connection, now)
    yield _members(connection)
    for name, _ in SEARCHED if sqlite else ():
        yield _search(connection, name)


def _versions(connection: Connection) -> Finding:
    """Every document has one current version."""
    articles = schema.articles
    counted = (
        select(schema.documents.c.id)
        .outerjoin(articles, (articles.c.document_id == schema.documents.c.id) & articles.c.current)
        .group_by(schema.documents.c.id)
        .having(func.count(articles.c.id) != 1)
    )
    wrong = connection.execute(select(func.count()).select_from(counted.subquery())).scalar_one()
    said = f"{wrong} documents without exactly one" if wrong else "one for every document"
    return Finding("current versions", wrong == 0, said)


def _standing(connection: Connection) -> Finding:
    """What answers questions comes from current, usable articles alone."""
    articles, readings = schema.articles, schema.readings
    wrong = connection.execute(
        select(func.count())
        .select_from(readings.join(articles))
        .where(readings.c.live == LIVE, ~articles.c.current | (articles.c.status != "usable"))
    ).scalar_one()
    twice = (
        select(readings.c.article_id)
        .where(readings.c.live != HIDDEN)
        .group_by(readings.c.article_id)
        .having(func.count() > 1)
    )
    wrong += connection.execute(select(func.count()).select_from(twice.subquery())).scalar_one()
    return Finding(
        "what answers", wrong == 0, f"{wrong} readings that should not" if wrong else "current versions alone"
    )


def _counts(connection: Connection) -> Finding:
    """Whether the counts that are kept are what counting everything anew finds."""
    wrong = wrong_counts(connection)
    said = f"{wrong:,} are not so" if wrong else "as counting anew finds them"
    return Finding("counts", wrong == 0, said)


def _linked(connection: Connection, now: str) -> Finding:
    """Whether every report is linked; one that is not yet is no fault."""
    waiting = count_pending(connection, now)
    said = f"{waiting:,} reports not linked yet: `readout link` does it" if waiting else "all reports"
    return Finding("linked", True, said)


def _members(connection: Connection) -> Finding:
    """Every member of a group is there, and every group has its members."""
    member, group = linked.members, linked.groups
    wrong = 0
    for name, claims in schema.CLAIMS.items():
        there = exists().where(claims.c.id == member.c.claim_id, claims.c.reading_id == member.c.reading_id)
        lost = select(func.count()).select_from(member).where(member.c.claim == name, ~there)
        wrong += connection.execute(lost).scalar_one()
    counted = (
        select(group.c.key)
        .outerjoin(member, (member.c.kind == group.c.kind) & (member.c.key == group.c.key))
        .group_by(group.c.kind, group.c.key, group.c.members)
        .having(func.count(member.c.n) != group.c.members)
    )
    torn = connection.execute(select(func.count()).select_from(counted.subquery())).scalar_one()
    said = (
        f"{wrong:,} members that are not there, {torn:,} groups without all of theirs: `readout link` makes them anew"
    )
    return Finding("groups", not wrong and not torn, said if wrong or torn else "all members are there")


def _search(connection: Connection, name: str) -> Finding:
    """The index of words holds what its table holds: SQLite compares both."""
    from sqlalchemy.exc import DBAPIError

    try:
        with connection.begin_nested():
            # Raises where the index and its table differ; writes nothing.
            connection.execute(text(f"INSERT INTO {name}_words({name}_words, rank) VALUES ('integrity-check', 1)"))  # noqa: S608 - our own tables
    except DBAPIError as error:
        return Finding(f"words of {name}", False, f"the index does not fit its table ({error.orig})")
    return Finding(f"words of {name}", True, "fit their table")
