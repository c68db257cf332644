"""The verbs as they are typed; the commands of docs/corrections.md do what is printed there."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from readout.cli import main
from readout.record import ReadingOptions, open_record, schema

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "corrections.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def readout(monkeypatch, capfd):
    """Runs a command line here; its exit status and what it printed."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["readout", *arguments])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capfd.readouterr()
        return status, out, err

    return run


def test_the_document_does_what_it_says(readout, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("READOUT_RECORD", raising=False)
    commands = 0
    for kind, body in BLOCKS:
        if kind == "yaml":
            Path(body.split()[1]).write_text(body, encoding="utf-8")
        elif kind == "python":
            exec(compile(body, str(DOCUMENT), "exec"), {})
        else:
            for part in re.split(r"^\$ readout ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                _, out, err = readout(*shlex.split(command))
                wanted = ".*".join(map(re.escape, printed.split("…")))
                assert re.fullmatch(wanted, out + err, re.DOTALL), f"{command}\n{out}{err}"
                commands += 1
    assert commands > 10


@pytest.fixture
def there(tmp_path, look, monkeypatch):
    """A record with the article on the attack, named by the environment."""
    path = tmp_path / "there.db"
    with open_record(path) as record:
        record.add([look.article(look.attack)])
        with record.asking() as connection:
            report = connection.execute(select(schema.readings.c.report_id)).scalar_one()
    monkeypatch.setenv("READOUT_RECORD", str(path))
    monkeypatch.setenv("READOUT_USER", "Mara Lind")
    return report


def test_every_action(readout, there):
    assert readout("correct", "merge", "events/1", "events/2", "--set", "status=denied")[:2] == (
        0, "correction 1: merge events/1, events/2 → events/5\n",
    )  # fmt: skip
    assert readout("correct", "split", "events/5", "--set", "2.actors=Norway", "--set", "1.actors=Police")[:2] == (
        0, "correction 2: split events/5 → events/6, events/7\n",
    )  # fmt: skip
    assert (
        readout("correct", "add", "events", there, "--span", "four men", "--set", "type=AID", "--why", "=1+1")[0] == 0
    )
    assert readout("correct", "confirm", "events/6", "events/7")[0] == 0
    status, _, err = readout("undo", "1")
    assert (status, err) == (
        1, "readout: correction 1 cannot be undone alone: 2, 4, 5 build on it; undo them first, or too\n",
    )  # fmt: skip
    assert readout("undo", "1", "--later")[0] == 0
    status, out, _ = readout("corrections", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["action"] for row in rows] == ["merge", "split", "add", "confirm", "confirm", *["undo"] * 4]
    assert [row["undone_by"] for row in rows] == ["9", "8", "", "7", "6", *[""] * 4]
    assert rows[2]["why"] == "'=1+1"
    assert {row["by"] for row in rows} == {"Mara Lind"}
    assert len(readout("corrections", "--claim", "events/1")[1].splitlines()) == 8
    assert readout("corrections", "--claim", "events/3")[1] == ""
    lines = [json.loads(line) for line in readout("corrections", there, "--format", "jsonl")[1].splitlines()]
    assert lines[1]["made"][0]["set"]["actors"][0]["name"] == "Police"
    assert lines[0]["targets"][0]["values"]["type"] == "ASSAULT"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("correct", "confirm"), 2, "Missing argument"),
        (("correct", "fly", "events/1"), 2, "No such command"),
        (("correct", "edit", "events/1", "--set", "denied"), 2, "is no value"),
        (("correct", "edit", "events/1", "--set", "status=denied", "--set", "status=planned"), 2, "given twice"),
        (("correct", "split", "events/1", "--set", "actors=Norway"), 2, "for which part"),
        (("correct", "confirm", "events/99"), 2, "no events/99"),
        (("undo", "7"), 2, "no correction 7"),
        (("forget",), 2, "say what to forget"),
        (("forget", "gone", "--yes"), 2, "no report 'gone'"),
        (("reread", "--all", "--reports", "x"), 2, "do not go together"),
        (("reread", "--reports", "x"), 2, "no report 'x'"),
        (("changes", "--since-reader", "9"), 2, "no reader 9"),
        (("corrections", "--record", "gone.db"), 1, "no record at gone.db"),
    ],
)
def test_what_goes_wrong(readout, there, arguments, status, message):
    done = readout(*arguments)
    assert done[0] == status
    assert message in done[2]
    assert done[1] == ""


def test_reading_again(readout, there, vardal):
    assert readout("reread", "--dry-run")[2] == "readout: 0 would be read again, 0 could not be\n"
    assert readout("reread", "--actors", str(vardal), "--reports", there)[0] == 0
    lines = [json.loads(line) for line in readout("changes", there, "--format", "jsonl")[1].splitlines()]
    assert [line.get("report") for line in lines] == [there, None]
    assert lines[0]["claims"][0]["fields"]["actors"]["after"][0]["key"] == "vardal-front"
    assert lines[1]["summary"]["reports"] == 1
    assert lines[1]["summary"]["claims"]["events"] == {"gone": 0, "new": 0, "changed": 2}


def test_a_run_that_is_killed_loses_nothing_and_goes_on(tmp_path, look, vardal):
    """The process dies at once, without a word, after its second batch; the next one does the rest."""
    path = tmp_path / "killed.db"
    with open_record(path) as record:
        record.add([look.article(f"{look.attack} It was attack number {n}.") for n in range(6)])
    program = (
        "import os, signal; from pathlib import Path; from readout.record import *; seen = []\n"
        "def batch(done):\n seen.append(done)\n if len(seen) == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"record = open_record({str(path)!r})\n"
        f"record.reread(options=ReadingOptions(actors=(Path({str(vardal)!r}),)), size=2, watching=Watching(reread=batch))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    with open_record(path) as record:
        assert record.reread(options=ReadingOptions(actors=(vardal,))).read == 2
        assert len(list(record.changes())) == 6
        look.check_words(record)


@pytest.mark.parametrize("verb", ["reread", "changes", "undo", "corrections", "forget", "correct", "correct edit"])
def test_help_comes_at_once(verb):
    """Nothing heavy is imported for it."""
    code = (
        "import sys; from typer.testing import CliRunner; from readout.cli import app\n"
        f"assert CliRunner().invoke(app, {[*verb.split(), '--help']!r}).exit_code == 0\n"
        "print([m for m in ('spacy', 'numpy', 'sqlalchemy', 'yaml', 'readout.record.record') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_text_cannot_steer_the_terminal(readout, there):
    assert readout("correct", "confirm", "events/1", "--why", "see\x1b[2J\u202ehere\nand there")[0] == 0
    assert readout("corrections")[1].endswith("– see\\x1b[2J\\u202ehere and there\n")
