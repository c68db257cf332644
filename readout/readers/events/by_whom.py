"""By whom a deed is done that a noun tells, where the tree hangs the "by" on another word."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.frames import find_trigger


def by_whom(document: Document, noun: int) -> list[int]:
    """The heads behind "by" that belong to an event noun though they hang elsewhere.

    "The pledge on poverty *by the ministers*" may be hung on the poverty, and the soldiers of "came after the rape of a girl *by
    three soldiers*" on the verb, where that tells nothing itself.

    Args:
        document: the parsed document.
        noun: the event noun.

    Returns:
        The words; [] without any.
    """
    deeper = [c for w in document.children(noun, "nmod") for c in document.children(w, "nmod")]
    inside = [w for w in deeper if document.preposition(w) == "by"]
    if inside:
        return inside[:1]
    verb = next((a for a in document.ancestors(noun) if document.tokens[a].pos == "VERB"), None)
    if verb is None or verb > noun:
        return []
    agents = [a for a in document.children(verb, "obl:agent", "obl") if document.preposition(a) == "by"]
    if not agents or find_trigger(document, verb) is not None:
        return []
    end = max(document.subtree(noun)) + 1
    return [a for a in agents if end in document.children(a, "case")]
