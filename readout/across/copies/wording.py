"""What a report's words are, so that two reports can be compared word by word."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from readout.across.facts import ReportFacts

RUN = 5  # words; shorter runs are shared by chance, longer ones break at every edited word

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMERAL_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands dozen dozens"
)
_NUMERALS = frozenset(_NUMERAL_WORDS.split())
#: Capitalised in every report of their days, and so nothing that tells one event from another.
_CALENDAR_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sept sep oct nov dec"
)
CALENDAR = frozenset(_CALENDAR_WORDS.split())

Runs = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Wording:
    """A report's words: `words` folded, `written` as they stand, in `sentences` (ranges of words).

    `sequence` has a number for each run of five words, in their order; `runs` the same, sorted, once each. `numbers` and `names` are what
    tells one event from another of its kind: figures, and words that are capitalised within a sentence.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    sequence: Runs
    runs: Runs
    numbers: frozenset[str]
    names: frozenset[str]

    def sentence(self, number: int) -> tuple[str, ...]:
        """The folded words of a sentence."""
        start, end = self.sentences[number]
        return self.words[start:end]


def wording_of(report: ReportFacts) -> Wording:
    """The words of a report; a report without sentences is one sentence."""
    written: list[str] = []
    sentences: list[tuple[int, int]] = []
    for start, end in report.sentences or ((0, len(report.text)),):
        at = len(written)
        written.extend(_WORD.findall(report.text[start:end]))
        if len(written) > at:
            sentences.append((at, len(written)))
    words = tuple(_folded(word) for word in written)
    sequence = runs_of(words)
    openers = {start for start, _ in sentences}
    return Wording(
        words=words,
        written=tuple(written),
        sentences=tuple(sentences),
        sequence=sequence,
        runs=np.unique(sequence),
        numbers=frozenset(word for word in words if is_number(word)),
        names=frozenset(
            word
            for at, word in enumerate(words)
            if written[at][0].isupper() and at not in openers and word not in CALENDAR and not is_number(word)
        ),
    )


@lru_cache(maxsize=1 << 17)
def _folded(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else word.casefold().replace("’", "'")


@lru_cache(maxsize=1 << 17)
def is_number(word: str) -> bool:
    """Whether a folded word counts something."""
    return word[0].isdigit() or word in _NUMERALS


@lru_cache(maxsize=1 << 18)
def _code(word: str) -> int:
    data = word.encode("utf-8")
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def runs_of(words: tuple[str, ...], length: int = RUN) -> Runs:
    """A number for each run of `length` words, the same for the same words on every machine; fewer words are one run."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    codes = np.fromiter(map(_code, words), dtype=np.uint64, count=len(words))
    many = max(1, len(words) - length + 1)
    found = np.zeros(many, dtype=np.uint64)
    for at in range(min(length, len(words))):
        found = found * np.uint64(0x9E3779B97F4A7C15) + codes[at : at + many]
        found ^= found >> np.uint64(29)
    return found


def shared(first: Runs, second: Runs) -> int:
    """How many runs two reports share; both sorted, once each."""
    few, many = (first, second) if first.size <= second.size else (second, first)
    if not few.size:
        return 0
    return int(np.count_nonzero(many.take(many.searchsorted(few), mode="clip") == few))


def longest_shared(sequence: Runs, runs: Runs) -> int:
    """The longest stretch of words, in words, that stands in both."""
    if not runs.size:
        return 0
    same = runs[np.minimum(np.searchsorted(runs, sequence), runs.size - 1)] == sequence
    if not same.any():
        return 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], same.view(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max()) + RUN - 1


def day_of(report: ReportFacts) -> dt.date:
    """The day of a report: as published, else the day on which it was known."""
    return dt.date.fromisoformat((report.published or report.known)[:10])
