"""Where parties stand: what they demand, refuse or offer on an issue, and how that changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from readout.across.facts import EventFact, Who
from readout.across.negotiations.lexicon import issues
from readout.across.negotiations.sides import Side
from readout.across.negotiations.strands import Strand
from readout.across.negotiations.telling import based, clause_at, sentence_at, voice_at
from readout.across.negotiations.types import Move, Stand
from readout.types import Span, Stance

_NEAR = 110  # letters before the act in which the word of the stance stands
_CLOSE = 70  # letters after "ready to" and the like in which the issue is
#: Words that say the stance, as they stand before the act or are it.
_SAYS: dict[Stance, re.Pattern[str]] = {
    "refuses": re.compile(
        r"\b(?:refus\w+|reject\w*|rul(?:e|ed|ing|es) out|declin(?:e|ed|es|ing) to|turn\w* down|rebuff\w*|oppos\w+|will not|would not|"
        r"cannot|won't|(?:will|would|can) never|"
        r"dismiss\w*(?=[^.;]{0,40}\b(?:demand|ultimatum|call|proposal|offer|idea|suggestion)))\b",
        re.IGNORECASE,
    ),
    "demands": re.compile(
        r"\b(?:demand\w*|insist\w*|want(?:s|ed)?|call(?:s|ed|ing)? (?:for|on)|urg\w+|require[sd]?|must|press\w* for|request\w*|"
        r"condition\w*|"
        r"has to|have to)\b",
        re.IGNORECASE,
    ),
    "offers": re.compile(
        r"\b(?:offer\w*|agree[sd]?|agreeing|accept\w*|ready|willing\w*|prepared|pledg\w+|promis\w+|propos\w+|undertak\w+|undertook)\b",
        re.IGNORECASE,
    ),
}
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|neither|n['’]t|without|fail\w*|yet to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
#: A question, a condition, or what was before: no position of the day.
_ASKED = re.compile(r"^\W*(?:asked|if|whether|unless|should)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:had|who had|previously|formerly|originally|initially)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_REPORTED = re.compile(r"\b(?:said|told|announced|reported|added|confirmed)\b", re.IGNORECASE)
#: What follows these is why, and no longer what.
_WHY = re.compile(
    r"\b(?:due to|because|in retaliation|in response|after|despite|until|unless|before|as long as|in protest)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^\W*(?:he|she|they|it)\b", re.IGNORECASE)


def find_stands(strand: Strand, parties: frozenset[Side]) -> list[Stand]:
    """The positions of the parties that a strand's report tells, in text order, each stance on an issue once."""
    keys = {side.key: side for side in parties}
    found: dict[tuple[str, str, Stance], Stand] = {}
    for event in strand.report.events:
        sentence = sentence_at(strand, event.span[0])
        if not strand.speaks(sentence):
            continue
        for side in strand.read.sides(event.actors):
            stand = _stand(strand, event, keys[side.key], sentence) if side.key in keys else None
            if stand is not None:
                found.setdefault((stand.party.key, stand.issue, stand.stance), stand)
    return sorted(found.values(), key=lambda stand: (stand.basis.span, stand.party.key, stand.issue))


def _stand(strand: Strand, event: EventFact, side: Side, sentence: Span) -> Stand | None:
    stance = _stance(event)
    if stance is None:
        return None
    text = strand.report.text
    clause = clause_at(strand, event.span)
    start = max(clause[0], event.span[0] - _NEAR)
    said = list(_SAYS[stance].finditer(text, start, event.span[1]))
    if not said or _ASKED.search(text[slice(*clause)]) or _ASKED.search(text[slice(*sentence)]):
        return None
    word = said[-1]
    if _NEGATED.search(text[clause[0] : word.start()]):
        return None
    if _BEFORE.search(text[clause[0] : word.start()]) and not _REPORTED.search(text[sentence[0] : word.start()]):
        return None
    voice = voice_at(strand, event.span[0])
    if _PRONOUN.match(text[slice(*clause)]) and not _own(strand, event, side, voice, clause[0]):
        return None
    end = min(clause[1], word.end() + _CLOSE) if stance == "offers" else clause[1]
    issue = _issue(text, (word.end(), end))
    if issue is None or (stance == "offers" and re.search(r"\b(?:must|only)\b", text[word.end() : end])):
        return None
    told = f"{side.name} {stance}: read as {event.type} of {event.act_type}, {event.status}"
    span = (word.start(), clause[1])
    basis = based(strand, span, "an act of a party", 0.75, told, claim=f"events/{event.id}", words=clause)
    return Stand(side.who, issue, stance, voice, basis)


def _own(strand: Strand, event: EventFact, side: Side, voice: Who | None, at: int) -> bool:
    """Whether "he rejected …" is surely the party's: the speaker, or who spoke last before it, is of the party."""
    before = [one for one in strand.report.statements if one.span[0] < at and one.speaker is not None]
    last = voice or (max(before, key=lambda one: one.span).speaker if before else None)
    return last is None or strand.read.of(last) == side or last.key in {who.key for who in event.actors}


def _stance(event: EventFact) -> Stance | None:
    if event.status == "requested" and event.type == "REQUEST":
        return "demands"
    if event.status in ("refused", "not_occurring") and event.type == "REJECT":
        return "refuses"
    if event.type in ("AGREE", "CONCEDE") and event.status in ("planned", "proposed", "occurred", "uncertain"):
        return "offers"
    return None


def _issue(text: str, span: Span) -> str | None:
    """The issue that is named first after the word of the stance, up to the reason for it."""
    why = _WHY.search(text, *span)
    span = (span[0], why.start()) if why else span
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
    for before, after in pairwise(clear):
        if before.stance != after.stance:
            yield Move(after.party, after.issue, before, after)
