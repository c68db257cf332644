"""How far adding has come: a line on standard error where a person watches, with the rate and the time that is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from readout import logs
from readout.cli.parts import say

if TYPE_CHECKING:
    from types import TracebackType

    from readout.record import Added
    from readout.sources import Article, SourceProblem


class Progress:
    """Counts what was added, and how much of the inputs' bytes lies behind; use it as a context manager."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.fields[added]:,} added, {task.fields[rate]:.1f}/s"),
            BarColumn(),
            TextColumn("{task.fields[skipped]:,} there already, {task.fields[problems]:,} not read"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._began = time.monotonic()
        self._counts: dict[str, Any] = {"added": 0, "skipped": 0, "problems": 0}
        self._task = self._bar.add_task("adding", total=None, rate=0.0, **self._counts)
        self._behind: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.__exit__(kind, error, trace)

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self._began

    def measured(self, inputs: list[str], keep_text: bool) -> Iterator[Article | SourceProblem]:
        """The articles of files, folders and standard input ("-"); the bar's length is the bytes of them all."""
        from readout.sources import read_source

        if not self._bar.disable:
            self._bar.update(self._task, total=sum(_size(Path(name)) for name in inputs if name != "-") or None)
        for name in inputs:
            source: Path | bytes = sys.stdin.buffer.read() if name == "-" else Path(name)
            shown = "standard input" if name == "-" else name
            yield from read_source(source, shown, keep_text=keep_text, passed=self._pass)

    def _pass(self, count: int) -> None:
        self._bar.advance(self._task, count)

    def advance(self, done: Added) -> None:
        """Counts a batch that is safely in the record."""
        for name in self._counts:
            self._counts[name] += getattr(done, name)
        logs.log("info", "batch added", added=done.added, skipped=done.skipped, problems=done.problems)
        self._bar.update(self._task, rate=self._counts["added"] / max(self.seconds, 0.001), **self._counts)

    def say(self, problem: SourceProblem) -> None:
        """Names an input that could not be read."""
        say(f"{problem.name}: {problem.message}", "warning", "problem", input=problem.name, reason=problem.message)


def _size(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; 0 where it cannot be told."""
    try:
        if path.is_dir():
            return sum(_size(entry) for entry in path.iterdir() if not entry.is_symlink())
        return path.stat().st_size
    except OSError:
        return 0
