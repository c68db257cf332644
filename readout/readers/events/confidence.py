"""How far an event can be relied on: the share of events read from such evidence whose type was right.

A logistic regression over what is known of the event; its weights are knowledge (`confidence.yaml`), fitted by
`training/confidence.py` on the development set and tested on items left out (docs/confidence.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from readout import knowledge
from readout.language.document import Document
from readout.types import Actor, Event, Problem


#: A text of fewer sentences is no article: that little happens in it says nothing.
_ARTICLE = 4
_FEW = 3  # events
#: Kinds of actors who do politics whatever else is known of them.
_PARTIES = frozenset({"government", "country", "armed_group", "party", "igo"})


def surroundings(document: Document, events: Sequence[Event], actors: Sequence[Actor]) -> tuple[str, ...]:
    """What an article's events together say of each: one that tells of no act between two known parties is hardly about politics.

    Args:
        document: what they were read from.
        events: all its events.
        actors: those that the events refer to.
    """
    if len(document.sentences) < _ARTICLE or not events:
        return ()
    known = {n for n, actor in enumerate(actors) if actor.kind in _PARTIES or actor.country or actor.sectors}
    names = []
    if not any(known & set(event.actors) and known & set(event.recipients) for event in events):
        names.append("no known parties")
    if len(events) <= _FEW:
        names.append("few events")
    return tuple(names)


def evidence(document: Document, event: Event, around: Iterable[str] = ()) -> tuple[str, ...]:
    """What is known of an event that bears on whether it was read right, as names, each there or not.

    Args:
        document: what the event was read from.
        event: one happening, with all its tellings.
        around: what the other events of the article say (`surroundings`).
    """
    trigger = document.tokens[document.tokens_in(event.span)[0]]
    names = [
        f"type {event.type}",
        f"status {event.status}",
        "verb" if trigger.pos in ("VERB", "AUX") else "noun",
        f"rule {event.rule}",
    ]
    names += around
    if trigger.dep.split(":")[0] == "acl":
        names.append("said of a noun")
    if "noun" in names and not document.children(trigger.i, "det", "nmod:poss"):
        names.append("bare noun")
    if "noun" in names and not (event.actors or event.recipients):
        names.append("noun alone")
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


def likely(events: Iterable[Event], least: float | None = None) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events that are likelier right than wrong, and what was left out because it is not.

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
    what = "an event that was" if len(doubted) == 1 else f"{len(doubted)} events that were"
    return kept, (Problem("doubt", f"{what} less likely right than wrong left out: {', '.join(doubted)}"),)


def confidence(names: Iterable[str]) -> float:
    """The probability, from 0 to 1, that an event with this evidence has the right type; names without a weight count nothing."""
    content = knowledge.load("confidence.yaml")
    weights: dict[str, float] = content["weights"]
    total = content["intercept"] + sum(weights.get(name, 0.0) for name in names)
    return round(1 / (1 + math.exp(-total)), 2)
