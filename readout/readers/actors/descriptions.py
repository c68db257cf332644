"""Descriptions that say more than a noun: a body by its registry entry, a group by its men, two sides by who they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from readout import knowledge
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import everyone
from readout.readers.actors.words import vocabulary, word_list

#: Gives the actors that the article has spoken of before the mention; asked only where it matters.
Earlier = Callable[[Mention], list[Entity]]

_POINTING = frozenset({"the", "these", "those"})
_TELLING = frozenset({"of", "who", "that", "which", "from", "in", "for", "with", "whose", "at"})
_REACH = 3  # sentences back to those whom "the two sides" gathers


@cache
def _said() -> frozenset[str]:
    return frozenset(words for known in everyone() for words in known.descriptions)


def as_registry_says(page: Page, earlier: Earlier, mention: Mention) -> Entity | None:
    """The one actor of the article whom the registry describes in the mention's very words: "the world body"."""
    phrase = page.text(mention.first, mention.last).lower().removeprefix("the ")
    if not mention.definite or " " not in phrase or phrase not in _said():
        return None
    fits = [e for e in earlier(mention) if e.known is not None and phrase in e.known.descriptions]
    return fits[0] if len(fits) == 1 else None


def whose_fighters(earlier: Earlier, mention: Mention) -> Entity | None:
    """The one armed group of the article so far, by its men: "the rebels", "the kidnappers"; None where two fit.

    Rebels are nobody's but a group's that is named and fights; a name that may be an armed body's becomes one by it.
    """
    if mention.number or mention.modifiers or mention.owner is not None or mention.country or mention.affiliation:
        return None
    spoken_of = earlier(mention)
    named = [e for e in spoken_of if e.names and (e.kind == "armed_group" or _may_fight(e))]
    nameless = [e for e in spoken_of if e.kind == "armed_group" and e.plural and not e.names]
    if mention.noun is not None and "REB" in mention.noun.sectors:
        nameless = []
        named = [e for e in named if "REB" in e.sectors or _may_fight(e)]
    if len(named) + len(nameless) != 1:
        return None
    group = (named or nameless)[0]
    if _may_fight(group):
        group.kind, group.sectors = "armed_group", ("REB",)
    return group


def told_before(page: Page, earlier: list[Entity], mention: Mention) -> Entity | None:
    """The group or body without a name that "the experts" points back to: the one so called, or the one so called that was just
    spoken of; None where two are.
    """
    noun = mention.noun
    if noun is None or page.lower[mention.first] not in _POINTING or noun.lemma in word_list("never_told_before"):
        return None
    if (noun.one and not mention.plural) or mention.owner is not None:
        return None
    if mention.country or mention.affiliation or _goes_on(page, mention):
        return None
    fits = [
        e
        for e in earlier
        if not e.names and not e.members and e.plural == mention.plural and e.known is None and _is_called(e, mention)
    ]
    fits = [e for e in fits if not _is_counted_only(page, e)]
    if len(fits) > 1:
        fits = [
            e for e in fits if any(m.sentence >= mention.sentence - 1 and m.first < mention.first for m in e.mentions)
        ]
    return fits[0] if len(fits) == 1 else None


def _goes_on(page: Page, mention: Mention) -> bool:
    """Whether what stands behind a description says which: "the refugees *in Goma*", but not "in May"."""
    after = mention.last + 1
    if after + 1 >= len(page.words) or page.lower[after] not in _TELLING:
        return False
    return after + 1 not in page.timed


def _is_counted_only(page: Page, entity: Entity) -> bool:
    """Whether a group is a part that somebody counted: "at least 26 protesters were detained"; "the protesters" are all."""
    first = entity.mentions[0]
    before = page.lower[max(0, first.first - 2) : first.first]
    return first.number is not None and not vocabulary("approximate").isdisjoint(
        (*before, *page.lower[first.first : first.head])
    )


def _is_called(entity: Entity, mention: Mention) -> bool:
    """Whether a description of an actor so far has the noun of another, and no other number of them."""
    assert mention.noun is not None
    numbers = {m.number for m in entity.mentions if m.number and m.form == "nominal"}
    told = any(n.lemma == mention.noun.lemma for n in entity.nouns) and entity.mentions[0].form == "nominal"
    if mention.modifiers and not any(set(mention.modifiers) <= set(m.modifiers) for m in entity.mentions):
        return False
    return told and (mention.number is None or mention.number in numbers)


def _may_fight(entity: Entity) -> bool:
    """Whether nothing but its name says what a body is, and the name can be an armed one's: "the Harbour Front"."""
    unknown = entity.kind == "organization" and entity.known is None and not entity.sectors
    return unknown and any(name.lower() in vocabulary("armed") for name in entity.names)


@cache
def _gatherings() -> Mapping[str, frozenset[str]]:
    """Nouns that gather actors named before, and the kinds of actors that they can be."""
    rows = knowledge.load("actors/reading/words.yaml")["gatherings"]
    return MappingProxyType({noun: frozenset(row["kinds"]) for row in rows for noun in row["nouns"]})


@cache
def _counts() -> Mapping[str, int]:
    return MappingProxyType(knowledge.load("actors/reading/words.yaml")["gathered"])


def members_of(earlier: Earlier, mention: Mention) -> tuple[Entity, ...]:
    """Who "the two sides" are: as many as it says in the last sentence that names so many; nobody where it names more."""
    kinds = _gatherings().get(mention.noun.lemma) if mention.noun is not None else None
    count = _counts().get(mention.number or "")
    if kinds is None or count is None or not mention.plural or mention.country or mention.owner is not None:
        return ()
    if mention.number != "both" and not mention.definite:
        return ()
    spoken_of = earlier(mention)
    for sentence in range(mention.sentence, mention.sentence - _REACH, -1):
        there = [
            e
            for e in spoken_of
            if (e.kind in kinds or (e.is_person and "person" in kinds))
            and not e.members
            and _named_in(e, sentence, mention)
        ]
        if len(there) >= count:
            return tuple(there) if len(there) == count else ()
    return ()


def _named_in(entity: Entity, sentence: int, mention: Mention) -> bool:
    return any(m.sentence == sentence and m.first < mention.first for m in entity.mentions)
