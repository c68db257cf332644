"""How a record's tables come to be, step by step; each step is recorded in the record, and is done whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Column, Connection, MetaData, Table, Text, func, insert, inspect, select, text

from readout.errors import RecordTooNew
from readout.record.counted import make_shares, make_tallies
from readout.record.indexes import SEARCHED as SEARCHED
from readout.record.indexes import make_covering, make_covering_with_reading, make_indexes
from readout.record.linked import make_tables
from readout.record.schema import metadata
from readout.record.searched import make_searches
from readout.record.views import make_views

_applied = Table("migrations", MetaData(), Column("name", Text, primary_key=True), Column("at", Text, nullable=False))


def _first_tables(connection: Connection) -> None:
    metadata.create_all(connection)


def _full_text(connection: Connection) -> None:
    """Words are compared without their accents and case and are not stemmed, so that what is asked for is what is found."""
    for table, columns in SEARCHED:
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    f"CREATE VIRTUAL TABLE {table}_words USING fts5({', '.join(columns)}, content='{table}',"
                    " content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
                )
            )
        else:
            both = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
            connection.execute(text(f"CREATE INDEX {table}_words ON {table} USING gin (to_tsvector('simple', {both}))"))


def _counts(connection: Connection) -> None:
    make_covering(connection)
    make_tallies(connection)


def _counts_by_parts_and_days(connection: Connection) -> None:
    make_covering_with_reading(connection)
    make_shares(connection)


#: In the order in which they are done. A step that a release had is never changed: a new one is put behind it.
MIGRATIONS: tuple[tuple[str, Callable[[Connection], None]], ...] = (
    ("0001 tables", _first_tables),
    ("0002 full-text search", _full_text),
    ("0003 asking", make_indexes),
    ("0004 links", make_tables),
    ("0005 views", make_views),
    ("0006 counts", _counts),
    ("0007 searches", make_searches),
    ("0008 counts by parts and days", _counts_by_parts_and_days),
)


def applied(connection: Connection) -> tuple[str, ...]:
    """The steps that a record has, in order."""
    if not inspect(connection).has_table("migrations"):
        return ()
    return tuple(connection.execute(select(_applied.c.name).order_by(_applied.c.name)).scalars())


def is_current(connection: Connection) -> bool:
    """Whether a record has every step.

    Raises:
        RecordTooNew: it has one that this version of Readout does not know.
    """
    have, known = applied(connection), [name for name, _ in MIGRATIONS]
    if unknown := [name for name in have if name not in known]:
        raise RecordTooNew(
            f"the record was written by a newer version of Readout (it has {unknown[-1]!r}): upgrade Readout"
        )
    return len(have) == len(known)


def migrate(connection: Connection, now: str) -> tuple[str, ...]:
    """Does the steps that a record lacks, in the caller's transaction; their names."""
    _applied.create(connection, checkfirst=True)
    have = set(connection.execute(select(_applied.c.name)).scalars())
    missing = [(name, step) for name, step in MIGRATIONS if name not in have]
    for name, step in missing:
        step(connection)
        connection.execute(insert(_applied).values(name=name, at=now))
    return tuple(name for name, _ in missing)


def count_of(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
