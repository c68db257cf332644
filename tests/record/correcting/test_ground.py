"""The way between a reading's text and the article as it came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.clean import clean
from readout.clean.cleaning import restore
from readout.record.ground import Ground
from readout.sources.article import Article
from readout.types import Removed

ARTICLE = "OSTHAVN, March 11 (Nordpost) - Rebels fled.\n\n(Reporting by Ida Holm)\n"


@st.composite
def cleaned(draw):
    """A text, pieces that were taken out of it, and the article that they restore."""
    text = draw(st.text(alphabet="abc de", max_size=20))
    pieces = draw(st.lists(st.tuples(st.integers(0, len(text)), st.text(alphabet="XYZ", min_size=1, max_size=4))))
    removed = tuple(Removed("widget", piece, at) for at, piece in sorted(pieces, key=lambda item: item[0]))
    return text, removed, restore(text, removed)


@given(cleaned(), st.data())
def test_words_are_the_same_in_text_and_article(made, data):
    text, removed, article = made
    ground = Ground.of(text, [(piece.at, piece.text) for piece in removed])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = ground.in_article((start, end))
    if start < end:
        assert article[there[0]] == text[start]
        assert article[there[1] - 1] == text[end - 1]
        assert ground.in_text(there) == (start, end)
        kept = "".join(c for c in article[there[0] : there[1]] if c not in "XYZ")
        assert kept == text[start:end]


@given(cleaned())
def test_what_was_cleaned_away_is_nowhere_in_the_text(made):
    text, removed, article = made
    ground = Ground.of(text, [(piece.at, piece.text) for piece in removed])
    for at, letter in enumerate(article):
        assert (ground.in_text((at, at + 1)) is None) == (letter in "XYZ")


def test_a_real_article():
    found = clean(Article(ARTICLE))
    ground = Ground.of(found.text, [(piece.at, piece.text) for piece in found.removed])
    at = ground.in_article((0, 6))
    assert ARTICLE[at[0] : at[1]] == "Rebels"
    assert ground.in_text((0, 7)) is None


@pytest.mark.parametrize(
    ("at", "words", "found"),
    [
        ((4, 7), "two", (4, 7)),
        ((0, 3), "two", (4, 7)),  # elsewhere, once
        ((0, 3), "one", (0, 3)),
        ((8, 11), "one", (8, 11)),  # there twice, and once where it was
        ((4, 7), "one", None),  # twice, and not where it was
        ((4, 7), "six", None),
        ((4, 7), "", None),
    ],
)
def test_words_are_found_where_they_were_or_once(at, words, found):
    assert Ground.of("one two one", ()).find(at, words) == found
