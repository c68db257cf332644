"""Acts that are only the issues of talks: "discussed details about the *release* of hostages", "differ over a *withdrawal*"."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.language.document import Document
from readout.readers.events.roles import Scene
from readout.readers.status import Judgement


def as_topic(document: Document, scene: Scene, judgement: Judgement) -> Judgement:
    """The judgement of a scene, proposed where a noun tells of it only as of an issue (`knowledge/events/topics.yaml`).

    Args:
        document: the parsed document.
        scene: a trigger with its roles filled.
        judgement: what was made of its status.
    """
    trigger = scene.trigger
    if judgement.status != "occurred" or scene.predicate != trigger.token:
        return judgement
    if not trigger.noun and not document.children(trigger.token, "det"):
        return judgement  # "the *disarming* of militias" is as good as a noun
    if trigger.frame.act.type not in _table()["negotiable"]:
        return judgement
    return (
        judgement._replace(status="proposed")
        if _is_issue(document, _first_of_list(document, trigger.token))
        else judgement
    )


def _first_of_list(document: Document, noun: int) -> int:
    """The first of what a noun is listed with; "the release of hostages and *the return of* land" lists no hostages."""
    own = noun
    while document.relations[noun] == "conj" and document.parts[document.tokens[noun].head] == "NOUN":
        noun = document.tokens[noun].head
    whole = document.tokens[noun].head
    alike = noun != own and document.preposition(noun) == "of" and document.parts[whole] == "NOUN"
    return whole if alike and document.children(own, "det") and document.children(own, "nmod") else noun


def _is_issue(document: Document, noun: int) -> bool:
    """Whether the word above a noun, or the verb above that, talks it over."""
    relation, preposition = document.relations[noun].partition(":")[0], document.preposition(noun) or ""
    above = document.tokens[noun].head
    if relation in ("nmod", "obl"):
        if document.parts[above] == "NOUN" and relation == "nmod":
            if preposition in _table()["issues"].get(document.lemmas[above], ()):
                return True
            matter = document.lemmas[above] in _table()["matters"] and preposition in _table()["matter_prepositions"]
            return matter and _is_talked_over(document, _first_of_list(document, above))
        return _disputes(document, above, preposition)
    if relation == "obj":
        return _is_heading(document, above)
    return False


def _is_talked_over(document: Document, noun: int) -> bool:
    """Whether a matter is the object of talking, or what somebody is of two minds about."""
    verb, relation = document.tokens[noun].head, document.relations[noun].partition(":")[0]
    if relation in ("obj", "nsubj") and document.lemmas[verb] in _table()["talking"]:
        return relation == "obj" or document.relations[noun] == "nsubj:pass"
    return relation == "obl" and _disputes(document, verb, document.preposition(noun) or "")


def _disputes(document: Document, verb: int, preposition: str) -> bool:
    """Whether those who talk with each other are of two minds about what stands behind a preposition."""
    lemma = document.lemmas[verb]
    if preposition not in _table()["disputing"].get(lemma, ()):
        return False
    if lemma not in _table()["turning"]:
        return True
    return any(document.lemmas[s] in _table()["subjects"] for s in document.children(verb, "nsubj", "nsubj:pass"))


def _is_heading(document: Document, verb: int) -> bool:
    """Whether a verb lists what is not settled: "the sticking points *include* the release"."""
    if document.lemmas[verb] not in _table()["listing"]:
        return False
    beside = [c for s in document.children(verb, "nsubj") for c in document.children(s, "amod", "compound")]
    return any(document.words[c] in _table()["heading"] for c in beside)


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], knowledge.load("events/topics.yaml"))
