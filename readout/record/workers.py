"""Several processes read and this one takes what they read, in order; an article that kills its reader is put aside.

Each process loads the pipeline once, shares nothing with the others, and is talked to by a thread of its own here. Where one dies, the
others go on, and another takes its place: it reads the articles of that batch one by one, each in a fork of itself, so that the article
which kills takes no second pipeline along.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import NoReturn

from readout.language.garbage import search_seldom
from readout.record.adding import Batch, ReadingOptions, prepare
from readout.record.writing import Prepared
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

Read = tuple[Batch, list[Prepared]]
Content = tuple[str, Article]

_AHEAD = 2  # batches that wait for each process, so that none is idle while another is written
_NO_MEMORY = 77  # the exit status of a process that ran out of memory; what it holds is not to be trusted
_GRACE = 5.0  # seconds that one that closed its pipe has to be gone
_GONE = (EOFError, ConnectionError, BrokenPipeError)
#: Linux ends the process with the largest of these first where memory is short: a reader, and not the one who writes.
_READER, _ALONE = 500, 1000


@dataclass(frozen=True, slots=True)
class _Died:
    """A process ended over what it read: its exit status, negative for a signal."""

    status: int | None

    @property
    def message(self) -> str:
        """The sentence that a user is told."""
        if self.status == _NO_MEMORY:
            return "there was not enough memory to read it: it was left out"
        how = signal.Signals(-self.status).name if self.status and self.status < 0 else f"status {self.status}"
        return f"the process that read it died ({how}), most likely for want of memory: it was left out"


@contextmanager
def reading(
    options: ReadingOptions, workers: int, *, apart: bool = False
) -> Iterator[Callable[[Iterable[Batch]], Iterator[Read]]]:
    """A way to read batches, in order: in this process (one worker), or in several that load the pipeline once each.

    Args:
        options: how articles are read.
        workers: so many read at a time.
        apart: a single one reads in a process of its own, too.
    """
    if workers <= 1 and not apart:
        yield lambda batches: (_read_here(batch, options) for batch in batches)
        return
    team = _Team(options, max(1, workers))
    try:
        yield team.read
    finally:
        team.dismiss()


def _read_here(batch: Batch, options: ReadingOptions) -> Read:
    """A batch, or where memory does not do for it, article by article without those for which it does not do alone.

    Raises:
        MemoryError: it does for none of several: the machine is short of it, and no article is to blame.
    """
    with suppress(MemoryError):
        return batch, prepare(batch.articles, options)
    read, prepared = _one_by_one(batch, lambda item: _prepared_alone(item, options))
    if not prepared and len(batch.articles) > 1:
        raise MemoryError
    return read, prepared


def _prepared_alone(item: Content, options: ReadingOptions) -> list[Prepared] | _Died:
    try:
        return prepare((item,), options)
    except MemoryError:
        return _Died(_NO_MEMORY)


def _one_by_one(batch: Batch, read: Callable[[Content], list[Prepared] | _Died]) -> Read:
    kept, prepared, problems = list[Content](), list[Prepared](), list(batch.problems)
    for content, article in batch.articles:
        done = read((content, article))
        if isinstance(done, _Died):
            problems.append(SourceProblem(article.name or content, "read", done.message))
        else:
            kept.append((content, article))
            prepared += done
    return replace(batch, articles=tuple(kept), problems=tuple(problems)), prepared


class _Team:
    """Processes that read, as many as there are threads to talk to them; one that died is replaced."""

    def __init__(self, options: ReadingOptions, workers: int) -> None:
        self._options, self._workers = options, workers
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._idle: SimpleQueue[_Process | None] = SimpleQueue()
        self._all: set[_Process] = set()
        self._dismissed = False
        for _ in range(workers):
            self._idle.put(None)  # begun when it is wanted

    def dismiss(self) -> None:
        """Ends the processes; nobody waits for what they were reading."""
        self._dismissed = True
        for process in list(self._all):
            process.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in list(self._all):
            process.end()

    def read(self, batches: Iterable[Batch]) -> Iterator[Read]:
        """The batches as they were read, in order; so many are under way that no process is idle."""
        coming = iter(batches)
        under_way: deque[Future[Read]] = deque()
        while True:
            for batch in islice(coming, max(0, self._workers * _AHEAD - len(under_way))):
                under_way.append(self._threads.submit(self._read, batch))
            if not under_way:
                return
            yield under_way.popleft().result()

    def _read(self, batch: Batch) -> Read:
        process = self._idle.get() or self._begun()
        try:
            try:
                return batch, process.ask("batch", batch.articles)
            except _GONE:
                process = self._replaced(process)

            def alone(item: Content) -> list[Prepared] | _Died:
                nonlocal process
                try:
                    return process.ask("alone", (item,))
                except _GONE:
                    died = _Died(process.end(dying=True))
                    process = self._replaced(process)
                    return died
                except _Alone as error:
                    return _Died(error.status)

            return _one_by_one(batch, alone)
        finally:
            self._idle.put(process)

    def _begun(self) -> _Process:
        process = _Process(self._options)
        self._all.add(process)
        return process

    def _replaced(self, process: _Process) -> _Process:
        process.end(dying=True)
        self._all.discard(process)
        if self._dismissed:
            raise RuntimeError("dismissed")  # nobody asks for this batch any more
        return self._begun()


class _Alone(Exception):
    """A fork that read one article died."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Process:
    """A process that reads, and this one's end of the pipe to it."""

    def __init__(self, options: ReadingOptions) -> None:
        # A fork would share the database's connection and whatever locks are held.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, options), daemon=True)
        self._process.start()
        theirs.close()  # now it ends when we do, however that is

    def ask(self, how: str, articles: tuple[Content, ...]) -> list[Prepared]:
        """What is made of some articles.

        Raises:
            EOFError, ConnectionError: the process died.
            _Alone: its fork did.
        """
        self._pipe.send(how)
        self._pipe.send(articles)
        answer: list[Prepared] | BaseException = self._pipe.recv()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def stop(self) -> None:
        """Ends the process at once; whoever waits for its answer is told."""
        self._process.terminate()

    def end(self, *, dying: bool = False) -> int | None:
        """Lets go of the process, which is ended unless it is `dying` already; its exit status."""
        if dying:
            self._process.join(_GRACE)
        self._process.terminate()
        self._process.join()
        self._pipe.close()
        return self._process.exitcode


def _serve(pipe: Connection, options: ReadingOptions) -> None:
    """What a process does: reads what it is given until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    _rank(_READER)
    search_seldom()
    with suppress(*_GONE):
        while True:
            how, packed = pipe.recv(), pipe.recv_bytes()
            pipe.send_bytes(_answer(how, packed, options))


def _answer(how: str, packed: bytes, options: ReadingOptions) -> bytes:
    if how == "alone" and sys.platform == "linux":
        return _in_a_fork(packed, options)
    return _made(packed, options)


def _made(packed: bytes, options: ReadingOptions) -> bytes:
    """What is made of some articles, or the error that it ended in, to be sent."""
    try:
        return pickle.dumps(prepare(pickle.loads(packed), options), pickle.HIGHEST_PROTOCOL)  # noqa: S301 - our own
    except MemoryError:
        os._exit(_NO_MEMORY)
    except Exception as error:
        error.add_note(traceback.format_exc())
        return pickle.dumps(error, pickle.HIGHEST_PROTOCOL)


def _in_a_fork(packed: bytes, options: ReadingOptions) -> bytes:
    """The same of a process that has the pipeline already and may die of it."""
    _loaded(options)
    ours, theirs = os.pipe()
    number = os.fork()
    if number == 0:
        _read_and_vanish(theirs, packed, options)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        answer = stream.read()
    _, status = os.waitpid(number, 0)
    code = os.waitstatus_to_exitcode(status)
    return pickle.dumps(_Alone(code)) if code else answer


@cache
def _loaded(options: ReadingOptions) -> None:
    """Loads once what forks have from then on: the pipeline, and what is known."""
    prepare((("", Article("Envoys met in Oslo on Monday.", published="2025-03-10")),), options)


def _read_and_vanish(pipe: int, packed: bytes, options: ReadingOptions) -> NoReturn:
    status = 1
    try:
        _rank(_ALONE)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(_made(packed, options))
        status = 0
    finally:
        os._exit(status)


def _rank(rank: int) -> None:
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(rank), encoding="ascii")
