"""What shows that a deal holds, is near, or was told of before."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.negotiations.lexicon import words
from readout.readers.status import judge
from readout.types import NegotiationState

#: What hangs on a noun that tells more of a deal than that it is the one told of before.
_MORE = ("nmod", "compound", "acl", "acl:relcl", "nmod:poss")


def deal_state(document: Document, noun: int, stands: int) -> tuple[NegotiationState, int] | None:
    """The state that the clause of a deal shows, and the word that does, or None.

    A committee "*set up* under the truce" shows that the truce holds; who is "*closer* to a deal" still talks of it; and
    the deal that two "*agreed* on" in the sentence before is agreed.

    Args:
        document: the parsed document.
        noun: the noun that names the deal.
        stands: the noun that stands for it in the clause: the "terms" of "the terms of the truce".
    """
    above = document.tokens[stands].head
    preposition = document.preposition(stands)
    if (
        preposition == "under"
        and document.lemmas[above] in words("setting_up")
        and document.tags[above] in ("VBN", "VBD")
    ):
        return "implemented", above
    if preposition == "to" and document.words[above] in words("nearing"):
        verb = document.tokens[above].head if document.relations[above] in ("xcomp", "advmod", "acl") else above
        if judge(document, verb).status in ("occurred", "ongoing"):
            return "under_way", above
    told = agreed_before(document, noun)
    return ("agreed", told) if told is not None else None


def nearing_verb(document: Document, stands: int) -> int | None:
    """The verb whose subjects are told to be near a deal: "A and B *are getting* closer to an accord"."""
    above = document.tokens[stands].head
    if document.preposition(stands) != "to" or document.words[above] not in words("nearing"):
        return None
    if document.relations[above] in ("xcomp", "advmod") and document.parts[document.tokens[above].head] == "VERB":
        return document.tokens[above].head
    return above


def agreed_before(document: Document, noun: int) -> int | None:
    """The "agreed" that "*the agreement*" without more takes up, in its sentence or the one before; None where there is none."""
    if document.lemmas[noun] not in words("pointed_deals") or document.children(noun, *_MORE):
        return None
    if not any(document.words[c] in ("the", "this", "that") for c in document.children(noun, "det")):
        return None
    here = document.tokens[noun].sentence
    first = document.sentences[max(here - 1, 0)].first
    for i in range(noun - 1, first - 1, -1):
        if document.lemmas[i] in words("agreeing") and document.parts[i] == "VERB":
            return i if matter_agreed(document, i) is not None and judge(document, i).status == "occurred" else None
    return None


def matter_agreed(document: Document, verb: int) -> int | None:
    """The noun of what two agreed "on" or "to"."""
    behind = [o for o in document.children(verb, "obl") if o > verb and document.parts[o] == "NOUN"]
    return next((o for o in behind if document.preposition(o) in ("on", "to", "upon")), None)
