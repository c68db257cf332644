"""The verbs that ask a record: `events`, `statements`, `figures`, `reports`, `actors`, `places`, `problems`, and `show`."""

from __future__ import annotations

import inspect
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from readout.cli.parts import Record as Where
from readout.cli.parts import begin, say
from readout.errors import UsageError
from readout.record.kinds import ABOUT, FACETS, HAS, ORDERS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from readout.record import Record
    from readout.record.filters import Filters


class Format(StrEnum):
    """How answers are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


_SHOWN = 50  # so many answers are in a table, unless another number is asked for
_DOES = {
    "events": "List events: who did what to whom, as each report has it.",
    "statements": "List statements: who said what.",
    "figures": "List figures: what was counted, and by whom.",
    "reports": "List reports.",
    "actors": "List actors over all reports.",
    "places": "List places over all reports.",
    "problems": "List what could not be read, or only in part.",
}
_MORE = """

QUERY is as in docs/asking.md: key:value, a comma for or, - before a key for not, a..b for ranges, and words of the text;
all of it in single quotation marks keeps the shell out: '{example}'. Each option is the filter of its name. Without
--limit a table has the first 50; the other formats have all. Exit status: 0 done, 1 the record cannot be read, 2 bad usage.
"""
_EXAMPLES = {
    "events": 'actor:Hamas -status:planned date:2005-11 "cease-fire talks"',
    "statements": "source:Blinken kind:direct",
    "figures": "measure:killed place:Gaza",
    "reports": 'publisher:Nordpost published:2005 "cease-fire"',
    "actors": "kind:person country:NO",
    "places": "country:Egypt",
    "problems": "kind:fetch",
}

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="What was known at the end of a day, or at a moment.", show_default=False
    ),
]


#: A query may begin with "-", as no option of these verbs with one letter does.
CONTEXT = {"ignore_unknown_options": True}


def verb_of(kind: str) -> Callable[..., None]:
    """The function of a verb, with an option for each filter that its kind has."""

    def verb(ctx: typer.Context, **given: Any) -> None:
        _answer(ctx, kind, **given)

    empty = inspect.Parameter.KEYWORD_ONLY
    parameters: list[tuple[str, Any, Any]] = [
        (
            "query",
            Annotated[
                list[str] | None, typer.Argument(metavar="[QUERY]…", help="What is asked for.", show_default=False)
            ],
            None,
        ),
        *((name, filter_option(name), []) for name in HAS[kind]),
        *([("as_of", AsOf, None)] if kind != "problems" else []),
        ("order", Annotated[str | None, typer.Option(help=_orders(kind), metavar="ORDER", show_default=False)], None),
        ("limit", Annotated[int | None, typer.Option(help="So many at most.", min=1, show_default=False)], None),
        *(
            [
                (
                    "by",
                    Annotated[str | None, typer.Option(metavar="FIELD", show_default=False, help=_counted(kind))],
                    None,
                )
            ]
            if kind in FACETS
            else []
        ),
        (
            "style",
            Annotated[
                Format | None,
                typer.Option(
                    "--format", help="How they are written; table, or by the name of --out.", show_default=False
                ),
            ],
            None,
        ),
        (
            "out",
            Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file.", show_default=False)],
            None,
        ),
        ("record", Where, None),
    ]
    verb.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # typer reads options from it
        [
            inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
            *(inspect.Parameter(name, empty, annotation=kind_, default=default) for name, kind_, default in parameters),
        ]
    )
    verb.__annotations__ = {"ctx": typer.Context, **{name: kind_ for name, kind_, _ in parameters}}
    verb.__name__ = kind
    verb.__doc__ = _DOES[kind] + _MORE.format(example=_EXAMPLES[kind])
    return verb


def filter_option(name: str) -> Any:
    """The option of a filter."""
    return Annotated[
        list[str],
        typer.Option(
            f"--{name}", metavar="VALUE", help=ABOUT[name][:1].upper() + ABOUT[name][1:] + ".", show_default=False
        ),
    ]


def _orders(kind: str) -> str:
    names = list(ORDERS[kind])
    return f"{', '.join(names)}; '-{names[0]}' is from the greatest down, as without this option."


def _counted(kind: str) -> str:
    return f"Count them by a field in place of listing them: {', '.join(FACETS[kind])}."


def _answer(
    ctx: typer.Context,
    kind: str,
    /,
    *,
    query: list[str] | None,
    order: str | None,
    limit: int | None,
    record: str | None,
    **given: Any,
) -> None:
    style, out, by, as_of = given.pop("style"), given.pop("out"), given.pop("by", None), given.pop("as_of", None)
    filters = filters_of(query or [], given)
    style = _style(style, out)
    with opened_record(ctx, record) as opened, _output(style, out) as stream:
        if by is not None:
            _write_counts(by, opened.facets(kind, by, filters, as_of=as_of, limit=limit or _SHOWN), style, stream)
            return
        asked: dict[str, Any] = {"order": order, **({"as_of": as_of} if kind != "problems" else {})}
        if style is Format.TABLE:
            _print_table(opened, kind, filters, limit or _SHOWN, asked, stream)
        else:
            from readout.exports.rows import WRITERS

            WRITERS[style.value](kind, getattr(opened, kind)(filters, limit=limit, **asked), stream)


def filters_of(query: list[str], given: dict[str, list[str]]) -> Filters:
    """What the query and the options ask for together."""
    from readout.record.filters import filter_of, parse_filters
    from readout.record.vocabulary import near

    for word in query:
        if word.startswith("--") and len(word) > 2:
            name = word[2:].partition("=")[0]
            raise UsageError(
                f"there is no option --{name}{near(name, [*given, 'limit', 'order', 'format', 'out', 'record'])}"
            )
    found = parse_filters(" ".join(query))
    for name, values in given.items():
        for value in values or ():
            found = found & filter_of(name, value)
    return found


def _style(style: Format | None, out: Path | None) -> Format:
    if style is None:
        known = {item.value: item for item in Format}
        style = known.get(out.suffix.removeprefix(".").lower(), Format.TABLE) if out else Format.TABLE
    if style is Format.PARQUET and out is None and sys.stdout.isatty():
        raise UsageError("Parquet is no text: name a file with --out, or send it on with | or >")
    return style


@contextmanager
def opened_record(ctx: typer.Context, where: str | None) -> Iterator[Record]:
    """The record that the settings name."""
    from readout.record import open_record

    settings = begin(ctx, record=where)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as record:
        yield record


@contextmanager
def _output(style: Format, out: Path | None) -> Iterator[BinaryIO]:
    """Where to write: standard output, or a file that is there only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from readout.exports.files import whole_file

    with whole_file(out) as stream:
        yield stream


def _print_table(
    record: Record, kind: str, filters: Filters, limit: int, asked: dict[str, Any], stream: BinaryIO
) -> None:
    from readout.exports.tables import render

    items = list(getattr(record, kind)(filters, limit=limit + 1, **asked))
    if items:
        _print(render(kind, items[:limit]), stream)
    if len(items) > limit:
        total = record.count(kind, filters, **{name: value for name, value in asked.items() if name == "as_of"})
        say(f"{limit:,} of {total:,} {kind}; --limit shows more, --format csv all")
    elif not items:
        nobody = ", ".join(map(repr, record.unknown_names(filters)))
        say(f"no {kind}" + (f"; the record knows nothing named {nobody}" if nobody else ""))


def _write_counts(field: str, counts: dict[str, int], style: Format, stream: BinaryIO) -> None:
    if style is Format.TABLE:
        from readout.exports.tables import render_counts

        _print(render_counts(field, counts), stream)
        return
    from readout.exports.rows import write_counts

    write_counts(style.value, field, counts, stream)


def _print(what: RenderableType, stream: BinaryIO) -> None:
    """To a terminal as wide as it is, elsewhere in 110 columns."""
    from rich.console import Console

    if stream is sys.stdout.buffer:
        console = Console(highlight=False)
        (console if console.is_terminal else Console(highlight=False, width=110)).print(what)
        return
    text = io.StringIO()
    Console(file=text, highlight=False, width=110).print(what)
    stream.write(text.getvalue().encode("utf-8", "backslashreplace"))


def show(
    ctx: typer.Context,
    report: Annotated[str, typer.Argument(help="The report's id, or how it begins.")],
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, as `readout read --format json` has it.")] = False,
    record: Where = None,
) -> None:
    """Show a report of the record, as `readout read` shows it.

    With --as-of, the version of the same piece of news that was known then. Exit status: 0 done, 1 the record cannot be
    read, 2 bad usage, or no such report.
    """
    with opened_record(ctx, record) as opened:
        found = opened.report(report, as_of=as_of)
    if as_json:
        import json

        sys.stdout.write(json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n")
        return
    from readout.exports.terminal import render_report

    _print(render_report(found), sys.stdout.buffer)
