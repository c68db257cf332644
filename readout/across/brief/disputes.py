"""What is disputed: what somebody denies, and what sources count differently."""

from __future__ import annotations

from readout.across.brief.ground import Ground
from readout.across.brief.labels import is_somebody, labels_of, word_of
from readout.across.brief.lexicon import pattern
from readout.across.brief.passages import Passage, day_of
from readout.across.brief.plans import passages_of
from readout.across.brief.shape import Line
from readout.across.brief.weighing import weight_of

_LEAST = 2.0


def disputes(ground: Ground, most: int) -> tuple[Line, ...]:
    """What is denied, or charged by one party to another, in sentences that stand alone; and tolls of which sources differ."""
    found: list[tuple[float, Passage, tuple[str, ...]]] = []
    for report in ground.period:
        for passage in passages_of(report):
            weight = weight_of(passage)
            if weight is None or weight < _LEAST or not _of_now(ground, passage):
                continue
            if (label := _what(passage)) is not None:
                found.append((weight, passage, (label,)))
    found.sort(key=lambda item: (-item[0], day_of(item[1].report), item[1].report.id, item[1].span))
    chosen: list[tuple[float, Passage, tuple[str, ...]]] = []
    for item in found:
        if not any(ground.same(item[1], other[1]) for other in chosen):
            chosen.append(item)
    return tuple(ground.line(passage, labels=(*labels, *_others(passage))) for _, passage, labels in chosen[:most])


def _of_now(ground: Ground, passage: Passage) -> bool:
    """Whether a sentence tells of the period: those that open a report do."""
    return passage.first or any((event.end or event.start or "") >= ground.since for event in passage.news)


def _what(passage: Passage) -> str | None:
    """What the dispute is: a denial, or a charge that one party makes against another."""
    denies = pattern("denies").search(passage.words)
    if denies and (passage.first or any(event.status == "denied" for event in passage.news)):
        by = word_of(passage)
        what = "rejected" if pattern("rejects").match(denies[0]) else "denied"
        return f"{what} by {by}" if by and passage.words.startswith(by) else what
    for event in passage.news:
        charged = event.act_type == "ACCUSE" and event.act_mode == "allege" and event.actors and event.recipients
        if charged and pattern("accuses").search(passage.words):
            named = [who.name for who in event.actors if is_somebody(who)]
            return f"claimed by {max(named, key=len)}" if named else "claimed"
    return None


def _others(passage: Passage) -> tuple[str, ...]:
    return tuple(label for label in labels_of(passage) if label.startswith("here"))
