"""Sides that what talks are about, or who is sent to them, names: who joins what, what is bargained over, whose delegation."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import words
from readout.readers.negotiations.naming import singular

_SENT_TO = frozenset({"in", "to", "at"})


def joining_sides(document: Document, noun: int, book: ActorBook) -> list[int]:
    """Who is to join what, as talks "on *China's* entry into *the WTO*" tell; [] unless both are named."""
    for matter in document.children(noun, "nmod"):
        if document.lemmas[matter] not in words("accessions"):
            continue
        who: list[int] = book.find_all(document.children(matter, "nmod:poss", "amod"))
        what: list[int] = []
        for child in document.children(matter, "nmod"):
            preposition = document.preposition(child)
            if preposition == "of":
                who += book.find_all([child])
            elif preposition in words("accession_prepositions"):
                what += book.find_all([child])
        if who and what:
            return list(dict.fromkeys((*who[:1], *what[:1])))
    return []


def joined_bodies(document: Document, verb: int, book: ActorBook) -> list[int]:
    """The bodies that a verb of joining names: "*joining* the European Union"."""
    what = document.children(verb, "obj")
    what += [o for o in document.children(verb, "obl") if document.preposition(o) in words("accession_prepositions")]
    return [n for n in book.find_all(what) if book.actors[n].kind in ("igo", "organization")]


def body_to_join(document: Document, noun: int, stands: int, book: ActorBook) -> list[int]:
    """The body that talks "on *joining* it" are with; a tree may hang the clause on the verb of the talks."""
    beside = [*document.children(noun, "acl", "advcl"), *document.children(document.tokens[stands].head, "advcl")]
    joins = [c for c in beside if c > noun and document.lemmas[c] in words("accession_verbs")]
    return [n for c in joins if document.tags[c] == "VBG" for n in joined_bodies(document, c, book)][:1]


def sending_sides(document: Document, stands: int, book: ActorBook) -> list[int]:
    """Whose delegation somebody leads "in" talks: "heads *the Chadian* delegation to the talks"."""
    team = document.tokens[stands].head
    if singular(document.words[team]) not in words("delegates") or document.preposition(stands) not in _SENT_TO:
        return []
    owners = document.children(team, "compound", "amod", "nmod:poss", "nmod:desc")
    return book.find_all([c for c in owners if c < team])[:1]


def listed_to_last(document: Document, heads: list[int]) -> list[int]:
    """The heads of a list up to the one behind its "and"; what a tree joins to it behind that is another phrase."""
    last = max((k for k, head in enumerate(heads) if k and document.children(head, "cc")), default=len(heads) - 1)
    return heads[: last + 1]
