"""Everything that shows across the reports of a record, worked out anew from them, each part when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from readout.across.copies import find_copies
from readout.across.copies.sourcing import Sourcing, independent
from readout.across.facts import Decision, Link, ReportFacts
from readout.across.incidents import Incident, find_incidents
from readout.across.ledger.making import Ledger, make_ledger
from readout.across.negotiations import Track, find_negotiations
from readout.across.novelty import Novelty, Plan, find_novelty, find_plans
from readout.across.stories.finding import Story, find_stories


class Across:
    """What shows across some reports: copies, stories, incidents, ledgers, negotiations, what is new. The reports are held in memory.

    `decisions` are people's words on pairs of reports and events, as `readout.across.linking.decisions_on` gives them.
    """

    def __init__(self, reports: Iterable[ReportFacts], decisions: Iterable[Decision] = ()) -> None:
        self.reports = {report.id: report for report in reports}
        self.decisions = tuple(decisions)

    @cached_property
    def copies(self) -> tuple[Link, ...]:
        """Which reports are copies, updates or corrections of which."""
        return find_copies(self.reports.values(), self.decisions)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Threads of reports about one course of events."""
        return find_stories(self.reports.values(), self.copies, self.decisions)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Happenings, and what is planned, denied or imagined, each with all that reports say of it."""
        return find_incidents(self.reports.values(), self.copies, decisions=self.decisions)

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Tolls as they were counted over time."""
        return make_ledger(self.reports.values(), self.copies, incidents=self.incidents, decisions=self.decisions)

    @cached_property
    def negotiations(self) -> tuple[Track, ...]:
        """Negotiations as they went on over time."""
        return find_negotiations(self.reports.values(), self.copies)

    @cached_property
    def novelty(self) -> tuple[Novelty, ...]:
        """What each report adds to those before it, in the order in which they became known."""
        return find_novelty(self.reports.values(), self.copies)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """What was ahead, and what became of it, as of the day of the last report."""
        return find_plans(self.reports.values(), self.copies, incidents=self.incidents)

    def sourcing(self, reports: Iterable[int]) -> Sourcing:
        """On how many independent sources some of the reports rest."""
        numbers = set(reports)
        within = [link for number in numbers for link in self._made_from.get(number, ()) if link.second in numbers]
        return independent([self.reports[number] for number in numbers], within)

    @cached_property
    def _made_from(self) -> Mapping[int, list[Link]]:
        """The links that go from each report."""
        found: dict[int, list[Link]] = defaultdict(list)
        for link in self.copies:
            found[link.first].append(link)
        return found
