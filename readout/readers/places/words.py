"""The words around places, from knowledge/places/words.yaml, as sets."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from readout import knowledge
from readout.readers.places.names import fold_name


@dataclass(frozen=True, slots=True)
class Words:
    """Each set as the comments in words.yaml explain it; all in folded form."""

    brands: frozenset[str]
    never: frozenset[str]
    weak: frozenset[str]
    given_names: frozenset[str]
    titles: frozenset[str]
    ways: frozenset[str]
    natural: frozenset[str]
    bodies: frozenset[str]
    prepositions: frozenset[str]
    site_nouns: frozenset[str]
    articled: frozenset[str]
    compass: frozenset[str]
    place_modifiers: frozenset[str]
    region_words: frozenset[str]
    doubtful: frozenset[str]
    particles: frozenset[str]
    settlements: frozenset[str]
    settlements_alone: frozenset[str]
    districts: frozenset[str]
    before_districts: frozenset[str]
    no_districts: frozenset[str]


@cache
def words() -> Words:
    """The sets, loaded once."""
    content = knowledge.load("places/words.yaml")
    return Words(**{f.name: frozenset(fold_name(str(w)) for w in content[f.name]) for f in fields(Words)})
