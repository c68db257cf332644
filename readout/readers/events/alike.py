"""Events that have something in common; of many of them, those are looked up that may agree with another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable

from readout.types import Event

#: What an event says of each of some matters: each time one or several things, or none, which agrees with all.
Said = tuple[Collection[Hashable], ...]
_FEW = 8  # so many are looked at one by one
_NOTHING: frozenset[int] = frozenset()


class Alike:
    """The numbers of events of a list, which may grow, and which may come to say more."""

    __slots__ = ("_all", "_events", "_said", "_saying")

    def __init__(self, events: list[Event], said: Callable[[Event], Said]):
        self._events = events
        self._said = said
        self._all: set[int] = set()
        self._saying: dict[tuple[int, Hashable], set[int]] | None = None

    def add(self, n: int) -> None:
        """Adds an event, or what has been added to one."""
        self._all.add(n)
        if self._saying is not None:
            self._note(n, self._saying)

    def agreeing(self, event: Event) -> Collection[int]:
        """All events that do not disagree with one, and maybe others."""
        if len(self._all) <= _FEW:
            return self._all
        if self._saying is None:
            self._saying = {}
            for n in self._all:
                self._note(n, self._saying)
        found: Collection[int] = self._all
        for matter, things in enumerate(self._said(event)):
            sets = [self._saying.get((matter, thing), _NOTHING) for thing in (*things, None)] if things else []
            if sets and sum(map(len, sets)) < len(found):
                found = [n for numbers in sets for n in numbers]
        return found

    def _note(self, n: int, saying: dict[tuple[int, Hashable], set[int]]) -> None:
        for matter, things in enumerate(self._said(self._events[n])):
            for thing in things or (None,):
                saying.setdefault((matter, thing), set()).add(n)
