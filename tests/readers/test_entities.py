"""The entity reader: things by their nouns, counts apart from what they count, nothing inside anything else."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.reading import read_document
from readout.types import Entity, EntityKind

CLASSES = knowledge.load("entities.yaml")["classes"]


def read(text: str) -> Findings:
    return read_document(load_parser().parse(text, Context(published=dt.date(2024, 9, 16))))


def named(text: str) -> list[tuple[str, EntityKind]]:
    return [(text[e.span[0] : e.span[1]], e.kind) for e in read(text).entities]


@pytest.mark.parametrize(
    ("text", "words", "kind"), [(*example, row["kind"]) for row in CLASSES for example in row["examples"]]
)
def test_examples(text: str, words: str, kind: str) -> None:
    assert (words, kind) in named(text)


@pytest.mark.parametrize(
    ("text", "noun", "kind"), [(*example, row["kind"]) for row in CLASSES for example in row["near_misses"]]
)
def test_near_misses(text: str, noun: str, kind: str) -> None:
    assert not [words for words, found in named(text) if found == kind and words.split()[-1] == noun]


def test_no_noun_is_listed_twice_in_a_class() -> None:
    for row in CLASSES:
        assert len(row["nouns"]) == len(set(row["nouns"])), row["kind"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops burned two tanks.", [("Troops", "actor"), ("two", "figure"), ("tanks", "vehicle")]),
        ("Rebels shot at three officers.", [("Rebels", "actor"), ("three", "figure"), ("officers", "actor")]),
        ("The crew of HMS Larkspur slept.", [("The crew", "actor"), ("HMS Larkspur", "vehicle")]),
        ("An F-16 fired.", [("An F-16", "vehicle")]),
        ("The government of Peru signed the treaty.", [("The government of Peru", "actor"), ("the treaty", "document")]),
        ("Shells fell on a rebel-held town.", [("Shells", "weapon"), ("a rebel-held town", "place")]),
        ("The plane landed in Lima, Peru.", [("The plane", "vehicle"), ("Lima, Peru", "place")]),
        ("He stayed there.", [("He", "actor"), ("there", "place")]),
        ("There is hope.", []),
        ("Now the market reopened.", [("the market", "facility")]),
        ("The labour market shrank.", []),
        ("The reports that he fled are wrong.", [("he", "actor")]),
        ("The ship sank at 12°30′N 45°10′E.", [("The ship", "vehicle"), ("12°30′N 45°10′E", "place")]),
    ],
)  # fmt: skip
def test_what_a_sentence_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_an_entity_points_to_the_entry_of_its_list() -> None:
    text = "Peruvian police arrested three men in Lima on Friday."
    found = read(text)
    lists = {"actor": found.actors, "place": found.places, "time": found.times, "figure": found.figures}
    kinds = set()
    for entity in found.entities:
        if entity.index is not None:
            assert lists[entity.kind][entity.index], entity
            kinds.add(entity.kind)
    assert kinds == set(lists)


def test_i_is_who_is_quoted() -> None:
    text = 'Ana Torvald met rebels. "I told them to leave," said Igor Melnik.'
    found = read(text)
    (own,) = [e for e in found.entities if text[e.span[0] : e.span[1]] == "I"]
    assert own.index is not None
    assert found.actors[own.index].name == "Igor Melnik"


def test_a_possessive_belongs_to_the_phrase_that_it_opens() -> None:
    assert "its" not in [words for words, _ in named("Peru recalled its envoy and its position weakened.")]


_WORDS = st.sampled_from(
    ["The", "two", "tanks", "of", "Peru", "'s", ",", ".", "he", "we", "Hamas", "said", "in", "Lima", "(", ")", "-", "town",
     "12", "°", "N", "Resolution", "mosque", "now", "2024"]
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=14))
def test_entities_lie_side_by_side_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found: tuple[Entity, ...] = read(text).entities
    assert all(0 <= e.span[0] < e.span[1] <= len(text) for e in found)
    assert all(one.span[1] <= other.span[0] for one, other in pairwise(found))
