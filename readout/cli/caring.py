"""`readout backup` and `readout doctor`: looking after a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from readout.cli.parts import EXIT_ERROR, Record, begin, console, say


def backup(
    ctx: typer.Context,
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; it must not be there yet.", show_default=False)],
    record: Record = None,
) -> None:
    """Copy a record, whole and consistent, while others may go on asking and adding."""
    from readout.record import open_record

    settings = begin(ctx, record=record)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        size = opened.back_up(to)
    say(f"{to}: {size:,} bytes, checked", event="backed up", bytes=size)


def doctor(ctx: typer.Context, record: Record = None) -> None:
    """Look whether a record holds together: its file, its tables, its promises. Exit status: 0 well, 1 not."""
    from rich.table import Table

    from readout.record import open_record

    settings = begin(ctx, record=record)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        findings = opened.examine()
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for finding in findings:
        table.add_row("[green]well[/]" if finding.well else "[bold red]NOT[/]", finding.what, finding.said)
    console().print(table)
    if wrong := [finding for finding in findings if not finding.well]:
        sys.stdout.flush()
        say(f"{len(wrong)} not well: restore a backup, or add the sources to a new record", "error", "not well")
        raise typer.Exit(EXIT_ERROR)
