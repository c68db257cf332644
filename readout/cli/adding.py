"""`readout add`: articles into a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from readout import logs
from readout.cli.linking import link_after
from readout.cli.parts import (
    EXIT_ERROR,
    EXIT_PARTIAL,
    Actors,
    Gazetteer,
    KeepText,
    Link,
    Published,
    Record,
    begin,
    say,
    say_conflicts,
)
from readout.cli.scaling import (
    AnyInputs,
    Country,
    Days,
    Engine,
    FromParquet,
    Parts,
    WhichEngine,
    bring_parts,
    check_usage,
    make_parts,
)
from readout.cli.searching import send_after

if TYPE_CHECKING:
    from readout.record import Added


def add(
    ctx: typer.Context,
    inputs: AnyInputs = [],  # noqa: B006 - typer copies it
    record: Record = None,
    published: Published = None,
    keep_text: KeepText = None,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
    workers: Annotated[
        int | None, typer.Option(help="So many processes read; one writes. [setting: workers]", show_default=False)
    ] = None,
    batch: Annotated[
        int | None, typer.Option(help="Articles a transaction. [setting: batch]", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and do nothing.")] = False,
    link: Link = None,
    parts: Parts = None,
    engine: WhichEngine = Engine.LOCAL,
    from_parquet: FromParquet = None,
    days: Days = None,
    country: Country = None,
) -> None:
    """Read articles into a record; what is there already is not read again.

    Stopped at any moment, it loses nothing that it said was added: run the same command again and it goes on. Exit status: 0
    all is in the record, 1 nothing could be read or the record not be written, 2 bad usage, 3 some inputs could not be read.

    With --parts it reads into Parquet files instead, on this machine or on Ray, and with --from-parquet these come into a record.
    """
    from readout.cli.progress import Progress
    from readout.reading import parse_date
    from readout.record import ReadingOptions, Watching, open_record

    settings = begin(
        ctx,
        record=record,
        keep_text=keep_text,
        actors=actors,
        gazetteer=gazetteer,
        workers=workers,
        batch=batch,
        link=link,
    )
    check_usage(inputs, parts, engine, from_parquet, dry_run=dry_run, block=days is not None or country is not None)
    if published is not None:
        parse_date(published)
    say_conflicts(settings.actors)
    options = ReadingOptions(settings.keep_text, tuple(settings.actors), settings.gazetteer)
    if parts is not None:
        make_parts(inputs, parts, engine, settings, options, published)
        return
    with open_record(settings.record, busy_timeout=settings.busy_timeout) as opened, logs.timed("run ended") as ended:
        with Progress() as progress:
            watching = Watching(batch=progress.advance, problem=progress.say)
            if from_parquet is not None:
                done = bring_parts(opened, from_parquet, days, country, settings.batch, watching)
            else:
                done = opened.add(
                    progress.measured(inputs, settings.keep_text),
                    published=published,
                    options=options,
                    workers=settings.workers,
                    size=settings.batch,
                    dry_run=dry_run,
                    command=" ".join(["add", *inputs]),
                    watching=watching,
                )
        ended.update(added=done.added, skipped=done.skipped, problems=done.problems)
        if not dry_run:
            link_after(opened, settings)
            send_after(opened, settings)
    _summarize(done, progress.seconds, dry_run)


def _summarize(done: Added, seconds: float, dry_run: bool) -> None:
    rate = f" at {done.added / seconds:,.0f} a second" if done.added and seconds > 1 and not dry_run else ""
    say(
        f"{done.added:,} {'to add' if dry_run else 'added'}{rate}, {done.skipped:,} in the record already,"
        f" {done.problems:,} not read",
        event="summary",
        added=done.added,
        skipped=done.skipped,
        problems=done.problems,
    )
    if done.problems:
        raise typer.Exit(EXIT_PARTIAL if done.added or done.skipped else EXIT_ERROR)
