"""Regular expressions for one word of many."""

from __future__ import annotations

import re
from collections.abc import Iterable


def either(words: Iterable[str], blank: str = r"\ ") -> str:
    """A regular expression, in a group that captures nothing, for any of some words; of two that begin alike the longer first.

    Letter by letter, as a tree: of a plain row of alternatives each is tried at each word of a text; here most words are
    done with at their first letter or two.

    Args:
        words: at least one; where case is ignored, no two that begin alike but for their case.
        blank: what stands for a blank in a word.
    """
    return f"(?:{_tree(words, blank)})"


def _tree(words: Iterable[str], blank: str) -> str:
    behind: dict[str, set[str]] = {}
    ends = False
    for word in words:
        if word:
            behind.setdefault(word[0], set()).add(word[1:])
        else:
            ends = True
    found = [
        (blank if letter == " " else re.escape(letter)) + _tree(behind[letter], blank) for letter in sorted(behind)
    ]
    if ends:
        found.append("")
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"
