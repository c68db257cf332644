"""Taking rows out of the record, with everything that hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, text, update

from readout.record import schema
from readout.record.migrations import SEARCHED

_AT_ONCE = 500  # numbers in one statement


def remove_claims(connection: Connection, claim: str, ids: Sequence[int]) -> None:
    """Takes claims out: whom and what place they name, their links, their words."""
    links = schema.event_figures
    linked = {"events": links.c.event_id, "figures": links.c.figure_id}.get(claim)
    for some in chunks(ids):
        for beside in (schema.parties, schema.claim_places, schema.made_spans):
            connection.execute(delete(beside).where(beside.c.claim == claim, beside.c.claim_id.in_(some)))
        if linked is not None:
            connection.execute(delete(links).where(linked.in_(some)))
    remove_rows(connection, schema.CLAIMS[claim], ids)


def remove_rows(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    """Takes rows out by their numbers, and their words out of full-text search; none of the numbers is given out again."""
    if not ids:
        return
    _spend_numbers(connection, table)
    columns = next((columns for name, columns in SEARCHED if name == table.name), None)
    for some in chunks(ids):
        if columns is not None and connection.dialect.name == "sqlite":
            _unindex_words(connection, table.name, columns, some)
        connection.execute(delete(table).where(table.c.id.in_(some)))


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Numbers in pieces that a statement can hold."""
    for at in range(0, len(ids), _AT_ONCE):
        yield ids[at : at + _AT_ONCE]


def _unindex_words(connection: Connection, table: str, columns: Sequence[str], ids: Sequence[int]) -> None:
    """Takes rows out of SQLite's index of words, which must be told what it indexed."""
    names = ", ".join(columns)
    connection.execute(
        text(
            f"INSERT INTO {table}_words({table}_words, rowid, {names})"  # noqa: S608 - names of our own tables
            f" SELECT 'delete', id, {names} FROM {table} WHERE id IN :ids"
        ).bindparams(bindparam("ids", expanding=True)),
        {"ids": list(ids)},
    )


def _spend_numbers(connection: Connection, table: Table) -> None:
    spent = schema.last_numbers
    there = connection.execute(select(func.max(table.c.id))).scalar() or 0
    before = connection.execute(select(spent.c.last).where(spent.c.table == table.name)).scalar()
    if before is None:
        connection.execute(insert(spent).values(table=table.name, last=there))
    elif there > before:
        connection.execute(update(spent).where(spent.c.table == table.name).values(last=there))
