"""Numbers in words and digits: "41,000", "1.2 million", "twenty-one", "2 1/2", "a dozen". Knowledge: numbers.yaml."""

from __future__ import annotations

import re
from functools import cache

from readout import knowledge
from readout.language.kept import Kept
from readout.readers.either import either

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_PARTS = re.compile(rf"\d/\d|{_DIGITS}|[a-z]+")
_LARGEST = 1e16  # beyond it a number is a code, or a string of words, and floats no longer tell whole numbers apart


@cache
def number_pattern() -> str:
    """A regular expression, without groups that capture, for any number that `parse_number` reads."""
    book = knowledge.load("numbers.yaml")
    small = either([*book["ones"], *book["tens"]])
    scale = either(book["scales"])
    # "Two hundred and six" is one number, "twenty and thirty" are two.
    joined = "|".join(rf"(?<={word})\s+and" for word in book["scales"])
    # No number has more words; an open end would take time that grows with the square.
    words = rf"(?:{small}|{scale})(?:(?:-|(?:{joined})?\s+)(?:{small}|{scale})\b){{0,12}}"
    return rf"(?:(?:{_DIGITS})(?:\s+\d/\d)?(?:[\s-]{{1,3}}{scale}\b){{0,4}}|\b(?:an?\s+(?={scale}))?{words}\b)"


def parse_number(text: str) -> float | int | None:
    """The value of a number in words or digits, or None where the text is not one.

    A leading "a" or "an" is one: "a dozen" is 12.
    """
    return _NUMBERS[text]


def _parse(text: str) -> float | int | None:
    book = knowledge.load("numbers.yaml")
    total: float = 0
    group: float | None = None
    for word in _PARTS.findall(text.lower()):
        if word in ("a", "an", "and"):
            continue
        if "/" in word:
            over, under = word.split("/")
            if under == "0":
                return None
            group = (group or 0) + int(over) / int(under)
        elif word[0].isdigit():
            group = (group or 0) + float(word.replace(",", ""))
        elif word in book["ones"] or word in book["tens"]:
            group = (group or 0) + book["ones"].get(word, book["tens"].get(word, 0))
        elif word in book["scales"]:
            scale = book["scales"][word]
            if scale == 100 or scale == 12:
                group = (1 if group is None else group) * scale
            else:
                total, group = total + (1 if group is None else group) * scale, None
        else:
            return None
    if (group is None and not total) or total + (group or 0) > _LARGEST:
        return None
    return plain(total + (group or 0))


#: Most numbers of a text have been met before.
_NUMBERS = Kept(_parse, 1 << 14)


def plain(value: float) -> float | int:
    """The same number as an int where it is whole; tiny errors of binary fractions are rounded away."""
    value = round(value, 6)
    return int(value) if value == int(value) else value
