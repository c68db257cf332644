"""What takes longer than a page may: made behind the pages, one after the other, and kept until the record changes, and beyond it until it
is made anew."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_KEPT, _WAITING = 12, 4  # that are kept, and that may wait to be made
_PATIENT = 3  # requests that wait for long at once: each of them keeps a page from being answered
_LONG = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """What is made, None where it never was; `at` is the moment at which it was, `current` says whether the record is the same still."""

    value: T | None
    at: str
    current: bool


class TooMany(Exception):
    """Too many others wait."""


@dataclass(slots=True)
class Making(Generic[T]):
    """What is being made and what was, by a name; of one name one is made at a time."""

    kept: dict[Hashable, tuple[Any, str, T]] = field(default_factory=dict)
    running: dict[Hashable, Future[T]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "making"))
    patience: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_PATIENT))

    def get(self, name: Hashable, state: Any, make: Callable[[], T], patience: float) -> Shown[T]:
        """What is of a name.

        Args:
            name: what it is of.
            state: others where it is to be made anew.
            make: makes it.
            patience: so many seconds are waited for it; then what was made of another state is shown. Where some wait for long
                already, nobody else does.

        Raises:
            TooMany: nothing of that name was made, and too many others wait.
            Exception: what `make` raises.
        """
        if patience <= _LONG:
            return self._waited(name, state, make, patience)
        long = self.patience.acquire(blocking=False)
        try:
            return self._waited(name, state, make, patience if long else _LONG)
        finally:
            if long:
                self.patience.release()

    def _waited(self, name: Hashable, state: Any, make: Callable[[], T], patience: float) -> Shown[T]:
        until = time.monotonic() + patience
        while True:
            with self.lock:
                found = self.kept.get(name)
                if found is not None and found[0] == state:
                    return Shown(found[2], found[1], True)
                future = self._future(name, state, make, found is None)
            try:
                if future is not None:
                    future.result(max(until - time.monotonic(), 0))
                    continue  # it was made: of this state, or of one that is over
            except TooLong:
                pass
            return Shown(found[2], found[1], False) if found is not None else Shown(None, "", False)

    def _future(self, name: Hashable, state: Any, make: Callable[[], T], urgent: bool) -> Future[T] | None:
        if name in self.running:
            return self.running[name]
        if len(self.running) >= _WAITING:
            if urgent:
                raise TooMany
            return None

        def made() -> T:
            try:
                value = make()
                at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
                with self.lock:
                    self.kept.pop(name, None)
                    while len(self.kept) >= _KEPT:
                        self.kept.pop(next(iter(self.kept)))
                    self.kept[name] = (state, at, value)
                return value
            finally:
                with self.lock:
                    self.running.pop(name, None)

        self.running[name] = self.worker.submit(made)
        return self.running[name]
