"""Which line is a headline."""

from __future__ import annotations

import re

from readout.clean.opening import opening_of
from readout.types import Span

_LONGEST, _FEWEST_WORDS, _MOST_WORDS, _MOST_LISTED = 200, 3, 30, 20
_LETTERS = re.compile(r"\W+")
_BULLET = re.compile(r"[•▪●◦·*►▶→–—-]\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")


def is_title(text: str, lines: list[Span], n: int, known: str | None, reach: int = 4) -> bool:
    """Whether line `n` is the article's headline: the one its source names, or a first line that is no sentence.

    Args:
        text: the article.
        lines: its lines.
        n: the line in question.
        known: the headline that the source names.
        reach: among how many lines below it a sentence of the article is looked for.
    """
    start, end = lines[n]
    line = text[start:end]
    if known and _same(line, known):
        return len(lines) > n + 1
    if n + 1 >= len(lines) or end - start > _LONGEST or not _FEWEST_WORDS <= len(line.split()) <= _MOST_WORDS:
        return False
    if re.search(r"[.,;:–—-][\"”’']?$", line) or line[0] in '"“(-–—•*' or line[0].islower() or opening_of(line):
        return False
    if (
        text.count("\n", end, lines[n + 1][0]) == 1
        and text[lines[n + 1][0]].islower()
        and not text.startswith("by ", lines[n + 1][0])
    ):
        return False
    later = [text[a:b] for a, b in lines[n + 1 : n + 1 + reach]]
    return any(_SENTENCE_END.search(other) and len(other) > len(line) for other in later)


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(line) is not None


def is_headline(line: str) -> bool:
    """Whether a line that stands below the heading of a list is a headline of it: a bullet, or a line that is no sentence."""
    if _BULLET.match(line):
        return len(line) <= _LONGEST
    if is_sentence(line) and not line.endswith("?"):
        return False
    opens = line.lstrip("\"“‘'")[:1].isupper()
    return opens and _FEWEST_WORDS < len(line.split()) <= _MOST_LISTED and line[-1] not in '.,;:"”'


def without_bullet(line: str) -> str:
    """A line without the mark that opens it as one of a list."""
    return _BULLET.sub("", line)


def _same(line: str, title: str) -> bool:
    return _LETTERS.sub("", line).casefold() == _LETTERS.sub("", title).casefold()
