"""What can go wrong with a record's file or server: a clear error, and the record intact."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from readout.errors import RecordError, UsageError
from readout.record import Added, open_record, schema
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

HERE = Path(__file__).parent
PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said."


def made(count, first=0):
    return [Article(text=PROSE.format(n + 2), published="2025-03-11", id=str(n)) for n in range(first, first + count)]


def count(record, table=schema.articles):
    with record.asking() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def run(*arguments, **options):
    code = "from readout.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize(
    ("where", "status", "words"),
    [
        ("mysql://user:secret@host/name", 2, "PostgreSQL"),
        ("postgresql://user:secret@127.0.0.1:1/name", 1, "cannot be reached"),
        ("postgresql://user:secret@127.0.0.1:port/name", 2, "not the address of a database"),
        ("no/such/folder/readout.db", 1, "there is no folder"),
        (".", 1, "is a folder"),
        ("notes.txt", 1, "is no record"),
        ("sqlite://", 2, "a record needs a file"),
    ],
)
def test_a_wrong_address(tmp_path, where, status, words):
    (tmp_path / "notes.txt").write_text("These are notes, and no record of anything.", encoding="utf-8")
    (tmp_path / "news.txt").write_text(PROSE.format(3), encoding="utf-8")
    done = run("add", "news.txt", "--record", where, cwd=tmp_path)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_no_record_to_look_after(tmp_path):
    done = run("doctor", "--record", tmp_path / "none.db")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "there is no record" in done.stderr


def test_a_batch_that_fails_leaves_nothing(record):
    record.add(made(1))
    twice = [{"id": 98, "key": "x"}, {"id": 99, "key": "y"}, {"id": 99, "key": "z"}]
    with pytest.raises(RecordError), record.writing() as connection:
        connection.execute(schema.documents.insert(), twice)
    assert count(record, schema.documents) == 1


def test_a_damaged_record_is_found(tmp_path):
    where = tmp_path / "readout.db"
    with open_record(where) as record:
        record.add(made(3))
        with record.writing() as connection:
            connection.exec_driver_sql("UPDATE events SET quote = 'something else' WHERE id = 1")
            connection.exec_driver_sql("UPDATE articles SET current = 0 WHERE id = 2")
    done = run("doctor", "--record", where)
    assert done.returncode == 1
    assert "NOT   current versions" in done.stdout
    assert "NOT   words of events" in done.stdout


def test_a_backup_is_whole_and_overwrites_nothing(tmp_path):
    with open_record(tmp_path / "readout.db") as record:
        record.add(made(3))
        record.back_up(tmp_path / "copy.db")
        with pytest.raises(UsageError, match="never overwrites"):
            record.back_up(tmp_path / "copy.db")
    with open_record(tmp_path / "copy.db") as copy:
        assert count(copy) == 3
        assert copy.add(made(3)) == Added(skipped=3)
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_of_another_database_is_its_own_business(where, record, tmp_path):
    if "postgresql" in where:
        with pytest.raises(UsageError, match="pg_dump"):
            record.back_up(tmp_path / "copy.db")


ODD = "The \ud800 army of \ud83d\udd4a left\0 Osthavn on Monday.\n\x01\udfff\x1b[31m\u2028He said so."


def test_what_no_database_can_write_is_kept_as_it_can_be(record):
    odd = Article(
        text=ODD,
        published="2025-03-11",
        title="\ud800\0",
        publisher="\0\udc00P",
        byline=("\ud83d\udd4a",),
        source_id="\udc80\0",
        name="\udcff\0.txt",
    )
    assert record.add([odd, SourceProblem("\udcfe.bin", "open", "no text \ud800\0")], command="add \udcff") == Added(
        1, 0, 1
    )
    assert record.add([odd, SourceProblem("\udcfe.bin", "open", "no text \ud800\0")]) == Added(0, 1, 1)
    (report,) = record.reports()
    assert "🕊" in record.report(report.id).text
    assert [problem.name for problem in record.problems()][:1] == ["\\udcfe.bin"]
    assert all(finding.well for finding in record.examine())


def test_a_file_whose_name_is_not_in_utf_8_is_added(tmp_path):
    for name in (b"\xff.txt", b"\xfe.bin"):
        (tmp_path / os.fsdecode(name)).write_bytes(PROSE.format(3).encode() if name[:1] == b"\xff" else b"\x89PNG\0\0")
    done = run("add", tmp_path, tmp_path / os.fsdecode(b"\xff.txt"), "--record", tmp_path / ".readout.db")
    assert done.returncode == 3, done.stderr
    assert "1 added" in done.stderr
    assert "\\udcfe.bin" in done.stderr
