"""Sides of talks that are told elsewhere than in the clause of the talks: who fights, who differs, who "the two sides" are."""

from __future__ import annotations

from collections.abc import Sequence

from readout.language.document import Document
from readout.readers.events.arguments import subjects, surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.negotiations.lexicon import canonical_topic, words
from readout.readers.negotiations.mentions import Mention, carrier
from readout.readers.negotiations.naming import singular
from readout.readers.negotiations.sides import actors_of, doing, is_side
from readout.types import Event

_TWO = 2


def negotiating_sides(document: Document, book: ActorBook) -> list[int]:
    """The sides whose negotiators the article names: "the chief Chechen negotiator", "Russia's negotiator"."""
    found: list[int] = []
    negotiators = words("negotiators")
    for i in document.called(negotiators | {f"{word}s" for word in negotiators}):
        if document.lemmas[i] in negotiators or singular(document.words[i]) in negotiators:
            near = document.children(i, "nmod:poss", "amod", "compound")
            found += [n for n in map(book.find, near) if n is not None][:1]
            homes = [c for c in document.children(i, "nmod") if document.preposition(c) in ("from", "for")]
            found += [n for c in homes for n in actors_of(document, c, book)]  # "negotiators *from A and B*"
    return list(dict.fromkeys(found))


def negotiators_topic(document: Document, book: ActorBook) -> str | None:
    """What talks are on, by those who hold them: the "trade" of "*trade* negotiators"."""
    for i in document.called(words("negotiators")):
        if document.lemmas[i] not in words("negotiators") or document.parts[i] != "NOUN":
            continue
        for c in document.children(i, "compound", "amod"):
            matter = document.parts[c] == "NOUN" and document.words[c] not in words("no_topic") | words(
                "bargaining"
            ) | words("ranks")
            if (matter and book.find(c) is None) or document.words[c] in words("topic_adjectives"):
                return canonical_topic(document.tokens[c].text.lower())
    return None


def belligerents(document: Document, book: ActorBook) -> list[int]:
    """The sides of the first war that the article names with both: "the A-B war", "the war between A and B"."""
    wars = words("wars")
    for i in document.called(wars):
        token = document.tokens[i]
        if document.lemmas[i] not in wars or token.pos not in ("NOUN", "PROPN"):
            continue
        near = [c for c in document.subtree(token.i, ("acl", "advcl", "conj")) if abs(c - token.i) <= 8]
        linked = [
            c
            for c in near
            if c < token.i or {document.preposition(a) for a in (c, document.tokens[c].head)} & {"between", "with"}
        ]
        found = book.find_all(linked)
        if len(found) == 2:
            return found
    return []


def are_unnamed(document: Document, mention: Mention) -> bool:
    """Whether talks are told of sides that are named elsewhere: "*the two sides* held talks", "talks between *the foes*"."""
    stands = carrier(document, mention.token)
    who = [c for c in document.children(mention.token, "nmod") if document.preposition(c) == "between"]
    if mention.kind == "talks" and document.relations[stands] == "obj":
        who += surface_subjects(document, document.tokens[stands].head)
    if mention.topic is not None:  # "*the two sides* agreed to open a hotline for talks on water"
        agreed = [v for v in document.ancestors(stands) if document.lemmas[v] in words("agreeing")]
        who += [s for v in agreed for s in document.children(v, "nsubj")]
    return any(document.words[n] in words("generic_sides") for n in who)


def points_back(document: Document, mention: Mention) -> bool:
    """Whether talks are told of "the two sides" or "the parties", whose talks were told of before."""
    stands = carrier(document, mention.token)
    who = [c for c in document.children(mention.token, "nmod") if document.preposition(c) == "between"]
    if (
        document.relations[stands].split(":")[0] in ("obj", "obl")
        and document.parts[document.tokens[stands].head] == "VERB"
    ):
        who += surface_subjects(document, document.tokens[stands].head)
    return any(document.words[n] in words("pointing_sides") and not _is_owned(document, n) for n in who)


def _is_owned(document: Document, noun: int) -> bool:
    """Whether it is told whose a noun is: "the parties *of the left*"."""
    return bool(document.children(noun, "nmod", "nmod:poss", "compound", "acl:relcl"))


def differing_sides(document: Document, sentences: list[int], book: ActorBook) -> list[int]:
    """The two who are told to differ where the talks are told of: "A and B are still *at odds* over the water"."""
    differing = words("issues", "differing")
    for sentence in sentences:
        place = document.sentences[sentence]
        for i in range(place.first, place.last):
            if document.lemmas[i] in differing or document.words[i] in differing:
                heads = document.children(i, "nsubj") or document.children(document.tokens[i].head, "nsubj")
                found = doing(document, [n for h in heads for n in document.conjuncts(h)], book)
                found = [n for n in dict.fromkeys(found) if is_side(book, n)]
                if len(found) > 1:
                    return found
    return []


def answering_sides(document: Document, sentences: Sequence[int], book: ActorBook) -> list[int]:
    """Who answers an offer of talks on a war, or sends negotiators: "a proposal that *Hamas* said it had accepted"."""
    found: list[int] = []
    for sentence in sentences:
        place = document.sentences[sentence]
        for i in range(place.first, place.last):
            if document.parts[i] != "VERB":
                continue
            objects = document.children(i, "obj")
            answers = document.lemmas[i] in words("answering") and any(_is_offer(document, i, o) for o in objects)
            sends = document.lemmas[i] in words("sending") and any(_is_team(document, o) for o in objects)
            if above := _said_of_offer(document, i):
                found += _fighters(document, above, book)
            if answers or sends:
                found += _fighters(document, i, book)
    return list(dict.fromkeys(found))


def _fighters(document: Document, verb: int, book: ActorBook) -> list[int]:
    """The states or groups whom the subjects of a verb stand for."""
    found = (_fighter(book, n) for n in doing(document, subjects(document, verb), book))
    return [n for n in found if n is not None]


def _said_of_offer(document: Document, verb: int) -> int | None:
    """The verb of saying in "a proposal that Hamas *said* it had accepted"."""
    said = document.tokens[verb].head
    if document.relations[verb] != "ccomp" or document.relations[said] != "acl:relcl":
        return None
    if document.lemmas[verb] not in words("answering") or document.lemmas[said] not in words("saying"):
        return None
    return said if document.lemmas[document.tokens[said].head] in words("answered") else None


def _is_offer(document: Document, verb: int, noun: int) -> bool:
    if document.words[noun] in ("that", "which") and noun < verb:  # "a proposal *that* A said it had accepted"
        above = next((a for a in (verb, *document.ancestors(verb)) if document.relations[a] == "acl:relcl"), None)
        noun = document.tokens[above].head if above is not None else noun
    return document.lemmas[noun] in words("answered")


def _is_team(document: Document, noun: int) -> bool:
    if document.lemmas[noun] in words("negotiators"):
        return True
    of = [c for c in document.children(noun, "nmod") if document.preposition(c) == "of"]
    return document.lemmas[noun] in words("delegates") and any(document.lemmas[c] in words("negotiators") for c in of)


def rebels_and_state(book: ActorBook, known: list[int]) -> list[int]:
    """The state that a group fights which is the only side told, or the one group of a state that is."""
    groups = [n for n, a in enumerate(book.actors) if a.kind == "armed_group" and a.name.split()[-1][0].isupper()]
    one = book.actors[known[0]]
    if known[0] in groups:
        home = [n for n, a in enumerate(book.actors) if a.kind == "country" and a.country == one.country]
        return home[:1]
    own = [n for n in groups if book.actors[n].country == one.country]
    return own if one.kind in ("country", "government") and len(own) == len(groups) == 1 else []


def joined_body(book: ActorBook, side: int) -> list[int]:
    """The body that a state whose accession is talked of is to join: the one that the article names most often."""
    bodies = [n for n, actor in enumerate(book.actors) if actor.kind == "igo" and n != side]
    bodies.sort(key=lambda n: -len(book.actors[n].mentions))
    times = [len(book.actors[n].mentions) for n in bodies]
    return bodies[:1] if len(times) == 1 or (times and times[0] > times[1]) else []


def only_states(book: ActorBook) -> list[int]:
    """The two states of an article that names two and no more; "the two sides" of it are they."""
    states = {a.country for a in book.actors if a.country is not None}
    named = {a.country: n for n, a in enumerate(book.actors) if a.kind == "country"}
    return sorted(named.values()) if len(states) == len(named) == _TWO else []


def war_sides(events: tuple[Event, ...], book: ActorBook, known: list[int]) -> list[int]:
    """The two who fight each other in the article, where it tells of no more; of these, one may be known as a side.

    Args:
        events: what the article tells of.
        book: finds the actors.
        known: the sides that are told with the talks.
    """
    pairs: dict[frozenset[str], list[int]] = {}
    for event in events:
        if event.type != "ASSAULT" or event.status not in ("occurred", "ongoing"):
            continue
        for one in event.actors:
            for other in event.recipients:
                sides = [_fighter(book, one), _fighter(book, other)]
                names = frozenset([_side_name(book, n) for n in sides if n is not None])
                if len(names) == _TWO:
                    pairs.setdefault(names, [n for n in sides if n is not None])
    fitting = [both for names, both in pairs.items() if all(_side_name(book, n) in names for n in known)]
    if len(fitting) != 1 or len(pairs) > _TWO:
        return []
    missing = [n for n in fitting[0] if _side_name(book, n) not in {_side_name(book, k) for k in known}]
    return [*known, *missing]


def _fighter(book: ActorBook, n: int) -> int | None:
    """The state or group that an actor fights for."""
    actor = book.actors[n]
    if actor.kind == "armed_group":
        return n if actor.name.split()[-1][0].isupper() else None  # a "suicide bomber" is no side
    home = next((k for k, a in enumerate(book.actors) if a.kind == "country" and a.country == actor.country), None)
    for_group = next(
        (k for k, a in enumerate(book.actors) if a.kind == "armed_group" and a.name == actor.affiliation), None
    )
    if for_group is not None or (actor.affiliation is not None and actor.kind == "person"):
        return for_group
    fights = (
        actor.kind in ("country", "government") or {"MIL", "GOV"} & set(actor.sectors) or actor.kind == "population"
    )
    return home if fights else None


def _side_name(book: ActorBook, n: int) -> str:
    actor = book.actors[n]
    return actor.name if actor.kind == "armed_group" or actor.country is None else actor.country
