"""A run: shards dealt out to those who read them, on this machine or on Ray, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from readout.record.adding import ReadingOptions
from readout.record.rereading import present_reader
from readout.scale.folder import Folder, Job
from readout.scale.local import read_on_this_machine
from readout.scale.making import Outcome
from readout.scale.shards import Input, Shard, inputs_in, shards_of
from readout.sources.problem import SourceProblem

TOGETHER = 64  # small files that make a part, or thereabouts


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: articles that were read now, those in parts that were there already, and what could not be read."""

    parts: int = 0
    read: int = 0
    there: int = 0
    problems: int = 0


class Engine(Protocol):
    """Reads shards, so many at a time, and gives what came of each as it is done."""

    def __call__(self, shards: Sequence[Shard], job: Job, workers: int) -> Iterator[Outcome]:
        """One outcome for each shard, in any order; a shard that could not be read is a problem."""


def run(
    given: Iterable[str],
    parts: str,
    *,
    engine: str = "local",
    workers: int = 1,
    options: ReadingOptions = ReadingOptions(),  # noqa: B008 - frozen
    published: str | None = None,
    together: int = TOGETHER,
    told: Callable[[Outcome], object] = lambda _: None,
) -> Ran:
    """Reads inputs into a folder of parts; what is there already is not read again.

    Args:
        given: files, folders, and addresses that fsspec knows.
        parts: the folder, a path or an address.
        engine: one of `ENGINES`.
        workers: so many processes read.
        options: how articles are read.
        published: the date of articles that carry none.
        together: small files that make a part, or thereabouts.
        told: is called with what came of each shard as it is done, and with each input that cannot be opened.

    Raises:
        UsageError: the folder is of other options or another reader, an address cannot be, or what is needed is not installed.
        ReadoutError: nobody could be begun to read.
    """
    job = Job(parts, options, published, present_reader(options))
    begin = ENGINES[engine]()
    folder = Folder(parts)
    folder.prepare(job)
    total, files = Ran(), list[Input]()
    for item in inputs_in(given):
        if isinstance(item, Input):
            files.append(item)
        else:
            told(item)
            total = replace(total, problems=total.problems + 1)
    for outcome in begin(shards_of(files, together), job, workers):
        told(outcome)
        total = _with(total, outcome)
    folder.sweep()  # of readers that died
    return total


def _with(total: Ran, outcome: Outcome) -> Ran:
    if isinstance(outcome, SourceProblem):
        return replace(total, problems=total.problems + 1)
    entry = outcome.entry
    read, there = (entry.articles, 0) if outcome.made else (0, entry.articles)
    return Ran(total.parts + 1, total.read + read, total.there + there, total.problems + entry.problems)


def _on_ray() -> Engine:
    from readout.scale.on_ray import installed, read_on_ray  # Ray is looked for when it is asked for

    installed()
    return read_on_ray


#: Who reads: a name, and what gives the engine where all that it needs is installed.
ENGINES: Mapping[str, Callable[[], Engine]] = {"local": lambda: read_on_this_machine, "ray": _on_ray}
