"""One word of many, as a tree of letters: what a plain row of alternatives finds, the longest first."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from readout.readers.either import either

_WORDS = st.lists(st.text("ab .'", min_size=1, max_size=5), min_size=1, max_size=8)


@given(_WORDS, st.text("ab .'", max_size=30))
def test_it_finds_what_a_row_of_alternatives_finds(words: list[str], text: str) -> None:
    row = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for behind in ("", "b", r"\b"):  # what follows may make a shorter word fit
        plain, tree = re.compile(f"(?:{row}){behind}"), re.compile(either(words) + behind)
        assert [hit.span() for hit in tree.finditer(text)] == [hit.span() for hit in plain.finditer(text)]


def test_a_blank_is_what_it_is_said_to_be() -> None:
    assert re.fullmatch(either(["the next day", "the next"], blank=r"\s+"), "the  next\nday")
