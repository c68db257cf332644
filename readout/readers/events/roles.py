"""Fills the roles of a frame: from "where the actor stands" to the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from readout.language.document import Document
from readout.readers.events import lexicon
from readout.readers.events.arguments import name_of, objects, subjects, surface_subjects
from readout.readers.events.below import below, within_complement
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger, find_support
from readout.readers.events.lexicon import words
from readout.readers.events.participants import (
    above_comma,
    each_other,
    in_state,
    is_somebody_unknown,
    named_by_pattern,
    on_the_way,
    sought,
    told_there,
    undergone,
)
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import class_members
from readout.readers.events.standing import expanded, modifiers, words_at, words_behind
from readout.types import EventType

_WHERE = ("in", "at", "on", "near", "around", "across", "into", "to", "over", "along", "throughout")
_AIMED = ("against", "on", "over", "into", "about", "toward", "towards", "to", "for", "at")
_WITH = ("with", "against", "between")
#: Types whose act is felt by those who live where it is done.
_FELT_WHERE: frozenset[EventType] = frozenset(
    {"AID", "COERCE", "ASSAULT", "SANCTION", "RETREAT", "CONCEDE", "MOBILIZE"}
)

#: Types whose act strikes, takes or fills buildings and places that are nobody's in the text.
_STRIKES: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})

#: Types of which somebody is said to be in or under the act when it is done to him.
_SUFFERED: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE"})

#: Types whose verb takes what is agreed to or turned down as an infinitive.
_SPOKEN: frozenset[EventType] = frozenset({"AGREE", "REJECT"})

#: Types of what several make together, with the help of others.
_MADE_BY_SEVERAL: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "COOPERATE"})

#: Acts by which a state puts somebody out: whom the place is, does it.
_OUT_OF = frozenset({"SANCTION/expel", "COERCE/deport", "COOPERATE/legal"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A trigger in its sentence: the verb that carries it, and the words that fill its roles."""

    trigger: Trigger
    predicate: int  # the support verb where there is one, else the trigger
    actors: tuple[int, ...]  # indexes into the book
    recipients: tuple[int, ...]


def read_scene(document: Document, trigger: Trigger, book: ActorBook) -> Scene:
    """Who does it and to whom, as far as the sentence says."""
    frame = trigger.frame
    support = find_support(document, trigger.token) if trigger.noun else None
    predicate = support[0] if support else trigger.token
    ends = sought(document, trigger, book) if trigger.noun and support is None else None
    if ends is not None:
        return Scene(trigger, predicate, tuple(ends[0]), tuple(ends[1]))
    victims = undergone(document, trigger, book) if trigger.noun else []
    places = _doer_places(trigger, support is not None and not support[1])
    places = tuple(place for place in places if not victims or place != "poss")
    if support is not None and support[1]:  # "won the blessing *of the king*"
        places = (*places, "from", "of")
    doers = _first(document, trigger, book, places, predicate, undergoes=False)
    doers = doers or _otherwise_done(document, trigger, book, predicate, supported=support is not None)
    if victims:
        done_to = [n for n in victims if n not in doers]
    elif trigger.noun and support is None and frame.type in _SUFFERED and in_state(document, trigger, book):
        done_to = in_state(document, trigger, book)  # "*the officer* is in detention"
    elif not trigger.noun and len(doers) > 1 and each_other(document, trigger.token):
        done_to = doers
    elif support is not None and support[1]:
        done_to = book.find_all(subjects(document, predicate))
    else:
        done_to = _first(
            document,
            trigger,
            book,
            frame.noun_recipient if trigger.noun else ("iobj", *frame.recipient),
            predicate,
            exclude=doers,
            undergoes=not frame.symmetric,
        )
    if not doers and not trigger.noun and frame.moves and is_passive(document, trigger.token):
        doers = _sent(document, trigger, book)
    if not doers and not trigger.noun and frame.rule in _OUT_OF and is_passive(document, trigger.token):
        doers = book.find_all(words_at(document, trigger, "from", predicate))  # "envoys were expelled *from Chad*"
    unknown = is_somebody_unknown(document, trigger, book)
    if unknown:
        done_to = []
    if not done_to and not trigger.noun and not unknown:
        done_to = _behind_own_nouns(document, trigger, book, doers)
    if not trigger.noun and doers and not is_passive(document, trigger.token):
        doers, done_to = _with_others(document, trigger, book, doers, done_to)
    if frame.symmetric:
        doers, done_to = _sides(document, trigger, book, predicate, doers, done_to)
        done_to = (
            done_to or named_by_pattern(document, trigger, book, doers) or told_there(document, trigger, book, doers)
        )
    if len(doers) > 1 and ((frame.mutual and not done_to) or done_to == doers):
        return Scene(trigger, predicate, tuple(doers), tuple(doers))
    done_to = done_to or ([] if unknown else _farther(document, trigger, book, predicate, doers))
    names = {book.actors[n].name for n in doers}
    same = {n for n in done_to if book.actors[n].kind == "population" and book.actors[n].name in names}
    # a state and the people of its land are one party here
    return Scene(trigger, predicate, tuple(doers), tuple(n for n in done_to if n not in {*doers, *same}))


def _otherwise_done(
    document: Document, trigger: Trigger, book: ActorBook, predicate: int, *, supported: bool
) -> list[int]:
    """Who does it where nobody stands in the frame's own places for it."""
    found: list[int] = []
    if not trigger.noun:
        speaker = book.speaker_at(document.tokens[trigger.token].start) if "said" in trigger.frame.actor else None
        if speaker is not None:
            return [speaker]
        return above_comma(document, trigger, book) if document.tokens[trigger.token].tag == "VBG" else []
    if supported:
        return []
    if not words_at(document, trigger, "between", predicate):
        found = on_the_way(document, trigger, book)
    if not found and trigger.frame.type not in _SUFFERED:
        found = in_state(document, trigger, book)  # "*the king* is on a visit"
    return found


def _farther(document: Document, trigger: Trigger, book: ActorBook, predicate: int, doers: Sequence[int]) -> list[int]:
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


def _behind_own_nouns(document: Document, trigger: Trigger, book: ActorBook, doers: Sequence[int]) -> list[int]:
    """Whom the nouns are about by which a verb tells its event: "opened an inquiry *into the minister*"."""
    frame, found = trigger.frame, list[int]()
    own = set(surface_subjects(document, trigger.token))
    for word in (w for w in trigger.words if w not in own):
        noun = replace(trigger, token=word, noun=True)
        behind = _WITH if frame.symmetric else frame.noun_recipient  # "met for talks *on Iran*": with nobody named
        found = _first(document, noun, book, behind, word, exclude=doers, undergoes=True)
    return found


def _with_others(
    document: Document, trigger: Trigger, book: ActorBook, doers: list[int], done_to: list[int]
) -> tuple[list[int], list[int]]:
    """Both sides with who shares in one: "brokered it *along with Chad*", "abducted a teacher *along with two others*"."""
    joining, i = words("joining"), trigger.token
    near = [
        *document.children(i, "obl"),
        *(n for o in document.children(i, "obj") for n in document.children(o, "nmod")),
    ]
    brought = [o for o in near if document.preposition(o) in joining]
    others = [n for n in book.find_all(expanded(document, brought)) if n not in doers] if brought else []
    if done_to and not trigger.frame.symmetric:
        return doers, list(dict.fromkeys([*done_to, *others]))
    return [*doers, *others], [n for n in done_to if n not in others]


def _sent(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """The forces that are sent, where nobody is said to send them: "*troops* were deployed to the border"."""
    forces = class_members("troops")
    objects_ = objects(document, trigger.token)
    words = [w for w in objects_ if w in trigger.words or document.words[w] in forces]
    found = [n if n is not None else book.person_at(w) for w, n in ((w, book.find(w)) for w in words)]
    return list(dict.fromkeys(n for n in found if n is not None))


def _behind_targets(
    document: Document, trigger: Trigger, book: ActorBook, predicate: int, exclude: Sequence[int]
) -> list[int]:
    """Who stands behind the thing that it is aimed at: "called for sanctions *against* them", "opened fire on a post *of* theirs"."""
    words = [] if trigger.noun or trigger.frame.moves else words_at(document, trigger, "obj", predicate)
    words += words_behind(document, trigger, _AIMED, predicate)
    for word in dict.fromkeys(words):
        owner = book.behind(word, undergoes=False, arranged=trigger.frame.type in _MADE_BY_SEVERAL)
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
    own = {book.actors[n].country for n in doers}
    for word in words_behind(document, trigger, _WHERE, predicate):
        people = book.population_at(word)
        if people is not None and book.is_land(word):
            return [people]
    deep: list[int] = []
    below = ("obj", "obl", "nmod", "nsubj:pass", *(("advcl", "acl", "xcomp") if trigger.frame.type == "AID" else ()))
    stack = [c for w in {trigger.token, predicate} for c in document.children(w, *below)]
    while stack:
        word = stack.pop()
        if book.is_place(word) and document.preposition(word) is not None:
            deep.append(word)
            continue
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
                if topical:
                    found = [n for n in found if book.actors[n].kind in ("person", "unnamed", "government")]
                if found:
                    return found
    if (frame.type, frame.mode) != ("ACCUSE", "investigate"):
        return []
    words = sorted({w for start in (*starts, *trigger.words) for w in document.subtree(start)})
    who = [n for n in (book.find(w) for w in words if document.tokens[w].pos in ("NOUN", "PROPN")) if n is not None]
    return [n for n in who if n not in exclude][:1]


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


def _doer_places(trigger: Trigger, supported: bool) -> tuple[str, ...]:
    if not trigger.noun:
        return trigger.frame.actor
    return ("subj", *trigger.frame.noun_actor) if supported else trigger.frame.noun_actor


def _first(
    document: Document,
    trigger: Trigger,
    book: ActorBook,
    places: tuple[str, ...],
    predicate: int,
    *,
    undergoes: bool,
    exclude: Sequence[int] = (),
) -> list[int]:
    """The actors at the first of `places` that holds any; else who stands behind what is there."""
    standing = []
    for place in places:
        words = words_at(document, trigger, place, predicate)
        found = [n for n in book.find_all(words) if n not in exclude]
        if found:
            return found
        standing.append((place, words))
    for place, words in standing:
        if place == "amod" and trigger.noun and not undergoes:
            armed = [n for n in (book.forces_at(w) for w in words) if n is not None and n not in exclude]
            if armed:
                return armed
        if place in ("amod", "comp"):
            continue
        surely = trigger.frame.whom and place == "obj" and not trigger.noun
        people = [n for n in (book.person_at(w, surely=surely) for w in words) if n is not None and n not in exclude]
        if people:
            return people
        for word in words:
            owner = book.behind(word, undergoes=undergoes, arranged=trigger.frame.type in _MADE_BY_SEVERAL)
            if owner is not None and owner not in exclude and not any(book.is_state_of(owner, n) for n in exclude):
                return [owner]
    return []


def _sides(
    document: Document, trigger: Trigger, book: ActorBook, predicate: int, doers: list[int], done_to: list[int]
) -> tuple[list[int], list[int]]:
    """The two sides of a two-sided event: who is said to do it, and with or against whom.

    Where the sentence sets nobody before the others ("talks between them", "Iran and Iraq met"), all are actors.
    """

    def at(*places: str) -> list[int]:
        return [n for place in places for n in book.find_all(words_at(document, trigger, place, predicate))]

    others = [*done_to, *([] if trigger.noun else at("obj")), *at("with", "against", "opposite")]
    level = at("between", "of") if trigger.noun else at("between")
    if trigger.noun:  # "a meeting between Abbas and Prime Minister Ariel Sharon": the second party as if in apposition
        second = [
            a
            for a in document.children(trigger.token, "appos")
            if any(document.relations[w] == "cc" and w < a for w in document.subtree(a))
        ]
        level += book.find_all(second) if level else []
        bringing = [
            c for c in document.children(trigger.token, "acl") if document.lemmas[c] in lexicon.words("bringing")
        ]
        level += book.find_all([o for c in bringing for o in objects(document, c)])  # "talks *involving* the two"
        named = at("poss", "amod")
        if not doers or set(doers) <= set(named):
            doers = [*doers, *named]
    else:  # "the truce between the two took effect", "*Iranian-Iraqi* talks were held"
        if not doers:
            doers = book.find_all([m for word in trigger.words for m in modifiers(document, word)])
        below = [n for s in subjects(document, predicate) for n in document.children(s, "nmod")]
        level += book.find_all(
            expanded(document, [n for n in below if document.preposition(n) in ("between", "among")])
        )
    if doers:
        others += level
    else:
        doers = level
    doers = list(dict.fromkeys(doers))
    return doers, [n for n in dict.fromkeys(others) if n not in doers]
