"""What a format is, made of its literal: a schema for programs, a note for people, and its part of docs/exports.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import Export, Field
from readout.exports.queries import QUERIES
from readout.record.views import VIEWS, View

#: Types of Table Schema and JSON Schema.
_TYPES = {
    "text": "string", "whole": "integer", "number": "number", "yes": "boolean", "words": "array", "wholes": "array", "object": "object",
    "objects": "array",
}  # fmt: skip
#: The same in words for people.
CALLED = {
    "text": "text", "whole": "whole number", "number": "number", "yes": "yes or no", "words": "list of text", "wholes": "list of numbers",
    "object": "object", "objects": "list of objects",
}  # fmt: skip
_LAYOUTS = {
    "csv": "CSV (RFC 4180), UTF-8, with a header",
    "tab": "text parted by tabs, UTF-8, with a header; quotation marks where a value has a tab, a line's end or such a mark",
    "bare": "text parted by tabs, UTF-8, without a header or quotation marks",
    "jsonl": "JSON lines, UTF-8",
    "parquet": "Parquet",
    "geojson": "GeoJSON (RFC 7946), UTF-8",
}


def schema(export: Export) -> dict[str, Any]:
    """The format as Table Schema has it, with what each field is made from and what is lost."""
    return {
        "name": export.name,
        "description": export.about,
        "row": export.row,
        "layouts": {name: _LAYOUTS[name] for name in export.layouts},
        "list_separator": export.between,
        "missingValues": [""],
        "fields": [_field(field) for field in export.fields],
        "loses": list(export.loses),
    }


def _field(field: Field) -> dict[str, Any]:
    return {"name": field.name, "type": _TYPES[field.type], "description": field.about, "from": field.source}


def about_lines(export: Export) -> Iterator[str]:
    """What the format is and what it loses."""
    yield f"{export.name}: {export.about}"
    yield f"A row is {export.row}; {len(export.fields)} columns; written as {', '.join(export.layouts)}."
    yield "What it loses:"
    yield from (f"- {sentence}" for sentence in export.loses)


def overview() -> str:
    """The table of all formats, in Markdown."""
    rows = [
        f"| `{e.name}` | {e.row} | {len(e.fields)} | {', '.join(e.layouts)} | {e.about} |" for e in EXPORTS.values()
    ]
    return "\n".join(["| format | a row is | columns | written as | what it is |", "|---|---|---|---|---|", *rows])


def columns() -> str:
    """The columns of every format and what it loses, in Markdown."""
    return "\n\n".join(map(_section, EXPORTS.values()))


def _section(export: Export) -> str:
    rows = [f"| `{f.name}` | {CALLED[f.type]} | {f.about} | {f.source} |" for f in export.fields]
    return "\n".join([
        f"### {export.name}", "", export.about, "", *(f"- {sentence}" for sentence in export.loses), "",
        "| column | type | says | made from |", "|---|---|---|---|", *rows,
    ])  # fmt: skip


def datasette_metadata(database: str) -> dict[str, Any]:
    """What Datasette says of a record's views: titles, columns, by what to count, in which order; and questions that are ready to be asked.

    Args:
        database: the name that Datasette gives the file, which is its own without its ending.
    """
    tables = {view.name: _table(view) for view in VIEWS}
    asked = {one.name: {"title": one.title, "description": one.about, "sql": one.sql} for one in QUERIES}
    return {
        "title": "Readout",
        "description": "Who did or said what to whom, and on whose word",
        "databases": {database: {"tables": tables, "queries": asked}},
    }


def _table(view: View) -> dict[str, Any]:
    names = [column.name for column in view.columns]
    return {
        "title": view.name.removesuffix("_view"),
        "description": view.about,
        "columns": {column.name: column.about for column in view.columns},
        "facets": [name for name in ("type", "status", "measure", "sourcing", "publisher") if name in names],
        "sort_desc": "day" if "day" in names else "published",
    }


def views() -> str:
    """The views of a record and their columns, in Markdown."""
    return "\n\n".join(_view(view) for view in VIEWS)


def queries() -> str:
    """The questions that are ready to be asked, in Markdown."""
    return "\n\n".join(f"### {one.name}\n\n{one.about}\n\n```sql\n{one.sql}\n```" for one in QUERIES)


def _view(view: View) -> str:
    rows = [f"| `{column.name}` | {column.about} |" for column in view.columns]
    return "\n".join([f"### {view.name}", "", view.about, "", "| column | says |", "|---|---|", *rows])
