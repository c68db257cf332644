"""Shards read on Ray: actors that hold the pipeline, one shard at a time each. The only module that knows Ray.

Plain actors and no Ray Data: a shard goes in by its name and comes out as a file, so that no rows pass Ray's object store, whose memory
and shuffling Ray Data is for; a part's name is settled by what was read, and not by how blocks happened to be cut; and what is done when
an actor dies is ours to say.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from readout.errors import ReadoutError, UsageError
from readout.scale.folder import Folder, Job
from readout.scale.making import Outcome, make_part
from readout.scale.shards import Shard
from readout.sources.problem import SourceProblem

_TRIES = 4  # actors that a shard may outlive; machines that are taken away are no fault of its own
_STARTS = 4  # actors in a row that are gone before they are ready; tries to begin a cluster
_LOST = "the actor that read it was lost {} times: it was left out, and the next run tries it again"


@dataclass(slots=True)
class _Task:
    shard: Shard
    lost: int = 0


def installed() -> Any:
    """Ray.

    Raises:
        UsageError: it is not installed.
    """
    # A library of ours must not send anything anywhere: Ray reports its use unless it is told not to.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise UsageError("reading on Ray needs Ray: pip install 'readout-news[ray]'") from error
    return ray


class Reader:
    """Reads shards in an actor's process."""

    def __init__(self, job: Job) -> None:
        from readout.record.rereading import present_reader

        self._job, self._folder = job, Folder(job.where)
        mine = present_reader(job.options)  # which loads the pipeline, too
        if mine != job.reader:
            raise UsageError(f"another Readout is installed where an actor runs: {mine}, not {job.reader}")

    def ready(self) -> None:
        """Returns when the actor is there."""

    def read(self, shard: Shard, careful: bool) -> Outcome:
        """Reads a shard; with care in a process of its own, so that what killed an actor is found and put aside."""
        from readout.record.workers import reading

        with reading(self._job.options, 1, apart=careful) as read:
            return make_part(shard, self._job, self._folder, read)


def read_on_ray(shards: Sequence[Shard], job: Job, workers: int) -> Iterator[Outcome]:
    """Reads shards with so many actors, on the cluster that `RAY_ADDRESS` names, or on this machine where it names none.

    Raises:
        UsageError: Ray is not installed, or an actor has another Readout.
        ReadoutError: the cluster cannot be reached, or no actor comes up.
    """
    ray = installed()
    if not shards:
        return
    workers = min(workers, len(shards))
    _begin(ray, workers)
    try:
        yield from _Pool(ray, job, workers).read(shards)
    finally:
        ray.shutdown()


def _begin(ray: Any, workers: int) -> None:
    """Connects to the cluster that is named, or begins one on this machine; on a busy one it may not come up in Ray's own time."""
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    named = bool(os.environ.get("RAY_ADDRESS"))
    for tries in range(_STARTS):
        try:
            if named:
                ray.init(**quiet)
            else:
                ray.init("local", num_cpus=workers, include_dashboard=False, **quiet)
            return
        except Exception as error:  # Ray raises bare ones
            ray.shutdown()
            if named or tries == _STARTS - 1:
                raise ReadoutError(f"Ray cannot be reached: {' '.join(str(error).split())}") from error


class _Pool:
    """Actors, and what each is at; one that is gone is replaced."""

    def __init__(self, ray: Any, job: Job, workers: int) -> None:
        self._ray, self._job, self._workers = ray, job, workers
        self._actor = ray.remote(num_cpus=1, max_restarts=0, max_concurrency=1)(Reader)
        self._busy: dict[Any, tuple[Any, _Task | None]] = {}
        self._failed = 0

    def read(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """One outcome for each shard as it comes. Who is not up yet is given nothing, and waited for only while there is work."""
        waiting = deque(map(_Task, shards))
        for _ in range(self._workers):
            self._add()
        left = len(shards)
        while left:
            done, _ = self._ray.wait(list(self._busy), num_returns=1)
            for outcome in self._took(done[0], waiting):
                left -= 1
                yield outcome

    def _add(self) -> None:
        actor = self._actor.remote(self._job)
        self._busy[actor.ready.remote()] = (actor, None)

    def _took(self, answer: Any, waiting: deque[_Task]) -> Iterator[Outcome]:
        actor, task = self._busy.pop(answer)
        try:
            outcome = self._ray.get(answer)
        except self._ray.exceptions.RayActorError as error:
            self._ray.kill(actor)
            yield from self._lost(task, error, waiting)
            self._add()
            return
        except self._ray.exceptions.RayTaskError as error:
            raise _cause(error) from error
        self._failed = 0
        if task is not None:
            yield outcome
        if waiting:
            following = waiting.popleft()
            self._busy[actor.read.remote(following.shard, following.lost > 0)] = (actor, following)
        else:
            self._ray.kill(actor)

    def _lost(self, task: _Task | None, error: Exception, waiting: deque[_Task]) -> Iterator[Outcome]:
        if task is None:
            self._failed += 1
            said = " ".join(str(error).split())
            if "UsageError" in said:
                raise UsageError(said[-300:])
            if self._failed >= _STARTS:
                raise ReadoutError(f"no actor comes up: {said[-300:]}")
            return
        task.lost += 1
        if task.lost < _TRIES:
            waiting.append(task)
        else:
            yield SourceProblem(task.shard.name, "read", _LOST.format(task.lost))


def _cause(error: Any) -> BaseException:
    """What an actor raised, where it is of our own errors."""
    found = getattr(error, "cause", None)
    return found if isinstance(found, ReadoutError) else error
