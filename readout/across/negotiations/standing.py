"""Where parties stand: what they demand, refuse or offer on an issue, and how that changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from readout.across.facts import EventFact
from readout.across.negotiations.lexicon import issues
from readout.across.negotiations.sides import Side
from readout.across.negotiations.strands import Strand
from readout.across.negotiations.telling import based, clause_at, sentence_at, voice_at
from readout.across.negotiations.types import Move, Stand
from readout.types import Span, Stance

_NEAR = 70  # letters before the act in which the word of the stance stands
#: Words that say the stance, as they stand before the act or are it.
_SAYS: dict[Stance, re.Pattern[str]] = {
    "refuses": re.compile(
        r"\b(?:refus\w+|reject\w*|rul(?:e|ed|ing|es) out|declin\w+|dismiss\w*|turn\w* down|rebuff\w*|oppos\w+|will not|would not|cannot|won't|never|not agree|"
        r"no (?=cease))\b",
        re.IGNORECASE,
    ),
    "demands": re.compile(
        r"\b(?:demand\w*|insist\w*|want(?:s|ed)?|call(?:s|ed|ing)? (?:for|on)|urg\w+|require[sd]?|must|press\w* for|request\w*|condition\w*|has to|have to)\b",
        re.IGNORECASE,
    ),
    "offers": re.compile(
        r"\b(?:offer\w*|agree[sd]?|agreeing|accept\w*|ready|willing\w*|prepared|pledg\w+|promis\w+|propos\w+|undertak\w+|undertook|would not object)\b",
        re.IGNORECASE,
    ),
}
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|neither|n['’]t|without|fail\w*|yet to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_ASKED = re.compile(r"^\W*(?:asked|if|whether|unless|should)\b", re.IGNORECASE)


def find_stands(strand: Strand, parties: frozenset[Side]) -> list[Stand]:
    """The positions of the parties that a strand's report tells, in text order, each word of a stance once."""
    keys = {side.key: side for side in parties}
    found: dict[tuple[str, str, Span], Stand] = {}
    for event in strand.report.events:
        sentence = sentence_at(strand, event.span[0])
        if not strand.speaks(sentence):
            continue
        for side in strand.read.sides(event.actors):
            stand = _stand(strand, event, keys[side.key], sentence) if side.key in keys else None
            if stand is not None:
                found.setdefault((stand.party.key, stand.issue, stand.basis.span), stand)
    return sorted(found.values(), key=lambda stand: (stand.basis.span, stand.party.key, stand.issue))


def _stand(strand: Strand, event: EventFact, side: Side, sentence: Span) -> Stand | None:
    stance = _stance(event)
    if stance is None:
        return None
    text = strand.report.text
    clause = clause_at(strand, event.span)
    start = max(clause[0], event.span[0] - _NEAR)
    said = [found for found in _SAYS[stance].finditer(text, start, event.span[1])]
    if not said or _ASKED.search(text[slice(*clause)]) or _ASKED.search(text[slice(*sentence)]):
        return None
    word = said[-1]
    if _NEGATED.search(text[clause[0] : word.start()]):
        return None
    rest = (word.end(), clause[1])
    issue = _issue(text, rest)
    if issue is None:
        return None
    basis = based(
        strand, (word.start(), clause[1]), "an act of a party", 0.75, f"{side.name} {stance}: read as {event.type} of {event.act_type}, {event.status}",
        claim=f"events/{event.id}", words=clause,
    )  # fmt: skip
    return Stand(side.who, issue, stance, voice_at(strand, event.span[0]), basis)


def _stance(event: EventFact) -> Stance | None:
    if event.status == "requested" and event.type == "REQUEST":
        return "demands"
    if event.status in ("refused", "not_occurring") and event.type == "REJECT":
        return "refuses"
    if event.type in ("AGREE", "CONCEDE") and event.status in ("planned", "proposed", "occurred", "uncertain"):
        return "offers"
    return None


def _issue(text: str, span: Span) -> str | None:
    """The issue that is named first after the word of the stance."""
    found = [
        (match.start(), -len(match[0]), issue) for issue, words in issues() if (match := words.search(text, *span))
    ]
    return min(found)[2] if found else None


def find_moves(stands: Sequence[Stand]) -> tuple[Move, ...]:
    """Where a party stood otherwise on an issue on a later day; what is told of one day is no move."""
    series: dict[tuple[str, str], list[Stand]] = defaultdict(list)
    for stand in sorted(stands, key=lambda one: (one.basis.day, one.basis.report, one.basis.span)):
        series[stand.party.key, stand.issue].append(stand)
    return tuple(move for key in sorted(series) for move in _moves(series[key]))


def _moves(stands: Sequence[Stand]) -> Iterator[Move]:
    days: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        days[stand.basis.day].append(stand)
    # A day on which a party is told to stand in two ways tells of no move.
    clear = [some[0] for _, some in sorted(days.items()) if len({one.stance for one in some}) == 1]
    for before, after in zip(clear, clear[1:], strict=False):
        if before.stance != after.stance:
            yield Move(after.party, after.issue, before, after)
