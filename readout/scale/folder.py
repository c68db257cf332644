"""A folder of parts, and its manifest: what each part was made of, by which reader, and what is in it.

    folder.json            the reader and the options of all parts
    parts/NAME.parquet     a part, there only once it is whole
    manifest/NAME.json     what is said of it, written after it

A name is made of the bytes that were read, what they are called, the options and the reader: the same work has the same name, and what has
a name is not done again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from readout.errors import RecordError, UsageError
from readout.record.adding import ReadingOptions
from readout.scale.files import files_at
from readout.sources.problem import SourceProblem
from readout.types import ReaderVersion

FORMAT = 1
_ABOUT, _PARTS, _MANIFEST = "folder.json", "parts", "manifest"
NOTED, PROBLEMS = b"readout.part", b"readout.problems"  # in a part's own footer


@dataclass(frozen=True, slots=True)
class Job:
    """What all parts of a folder have in common: how articles are read, and by which reader."""

    where: str
    options: ReadingOptions
    published: str | None
    reader: ReaderVersion

    def about(self) -> dict[str, Any]:
        """The same as JSON values, but for the names of files, which the reader's version stands for."""
        own = {"keep_text": self.options.keep_text, "published": self.published}
        return {"format": FORMAT, "reader": asdict(self.reader), **own}

    def part_name(self, inputs: Sequence[tuple[str, str]]) -> str:
        """The name of the part that files make, each given by its name and the digest of its bytes."""
        told = json.dumps([self.about(), list(map(list, inputs))], sort_keys=True)
        return hashlib.sha256(told.encode("ascii")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of a part.

    Attributes:
        part: its name.
        order: its place among the shards of the run that made it.
        inputs: the files, each with its name, the digest of its bytes (SHA-256) and their number.
        articles: its rows.
        again: articles that were the same as one before in the same part, and are no rows.
        problems: inputs that could not be read.
        days: the first and the last day of its reports; none where no report has a day.
        countries: where its reports are set, sorted: with the days, the blocks in which it has something.
    """

    part: str
    order: int
    inputs: tuple[tuple[str, str, int], ...]
    articles: int = 0
    again: int = 0
    problems: int = 0
    days: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def to_json(self, job: Job) -> bytes:
        """As it is written, with what is common to all parts."""
        inputs = [dict(zip(("name", "sha256", "bytes"), item, strict=True)) for item in self.inputs]
        return json.dumps({**asdict(self), "inputs": inputs, **job.about()}, ensure_ascii=True).encode("ascii")

    @classmethod
    def from_json(cls, value: bytes) -> Entry:
        """What was written.

        Raises:
            ValueError, KeyError, TypeError: it is none.
        """
        given = json.loads(value)
        inputs = tuple((item["name"], item["sha256"], item["bytes"]) for item in given["inputs"])
        return cls(
            part=given["part"],
            order=int(given["order"]),
            inputs=inputs,
            articles=int(given["articles"]),
            again=int(given["again"]),
            problems=int(given["problems"]),
            days=tuple(given["days"]),
            countries=tuple(given["countries"]),
        )


class Folder:
    """A folder of parts: a path, or an address that fsspec knows."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.files = files_at(where)

    def prepare(self, job: Job) -> None:
        """Makes it the folder of a job, and removes what others began there and never finished.

        Raises:
            UsageError: its parts were made by another reader or with other options.
        """
        self.sweep()
        if not self.files.has(_ABOUT):
            self._write(_ABOUT, json.dumps(job.about()).encode("ascii"))
        about = self.about()
        if about != job.about():
            differs = ", ".join(sorted(name for name, value in job.about().items() if about.get(name) != value))
            raise UsageError(f"the parts in {self.where} were made otherwise ({differs}): take another folder")

    def sweep(self) -> int:
        """Removes what was begun and never finished; how many files that were. Nobody else may be at work in the folder."""
        return sum(self.files.sweep(folder) for folder in (_PARTS, _MANIFEST))

    def about(self) -> dict[str, Any]:
        """What all its parts have in common.

        Raises:
            UsageError: it is no folder of parts.
        """
        try:
            with self.files.open(_ABOUT) as stream:
                found = json.loads(stream.read())
        except FileNotFoundError:
            raise UsageError(f"{self.where} is no folder of parts: there is no {_ABOUT} in it") from None
        except ValueError as error:
            raise UsageError(f"{self.where} is no folder of parts: its {_ABOUT} cannot be read") from error
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise UsageError(f"the parts in {self.where} are of a form that this version does not read")
        return found

    def entry(self, part: str) -> Entry | None:
        """What the manifest says of a part, or None where it is not done."""
        name = f"{_MANIFEST}/{part}.json"
        return self._entry(name) if self.files.has(name) else None

    def entries(self) -> list[Entry]:
        """The whole manifest, in the order of the inputs."""
        names = (name for name in self.files.names(_MANIFEST) if name.endswith(".json") and not name.startswith("."))
        found = [self._entry(f"{_MANIFEST}/{name}") for name in names]
        return sorted(found, key=lambda entry: (entry.order, entry.inputs))

    def _entry(self, name: str) -> Entry:
        with self.files.open(name) as stream:
            try:
                return Entry.from_json(stream.read())
            except (ValueError, KeyError, TypeError) as error:
                raise RecordError(f"{self.where}/{name} is no entry of a manifest: remove it and run again") from error

    def note(self, entry: Entry, job: Job) -> None:
        """Puts a part that is there into the manifest."""
        self._write(f"{_MANIFEST}/{entry.part}.json", entry.to_json(job))

    def _write(self, name: str, data: bytes) -> None:
        begun = self.files.begin(name)
        begun.write_bytes(data)
        self.files.take(begun, name)

    def parts(self) -> Iterator[str]:
        """The names of the parts that are there."""
        for name in self.files.names(_PARTS):
            if name.endswith(".parquet") and not name.startswith("."):
                yield name.removesuffix(".parquet")

    def file_of(self, part: str) -> str:
        """A part's file within the folder."""
        return f"{_PARTS}/{part}.parquet"

    def open(self, part: str) -> BinaryIO:
        """A part, to be read."""
        return self.files.open(self.file_of(part))


def problems_of(metadata: dict[bytes, bytes]) -> tuple[SourceProblem, ...]:
    """The problems that a part's footer tells."""
    return tuple(SourceProblem(*item) for item in json.loads(metadata[PROBLEMS]))


def as_problems(problems: Sequence[SourceProblem]) -> bytes:
    """Problems as a footer has them."""
    return json.dumps([[item.name, item.stage, item.message] for item in problems]).encode("ascii")
