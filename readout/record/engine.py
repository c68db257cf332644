"""Opening a record: SQLite by a path, PostgreSQL by its URL; and what can go wrong with either, as errors of the one tree."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, FromClause, create_engine, event, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from readout.errors import RecordError, RecordFull, RecordLocked, RecordReadOnly, UsageError

#: The lock that writers to a PostgreSQL record take, one at a time: any number that nothing else in the database uses.
_WRITERS = 7_323_868
_DIALECTS = ("sqlite", "postgresql")
_SQLITE_FILE = b"SQLite format 3\0"

#: What PostgreSQL and SQLite say, by their own codes.
_PG_LOCKED, _PG_FULL, _PG_READ_ONLY, _PG_DENIED = "55P03", "53100", "25006", "42501"
_BUSY, _FULL, _IO, _READ_ONLY = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
)  # fmt: skip
#: Bytes; the files that SQLite keeps beside a record take some 32 kB at once.
_LEAST_ROOM = 100_000
_NO_ROOM = "there is no room left for {}: make some and run the same command again"
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def connect_to(where: str | Path, *, busy_timeout: float = 30.0, create: bool = True) -> Engine:
    """An engine for a record.

    Args:
        where: a path of an SQLite file, or a URL of a database (`postgresql://user@host/name`).
        busy_timeout: how long to wait, in seconds, for another writer to stop.
        create: make the file where there is none.

    Raises:
        UsageError: the URL is none, or of a database that Readout does not speak.
        RecordError: the file is none that could hold a record, or is not there and may not be made.
    """
    url = _url(where)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, busy_timeout, create)
    url = url.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": max(1, round(busy_timeout))})
    except ModuleNotFoundError as error:
        raise RecordError("PostgreSQL needs its driver: pip install 'readout-news[postgresql]'") from error
    _wait_for(engine, busy_timeout)
    return engine


def shown(where: str | Path) -> str:
    """A record's address with its password hidden."""
    return _url(where).render_as_string(hide_password=True) if "://" in str(where) else str(where)


def _url(where: str | Path) -> URL:
    given = str(where)
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise UsageError(f"not the address of a database: {given.partition('://')[0]}://… cannot be read") from error
    if backend == "postgres":
        url, backend = url.set(drivername="postgresql"), "postgresql"
    if backend not in _DIALECTS:
        raise UsageError(f"a record is kept in SQLite (a path) or PostgreSQL (postgresql://…), not in {backend!r}")
    return url


def _sqlite(url: URL, busy_timeout: float, create: bool) -> Engine:
    name = url.database or ":memory:"
    if name == ":memory:":
        raise UsageError("a record needs a file: one in memory would be gone at the end")
    path = Path(name)
    if path.is_dir():
        raise RecordError(f"{path} is a folder: name the record's file in it, {path / 'readout.db'}")
    if not path.exists():
        if not create:
            raise RecordError(f"there is no record at {path}: `readout add` makes one")
        if not path.parent.is_dir():
            raise RecordError(f"there is no folder {path.parent} to make the record in")
    elif path.stat().st_size:
        with guarded(name), path.open("rb") as stream:
            if stream.read(len(_SQLITE_FILE)) != _SQLITE_FILE:
                raise RecordError(f"{path} is no record, nor any SQLite file")
    frozen = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    engine = create_engine(_frozen(path) if frozen else url, connect_args={"timeout": busy_timeout})
    engine.dialect.statement_compiler = _Hinting

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver would begin transactions where it sees fit; "begin" below does it where the program does.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA secure_delete = ON")  # what is taken out is overwritten

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("readout_upkeep", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("readout_writes", False) else "BEGIN")

    return engine


def _frozen(path: Path) -> URL:
    """The URL that opens a file which may not be written; where nobody can have written beside it, as one that never changes.

    Opened in the usual way, even one who only asks makes files beside it.
    """
    beside = path.with_name(f"{path.name}-wal")
    unchanging = not beside.exists() or not beside.stat().st_size
    query = {"mode": "ro", "uri": "true", **({"immutable": "1"} if unchanging else {})}
    return URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query=query)


def _wait_for(engine: Engine, busy_timeout: float) -> None:
    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]  # a psycopg connection
            cursor.execute(f"SET lock_timeout = {round(busy_timeout * 1000)}")
        connection.commit()  # type: ignore[attr-defined]


class _Hinting(SQLiteCompiler):
    """Writes what `with_hint` says behind a table's name: INDEXED BY, NOT INDEXED."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


@contextmanager
def writing(engine: Engine, where: str | Path) -> Iterator[Connection]:
    """A transaction that writes: one writer at a time, all of it or nothing.

    Raises:
        RecordError: one of its kinds, for what the database says.
    """
    with guarded(where), engine.connect() as bare:
        connection = bare.execution_options(readout_writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
            yield connection


@contextmanager
def upkeep(engine: Engine, where: str | Path) -> Iterator[Connection]:
    """A connection without a transaction, for what no transaction may hold, as VACUUM."""
    with guarded(where), engine.connect() as bare:
        yield bare.execution_options(readout_upkeep=True, isolation_level="AUTOCOMMIT")


@contextmanager
def asking(engine: Engine, where: str | Path) -> Iterator[Connection]:
    """A transaction that only reads."""
    with guarded(where), engine.connect() as connection:
        yield connection


@contextmanager
def guarded(where: str | Path) -> Iterator[None]:
    """Makes errors of the tree of what a database or a file system says, and says what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise explained(error, shown(where)) from error
    except OSError as error:
        raise _of_system(error, shown(where)) from error


def _of_system(error: OSError, name: str) -> RecordError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RecordFull(_NO_ROOM.format(name))
    if error.errno == errno.EROFS:
        return RecordReadOnly(f"{name} may be read and not written ({error.strerror})")
    return RecordError(f"{name} cannot be used: {error.strerror or error}")


def explained(error: DBAPIError | sqlite3.Error, name: str) -> RecordError:
    """The error of the tree for what a database says of a record of some name, and what to do."""
    original = error.orig if isinstance(error, DBAPIError) else error
    said = " ".join(str(original).split())
    code = getattr(original, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    state = getattr(original, "sqlstate", None)
    if primary == _BUSY or state == _PG_LOCKED:
        return RecordLocked(f"somebody else is writing to {name} and did not stop in time; nothing was lost, try again")
    if primary == _FULL or state == _PG_FULL or (primary == _IO and _is_full(name)):
        return RecordFull(_NO_ROOM.format(name))
    if primary == _READ_ONLY or state in (_PG_READ_ONLY, _PG_DENIED):
        return RecordReadOnly(f"{name} may be read and not written ({said})")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return RecordError(f"{name} cannot be opened or made ({said}): its folder may not be written, or is gone")
    if primary in DAMAGED:
        return RecordError(
            f"{name} is damaged ({said}): `readout doctor` says where; go on with a copy that `readout backup` made"
        )
    if primary == _IO:
        return RecordError(
            f"{name} cannot be read or written ({said}): look at its disk, and run the same command again"
        )
    if isinstance(error, OperationalError) and primary is None:
        return RecordError(f"the database at {name} cannot be reached: {said}")
    return RecordError(f"{name}: {said}")


def _is_full(name: str) -> bool:
    """Whether a disk is so full that not even the files beside a record find room: SQLite does not say so of all that it fails at."""
    try:
        return shutil.disk_usage(Path(name).parent).free < _LEAST_ROOM
    except OSError:
        return False
