"""Reports that do not speak of talks and tell of their course all the same: the parties met, agreed, refused."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from readout.across.facts import EventFact, ReportFacts
from readout.across.negotiations.lexicon import HEAD, conflicts, deals, subject_of
from readout.across.negotiations.roles import fighting
from readout.across.negotiations.sides import Side, Sides
from readout.across.negotiations.strands import Strand
from readout.types import EventType

_BEFORE, _AFTER = 7, 14  # days before the first and after the last report of a negotiation
_WORDS = re.compile(
    rf"\b(?:{HEAD}|meet|meeting|met|mediat\w+|proposal|peace plan|ultimatum|envoys?|summit|compromise)\b", re.IGNORECASE
)
_ACTS: frozenset[EventType] = frozenset({"CONSULT", "AGREE", "REJECT", "COOPERATE", "CONCEDE", "SUPPORT"})


def join(
    groups: Sequence[Sequence[Strand]], reports: Iterable[ReportFacts]
) -> dict[int, list[tuple[Strand, tuple[str, ...]]]]:
    """By the number of a group: strands made of reports that tell of no talks by name and of an act of talks between two of its
    parties, while it went on, with the reasons. A report that fits two groups fits none."""
    spans = [_window(group) for group in groups]
    parties = [frozenset(side for strand in group for side in strand.sides) for group in groups]
    by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, sides in enumerate(parties):
        for one, other in combinations(sorted({side.key for side in sides}), 2):
            by_pair[one, other].append(number)
    seen = {strand.report.id for group in groups for strand in group}
    found: dict[int, list[tuple[Strand, tuple[str, ...]]]] = defaultdict(list)
    for report in reports:
        if report.id in seen or not report.sentences or not report.actors:
            continue
        day = (report.published or report.known)[:10]
        hits = _hits(report, by_pair, parties, [_subjects(group) for group in groups])
        fitting = {number: why for number, why in hits.items() if spans[number][0] <= day <= spans[number][1]}
        if len(fitting) == 1:
            ((number, (sides, events)),) = fitting.items()
            found[number].append((_strand(report, sides, groups[number]), tuple(events)))
    return found


def _window(group: Sequence[Strand]) -> tuple[str, str]:
    days = [dt.date.fromisoformat(strand.day) for strand in group]
    return str(min(days) - dt.timedelta(_BEFORE)), str(max(days) + dt.timedelta(_AFTER))


def _subjects(group: Sequence[Strand]) -> frozenset[str]:
    return frozenset(strand.subject for strand in group if strand.subject)


def _hits(
    report: ReportFacts,
    by_pair: Mapping[tuple[str, str], Sequence[int]],
    parties: Sequence[frozenset[Side]],
    subjects: Sequence[frozenset[str]],
) -> dict[int, tuple[Sides, list[str]]]:
    sides = Sides(report)
    hits: dict[int, tuple[Sides, list[str]]] = {}
    for event in report.events:
        if event.type not in _ACTS and event.act_type not in _ACTS:
            continue
        both = {side.key: side for side in sides.sides([*event.actors, *event.recipients])}
        sentence = next((span for span in report.sentences if span[0] <= event.span[0] < span[1]), event.span)
        words = report.text[slice(*sentence)]
        if len(both) < 2 or not (_WORDS.search(words) or deals().search(words)):
            continue
        for one, other in combinations(sorted(both), 2):
            for number in by_pair.get((one, other), ()):
                if _about(both[one], both[other], words, subjects[number]):
                    hits.setdefault(number, (sides, []))[1].append(_said(event, both[one], both[other]))
    return hits


def _about(one: Side, other: Side, words: str, subjects: frozenset[str]) -> bool:
    """Whether an act between two sides is one of their talks: they fight, or the sentence names the subject."""
    return fighting(one, other) and bool(subjects & conflicts()) or subject_of(words) in subjects


def _said(event: EventFact, one: Side, other: Side) -> str:
    act = f"{event.type}/{event.mode}" if event.mode else event.type
    return f"{act} ({event.status}) of {one.name} and {other.name}: events/{event.id}"


def _strand(report: ReportFacts, sides: Sides, group: Sequence[Strand]) -> Strand:
    return Strand(
        report=report, read=sides, number=0, phrases=(), subject=group[0].subject, form=group[0].form, names=(),
        places=frozenset(), namings=(), near=frozenset(), main=True, others=frozenset(),
    )  # fmt: skip
