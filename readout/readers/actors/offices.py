"""What somebody is by his offices, and what a body is by the words of its name: whether a description can be of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.registry import Phrase, canonical_role, role_phrases
from readout.readers.actors.states import find_state
from readout.readers.actors.words import vocabulary


@cache
def offices_by_last_word() -> Mapping[str, list[tuple[frozenset[str], Phrase]]]:
    """Phrases for an office ("top diplomat") by their last word, each with all its words."""
    found: dict[str, list[tuple[frozenset[str], Phrase]]] = {}
    for phrase in role_phrases():
        words = phrase.words.replace("{country}", "").split()
        if len(words) > 1:
            found.setdefault(words[-1], []).append((frozenset(words), phrase))
    return found


def is_former(role: str) -> bool:
    """Whether an office is no longer held."""
    return role.lower().split()[0] in vocabulary("no_longer")


def is_head_of_name(noun: str, entity: Entity) -> bool:
    """Whether a noun is the first or last word of a body's name, or stands before "of" or "for" in it."""
    names = [name.lower() for name in entity.names]
    heads = {names[0], names[-1], *(n for n, after in pairwise(names) if after in ("of", "for", "on", "against"))}
    return noun in heads


def is_of_another(entity: Entity, mention: Mention) -> bool:
    """Whether somebody is of one body and a description of another: "the Lakes Party candidate"."""
    one, other = entity.affiliation, mention.affiliation
    if one is None or other is None or mention.owner is not None:
        return False
    return not set(one.lower().split()) & set(other.lower().split())


@cache
def leading() -> frozenset[str]:
    """The offices of which one who holds any leads a state."""
    return frozenset(map(canonical_role, vocabulary("leaders")))


def offices_of(entity: Entity) -> frozenset[str]:
    """The roles that an article gives somebody, under the names that they have everywhere."""
    found = entity.offices
    if found is None:
        roles = (entity.role, *(m.role for m in entity.mentions))
        found = entity.offices = frozenset(canonical_role(role, entity.country) for role in roles if role)
    return found


def words_of(entity: Entity) -> frozenset[str]:
    """The words that a description of a body may repeat: those of its names and of its descriptions in the registry."""
    words = [w.lower() for w in entity.names] + [w for noun in entity.nouns for w in noun.lemma.split()]
    if entity.known is not None:
        words += [w.lower() for text in (*entity.known.names, *entity.known.descriptions) for w in text.split()]
    return frozenset(words)


def is_of_state(word: str) -> bool:
    """Whether a lower-case word is the adjective of a state."""
    state = find_state([word.capitalize()], [False], 0, 1)
    return word in ("us", "u.s.", "uk", "u.k.") or (state is not None and state[1].use == "adjective")


def closest(fits: list[Entity], mention: Mention) -> list[Entity]:
    """Of those whom a description can mean, those whose office ends in its very noun: of "the rebel *leader*" the leader, no chief."""
    noun = mention.noun.lemma.split()[-1] if mention.noun is not None else ""
    return [e for e in fits if any(role.split()[-1] == noun for role in offices_of(e))] or fits


def become_firm(earlier: list[Entity], mention: Mention) -> Entity | None:
    """The one body of an unknown sort just spoken of that "the company" makes a firm; None where there are more."""
    unknown = [e for e in earlier if e.kind == "organization" and e.known is None and e.names and not e.sectors]
    just = [e for e in unknown if any(m.sentence >= mention.sentence - 2 for m in e.mentions)]
    if len(unknown) != 1 or not just:
        return None
    just[0].kind, just[0].sectors = "company", ("BUS",)
    return just[0]
