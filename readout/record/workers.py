"""Several processes read and this one takes what they read, in order; an article that kills its reader is put aside."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from readout.record.adding import Batch, ReadingOptions, prepare
from readout.record.writing import Prepared
from readout.sources.problem import SourceProblem

Read = tuple[Batch, list[Prepared]]

_AHEAD = 2  # batches that wait for each process, so that none is idle while another is written
_DIED = "the process that read it died, most likely for want of memory: it was left out"


@contextmanager
def reading(options: ReadingOptions, workers: int) -> Iterator[Callable[[Iterable[Batch]], Iterator[Read]]]:
    """A way to read batches, in order: in this process (one worker), or in several that load the pipeline once each."""
    if workers <= 1:
        yield lambda batches: ((batch, prepare(batch.articles, options)) for batch in batches)
        return
    team = _Team(options, workers)
    try:
        yield team.read
    finally:
        team.dismiss()


class _Team:
    """Processes that read; taken on anew when one of them died."""

    def __init__(self, options: ReadingOptions, workers: int) -> None:
        self._options, self._workers = options, workers
        self._pool: ProcessPoolExecutor | None = None

    def dismiss(self) -> None:
        """Lets the processes go; what they were reading is not waited for longer than it takes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def read(self, batches: Iterable[Batch]) -> Iterator[Read]:
        """The batches as they were read, in order; so many are under way that no process is idle."""
        coming = iter(batches)
        under_way: deque[tuple[Batch, Future[list[Prepared]]]] = deque()
        while True:
            for batch in islice(coming, max(0, self._workers * _AHEAD - len(under_way))):
                under_way.append((batch, self._hand_out(batch)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            try:
                yield batch, future.result()
            except BrokenProcessPool:
                # Nobody knows whose article it was: all that were under way are read again, with care.
                self.dismiss()
                again = [batch, *(other for other, _ in under_way)]
                under_way.clear()
                for other in again:
                    yield self._with_care(other)

    def _hand_out(self, batch: Batch) -> Future[list[Prepared]]:
        if self._pool is None:
            # A fork would share the database's connection and whatever locks are held.
            self._pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        try:
            return self._pool.submit(prepare, batch.articles, self._options)
        except BrokenProcessPool as error:
            failed: Future[list[Prepared]] = Future()
            failed.set_exception(error)
            return failed

    def _with_care(self, batch: Batch) -> Read:
        """A batch by itself, and if that kills again, article by article without the one that does."""
        try:
            return batch, self._hand_out(batch).result()
        except BrokenProcessPool:
            self.dismiss()
        kept, prepared, problems = [], list[Prepared](), list(batch.problems)
        for content, article in batch.articles:
            alone = replace(batch, articles=((content, article),), problems=())
            try:
                prepared += self._hand_out(alone).result()
                kept.append((content, article))
            except BrokenProcessPool:
                self.dismiss()
                problems.append(SourceProblem(article.name or content, "read", _DIED))
        return replace(batch, articles=tuple(kept), problems=tuple(problems)), prepared
