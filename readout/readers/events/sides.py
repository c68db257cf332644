"""The sides of an act: who talks or fights with whom, and who shares in one side."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.arguments import subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger
from readout.readers.events.lexicon import words
from readout.readers.events.objects import objects
from readout.readers.events.standing import expanded, modifiers, words_at

#: Sectors of those whose own talks they speak of.
_PARTIES = frozenset({"GOV", "REB", "OPP", "PTY", "MIL", "LAB"})


def with_others(
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


def sides(
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
        bringing = [c for c in document.children(trigger.token, "acl") if document.lemmas[c] in words("bringing")]
        level += book.find_all([o for c in bringing for o in objects(document, c)])  # "talks *involving* the two"
        named = at("poss", "amod")
        if not doers or set(doers) <= set(named):
            doers = [*doers, *named]
    else:  # "the truce between the two took effect", "*Iranian-Iraqi* talks were held"
        if not doers:
            doers = book.find_all([m for word in trigger.words for m in modifiers(document, word)])
        doing = subjects(document, predicate)
        below = [n for s in doing for n in document.children(s, "nmod")]
        made = [o for s in doing for c in document.children(s, "acl") for o in document.children(c, "obl")]
        below += [
            n for o in expanded(document, made) for n in document.children(o, "nmod")
        ]  # "brokered *between the two*"
        level += book.find_all(
            expanded(document, [n for n in below if document.preposition(n) in ("between", "among")])
        )
    if len(level) > 1 and not set(doers) & set(book.find_all(subjects(document, predicate))):
        named = [n for n in doers if n in at("poss", "amod")] if trigger.noun else []
        doers = named  # "a truce brokered *by Norway* between the two": who brought it about is no side of it
    if doers:
        others += level
    else:
        doers = level or speaking_side(document, trigger, book, others)
    doers = list(dict.fromkeys(doers))
    return doers, [n for n in dict.fromkeys(others) if n not in doers]


def speaking_side(document: Document, trigger: Trigger, book: ActorBook, others: list[int]) -> list[int]:
    """The side that speaks of talks with the other one and names nobody else: "*Kenya* said talks with Chad had failed"."""
    i = trigger.token
    own = trigger.noun and trigger.frame.type == "CONSULT" and document.relations[i].startswith("nsubj")
    if not own or not others or document.children(i, "nmod:poss"):
        return []
    speaker = book.speaker_at(document.tokens[i].start)
    if speaker is None or speaker in others:
        return []
    actor = book.actors[speaker]
    party = actor.kind in ("country", "government", "party") or not _PARTIES.isdisjoint(actor.sectors)
    foreign = actor.country is None or all(book.actors[n].country != actor.country for n in others)
    return [speaker] if party and (foreign or "GOV" not in actor.sectors) else []
