"""Many rows at once, by the shortest way that each database has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

Row = dict[str, Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that all have the same columns.

    SQLite takes them as tuples for one statement: built by SQLAlchemy for each row anew, their parameters would cost as much as
    the writing. PostgreSQL takes them by COPY, which parses and plans nothing for each row.

    Raises:
        DBAPIError: what the database says, as SQLAlchemy wraps it.
    """
    if not rows:
        return
    names = list(rows[0])
    quoted = connection.dialect.identifier_preparer.quote
    into = f"{quoted(table.name)} ({', '.join(map(quoted, names))})"
    if connection.dialect.name == "sqlite":
        values = [tuple([row[name] for name in names]) for row in rows]
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", values)  # noqa: S608 - our own names
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except driver_error(connection) as error:
        raise DBAPIError(f"COPY {into}", None, error) from error


def driver_error(connection: Connection) -> type[Exception]:
    """The error of which all are that the database's driver raises."""
    found: type[Exception] = connection.dialect.loaded_dbapi.Error
    return found
