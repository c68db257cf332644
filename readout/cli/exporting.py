"""`readout export`: what is asked of a record, as a file in a format that others read."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readout.cli.asking import AsOf, filter_option, filters_of, opened_record
from readout.cli.parts import Record as Where
from readout.cli.parts import begin, say
from readout.errors import UsageError
from readout.record.kinds import ABOUT

if TYPE_CHECKING:
    from readout.exports.exporting import Exported
    from readout.exports.formats.fields import Export


class Layout(StrEnum):
    """How an export is written."""

    CSV = "csv"
    TAB = "tab"
    BARE = "bare"
    JSONL = "jsonl"
    PARQUET = "parquet"
    GEOJSON = "geojson"


class Redact(StrEnum):
    """What is taken out of an export."""

    PERSONS = "persons"
    TEXT = "text"


class Rule(StrEnum):
    """How one value is made of those that the reports of an incident differ in."""

    MOST_RECENT = "most_recent"
    MOST_CITED = "most_cited"
    MOST_CONSERVATIVE = "most_conservative"
    MEDIAN = "median"
    BY_SOURCE_CLASS = "by_source_class"


#: What is no export, and belongs to one: what Datasette says of a record.
_METADATA = "datasette-metadata"


def _option(*names: str, **more: Any) -> Any:
    return typer.Option(*names, show_default=False, **more)


#: The arguments and options, by name: what typer makes of each, and what it is where it is not given.
_OWN: tuple[tuple[str, Any, Any], ...] = (
    ("name", Annotated[str | None, typer.Argument(metavar="[FORMAT]", help="The format; without one, what there is.",
     show_default=False)], None),
    ("query", Annotated[list[str] | None, typer.Argument(metavar="[QUERY]…", help="What is asked for.", show_default=False)], None),
    ("output", Annotated[Path | None, _option("--output",
     "-o", metavar="FILE", help="Write to a file, which is there only once it is whole.")], None),
    ("layout", Annotated[Layout | None, _option("--format",
     help="How it is written; by the name of --output, else the format's usual way.")], None),
    ("all_", Annotated[bool, _option("--all", help="Events whatever their status, planned and denied ones too.")], False),
    ("spoken", Annotated[bool, _option("--spoken",
     help="Beside what happened: requests, refusals, threats and promises that were made.")], False),
    ("claims", Annotated[bool, _option("--claims", help="Each claim by itself, where the format has incidents.")], False),
    ("rule", Annotated[Rule, typer.Option(help="How one value is made of those that reports differ in (docs/incidents.md).")],
     Rule.MOST_CITED),
    ("classes", Annotated[str | None, _option("--classes", metavar="A,B,…",
     help="For by_source_class: whom to believe, most believed first.")], None),
    ("redact", Annotated[list[Redact], _option("--redact",
     help="persons: who holds no office is called by a role; text: no words of articles."
                                               " May be given again.")], []),
    ("guard", Annotated[bool, typer.Option("--formula-guard/--no-formula-guard",
                                           help="An apostrophe before text that a spreadsheet would work out.")], True),
    ("as_of", AsOf, None),
    ("limit", Annotated[int | None, _option(help="So many rows at most.", min=1)], None),
    ("schema", Annotated[bool, _option("--schema",
     help="Say what its columns are and what they are made from, as JSON; no record is needed.")], False),
    ("about", Annotated[bool, _option("--about", help="Say what it is and what it loses; no record is needed.")], False),
    ("record", Where, None),
)  # fmt: skip


def verb() -> Callable[..., None]:
    """The function of the verb, with an option for each filter."""

    def export(ctx: typer.Context, **given: Any) -> None:
        _export(ctx, **given)

    only = inspect.Parameter.KEYWORD_ONLY
    parameters = [*_OWN, *((name, filter_option(name), []) for name in ABOUT)]
    export.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # typer reads options from it
        [
            inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
            *(inspect.Parameter(name, only, annotation=kind, default=default) for name, kind, default in parameters),
        ]
    )
    export.__annotations__ = {"ctx": typer.Context, **{name: kind for name, kind, _ in parameters}}
    export.__doc__ = """Write what is asked for in a format that others read: POLECAT, ICEWS, GDELT, UCDP, ACLED, GeoJSON, ….

    Of events only what happened (occurred, ongoing) is written, unless QUERY, --status, --all or --spoken say more. Without FORMAT
    the formats are listed; docs/exports.md has their columns. Exit status: 0 done, 1 the record cannot be read, 2 bad usage.
    """
    return export


def _export(
    ctx: typer.Context,
    /,
    *,
    name: str | None,
    query: list[str] | None,
    output: Path | None,
    record: str | None,
    **given: Any,
) -> None:
    from readout.exports.exporting import export, format_named, layout_of

    if name is None:
        _list()
        return
    if name == _METADATA:
        _write_metadata(ctx, record, output)
        return
    found = format_named(name)
    if given.pop("schema") | (about := given.pop("about")):
        _describe(found, about=about)
        return
    options = {
        key: given.pop(key)
        for key in ("layout", "all_", "spoken", "claims", "rule", "classes", "redact", "guard", "as_of", "limit")
    }
    filters = filters_of(query or [], given)
    layout = options["layout"].value if options["layout"] else None
    if layout_of(found, layout, output) == "parquet" and output is None and sys.stdout.isatty():
        raise UsageError("Parquet is no text: name a file with --output, or send it on with | or >")
    with opened_record(ctx, record) as opened:
        done = export(
            opened,
            name,
            filters,
            output if output is not None else sys.stdout.buffer,
            layout=layout,
            everything=options["all_"],
            spoken=options["spoken"],
            merge=not options["claims"],
            rule=options["rule"].value,
            order=[part.strip() for part in (options["classes"] or "").split(",") if part.strip()],
            redact=[part.value for part in options["redact"]],
            guard=options["guard"],
            as_of=options["as_of"],
            limit=options["limit"],
        )
    sys.stdout.flush()
    _summarize(found, done)
    if not found.status and (options["all_"] or options["spoken"] or filters.status):
        say(
            f"{name} has no column for status: what did not happen cannot be told from what did", "warning", "no status"
        )


def _write_metadata(ctx: typer.Context, record: str | None, output: Path | None) -> None:
    """What Datasette says of the record, as its file of metadata."""
    from readout.exports.describing import datasette_metadata
    from readout.exports.files import whole_file

    where = begin(ctx, record=record).record
    if "://" in where:
        raise UsageError("Datasette opens SQLite files: a record in PostgreSQL is looked at with its own programs")
    made = json.dumps(datasette_metadata(Path(where).stem), ensure_ascii=False, indent=1) + "\n"
    if output is None:
        sys.stdout.write(made)
        return
    with whole_file(output) as stream:
        stream.write(made.encode())


def _summarize(export: Export, done: Exported) -> None:
    """Says how many rows there are, and what is not among them, on standard error."""
    left = ", ".join(f"{number:,} {why.replace('_', ' ')}" for why, number in done.left_out.items())
    lost = ", ".join(f"{what} of {number:,}" for what, number in sorted(done.lost.items()))
    say(
        f"{done.rows:,} rows of {export.name}"
        + (f"; left out: {left}" if left else "")
        + (f"; no room for {lost}" if lost else ""),
        event="exported",
        rows=done.rows,
    )


def _list() -> None:
    from rich.table import Table

    from readout.cli.parts import console
    from readout.exports.formats import EXPORTS

    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("format", "columns", "written as", "what it is"):
        table.add_column(title, overflow="fold", justify="right" if title == "columns" else "left")
    for found in EXPORTS.values():
        table.add_row(found.name, str(len(found.fields)), ", ".join(found.layouts), found.about)
    table.add_row(_METADATA, "", "json", "What Datasette says of the views of a record.")
    console().print(table)


def _describe(export: Export, *, about: bool) -> None:
    from readout.exports.describing import about_lines, schema

    if about:
        sys.stdout.write("\n".join(about_lines(export)) + "\n")
    else:
        sys.stdout.write(json.dumps(schema(export), ensure_ascii=False, indent=1) + "\n")
