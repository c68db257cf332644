"""How far an event can be relied on: the share of events read from such evidence whose type was right.

A logistic regression over what is known of the event; its weights are knowledge (`confidence.yaml`), fitted by
`training/confidence.py` on the development set and tested on items left out (docs/confidence.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readout import knowledge
from readout.language.document import Document, Token
from readout.types import Actor, Event, Problem

#: A text of fewer sentences is no article: that little happens in it says nothing; events that are few for an article.
_ARTICLE, _FEW = 4, 3
#: Events to a sentence below which hardly anything, or little, happens in an article, and from which on it is full of events.
_HARDLY, _LITTLE, _FULL = 0.25, 0.5, 1.25
#: Types of what is done among parties: what nobody known in politics does, to nobody known, is mostly business, sport or private.
_AMONG_PARTIES = frozenset(
    {
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "REQUEST",
        "REJECT",
        "THREATEN",
        "SANCTION",
        "MOBILIZE",
    }
)
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
#: Kinds of actors who do politics whatever else is known of them.
_PARTIES = frozenset({"government", "country", "armed_group", "party", "igo"})
#: Sectors of those who are not thereby in politics.
_CIVIL = frozenset({"CVL", "SOC", "BUS", "MED", "EDU", "JRN", "AGR", "REL"})
#: Kinds of actors who do where they are of a country.
_PEOPLE = frozenset({"person", "unnamed", "population"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article says of each of its events: the numbers of the actors who are known to do politics, and what it is about.

    Of another matter (sport, shows, science) is an article in which little is read, and nothing between two known actors.
    `fullness` is the name of how much happens in it; None where that is neither little nor much, and where the text is no article.
    """

    known: frozenset[int]
    another_matter: bool
    fullness: str | None = None


def surroundings(document: Document, events: Sequence[Event], actors: Sequence[Actor]) -> Surroundings:
    """The surroundings of an article's events.

    Args:
        document: what the events were read from.
        events: all its events.
        actors: those that the events refer to.
    """
    known = frozenset(n for n, actor in enumerate(actors) if _is_known(actor))
    sentences = len(document.sentences)
    if sentences < _ARTICLE:
        return Surroundings(known, another_matter=False)
    little = len(events) <= _FEW
    apart = little and not any(known & set(e.actors) and known & set(e.recipients) for e in events)
    return Surroundings(known, apart, _fullness(len(events) / sentences))


def _fullness(share: float) -> str | None:
    if share < _LITTLE:
        return "hardly anything happens" if share < _HARDLY else "little happens"
    return "much happens" if share >= _FULL else None


def _is_known(actor: Actor) -> bool:
    """Whether something tells that an actor takes part in politics: its kind, its country or its sectors."""
    told = actor.kind in _PARTIES or not set(actor.sectors) <= _CIVIL
    return told or (actor.kind in _PEOPLE and actor.country is not None)


def evidence(document: Document, event: Event, around: Surroundings) -> tuple[str, ...]:
    """What is known of an event that bears on whether it was read right, as names, each there or not.

    Args:
        document: what the event was read from.
        event: one happening, with all its tellings.
        around: what the article says of it (`surroundings`).
    """
    trigger = document.tokens[document.tokens_in(event.span)[0]]
    noun = trigger.pos not in ("VERB", "AUX")
    names = [
        f"type {event.type}",
        f"status {event.status}",
        "noun" if noun else "verb",
        f"rule {event.rule}",
        *([f"noun of {event.rule}"] if noun else []),
        *([around.fullness] if around.fullness else []),
        *_reasons_against(event, trigger, around, noun=noun),
    ]
    if event.act.type != event.type:
        names.append(f"act {event.act.type}")
    found: dict[str, object] = {
        "actor": event.actors,
        "recipient": event.recipients,
        "both ends": event.actors and event.recipients,
        "several actors": len(event.actors) > 1,
        "date": event.date is not None,
        "place": event.places,
        "mode": event.mode,
        "attributed": event.attribution,
        "told twice": event.spans,
        "main clause": trigger.dep == "root",
        "in quotation marks": _is_quoted(document, trigger),
    }
    names += [name for name, there in found.items() if there]
    return tuple(names)


def _reasons_against(event: Event, trigger: Token, around: Surroundings, *, noun: bool) -> list[str]:
    """What together makes it likely that an event is none, though each of it alone says little."""
    relation = trigger.dep.split(":")[0]
    both = bool(event.actors and event.recipients)
    by_known = not around.known.isdisjoint(event.actors)
    to_known = not around.known.isdisjoint(event.recipients)
    found = {
        "of another matter": around.another_matter and not by_known and not to_known,
        "among nobody known": event.type in _AMONG_PARTIES
        and not by_known
        and not to_known,  # "the two first met in Capri"
        "a habit": trigger.tag in ("VBP", "VBZ") and event.status == "occurred",  # "the bank offers loans each year"
        "noun alone": noun and not (event.actors or event.recipients),  # "after the riots"
        "said in passing": relation == "acl" and not by_known and event.date is None,  # "lawmakers accused of felonies"
        "doubtful end": event.status in ("uncertain", "hypothetical") and not both,  # "who may face charges"
        "accuses nobody": event.type == "ACCUSE" and not event.recipients,  # "while an inquiry takes place"
        "purpose": relation == "advcl" and event.status == "planned" and not both,  # "came to coordinate the work"
    }
    return [name for name, there in found.items() if there]


def _is_quoted(document: Document, trigger: Token) -> bool:
    """Whether an odd number of quotation marks stands before a word in its sentence."""
    first = document.sentences[trigger.sentence].first
    before = document.words[first : trigger.i]
    return not _QUOTES.isdisjoint(before) and sum([word in _QUOTES for word in before]) % 2 == 1


def least_of(document: Document) -> float:
    """The confidence that an event of a document must reach to be told: more in an article than in a sentence or two."""
    content = knowledge.load("confidence.yaml")
    return float(content["least" if len(document.sentences) >= _ARTICLE else "least_of_sentences"])


def likely(events: Iterable[Event], bound: float) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events that are likely enough to be right, and what was left out because it is too doubtful.

    Args:
        events: events with their confidence.
        bound: the confidence to reach.
    """
    told = tuple(events)
    kept = tuple(event for event in told if event.confidence >= bound)
    doubted = sorted(event.rule for event in told if event.confidence < bound)
    if not doubted:
        return kept, ()
    what = "an event" if len(doubted) == 1 else f"{len(doubted)} events"
    return kept, (Problem("doubt", f"{what} left out as too doubtful: {', '.join(doubted)}"),)


def confidence(names: Iterable[str]) -> float:
    """The probability, from 0 to 1, that an event with this evidence has the right type; names without a weight count nothing."""
    content = knowledge.load("confidence.yaml")
    weights: dict[str, float] = content["weights"]
    total = content["intercept"] + sum([weights.get(name, 0.0) for name in names])
    return round(1 / (1 + math.exp(-total)), 2)
