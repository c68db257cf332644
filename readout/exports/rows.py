"""Answers of a record as CSV, JSON lines and Parquet, written as they come."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, Protocol

from readout.errors import UsageError
from readout.exports.columns import COLUMNS, Column

_GROUP = 10_000  # rows of a group of a Parquet file; of one that is no larger than this, all
#: What a spreadsheet takes for the beginning of a formula, in some countries in the wide letters too, and what it may pass over before it.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_PASSED = " \t\r\n\u00a0\ufeff"
_LIST = "; "


class _Item(Protocol):
    def to_json(self) -> dict[str, Any]: ...


def write_jsonl(kind: str, items: Iterable[_Item], stream: BinaryIO) -> int:
    """One JSON object a line, with all fields of the answers; how many."""
    number = 0
    for item in items:
        stream.write(json.dumps(item.to_json(), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        number += 1
    return number


def write_csv(kind: str, items: Iterable[_Item], stream: BinaryIO) -> int:
    """A header and a line for each answer, UTF-8, as RFC 4180 has it; how many. Lists are joined by "; ".

    Text that begins as a formula does (= + - @, a tab, a carriage return) gets an apostrophe before it, so that no spreadsheet works
    it out; numbers do not.
    """
    columns = COLUMNS[kind]
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        number = 0
        for item in items:
            writer.writerow([_cell(column, item) for column in columns])
            number += 1
        return number
    finally:
        text.detach()  # the stream is the caller's to close


def _cell(column: Column, item: Any) -> Any:
    value = column.value(item)
    if value is None:
        return ""
    if column.type in ("words", "wholes"):
        value = _LIST.join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return safe(value) if isinstance(value, str) else value


def safe(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    risky = value.startswith(_FORMULA) or value.lstrip(_PASSED).startswith(_FORMULA)
    return "'" + value if risky else value


def write_parquet(kind: str, items: Iterable[_Item], stream: BinaryIO) -> int:
    """A Parquet file, in groups of rows, so that memory does not grow with their number; how many. Lists stay lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "yes": pa.bool_(), "words": pa.list_(pa.string()),
        "wholes": pa.list_(pa.int64()),
    }  # fmt: skip
    columns = COLUMNS[kind]
    schema = pa.schema([pa.field(c.name, types[c.type], metadata={"about": c.about}) for c in columns])
    number = 0
    # A pipe cannot say where it stands.
    with pq.ParquetWriter(pa.PythonFile(Counted(stream), mode="w"), schema, compression="zstd") as writer:
        for rows in _groups(items):
            arrays = [
                pa.array([_plain(column.value(row)) for row in rows], type=types[column.type]) for column in columns
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP)
            number += len(rows)
    return number


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _groups(items: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(items)
    while rows := list(islice(waiting, _GROUP)):
        yield rows


def write_counts(style: str, field: str, counts: Mapping[str, int], stream: BinaryIO) -> None:
    """How many there are of each value, as CSV or JSON lines.

    Raises:
        UsageError: the format has no such table.
    """
    if style == "jsonl":
        lines = (json.dumps({field: value, "number": number}, ensure_ascii=False) for value, number in counts.items())
        stream.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    elif style == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([field, "number"])
        writer.writerows([safe(value), number] for value, number in counts.items())
        stream.write(text.getvalue().encode("utf-8", "backslashreplace"))
    else:
        raise UsageError(f"counts are written as table, csv or jsonl, not as {style}")


class Counted(io.RawIOBase):
    """A stream that knows how much was written to it; it does not close what it writes to."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self.stream, self.at = stream, 0

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Writes, and counts; how many bytes."""
        written = self.stream.write(data)
        self.at += len(data)
        return written if written is not None else len(data)

    def tell(self) -> int:
        """How many bytes were written."""
        return self.at

    def flush(self) -> None:
        """Has the stream write what it holds back."""
        if not self.closed:
            self.stream.flush()


#: How answers are written, by the name of the format: gets what they are, the answers, and where to.
WRITERS: dict[str, Callable[[str, Iterable[Any], BinaryIO], int]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}
