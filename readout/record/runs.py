"""The log of runs: what was asked of the record, when, and what came of it."""

from __future__ import annotations

from sqlalchemy import Connection, insert, update

from readout.record import schema
from readout.record.writing import Numbers


def start_batch(connection: Connection, command: str, now: str) -> int:
    """Notes that a run began; its number. What cannot be written of the command, as names of files that are not in UTF-8, is spelt out."""
    command = command.encode("utf-8", "backslashreplace").decode("utf-8")
    number = Numbers(connection).take(schema.batches)
    connection.execute(
        insert(schema.batches).values(id=number, command=command, started=now, added=0, skipped=0, problems=0)
    )
    return number


def note_batch(connection: Connection, number: int, added: int, skipped: int, problems: int, now: str) -> None:
    """Notes how far a run has come."""
    connection.execute(
        update(schema.batches)
        .where(schema.batches.c.id == number)
        .values(added=added, skipped=skipped, problems=problems, ended=now)
    )
