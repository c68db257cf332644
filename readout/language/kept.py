"""Answers that are kept as long as a process runs, for what is asked of every word."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")


class Kept(dict[Q, A], Generic[Q, A]):
    """The answers of a pure function of one argument, to be read as a table: `kept[question]`.

    `functools.lru_cache` notes of each question that it came last, and for that goes to the memory of three others: between two
    parses, which leave nothing near at hand, that takes longer than the answer. Here nothing is noted; when it is full, all is
    forgotten, and the common answers are soon back.

    Args:
        function: answers a question that is new.
        most: how many answers are kept.
    """

    __slots__ = ("_function", "_most")

    def __init__(self, function: Callable[[Q], A], most: int = 1 << 16):
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, question: Q) -> A:
        answer = self._function(question)
        if len(self) >= self._most:
            self.clear()
        self[question] = answer
        return answer
