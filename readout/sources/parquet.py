"""Parquet: one article a row, columns told by the usual names of a table's, row group by row group."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from readout.errors import SourceError
from readout.sources.article import Article
from readout.sources.jsonl import article_of
from readout.sources.problem import SourceProblem
from readout.sources.tables import fields_of
from readout.sources.text import checked

_MARK = b"PAR1"
_ROWS = 64  # at a time
_LARGEST_GROUP = 2_000_000_000  # bytes, unpacked, of the columns that are read
_SPOOLED = 64_000_000


def is_parquet(head: bytes) -> bool:
    """Whether a file begins as Parquet."""
    return head.startswith(_MARK)


def read_parquet(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The articles of a file's rows, in order, some rows in memory at a time; a row that cannot be read is a problem."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as kept:
        try:
            file = pq.ParquetFile(_seekable(stream, kept))
            yield from _read(file, name, keep_text)
        except SourceError as error:
            yield SourceProblem(name, "parse", str(error))
        except (pa.ArrowException, OSError, MemoryError) as error:
            said = " ".join(str(error).split())[:120]
            yield SourceProblem(name, "parse", f"not Parquet, or broken: {said}")


def _seekable(stream: BinaryIO, kept: Any) -> BinaryIO:
    """A stream whose end can be gone to, where what is wanted is: that of a packed file cannot, and is put aside."""
    try:
        stream.seek(0, io.SEEK_END)
        stream.seek(0)
    except io.UnsupportedOperation:
        shutil.copyfileobj(stream, kept)
        kept.seek(0)
        found: BinaryIO = kept
        return found
    return stream


def _read(file: Any, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    names = file.schema_arrow.names
    fields = fields_of(names)
    if fields is None or "text" not in fields:
        raise SourceError(
            "a table without a column of texts (it must be called text, body, content, article or the like)"
        )
    columns = {names[at]: field for at, field in enumerate(fields) if field is not None}
    number = 0
    for group in range(file.metadata.num_row_groups):
        about = file.metadata.row_group(group)
        wanted = (about.column(at) for at in range(about.num_columns))
        if sum(one.total_uncompressed_size for one in wanted if one.path_in_schema in columns) > _LARGEST_GROUP:
            raise SourceError(f"row group {group + 1} unpacks to more than {_LARGEST_GROUP // 10**9} GB")
        for batch in file.iter_batches(_ROWS, row_groups=[group], columns=list(columns)):
            for row in batch.rename_columns([columns[one] for one in batch.schema.names]).to_pylist():
                number += 1
                yield from _read_row(row, f"{name} row {number}", keep_text)
    if not number:
        raise SourceError("a table without a row")


def _read_row(row: dict[str, Any], where: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    try:
        article = article_of({field: _plain(value) for field, value in row.items()}, where, keep_text)
    except SourceError as error:
        yield SourceProblem(where, "parse", str(error))
    else:
        yield from checked(article)


def _plain(value: object) -> object:
    """A value as JSON would have it."""
    return value.isoformat() if isinstance(value, dt.date) else value
