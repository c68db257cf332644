"""What has been read of a document so far: each reader takes it and returns it with its own findings added."""

from __future__ import annotations

from dataclasses import dataclass

from readout.types import Actor, Entity, Event, Figure, Negotiation, Place, Predicate, Problem, Statement, Time


@dataclass(frozen=True, slots=True)
class Findings:
    """The report's lists while they grow; a reader replaces the lists that it owns and no others.

    Three readers may add to a list that is not theirs, and only at its end: statements and events may append an actor
    for a speaker or doer whom the actor reader had no reason to name.
    """

    times: tuple[Time, ...] = ()
    published_range: tuple[str, str] | None = None
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    negotiations: tuple[Negotiation, ...] = ()
    entities: tuple[Entity, ...] = ()
    problems: tuple[Problem, ...] = ()
