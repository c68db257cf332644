"""To whom an act is done where nobody stands in the frame's own places for it: from the nearest words to the farthest."""

from __future__ import annotations

from collections.abc import Sequence

from readout.language.document import Document
from readout.readers.events import lexicon
from readout.readers.events.below import below, within_complement
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger
from readout.readers.events.heads import name_of
from readout.readers.events.objects import objects
from readout.readers.events.passives import is_passive
from readout.readers.events.standing import words_at, words_behind
from readout.types import EventType

_WHERE = ("in", "at", "on", "near", "around", "across", "into", "to", "over", "along", "throughout")
_AIMED = ("against", "on", "over", "into", "about", "toward", "towards", "to", "for", "at")
#: Types whose act is felt by those who live where it is done.
_FELT_WHERE: frozenset[EventType] = frozenset(
    {"AID", "COERCE", "ASSAULT", "SANCTION", "RETREAT", "CONCEDE", "MOBILIZE"}
)
#: Types whose act strikes, takes or fills buildings and places that are nobody's in the text.
_STRIKES: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
#: Types whose verb takes what is agreed to or turned down as an infinitive.
_SPOKEN: frozenset[EventType] = frozenset({"AGREE", "REJECT"})
#: Types of what several make together, with the help of others.
MADE_BY_SEVERAL: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "COOPERATE"})


def farther(document: Document, trigger: Trigger, book: ActorBook, predicate: int, doers: Sequence[int]) -> list[int]:
    """To whom it is done where nobody stands in the frame's own places: from the nearest words to the farthest."""
    frame = trigger.frame
    found = [] if frame.symmetric else _behind_targets(document, trigger, book, predicate, doers)
    if not found and frame.type in _SPOKEN and not trigger.noun:
        found = within_complement(document, trigger, book, doers)
    if not found and not frame.symmetric and frame.type in _FELT_WHERE:
        found = _people_around(document, trigger, book, predicate, doers)
    if not found and frame.type in _STRIKES:
        found = _sites(document, trigger, book, predicate)
    found = (
        found or _deeper(document, trigger, book, predicate, doers) or below(document, trigger, book, predicate, doers)
    )
    return _without_their_own(document, trigger, book, found, doers) if found else []


def _without_their_own(
    document: Document, trigger: Trigger, book: ActorBook, found: list[int], doers: Sequence[int]
) -> list[int]:
    """The receivers without those who only say who the actor is: "Berg, a spokesman for *the premier*, called it baseless"."""
    if trigger.noun or is_passive(document, trigger.token):
        return found
    acting = [s for s in document.children(trigger.token, "nsubj") if book.find(s) in doers]
    words = {w for subject in acting for w in document.subtree(subject)}
    named = {n for n in (book.find(w) for w in words if document.tokens[w].pos in ("NOUN", "PROPN")) if n is not None}
    return [n for n in found if n not in named]


def _behind_targets(
    document: Document, trigger: Trigger, book: ActorBook, predicate: int, exclude: Sequence[int]
) -> list[int]:
    """Who stands behind the thing that it is aimed at: "called for sanctions *against* them", "opened fire on a post *of* theirs"."""
    words = [] if trigger.noun or trigger.frame.moves else words_at(document, trigger, "obj", predicate)
    words += words_behind(document, trigger, _AIMED, predicate)
    for word in dict.fromkeys(words):
        owner = book.behind(word, undergoes=False, arranged=trigger.frame.type in MADE_BY_SEVERAL)
        if owner is not None and owner not in exclude:
            return [owner]
    if words and not trigger.noun and not is_passive(document, trigger.token):
        for word in words_at(
            document, trigger, "by", predicate
        ):  # "accepted a demand *by the miners*" hung on the verb
            for ask in (book.find, book.person_at):
                who = ask(word)
                if who is not None and who not in exclude:
                    return [who]
    return []


def _people_around(
    document: Document, trigger: Trigger, book: ActorBook, predicate: int, doers: Sequence[int]
) -> list[int]:
    """Who lives where it is done, for want of anybody whom it is said to be done to: "bombed targets in Aleppo".

    Of places deeper in what it is done to ("shelter for families in Yemen") only where there is no second one.
    """
    own = {
        book.actors[n].country for n in doers if book.actors[n].kind != "government"
    }  # whose people are those of its towns
    for word in words_behind(document, trigger, _WHERE, predicate):
        people = book.population_at(word)
        if people is not None and book.is_land(word):
            return [people]
    deep: list[int] = []
    below = ("obj", "obl", "nmod", "nsubj:pass", *(("advcl", "acl", "xcomp") if trigger.frame.type == "AID" else ()))
    stack = [c for w in {trigger.token, predicate} for c in document.children(w, *below)]
    while stack:
        word = stack.pop()
        if book.is_place(word) and document.preposition(word) not in (None, "off"):
            deep.append(word)
            continue
        if document.preposition(word) == "off":
            continue  # "into the sea off its coast" strikes nobody there
        stack += document.children(word, "nmod", "conj", "acl")
        if trigger.frame.type == "AID" or document.relations[word] == "acl":  # "a million to feed families in Yemen"
            stack += document.children(word, "obj", "obl")
    level = {one for word in deep for one in document.conjuncts(word)}
    if not deep or level - set(document.conjuncts(min(deep))) or book.country_of_place(deep[0]) in own:
        return []
    found = [book.population_at(word) for word in sorted(level)]
    return list(dict.fromkeys(n for n in found if n is not None))


def _deeper(document: Document, trigger: Trigger, book: ActorBook, predicate: int, exclude: Sequence[int]) -> list[int]:
    """Whom a preposition of the frame brings deeper in the object: "gave a million in relief *to Ghana*", "a probe of claims
    that *soldiers* looted".
    """
    frame = trigger.frame
    if frame.mode == "third-party":  # "an effort to settle the feud *between them*"
        for word in document.subtree(predicate):
            if (
                document.preposition(word) in ("between", "among")
                and document.tokens[word].sentence == document.tokens[predicate].sentence
            ):
                return [n for n in book.find_all(document.conjuncts(word)) if n not in exclude]
    places = frame.noun_recipient if trigger.noun else frame.recipient
    topical = document.tokens[trigger.token].lemma.lower() in lexicon.words("topical")  # "discussed ties *with Iran*"
    starts = [trigger.token] if trigger.noun else objects(document, trigger.token)
    level = [*starts, *(w for w in trigger.words if w not in starts)]
    for _ in range(3):
        level = [c for w in level for c in document.children(w, "nmod", "obl", "appos", "acl") if c > w]
        for place in places:
            for word in level:
                if document.preposition(word) != place or document.tokens[word].pos not in ("NOUN", "PROPN"):
                    continue
                found = [n for n in book.find_all(document.conjuncts(word)) if n not in exclude]
                if topical and document.tokens[word].pos == "PROPN":
                    found = [n for n in found if book.actors[n].kind in ("person", "unnamed", "government")]
                if found:
                    return found
    if (frame.type, frame.mode) != ("ACCUSE", "investigate"):
        return []
    words = sorted({w for start in (*starts, *trigger.words) for w in document.subtree(start)})
    who = [n for n in (book.find(w) for w in words if document.tokens[w].pos in ("NOUN", "PROPN")) if n is not None]
    own = book.find(trigger.token)  # "a judicial *inquiry*" is no one who is inquired into
    return [n for n in who if n not in exclude and n != own][:1]


def _sites(document: Document, trigger: Trigger, book: ActorBook, predicate: int) -> list[int]:
    """The building or place that is struck or taken, where nobody is told whose it is."""
    places = trigger.frame.noun_recipient if trigger.noun else ("obj", *trigger.frame.recipient)
    places += ("in", "at") if trigger.frame.type == "COERCE" else ()
    words = [word for place in places for word in words_at(document, trigger, place, predicate)]
    if trigger.frame.moves and not trigger.noun:  # "on alert *in the north region*"
        below = [c for o in document.children(trigger.token, "obl") for c in document.children(o, "nmod")]
        words += [c for c in below if document.preposition(c) in ("in", "at", "near", "along")]
    own = trigger.words if trigger.frame.status == "denied" else ()  # the part that is denied is nothing that is struck
    found = [_site(document, book, word) for word in words if word not in own and not book.is_place(word)]
    return list(dict.fromkeys(n for n in found if n is not None))


def _site(document: Document, book: ActorBook, word: int) -> int | None:
    """The place of which a noun says something ("*Goma*, the largest city of the east"), or the place that it alone names."""
    name = name_of(document, word)
    if name == word:
        return book.site_at(word)
    named = book.find(name)
    return book.population_at(name) if named is None else named
