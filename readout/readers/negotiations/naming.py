"""The actors that stand right before a talk noun, and whether an actor has a name."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import table, words


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
    if "REB" in actor.sectors and singular(last) in words("delegates") and actor.name.lower() != last:
        return True  # "rebel negotiators" speak for the rebels
    if last.rstrip("s") in {w.rstrip("s") for w in words("unnamed_sides") if not w.endswith("y")}:
        return False
    one = f"{last[:-3]}y" if last.endswith("ies") else last
    return one not in words("unnamed_sides") or not (actor.kind == "unnamed" or actor.name.islower())


def known_sides(document: Document, talk_words: list[int], parties: list[int], book: ActorBook) -> list[int]:
    """The sides of talks that go by a name, as far as the article names them: of "the Mideast peace process", Israel and
    the Palestinians, and nobody who only speaks of it; of these, the other too, where the talks are told of one.

    Args:
        document: the parsed document.
        talk_words: the words that name the talks.
        parties: the sides found so far.
        book: finds the actors.
    """
    for entry in table()["known_talks"]:
        sides = list(entry["sides"])
        named = any(_is_called(document, i, entry["words"]) for i in talk_words)
        one = len(parties) == 1 and entry["foes"] and book.actors[parties[0]].country in sides
        if named or one:
            own = [n for n in parties if book.actors[n].country in sides]
            have = {book.actors[n].country for n in own}
            found = [_of_country(book, side) for side in sides if side not in have]
            added = [n for n in found if n is not None]
            return own + added if own or len(added) > 1 else parties
    return parties


def known_topic(document: Document, talk_words: list[int]) -> str | None:
    """What talks that go by a name are about, where it says so: "the *six-party* talks" are on nuclear arms."""
    for entry in table()["known_talks"]:
        if "topic" in entry and any(_is_called(document, i, entry["words"]) for i in talk_words):
            return str(entry["topic"])
    return None


def _is_called(document: Document, i: int, names: list[str]) -> bool:
    """Whether one of some names stands before a talk noun, as far back as its article."""
    start = next((k for k in range(i, document.sentence(i).first, -1) if document.words[k - 1] in ("the", "a")), i)
    said = document.text[document.tokens[start].start : document.tokens[i].start].lower()
    return any(name in said for name in names)


def _of_country(book: ActorBook, country: str) -> int | None:
    """The actor that stands for a state: itself, its nation, else a body of its government."""
    for kind in ("country", "population", "government"):
        for n, actor in enumerate(book.actors):
            if (actor.kind, actor.country) == (kind, country) and (kind != "population" or actor.name.istitle()):
                return n
    return None


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
