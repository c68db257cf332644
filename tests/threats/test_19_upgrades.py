"""A record is brought up to date and that is interrupted, or an old file meets new code, or a new one old code.

Promised: what a record lacks is done in one transaction, on SQLite and on PostgreSQL: killed in the middle, the record is as it was, and
the next who opens it brings it up to date. Before that an SQLite file is copied, whole, beside itself (`readout.db.before-0004`). A record
that a newer Readout wrote is refused, and not touched.
Not promised: that a newer record can be made old again: the copy is what there is. PostgreSQL is copied by its own `pg_dump`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from readout.errors import RecordError, RecordTooNew
from readout.record import migrations, open_record
from readout.record.migrations import MIGRATIONS
from readout.sources.article import Article

PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said."
#: After how many of its steps a record can be left.
OLD = range(1, len(MIGRATIONS))
BASE = (
    "documents",
    "articles",
    "readings",
    "events",
    "statements",
    "figures",
    "parties",
    "actors",
    "places",
    "actor_names",
    "corrections",
)


def objects(path: Path) -> dict[str, str]:
    """What an SQLite file has by name: its kind."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(
            connection.execute("SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        )


def rows(path: Path) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in BASE}


def make_old(where, steps: int, monkeypatch) -> None:
    """An empty record with its first steps alone, as a Readout made it that knew no more."""
    with monkeypatch.context() as patched:
        for module in (migrations, __import__("readout.record.record", fromlist=["x"])):
            patched.setattr(module, "MIGRATIONS", MIGRATIONS[:steps])
        open_record(where).close()


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A record of today with news and a correction in it."""
    path = tmp_path_factory.mktemp("full") / "readout.db"
    with open_record(path) as record:
        record.add(
            [Article(PROSE.format(n + 2), published="2025-03-11", publisher="Nordpost", id=f"r{n}") for n in range(3)]
        )
        record.correct.confirm("events/1", by="Mara Lind")
    return path


@pytest.fixture(params=OLD, ids=lambda steps: f"after {MIGRATIONS[steps - 1][0][:4]}")
def old(request, full, tmp_path, monkeypatch):
    """The same without what later steps made, as a Readout left it that knew no more."""
    path, empty = tmp_path / "readout.db", tmp_path / "empty.db"
    make_old(empty, request.param, monkeypatch)
    with closing(sqlite3.connect(full)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    had = objects(empty)
    with closing(sqlite3.connect(path)) as connection:
        for kind in ("view", "index", "trigger", "table"):
            for name, of in objects(path).items():
                if of == kind and name not in had and not any(name.startswith(f"{table}_words_") for table in BASE):
                    connection.execute(f"DROP {kind.upper()} IF EXISTS {name}")
        for name, _ in MIGRATIONS[request.param :]:
            connection.execute("DELETE FROM migrations WHERE name = ?", (name,))
        connection.commit()
    assert set(objects(path)) == set(had)
    return path


def test_an_old_record_is_brought_up_to_date(old, full, figure):
    before = rows(old)
    assert before["articles"]
    with open_record(old) as record:
        assert [finding for finding in record.examine() if not finding.well] == []
        assert record.count("events", "text:Osthavn") == record.count("events") > 0
        record.add([Article(PROSE.format(99), published="2025-03-12", id="new")])
        assert record.count("reports") == 4
    assert objects(old) == objects(full)
    assert all(set(before[name]) <= set(rows(old)[name]) for name in BASE if name not in ("articles", "documents"))
    figure(1, "old records brought up to date")


def test_the_file_is_copied_before(old, figure):
    before = rows(old), objects(old)
    open_record(old).close()
    (kept,) = old.parent.glob("readout.db.before-*")
    assert (rows(kept), objects(kept)) == before
    open_record(old).close()
    assert len(list(old.parent.glob("readout.db.before-*"))) == 1
    with open_record(kept) as record:  # and is a record itself
        assert record.count("reports") == 3
    figure(1, "copies made before")


def test_a_new_record_is_not_copied(tmp_path):
    open_record(tmp_path / "readout.db").close()
    assert [path.name for path in tmp_path.iterdir() if "before" in path.name] == []


def test_a_copy_that_cannot_be_made_stops_it(old, monkeypatch):
    """There is no room, say: the record stays as it was, and says so."""

    def no_room(engine, where, to):
        raise RecordError("there is no room")

    before = objects(old)
    with monkeypatch.context() as patched:
        patched.setattr("readout.record.record.back_up", no_room)
        with pytest.raises(RecordError, match="no room"):
            open_record(old)
    assert objects(old) == before


def killed_in(where, step: int) -> int:
    """Opens a record in a process that is killed when it has done a step; how it ended."""
    number = os.fork()
    if number == 0:
        try:
            name, do = MIGRATIONS[step]

            def deadly(connection):
                do(connection)
                os.kill(os.getpid(), signal.SIGKILL)

            migrations.MIGRATIONS = (*MIGRATIONS[:step], (name, deadly), *MIGRATIONS[step + 1 :])
            open_record(where)
        finally:
            os._exit(9)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def steps_of(where) -> list[str]:
    from readout.record.engine import connect_to

    engine = connect_to(where)
    try:
        with engine.connect() as connection:
            there = inspect(connection).has_table("migrations")
            return (
                list(connection.execute(text("SELECT name FROM migrations ORDER BY name")).scalars()) if there else []
            )
    finally:
        engine.dispose()


@pytest.mark.parametrize("last", range(len(MIGRATIONS)), ids=lambda step: f"in {MIGRATIONS[step][0][:4]}")
def test_killed_in_the_middle(where, last, monkeypatch, figure):
    """Of a record that has nothing yet, and of one that lacks that step and those behind it."""
    for steps in {0, last}:
        if steps:
            make_old(where, steps, monkeypatch)
        assert killed_in(where, last) == -signal.SIGKILL
        assert steps_of(where) == [name for name, _ in MIGRATIONS[:steps]]
        figure(1, "kills in the middle of a step, the record as before")
        if steps == last:
            with open_record(where) as record:
                assert steps_of(where) == [name for name, _ in MIGRATIONS]
                assert [finding for finding in record.examine() if not finding.well] == []


def test_killed_in_the_middle_with_news_in_it(old, figure):
    before = rows(old), objects(old)
    assert killed_in(old, len(MIGRATIONS) - 1) == -signal.SIGKILL
    assert (rows(old), objects(old)) == before
    with open_record(old) as record:
        assert record.count("reports") == 3
        assert [finding for finding in record.examine() if not finding.well] == []
    figure(1, "kills in the middle of a step, the record as before")


def test_a_record_of_a_newer_readout(where, figure):
    with open_record(where) as record, record.writing() as connection:
        connection.exec_driver_sql("INSERT INTO migrations(name, at) VALUES ('9999 to come', '2030-01-01')")
    with pytest.raises(RecordTooNew, match="upgrade Readout"):
        open_record(where)
    before = steps_of(where)
    with pytest.raises(RecordTooNew):
        open_record(where, create=False)
    assert steps_of(where) == before
    figure(1, "newer records refused")


def test_a_file_that_is_no_record_is_not_made_one(tmp_path):
    path = tmp_path / "readout.db"
    path.write_text("These are notes, and no record of anything.")
    with pytest.raises(RecordError, match="no record"):
        open_record(path)
    assert path.read_text().startswith("These are notes")
    shutil.copy(path, tmp_path / "x")
