"""How much a sentence weighs in a brief: by the kinds of its events, who takes part, how many died, and what it is about."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

from readout.across.brief.passages import Passage
from readout.across.facts import EventFact, FigureFact, ReportFacts, Who
from readout.across.incidents.tolls import tolls_of
from readout.knowledge import load

#: What an event of a type, or of a type and mode, weighs where it is told as new and done.
_TYPES = {
    "ASSAULT": 4.0, "COERCE": 3.0, "MOBILIZE": 3.0, "RETREAT": 3.0, "SANCTION": 3.0, "THREATEN": 2.5, "REJECT": 2.5, "PROTEST": 2.5,
    "CONCEDE": 2.0, "AGREE": 2.5, "CONSULT": 2.0, "ACCUSE": 2.0, "AID": 1.5, "REQUEST": 1.5, "COOPERATE": 1.0, "SUPPORT": 1.0,
}  # fmt: skip
_MODES = {
    ("ASSAULT", "beat"): 2.5, ("ASSAULT", "sexual"): 2.5, ("ASSAULT", "suicide-attack"): 5.0, ("ASSAULT", "unconventional"): 6.0,
    ("ASSAULT", "aerial"): 5.0, ("COERCE", "arrest"): 2.0, ("COERCE", "seize"): 4.0, ("COERCE", "martial-law"): 5.0,
    ("RETREAT", "ceasefire"): 4.0, ("RETREAT", "withdraw"): 3.5, ("PROTEST", "riot"): 3.5, ("CONSULT", "multilateral"): 2.5,
    ("CONSULT", "visit"): 2.5, ("CONSULT", "phone"): 1.5, ("SANCTION", "convict"): 2.0, ("ACCUSE", "investigate"): 1.5,
}  # fmt: skip
#: What is left of that where it is not done, or not sure.
_STATUS = {"hypothetical": 0.2, "uncertain": 0.7, "denied": 0.8, "not_occurring": 0.5, "proposed": 0.75, "planned": 0.9}
_BETWEEN_STATES, _KNOWN_PERSON = 1.0, 0.5
#: What each doubling of those killed, killed beside what the events say, or held or freed adds, up to so many.
_DEAD, _DEAD_BESIDE, _HELD, _MANY = 0.9, 0.45, 0.3, 5_000.0
#: What is left of violence of which nothing is said but that there is some; of what is told as background in a first sentence.
_OF_NONE, _BACKGROUND = 0.4, 0.6
#: What the words alone can add; from where on what they take is only background ("a former footballer is president"); what is left of it.
_SOME, _SURE, _ASIDE = 7.0, 3.0, 0.3
#: How much more each further word of the same matter counts, up to so many.
_FURTHER, _WORDS = 0.35, 4
#: Words of a toll that has grown over time, and is not that of a happening.
_OVER_TIME = re.compile(r"\b(?:so far|since|this year|in total|up to now|to date)\b", re.IGNORECASE)
#: Names of countries are this long.
_COUNTRY = 3


def weight_of(passage: Passage) -> float | None:
    """What a passage weighs: its heaviest event that is told as new, and what it and its report's headline are about; None where it is
    no news at all."""
    text = f"{passage.report.title or ''}\n{passage.words}"
    about = about_words(text)
    if about is None:
        return None
    accident = is_accident(text)
    events = [
        event_weight(event, passage.report) * (1.0 if event.news else _BACKGROUND)
        for event in (passage.events if passage.first else passage.news)
        if not (accident and event.act_type == "ASSAULT")
    ]
    return round(max(events, default=0.0) + about + (0.0 if accident else _dead_in(passage)), 3)


def _dead_in(passage: Passage) -> float:
    """What the dead add that a passage counts and none of its events has."""
    if _OVER_TIME.search(passage.words):
        return 0.0
    sized = {number for event in passage.events for number in event.figures if event.act_type == "ASSAULT"}
    inside = [f for f in passage.report.figures if f.id not in sized and passage.span[0] <= f.span[0] < passage.span[1]]
    return _DEAD_BESIDE * math.log2(1 + min(_toll(inside, passage.report, "killed"), _MANY))


def _toll(figures: Sequence[FigureFact], report: ReportFacts, measure: str) -> float:
    return max((toll.best for toll in tolls_of(figures, report.text) if toll.measure == measure), default=0.0)


def event_weight(event: EventFact, report: ReportFacts) -> float:
    """What an event weighs."""
    weight = _MODES.get((event.act_type, event.act_mode or ""), _TYPES.get(event.act_type, 1.0))
    weight *= _STATUS.get(event.status, 1.0)
    parties = (*event.actors, *event.recipients)
    states = {who.country for who in parties if who.country} | {
        place.country for place in event.places if place.country
    }
    weight += _BETWEEN_STATES if len(states) > 1 else 0.0
    weight += _KNOWN_PERSON if any(map(is_known, parties)) else 0.0
    sizes = [figure for figure in report.figures if figure.id in event.figures]
    if event.act_type == "ASSAULT":
        weight *= 1.0 if sizes or parties or event.places or event.start else _OF_NONE
        weight += _DEAD * math.log2(1 + min(_toll(sizes, report, "killed"), _MANY))
    return weight + _HELD * math.log2(
        1 + min(max(_toll(sizes, report, name) for name in ("detained", "released", "captive")), _MANY)
    )


def is_known(who: Who) -> bool:
    """Whether somebody is a person or body with an entry of its own, and no country."""
    return bool(who.key) and ":" not in who.key and len(who.key) != _COUNTRY


@cache
def _matters() -> tuple[tuple[float | str, re.Pattern[str]], ...]:
    return tuple(
        (entry["weight"], re.compile(rf"\b(?:{'|'.join(entry['words'])})\b", re.IGNORECASE))
        for entry in load("across/brief.yaml")
    )


@cache
def _accidents() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"\b(?:{'|'.join(entry['words'])})\b", re.IGNORECASE)
        for entry in load("across/brief.yaml")
        if entry.get("harm") == "nobody's"
    )


def is_accident(text: str) -> bool:
    """Whether those who are killed or hurt in a text are so by nobody's will."""
    return any(pattern.search(text) for pattern in _accidents())


def is_of_several(title: str) -> bool:
    """Whether a headline is that of several news together, and so of none of them."""
    return any(weight == "untitled" and pattern.search(title) for weight, pattern in _matters())


def about_words(text: str) -> float | None:
    """What words add or take, further words of one matter less: at most so much added; None where they are no news at all."""
    more = less = 0.0
    for weight, pattern in _matters():
        words = {found[0].casefold() for found in pattern.finditer(text)}
        if not words:
            continue
        if isinstance(weight, str):
            if weight == "never":
                return None
            continue
        points = weight * (1 + _FURTHER * (min(len(words), _WORDS) - 1))
        more, less = (more + points, less) if points > 0 else (more, less + points)
    return min(more, _SOME) + (less * _ASIDE if more >= _SURE else less)
