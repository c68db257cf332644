"""The tokenizer splits words as the treebanks do, and loses no letter."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from readout.language.tokenizer import build_tokenizer


@cache
def tokenizer() -> Tokenizer:
    return build_tokenizer(spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The army left.", "The army left ."),
        ("a cease-fire", "a cease - fire"),
        ("a pro-government, anti-war march", "a pro-government , anti-war march"),
        ("an F-16 jet", "an F - 16 jet"),
        ("Pro-Nordland crowds", "Pro-Nordland crowds"),
        ("police and/or troops", "police and / or troops"),
        ("It won't go; they didn't.", "It wo n't go ; they did n't ."),
        ("the minister's car", "the minister 's car"),
        ("the minister’s car", "the minister ’s car"),
        ("Mr. Lund met Lt. Holm at 3 p.m. today", "Mr. Lund met Lt. Holm at 3 p.m. today"),
        ("on Sept. 16 in the U.S. capital", "on Sept. 16 in the U.S. capital"),
        ("What?! No... never!!", "What ?! No ... never !!"),
        ("$5 million, or 12%", "$ 5 million , or 12 %"),
        ("“We will,” she said", "“ We will , ” she said"),
        ("the north–south road", "the north – south road"),
        ("41,000 people", "41,000 people"),
        ("(Nordpress)", "( Nordpress )"),
        ("I wanna go alot", "I wan na go a lot"),
        ("They left w/o a word", "They left w/o a word"),
        ("a cross-border raid by ex-soldiers", "a cross-border raid by ex-soldiers"),
        ("What?He left", "What ? He left"),
        ("see https://example.org/a-b now", "see https://example.org/a-b now"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert [word.text for word in tokenizer()(text)] == words.split()


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" -./'’\"(),$%\n")), max_size=80
    )
)
def test_no_letter_is_lost(text: str) -> None:
    assert "".join(word.text_with_ws for word in tokenizer()(text)) == text
