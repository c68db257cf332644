"""A shard read into its part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from readout.errors import RecordError, SourceError
from readout.record.adding import Batch, batches_of
from readout.record.workers import Read
from readout.scale.blocks import Where
from readout.scale.folder import NOTED, PROBLEMS, Entry, Folder, Job, as_problems
from readout.scale.shards import Shard, fetched
from readout.sources import read_source
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

_ROWS = 256  # of a row group: what is in memory at a time
_BATCH = 32  # articles


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a shard: what the manifest says of its part, and whether that was made now. `problems` are those met now."""

    entry: Entry
    made: bool
    problems: tuple[SourceProblem, ...] = ()


#: What came of a shard; a problem where a file cannot be opened, and then there is no part.
Outcome = Done | SourceProblem


def make_part(shard: Shard, job: Job, folder: Folder, read: Callable[[Iterable[Batch]], Iterator[Read]]) -> Outcome:
    """Reads a shard and writes its part, unless it is there.

    Args:
        shard: the files.
        job: how they are read.
        folder: where the part goes.
        read: reads batches, in order, as `readout.record.workers.reading` gives it.

    Raises:
        RecordError: the part cannot be written.
    """
    with ExitStack() as stack:
        here = []
        for item in shard.inputs:
            try:
                path, digest = stack.enter_context(fetched(item))
            except SourceError as error:
                return SourceProblem(item.name, "open", str(error))
            here.append((item.name, path, digest))
        part = job.part_name([(name, digest) for name, _, digest in here])
        known = folder.entry(part)
        if known is not None:
            return Done(known, made=False)
        if folder.files.has(folder.file_of(part)):
            return Done(_note_again(folder, part, job), made=False)
        inputs = tuple((item.name, digest, item.size) for item, (_, _, digest) in zip(shard.inputs, here, strict=True))
        files = [(name, path) for name, path, _ in here]
        try:
            done = _write(Entry(part, shard.order, inputs), files, job, folder, read)
            folder.note(done.entry, job)
        except OSError as error:
            raise RecordError(f"{folder.where} cannot be written: {error.strerror or error}") from error
        return done


def _note_again(folder: Folder, part: str, job: Job) -> Entry:
    """Puts a part into the manifest that is there and not in it: who made it was ended in between."""
    import pyarrow.parquet as pq

    with folder.open(part) as stream:
        entry = Entry.from_json(pq.read_metadata(stream).metadata[NOTED])
    folder.note(entry, job)
    return entry


def _write(
    entry: Entry,
    here: list[tuple[str, Path]],
    job: Job,
    folder: Folder,
    read: Callable[[Iterable[Batch]], Iterator[Read]],
) -> Done:
    found = _Found(here, job)
    name = folder.file_of(entry.part)
    begun = folder.files.begin(name)
    try:
        entry, problems = _fill(begun, entry, found, job, read)
        made = folder.files.take(begun, name)
    finally:
        begun.unlink(missing_ok=True)
    return Done(entry, made, problems)


def _fill(
    path: Path, entry: Entry, found: _Found, job: Job, read: Callable[[Iterable[Batch]], Iterator[Read]]
) -> tuple[Entry, tuple[SourceProblem, ...]]:
    import pyarrow.parquet as pq

    from readout.scale.rows import row_schema, to_table

    problems: list[SourceProblem] = []
    rows, where = 0, Where()
    with pq.ParquetWriter(path, row_schema(), compression="zstd", write_page_index=False) as writer:
        waiting: list[Any] = []
        for batch, prepared in read(found.batches()):
            problems += batch.problems
            waiting += prepared
            rows += len(prepared)
            where.add(prepared)
            if len(waiting) >= _ROWS:
                writer.write_table(to_table(waiting))
                waiting = []
        if waiting:
            writer.write_table(to_table(waiting))
        entry = replace(
            entry,
            articles=rows,
            again=found.again,
            problems=len(problems),
            days=where.days,
            countries=where.countries,
        )
        writer.add_key_value_metadata({NOTED: entry.to_json(job), PROBLEMS: as_problems(problems)})
    return entry, tuple(problems)


class _Found:
    """The articles of some files, each once; `again` counts those that were the same as one before."""

    def __init__(self, here: list[tuple[str, Path]], job: Job) -> None:
        self._here, self._job = here, job
        self.again = 0

    def batches(self) -> Iterator[Batch]:
        """The articles in batches, as they are read."""
        keep_text = self._job.options.keep_text
        met: set[str] = set()
        for batch in batches_of(self._items(), _BATCH, keep_text=keep_text, published=self._job.published):
            new = []
            for content, article in batch.articles:
                if content in met:
                    self.again += 1
                else:
                    met.add(content)
                    new.append((content, article))
            yield replace(batch, articles=tuple(new))

    def _items(self) -> Iterator[Article | SourceProblem]:
        for name, path in self._here:
            yield from read_source(path, name, keep_text=self._job.options.keep_text)
