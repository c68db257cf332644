"""The verbs that change what a record says or show that it changed: reread, changes, correct, undo, corrections, forget."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readout.cli.linking import link_after
from readout.cli.parts import EXIT_ERROR, EXIT_PARTIAL, Actors, Gazetteer, Link, begin, say
from readout.cli.parts import Record as Where
from readout.errors import UsageError

if TYPE_CHECKING:
    from readout.record import Record
    from readout.record.corrections import Logged
    from readout.record.log import Correction

By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Whose correction it is. [setting: user]", show_default=False),
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


def _open(ctx: typer.Context, where: str | None) -> Record:
    from readout.record import open_record

    settings = begin(ctx, record=where)
    return open_record(settings.record, create=False, busy_timeout=settings.busy_timeout)


def _name(ctx: typer.Context, by: str | None) -> str:
    return begin(ctx, user=by).user


def reread(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="All reports; so it is where none are named.")] = False,
    reports: Annotated[
        list[str],
        typer.Option("--reports", metavar="ID", help="This report only. May be given again.", show_default=False),
    ] = [],  # noqa: B006 - typer copies it
    workers: Annotated[
        int | None, typer.Option(help="So many processes read; one writes. [setting: workers]", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many would be read.")] = False,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
    link: Link = None,
    where: Where = None,
) -> None:
    """Read again what another version of Readout, or of what it knows, has read.

    The older readings stay; `readout changes` says what differs. Corrections go over where they fit. A run that was stopped goes
    on where it was. Exit status: 0 all read, 2 bad usage, 3 some could not be read.
    """
    from readout.record import ReadingOptions, Watching

    if every and reports:
        raise UsageError("--all and --reports do not go together")
    settings = begin(ctx, record=where, actors=actors, gazetteer=gazetteer, workers=workers, link=link)
    with _open(ctx, where) as record:
        done = record.reread(
            reports,
            options=ReadingOptions(actors=tuple(settings.actors), gazetteer=settings.gazetteer),
            workers=settings.workers,
            size=settings.batch,
            dry_run=dry_run,
            watching=Watching(problem=lambda item: say(f"{item.name}: {item.message}", "warning", "problem")),
        )
        if not dry_run:
            link_after(record, settings)
    what = "would be read again" if dry_run else "read again"
    unfit = f"{done.unfitting} correction{' does' if done.unfitting == 1 else 's do'} not fit"
    unfit = f", {unfit} (readout corrections --unfitting)" if done.unfitting else ""
    say(f"{done.read} {what}, {done.problems} could not be{unfit}", event="summary", read=done.read)
    if done.problems:
        raise typer.Exit(EXIT_PARTIAL)


class ChangesFormat(StrEnum):
    """How changes are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def changes(
    ctx: typer.Context,
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
    where: Where = None,
) -> None:
    """Say what differs between each report's newest reading and the one before it: claims gone, new, changed."""
    from readout.exports.corrections import change_lines, json_line, summary_lines
    from readout.record.changes import Summary

    summary = Summary()
    with _open(ctx, where) as record:
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
def confirm(
    ctx: typer.Context, claims: Claims, by: By = None, why: Why = None, seen: Seen = None, where: Where = None
) -> None:
    """Say that claims are right."""
    with _open(ctx, where) as record:
        _say(record.correct.confirm(claims, by=_name(ctx, by), why=why, seen=seen))


@correct.command()
def reject(
    ctx: typer.Context, claims: Claims, by: By = None, why: Why = None, seen: Seen = None, where: Where = None
) -> None:
    """Put claims aside as wrong."""
    with _open(ctx, where) as record:
        _say(record.correct.reject(claims, by=_name(ctx, by), why=why, seen=seen))


@correct.command()
def edit(
    ctx: typer.Context,
    claims: Claims,
    values: Set,
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = None,
) -> None:
    """Put claims with other values in the place of claims: --set status=denied --set actors="Norway;Denmark"."""
    with _open(ctx, where) as record:
        _say(record.correct.edit(claims, _values(values), by=_name(ctx, by), why=why, seen=seen))


@correct.command()
def add(
    ctx: typer.Context,
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
    where: Where = None,
) -> None:
    """Add a claim that was not read: readout correct add events REPORT --span "shelled" --set type=ASSAULT."""
    with _open(ctx, where) as record:
        _say([record.correct.add(claim, report, span, _values(values), by=_name(ctx, by), why=why)])


@correct.command()
def merge(
    ctx: typer.Context,
    claims: Claims,
    values: Set = [],  # noqa: B006 - typer copies it
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = None,
) -> None:
    """Make one claim of several of one report, the one that says it best first."""
    with _open(ctx, where) as record:
        _say([record.correct.merge(claims, _values(values), by=_name(ctx, by), why=why, seen=seen)])


@correct.command()
def split(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="As events/12.", show_default=False)],
    values: Set,
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = None,
) -> None:
    """Make several claims of one: --set 1.actors=Norway --set 2.actors=Denmark."""
    parts: dict[str, list[str]] = {}
    for item in values:
        number, dot, rest = item.partition(".")
        if not dot or not number.isdecimal():
            raise UsageError(f"{item!r} does not say for which part it is: write it as 1.actors=Norway")
        parts.setdefault(number, []).append(rest)
    with _open(ctx, where) as record:
        ordered = [_values(parts[number]) for number in sorted(parts, key=int)]
        _say([record.correct.split(claim, ordered, by=_name(ctx, by), why=why, seen=seen)])


def undo(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="The correction's number.", show_default=False)],
    later: Annotated[bool, typer.Option("--later", help="Undo the later corrections that build on it, too.")] = False,
    by: By = None,
    why: Why = None,
    seen: Seen = None,
    where: Where = None,
) -> None:
    """Undo a correction; an undo, too."""
    with _open(ctx, where) as record:
        _say(record.correct.undo(number, by=_name(ctx, by), why=why, later=later, seen=seen))


class LogFormat(StrEnum):
    """How the log of corrections is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def corrections(
    ctx: typer.Context,
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
    where: Where = None,
) -> None:
    """Print the log of corrections: what was done, by whom, when and why, and to which claims."""
    from readout.exports.corrections import COLUMNS, correction_line, correction_row, csv_line, json_line

    if style is LogFormat.CSV:
        sys.stdout.write(csv_line(list(COLUMNS)))
    with _open(ctx, where) as record:
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
    ctx: typer.Context,
    reports: Reports = [],  # noqa: B006 - typer copies it
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="All that this publisher printed.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    where: Where = None,
) -> None:
    """Take reports out for good, in all versions, with all that was read in them and said of it.

    With nothing behind it: go on with what could not be finished as somebody was reading the record.
    """
    with _open(ctx, where) as record:
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
    say(f"{', '.join(_many(count, what) for count, what in counts)} taken out", event="forgotten")


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
