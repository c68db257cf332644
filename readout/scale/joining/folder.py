"""A folder of groups: a Parquet file for each kind, and a manifest, written last, that says what they were made of.

story.parquet, incident.parquet, …    a row a group, in the order of their ids
copy.parquet                          a row a pair of copies
manifest.json                         what is in them, and their hashes: what has none is not done
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from readout.errors import RecordError, UsageError
from readout.scale.files import files_at
from readout.scale.joining.rows import TABLES, Row
from readout.version import __version__

FORMAT = 1
MANIFEST = "manifest.json"
_ROWS = 2_000  # of a row group: what is in memory at a time


@dataclass(frozen=True, slots=True)
class Made:
    """What groups were made of.

    Attributes:
        of: what was linked or joined: a digest of the reports, or the ids of the blocks.
        reports: how many were looked at.
        days: the first and the last on which one of them became known; none where there is no report.
        readers: that read them, each its version, model and knowledge.
        decisions: of people, as JSON values.
    """

    of: Mapping[str, Any]
    reports: int
    days: tuple[str, ...]
    readers: tuple[tuple[str, str, str], ...]
    decisions: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is written."""
        readers = [dict(zip(("version", "model", "knowledge"), reader, strict=True)) for reader in self.readers]
        return {
            "made_of": dict(self.of),
            "reports": self.reports,
            "days": list(self.days),
            "readers": readers,
            "decisions": [dict(item) for item in self.decisions],
        }


@dataclass(frozen=True, slots=True)
class Written:
    """What a manifest says: `made`, and the rows and the hash of each file."""

    made: Made
    files: Mapping[str, Mapping[str, Any]]

    @property
    def id(self) -> str:
        """What names it: the same for the same groups made of the same."""
        told = json.dumps(
            [self.made.to_json(), {name: self.files[name] for name in sorted(self.files)}], sort_keys=True
        )
        return hashlib.sha256(told.encode("ascii")).hexdigest()[:32]

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.files[file_of(table)]["rows"])


def file_of(table: str) -> str:
    """The file of a table."""
    return f"{table}.parquet"


class GroupFolder:
    """A folder of groups: a path, or an address that fsspec knows."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.files = files_at(where)

    def written(self) -> Written | None:
        """What its manifest says; None where it has none, and is not done.

        Raises:
            RecordError: the manifest is none.
        """
        if not self.files.has(MANIFEST):
            return None
        try:
            with self.files.open(MANIFEST) as stream:
                given = json.loads(stream.read())
            if given["format"] != FORMAT:
                raise UsageError(f"the groups in {self.where} are of a form that this version does not read")
            readers = tuple((one["version"], one["model"], one["knowledge"]) for one in given["readers"])
            made = Made(given["made_of"], given["reports"], tuple(given["days"]), readers, tuple(given["decisions"]))
            return Written(made, {file_of(table): given["files"][file_of(table)] for table in TABLES})
        except (ValueError, KeyError, TypeError) as error:
            raise RecordError(f"{self.where}/{MANIFEST} is no manifest of groups: {error}") from error

    def write(self, made: Made, tables: Mapping[str, Iterable[Row]]) -> tuple[Written, bool]:
        """Writes groups, each table in its order, and then the manifest; what a killed run left there goes first.

        Returns:
            What is there now, and whether it was written now: False where the same was there.

        Raises:
            UsageError: other groups are there.
            RecordError: the folder cannot be written.
        """
        before = self.written()
        try:
            if before is None:
                self._clear()
            begun = {table: self._begin(table, rows) for table, rows in tables.items()}
            written = Written(made, {file_of(table): said for table, (_, said) in begun.items()})
            if before is not None:
                for path, _ in begun.values():
                    path.unlink(missing_ok=True)
                if before.id != written.id:
                    raise UsageError(f"other groups are in {self.where}: take another folder, or remove it")
                return before, False
            for table, (path, _) in begun.items():
                self.files.take(path, file_of(table))
            manifest = self.files.begin(MANIFEST)
            manifest.write_text(json.dumps(_manifest(written), indent=1), encoding="ascii")
            self.files.take(manifest, MANIFEST)
        except OSError as error:
            raise RecordError(f"{self.where} cannot be written: {error.strerror or error}") from error
        return written, True

    def _clear(self) -> None:
        self.files.sweep("")
        for table in TABLES:
            self.files.remove(file_of(table))

    def _begin(self, table: str, rows: Iterable[Row]) -> tuple[Any, dict[str, Any]]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path, count = self.files.begin(file_of(table)), 0
        waiting = iter(rows)
        try:
            with pq.ParquetWriter(path, TABLES[table], compression="zstd", write_page_index=False) as writer:
                while some := list(islice(waiting, _ROWS)):
                    writer.write_table(pa.Table.from_pylist(some, schema=TABLES[table]))
                    count += len(some)
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path, {"rows": count, "sha256": digest}

    def rows(self, table: str, columns: list[str] | None = None) -> Iterator[Row]:
        """The rows of a table, some at a time.

        Raises:
            RecordError: its file cannot be read, or is not what the manifest says.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        written = self.written()
        if written is None:
            raise UsageError(f"{self.where} is no folder of groups: there is no {MANIFEST} in it")
        try:
            with self.files.open(file_of(table)) as stream:
                file = pq.ParquetFile(stream)
                if file.metadata.num_rows != written.rows(table):
                    raise RecordError(f"{self.where}: {file_of(table)} has not the rows that its manifest says")
                for batch in file.iter_batches(_ROWS, columns=columns):
                    yield from batch.to_pylist()
        except (pa.ArrowException, OSError, KeyError) as error:
            raise RecordError(
                f"{self.where}: {file_of(table)} cannot be read: {' '.join(str(error).split())}"
            ) from error


def _manifest(written: Written) -> dict[str, Any]:
    return {"format": FORMAT, "readout": __version__, **written.made.to_json(), "files": dict(written.files)}


def check_whole(written: Written, folder: GroupFolder) -> None:
    """Sees that the files of a folder are those that its manifest names.

    Raises:
        RecordError: they are not, or cannot be read.
    """
    for name, said in written.files.items():
        digest = hashlib.sha256()
        try:
            with folder.files.open(name) as stream:
                while data := stream.read(1 << 20):
                    digest.update(data)
        except OSError as error:
            raise RecordError(f"{folder.where}: {name} cannot be read: {error.strerror or error}") from error
        if digest.hexdigest() != said["sha256"]:
            raise RecordError(f"{folder.where}: {name} is not what its manifest says: make it again")


def blocks_in(where: str) -> list[tuple[Written, GroupFolder]]:
    """The folders of groups that a folder is or has in it, in the order of their ids, each once.

    Raises:
        UsageError: there is none, or one is not done.
    """
    own = GroupFolder(where)
    written = own.written()
    if written is not None:
        return [(written, own)]
    names = [name for name in _names(own) if not name.startswith(".")]
    found: dict[str, tuple[Written, GroupFolder]] = {}
    for name in names:
        folder = GroupFolder(f"{where.rstrip('/')}/{name}")
        there = folder.written()
        if there is not None:
            found.setdefault(there.id, (there, folder))
        elif any(begun.endswith((".parquet", ".tmp")) for begun in _names(folder)):
            raise UsageError(f"{folder.where} is not done: whoever made it was ended; make it again, or remove it")
    if not found:
        raise UsageError(f"there are no groups in {where}: readout link --groups {where}/NAME writes those of a record")
    return [found[name] for name in sorted(found)]


def _names(folder: GroupFolder) -> list[str]:
    try:
        return folder.files.names("")
    except NotADirectoryError:
        return []
