"""What is seized and handed over: a place is taken by force, and a state that hands over arms gives them to its friends."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Frame, frame_named
from readout.readers.events.objects import objects
from readout.readers.events.roles import Scene

#: Kinds of actors that hand over arms to help, and not because they lay them down.
_STATES = frozenset({"country", "government"})


@cache
def _frame(name: str) -> Frame:
    """The frame as which it is read then."""
    return frame_named(str(knowledge.load("events/words.yaml")[name]["rule"]))


@cache
def _listed(name: str, field: str) -> frozenset[str]:
    return frozenset(str(word) for word in knowledge.load("events/words.yaml")[name][field])


def _may_be(document: Document, scene: Scene, name: str) -> bool:
    """Whether a verb is one of those that tell of something else by whom or what they are said of."""
    trigger = scene.trigger
    listed = trigger.frame.rule in _listed(name, "from") and document.lemmas[trigger.token] in _listed(name, "verbs")
    return listed and not trigger.noun


def as_conquest(document: Document, scene: Scene, book: ActorBook) -> Scene:
    """The scene with the frame of taking a place, where what is seized is one that the article names: "seized *Crimea*"."""
    if not _may_be(document, scene, "conquest"):
        return scene
    if not any(book.is_place(o) for o in objects(document, scene.trigger.token)):
        return scene
    return replace(scene, trigger=replace(scene.trigger, frame=_frame("conquest")))


def as_delivery(document: Document, scene: Scene, book: ActorBook) -> Scene:
    """The scene with the frame of arming others, where a state hands over arms that are not called its own."""
    if not _may_be(document, scene, "delivery") or not scene.actors:
        return scene
    if not all(book.actors[n].kind in _STATES for n in scene.actors):
        return scene
    if any(document.children(o, "nmod:poss") for o in objects(document, scene.trigger.token)):
        return scene
    return replace(scene, trigger=replace(scene.trigger, frame=_frame("delivery")))
