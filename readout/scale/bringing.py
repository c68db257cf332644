"""Parts into a record: the rows that adding the same articles in the same order would have made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readout.errors import RecordError
from readout.record import Added, Record, Watching
from readout.record.writing import Prepared
from readout.scale.blocks import Block
from readout.scale.folder import Entry, Folder, problems_of
from readout.sources.problem import SourceProblem

Some = tuple[list[Prepared], tuple[SourceProblem, ...], int]


def bring(
    record: Record,
    parts: str,
    *,
    block: Block = Block(),  # noqa: B008 - frozen
    size: int = 32,
    command: str = "add",
    watching: Watching = Watching(),  # noqa: B008 - frozen
) -> Added:
    """Writes what the parts of a folder hold and the record does not, in the order of the inputs, a batch a transaction.

    Args:
        record: where to.
        parts: the folder, a path or an address that fsspec knows.
        block: only the reports of some days and a country; problems then stay behind.
        size: articles a batch.
        command: what asked for it, for the log of runs.
        watching: what is called as it goes on.

    Raises:
        UsageError: it is no folder of parts.
        RecordError: a part is not what the manifest says, or the record cannot be written; batches before it are in it.
    """
    folder = Folder(parts)
    folder.about()
    entries = folder.entries()
    noted = {entry.part for entry in entries}
    unnoted = sum(part not in noted for part in folder.parts())
    if unnoted:
        raise RecordError(f"{unnoted} parts in {parts} are not in its manifest: run what made them again, it goes on")
    wanted = [entry for entry in entries if block.may_be_in(entry)]
    found = (some for entry in wanted for some in _some(record, folder, entry, block, size))
    return record.take(found, command, watching)


def _some(record: Record, folder: Folder, entry: Entry, block: Block, size: int) -> Iterator[Some]:
    """What a part holds that is new, in batches; its problems come with the last."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with folder.open(entry.part) as stream:
            file = pq.ParquetFile(stream)
            if file.metadata.num_rows != entry.articles:
                raise RecordError(f"{folder.where}: part {entry.part} has not the rows that its manifest says")
            waiting: Some = [], (), 0
            for number, batch in enumerate(file.iter_batches(size)):
                if number:
                    yield waiting
                waiting = _new(record, batch if block == Block() else _within(block, batch))
            prepared, _, skipped = waiting
            if block == Block():
                waiting = prepared, problems_of(file.metadata.metadata), skipped + entry.again
            yield waiting
    except (pa.ArrowException, OSError, KeyError) as error:
        raise RecordError(
            f"{folder.where}: part {entry.part} cannot be read: {' '.join(str(error).split())}"
        ) from error


def _within(block: Block, batch: Any) -> Any:
    import pyarrow as pa

    days, places = (batch.column(name).to_pylist() for name in ("published", "claim_places"))
    return batch.filter(pa.array([block.has(*one) for one in zip(days, places, strict=True)], pa.bool_()))


def _new(record: Record, batch: Any) -> Some:
    import pyarrow as pa

    from readout.scale.rows import from_table

    contents = batch.column("content_id").to_pylist()
    known = record.known(contents)
    new = batch.filter(pa.array([content not in known for content in contents], pa.bool_()))
    return list(from_table(new)), (), len(known)
