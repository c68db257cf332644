"""Everything that writes is killed, torn and held up at a few points; `benchmarks/faults.py` does it at hundreds, and in more ways."""

from __future__ import annotations

import random
import sqlite3
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from killed import Peace, Tell, Work, spread, survives
from same_rows import CLOCK, TABLES, different, digests_at
from sqlalchemy import inspect
from works import WORKS, opened

import readout
from readout import cli
from readout.errors import RecordError, RecordFull, RecordLocked
from readout.record import engine, open_record
from readout.record.engine import connect_to, writing

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from faults import Ground
from faulty_disks import _cut, _garble, _garble_last_page, _snapshots, _torn_copy, again

POINTS = 1  # of each; the last step besides, behind which nothing is to be done


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    readout.read("Envoys met in Oslo on Monday.")  # what is killed need not load it again
    return Ground(tmp_path_factory.mktemp("records"))


@pytest.mark.parametrize("name", WORKS)
def test_what_is_killed_loses_nothing_and_leaves_nothing_half_done(ground: Ground, name: str) -> None:
    work = WORKS[name]
    peace = ground.prepare(work)
    assert len(peace.states) > 1
    for at in (*spread(peace.steps, POINTS, random.Random(name)), peace.steps):
        survives(work, ground.fresh(work), peace, at)


def test_a_torn_end_of_the_log_is_as_if_it_had_not_been_written(ground: Ground) -> None:
    work, chance, torn = WORKS["adding"], random.Random(3), 0
    peace = ground.prepare(work)
    for (before, state), (after, later) in list(pairwise(_snapshots(work, ground)))[-1:]:
        assert state != later
        for tear in (_cut, _garble, _garble_last_page):
            where = ground.fresh(work)
            torn += _torn_copy(before, after, where, tear, chance)
            assert digests_at(where, logs=True) == state
            again(work, where, peace.end, "torn")
    assert torn == 3


def test_every_table_is_compared(tmp_path: Path) -> None:
    where = str(tmp_path / "readout.db")
    with opened(where) as record, record.asking() as connection:
        there = {name for name in inspect(connection).get_table_names() if "_words" not in name}
    assert {table.name for table in TABLES} == there
    assert digests_at(where).keys() < digests_at(where, logs=True).keys() == there
    assert CLOCK & {column.name for table in TABLES for column in table.c}


def test_one_row_that_differs_is_seen(tmp_path: Path) -> None:
    one, other = str(tmp_path / "one.db"), str(tmp_path / "other.db")
    for where in (one, other):
        WORKS["linking"].prepare(where)
    assert digests_at(one) == digests_at(other)
    with opened(other) as record, record.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE tallies SET number = number + 1 WHERE value = (SELECT min(value) FROM tallies)"
        )
    assert [line.partition(":")[0] for line in different(digests_at(one), digests_at(other))] == ["tallies"]


def test_half_done_and_lost_work_is_seen(ground: Ground) -> None:
    """What would be seen if what belongs together were written in two transactions, and if more were said to be done than is."""

    def halves(where: str, tell: Tell) -> None:
        with opened(where) as record:
            for number in (1, 2):
                with record.writing() as connection:
                    connection.exec_driver_sql(f"UPDATE articles SET note = 'x' WHERE id = {number}")
                tell(1)

    work = Work("halves", WORKS["linking"].prepare, halves, lambda _: 0)
    peace = ground.prepare(work)
    whole = Peace(peace.steps, (peace.states[0], peace.states[2]), peace.end)
    for known, words in ((whole, "half done"), (peace, "is lost")):
        with pytest.raises(AssertionError, match=words):
            _kill_everywhere(work, ground, known)


def _kill_everywhere(work: Work, ground: Ground, peace: Peace) -> None:
    for at in range(1, peace.steps + 1):
        survives(work, ground.fresh(work), peace, at)


def test_an_older_record_is_not_brought_up_while_another_holds_it(tmp_path: Path) -> None:
    where = str(tmp_path / "readout.db")
    WORKS["migrating"].prepare(where)
    holder = connect_to(where)
    with writing(holder, where), pytest.raises(RecordLocked, match="try again"):
        open_record(where, busy_timeout=0.1)
    holder.dispose()
    opened(where).close()


def test_a_damaged_file_says_so_and_what_to_do(tmp_path: Path) -> None:
    where = tmp_path / "readout.db"
    WORKS["linking"].prepare(str(where))
    data = bytearray(where.read_bytes())
    data[100:4096] = b"\x99" * 3996  # the list of tables
    where.write_bytes(data)
    with pytest.raises(RecordError, match=r"is damaged .* `readout backup`"):
        open_record(where)


@pytest.mark.parametrize(
    ("free", "kind", "words"), [(0, RecordFull, "make some"), (10**9, RecordError, "look at its disk")]
)
def test_what_a_disk_refuses_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, kind: type, words: str
) -> None:
    class Usage:
        def __init__(self) -> None:
            self.free = free

    monkeypatch.setattr(engine.shutil, "disk_usage", lambda _: Usage())
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = (
        sqlite3.SQLITE_IOERR_SHMSIZE
    )  # what SQLite says where it cannot make its file beside the record
    wrapped = engine.OperationalError("", {}, error)
    with pytest.raises(kind, match=words), engine.guarded(tmp_path / "readout.db"):
        raise wrapped


def test_a_want_of_memory_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def greedy() -> None:
        raise MemoryError

    monkeypatch.setattr(cli, "app", greedy)
    with pytest.raises(SystemExit) as ended:
        cli._run()
    assert ended.value.code == 1
    assert "not enough memory" in capsys.readouterr().err
