"""`--log-format` and `--log-level`: who asks is told on standard error, who does not is not."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from readout.types import Report

Run = Callable[..., subprocess.CompletedProcess[str]]
WORDS = ("Sorvik", "mediators", "Skar Bay", "withdraw")
TEXT = b"Envoy Elin Sorvik told mediators in Skar Bay on Monday that Norway refused to withdraw."


def test_json_lines_have_standard_error_to_themselves(run: Run, work: Path) -> None:
    (work / "good.txt").write_bytes(TEXT)
    (work / "em\x1b[31mpty\n.txt").write_bytes(b"")
    done = run("--log-format", "json", "read", "good.txt", "em\x1b[31mpty\n.txt", "--format", "jsonl")
    assert done.returncode == 3
    report = Report.from_json(json.loads(done.stdout))
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {line["event"] for line in lines} == {"run began", "problem", "article read", "run ended", "summary"}
    assert len({line["run"] for line in lines}) == 1
    by_event = {line["event"]: line for line in lines}
    assert by_event["article read"]["document"] == report.id
    assert (by_event["run ended"]["read"], by_event["run ended"]["problems"]) == (1, 1)
    assert by_event["run ended"]["duration_s"] > 0
    assert by_event["problem"]["input"] == "em\x1b[31mpty\n.txt"
    assert by_event["problem"]["level"] == "warning"
    assert [word for word in WORDS if word in done.stderr] == [], "no text of articles"
    assert all(word in done.stdout for word in WORDS)


def test_lines_of_text(run: Run, work: Path) -> None:
    (work / "em\x1b[31mpty\n.txt").write_bytes(b"")
    done = run("--log-level", "debug", "read", "-", "em\x1b[31mpty\n.txt", "--format", "jsonl", given=TEXT)
    assert done.returncode == 3
    assert "info    article read run=" in done.stderr
    assert "\nreadout: em\\x1b[31mpty .txt: " in done.stderr, "what is said stays as it is, on one line"
    assert "\x1b" not in done.stderr
    assert [word for word in WORDS if word in done.stderr] == []


def test_nothing_is_logged_unasked_or_below_the_level(run: Run) -> None:
    read = ("read", "-", "--format", "jsonl")
    assert run(*read, given=TEXT).stderr == ""
    assert run("--log-format", "json", "--log-level", "error", *read, given=TEXT).stderr == ""


def test_settings_ask_too_and_flags_win(run: Run, work: Path) -> None:
    (work / "readout.toml").write_text('log_format = "json"\n')
    done = run("import", "ftm", "gone.json", "--into", "x")
    assert done.returncode == 2
    assert json.loads(done.stderr)["event"] == "bad usage"
    done = run("--log-format", "text", "import", "ftm", "gone.json", "--into", "x", READOUT_LOG_LEVEL="debug")
    assert done.stderr.startswith("readout: ")


def test_errors_in_the_settings_are_logged_as_was_asked_for(run: Run, work: Path) -> None:
    (work / "readout.toml").write_text("workers = 0\n")
    done = run("--log-format", "json", "config", "show")
    assert done.returncode == 2
    line = json.loads(done.stderr)
    assert (line["level"], line["event"]) == ("error", "bad usage")
    assert "workers: '0' is not a whole number" in line["message"]


@pytest.mark.parametrize("arguments", [("--log-format", "xml"), ("--log-level", "loud")])
def test_bad_options_are_exit_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, "config", "show").returncode == 2
