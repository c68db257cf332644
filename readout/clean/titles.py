"""Which line is a headline."""

from __future__ import annotations

import re

from readout.clean.opening import opening_of
from readout.types import Span

_LONGEST, _FEWEST_WORDS, _MOST_WORDS = 200, 3, 30
_LETTERS = re.compile(r"\W+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")


def is_title(text: str, lines: list[Span], n: int, known: str | None) -> bool:
    """Whether line `n` is the article's headline: the one its source names, or a first line that is no sentence."""
    start, end = lines[n]
    line = text[start:end]
    if known and _same(line, known):
        return len(lines) > n + 1
    if n + 1 >= len(lines) or end - start > _LONGEST or not _FEWEST_WORDS <= len(line.split()) <= _MOST_WORDS:
        return False
    if re.search(r"[.,;:–—-][\"”’']?$", line) or line[0] in '"“(-–—•*' or line[0].islower() or opening_of(line):
        return False
    if text.count("\n", end, lines[n + 1][0]) == 1 and text[lines[n + 1][0]].islower():
        return False
    later = [text[a:b] for a, b in lines[n + 1 : n + 5]]
    return any(_SENTENCE_END.search(other) and len(other) > len(line) for other in later)


def _same(line: str, title: str) -> bool:
    return _LETTERS.sub("", line).casefold() == _LETTERS.sub("", title).casefold()
