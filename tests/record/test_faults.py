"""What can go wrong with a record's file or server: a clear error, and the record intact."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from readout.errors import RecordError, RecordLocked, RecordTooNew, UsageError
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


def in_a_name_space(*command):
    """Runs a command where it may mount what nobody else sees; skipped where the system does not let us."""
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    ):
        if os.environ.get("CI"):
            pytest.fail("no name space for mounts can be had")
        pytest.skip("no name space for mounts can be had")
    script = " && ".join(command)
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_full_disk_stops_it_and_loses_nothing(tmp_path):
    disk, inputs = tmp_path / "disk", tmp_path / "news.jsonl"
    disk.mkdir()
    inputs.write_text(
        "\n".join(json.dumps({"id": str(n), "text": PROSE.format(n + 2)}) for n in range(40)), encoding="utf-8"
    )
    said = in_a_name_space(
        f"mount -t tmpfs -o size=8m tmpfs {disk}",
        f"{sys.executable} {HERE / 'full_disk.py'} {disk} {inputs}",
    ).splitlines()
    facts = dict(line.split(" ", 1) for line in said if line.count(" ") == 1)
    assert facts["first"] == "1"
    assert any("there is no room left" in line and "run the same command again" in line for line in said)
    assert 0 <= int(facts["had"]) < 40
    assert facts["second"] == "0"
    assert facts["all"] == "40"
    assert facts["well"] == "True"


def test_a_read_only_record_answers_and_is_not_written(tmp_path):
    where = tmp_path / "disk" / "readout.db"
    where.parent.mkdir()
    with open_record(where) as record:
        record.add(made(2))
    script = (
        "import sys; from readout.record import open_record; from readout.errors import RecordReadOnly\n"
        "from readout.sources.article import Article\n"
        "with open_record(sys.argv[1]) as record:\n"
        "    print(sum(finding.well for finding in record.examine()))\n"
        "    try: record.add([Article(text='Rebels shelled Osthavn on Monday.')])\n"
        "    except RecordReadOnly as error: print('read-only', error)\n"
    )
    file = tmp_path / "script.py"
    file.write_text(script, encoding="utf-8")
    said = in_a_name_space(
        f"mount --bind {where.parent} {where.parent}",
        f"mount -o remount,bind,ro {where.parent}",
        f"{sys.executable} {file} {where}",
    ).splitlines()
    assert int(said[0]) > 8
    assert said[1].startswith("read-only")


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


def test_a_writer_that_does_not_stop(where):
    with open_record(where) as record, open_record(where, busy_timeout=0.2) as other:
        with record.writing(), pytest.raises(RecordLocked, match="somebody else is writing"):
            other.add(made(1))
        assert other.add(made(1)) == Added(added=1)


def test_those_who_ask_do_not_wait(where):
    with open_record(where) as record, open_record(where, busy_timeout=0.2) as other:
        record.add(made(1))
        with record.writing():
            assert count(other) == 1


def _write(where, first):
    with open_record(where) as record:
        for article in made(5, first):
            record.add([article])
        record.add(made(5))  # all of the writers add these


def test_several_writers_lose_and_double_nothing(where):
    open_record(where).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(where, 10 * n + 100)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with open_record(where) as record:
        assert count(record) == 20
        assert count(record, schema.readings) == 20
        assert all(finding.well for finding in record.examine())


def test_several_make_one_record(where):
    context = multiprocessing.get_context("spawn")
    makers = [context.Process(target=_make, args=(where,)) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0, 0, 0, 0]


def _make(where):
    open_record(where).close()


def test_a_record_of_a_newer_readout(where):
    with open_record(where) as record, record.writing() as connection:
        connection.exec_driver_sql("INSERT INTO migrations(name, at) VALUES ('9999 to come', '2030-01-01')")
    with pytest.raises(RecordTooNew, match="upgrade Readout"):
        open_record(where)


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
