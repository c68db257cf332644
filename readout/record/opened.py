"""What an open record is to those that work on it, and how they say how far they are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection

from readout.sources.problem import SourceProblem


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: how many articles are new, how many were there already, how many inputs could not be read."""

    added: int = 0
    skipped: int = 0
    problems: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.added + other.added, self.skipped + other.skipped, self.problems + other.problems)


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of reading again: articles that were read, those that could not be, and corrections that do not fit any more."""

    read: int = 0
    problems: int = 0
    unfitting: int = 0

    def __add__(self, other: Reread) -> Reread:
        return Reread(self.read + other.read, self.problems + other.problems, self.unfitting + other.unfitting)


@dataclass(frozen=True, slots=True)
class Watching:
    """What is called while adding or reading again goes on: after every batch that is safely in the record, and for every
    problem."""

    batch: Callable[[Added], object] = lambda _: None
    reread: Callable[[Reread], object] = lambda _: None
    problem: Callable[[SourceProblem], object] = lambda _: None


class Opened(ABC):
    """A record that is open."""

    @abstractmethod
    def now(self) -> str:
        """The moment by the record's clock, in UTC."""

    @abstractmethod
    def asking(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes; one writer at a time."""

    @abstractmethod
    def upkeep(self) -> AbstractContextManager[Connection]:
        """A connection without a transaction."""
