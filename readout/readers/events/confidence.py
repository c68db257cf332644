"""How far an event can be relied on: the share of events read from such evidence whose type was right.

A logistic regression over what is known of the event; its weights are knowledge (`confidence.yaml`), fitted by
`training/confidence.py` on the development set and tested on items left out (docs/confidence.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from readout import knowledge
from readout.language.document import Document
from readout.types import Event, Problem


def evidence(document: Document, event: Event) -> tuple[str, ...]:
    """What is known of an event that bears on whether it was read right, as names, each there or not.

    Args:
        document: what the event was read from.
        event: one happening, with all its tellings.
    """
    trigger = document.tokens[document.tokens_in(event.span)[0]]
    names = [
        f"type {event.type}",
        f"status {event.status}",
        "verb" if trigger.pos in ("VERB", "AUX") else "noun",
        f"rule {event.rule}",
    ]
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
