"""The actors that stand right before a talk noun, and whether an actor has a name."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import words


def named_before(document: Document, i: int, book: ActorBook, *, alone: bool) -> list[int]:
    """The sides before a talk noun: "A-B talks"; one country alone is where a war is, not a side ("Chadian peace talks").

    Args:
        document: the parsed document.
        i: the talk noun.
        book: finds the actors.
        alone: whether one country is a side all the same.
    """
    found = []
    for child in document.children(i, "nmod:poss", "compound", "amod", "nmod:desc"):
        if document.words[child] in words("mediators", "leading"):
            continue  # "US-led talks"
        found += book.find_all([child, *document.children(child, "flat", "conj", "compound", "amod")])
    found = list(dict.fromkeys(found))
    owned = bool(document.children(i, "nmod:poss"))
    if len(found) == 1 and book.actors[found[0]].kind in ("country", "population") and not (alone or owned):
        return []
    return found


def is_named(book: ActorBook, n: int) -> bool:
    """Whether an actor is more than "two leaders" or "the country"; "the Freedom Party" is."""
    actor = book.actors[n]
    last = actor.name.lower().split()[-1]
    if last.rstrip("s") in {w.rstrip("s") for w in words("unnamed_sides") if not w.endswith("y")}:
        return False
    one = f"{last[:-3]}y" if last.endswith("ies") else last
    return one not in words("unnamed_sides") or not (actor.kind == "unnamed" or actor.name.islower())


def singular(word: str) -> str:
    """A word without the ending of most plurals."""
    return word.removesuffix("s")


def nations(document: Document, i: int, book: ActorBook) -> list[int]:
    """The states of "Russian and Ukrainian negotiators", of which the tree makes one phrase; [] where there are not two."""
    if document.tags[i] not in ("NNS", "NNPS"):
        return []
    named = [
        n
        for c in document.children(i, "amod", "compound", "nmod:desc")
        if c < i
        for n in (c, *document.children(c, "conj"))
    ]
    found = list(dict.fromkeys(n for n in map(book.country_at, named) if n is not None))
    return found if len(found) > 1 else []
