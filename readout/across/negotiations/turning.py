"""What is told of talks: that they began, stalled, ended; when and where; and what lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from readout.across.facts import EventFact
from readout.across.negotiations.lexicon import HEAD, sitting, tellings
from readout.across.negotiations.phrases import Phrase
from readout.across.negotiations.roles import fighting
from readout.across.negotiations.sides import Side
from readout.across.negotiations.strands import Strand
from readout.across.negotiations.telling import (
    based,
    coming,
    day_at,
    days_between,
    month_at,
    partial_day,
    sentence_at,
    unreal,
    venue_at,
    voice_at,
    words_at,
)
from readout.across.negotiations.types import Basis, StateChange
from readout.types import NegotiationState, Span

_TALKS = re.compile(rf"^(?:{HEAD})$", re.IGNORECASE)
_TURNS: tuple[Literal["begin", "end"], ...] = ("begin", "end")
_BEFORE = 110  # letters before the talks that are looked at
_PAST = re.compile(r"\b(?:had|last|previous(?:ly)?|earlier|ago|since|first such|previous|used to)\b", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:would|could|may|might|should|will|can|not|never|if|unless|until)\b", re.IGNORECASE)
_BACKGROUND = ("Under the ", "Under a ")
_SITTING = 4  # days: what covers more is told too roughly to be a round
_OLD = 7  # days
_AHEAD = frozenset({"planned", "proposed", "requested", "uncertain", "hypothetical"})
_TURNED_DOWN = re.compile(r"\b(?:reject|refus|turn\w* down|rul\w+ out|rebuff|dismiss|declin)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """Something of a round: it began, ended or was held."""

    what: Literal["begin", "end", "held"]
    start: str | None
    end: str | None
    venue: str | None
    ordinal: int | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something that is said to be ahead, for days; `firm`: it was set, not only offered or asked for."""

    start: str
    end: str
    firm: bool
    basis: Basis


def find_states(strand: Strand) -> list[StateChange]:
    """The states that a strand's report tells the talks to be in, in text order."""
    return [found for phrase in _talks(strand) for found in _states(strand, phrase)]


def _talks(strand: Strand) -> Iterator[Phrase]:
    """The phrases that speak of talks, and not of a deal or meeting."""
    for phrase in strand.phrases:
        if _TALKS.match(strand.report.text[slice(*phrase.head)]):
            yield phrase


def _states(strand: Strand, phrase: Phrase) -> Iterator[StateChange]:
    text = strand.report.text
    first, last = strand.report.sentences[phrase.sentence]
    told: list[tuple[NegotiationState, Span, str]] = []
    for telling in tellings():
        if telling.within and (within := telling.within.search(text, *phrase.span)):
            told.append((telling.state, within.span(), "in the name of the talks"))
        if telling.after and (after := telling.after.match(text[phrase.head[1] : last])):
            told.append((telling.state, _at(after, phrase.head[1]), "told after the talks"))
        start = max(first, phrase.span[0] - _BEFORE)
        if telling.before and (before := telling.before.search(text[start : phrase.span[0]])):
            told.append((telling.state, _at(before, start), "told before the talks"))
    for state, span, rule in told:
        found = _state(strand, phrase, state, span, rule, alone=len({one for one, _, _ in told}) == 1)
        if found is not None:
            yield found


def _at(found: re.Match[str], offset: int) -> Span:
    return offset + found.start("told"), offset + found.end("told")


def _state(
    strand: Strand, phrase: Phrase, state: NegotiationState, span: Span, rule: str, *, alone: bool
) -> StateChange | None:
    text = strand.report.text
    named = rule == "in the name of the talks"
    first, last = sentence_at(strand, span[0])
    if state == "proposed":
        if not alone or _TURNED_DOWN.search(text, first, span[0]) or text.startswith(_BACKGROUND, first):
            return None
    elif not named and (
        unreal(strand, span[0] if rule == "told before the talks" else phrase.span[0])
        or (rule == "told after the talks" and _MODAL.search(text, phrase.head[1], span[0]))
    ):
        return None
    when = day_at(strand, (min(span[0], phrase.span[0]), max(span[1], phrase.head[1])))
    if when is None and not named and state != "proposed":
        if (long := month_at(strand, span)) and long[1] < strand.day:
            when = long
        elif _PAST.search(text, first, last) or _old(strand, first, last):
            # What is told without a day, and looks back, was not on the day of the report.
            return None
    day = partial_day(*when) if when and when[0] < strand.day and state != "proposed" and not named else strand.day
    reasons = (
        f'"{text[slice(*span)]}" of "{text[slice(*phrase.span)]}"',
        "dated by its words" if when and day != strand.day else "on the day of the report",
    )
    around = (min(span[0], phrase.span[0]), max(span[1], phrase.head[1]))
    basis = based(strand, span, rule, 0.85 if when else 0.75, *reasons, words=words_at(strand, around))
    return StateChange(state, day, voice_at(strand, span[0]), basis)


def _old(strand: Strand, first: int, last: int) -> bool:
    """Whether a sentence tells days that are long past."""
    ends = [time.end for time in strand.report.times if first <= time.span[0] < last and time.start and time.end]
    return any(days_between(end, strand.day) > _OLD for end in ends)


def find_points(strand: Strand, parties: frozenset[Side]) -> list[Point]:
    """The beginnings and ends of rounds that a strand's report tells with a day, a place or a number."""
    found: list[Point] = []
    text = strand.report.text
    for phrase in _talks(strand):
        first, last = strand.report.sentences[phrase.sentence]
        start = max(first, phrase.span[0] - _BEFORE)
        for what in _TURNS:
            after, before = sitting(what)
            match, offset = after.match(text[phrase.head[1] : last]), phrase.head[1]
            if match is None:
                match, offset = before.search(text[start : phrase.span[0]]), start
            if match is not None:
                found += _point(strand, phrase, what, _at(match, offset))
    for event in strand.report.events:
        found += _met(strand, event, parties)
    return found


def _point(strand: Strand, phrase: Phrase, what: Literal["begin", "end"], span: Span) -> Iterator[Point]:
    if unreal(strand, span[0]) or (span[0] > phrase.head[1] and unreal(strand, phrase.span[0])):
        return
    around = (min(span[0], phrase.span[0]), max(span[1], phrase.head[1]))
    when = day_at(strand, around)
    if when is not None and days_between(*when) > _SITTING:
        when = None  # "last week" is no day of a round
    venue = venue_at(strand, around) or _named_venue(strand, phrase)
    if when is not None and when[0] > strand.day:
        return
    if when is None and phrase.ordinal is None:
        return
    basis = based(
        strand,
        span,
        f"told to {what}",
        0.85 if when else 0.7,
        f'"{strand.report.text[slice(*span)]}"',
        words=words_at(strand, around),
    )
    yield Point(what, when[0] if when else None, when[1] if when else None, venue, phrase.ordinal, basis)


def _named_venue(strand: Strand, phrase: Phrase) -> str | None:
    """The town that talks are named by: "the Abuja talks"."""
    for place in strand.report.places:
        if place.where.kind in ("city", "town", "capital") and any(
            phrase.span[0] <= span[0] < phrase.head[0] for span in place.mentions
        ):
            return place.where.name
    return None


def _met(strand: Strand, event: EventFact, parties: frozenset[Side]) -> Iterator[Point]:
    """Both parties met, as an event tells it."""
    if event.act_type != "CONSULT" or event.status not in ("occurred", "ongoing") or event.start is None:
        return
    both = strand.between([*event.actors, *event.recipients])
    keys = {side.key for side in both}
    told = any(
        strand.report.sentences[phrase.sentence][0] <= event.span[0] < strand.report.sentences[phrase.sentence][1]
        for phrase in strand.phrases
    )
    if not told and not any(fighting(one, other) for one in both for other in both):
        return  # states meet for much else
    if not strand.speaks(sentence_at(strand, event.span[0])):
        return
    if len(keys) < 2 or not keys <= {side.key for side in parties} or event.start > strand.day:
        return
    if event.end and days_between(event.start, event.end) > _SITTING:
        return
    places = [place for place in event.places if place.kind not in ("continent", "region")]
    venue = places[0].name if places else venue_at(strand, event.span)
    basis = based(
        strand, event.span, "both parties met", 0.8, f"read as {event.type}, {event.status}",
        claim=f"events/{event.id}", words=words_at(strand, event.span),
    )  # fmt: skip
    yield Point("held", event.start, event.end, venue, None, basis)


def find_ahead(strand: Strand, parties: frozenset[Side]) -> list[Ahead]:
    """What a strand's report says to be planned or proposed of the talks, with the days that it is for."""
    found: list[Ahead] = []
    keys = {side.key for side in parties}
    for event in strand.report.events:
        sentence = sentence_at(strand, event.span[0])
        if event.act_type != "CONSULT" or event.status not in _AHEAD or not event.start or event.start < strand.day:
            continue
        both = {side.key for side in strand.between([*event.actors, *event.recipients])}
        if len(both) > 1 and both <= keys and strand.speaks(sentence):
            basis = based(
                strand, event.span, "an event that is planned", 0.85, f"read as {event.type}, {event.status}",
                claim=f"events/{event.id}", words=words_at(strand, event.span),
            )  # fmt: skip
            found.append(Ahead(event.start, event.end or event.start, event.status == "planned", basis))
    (proposed,) = (telling for telling in tellings() if telling.state == "proposed")
    text = strand.report.text
    for phrase in _talks(strand):
        last = strand.report.sentences[phrase.sentence][1]
        match = proposed.after.match(text[phrase.head[1] : last]) if proposed.after else None
        if match is None:
            continue
        span = _at(match, phrase.head[1])
        when = month_at(strand, span)
        if when and when[1] < strand.day:
            when = coming(strand, span, when)
        if when and when[1] >= strand.day:
            basis = based(
                strand,
                span,
                "talks told to be ahead",
                0.8,
                f'"{text[slice(*span)]}"',
                words=words_at(strand, (phrase.span[0], span[1])),
            )
            found.append(Ahead(max(when[0], strand.day), when[1], "could" not in text[slice(*span)], basis))
    return found
