"""What people decided on pairs of reports, as threads ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from readout.across.facts import Decision


class Decided:
    """Decisions by the reports that they are on."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._together: dict[int, list[tuple[Decision, int]]] = defaultdict(list)
        self._apart: dict[int, set[int]] = defaultdict(set)
        for decision in decisions:
            for one, other in ((decision.first, decision.second), (decision.second, decision.first)):
                if decision.together:
                    self._together[one].append((decision, other))
                else:
                    self._apart[one].add(other)

    def together(self, report: int) -> Sequence[tuple[Decision, int]]:
        """The reports with which one was put together, each with the decision."""
        return self._together.get(report, ())

    def apart(self, report: int) -> Collection[int]:
        """The reports from which one is kept apart."""
        return self._apart.get(report, ())

    def bars(self, ones: Collection[int], others: Collection[int]) -> bool:
        """Whether any of some reports is kept apart from any of others."""
        return any(not self._apart[one].isdisjoint(others) for one in ones if one in self._apart)
