"""`readout config`, and what settings do to the other verbs: in processes of their own with a home of their own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readout.settings import SETTINGS
from readout.types import Report

IMPORTS = Path(__file__).resolve().parent.parent / "importers" / "files"
TEXT = b"The State Department said on Monday that police had arrested Tormund Varg in Skar Bay."
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_table_has_every_setting_with_its_origin(run: Run, work: Path, far: Path) -> None:
    far.write_text("batch = 5\n")
    (work / "readout.toml").write_text('# ours\nactors = ["mine.jsonl", "more.yaml"]\n')
    done = run("--log-level", "error", "config", "show", "--record", "x.db", READOUT_WORKERS="4", READOUT_USER="Åse")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}
    assert list(rows) == [setting.name for setting in SETTINGS]
    origins = {name: row.split("  ")[-1].strip() for name, row in rows.items()}
    assert origins == {
        **{setting.name: "default" for setting in SETTINGS},
        "batch": f"{far} line 1",
        "actors": f"{work / 'readout.toml'} line 2",
        "workers": "READOUT_WORKERS",
        "user": "READOUT_USER",
        "log_level": "--log-level",
        "record": "--record",
    }
    assert rows["actors"].startswith(f"{work / 'mine.jsonl'}, {work / 'more.yaml'} ")
    assert rows["user"].startswith("Åse ")
    assert rows["gazetteer"].startswith("none ")


def test_the_same_as_json(run: Run, work: Path) -> None:
    (work / "readout.toml").write_text('keep_text = true\ngazetteer = "NO.gaz"\n')
    done = run("config", "show", "--json", READOUT_ALLOW="a.example,::1")
    shown = json.loads(done.stdout)
    assert list(shown) == [setting.name for setting in SETTINGS]
    near = str(work / "readout.toml")
    assert shown["keep_text"] == {"value": True, "origin": {"kind": "file", "name": near, "line": 1}}
    assert shown["gazetteer"]["value"] == str(work / "NO.gaz")
    environment = {"kind": "environment", "name": "READOUT_ALLOW", "line": None}
    assert shown["allow"] == {"value": ["a.example", "::1"], "origin": environment}
    assert shown["busy_timeout"] == {"value": 30.0, "origin": {"kind": "default", "name": None, "line": None}}


def test_a_password_is_shown_nowhere(run: Run, work: Path) -> None:
    url = "postgresql://reader:hunter2@db.example/news"
    (work / "readout.toml").write_text(f'record = "{url}"\n')
    for arguments in (("config", "show"), ("config", "show", "--json"), ("config", "show", "--record", url)):
        done = run(*arguments)
        assert done.returncode == 0
        assert "postgresql://reader:***@db.example/news" in done.stdout
    (work / "readout.toml").write_text(f'user = ["{url}"]\n')
    for arguments in (("config", "show"), ("--log-format", "json", "config", "show")):
        done = run(*arguments)
        assert done.returncode == 2
        assert "reader:***@" in done.stderr
        assert "hunter2" not in done.stdout + done.stderr


def test_which_files_are_looked_for(run: Run, work: Path, far: Path) -> None:
    far.write_text("broken = = TOML")
    expected = f"{work / 'readout.toml'}  not there\n{far}  found\n"
    assert run("config", "path").stdout == expected, "what is in them does not matter here"
    elsewhere = far.parent.parent
    done = run("config", "path", XDG_CONFIG_HOME=str(elsewhere / "other"))
    assert done.stdout.splitlines()[1] == f"{elsewhere / 'other' / 'readout' / 'config.toml'}  not there"


@pytest.mark.parametrize(
    ("toml", "variables", "said"),
    [
        ("worker = 2", {}, "readout.toml line 1: 'worker' is no key that is known; did you mean workers?"),
        ("workers = 'two'", {}, "readout.toml line 1: workers: 'two' is not a whole number"),
        ("workers =\n", {}, "readout.toml: is not TOML"),
        ("", {"READOUT_BATCH": "many"}, "READOUT_BATCH: 'many' is not a whole number"),
        ("", {"READOUT_BATCHES": "5"}, "'READOUT_BATCHES' is no variable that is known; did you mean READOUT_BATCH?"),
    ],
)
@pytest.mark.parametrize("verb", [("config", "show"), ("read", "-"), ("evaluate", "events", "gold.jsonl")])
def test_what_cannot_be_is_exit_2(
    run: Run, work: Path, toml: str, variables: dict[str, str], said: str, verb: tuple[str, ...]
) -> None:
    (work / "readout.toml").write_text(toml)
    done = run(*verb, given=TEXT, **variables)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("readout: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--help",), ("read", "--help"), ("--version",), ("config", "show", "--help")])
def test_help_is_there_whatever_the_settings(run: Run, work: Path, arguments: tuple[str, ...]) -> None:
    (work / "readout.toml").write_text("= broken")
    assert run(*arguments).returncode == 0


def test_read_uses_settings_of_every_place(run: Run, work: Path, far: Path) -> None:
    assert run("import", "ftm", str(IMPORTS / "entities.ftm.json"), "--into", "mine.jsonl").returncode == 0
    towns = ("--into", "NO.gaz", "--alternates", str(IMPORTS / "alternateNames.txt"))
    assert run("import", "geonames", str(IMPORTS / "NO.txt"), *towns).returncode == 0
    read = ("read", "-", "--published", "2020-03-10", "--format", "jsonl")
    flags = run(*read, "--actors", "mine.jsonl", "--gazetteer", "NO.gaz", given=TEXT)
    assert flags.returncode == 0
    report = Report.from_json(json.loads(flags.stdout))
    assert "ftm:h-1" in {actor.id for actor in report.actors}
    assert [place.geonames_id for place in report.places if place.kind == "village"] == [9900001]
    assert "1 names are built-in too, yours win: State Department" in flags.stderr
    variables = {"READOUT_ACTORS": str(work / "mine.jsonl"), "READOUT_GAZETTEER": "NO.gaz"}
    assert run(*read, given=TEXT, **variables).stdout == flags.stdout
    far.write_text(f'actors = ["{work}/mine.jsonl"]\n')
    (work / "readout.toml").write_text('gazetteer = "NO.gaz"\n')
    assert run(*read, given=TEXT).stdout == flags.stdout
    done = run(*read, "--actors", "gone.jsonl", given=TEXT, **variables)
    assert done.returncode == 2, "the flag wins over all"
    assert "gone.jsonl" in done.stderr


def test_keep_text_as_a_setting_and_back(run: Run, work: Path) -> None:
    (work / "readout.toml").write_text("keep_text = true\n")
    text = "  OSLO (AP) — Police arrested  four men.\r\n"
    given = json.dumps({"id": "a", "text": text}).encode()
    read = ("read", "-", "--format", "jsonl")
    assert Report.from_json(json.loads(run(*read, given=given).stdout)).text == text
    assert Report.from_json(json.loads(run(*read, "--no-keep-text", given=given).stdout)).text != text


def test_an_interrupt_is_exit_130(work: Path, surroundings: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "readout.cli", "--log-format", "json", "read", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=work,
        env=surroundings,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell has what it runs in the background ignore it
    ) as process:
        assert process.stderr is not None
        assert json.loads(process.stderr.readline())["event"] == "run began"
        process.send_signal(signal.SIGINT)  # it is busy, or waits for standard input
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors.decode()
    ended = json.loads(errors.splitlines()[0])
    assert (ended["event"], ended["level"], ended["failed"]) == ("run ended", "error", "KeyboardInterrupt")
