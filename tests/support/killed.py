"""A process that writes to a record is killed with SIGKILL at a point that is chosen beforehand, and what it leaves is looked at.

A *step* is a statement that is about to be sent, some thousand operations of SQLite within one, a commit that is about to be made, and a
transaction that is over. Work is done once in peace, which counts its steps and keeps what the record holds after every transaction; then
again and again, killed at one of them.
"""

from __future__ import annotations

import json
import os
import random
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from same_rows import Digests, different, digests_at, unwell
from sqlalchemy import Connection, Engine, event

from readout.record import Record, open_record

#: Is told how much is done for good.
Tell = Callable[[int], None]
_OPERATIONS = 1_000  # of SQLite's machine, between two steps


@dataclass(frozen=True)
class Work:
    """What is killed. `prepare` makes the record that it begins with, if there is one; `do` works from the beginning or goes on where it
    was stopped; `done` is how much of it a record has; `check` looks at the end for what rows do not show."""

    name: str
    prepare: Callable[[str], None]
    do: Callable[[str, Tell], None]
    done: Callable[[Record], int]
    check: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Peace:
    """Work that nobody disturbs: its steps, what the record holds after each of its transactions, and in the end."""

    steps: int
    states: tuple[Digests, ...]
    end: Digests


class _Steps:
    """Counts steps, and kills this process at the last."""

    def __init__(self, last: int | None = None) -> None:
        self.count, self.last, self.paused = 0, last, False

    def step(self, *_: Any) -> int:
        self.count += not self.paused
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def watch(self, after: Callable[[], None] = lambda: None) -> None:
        """Counts from now on whatever this process does to records; `after` is called behind every transaction."""
        event.listen(Engine, "before_cursor_execute", self.step)
        event.listen(Engine, "commit", self.step)
        event.listen(Engine, "connect", lambda connection, _: _on_progress(connection, self.step))
        writing = Record.writing

        @contextmanager
        def counted(record: Record) -> Iterator[Connection]:
            with writing(record) as connection:
                yield connection
            self.paused = True
            after()
            self.paused = False
            self.step()

        Record.writing = counted  # type: ignore[method-assign]


def _on_progress(connection: Any, step: Callable[[], int]) -> None:
    if hasattr(connection, "set_progress_handler"):
        connection.set_progress_handler(step, _OPERATIONS)


def forked(run: Callable[[Callable[[str], None]], None]) -> tuple[int, list[str]]:
    """Runs something in a process of its own that starts with all that is loaded here: its exit status, and what it said, by lines."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        status = 1
        try:
            os.close(reading)
            run(lambda line: (os.write(writing, f"{line}\n".encode()), None)[1])
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as lines:
        said = lines.read().splitlines()
    _, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status), said


def in_peace(work: Work, where: str) -> Peace:
    """Does all of some work on a record that is prepared, in a process of its own."""
    before = digests_at(where, logs=True)

    def run(say: Callable[[str], None]) -> None:
        steps = _Steps()
        steps.watch(lambda: say(json.dumps(digests_at(where, logs=True))))
        work.do(where, lambda _: None)
        say(str(steps.count))

    status, said = forked(run)
    assert status == 0, f"{work.name} failed in peace"
    states = (before, *(_digests(line) for line in said[:-1]))
    with open_record(where) as record:
        assert not unwell(record), unwell(record)
    work.check(where)
    return Peace(int(said[-1]), states, digests_at(where))


def _digests(line: str) -> Digests:
    return {name: (count, digest) for name, (count, digest) in json.loads(line).items()}


def killed(work: Work, where: str, at: int) -> list[int]:
    """Does some work until it is killed at a step; what it had said was done for good."""

    def run(say: Callable[[str], None]) -> None:
        _Steps(at).watch()
        work.do(where, lambda done: say(str(done)))

    status, said = forked(run)
    assert status == -signal.SIGKILL, f"{work.name} was not killed at step {at}: it ended with {status}"
    return [int(line) for line in said]


def survives(work: Work, where: str, peace: Peace, at: int) -> None:
    """Work on a record that is prepared is killed at a step, and done again: what was said to be done is there, what is there is what a
    transaction of the peaceful run left, and in the end every row is the same."""
    said = killed(work, where, at)
    left = digests_at(where, logs=True)
    nearest = min(peace.states, key=lambda state: len(different(state, left)))
    assert left in peace.states, f"{work.name}, step {at}: something half done is seen: {different(nearest, left)}"
    if left and left != peace.states[0]:
        with open_record(where) as record:
            assert not unwell(record), f"{work.name}, step {at}: {unwell(record)}"
            assert work.done(record) >= max(said, default=0), f"{work.name}, step {at}: something that was done is lost"
    else:
        assert not said, f"{work.name}, step {at}: something that was done is lost"
    work.do(where, lambda _: None)
    end = digests_at(where)
    assert end == peace.end, f"{work.name}, step {at}: {different(peace.end, end)}"
    with open_record(where) as record:
        assert not unwell(record), f"{work.name}, step {at}: {unwell(record)}"
    work.check(where)


def spread(steps: int, points: int, chance: random.Random) -> list[int]:
    """So many steps of all, one at random out of each of as many stretches; all of them where there are not more."""
    if points >= steps:
        return list(range(1, steps + 1))
    edges = [round(n * steps / points) for n in range(points + 1)]
    return [chance.randint(first + 1, last) for first, last in pairwise(edges)]
