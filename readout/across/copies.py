"""Copies: which reports are made from the words of which, however many there are."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations
from typing import TypeVar

import numpy as np
from datasketch import MinHash, MinHashLSH

from readout.across.comparing import FARTHEST, compare, worded
from readout.across.facts import Link, ReportFacts
from readout.across.wording import Runs, Wording, day_of, runs_of, wording_of

_SEED = 1997
_PERIOD = FARTHEST + 1  # days; what is at most FARTHEST days apart lies in one period or in two that follow each other
#: Bands and rows of the two indexes: two reports of which a fifth of all runs is shared meet with a chance of 93%, those that share a
#: hundredth, as reports of one topic do, with one of 1%.
_BANDS = {"whole": (64, 2), "first": (24, 2)}
_LONG_SENTENCE = 12  # words; a shorter one may be anybody's
_CROWD = 30  # texts of one period that share a sentence, from which it is a formula

#: A text in a period: reports of the same words within one period are looked at once.
_Text = tuple[int, bytes]
_T = TypeVar("_T", int, _Text)


def find_copies(reports: Iterable[ReportFacts]) -> tuple[Link, ...]:
    """All links between reports of which one is made from the words of the other, whatever order they come in.

    A link goes from the earlier report to the later one. Its kind is "identical", "edited_copy", "update" or "correction"; its score the
    larger share of five-word runs that one has from the other. Reports of the same words are linked to the first of them, and that
    one to the others.
    """
    copies = Copies()
    copies.add(reports)
    return copies.links()


class Copies:
    """Reports as they come, and the links between them: the same, however the reports were dealt out over `add`.

    A report that is given again, by its number, changes nothing.
    """

    def __init__(self) -> None:
        self._reports: dict[int, ReportFacts] = {}
        self._texts: dict[_Text, list[int]] = {}
        self._periods: dict[bytes, list[_Text]] = defaultdict(list)
        self._documents: dict[int, list[int]] = defaultdict(list)
        self._sentences: dict[tuple[int, int], set[_Text]] = defaultdict(set)
        self._indexes: dict[tuple[str, int], MinHashLSH] = {}
        self._met: set[tuple[_Text, _Text]] = set()
        self._compared: dict[tuple[int, int], Link | None] = {}

    def add(self, reports: Iterable[ReportFacts]) -> None:
        """Take reports in."""
        for report in reports:
            if report.id not in self._reports:
                self._reports[report.id] = report
                self._take(report, wording_of(report))

    def _take(self, report: ReportFacts, wording: Wording) -> None:
        if not wording.words:
            return
        period = day_of(report).toordinal() // _PERIOD
        words = hashlib.blake2b(" ".join(wording.words).encode("utf-8"), digest_size=12).digest()
        text = (period, words)
        self._documents[report.document].append(report.id)
        if text in self._texts:
            self._texts[text].append(report.id)
            return
        self._texts[text] = [report.id]
        self._periods[words].append(text)
        for number, (start, end) in enumerate(wording.sentences):
            if end - start >= _LONG_SENTENCE:
                self._sentences[period, int(runs_of(wording.sentence(number), end - start)[0])].add(text)
        for name, runs in (("whole", wording.runs), ("first", np.unique(runs_of(wording.sentence(0), 3)))):
            self._meet(name, text, runs)

    def _meet(self, name: str, text: _Text, runs: Runs) -> None:
        """Look a text up in the indexes of its time, and put it into its own."""
        bands, rows = _BANDS[name]
        sketch = _blank(bands * rows).copy()
        sketch.update_batch((runs >> np.uint64(32)).astype(np.uint32).tolist())
        for period in (text[0] - 1, text[0], text[0] + 1):
            index = self._indexes.get((name, period))
            if index is not None:
                self._met.update(_ordered(text, other) for other in index.query(sketch))
        index = self._indexes.setdefault((name, text[0]), MinHashLSH(num_perm=bands * rows, params=(bands, rows)))
        index.insert(text, sketch, check_duplication=False)

    def links(self) -> tuple[Link, ...]:
        """The links between all reports so far, in the order of their numbers."""
        first = {text: min(ids, key=self._order) for text, ids in self._texts.items()}
        pairs = {_ordered(first[one], first[other]) for one, other in self._candidates()}
        for text, ids in self._texts.items():
            pairs |= {_ordered(first[text], number) for number in ids if number != first[text]}
        for ids in self._documents.values():
            pairs |= {_ordered(one, other) for one, other in combinations(ids, 2)}
        cached = lru_cache(maxsize=4096)(lambda number: worded(self._reports[number]))
        for one, other in sorted(pairs - self._compared.keys(), key=lambda pair: (self._order(max(pair)), pair)):
            self._compared[one, other] = compare(cached(one), cached(other))
        found = (self._compared[pair] for pair in pairs)
        return tuple(sorted((link for link in found if link), key=lambda link: (link.first, link.second)))

    def _candidates(self) -> Iterator[tuple[_Text, _Text]]:
        yield from self._met
        for texts in self._periods.values():
            yield from combinations(texts, 2)
        for (period, sentence), here in self._sentences.items():
            there = self._sentences.get((period + 1, sentence), set())
            if len(here) + len(there) <= _CROWD:
                yield from (_ordered(one, other) for one, other in combinations(sorted(here), 2))
                yield from ((one, other) for one in here for other in there)

    def _order(self, number: int) -> tuple[str, str, int]:
        report = self._reports[number]
        return report.known, report.published or report.known[:10], number


def _ordered(one: _T, other: _T) -> tuple[_T, _T]:
    return (one, other) if one < other else (other, one)


@cache
def _blank(size: int) -> MinHash:
    return MinHash(num_perm=size, seed=_SEED, hashfunc=int, scheme="affine32")
