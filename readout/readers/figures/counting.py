"""Who counted: the subject of a verb of counting ("police *put* the toll at 12"), else the speaker of the statement around it."""

from __future__ import annotations

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.counted import listed


def counter(document: Document, number: int, actors: dict[int, int]) -> int | None:
    """The actor who is said to count what the number at word `number` tells; None where no verb of counting governs it.

    Args:
        document: the parsed document.
        number: the word of the number, or the noun that it counts.
        actors: the actors by the head words of their mentions.
    """
    for verb in document.ancestors(number):
        if document.tokens[verb].pos != "VERB":
            continue
        if document.lemmas[verb] not in listed("counting") and not _gives_toll(document, verb):
            return None
        if document.lemmas[verb] == "claim" and "lives" in document.words[verb + 1 : number + 6]:
            return None  # "cholera *claimed* 300 lives"
        subject = document.child(verb, "nsubj")
        if subject is None and document.relations[verb] == "conj":
            subject = document.child(document.tokens[verb].head, "nsubj")
        if subject is None or document.relations[subject] == "nsubj:pass" or subject == number:
            return None  # "12 were *reported* killed"
        return None if number in document.subtree(subject) else _whose(document, subject, actors)
    return None


def _whose(document: Document, subject: int, actors: dict[int, int]) -> int | None:
    """The actor that a subject is, or whose count it is: "a *Reuters* count put the dead at 12"."""
    known = actors.get(subject)
    if known is not None or document.lemmas[subject] not in listed("counts_of"):
        return known
    whose = document.children(subject, "compound", "nmod:poss")
    whose += [
        child for child in document.children(subject, "nmod") if document.preposition(child) in ("by", "from", "of")
    ]
    return next((actors[child] for child in whose if child in actors), None)


def _gives_toll(document: Document, verb: int) -> bool:
    """ "The clinic *gave a toll* of 12"."""
    thing = document.child(verb, "obj")
    if document.lemmas[verb] != "give" or thing is None:
        return False
    return document.lemmas[thing] in ("toll", *knowledge.load("figures/words.yaml")["moved"]["counts"])
