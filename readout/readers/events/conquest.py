"""What is seized: a place is taken by force, whatever else is confiscated or abducted."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.arguments import objects
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Frame, frame_named
from readout.readers.events.roles import Scene


@cache
def _taking() -> Frame:
    """The frame of taking a place."""
    return frame_named(str(knowledge.load("events/words.yaml")["conquest"]["rule"]))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in knowledge.load("events/words.yaml")["conquest"][name])


def as_conquest(document: Document, scene: Scene, book: ActorBook) -> Scene:
    """The scene with the frame of taking a place, where what is seized is one that the article names: "seized *Crimea*"."""
    trigger = scene.trigger
    if trigger.noun or trigger.frame.rule not in _listed("from") or document.lemmas[trigger.token] not in _listed("verbs"):
        return scene
    if not any(book.is_place(o) for o in objects(document, trigger.token)):
        return scene
    return replace(scene, trigger=replace(trigger, frame=_taking()))
