"""Reports that do not speak of talks and tell of their course all the same: the parties met, agreed, refused."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from readout.across.facts import ReportFacts
from readout.across.negotiations.lexicon import HEAD, conflicts, deals, subject_of
from readout.across.negotiations.phrases import find_phrases
from readout.across.negotiations.roles import by_phrase, fighting
from readout.across.negotiations.sides import Side, Sides
from readout.across.negotiations.strands import Strand
from readout.types import EventType, Span

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
    subjects = [_subjects(group) for group in groups]
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
        hits = _hits(report, by_pair, subjects)
        fitting = {number: why for number, why in hits.items() if spans[number][0] <= day <= spans[number][1]}
        if len(fitting) == 1:
            ((number, (read, events)),) = fitting.items()
            found[number].append((_strand(report, read, groups[number]), tuple(dict.fromkeys(events))))
    return found


def _window(group: Sequence[Strand]) -> tuple[str, str]:
    days = [dt.date.fromisoformat(strand.day) for strand in group]
    return str(min(days) - dt.timedelta(_BEFORE)), str(max(days) + dt.timedelta(_AFTER))


def _subjects(group: Sequence[Strand]) -> frozenset[str]:
    return frozenset(strand.subject for strand in group if strand.subject)


def _hits(
    report: ReportFacts,
    by_pair: Mapping[tuple[str, str], Sequence[int]],
    subjects: Sequence[frozenset[str]],
) -> dict[int, tuple[Sides, list[str]]]:
    sides = Sides(report)
    opening = f"{report.title or ''}. {report.text[slice(*report.sentences[0])]}"
    hits: dict[int, tuple[Sides, list[str]]] = {}
    for both, sentence, said in (*_acts(report, sides), *_deals(report, sides)):
        words = report.text[slice(*sentence)]
        if not (_WORDS.search(words) or deals().search(words)):
            continue
        for one, other in combinations(sorted(both), 2):
            for number in by_pair.get((one.key, other.key), ()):
                about = subject_of(words) or subject_of(opening)
                if (fighting(one, other) and subjects[number] & conflicts()) or about in subjects[number]:
                    hits.setdefault(number, (sides, []))[1].append(said)
    return hits


def _acts(report: ReportFacts, sides: Sides) -> Iterator[tuple[frozenset[Side], Span, str]]:
    for event in report.events:
        if event.type in _ACTS or event.act_type in _ACTS:
            both = sides.sides([*event.actors, *event.recipients])
            sentence = next((span for span in report.sentences if span[0] <= event.span[0] < span[1]), event.span)
            act = f"{event.type}/{event.mode}" if event.mode else event.type
            names = ", ".join(side.name for side in both)
            yield frozenset(both), sentence, f"{act} ({event.status}) of {names}: events/{event.id}"


def _deals(report: ReportFacts, sides: Sides) -> Iterator[tuple[frozenset[Side], Span, str]]:
    for phrase in find_phrases(report, sides):
        both = frozenset(naming.side for naming in by_phrase(report, sides, phrase) if naming.side is not None)
        yield both, report.sentences[phrase.sentence], f'"{report.text[slice(*phrase.span)]}" between them'


def _strand(report: ReportFacts, sides: Sides, group: Sequence[Strand]) -> Strand:
    return Strand(
        report=report, read=sides, number=0, phrases=(), subject=group[0].subject, form=group[0].form, names=(),
        places=frozenset(), namings=(), near=frozenset(), main=True, others=frozenset(),
        rivals=frozenset(),
    )  # fmt: skip
