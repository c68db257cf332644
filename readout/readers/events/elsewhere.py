"""Times and figures that hang below an event and are of something else: an occasion, a deed that somebody is accused of."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.roles import Scene
from readout.readers.events.whereabouts import is_told
from readout.types import Figure, Time

_ASIDE = frozenset({"VBN", "VBG"})


def is_of_another(document: Document, time: Time, scene: Scene) -> bool:
    """Whether a time that hangs below an event tells when something else was.

    What an act followed, where that is some days old ("rejected it after a fire *on April 15*"); what is said of its subject
    ("the rebels, at war *since 2023*, seized it"); what somebody is accused of ("accused of torture *in 1993*").

    Args:
        document: the parsed document.
        time: the time.
        scene: the event's word and its verb.
    """
    head, age = document.head_of(time.span), _days_ago(document, time)
    if head is None or age is None:
        return False
    own = {scene.trigger.token, scene.predicate}
    for at in (head, *document.ancestors(head)):
        if at in own:
            break
        relation, noun = document.relations[at].partition(":")[0], document.parts[at] in ("NOUN", "PROPN")
        if relation == "nsubj" and document.parts[at] == "PROPN" and age > int(_table()["near"]):
            return "," in document.words[head : document.tokens[at].head]  # not "Chad *in May* withdrew"
        occasion = at != head and noun and relation in ("obl", "nmod") and age > int(_table()["near"])
        if occasion and (document.preposition(at) or "").partition(" ")[0] in _table()["occasions"]:
            return True
    return _is_of_the_deed(document, scene, head, age)


def _is_of_the_deed(document: Document, scene: Scene, head: int, age: int) -> bool:
    """Whether an old time stands behind what somebody is held to have done: "a soldier *accused of* torture in 1993"."""
    verb = scene.predicate
    if document.tags[verb] != "VBN" or document.lemmas[verb] not in _table()["accusing"]:
        return False
    if document.relations[verb] not in ("acl", "advcl") or document.children(verb, "nsubj", "nsubj:pass", "aux"):
        return False
    deeds = [d for d in document.children(verb, "obl", "advcl") if verb < d < head]
    return age > int(_table()["reported"]) and bool(deeds) and head not in deeds


def is_behind_aside(document: Document, time: Time, scene: Scene, triggers: frozenset[int]) -> bool:
    """Whether a day of late hangs on a participle that tells no event but of an event's parties: "clashed with men *armed* with
    sticks on Sunday"."""
    head, age = document.head_of(time.span), _days_ago(document, time)
    if head is None or age is None or not 0 <= age <= int(_table()["near"]):
        return False
    verb = document.tokens[head].head
    while document.relations[verb] in ("obj", "obl", "nmod") and document.parts[verb] == "PROPN":
        verb = document.tokens[verb].head  # "of neighbouring Goma *on Sunday*"
    if document.tags[verb] not in _ASIDE or document.relations[verb] not in ("acl", "amod") or verb in triggers:
        return False
    if document.lemmas[verb] not in _table()["asides"] or not scene.predicate < verb < head:
        return False
    above = next((a for a in document.ancestors(verb) if a in triggers or document.parts[a] == "VERB"), None)
    return above == scene.predicate


def is_size(figure: Figure) -> bool:
    """Whether a figure can size an event: a number of something, and no rank or distance."""
    return figure.kind != "ordinal" and not (figure.kind == "quantity" and figure.unit in _table()["lengths"])


def counts_another(document: Document, figure: Figure, scene: Scene) -> bool:
    """Whether a figure that hangs below an event counts something else: "arrested 19 men in *four* raids", "condemned a raid which
    killed *six*"."""
    head = document.head_of(figure.span)
    own = {scene.trigger.token, scene.predicate}
    if head is None or head in own:
        return False
    people = figure.unit == "people"  # "fired tear gas *at* thousands of them"
    kind = scene.trigger.frame.act.type
    told, counted = is_told(kind) and kind != "COOPERATE", head
    if document.relations[head] == "nummod":
        counted = document.tokens[head].head
    for at in (head, *document.ancestors(head)):
        if at in own:
            return False
        relation = document.relations[at]
        if relation == "acl:relcl" and (told or document.lemmas[at] not in _harming()):
            return True
        if (at == counted or relation == "obl") and relation in ("obl", "nmod") and not (people and at == counted):
            preposition = (document.preposition(at) or "").partition(" ")[0]
            if preposition in _table()["around"] or preposition in _table()["occasions"]:
                return True
    return False


def _days_ago(document: Document, time: Time) -> int | None:
    """How many days before publication a time ended; below zero where it is to come, None for what is no date."""
    if time.start is None or time.end is None or time.type in ("DURATION", "SET") or document.published is None:
        return None
    return (document.published - dt.date.fromisoformat(time.end)).days


@cache
def _harming() -> frozenset[str]:
    return frozenset(map(str, knowledge.load("events/setting.yaml")["harming"]))


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], knowledge.load("events/setting.yaml")["elsewhere"])
