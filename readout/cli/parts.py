"""What the verbs are made of: options, settings, exit statuses, what is said to the user, and articles on their way.

A verb is a function in a module of this folder, with one line in `VERBS` or `GROUPS`. It begins with `begin`, which gives the settings;
says what it has to say with `say`; counts with `Counts` what it could not use, and ends with `Counts.finish`. Nothing
heavy is imported before a verb runs: modules here import their own needs inside functions.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout import logs
from readout.settings import LogLevel, Settings, load
from readout.settings.secrets import masked

if TYPE_CHECKING:
    from rich.console import Console

    from readout.sources.article import Article
    from readout.types import Report

EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_PARTIAL, EXIT_INTERRUPT = 0, 1, 2, 3, 130
#: What the exit statuses say; docs/configuration.md has the same table.
EXITS = {
    EXIT_OK: "all was done",
    EXIT_ERROR: "nothing could be done; standard error says why",
    EXIT_USAGE: "bad usage: an option, a setting or a file of settings that cannot be",
    EXIT_PARTIAL: "some could not be read or used, and are named; the rest was done",
    EXIT_INTERRUPT: "interrupted (Ctrl-C)",
}
_NAMED = 5  # so many names that are taken from built-in entries are said before a report


def _help(name: str, sentence: str) -> str:
    return f"{sentence} [setting: {name}]"


Inputs = Annotated[
    list[str], typer.Argument(metavar="FILE…", help="Files, folders, or - for standard input.", show_default=False)
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date of articles that carry none, as 2024-09-16.")
]
Record = Annotated[
    str | None,
    typer.Option(
        "--record",
        metavar="FILE|URL",
        help=_help("record", "The record: a file, or the URL of a database."),
        show_default=False,
    ),
]
Actors = Annotated[
    list[Path],
    typer.Option(
        "--actors",
        metavar="FILE",
        help=_help(
            "actors",
            "Actors of your own beside the built-in ones; yours win on the same name. May be given again.",
        ),
        show_default=False,
    ),
]
Gazetteer = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        help=_help("gazetteer", "A gazetteer beside the built-in one, made by `readout import geonames`."),
        show_default=False,
    ),
]
KeepText = Annotated[
    bool | None,
    typer.Option(
        "--keep-text/--no-keep-text",
        help=_help("keep_text", "Read the text to the letter: no cleaning."),
        show_default=False,
    ),
]
Link = Annotated[
    bool | None,
    typer.Option(
        "--link/--no-link",
        help=_help("link", "Look afterwards what shows across reports, and store it."),
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")]


def begin(ctx: typer.Context, *, logged: bool = False, **flags: object) -> Settings:
    """The settings of this run; the log is written from here on if a setting asks for it.

    Args:
        ctx: the context that typer hands to a verb; it carries the options of `readout` itself.
        logged: the verb writes its log unasked, as those do that run for days.
        flags: the verb's options by the names of settings, as they came: None or an empty list where not given.

    Raises:
        UsageError: a setting is not what it has to be.
    """
    given = {**(ctx.find_root().obj or {}), **flags}
    settings = load({name: value for name, value in given.items() if value != []})
    asked = any(settings.origin(name).kind != "default" for name in ("log_format", "log_level"))
    if asked or logged:
        logs.setup(settings.log_format, settings.log_level)
    return settings


def say(message: str, level: LogLevel = "info", event: str = "message", **fields: object) -> None:
    """Tells the user one line, on standard error: as text, or as a line of the log where that is JSON.

    Args:
        message: the sentence; passwords in it are masked.
        level, event, fields: what the line of the log says besides (`logs.log`).
    """
    if not logs.say(message, level, event, **fields):
        line = re.sub(r"\s*\n\s*", " ", masked(message).strip())
        typer.echo(f"readout: {logs.one_line(line)}", err=True)


class Counts:
    """What was read and what was not, for the summary and the exit status."""

    def __init__(self) -> None:
        self.read = 0
        self.problems = 0

    def problem(self, name: str, message: str) -> None:
        """Counts and names an input that could not be read."""
        self.problems += 1
        say(f"{name}: {message}", "warning", "problem", input=name, reason=message)

    def finish(self) -> None:
        """Ends the command with the status that the counts call for."""
        if self.problems:
            say(f"{self.read} read, {self.problems} not", "warning", "summary", read=self.read, problems=self.problems)
            raise typer.Exit(EXIT_PARTIAL if self.read else EXIT_ERROR)


def console() -> Console:
    """Standard output for people: as wide as the terminal, or 110 columns where there is none."""
    from rich.console import Console

    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=110)


def articles(inputs: Iterable[str], keep_text: bool, counts: Counts) -> Iterator[Article]:
    """The articles of all inputs in order; what cannot be read is named on standard error, and the rest goes on."""
    from readout.sources import SourceProblem, read_source

    for name in inputs:
        source: Path | bytes = sys.stdin.buffer.read() if name == "-" else Path(name)
        for found in read_source(source, "standard input" if name == "-" else name, keep_text=keep_text):
            if isinstance(found, SourceProblem):
                counts.problem(found.name, found.message)
            elif found.status != "usable":
                counts.problem(found.name, _withdrawal(found))
            else:
                yield found


def _withdrawal(article: Article) -> str:
    """Why an item is not read although it could be, with the first line of what its editors say."""
    note = f": {article.note.splitlines()[0]}" if article.note else ""
    return f"withdrawn by its publisher ({article.status}){note}"


def dated(given: Iterable[Article], published: str | None) -> Iterator[Article]:
    """The articles, those without a date of publication with this one."""
    from dataclasses import replace

    for article in given:
        if published and not article.published:
            yield replace(article, published=published, published_from="argument")
        else:
            yield article


def counted(reports: Iterable[Report], counts: Counts) -> Iterator[Report]:
    """Counts and logs reports as they pass, with a progress line where a person watches and the reports go elsewhere."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    errors = Console(stderr=True)
    watched = errors.is_terminal and not sys.stdout.isatty()
    columns = (
        SpinnerColumn(),
        TextColumn("reading"),
        MofNCompleteColumn(),
        TextColumn("articles"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not watched) as progress:
        task = progress.add_task("reading", total=None)
        for report in reports:
            counts.read += 1
            progress.advance(task)
            logs.log("info", "article read", document=report.id, events=len(report.events))
            yield report


def say_conflicts(actors: Iterable[Path]) -> None:
    """One line on the names that entries of the user's take from built-in ones; `readout import` names them all."""
    files = list(actors)
    if not files:
        return
    from readout.readers.opening import conflicts_of

    names = list(dict.fromkeys(conflict.name for conflict in conflicts_of(files)))
    if names:
        more = "" if len(names) <= _NAMED else " …"
        say(f"{len(names)} names are built-in too, yours win: {', '.join(names[:_NAMED])}{more}", event="names taken")
