"""`readout add`, `backup` and `doctor`: the verbs that fill and look after a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readout.record import Added

Where = Annotated[
    str,
    typer.Option(
        "--record",
        metavar="PATH|URL",
        envvar="READOUT_RECORD",
        help="The record: an SQLite file, or postgresql://user@host/name.",
    ),
]


def add(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Files, folders, or - for standard input.", show_default=False),
    ],
    record: Where = "readout.db",
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The date of articles that carry none, as 2024-09-16.")
    ] = None,
    keep_text: Annotated[bool, typer.Option("--keep-text", help="Read the text to the letter: no cleaning.")] = False,
    actors: Annotated[
        list[Path],
        typer.Option(metavar="FILE", envvar="READOUT_ACTORS", help="Actors of your own.", show_default=False),
    ] = [],  # noqa: B006 - typer copies it
    gazetteer: Annotated[
        Path | None, typer.Option(metavar="FILE", envvar="READOUT_GAZETTEER", help="A gazetteer of your own.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="So many processes read; one writes.")] = 1,
    batch: Annotated[int, typer.Option(min=1, help="Articles a transaction.")] = 32,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and do nothing.")] = False,
) -> None:
    """Read articles into a record. What is there already is not read again; every batch is one transaction.

    Stopped at any moment, it loses nothing that it said was added: run the same command again and it goes on. Exit status: 0 all
    is in the record, 1 nothing could be read or the record cannot be written, 2 bad usage, 3 some inputs could not be read.
    """
    from readout.cli_progress import Progress
    from readout.reading import parse_date
    from readout.record import ReadingOptions, Watching, open_record

    if published is not None:
        parse_date(published)
    with open_record(record) as opened, Progress() as progress:
        done = opened.add(
            progress.measured(inputs, keep_text),
            published=published,
            options=ReadingOptions(keep_text, tuple(actors), gazetteer),
            workers=workers,
            size=batch,
            dry_run=dry_run,
            command=" ".join(["add", *inputs]),
            watching=Watching(batch=progress.advance, problem=progress.say),
        )
    _summarize(done, progress.seconds, dry_run)


def _summarize(done: Added, seconds: float, dry_run: bool) -> None:
    rate = f" at {done.added / seconds:,.0f} a second" if done.added and seconds > 1 and not dry_run else ""
    verb = "to add" if dry_run else "added"
    typer.echo(
        f"readout: {done.added:,} {verb}{rate}, {done.skipped:,} in the record already, {done.problems:,} not read",
        err=True,
    )
    if done.problems:
        raise typer.Exit(3 if done.added or done.skipped else 1)


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; it must not be there yet.")],
    record: Where = "readout.db",
) -> None:
    """Copy a record, whole and consistent, while others may go on reading and adding."""
    from readout.record import open_record

    with open_record(record, create=False) as opened:
        size = opened.back_up(to)
    typer.echo(f"readout: {to}, {size:,} bytes, checked", err=True)


def doctor(record: Where = "readout.db") -> None:
    """Look whether a record holds together: its file, its tables, its promises. Exit status: 0 well, 1 not."""
    from rich.console import Console
    from rich.table import Table

    from readout.record import open_record

    with open_record(record, create=False) as opened:
        findings = opened.examine()
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for finding in findings:
        table.add_row("[green]well[/]" if finding.well else "[bold red]NOT[/]", finding.what, finding.said)
    Console(highlight=False).print(table)
    if wrong := [finding for finding in findings if not finding.well]:
        sys.stdout.flush()
        typer.echo(
            f"readout: {len(wrong)} not well: restore a backup, or add the sources again to a new record", err=True
        )
        raise typer.Exit(1)


def add_commands(app: typer.Typer) -> None:
    """Adds the verbs of this file to a command line."""
    for verb in (add, backup, doctor):
        app.command()(verb)
