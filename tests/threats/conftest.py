"""One file for each threat, and one line for each at the end: what was tried, and how it came out."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "web"))

from forms import FORM, WHOLE  # noqa: E402
from sites import behind as behind  # noqa: E402
from sites import client as client  # noqa: E402
from sites import read_once as read_once  # noqa: E402
from sites import record as record  # noqa: E402
from sites import shared as shared  # noqa: E402


@dataclass
class Told:
    """What the tests of a threat told of themselves."""

    figures: dict[str, float] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    why: set[str] = field(default_factory=set)
    seconds: float = 0.0


_TOLD: dict[Path, Told] = {}

Figure = Callable[..., None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Tells a number for the line of this threat: figures of the same words are added up, or the largest is kept (`most`)."""
    figures = _told(request.node.path).figures

    def tell(number: float, what: str, *, most: bool = False) -> None:
        before = figures.get(what, 0)
        figures[what] = max(before, number) if most else before + number

    return tell


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measures processor time, that of children that have ended too."""
    begun = sum(os.times()[:4])
    try:
        return (yield)
    finally:
        _told(item.path).seconds += sum(os.times()[:4]) - begun


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if HERE.name not in Path(report.nodeid.partition("::")[0]).parts:
        return
    told = _told(HERE / Path(report.nodeid.partition("::")[0]).name)
    if report.when == "call" or report.outcome != "passed":
        told.outcomes[report.outcome] = told.outcomes.get(report.outcome, 0) + 1
    if report.skipped and isinstance(report.longrepr, tuple):
        told.why.add(report.longrepr[2].removeprefix("Skipped: "))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A threat that was tested and told no figure is none that was tested."""
    if FORM and any(_silent(told) for told in _TOLD.values()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not FORM:
        return
    terminalreporter.write_line(f"\nThreats, in the {FORM} form:")
    for path, told in sorted(_TOLD.items()):
        if path.parent == HERE and path.name.startswith("test_"):
            terminalreporter.write_line(line(path, told))


def line(path: Path, told: Told) -> str:
    """The line of a threat: its number, its sentence, whether it is held off, what was tried, and the processor time."""
    sentence = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    held = "NOT HELD" if told.outcomes.get("failed") else "NO FIGURE" if _silent(told) else "held"
    shown = [f"{number:,.0f} {what}" for what, number in told.figures.items()]
    shown += [f"skipped: {why}" for why in sorted(told.why)]
    form = "" if WHOLE else " (small form)"
    return f"{path.name[5:7]} {held}: {sentence} {'; '.join(shown)}; {told.seconds:.1f} s{form}"


def _silent(told: Told) -> bool:
    return bool(told.outcomes.get("passed")) and not told.figures


def _told(path: Path) -> Told:
    return _TOLD.setdefault(path, Told())
