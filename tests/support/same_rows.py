"""Two records compared row by row: every table that Readout makes, as hashes of all its rows in order."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from readout.record import kept, linked, schema, searched, spans
from readout.record.engine import asking, connect_to
from readout.record.record import Record

_STEPS = Table("migrations", MetaData(), Column("name", Text, primary_key=True), Column("at", Text))
#: Every table but SQLite's indexes of words, of which `examine` says whether they hold what their tables hold.
TABLES: tuple[Table, ...] = tuple(
    table
    for metadata in (
        schema.metadata,
        linked.metadata,
        kept.metadata,
        kept.more,
        spans.metadata,
        searched.metadata,
        _STEPS.metadata,
    )
    for table in metadata.sorted_tables
)
#: The logs of runs show every start, and so differ where one was begun anew; so do the columns that say of which run a row is.
LOGS = (schema.batches, linked.linkings)
RUN = frozenset({"batch_id"})
#: Moments by the clock; equal where the clock is the test's own.
CLOCK = frozenset({"added", "made", "at", "started", "ended", "since", "due", "changed", "asked", "enters", "leaves"})

Digests = dict[str, tuple[int, str]]


def digests(connection: Connection, *, logs: bool = False, without: frozenset[str] = frozenset()) -> Digests:
    """For every table that is there how many rows it has, and a hash of all of them in order.

    Args:
        connection: to the record.
        logs: the logs of runs as well, and which run a row is of.
        without: columns that are left out, as `CLOCK`.
    """
    left_out, there = (without if logs else without | RUN), set(inspect(connection).get_table_names())
    found: Digests = {}
    for table in TABLES:
        if table.name not in there or (table in LOGS and not logs):
            continue
        columns = [column for column in table.c if column.name not in left_out]
        digest, count = hashlib.sha256(), 0
        for row in connection.execute(select(*columns).order_by(*table.primary_key.columns)).yield_per(1000):
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
            count += 1
        found[table.name] = (count, digest.hexdigest()[:16])
    return found


def digests_at(where: str, *, logs: bool = False, without: frozenset[str] = frozenset()) -> Digests:
    """The same of a record by its address, as it lies there: nothing is brought up to date. None of what is not there yet."""
    if "://" not in where and not (Path(where).exists() and Path(where).stat().st_size):
        return {}
    engine = connect_to(where, create=False)
    try:
        with asking(engine, where) as connection:
            return digests(connection, logs=logs, without=without)
    finally:
        engine.dispose()


def different(one: Digests, other: Digests) -> list[str]:
    """The tables whose rows are not the same, with how many there are in each."""
    names = sorted(one.keys() | other.keys())
    return [f"{name}: {one.get(name)} and {other.get(name)}" for name in names if one.get(name) != other.get(name)]


def unwell(record: Record) -> list[str]:
    """What `readout doctor` finds wrong."""
    return [f"{finding.what}: {finding.said}" for finding in record.examine() if not finding.well]
