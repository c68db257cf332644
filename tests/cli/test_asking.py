"""Asking on the command line: real files, real processes where the exit status matters."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import forked
import pyarrow.parquet as pq
import pytest

import readout
from readout.sources.article import Article

ATTACK = "Rebels shelled the town of Osthavn on Monday, killing 12 people, the health ministry said. France condemned the attack."
VISIT = "The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks on a cease-fire, her spokesman said."


@pytest.fixture(scope="module")
def where(tmp_path_factory) -> str:
    """A record of two reports."""
    path = str(tmp_path_factory.mktemp("record") / "readout.db")
    with readout.open_record(path) as record:
        record.add(
            [
                Article(text=ATTACK, published="2025-03-11", publisher="Nordpost", title="=1+1"),
                Article(text=VISIT, published="2025-03-10", publisher="Aftenbladet"),
            ]
        )
    return path


def run(*arguments: str, record: str | None = None, **more) -> subprocess.CompletedProcess[bytes]:
    """`readout` in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "READOUT_RECORD"}
    if record:
        environment["READOUT_RECORD"] = record
    return forked.readout(*arguments, env=environment, **more)


def test_a_table(where):
    done = run("events", "actor:rebels", "-status:planned", record=where)
    assert done.returncode == 0
    assert b"12 people" in done.stdout
    assert b"Sorvik" not in done.stdout
    assert max(len(line) for line in done.stdout.decode().splitlines()) <= 110


def test_options_mean_the_same_as_the_query(where):
    query = run("events", 'actor:"Elin Sorvik",France type:AGREE -place:Amman', "--format", "jsonl", record=where)
    options = run(
        "events", "-place:Amman", "--actor", "Elin Sorvik, France", "--type", "agree", "--format", "jsonl", record=where
    )
    assert query.stdout == options.stdout
    (event,) = map(json.loads, query.stdout.splitlines())
    assert event["actors"][0]["name"] == "Elin Sorvik"


def test_files(where, tmp_path):
    for name in ("events.csv", "events.jsonl", "events.parquet"):
        done = run("events", "--out", str(tmp_path / name), "--record", where)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "events.csv").read_bytes().decode(), newline="")))
    lines = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    table = pq.read_table(tmp_path / "events.parquet").to_pylist()
    assert [int(row["id"]) for row in rows] == [line["id"] for line in lines] == [row["id"] for row in table]
    assert len(rows) > 2
    assert {row["title"] for row in rows} == {"'=1+1", ""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv", "events.jsonl", "events.parquet"]
    piped = run("events", "--format", "parquet", record=where)
    assert pq.read_table(io.BytesIO(piped.stdout)).num_rows == len(rows)


def test_a_file_is_whole_or_as_it_was(where, tmp_path):
    out = tmp_path / "events.csv"
    out.write_text("as it was")
    assert run("events", "--out", str(out), "--order", "value", record=where).returncode == 2
    assert out.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [out]


def test_what_is_left_out_is_said(where):
    done = run("events", "--limit", "1", record=where)
    assert len(done.stdout.splitlines()) >= 2
    assert b"1 of " in done.stderr
    nobody = run("events", "--actor", "Hamaz", record=where)
    assert (nobody.returncode, nobody.stdout) == (0, b"")
    assert b"no events; the record knows nothing named 'Hamaz'" in nobody.stderr


def test_show(where):
    with readout.open_record(where) as record:
        id_ = next(record.reports("shelled")).id
    done = run("show", id_[:10], record=where)
    assert b"What is new" in done.stdout
    assert readout.Report.from_json(json.loads(run("show", id_, "--json", record=where).stdout)).id == id_


@pytest.mark.parametrize("verb", ["statements", "figures", "reports", "actors", "places", "problems"])
def test_every_verb(where, verb):
    assert run(verb, record=where).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("events", "typ:AID"), "did you mean type"),
        (("events", "--typ", "AID"), "no option --typ"),
        (("events", "--type", "FOO"), "ASSAULT"),
        (("events", "type:AID", "--type", "AGREE"), "asked for twice"),
        (("statements", "type:AID"), "statements have no 'type'"),
        (("events", "--as-of", "yesterday"), "yesterday"),
        (("events", "--order", "size"), "date, published"),
        (("events", "--by", "rule"), "type, mode"),
        (("events", "--limit", "0"), "limit"),
        (("events", "--out", "/nowhere/at/all.csv"), "cannot be written"),
        (("show", "zz"), "no report 'zz'"),
    ],
)
def test_bad_usage_is_exit_2(where, arguments, said):
    done = run(*arguments, record=where)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_no_record_is_exit_1(tmp_path):
    done = run("events", "--record", str(tmp_path / "gone.db"))
    assert done.returncode == 1
    assert b"there is no record at" in done.stderr
    assert not (tmp_path / "gone.db").exists()


def test_parquet_is_not_for_a_terminal(where):
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "readout.cli", "events", "--format", "parquet", "--record", where],
            stdout=theirs, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert b"--out" in done.stderr


def test_a_reader_that_goes_away_is_no_error_to_speak_of(where):
    command = f"{sys.executable} -m readout.cli events --format jsonl --record {where} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False, cwd=Path.cwd())
    assert json.loads(done.stdout)["type"]
    assert b"Traceback" not in done.stderr
