"""Who is whose father, wife, son: "the son of Jon Orsk … his father"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from readout import knowledge
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention


class _Relation(NamedTuple):
    """What a noun makes of somebody: his relation, what the other one is to him, and his pronoun."""

    name: str
    back: str
    sex: str | None


@cache
def _relations() -> dict[str, _Relation]:
    """The nouns for relatives."""
    rows = knowledge.load("actors/reading/words.yaml")["relatives"]
    return {
        noun: _Relation(row["name"], row["back"], sex)
        for row in rows
        for field, sex in (("he", "he"), ("she", "she"), ("either", None))
        for noun in row[field]
    }


class Kinship:
    """The relatives of whom an article tells; `see` tells it of each mention in text order."""

    def __init__(self, cast: Cast):
        self._cast = cast
        self._told: list[tuple[Entity, str, Entity]] = []  # who is what to whom

    def see(self, mention: Mention, entity: Entity) -> None:
        """Remembers a named person who is told to be a relative of another."""
        noun, owner = mention.noun, mention.owner
        if noun is None or owner is None or noun.lemma not in _relations() or mention.plural or entity.kind != "person":
            return
        whose = self._cast.entity_of(owner)
        if whose is not None and whose.kind == "person" and whose is not entity:
            self._told.append((entity, noun.lemma, whose))

    def relative(self, mention: Mention) -> Entity | None:
        """The one named person whom "his father" means; None where nobody or several are."""
        noun, owner = mention.noun, mention.owner
        if noun is None or owner is None or noun.lemma not in _relations() or mention.plural:
            return None
        whose = self._cast.entity_of(owner)
        if whose is None or whose.kind != "person":
            return None
        found = {id(e): e for e in self._relatives(noun.lemma, whose)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _relatives(self, lemma: str, whose: Entity) -> list[Entity]:
        relation = _relations()[lemma]
        found = []
        for one, what, other in self._told:
            if other is whose and what == lemma:
                found.append(one)
            returned = one is whose and _relations()[what].name == relation.back
            if returned and (relation.sex is None or other.sex in (None, relation.sex)):
                found.append(other)
        return found
