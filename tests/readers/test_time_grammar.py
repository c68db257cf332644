"""Clauses without a word of times are passed over: that must never lose a match."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout import knowledge
from readout.readers.times.grammar import Match, find, patterns


def found_everywhere(text: str) -> list[tuple[str, int, int]]:
    """What every pattern finds in the whole text, by the rule of `find`."""
    hits = sorted(
        (hit.start(), -hit.end(), order, pattern.name)
        for order, pattern in enumerate(patterns())
        for hit in pattern.expression.finditer(text)
    )
    kept: list[tuple[str, int, int]] = []
    for start, end, _, name in hits:
        if not kept or start >= kept[-1][2]:
            kept.append((name, start, -end))
    return kept


def names_of(matches: list[Match]) -> list[tuple[str, int, int]]:
    return [(match.pattern.name, match.start, match.end) for match in matches]


@pytest.mark.parametrize("pattern", knowledge.load("times/patterns.yaml"), ids=lambda entry: entry["name"])
def test_examples_are_found_as_if_everything_were_tried(pattern: dict[str, object]) -> None:
    examples = pattern["examples"]
    assert isinstance(examples, list)
    for example in examples:
        for text in (
            example["text"],
            example["text"].upper(),
            f"Shells fell. “{example['text']}” he said; it was over.",
        ):
            assert names_of(find(text)) == found_everywhere(text)


_WORDS = knowledge.load("times/words.yaml")
_PIECES = st.sampled_from(
    [
        *_WORDS["months"], *_WORDS["weekdays"], *_WORDS["units"], *(f"{unit}s" for unit in _WORDS["units"]), "centuries",
        *_WORDS["parts"], *_WORDS["seasons"], *_WORDS["named_days"], *_WORDS["which"], *_WORDS["edges"], *_WORDS["decades"],
        *_WORDS["set_adverbs"], *_WORDS["zones"], *_WORDS["approximators"], *_WORDS["vague_numbers"], "Tuesdays", "weekend",
        "1984", "1980s", "'80s", "3pm", "3 p.m.", "3:15", "2000GMT", "2000 GMT", "noon", "midnight", "5", "21st", "2011-04-02",
        "a", "an", "two", "first", "third", "second", "of", "the", "in", "on", "at", "and a half", "or", "to", "old", "long",
        "ago", "earlier", "later", "before", "after that", "from now", "ahead", "same", "that", "past", "next", "recent",
        "recently", "now", "soon", "future", "term", "short", "year-ago", "year-end", "'s", "end", "times a", "once a", "every",
        "quarter", "half", "period", "fiscal", "overnight", "shortly", "the end of", "soldiers", "Sept.", "Dec.", "May.",
    ]
)  # fmt: skip
_JOINTS = st.sampled_from([" ", " ", " ", "-", ", ", ". ", "; ", "! ", ": ", " (", ") ", "\n", "” ", ".", "’s ", "…  "])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(_PIECES, _JOINTS), max_size=14))
def test_nothing_is_lost(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + joint for word, joint in pieces)
    assert names_of(find(text)) == found_everywhere(text)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    assert names_of(find(text)) == found_everywhere(text)
