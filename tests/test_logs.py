"""The log: one event a line, as text and as JSON; nothing for those who did not ask."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout import logs
from readout.settings import LogFormat, LogLevel

LEVELS: tuple[LogLevel, ...] = ("debug", "info", "warning", "error")


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    logs.stop()


def lines(log_format: LogFormat = "json", level: LogLevel = "debug") -> io.StringIO:
    """Where the log goes from here on."""
    stream = io.StringIO()
    logs.setup(log_format, level, stream)
    return stream


def parsed(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_of_json_has_its_parts() -> None:
    stream = lines()
    before = datetime.now(UTC)
    logs.log("info", "article read", document="a1", events=3, duration_s=0.25, sure=True, left=None, ids=("b", "c"))
    (line,) = parsed(stream)
    when = str(line.pop("time"))
    assert when.endswith("Z")
    assert abs(datetime.fromisoformat(when) - before) < timedelta(seconds=5)
    assert list(line) == ["level", "event", "document", "events", "duration_s", "sure", "left", "ids"]
    assert line == {
        "level": "info", "event": "article read", "document": "a1", "events": 3, "duration_s": 0.25, "sure": True,
        "left": None, "ids": ["b", "c"],
    }  # fmt: skip


def test_a_line_of_text_has_the_same_parts() -> None:
    stream = lines("text")
    logs.log("warning", "feed failed", url="https://feeds.example/a", why="no answer", tries=2, empty="", sign="a=b")
    when, rest = stream.getvalue().split(" ", 1)
    assert datetime.fromisoformat(when).tzinfo == UTC
    assert rest == (
        'warning feed failed url=https://feeds.example/a why="no answer" tries=2 empty="" sign="a=b"\n'
    )  # fmt: skip


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("least", LEVELS)
def test_what_is_less_grave_is_not_written(log_format: LogFormat, least: LogLevel) -> None:
    stream = lines(log_format, least)
    for level in LEVELS:
        logs.log(level, "tried")
    assert [level for level in LEVELS if level in stream.getvalue()] == list(LEVELS[LEVELS.index(least) :])


def test_fields_of_a_run_are_on_every_line_of_its_thread_alone() -> None:
    stream = lines()
    with logs.bound(run="r1"):
        logs.log("info", "one")
        with logs.bound(source="s"):
            logs.log("info", "two", document="d")
        other = threading.Thread(target=logs.log, args=("info", "elsewhere"))
        other.start()
        other.join()
        logs.log("info", "three")
    logs.log("info", "four")
    got = [{name: value for name, value in line.items() if name not in ("time", "level")} for line in parsed(stream)]
    assert got == [
        {"event": "one", "run": "r1"},
        {"event": "two", "run": "r1", "source": "s", "document": "d"},
        {"event": "elsewhere"},
        {"event": "three", "run": "r1"},
        {"event": "four"},
    ]


def test_a_block_is_timed_and_its_failure_is_named() -> None:
    stream = lines()
    with logs.timed("run ended", run="r") as ended:
        ended["read"] = 2
    with pytest.raises(KeyError), logs.timed("run ended"):
        raise KeyError("x")
    good, bad = parsed(stream)
    assert (good["level"], good["run"], good["read"]) == ("info", "r", 2)
    assert isinstance(good["duration_s"], float)
    assert 0 <= good["duration_s"] < 5
    assert (bad["level"], bad["failed"]) == ("error", "KeyError")


def test_setup_again_replaces_and_stop_ends() -> None:
    first = lines()
    second = lines("text")
    logs.log("info", "once")
    assert first.getvalue() == ""
    assert second.getvalue().count("once") == 1
    logs.stop()
    logs.log("error", "after")
    assert "after" not in second.getvalue()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_passwords_are_masked_wherever_they_stand(log_format: LogFormat) -> None:
    url = "postgresql://reader:hunter2@db.example/news"
    stream = lines(log_format)
    logs.log("info", f"opened {url}", record=url, more=[url], deep={"at": url}, path=Path("x"))
    try:
        raise OSError(f"cannot reach {url}")
    except OSError:
        logging.getLogger("readout.record").exception("failed for %s", url)
    assert "hunter2" not in stream.getvalue()
    assert stream.getvalue().count("reader:***@db.example") >= 6
    assert len(stream.getvalue().splitlines()) == 2, "a traceback does not break a line"


@given(st.text(), st.text())
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_whatever_a_name_holds_a_line_stays_a_line(log_format: LogFormat, event: str, value: str) -> None:
    stream = lines(log_format)
    logs.log("info", event, document=value)
    written = stream.getvalue()
    assert written.endswith("\n")
    assert written[:-1].isprintable() or log_format == "json"
    assert len(written.splitlines()) == 1
    if log_format == "json" and "://" not in value and "password" not in value.lower():
        assert json.loads(written)["document"] == value


def test_a_number_that_json_does_not_know() -> None:
    stream = lines()
    logs.log("info", "odd", share=float("nan"))
    json.loads(stream.getvalue(), parse_constant=pytest.fail)


def test_what_is_said_goes_into_a_log_of_json_alone_whatever_the_level() -> None:
    assert not logs.say("one not read", "warning", "problem")
    stream = lines("text", "error")
    assert not logs.say("one not read", "warning", "problem")
    assert stream.getvalue() == ""
    stream = lines("json", "error")
    assert logs.say("one not read", "warning", "problem", input="x")
    (line,) = parsed(stream)
    assert (line["level"], line["event"], line["message"], line["input"]) == ("warning", "problem", "one not read", "x")


def test_a_user_of_the_library_is_given_no_handlers_and_no_output(tmp_path: Path) -> None:
    code = (
        "import logging, readout; from readout import logs\n"
        "report = readout.read('Police arrested four men in Oslo.', published='2025-03-10')\n"
        "logs.log('error', 'told to nobody'); logging.getLogger('readout.x').error('nor this')\n"
        "ours = [type(h).__name__ for n in ('', 'readout') for h in logging.getLogger(n).handlers]\n"
        "assert ours == ['NullHandler'], ours\n"
        "assert logging.getLogger('readout').level == logging.NOTSET\n"
        "logging.basicConfig(format='%(name)s %(levelname)s %(message)s %(fields)s', level=logging.INFO)\n"
        "logs.log('info', 'heard', document=report.id[:0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr == "readout INFO heard {'document': ''}\n"
