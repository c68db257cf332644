"""The verbs that change what a record says or show that it changed: reread, changes, correct, undo, corrections, forget."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readout.errors import UsageError

if TYPE_CHECKING:
    from readout.record import Record
    from readout.record.corrections import Logged
    from readout.record.log import Correction

EXIT_ERROR, EXIT_PARTIAL = 1, 3

Where = Annotated[
    str,
    typer.Option(
        "--record", metavar="PATH|URL", envvar="READOUT_RECORD", help="The record: a file, or PostgreSQL's URL."
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", envvar="READOUT_BY", help="Whose correction it is; you, where not given."),
]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, for the log.")]
Seen = Annotated[
    int | None,
    typer.Option(
        "--seen",
        metavar="N",
        help="The last correction that you had seen: nothing is done if a later one touched the claim.",
    ),
]
Set = Annotated[
    list[str], typer.Option("--set", metavar="NAME=VALUE", help="A value. May be given again.", show_default=False)
]
Claims = Annotated[list[str], typer.Argument(metavar="CLAIM…", help="As events/12.", show_default=False)]
Reports = Annotated[list[str], typer.Argument(metavar="REPORT…", help="Ids of reports.", show_default=False)]

correct = typer.Typer(
    name="correct",
    help="Correct claims; what was read stays as it was, beside it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_commands(app: typer.Typer) -> None:
    """Adds these verbs to the command line."""
    for verb in (reread, changes, undo, corrections, forget):
        app.command()(verb)
    app.add_typer(correct)


def _open(where: str) -> Record:
    from readout.record import open_record

    return open_record(where, create=False)


def _name(by: str | None) -> str:
    return by or getpass.getuser()


def reread(
    every: Annotated[bool, typer.Option("--all", help="All reports; so it is where none are named.")] = False,
    reports: Annotated[
        list[str],
        typer.Option("--reports", metavar="ID", help="This report only. May be given again.", show_default=False),
    ] = [],  # noqa: B006 - typer copies it
    workers: Annotated[int, typer.Option(help="So many processes read.", min=1)] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many would be read.")] = False,
    actors: Annotated[
        list[Path],
        typer.Option("--actors", metavar="FILE", envvar="READOUT_ACTORS", help="As for `read`.", show_default=False),
    ] = [],  # noqa: B006 - typer copies it
    gazetteer: Annotated[
        Path | None,
        typer.Option(
            "--gazetteer", metavar="FILE", envvar="READOUT_GAZETTEER", help="As for `read`.", show_default=False
        ),
    ] = None,
    where: Where = "readout.db",
) -> None:
    """Read again what another version of Readout, or of what it knows, has read.

    The older readings stay; `readout changes` says what differs. Corrections go over where they fit. A run that was stopped goes
    on where it was. Exit status: 0 all read, 2 bad usage, 3 some could not be read.
    """
    from readout.record import ReadingOptions, Watching

    if every and reports:
        raise UsageError("--all and --reports do not go together")
    with _open(where) as record:
        done = record.reread(
            reports,
            options=ReadingOptions(actors=tuple(actors), gazetteer=gazetteer),
            workers=workers,
            dry_run=dry_run,
            watching=Watching(problem=lambda item: typer.echo(f"readout: {item.name}: {item.message}", err=True)),
        )
    what = "would be read again" if dry_run else "read again"
    unfit = f"{done.unfitting} correction{' does' if done.unfitting == 1 else 's do'} not fit"
    unfit = f", {unfit} (readout corrections --unfitting)" if done.unfitting else ""
    typer.echo(f"readout: {done.read} {what}, {done.problems} could not be{unfit}", err=True)
    if done.problems:
        raise typer.Exit(EXIT_PARTIAL)


class ChangesFormat(StrEnum):
    """How changes are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def changes(
    reports: Reports = [],  # noqa: B006 - typer copies it
    since_reader: Annotated[
        str | None,
        typer.Option(
            metavar="READER",
            help="Compare with the reading by this reader (its number or version).",
            show_default=False,
        ),
    ] = None,
    style: Annotated[
        ChangesFormat, typer.Option("--format", help="For people, or one report a line and the counts last.")
    ] = ChangesFormat.TEXT,
    where: Where = "readout.db",
) -> None:
    """Say what differs between each report's newest reading and the one before it: claims gone, new, changed."""
    from readout.exports.corrections import change_lines, json_line, summary_lines
    from readout.record.changes import Summary

    summary = Summary()
    with _open(where) as record:
        for found in record.changes(reports, since_reader=since_reader):
            summary.count(found)
            if style is ChangesFormat.JSONL:
                sys.stdout.write(json_line(found.to_json()))
            else:
                typer.echo("\n".join(change_lines(found)))
    if style is ChangesFormat.JSONL:
        sys.stdout.write(json_line({"summary": summary.to_json()}))
    else:
        typer.echo("\n".join(summary_lines(summary)))


@correct.command()
def confirm(claims: Claims, by: By = None, why: Why = None, seen: Seen = None, where: Where = "readout.db") -> None:
    """Say that claims are right."""
    with _open(where) as record:
        _say(record.correct.confirm(claims, by=_name(by), why=why, seen=seen))


@correct.command()
def reject(claims: Claims, by: By = None, why: Why = None, seen: Seen = None, where: Where = "readout.db") -> None:
    """Put claims aside as wrong."""
    with _open(where) as record:
        _say(record.correct.reject(claims, by=_name(by), why=why, seen=seen))


@correct.command()
def edit(
    claims: Claims,
    values: Set,
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = "readout.db",
) -> None:
    """Put claims with other values in the place of claims: --set status=denied --set actors="Norway;Denmark"."""
    with _open(where) as record:
        _say(record.correct.edit(claims, _values(values), by=_name(by), why=why, seen=seen))


@correct.command()
def add(
    claim: Annotated[str, typer.Argument(metavar="KIND", help="events, statements or figures.", show_default=False)],
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id.", show_default=False)],
    span: Annotated[
        str,
        typer.Option(
            "--span", metavar="WORDS", help="The words that say so, or their span: 120-180.", show_default=False
        ),
    ],
    values: Set = [],  # noqa: B006 - typer copies it
    by: By = None,
    why: Why = None,
    where: Where = "readout.db",
) -> None:
    """Add a claim that was not read: readout correct add events REPORT --span "shelled" --set type=ASSAULT."""
    with _open(where) as record:
        _say([record.correct.add(claim, report, span, _values(values), by=_name(by), why=why)])


@correct.command()
def merge(
    claims: Claims,
    values: Set = [],  # noqa: B006 - typer copies it
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = "readout.db",
) -> None:
    """Make one claim of several of one report, the one that says it best first."""
    with _open(where) as record:
        _say([record.correct.merge(claims, _values(values), by=_name(by), why=why, seen=seen)])


@correct.command()
def split(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="As events/12.", show_default=False)],
    values: Set,
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = "readout.db",
) -> None:
    """Make several claims of one: --set 1.actors=Norway --set 2.actors=Denmark."""
    parts: dict[str, list[str]] = {}
    for item in values:
        number, dot, rest = item.partition(".")
        if not dot or not number.isdecimal():
            raise UsageError(f"{item!r} does not say for which part it is: write it as 1.actors=Norway")
        parts.setdefault(number, []).append(rest)
    with _open(where) as record:
        ordered = [_values(parts[number]) for number in sorted(parts, key=int)]
        _say([record.correct.split(claim, ordered, by=_name(by), why=why, seen=seen)])


def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The correction's number.", show_default=False)],
    later: Annotated[bool, typer.Option("--later", help="Undo the later corrections that build on it, too.")] = False,
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = "readout.db",
) -> None:
    """Undo a correction; an undo, too."""
    with _open(where) as record:
        _say(record.correct.undo(number, by=_name(by), why=why, later=later, seen=seen))


class LogFormat(StrEnum):
    """How the log of corrections is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def corrections(
    reports: Reports = [],  # noqa: B006 - typer copies it
    unfitting: Annotated[
        bool, typer.Option("--unfitting", help="Only those that do not fit the newest reading, with the reason.")
    ] = False,
    style: Annotated[
        LogFormat, typer.Option("--format", help="For people, or whole: one JSON object a line, or CSV.")
    ] = LogFormat.TABLE,
    claim: Annotated[
        str | None,
        typer.Option(
            metavar="CLAIM",
            help="Only what was done to this claim, and to what it was made of or made.",
            show_default=False,
        ),
    ] = None,
    where: Where = "readout.db",
) -> None:
    """Print the log of corrections: what was done, by whom, when and why, and to which claims."""
    from readout.exports.corrections import COLUMNS, correction_line, correction_row, csv_line, json_line

    if style is LogFormat.CSV:
        sys.stdout.write(csv_line(list(COLUMNS)))
    with _open(where) as record:
        for logged in _wanted(record, reports, claim, unfitting):
            if style is LogFormat.TABLE:
                typer.echo(correction_line(logged))
            elif style is LogFormat.CSV:
                sys.stdout.write(csv_line([correction_row(logged)[name] for name in COLUMNS]))
            else:
                sys.stdout.write(json_line(logged.to_json()))


def _wanted(record: Record, reports: Sequence[str], claim: str | None, unfitting: bool) -> Iterable[Logged]:
    if claim is None:
        return record.unfitting(reports) if unfitting else record.corrections(reports)
    if reports:
        raise UsageError("name reports or a claim, and not both")
    return (logged for logged in record.history(claim) if logged.unfit is not None or not unfitting)


def forget(
    reports: Reports = [],  # noqa: B006 - typer copies it
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="All that this publisher printed.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    where: Where = "readout.db",
) -> None:
    """Take reports out for good, in all versions, with all that was read in them and said of it.

    With nothing behind it: go on with what could not be finished as somebody was reading the record.
    """
    with _open(where) as record:
        if not yes and (reports or publisher is not None):
            plan = record.forget(reports, publisher=publisher, dry_run=True)
            question = f"Take out {_many(plan.articles, 'article')} with {_many(plan.claims, 'claim')}"
            question += f" and {_many(plan.corrections, 'correction')}, for good?"
            if not sys.stdin.isatty():
                raise UsageError(f"say --yes, as nobody can be asked: {question}")
            if not typer.confirm(question, err=True):
                raise typer.Exit(EXIT_ERROR)
        done = record.forget(reports, publisher=publisher)
    counts = ((done.articles, "article"), (done.claims, "claim"), (done.corrections, "correction"))
    typer.echo(f"readout: {', '.join(_many(count, what) for count, what in counts)} taken out", err=True)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _values(given: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals:
            raise UsageError(f"{item!r} is no value: write it as type=ASSAULT")
        if name.strip() in values:
            raise UsageError(f"{name.strip()} is given twice; the parts of a list have ; between them")
        values[name.strip()] = value
    return values


def _say(done: Iterable[Correction]) -> None:
    for entry in done:
        made = ", ".join(f"{entry.claim}/{item.id}" for item in entry.made)
        what = f"undid correction {entry.undoes}" if entry.undoes is not None else f"{entry.action}"
        targets = ", ".join(f"{entry.claim}/{item.id}" for item in entry.targets)
        typer.echo(
            " ".join(
                part for part in (f"correction {entry.number}:", what, targets, f"→ {made}" if made else "") if part
            )
        )
