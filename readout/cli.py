"""The command line: thin verbs over the public interface. Nothing heavy is imported before a verb runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout.cli_asking import add_commands
from readout.errors import ReadoutError, UsageError
from readout.version import __version__

if TYPE_CHECKING:
    from rich.console import Console

    from readout.sources.article import Article
    from readout.types import Report

app = typer.Typer(
    name="readout",
    help="Reads news of conflict and diplomacy, and keeps the record.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_NAMED = 5  # so many names that are taken from built-in entries are said before a report
EXIT_ERROR, EXIT_USAGE, EXIT_PARTIAL, EXIT_INTERRUPT = 1, 2, 3, 130


class Format(StrEnum):
    """How reports are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"readout {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Reads news of conflict and diplomacy, and keeps the record."""


Inputs = Annotated[
    list[str], typer.Argument(metavar="FILE…", help="Files, folders, or - for standard input.", show_default=False)
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date of articles that carry none, as 2024-09-16.")
]
Actors = Annotated[
    list[Path],
    typer.Option(
        "--actors",
        metavar="FILE",
        envvar="READOUT_ACTORS",
        help="Actors of your own beside the built-in ones; yours win on the same name. May be given again.",
        show_default=False,
    ),
]
Gazetteer = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        envvar="READOUT_GAZETTEER",
        help="A gazetteer beside the built-in one, made by `readout import geonames`.",
        show_default=False,
    ),
]
KeepText = Annotated[bool, typer.Option("--keep-text", help="Read the text to the letter: no cleaning.")]


@app.command()
def read(
    inputs: Inputs,
    published: Published = None,
    keep_text: KeepText = False,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
    style: Annotated[
        Format, typer.Option("--format", help="For people (text), one JSON list, or one report a line.")
    ] = Format.TEXT,
) -> None:
    """Read articles and print their reports.

    Takes text, HTML and JSONL whose lines are {id, text, published, title, url, publisher}; what a file holds is told by
    its content. Exit status: 0 all read, 1 nothing could be read, 2 bad usage, 3 some could not be read.
    """
    from readout.reading import parse_date, read_many

    if published is not None:
        parse_date(published)
    _say_conflicts(actors)
    counts = _Counts()
    articles = _dated(_articles(inputs, keep_text, counts), published)
    reports = read_many(articles, keep_text=keep_text, actors=actors, gazetteer=gazetteer)
    _print_reports(_counted(reports, counts), style)
    counts.finish()


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="A file with one article, or - for standard input.")],
    number: Annotated[int, typer.Argument(help="Which event: its number in the report, from 0.", min=0)],
    published: Published = None,
    keep_text: KeepText = False,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
) -> None:
    """Say why an event was read: the tree of its sentence, the knowledge entry, and the words behind every value."""
    from rich.text import Text

    from readout.explaining import explain as why
    from readout.reading import read_with_document

    counts = _Counts()
    article = next(_dated(_articles([file], keep_text, counts), published), None)
    if article is None:
        raise typer.Exit(EXIT_ERROR)
    report, document = read_with_document(article, keep_text=keep_text, actors=actors, gazetteer=gazetteer)
    if number >= len(report.events):
        raise UsageError(f"there is no event {number}: the report has {len(report.events)}, numbered from 0")
    event = report.events[number]
    explanation = why(report, document, event)
    console = _console()
    console.print(Text(explanation.sentence, style="bold"), "")
    for line in explanation.tree:
        console.print(Text(line, style="bold" if line.startswith("▶") else ""), soft_wrap=True)
    console.print()
    for what, reason in explanation.reasons:
        console.print(Text(f"{what:>15}  ", style="dim").append(reason, style="not dim"))


class GoldTask(StrEnum):
    """What `evaluate` scores."""

    EVENTS = "events"
    ATTRIBUTION = "attribution"
    TIME = "time"
    PLACE = "place"
    FACTUALITY = "factuality"
    ENTITIES = "entities"


@app.command()
def evaluate(
    task: Annotated[GoldTask, typer.Argument(help="What is scored.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A JSONL file of gold items, gzipped (.gz) or not.")],
    reports: Annotated[
        Path | None,
        typer.Option(help="Score these reports (JSONL) in place of what Readout reads.", show_default=False),
    ] = None,
    limit: Annotated[int | None, typer.Option(help="The first so many items only.", min=1, show_default=False)] = None,
    errors: Annotated[int, typer.Option(help="So many sentences for each confusion.", min=0)] = 1,
    fold_status: Annotated[
        bool, typer.Option("--fold-status", help="Events: a status changes the root, as the PLV set folds it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Score Readout, or another reader's reports, against gold: figures, confusions, and the sentences behind them.

    The gold formats are those of docs/evaluation.md. Exit status: 0 all scored, 2 bad usage, 3 some lines could not be used.
    """
    from readout.evaluation import evaluate as score

    done = score(task.value, gold, reports=reports, limit=limit, fold_status=fold_status)
    if as_json:
        sys.stdout.write(json.dumps(done.to_json(errors), ensure_ascii=False, indent=1) + "\n")
    else:
        from readout.exports.scores import render_evaluation

        _console().print(render_evaluation(done, errors))
    for name, problems in ((gold, done.gold_problems), (reports, done.report_problems)):
        for problem in problems:
            typer.echo(f"readout: {name} line {problem.line}: {problem.reason}", err=True)
    if done.gold_problems or done.report_problems:
        raise typer.Exit(EXIT_PARTIAL)


def _say_conflicts(actors: list[Path]) -> None:
    """One line on the names that entries of the user's take from built-in ones; `readout import` names them all."""
    if not actors:
        return
    from readout.readers.opening import conflicts_of

    names = list(dict.fromkeys(conflict.name for conflict in conflicts_of(actors)))
    if names:
        more = "" if len(names) <= _NAMED else " …"
        typer.echo(
            f"readout: {len(names)} names are built-in too, yours win: {', '.join(names[:_NAMED])}{more}", err=True
        )


class Kind(StrEnum):
    """What `import` takes."""

    GEONAMES = "geonames"
    FTM = "ftm"
    WIKIDATA = "wikidata"
    PETRARCH = "petrarch"


@app.command("import")
def import_(
    kind: Annotated[Kind, typer.Argument(help="What the files are.", show_default=False)],
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help="As published: plain, .gz, .bz2 or .zip.")],
    into: Annotated[Path, typer.Option("--into", metavar="FILE", help="The file to make.", show_default=False)],
    alternates: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="geonames: its table of alternate names.", show_default=False),
    ] = None,
) -> None:
    """Make a file of actors, or a gazetteer, that `read` uses beside the built-in knowledge.

    geonames: a dump (allCountries, one country) to a gazetteer. ftm: entities of OpenSanctions and others. wikidata: entity
    documents. petrarch: dictionaries of actors and agents. See docs/importing.md. Exit status: 0 all imported, 1 nothing
    could be, 2 bad usage, 3 some lines could not be used.
    """
    from readout.importers import import_file

    done = import_file(kind.value, sources, into, alternates=alternates)
    for problem in done.problems:
        where = f"{problem.name} line {problem.line}" if problem.line else problem.name
        typer.echo(f"readout: {where}: {problem.reason}", err=True)
    for conflict in done.conflicts:
        what = "replaces" if conflict.replaced else "has the name of"
        typer.echo(f"readout: {conflict.name}: {conflict.own} {what} {conflict.built_in}", err=True)
    for reason, count in sorted(done.left_out.items()):
        typer.echo(f"readout: {count} left out: {reason}", err=True)
    typer.echo(
        f"readout: {done.written} imported, {sum(done.left_out.values())} left out, {len(done.problems)} lines not used,"
        f" {len(done.conflicts)} names that built-in entries bear",
        err=True,
    )
    if not done.written or done.problems:
        raise typer.Exit(EXIT_PARTIAL if done.written else EXIT_ERROR)


add_commands(app)


class _Counts:
    """What was read and what was not, for the summary and the exit status."""

    def __init__(self) -> None:
        self.read = 0
        self.problems = 0

    def problem(self, name: str, message: str) -> None:
        """Counts and names an input that could not be read."""
        self.problems += 1
        typer.echo(f"readout: {name}: {message}", err=True)

    def finish(self) -> None:
        """Ends the command with the status that the counts call for."""
        if self.problems:
            typer.echo(f"readout: {self.read} read, {self.problems} not", err=True)
            raise typer.Exit(EXIT_PARTIAL if self.read else EXIT_ERROR)


def _articles(inputs: list[str], keep_text: bool, counts: _Counts) -> Iterator[Article]:
    """The articles of all inputs in order; what cannot be read is named on standard error, and the rest goes on."""
    from readout.sources import SourceProblem, read_source

    for name in inputs:
        source: Path | bytes = sys.stdin.buffer.read() if name == "-" else Path(name)
        for found in read_source(source, "standard input" if name == "-" else name, keep_text=keep_text):
            if isinstance(found, SourceProblem):
                counts.problem(found.name, found.message)
            else:
                yield found


def _dated(articles: Iterable[Article], published: str | None) -> Iterator[Article]:
    from dataclasses import replace

    for article in articles:
        if published and not article.published:
            yield replace(article, published=published, published_from="argument")
        else:
            yield article


def _counted(reports: Iterable[Report], counts: _Counts) -> Iterator[Report]:
    """Counts reports as they pass, with a progress line where a person watches and the reports go elsewhere."""
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
            yield report


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=110)


def _print_reports(reports: Iterator[Report], style: Format) -> None:
    if style is Format.TEXT:
        from readout.exports.terminal import render_report

        console = _console()
        for n, report in enumerate(reports):
            if n:
                console.rule(style="dim")
            console.print(render_report(report))
    elif style is Format.JSONL:
        for report in reports:
            sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    """Runs the command line; errors of the tree become one line and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except UsageError as error:
        typer.echo(f"readout: {error}", err=True)
        sys.exit(EXIT_USAGE)
    except ReadoutError as error:
        typer.echo(f"readout: {error}", err=True)
        sys.exit(EXIT_ERROR)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_ERROR)


if __name__ == "__main__":
    main()
