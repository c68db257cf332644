"""What a brief is made from: the reports of a period among all that were known by its end, and what shows across them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from readout.across.brief.labels import labels_of, word_of
from readout.across.brief.passages import Passage, day_of, outlet_of
from readout.across.brief.shape import Line
from readout.across.facts import EventFact, ReportFacts
from readout.across.incidents import Incident
from readout.across.incidents.finding import Member
from readout.across.stories import Story
from readout.across.whole import Across

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL_WORDS = """
the and for with that this from into over after before against amid their they them his her its was were are has have
had been being will would said says say told new who whom which while when where than then also more most some other
about between under during since until monday tuesday wednesday thursday friday saturday sunday official officials
report reported reports spokesman spokeswoman minister ministry foreign prime
"""
_SMALL = frozenset(_SMALL_WORDS.split())
#: How alike two sentences are of which a reader wants one; that of one happening are; that tell the same to the detail;
#: that tell of one happening, and as much of it.
_SAME, _SAME_INCIDENT, _TO_THE_DETAIL, _MUCH = 0.55, 0.3, 0.75, 0.35
#: How much of the words of one must be in the report of the other for both to tell it.
_NEARLY = 0.9


class Ground:
    """The reports of a period, and what is known of them across all reports that are given.

    Args:
        across: all reports that were known by the end of the period; those before it say what is new in it.
        since, until: the first and the last day of the period, as ISO dates.
        only: numbers of the reports that the brief is about; all where it is not given.
    """

    def __init__(self, across: Across, since: str, until: str, only: frozenset[int] | None = None) -> None:
        self.across, self.since, self.until = across, since, until
        ordered = sorted(
            across.reports.values(), key=lambda report: (day_of(report), report.known, report.report_id, report.id)
        )
        self.period = tuple(
            report for report in ordered if since <= day_of(report) <= until and (only is None or report.id in only)
        )

    @cached_property
    def incidents(self) -> dict[int, Incident]:
        """The incident of each claim, by the claim's number."""
        return {
            number: incident
            for incident in self.across.incidents
            for member in incident.claims
            for number in member.twins
        }

    @cached_property
    def stories(self) -> dict[int, Story]:
        """The story of each report, by the report's number."""
        return {member.report: story for story in self.across.stories for member in story.members}

    @cached_property
    def copies(self) -> dict[int, int]:
        """The earlier report of which a report of the period is a copy, by numbers."""
        inside = {report.id for report in self.period}
        found: dict[int, int] = {}
        for link in self.across.copies:
            if link.second in inside and link.kind != "correction":
                found.setdefault(link.second, link.first)
        return found

    @cached_property
    def _rarity(self) -> dict[str, float]:
        counts = Counter(
            word
            for report in self.across.reports.values()
            for word in words_of(f"{report.title or ''} {report.text[:600]}")
        )
        total = len(self.across.reports)
        return {word: math.log((1 + total) / (0.5 + count)) for word, count in counts.items()}

    def weigh(self, words: Iterable[str]) -> float:
        """How much words say together: the rarer, the more."""
        return sum(self._rarity.get(word, 1.0) for word in sorted(words))

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How much of what the shorter of two says is in the other, from 0 to 1."""
        least = min(self.weigh(one), self.weigh(other))
        return self.weigh(one & other) / least if least else 0.0

    def told_by(self, passage: Passage) -> tuple[int, ...]:
        """The reports that tell what a passage tells as new, all of it, and have its words."""
        found: set[int] | None = None
        for event in passage.news:
            incident = self.incidents.get(event.id)
            members = [
                m
                for m in (incident.claims if incident else ())
                if _of_same(event, m.event) and self._covers(passage, m)
            ]
            reports = {member.report for member in members}
            found = reports if found is None else found & reports
        return (passage.report.id, *sorted((found or set()) - {passage.report.id}, key=self.order))

    def _covers(self, passage: Passage, member: Member) -> bool:
        alike = self.alike(words_of(passage.words), words_of(member.event.quote)) >= _MUCH
        return alike and self._has(self.across.reports[member.report], passage)

    def _has(self, report: ReportFacts, passage: Passage) -> bool:
        """Whether a report has nearly all words of a passage somewhere."""
        mine = words_of(passage.words)
        return self.weigh(mine & words_of(f"{report.title or ''} {report.text}")) >= _NEARLY * self.weigh(mine)

    def order(self, number: int) -> tuple[str, str, int]:
        """By what reports are ordered: their day, then their id."""
        report = self.across.reports[number]
        return day_of(report), report.report_id, number

    def same(self, one: Passage, other: Passage) -> bool:
        """Whether two passages tell the same: nearly in the same words, or the same happening first of all."""
        alike = self.alike(words_of(one.words), words_of(other.words))
        return alike >= _SAME or (alike >= _SAME_INCIDENT and self._one_happening(one, other))

    def confirms(self, one: Passage, other: Passage) -> bool:
        """Whether a passage tells what another tells, so that its report counts as one more that does."""
        alike = self.alike(words_of(one.words), words_of(other.words))
        alike_enough = alike >= _TO_THE_DETAIL or (alike >= _SAME_INCIDENT and self._one_happening(one, other))
        return alike_enough and self._has(other.report, one)

    def _one_happening(self, one: Passage, other: Passage) -> bool:
        firsts = [
            {self.incidents[e.id].id for e in passage.news[:1] if e.id in self.incidents} for passage in (one, other)
        ]
        return bool(firsts[0] & firsts[1])

    def line(
        self, passage: Passage, *, head: str = "", labels: Sequence[str] | None = None, also: Iterable[int] = ()
    ) -> Line:
        """The line of a passage; `also` are further reports that tell it."""
        numbers = dict.fromkeys((*self.told_by(passage), *sorted(also, key=self.order)))
        report = passage.report
        return Line(
            words=passage.words,
            report=report.id,
            report_id=report.report_id,
            span=passage.span,
            day=day_of(report),
            outlet=outlet_of(report),
            head=head,
            labels=labels_of(passage) if labels is None else tuple(labels),
            by=word_of(passage),
            claims=tuple(f"events/{event.id}" for event in passage.news),
            reports=tuple(self.across.reports[number].report_id for number in numbers),
            sources=self.across.sourcing(numbers).independent,
        )

    def by_story(self, reports: Iterable[ReportFacts]) -> dict[str, list[ReportFacts]]:
        """Reports by the id of their story, in the order given."""
        found: dict[str, list[ReportFacts]] = defaultdict(list)
        for report in reports:
            found[self.stories[report.id].id].append(report)
        return found


def _of_same(one: EventFact, other: EventFact) -> bool:
    """Whether two claims name no different parties on a side."""
    sides = ((one.actors, other.actors), (one.recipients, other.recipients))
    return all(not left or not right or {who.key for who in left} & {who.key for who in right} for left, right in sides)


@lru_cache(maxsize=50_000)
def words_of(text: str) -> frozenset[str]:
    """The words of a text that say something, folded, without the commonest endings."""
    return frozenset(
        _stem(word) for found in _WORD.finditer(text) if len(word := found[0].casefold()) > 2 and word not in _SMALL
    )


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
