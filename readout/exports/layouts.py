"""Rows of an export as files: CSV, text parted by tabs, JSON lines, Parquet, GeoJSON; written as they come."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from readout.exports.formats.fields import Export, Field, Layout
from readout.exports.rows import Counted, safe

_GROUP = 10_000  # rows of a group of a Parquet file
#: What ends a line for one reader or another, parts columns, or is no sign at all.
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")

Rows = Iterable[Any]


def write_csv(export: Export, rows: Rows, stream: BinaryIO, guard: bool) -> int:
    """UTF-8 with a header, as RFC 4180 has it; how many rows."""
    return _separated(export, rows, stream, guard, delimiter=",", ending="\r\n")


def write_tab(export: Export, rows: Rows, stream: BinaryIO, guard: bool) -> int:
    """UTF-8 with a header, parted by tabs, quotation marks where a value has a tab, a line's end or such a mark; how many rows."""
    return _separated(export, rows, stream, guard, delimiter="\t", ending="\n")


def _separated(export: Export, rows: Rows, stream: BinaryIO, guard: bool, *, delimiter: str, ending: str) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    number = 0
    try:
        # Told that lines end in both, the writer puts quotation marks around either.
        writer = csv.writer(_Ending(text, ending), delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(export.names)
        for row in rows:
            writer.writerow([cell(field, row, export.between, guard) for field in export.fields])
            number += 1
    finally:
        text.detach()  # the stream is the caller's to close
    return number


class _Ending:
    """Lines, each with another end than the one that they come with."""

    def __init__(self, stream: io.TextIOWrapper, ending: str) -> None:
        self.stream, self.ending = stream, ending

    def write(self, line: str) -> int:
        """Writes a line."""
        return self.stream.write(line.removesuffix("\r\n") + self.ending)


def write_bare(export: Export, rows: Rows, stream: BinaryIO, guard: bool) -> int:
    """UTF-8 without a header or quotation marks, parted by tabs: within a value tabs, ends of lines and double quotation marks become
    blanks and single ones; how many rows."""
    number = 0
    for row in rows:
        cells = (str(cell(field, row, export.between, guard)) for field in export.fields)
        line = "\t".join(_BREAKS.sub(" ", value).replace('"', "'") for value in cells)
        stream.write(f"{line}\n".encode("utf-8", "backslashreplace"))
        number += 1
    return number


def cell(field: Field, row: Any, between: str, guard: bool) -> Any:
    """A value as it stands in a table. Zero bytes, which no reader of tables takes, become U+FFFD."""
    value = field.value(row)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list | tuple):
        mark = between.strip()
        value = between.join(str(part).replace(mark, ",") for part in value)
    if isinstance(value, str):
        value = value.replace("\0", "\ufffd")
        return safe(value) if guard else value
    return value


def write_jsonl(export: Export, rows: Rows, stream: BinaryIO, guard: bool) -> int:
    """One JSON object a line; how many rows."""
    number = 0
    for row in rows:
        stream.write(_json({field.name: field.value(row) for field in export.fields}) + b"\n")
        number += 1
    return number


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")


def write_geojson(export: Export, rows: Rows, stream: BinaryIO, guard: bool) -> int:
    """A FeatureCollection, as RFC 7946 has it, a feature a line: the first field is its id, the second its geometry, the others are its
    properties; how many."""
    id_, geometry, *properties = export.fields
    stream.write(b'{"type": "FeatureCollection", "features": [')
    number = 0
    for row in rows:
        feature = {
            "type": "Feature",
            "id": id_.value(row),
            "geometry": geometry.value(row),
            "properties": {field.name: field.value(row) for field in properties},
        }
        stream.write((b",\n" if number else b"\n") + _json(feature))
        number += 1
    stream.write(b"\n]}\n")
    return number


def write_parquet(export: Export, rows: Rows, stream: BinaryIO, guard: bool) -> int:
    """A Parquet file in groups of rows, with what each column says in its metadata; how many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "yes": pa.bool_(), "words": pa.list_(pa.string()),
        "wholes": pa.list_(pa.int64()),
    }  # fmt: skip
    fields = export.fields
    schema = pa.schema([pa.field(f.name, types[f.type], metadata={"about": f.about, "from": f.source}) for f in fields])
    number = 0
    with pq.ParquetWriter(pa.PythonFile(Counted(stream), mode="w"), schema, compression="zstd") as writer:
        for some in _groups(rows):
            arrays = [pa.array([_plain(f.value(row)) for row in some], type=types[f.type]) for f in fields]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP)
            number += len(some)
    return number


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


def _groups(rows: Rows) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while some := list(islice(waiting, _GROUP)):
        yield some


#: How rows are written, by the name of the layout: gets the export, the rows, where to, and whether formulas are guarded against.
LAYOUTS: dict[Layout, Callable[[Export, Rows, BinaryIO, bool], int]] = {
    "csv": write_csv,
    "tab": write_tab,
    "bare": write_bare,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "geojson": write_geojson,
}
