"""`readout explain`: why an event was read."""

from __future__ import annotations

from typing import Annotated

import typer

from readout.cli.parts import (
    EXIT_ERROR,
    Actors,
    Counts,
    Gazetteer,
    KeepText,
    Published,
    articles,
    begin,
    console,
    dated,
)
from readout.errors import UsageError


def explain(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="A file with one article, or - for standard input.")],
    number: Annotated[int, typer.Argument(help="Which event: its number in the report, from 0.", min=0)],
    published: Published = None,
    keep_text: KeepText = None,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
) -> None:
    """Say why an event was read: the tree of its sentence, the knowledge entry, and the words behind every value."""
    from rich.text import Text

    from readout.explaining import explain as why
    from readout.reading import read_with_document

    settings = begin(ctx, keep_text=keep_text, actors=actors, gazetteer=gazetteer)
    counts = Counts()
    article = next(dated(articles([file], settings.keep_text, counts), published), None)
    if article is None:
        raise typer.Exit(EXIT_ERROR)
    report, document = read_with_document(
        article, keep_text=settings.keep_text, actors=settings.actors, gazetteer=settings.gazetteer
    )
    if number >= len(report.events):
        raise UsageError(f"there is no event {number}: the report has {len(report.events)}, numbered from 0")
    event = report.events[number]
    explanation = why(report, document, event)
    out = console()
    out.print(Text(explanation.sentence, style="bold"), "")
    for line in explanation.tree:
        out.print(Text(line, style="bold" if line.startswith("▶") else ""), soft_wrap=True)
    out.print()
    for what, reason in explanation.reasons:
        out.print(Text(f"{what:>15}  ", style="dim").append(reason, style="not dim"))
