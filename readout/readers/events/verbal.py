"""Attacks that are made in words: "the senator *attacked* the governor"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Frame, frame_named
from readout.readers.events.lexicon import words
from readout.readers.events.patterns import class_members
from readout.readers.events.roles import Scene
from readout.types import Actor

#: Who attacks in words, and who is attacked so: persons and parties that bear no arms.
_SPEAKERS = frozenset({"person", "party"})
_CRITICISED = frozenset({"person", "party", "media", "company", "organization", "government", "unnamed"})
_ARMED = frozenset({"MIL", "REB", "COP", "PRM", "UAF", "SPY", "CRM"})


@cache
def _criticism() -> Frame:
    """The frame of criticism, which such an attack is read as."""
    return frame_named(str(knowledge.load("events/words.yaml")["verbal"]["rule"]))


@cache
def _attacks(noun: bool) -> frozenset[str]:
    known = knowledge.load("events/words.yaml")["verbal"]
    return frozenset(str(word) for word in known["nouns" if noun else "words"])


def as_criticism(document: Document, scene: Scene, book: ActorBook) -> Scene:
    """The scene with the frame of criticism, where a person or a party without arms attacks one of the kind, and nobody is hurt."""
    trigger = scene.trigger
    if trigger.frame.type != "ASSAULT" or document.lemmas[trigger.token] not in _attacks(trigger.noun):
        return scene
    who, whom = ([book.actors[n] for n in side] for side in (scene.actors, scene.recipients))
    blamed = not trigger.noun and _is_blamed(document, trigger.token) and not any(_ARMED & set(a.sectors) for a in who)
    if not blamed and (
        not who or not all(_speaks(actor) for actor in who) or not all(a.kind in _CRITICISED for a in whom)
    ):
        return scene
    sentence = document.sentence(trigger.token)
    forms = {t.lemma.lower() for t in document.tokens[sentence.first : sentence.last]}
    if forms & (words("bodily") if blamed else class_members("weapon") | words("bodily")):
        return scene
    return replace(scene, trigger=replace(trigger, frame=_criticism()))


def _is_blamed(document: Document, i: int) -> bool:
    """Whether an attack says what for: "attacked Washington *for its* sales", "came under attack *for* hiding it"."""
    reasons = [o for o in document.children(i, "obl") if document.preposition(o) == "for"]
    its = any(document.tokens[p].pos in ("PRON", "DET") for o in reasons for p in document.children(o, "nmod:poss"))
    gerunds = [c for c in document.children(i, "advcl") if document.tokens[c].tag == "VBG"]
    return its or any(document.words[m] == "for" for c in gerunds for m in document.children(c, "mark", "case"))


def _speaks(actor: Actor) -> bool:
    return actor.kind in _SPEAKERS and not _ARMED & set(actor.sectors) and actor.id is not None
