"""Who is whose father, wife, son: "the son of Jon Orsk … his father"."""

from __future__ import annotations

from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention

_PARENTS = {"father": "he", "mother": "she", "parent": None}
_CHILDREN = {"son": "he", "daughter": "she", "child": None}
_SPOUSES = {"husband": "he", "wife": "she", "widow": "she", "spouse": None}
_SIBLINGS = {"brother": "he", "sister": "she", "twin": None}
_SEXES = _PARENTS | _CHILDREN | _SPOUSES | _SIBLINGS
_BACK = ((_PARENTS, _CHILDREN), (_CHILDREN, _PARENTS), (_SPOUSES, _SPOUSES), (_SIBLINGS, _SIBLINGS))


class Kinship:
    """The relatives of whom an article tells; `see` tells it of each mention in text order."""

    def __init__(self, cast: Cast):
        self._cast = cast
        self._told: list[tuple[Entity, str, Entity]] = []  # who is what to whom

    def see(self, mention: Mention, entity: Entity) -> None:
        """Remembers a named person who is told to be a relative of another."""
        noun, owner = mention.noun, mention.owner
        if noun is None or owner is None or noun.lemma not in _SEXES or mention.plural or entity.kind != "person":
            return
        whose = self._cast.entity_of(owner)
        if whose is not None and whose.kind == "person" and whose is not entity:
            self._told.append((entity, noun.lemma, whose))

    def relative(self, mention: Mention) -> Entity | None:
        """The one named person whom "his father" means; None where nobody or several are."""
        noun, owner = mention.noun, mention.owner
        if noun is None or owner is None or noun.lemma not in _SEXES or mention.plural:
            return None
        whose = self._cast.entity_of(owner)
        if whose is None or whose.kind != "person":
            return None
        found = {id(e): e for e in self._relatives(noun.lemma, whose)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _relatives(self, lemma: str, whose: Entity) -> list[Entity]:
        sex = _SEXES[lemma]
        found = []
        for one, what, other in self._told:
            if other is whose and what == lemma:
                found.append(one)
            for nouns, back in _BACK:
                if one is whose and lemma in nouns and what in back and sex in (None, other.sex or sex):
                    found.append(other)
        return found
