"""Descriptions that say more than a noun: a body by its registry entry, a group by its men, two sides by who they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from readout import knowledge
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import everyone
from readout.readers.actors.words import vocabulary

#: Gives the actors that the article has spoken of before the mention; asked only where it matters.
Earlier = Callable[[Mention], list[Entity]]

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
