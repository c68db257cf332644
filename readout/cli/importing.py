"""`readout import`: what others publish, made files of actors or a gazetteer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readout.cli.parts import EXIT_ERROR, EXIT_PARTIAL, begin, say


class Kind(StrEnum):
    """What `import` takes."""

    GEONAMES = "geonames"
    FTM = "ftm"
    WIKIDATA = "wikidata"
    PETRARCH = "petrarch"


def import_(
    ctx: typer.Context,
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

    begin(ctx)
    done = import_file(kind.value, sources, into, alternates=alternates)
    for problem in done.problems:
        where = f"{problem.name} line {problem.line}" if problem.line else problem.name
        say(f"{where}: {problem.reason}", "warning", "problem", input=problem.name, line=problem.line)
    for conflict in done.conflicts:
        what = "replaces" if conflict.replaced else "has the name of"
        say(f"{conflict.name}: {conflict.own} {what} {conflict.built_in}", event="names taken")
    for reason, count in sorted(done.left_out.items()):
        say(f"{count} left out: {reason}", event="left out", count=count)
    say(
        f"{done.written} imported, {sum(done.left_out.values())} left out, {len(done.problems)} lines not used,"
        f" {len(done.conflicts)} names that built-in entries bear",
        event="summary",
        imported=done.written,
        left_out=sum(done.left_out.values()),
        problems=len(done.problems),
    )
    if not done.written or done.problems:
        raise typer.Exit(EXIT_PARTIAL if done.written else EXIT_ERROR)
