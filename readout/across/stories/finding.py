"""Stories: threads of reports about one course of events over days and weeks."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from readout.across.copies.families import order_of
from readout.across.facts import Decision, Link, ReportFacts
from readout.across.stories.headlines import title_of
from readout.across.stories.threads import Thread, Threads


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a story: its number, how well it fitted when it came (0 to 1; 1 for the first and for copies), and why. `rule` is
    "first", "copy", "shared features" or "decided by" somebody."""

    report: int
    score: float
    reasons: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Story:
    """A course of events and the reports about it, as they became known.

    `id` is made from the first report's id and stays the same as the story grows. `title` is in the reports' own words. `start` and `end`
    are the first and the last day on which a report of it was published. `merged` are ids of stories that have become part of this one.
    """

    id: str
    title: str
    members: tuple[Member, ...]
    start: str
    end: str
    merged: tuple[str, ...] = ()


def find_stories(
    reports: Iterable[ReportFacts], copies: Iterable[Link], decisions: Iterable[Decision] = ()
) -> tuple[Story, ...]:
    """The stories of some reports, each report in exactly one, in the order in which they began.

    Reports are taken as they became known, those of one moment by what they say of themselves (a lead before its
    2nd lead) and their ids, whatever order they come in: one joins the story that it
    fits best, or begins one. Two stories become one only where a report fits both well and they are about the same things.

    Args:
        reports: in any order.
        copies: from `find_copies`; a copy goes where its original went.
        decisions: of people, on pairs of reports: those of the kind "story" put the later of a pair into the story of the earlier,
            or keep it out. What is kept out of a story stays out, whatever was put together.
    """
    stories = Stories(decisions)
    stories.add(reports, copies)
    return stories.stories()


class Stories:
    """Stories as reports arrive, the same as if all had come at once.

    What became known after everything so far costs only itself. A report of a moment that is past already (found late, or another of
    the same day where only days are known) has everything since that moment done again, for it may have changed what followed.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decisions = tuple(decision for decision in decisions if decision.kind == "story")
        self._reports: dict[int, ReportFacts] = {}
        self._copies: dict[int, set[int]] = defaultdict(set)
        self._threads = Threads(self._decisions)
        self._latest = ""
        self._late = False

    def add(self, reports: Iterable[ReportFacts], copies: Iterable[Link] = ()) -> None:
        """Take reports in, and links between any that have been given or are given with them."""
        for link in copies:
            if link.second not in self._copies[link.first]:
                self._copies[link.first].add(link.second)
                self._copies[link.second].add(link.first)
                self._late |= link.first in self._reports and link.second in self._reports
        given = {report.id: report for report in reports if report.id not in self._reports}
        new = list(given.values())
        self._reports.update(given)
        if self._late or any(report.known <= self._latest for report in new):
            self._threads, self._late = Threads(self._decisions), False
            new = list(self._reports.values())
        new.sort(key=order_of)
        for known, moment in groupby(new, key=lambda report: report.known):
            self._threads.take(list(moment), self._copies)
            self._latest = known

    def stories(self) -> tuple[Story, ...]:
        """The stories so far, in the order in which they began."""
        return tuple(_story(thread, self._reports) for thread in self._threads.all())


def _story(thread: Thread, reports: Mapping[int, ReportFacts]) -> Story:
    here = [reports[place.report] for place in thread.places]
    days = sorted((report.published or report.known)[:10] for report in here)
    return Story(
        id=story_id(here[0].report_id),
        title=title_of(here, thread.centre),
        members=tuple(Member(place.report, place.score, place.reasons, place.rule) for place in thread.places),
        start=days[0],
        end=days[-1],
        merged=tuple(story_id(reports[first].report_id) for first in thread.merged),
    )


def story_id(report_id: str) -> str:
    """The id of the story that begins with a report."""
    return hashlib.sha256(report_id.encode("utf-8")).hexdigest()[:16]
