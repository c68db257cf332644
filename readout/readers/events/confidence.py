"""How far an event can be relied on: the share of events read from such evidence whose type was right.

A logistic regression over what is known of the event; its weights are knowledge (`confidence.yaml`), fitted by
`training/confidence.py` on the development set and tested on items left out (docs/confidence.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from readout import knowledge
from readout.language.document import Document, Token
from readout.types import Actor, Event, Problem


#: A text of fewer sentences is no article: that little happens in it says nothing; events that are few for an article.
_ARTICLE, _FEW = 4, 3
#: Kinds of actors who do politics whatever else is known of them.
_PARTIES = frozenset({"government", "country", "armed_group", "party", "igo"})
#: Kinds of actors who do where they are of a country.
_PEOPLE = frozenset({"person", "unnamed", "population"})


def surroundings(document: Document, events: Sequence[Event], actors: Sequence[Actor]) -> frozenset[int] | None:
    """The known actors of an article of another matter, in which little is read, and nothing between two known parties.

    There (sport, shows, science) only what a known actor does or undergoes is likely to be politics.

    Args:
        document: what the events were read from.
        events: all its events.
        actors: those that the events refer to.

    Returns:
        Their numbers; None where the article is of no other matter.
    """
    if len(document.sentences) < _ARTICLE or len(events) > _FEW:
        return None
    known = frozenset(n for n, actor in enumerate(actors) if _is_known(actor))
    return None if any(known & set(e.actors) and known & set(e.recipients) for e in events) else known


def _is_known(actor: Actor) -> bool:
    """Whether something tells that an actor takes part in politics: its kind, its country or its sectors."""
    return actor.kind in _PARTIES or bool(actor.sectors) or (actor.kind in _PEOPLE and actor.country is not None)


def evidence(document: Document, event: Event, known: frozenset[int] | None = None) -> tuple[str, ...]:
    """What is known of an event that bears on whether it was read right, as names, each there or not.

    Args:
        document: what the event was read from.
        event: one happening, with all its tellings.
        known: in an article of another matter, the actors known to do politics (`surroundings`).
    """
    trigger = document.tokens[document.tokens_in(event.span)[0]]
    noun = trigger.pos not in ("VERB", "AUX")
    names = [
        f"type {event.type}",
        f"status {event.status}",
        "noun" if noun else "verb",
        f"rule {event.rule}",
        *_reasons_against(event, trigger, noun=noun),
    ]
    if known is not None and not known & {*event.actors, *event.recipients}:
        names.append("of another matter")
    if event.act.type != event.type:
        names.append(f"act {event.act.type}")
    for name, there in (
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("both ends", event.actors and event.recipients),
        ("several actors", len(event.actors) > 1),
        ("date", event.date is not None),
        ("place", event.places),
        ("mode", event.mode),
        ("attributed", event.attribution),
        ("told twice", event.spans),
    ):
        if there:
            names.append(name)
    return tuple(names)


def _reasons_against(event: Event, trigger: Token, *, noun: bool) -> list[str]:
    """What together makes it likely that an event is none, though each of it alone says little."""
    relation = trigger.dep.split(":")[0]
    both = bool(event.actors and event.recipients)
    found = {
        "noun alone": noun and not (event.actors or event.recipients),  # "after the riots"
        "said in passing": relation == "acl" and not both and event.date is None,  # "lawmakers accused of felonies"
        "doubtful end": event.status in ("uncertain", "hypothetical") and not both,  # "who may face charges"
        "accuses nobody": event.type == "ACCUSE" and not event.recipients,  # "while an inquiry takes place"
        "purpose": relation == "advcl" and event.status == "planned" and not both,  # "came to coordinate the work"
    }
    return [name for name, there in found.items() if there]


def likely(events: Iterable[Event], least: float | None = None) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events that are likely enough to be right, and what was left out because it is too doubtful.

    Args:
        events: events with their confidence.
        least: the confidence to reach; that of `confidence.yaml` by default.
    """
    bound: float = knowledge.load("confidence.yaml")["least"] if least is None else least
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
    total = content["intercept"] + sum(weights.get(name, 0.0) for name in names)
    return round(1 / (1 + math.exp(-total)), 2)
