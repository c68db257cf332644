"""Gold files: one JSON item a line, gzipped or not, in the format of its task."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from readout.errors import UsageError
from readout.evaluation import attribution, entities, events, factuality, places, times
from readout.evaluation.answers import Answer
from readout.evaluation.fields import Fields, Malformed
from readout.evaluation.scores import Score


class Item(Protocol):
    """What every gold item has: an id, and the text that the reader gets, to the letter."""

    @property
    def id(self) -> str:
        """The id that a report answers to."""

    @property
    def text(self) -> str:
        """The text, to the letter."""


G = TypeVar("G", bound=Item)


@dataclass(frozen=True, slots=True)
class Task(Generic[G]):
    """One thing to be scored: how a line of its gold becomes an item, how pairs of item and answer are scored."""

    name: str
    parse: Callable[[Fields], G]
    score: Callable[[Sequence[tuple[G, Answer]]], Score]
    #: The day of publication that the item gives, for readers that need one.
    published: Callable[[G], str | None] = lambda item: None


#: The tasks by name; those of the public test sets.
TASKS: dict[str, Task[Any]] = {
    task.name: task
    for task in (
        Task("events", events.parse, events.score),
        Task("attribution", attribution.parse, attribution.score),
        Task("time", times.parse, times.score, lambda item: (item.published or "")[:10] or None),
        Task("place", places.parse, places.score),
        Task("factuality", factuality.parse, factuality.score),
        Task("entities", entities.parse, entities.score),
    )
}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be used, by its number from 1, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Gold(Generic[G]):
    """The items of a gold file, and the lines that are none."""

    items: tuple[G, ...]
    problems: tuple[BadLine, ...]


def objects(path: Path) -> Iterator[tuple[int, Fields | BadLine]]:
    """The JSON objects of a file's lines with the lines' numbers; blank lines are passed over.

    Raises:
        UsageError: there is no such file, or it is not text.
    """
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield number, Fields(json.loads(line))
                    except (Malformed, ValueError, RecursionError) as error:
                        yield number, BadLine(number, f"not a JSON object: {error}")
    except (OSError, EOFError, zlib.error) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise UsageError(f"{path}: {reason}") from error


def read_gold(task: Task[G], path: Path, limit: int | None = None) -> Gold[G]:
    """The gold items of a file, at most `limit`.

    Raises:
        UsageError: the file cannot be read.
    """
    items: list[G] = []
    problems: list[BadLine] = []
    seen: set[str] = set()
    for number, found in objects(path):
        if limit is not None and len(items) >= limit:
            break
        if isinstance(found, BadLine):
            problems.append(found)
            continue
        try:
            item = task.parse(found)
        except Malformed as error:
            problems.append(BadLine(number, str(error)))
            continue
        if item.id in seen:
            problems.append(BadLine(number, f"there is an item {item.id!r} already"))
        else:
            seen.add(item.id)
            items.append(item)
    return Gold(tuple(items), tuple(problems))
