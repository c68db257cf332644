"""What a text tells of its own asking: whom it asked for comment, and why a source would not be named (`events/nobody.yaml`)."""

from __future__ import annotations

from itertools import islice

from readout.language.document import Document
from readout.readers.events.frames import Trigger
from readout.readers.events.lexicon import nobody
from readout.types import EventType

#: Types of nouns that only name what a source talked about: "anonymity to discuss private *talks*".
_TALKED_OF: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE", "AGREE", "REQUEST"})


def is_off_record(document: Document, trigger: Trigger) -> bool:
    """Whether a word tells only of how a text came by what it says: "did not answer a *request* for comment".

    Args:
        document: the parsed document.
        trigger: a word that tells of an event.
    """
    i = trigger.token
    if document.lemmas[i] in nobody("asked") or document.lemmas[i] in nobody("answering"):
        asked = [i, *document.children(i, "obj", "obl")]
        if any(_is_for_comment(document, a) for a in asked):
            return True
    if not trigger.noun and any(document.words[c] in nobody("unnamed") for c in document.children(i, "obj", "obl")):
        return document.preposition(i) is None  # "*insisted* on anonymity", "was *granted* anonymity"
    if not trigger.noun:
        return document.lemmas[i] in nobody("briefing") and _is_withheld(document, i)
    if trigger.frame.type in _TALKED_OF and document.relations[i] in ("obj", "obl"):
        above = document.tokens[i].head
        return document.lemmas[above] in nobody("briefing") and _is_withheld(document, above)
    return False


def _is_for_comment(document: Document, i: int) -> bool:
    """Whether a request is one for comment: "*requests* for comment", "calls *seeking comment*"."""
    if document.lemmas[i] not in nobody("asked"):
        return False
    below = document.children(i, "nmod", "acl", "compound", "obl")
    below += [c for b in below for c in document.children(b, "obj")]
    return any(document.lemmas[b] in nobody("comment") for b in below)


def _is_withheld(document: Document, i: int) -> bool:
    """Whether somebody may not talk, or talks unnamed: "not authorized *to discuss* it", "anonymity *to discuss* it"."""
    if document.relations[i] not in ("xcomp", "advcl", "acl", "ccomp", "conj"):
        return False
    for above in islice(document.ancestors(i), 2):
        if document.words[above] in nobody("unnamed"):
            return True
        below = document.children(above, "obj", "obl", "nmod")
        below += [c for b in below for c in document.children(b, "nmod", "obj")]
        if any(document.words[b] in nobody("unnamed") for b in below):
            return True
        if document.lemmas[above] in nobody("empowered"):
            return any(
                document.lemmas[c] in nobody("without") for c in document.children(above, "advmod", "aux", "mark")
            )
    return False
