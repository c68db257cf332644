"""Copies: which reports are made from the words of which, however many there are."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations, groupby
from zlib import crc32

import numpy as np
from datasketch import MinHash, MinHashLSH

from readout.across.copies.comparing import FARTHEST, Worded, compare, decided, worded
from readout.across.copies.families import order_of
from readout.across.copies.wording import Runs, day_of, runs_of, wording_of
from readout.across.facts import Decision, Link, ReportFacts

_SEED = 1997
_PERIOD = FARTHEST + 1  # days; what is at most FARTHEST days apart lies in one period or in two that follow each other
#: Bands and rows of the two indexes, over all runs and over those of the first sentence. Two reports that share a fifth of all their
#: runs meet with a chance of 93%, those that share a hundredth, as reports of one topic do, with one of 1%.
_WHOLE = (64, 2)
_FIRST = (24, 2)
_LONG_SENTENCE = 12  # words; a shorter one may be anybody's
_CROWD = 30  # texts that share a sentence within two periods, from which it is a formula
_AT_HAND = 4096  # reports whose words are kept while a period is compared

_Pair = tuple[int, int]
_Wording = Callable[[int], Worded]


def find_copies(reports: Iterable[ReportFacts], decisions: Iterable[Decision] = ()) -> tuple[Link, ...]:
    """All links between reports of which one is made from the words of the other, whatever order they come in.

    A link goes from the earlier report to the later one. Its kind is "identical", "edited_copy", "update" or "correction"; its score the
    larger share of five-word runs that one has from the other. Reports of the same words are linked to the first of them, and that
    one to the others.

    Args:
        reports: in any order.
        decisions: of people, on pairs of reports: those of the kind "copy" link a pair, or rule that link out.
    """
    copies = Copies()
    for period, some in groupby(sorted(reports, key=_period_of), key=_period_of):
        copies.add(some)
        copies.settle(period)
    return copies.decided(decisions)


@dataclass(slots=True)
class _Text:
    """The same words within one period, and the reports that have them."""

    first: ReportFacts
    others: list[int] = field(default_factory=list)

    def take(self, report: ReportFacts) -> None:
        """Take in another report of the same words."""
        first, later = sorted((self.first, report), key=order_of)
        self.first = first
        self.others.append(later.id)


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What finds other texts like one: `hashes` of all its runs, and of its first sentence's, and its long sentences."""

    text: _Text
    hashes: tuple[MinHash, MinHash]
    sentences: frozenset[int]


class Copies:
    """Reports as they come, and the links between them: the same, however the reports were dealt out over `add`.

    A report that is given again, by its number, changes nothing. Asking for the links looks again at the weeks into which new reports fall,
    and at no others.
    """

    def __init__(self) -> None:
        self._reports = known = dict[int, ReportFacts]()
        self._texts: dict[tuple[int, bytes], _Text] = {}
        self._periods: dict[int, list[_Sketch]] = defaultdict(list)
        self._same: dict[bytes, list[_Text]] = defaultdict(list)
        self._documents: dict[int, list[int]] = defaultdict(list)
        self._new: set[int] = set()  # periods with reports that have not been compared
        self._found: dict[int, list[Link]] = {}  # within a period, and between it and the next
        self._wording = wording = lru_cache(_AT_HAND)(lambda number: wording_of(known[number]))
        self._worded = lru_cache(_AT_HAND)(lambda number: worded(known[number], wording(number)))

    def add(self, reports: Iterable[ReportFacts]) -> None:
        """Take reports in."""
        for report in reports:
            if report.id not in self._reports:
                self._reports[report.id] = report
                self._documents[report.document].append(report.id)
                self._take(report)

    def _take(self, report: ReportFacts) -> None:
        wording = self._wording(report.id)
        if not wording.words:
            return
        period = _period_of(report)
        words = hashlib.blake2b(" ".join(wording.words).encode("utf-8"), digest_size=12).digest()
        self._new.add(period)
        if (period, words) in self._texts:
            self._texts[period, words].take(report)
            return
        sentences = (wording.sentence(number) for number in range(len(wording.sentences)))
        text = self._texts[period, words] = _Text(report)
        self._same[words].append(text)
        self._periods[period].append(
            _Sketch(
                text,
                hashes=(_hashes(wording.runs, _WHOLE), _hashes(runs_of(wording.sentence(0), 3), _FIRST)),
                sentences=frozenset(
                    crc32(" ".join(one).encode("utf-8")) for one in sentences if len(one) >= _LONG_SENTENCE
                ),
            )
        )

    def settle(self, period: int) -> None:
        """Compare what lies before a period, the last that has reports, and let go of what compares it: no report will come that
        early any more."""
        self._compare([number for number in self._new | {number - 1 for number in self._new} if number < period])
        self._new.intersection_update({period})
        for number in [number for number in self._periods if number < period]:
            del self._periods[number]

    def _compare(self, periods: Iterable[int]) -> None:
        for period in sorted(periods):
            if here := self._periods.get(period):
                self._found[period] = _compared(_alike(here, self._periods.get(period + 1, ())), self._worded)

    def links(self) -> tuple[Link, ...]:
        """The links between all reports so far, in the order of their numbers."""
        self._compare(self._new | {period - 1 for period in self._new})
        self._new.clear()
        links = {(link.first, link.second): link for found in self._found.values() for link in found}
        for one, other in self._surely_related():
            if (
                (one, other) not in links
                and (other, one) not in links
                and (link := compare(self._worded(one), self._worded(other)))
            ):
                links[link.first, link.second] = link
        return tuple(links[pair] for pair in sorted(links))

    def decided(self, decisions: Iterable[Decision]) -> tuple[Link, ...]:
        """The links, as people decided on some."""
        links = {frozenset((link.first, link.second)): link for link in self.links()}
        for decision in decisions:
            pair = frozenset((decision.first, decision.second))
            if decision.kind != "copy" or not pair <= self._reports.keys():
                continue
            if decision.together:
                one, other = self._worded(decision.first), self._worded(decision.second)
                links[pair] = decided(one, other, decision)
            else:
                links.pop(pair, None)
        return tuple(sorted(links.values(), key=lambda link: (link.first, link.second)))

    def _surely_related(self) -> Iterator[_Pair]:
        """Reports of the same words, in one period or in several, and versions of one document."""
        for texts in self._same.values():
            yield from combinations(sorted(text.first.id for text in texts), 2)
            yield from ((text.first.id, number) for text in texts for number in text.others)
        for numbers in self._documents.values():
            yield from combinations(sorted(numbers), 2)


def _compared(pairs: Iterable[tuple[_Text, _Text]], at_hand: _Wording) -> list[Link]:
    firsts = ((one.first.id, other.first.id) for one, other in pairs)
    numbers = {(one, other) if one < other else (other, one) for one, other in firsts}
    return [link for one, other in sorted(numbers) if (link := compare(at_hand(one), at_hand(other)))]


def _alike(here: Sequence[_Sketch], there: Sequence[_Sketch]) -> Iterator[tuple[_Text, _Text]]:
    """Texts of a period that may be copies of each other or of texts of the next: alike in all their runs or in their first sentences,
    or with a sentence in common."""
    for at, bands in enumerate((_WHOLE, _FIRST)):
        index = MinHashLSH(num_perm=bands[0] * bands[1], params=bands)
        for number, sketch in enumerate(here):
            yield from ((here[before].text, sketch.text) for before in index.query(sketch.hashes[at]))
            index.insert(number, sketch.hashes[at], check_duplication=False)
        for sketch in there:
            yield from ((here[number].text, sketch.text) for number in index.query(sketch.hashes[at]))
    having: dict[int, tuple[list[_Text], list[_Text]]] = defaultdict(lambda: ([], []))
    for side, sketches in enumerate((here, there)):
        for sketch in sketches:
            for sentence in sketch.sentences:
                having[sentence][side].append(sketch.text)
    for ones, others in having.values():
        if len(ones) + len(others) <= _CROWD:
            yield from combinations(ones, 2)
            yield from ((one, other) for one in ones for other in others)


def _period_of(report: ReportFacts) -> int:
    return day_of(report).toordinal() // _PERIOD


def _hashes(runs: Runs, bands: tuple[int, int]) -> MinHash:
    sketch = _blank(bands[0] * bands[1]).copy()
    sketch.update_batch((runs >> np.uint64(32)).astype(np.uint32).tolist())
    return sketch


@cache
def _blank(size: int) -> MinHash:
    return MinHash(num_perm=size, seed=_SEED, hashfunc=int, scheme="affine32")
