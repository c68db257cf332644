"""Which money a word for it means: "dollars", "Hong Kong dollars"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from readout import knowledge
from readout.language.document import Document

_MOST = 2  # words of a state's name or adjective before the money's: "New Zealand dollars"


@cache
def moneys() -> Mapping[str, str]:
    """The words for money in the singular, and the currency that each means where no state is named with it."""
    return MappingProxyType(knowledge.load("figures/words.yaml")["currency_words"])


@cache
def _own() -> Mapping[str, Mapping[str, str]]:
    """Of words for the money of several states: by the words for a state before them, its currency."""
    return MappingProxyType(knowledge.load("figures/words.yaml")["currencies_of_states"])


def currency_at(document: Document, i: int, word: str) -> str | None:
    """The ISO 4217 code of the money that word `i` names, by the state named before it; None where it names no money.

    Args:
        document: the words.
        i: the word.
        word: it in lower case and in the singular.
    """
    if word not in moneys():
        word = word.removesuffix("s")  # a plural that is taken for a name
    usual = moneys().get(word)
    if usual is None:
        return None
    states = _own().get(word, {})
    for length in range(_MOST, 0, -1):
        named = " ".join(document.words[max(i - length, 0) : i])
        if named in states:
            return states[named]
    return usual
