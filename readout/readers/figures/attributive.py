"""Numbers that stand before a noun with what they measure: "a 5,000-strong force", "an 18-seat assembly", "a 40 million dollar deal"."""

from __future__ import annotations

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.counted import Counted, listed
from readout.readers.figures.money import currency_at, moneys

_HYPHENS = ("-", "‑")
_NEAR = 3


def attributive(document: Document, last: int) -> Counted | None:
    """What the number that ends with word `last` counts where a noun behind it has both for an attribute; None where none has.

    A hyphen joins number and noun, or the noun is a currency in the singular before a further noun.
    """
    at = _joined(document, last)
    if at is not None:
        return _of_word(document, at)
    at = last + 1
    end = document.sentence(last).last
    if at < end and document.words[at] in ("us", "u.s."):
        at += 1
    for behind in range(at, min(at + 3, end)):  # "a 5 million *Hong Kong dollar* fine"
        if document.words[behind] in moneys():
            at = behind
            break
    if at + 1 >= end or document.words[at] not in moneys() or document.tokens[at + 1].pos not in ("NOUN", "ADJ"):
        return None
    following = [i for i in range(at + 1, min(at + _NEAR, end)) if document.tokens[i].pos == "NOUN"]
    return Counted(at, currency_at(document, at, document.words[at])) if following else None


def _joined(document: Document, last: int) -> int | None:
    """The word behind the hyphen right behind a number."""
    tokens = document.tokens
    if last + 2 >= document.sentence(last).last or tokens[last + 1].text not in _HYPHENS:
        return None
    joined = tokens[last].end == tokens[last + 1].start and tokens[last + 1].end == tokens[last + 2].start
    return last + 2 if joined else None


def _of_word(document: Document, at: int) -> Counted | None:
    """What a word joined to a number by a hyphen says is counted."""
    book = knowledge.load("figures/words.yaml")
    word = document.words[at]
    money = currency_at(document, at, word)
    if money is not None:
        return Counted(at, money)
    if word in listed("quantities") and word not in listed("no_attributes"):
        return Counted(at, word)
    unit = book["attributes"].get(word)
    return None if unit is None else Counted(at, unit)
