"""Who stands in the clause below an act: whose deed is demanded ("demands *the council* act"), with whom it is agreed to act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from readout.language.document import Document
from readout.readers.events import lexicon
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger
from readout.readers.events.objects import objects
from readout.readers.events.obliques import obliques
from readout.readers.events.patterns import class_members


def below(document: Document, trigger: Trigger, book: ActorBook, predicate: int, exclude: Sequence[int]) -> list[int]:
    """The actors of the clause below a request, a charge or a gift.

    Args:
        document: the parsed document.
        trigger: the act.
        book: the article's actors.
        predicate: the verb that carries it.
        exclude: who does it.

    Returns:
        Indexes into the book; [] for other acts, and where nobody stands there.
    """
    if trigger.frame.type == "REQUEST" and not trigger.noun:
        heads = _asked(document, trigger.token)
    elif trigger.frame.rule == "ACCUSE/allege" and not trigger.noun:
        heads = [s for c in document.children(trigger.token, "ccomp") for s in document.children(c, "nsubj")]
    elif trigger.frame.type == "AID":
        heads = _helped(document, {trigger.token, predicate, document.tokens[trigger.token].head})
    else:
        return []
    found = [n if n is not None else book.person_at(w) for w, n in ((w, book.find(w)) for w in heads)]
    return [n for n in dict.fromkeys(found) if n is not None and n not in exclude]


def within_complement(document: Document, trigger: Trigger, book: ActorBook, exclude: Sequence[int]) -> list[int]:
    """Whom the infinitive is done to or with: "agreed to provide *Ghana* with boats", "refused to let *the crew* land"."""
    for verb in document.children(trigger.token, "xcomp"):
        if _founds(document, verb):  # "agreed to set up a hospital *in Accra*": what is founded is nobody yet
            where = [o for o in obliques(document, verb) if document.preposition(o) in ("in", "at", "for")]
            found = [n for n in (book.population_at(o) for o in where) if n is not None and n not in exclude]
            if found:
                return found[:1]
            continue
        words = [*document.children(verb, "iobj"), *objects(document, verb)]
        inner = [
            o for o in obliques(document, verb) if document.preposition(o) in ("to", "with", "for", "from", "against")
        ]
        for word in (*words, *inner):
            for ask in (book.find, book.person_at, partial(book.behind, undergoes=False)):  # each only where it must
                who = ask(word)
                if who is not None and who not in exclude:
                    return [who]
    return []


def _founds(document: Document, verb: int) -> bool:
    """Whether verb `verb` brings its object about: "set up", "establish"."""
    particles = {document.words[c] for c in document.children(verb, "compound:prt")}
    lemma = document.lemmas[verb]
    return " ".join((lemma, *sorted(particles))) in class_members("founding")


def _asked(document: Document, verb: int) -> list[int]:
    """The subject of the clause that verb `verb` demands; of one, too, that the tree makes a part of its own subject."""
    behind = [s for s in document.children(verb, "nsubj") if s > verb]
    clauses = [*document.children(verb, "ccomp"), *(c for s in behind for c in document.children(s, "acl"))]
    return behind + [s for c in clauses for s in document.children(c, "nsubj")]


def _helped(document: Document, words: set[int]) -> list[int]:
    """Whom the infinitive behind one of `words` helps: "a package *to help farmers*"."""
    aims = [c for w in words for c in document.children(w, "acl", "advcl")]
    helps = [c for c in aims if document.lemmas[c] in lexicon.words("helping")]
    return [o for c in helps for o in document.children(c, "obj")]
