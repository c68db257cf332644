"""Whose a person's name is: names that fit, names misspelt, and who of several of one surname is spoken of."""

from __future__ import annotations

from collections.abc import Collection

from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.registry import canonical_role
from readout.readers.actors.words import organization_word, vocabulary

_REACH = 2  # sentences back to the last name of the one of several whom a bare surname means
_SURE = 5  # letters of a surname in which one can be wrong


def plain_name(names: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name in lower case, without points and hyphens."""
    return tuple(n.lower().strip(".") for n in names if n not in "-–‐")


def names_fit(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one plain name is a part of the other: the same, a surname, a run of its words; middle names may lack."""
    if len(short) > len(long):
        short, long = long, short
    if not short:
        return False
    if len(short) == 1:
        return short[0] in (long[-1], long[0]) or (len(long) > 2 and short[0] in long)
    if any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return True
    return short[0] == long[0] and short[-1] == long[-1]


def is_misspelt(mention: Mention, entity: Entity) -> bool:
    """Whether a full name is somebody's but for one letter of the surname, the office and its country being the same."""
    one, other = plain_name(mention.names), plain_name(entity.names)
    if len(one) < 2 or len(one) != len(other) or one[:-1] != other[:-1] or not _differ_by_a_letter(one[-1], other[-1]):
        return False
    if mention.role is None or entity.role is None or entity.country != mention.country:
        return False
    return canonical_role(mention.role, mention.country) == canonical_role(entity.role, entity.country)


def is_shortened(mention: Mention, entity: Entity) -> bool:
    """Whether a bare name with a title is the beginning of a name of somebody with the same title: "Sheikh Mujib(ur)"."""
    assert mention.noun is not None
    (short,) = plain_name(mention.names)
    titled = any(m.noun is not None and m.noun.lemma == mention.noun.lemma for m in entity.mentions)
    return titled and len(short) >= _SURE and any(n.startswith(short) and n != short for n in plain_name(entity.names))


def _differ_by_a_letter(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SURE or len(long) - len(short) > 1:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def spoken_of(fits: list[Entity], mention: Mention, owners: Collection[int]) -> list[Entity]:
    """Of several persons whose name a mention can be, the one who is spoken of; nobody where two are.

    Where one was named only as whose somebody is ("the son of *Orsk*"), or as somebody's relative ("his wife *Ana Orsk*"),
    the other is meant by the bare surname.

    Args:
        fits: the persons.
        mention: the name.
        owners: ids of the mentions that own another.
    """
    before = {id(e): [m for m in e.mentions if m.first < mention.first] for e in fits}
    named = [e for e in fits if before[id(e)]]
    if mention.role is None and len(mention.names) == 1 and len(named) > 1:
        named = [e for e in named if any(id(m) not in owners for m in before[id(e)])] or named
        named = [e for e in named if not _is_relative(e)] or named
        if len(named) == 1:
            return named
    last = {id(e): (before[id(e)] or e.mentions)[-1].sentence for e in fits}
    near = [e for e in named or fits if mention.sentence - last[id(e)] <= _REACH]
    return near if len(near) == 1 else []


def _is_relative(entity: Entity) -> bool:
    return any(m.noun is not None and m.noun.lemma in vocabulary("kin") for m in entity.mentions)


def can_be_persons(named: Mention | Entity) -> bool:
    """Whether nothing says what a name names, and it can be a person's: words that begin with a capital, none of them a body's."""
    if named.kind != "organization" or named.known or named.sectors or not named.names:
        return False
    if any(organization_word(n.lower()) or not n[:1].isalpha() or (len(n) > 1 and n.isupper()) for n in named.names):
        return False
    mentions = named.mentions if isinstance(named, Entity) else [named]
    return not any(m.definite or m.same for m in mentions)
