"""`readout read`: articles in, reports out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from readout import logs
from readout.cli.parts import (
    Actors,
    Counts,
    Gazetteer,
    Inputs,
    KeepText,
    Published,
    articles,
    begin,
    console,
    counted,
    dated,
    say_conflicts,
)

if TYPE_CHECKING:
    from readout.types import Report


class Format(StrEnum):
    """How reports are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def read(
    ctx: typer.Context,
    inputs: Inputs,
    published: Published = None,
    keep_text: KeepText = None,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
    style: Annotated[
        Format, typer.Option("--format", help="For people (text), one JSON list, or one report a line.")
    ] = Format.TEXT,
) -> None:
    """Read articles and print their reports.

    Takes text, pages, JSONL, feeds, wire formats, mail, tables and archives of these (docs/sources.md); what a file holds is
    told by its content. Exit status: 0 all read, 1 nothing could be read, 2 bad usage, 3 some could not be read.
    """
    from readout.reading import parse_date, read_many

    settings = begin(ctx, keep_text=keep_text, actors=actors, gazetteer=gazetteer)
    if published is not None:
        parse_date(published)
    say_conflicts(settings.actors)
    counts = Counts()
    with logs.timed("run ended") as ended:
        logs.log("info", "run began", inputs=len(inputs))
        found = dated(articles(inputs, settings.keep_text, counts), published)
        reports = read_many(found, keep_text=settings.keep_text, actors=settings.actors, gazetteer=settings.gazetteer)
        print_reports(counted(reports, counts), style)
        ended.update(read=counts.read, problems=counts.problems)
    counts.finish()


def print_reports(reports: Iterator[Report], style: Format) -> None:
    """Writes reports to standard output, each as soon as it is there."""
    if style is Format.TEXT:
        from readout.exports.terminal import render_report

        out = console()
        for n, report in enumerate(reports):
            if n:
                out.rule(style="dim")
            out.print(render_report(report))
    elif style is Format.JSONL:
        for report in reports:
            sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=1) + "\n")
