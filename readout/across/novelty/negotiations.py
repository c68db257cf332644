"""Whether the state of a negotiation was told before."""

from __future__ import annotations

from collections.abc import Sequence

from readout.across.facts import NegotiationFact
from readout.across.incidents.rare_words import likeness
from readout.across.novelty.events import SHOWN, Found, told_by
from readout.across.novelty.items import Earlier
from readout.across.novelty.past import Past, Ready
from readout.across.novelty.words import Weigher, day_in_words, days_between
from readout.types import Span

#: How alike two topics are at least, and the sentences where two parties are the same, and where one is.
_TOPIC, _TWO_PARTIES, _ONE_PARTY = 0.3, 0.08, 0.3
#: How alike the sentences are at least for another state to be a change of the same talks.
_CHANGE = 0.3
#: Days after which talks of the same parties are taken for others.
_LATEST = 45


def judge_talks(ready: Ready, talks: NegotiationFact, past: Past, weigher: Weigher) -> Found:
    """What a negotiation adds to how it stood when it was last told of."""
    same = []
    for before, place, other in past.talks_near(talks, weigher.rarity):
        score, reasons = _same(evidence_of(ready, talks), talks, evidence_of(before, other), other, weigher)
        if score and days_between(ready.report.known, before.report.known) <= _LATEST:
            same.append((score, before, place, other, reasons))
    if not same:
        return Found("new", "nothing like it", 1.0, ("no report before tells of it",), ())
    same.sort(key=lambda item: (-item[0], item[1].report.known, item[1].report.id, item[2]))
    score, before, place, other, reasons = max(
        same, key=lambda item: (item[1].report.known, item[1].report.id, item[0])
    )
    listed = _listed(same)
    since = f"since report {before.report.id} of {day_in_words(before.report.known)}"
    known = told_by([(ready, None, None) for _, ready, *_ in same])
    if talks.state != other.state and not _surely_one(ready, talks, before, other, weigher):
        reason = f"talks that may be the same were {_words(other.state)}, {since}"
        return Found("new", "another state", 1 - score, (reason, *reasons), listed)
    if talks.state != other.state:
        words = f"{_words(other.state)} before, {_words(talks.state)} now, {since}"
        return Found("changed", "state", score, (words, known, *reasons), listed)
    if talks.progress is not None and other.progress is not None and talks.progress != other.progress:
        words = f"progress from {other.progress:.0%} to {talks.progress:.0%} {since}"
        return Found("changed", "progress", score, (words, known, *reasons), listed)
    return Found("repeated", "same state", score, (f"{_words(talks.state)} {known}", *reasons), listed)


def _surely_one(ready: Ready, talks: NegotiationFact, before: Ready, other: NegotiationFact, weigher: Weigher) -> bool:
    """Whether another state is a change: of the same two parties or more, in sentences that are of the same."""
    sides = [{who.key for who in some.parties if who.key} for some in (talks, other)]
    alike = likeness(weigher.of(evidence_of(ready, talks)[1]), weigher.of(evidence_of(before, other)[1]))
    return len(sides[0] & sides[1]) >= 2 and alike >= _CHANGE


def _words(state: str) -> str:
    return state.replace("_", " ")


def evidence_of(ready: Ready, talks: NegotiationFact) -> tuple[Span, str]:
    """The first sentence that tells of a negotiation."""
    sentence = ready.sentence_at(talks.spans[0][0]) if talks.spans else None
    start, end = (talks.spans[0] if talks.spans else (0, 0)) if sentence is None else sentence[:2]
    return (start, end), ready.report.text[start:end]


def _same(
    mine_said: tuple[Span, str],
    one: NegotiationFact,
    theirs_said: tuple[Span, str],
    other: NegotiationFact,
    weigher: Weigher,
) -> tuple[float, tuple[str, ...]]:
    """How surely two negotiations are one, 0 where they are not: two parties are in both, or one, and the sentences are alike."""
    mine, theirs = {who.key: who.name for who in one.parties if who.key}, {who.key for who in other.parties if who.key}
    shared = sorted(mine.keys() & theirs)
    alike = likeness(weigher.of(one.topic), weigher.of(other.topic))
    if not shared or alike < _TOPIC:
        return 0.0, ()
    told = likeness(weigher.of(mine_said[1]), weigher.of(theirs_said[1]))
    if told < (_TWO_PARTIES if len(shared) >= 2 else _ONE_PARTY):
        return 0.0, ()
    names = ", ".join(mine[key] for key in shared)
    return round(min(1.0, 0.3 * len(shared) + 0.5 * alike), 3), (
        f"{names} in both",
        f"the topics are alike ({alike:.2f})",
    )


def _listed(
    items: Sequence[tuple[float, Ready, int, NegotiationFact, tuple[str, ...]]],
) -> tuple[Earlier, ...]:
    found = []
    for score, ready, place, talks, _ in items[:SHOWN]:
        span, sentence = evidence_of(ready, talks)
        found.append(Earlier(ready.report.id, place, ready.report.known, score, span, sentence))
    return tuple(found)
