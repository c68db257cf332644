"""Fills the roles of a frame: from "where the actor stands" to the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.by_whom import by_whom
from readout.readers.events.farther import MADE_BY_SEVERAL, farther
from readout.readers.events.frames import Trigger, find_trigger
from readout.readers.events.objects import objects
from readout.readers.events.participants import (
    above_comma,
    accused_below,
    brought_together,
    called_by_place,
    charged,
    each_other,
    in_state,
    is_somebody_unknown,
    named_by_pattern,
    on_the_way,
    partaking,
    punished,
    sought,
    told_there,
    undergone,
    with_unnamed,
)
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import class_members
from readout.readers.events.sides import sides, with_others
from readout.readers.events.standing import opposed, words_at
from readout.readers.events.support import find_support
from readout.types import EventType

_WITH = ("with", "against", "between")
#: Types of deeds for which somebody is condemned.
_DEEDS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST"})

#: Types of which somebody is said to be in or under the act when it is done to him.
_SUFFERED: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE"})

#: Types of what nobody wins or gains for himself: who secures it wants it for another.
_BEGRUDGED: frozenset[EventType] = frozenset({"ACCUSE", "SANCTION", "REJECT"})

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
    if support is not None and support[1] and _is_done_so(document, trigger, support[0]):
        support = (support[0], False)
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
    done_to = _done_to(document, trigger, book, support, victims, doers)
    if not doers and not trigger.noun and frame.moves and is_passive(document, trigger.token):
        doers = _sent(document, trigger, book)
    if not doers and not trigger.noun and frame.rule in _OUT_OF and is_passive(document, trigger.token):
        doers = book.find_all(words_at(document, trigger, "from", predicate))  # "envoys were expelled *from Chad*"
    unknown = is_somebody_unknown(document, trigger, book)
    if unknown:
        done_to = []
    if not done_to and not trigger.noun and not unknown:
        done_to = _behind_own_nouns(document, trigger, book, doers) or punished(document, trigger, book, doers)
    if frame.rule == "ASSAULT/part":
        doers = partaking(document, trigger, book) or doers
    if not trigger.noun and doers and not is_passive(document, trigger.token):
        doers, done_to = with_others(document, trigger, book, doers, done_to)
    if frame.rule == "CONSULT/third-party" and not trigger.noun:
        done_to = brought_together(document, trigger, book, doers, done_to)
    if frame.type == "REQUEST" and not trigger.noun and not done_to:
        clauses = document.children(trigger.token, "ccomp")
        asked = book.find_all([s for c in clauses if not is_passive(document, c) for s in subjects(document, c)])
        done_to = [n for n in asked if n not in doers]  # "demanded *that Chad* leave"
    if frame.symmetric:
        doers, done_to = sides(document, trigger, book, predicate, doers, done_to)
        done_to = (
            done_to or named_by_pattern(document, trigger, book, doers) or told_there(document, trigger, book, doers)
        )
    if len(doers) > 1 and ((frame.mutual and not done_to) or done_to == doers):
        return Scene(trigger, predicate, tuple(doers), tuple(doers))
    if not done_to and doers and frame.rule == "CONSULT/visit" and trigger.noun:
        done_to = [n for n in called_by_place(document, trigger, book) if n not in doers]
    done_to = done_to or ([] if unknown else farther(document, trigger, book, predicate, doers))
    names = {book.actors[n].name for n in doers}
    same = {n for n in done_to if book.actors[n].kind == "population" and book.actors[n].name in names}
    # a state and the people of its land are one party here
    return Scene(trigger, predicate, tuple(doers), tuple(n for n in done_to if n not in {*doers, *same}))


def _is_done_so(document: Document, trigger: Trigger, verb: int) -> bool:
    """Whether the subject of a verb of getting does the act: "*rebels* won a war", "*workers* could not get aid to them"."""
    fought = document.lemmas[verb] == "win" and trigger.frame.type == "ASSAULT"
    given = trigger.frame.type == "AID" and any(document.preposition(o) == "to" for o in document.children(verb, "obl"))
    return fought or (given and document.lemmas[verb] == "get")


def _done_to(
    document: Document,
    trigger: Trigger,
    book: ActorBook,
    support: tuple[int, bool] | None,
    victims: list[int],
    doers: list[int],
) -> list[int]:
    """Whom the frame's own places for it, or what the noun is said in, tell that it is done to."""
    frame = trigger.frame
    if victims:
        return [n for n in victims if n not in doers]
    if trigger.noun and support is None and frame.type in _SUFFERED and in_state(document, trigger, book):
        return in_state(document, trigger, book)  # "*the officer* is in detention"
    if not trigger.noun and len(doers) > 1 and each_other(document, trigger.token):
        return doers
    if support is not None and support[1]:
        behind = frame.noun_recipient if doers and frame.type in _BEGRUDGED else ()  # "won UN condemnation *of Chad*"
        aimed = _first(document, trigger, book, behind, trigger.token, exclude=doers, undergoes=False) if behind else []
        return aimed or book.find_all(subjects(document, support[0]))
    accused = accused_below(document, trigger, book)
    if accused is not None:
        return [n for n in accused if n not in doers]
    culprits = _culprits(document, trigger, book) if frame.type == "ACCUSE" and not trigger.noun else []
    if culprits:
        return [n for n in culprits if n not in doers]
    predicate = support[0] if support else trigger.token
    found = _first(
        document,
        trigger,
        book,
        frame.noun_recipient if trigger.noun else ("iobj", *_recipient_places(document, trigger, predicate)),
        predicate,
        exclude=doers,
        undergoes=not frame.symmetric,
    )
    if found or not trigger.noun:
        return found
    against = [n for n in book.find_all(opposed(document, trigger.token)) if n not in doers]
    return against or punished(document, trigger, book, doers)


def _recipient_places(document: Document, trigger: Trigger, predicate: int) -> tuple[str, ...]:
    """Where the recipient of a verb stands: who is taken out of a pact is none ("withdrew *Norway* from the pact")."""
    places = trigger.frame.recipient
    if trigger.frame.rule != "SANCTION/withdraw" or "obj" not in places:
        return places
    left = words_at(document, trigger, "from", predicate) or words_at(document, trigger, "of", predicate)
    return tuple(place for place in places if place != "obj") if left else places


def _culprits(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """Who has done the deed that somebody condemns: "condemned the killing of three farmers *by gunmen*"."""
    for word in objects(document, trigger.token):
        deed = find_trigger(document, word)
        if deed is not None and deed.noun and deed.frame.type in _DEEDS:
            return _first(document, deed, book, deed.frame.noun_actor, word, undergoes=False)
    return []


def _otherwise_done(
    document: Document, trigger: Trigger, book: ActorBook, predicate: int, *, supported: bool
) -> list[int]:
    """Who does it where nobody stands in the frame's own places for it."""
    found: list[int] = []
    said = "said" in (trigger.frame.noun_actor if trigger.noun else trigger.frame.actor)
    speaker = book.speaker_at(document.tokens[trigger.token].start) if said else None
    if speaker is not None:
        return [speaker]
    if not trigger.noun:
        return above_comma(document, trigger, book) if document.tokens[trigger.token].tag == "VBG" else []
    if supported:
        return []
    found = book.somebody(_said_to_be_by(document, trigger.token))
    if found:
        return found
    if not words_at(document, trigger, "between", predicate):
        found = on_the_way(document, trigger, book)
    if not found and trigger.frame.type not in _SUFFERED:
        found = in_state(document, trigger, book)  # "*the king* is on a visit"
    return found or charged(document, trigger, book)


def _said_to_be_by(document: Document, noun: int) -> list[int]:
    """By whom an act is said to have been: "the attack was *by members* of a group"."""
    who = document.tokens[noun].head
    own = document.relations[noun] == "nsubj" and bool(document.children(who, "cop"))
    return document.conjuncts(who) if own and document.preposition(who) == "by" else []


def _behind_own_nouns(document: Document, trigger: Trigger, book: ActorBook, doers: Sequence[int]) -> list[int]:
    """Whom the nouns are about by which a verb tells its event: "opened an inquiry *into the minister*"."""
    frame, found = trigger.frame, list[int]()
    own = set(surface_subjects(document, trigger.token))
    for word in (w for w in trigger.words if w not in own):
        noun = replace(trigger, token=word, noun=True)
        behind = _WITH if frame.symmetric else frame.noun_recipient  # "met for talks *on Iran*": with nobody named
        found = _first(document, noun, book, behind, word, exclude=doers, undergoes=True)
    return found


def _sent(document: Document, trigger: Trigger, book: ActorBook) -> list[int]:
    """The forces that are sent, where nobody is said to send them: "*troops* were deployed to the border"."""
    forces = class_members("troops")
    objects_ = objects(document, trigger.token)
    words = [w for w in objects_ if w in trigger.words or document.words[w] in forces]
    found = [n if n is not None else book.person_at(w) for w, n in ((w, book.find(w)) for w in words)]
    return list(dict.fromkeys(n for n in found if n is not None))


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
        if found and undergoes and len(words) > 1:
            return with_unnamed(book, words, found, exclude)
        if found:
            return found
        standing.append((place, words))
    frame_is_mutual = trigger.frame.mutual and not trigger.noun
    for place, words in standing:
        if place == "amod" and trigger.noun and not undergoes:
            armed = [n for n in (book.forces_at(w) for w in words) if n is not None and n not in exclude]
            if armed:
                return armed
        if place in ("amod", "comp"):
            continue
        if place == "on" and trigger.noun and trigger.frame.symmetric:
            beside = [c for w in words for c in document.children(w, "nmod") if document.preposition(c) == "with"]
            found = [n for n in book.find_all(beside) if n not in exclude]
            if found:  # "talks on trade *with Chad*"
                return found
            continue  # "talks *on the Chadian border*" are with nobody yet
        surely = trigger.frame.whom and place == "obj" and not trigger.noun
        people = [n for n in (book.person_at(w, surely=surely) for w in words) if n is not None and n not in exclude]
        if people:
            return people
        for word in words:
            if place == "subj" and document.tokens[word].pos == "NOUN":  # "the raid on the post *by rebels* killed ten"
                doers = [n for n in book.somebody(by_whom(document, word)) if n not in exclude]
                if doers:
                    return doers
            if place == "obj" and frame_is_mutual and word in trigger.words:
                continue  # "began joint *military* exercises": who does it does so with the others
            owner = book.behind(word, undergoes=undergoes, arranged=trigger.frame.type in MADE_BY_SEVERAL)
            if place == "subj" and owner is not None and owner in _targets(document, book, word):
                continue  # "attacks *on the army* killed ten": it is the army that was attacked
            if owner is not None and owner not in exclude and not any(book.is_state_of(owner, n) for n in exclude):
                return [owner]
    return []


def _targets(document: Document, book: ActorBook, word: int) -> list[int]:
    """Whom a noun of an act is against: "attacks *on the army*", "sanctions *against Chad*"."""
    deed = find_trigger(document, word)
    if deed is None or not deed.noun:
        return []
    return book.find_all([c for c in document.children(word, "nmod") if document.preposition(c) in ("on", "against")])
