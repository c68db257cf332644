"""What changed between two reports that share words: sentences added and cut, figures and names replaced."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from readout.across.copies.wording import RUN, Wording, is_number, runs_of

_ALIKE = 0.3  # of the pairs of words that two sentences have, from which one is a rewording of the other
_KEPT = 0.8


@dataclass(frozen=True, slots=True)
class Changes:
    """From an earlier to a later report: how many sentences were added and cut, and what replaced what within the others."""

    added: int
    cut: int
    figures: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def changes_of(first: Wording, second: Wording) -> Changes:
    """What changed from one report to another."""
    matches = dict(_matches(first, second))
    figures: list[tuple[str, str]] = []
    names: list[tuple[str, str]] = []
    for n, m in matches.items():
        for was, now in _replaced(first, first.sentences[n], second, second.sentences[m]):
            if all(any(map(is_number, words)) for words in (was, now)):
                figures.extend(_numbers(was, now))
            elif {word.casefold() for word in was} <= first.names and {word.casefold() for word in now} <= second.names:
                names.append((" ".join(was), " ".join(now)))
    return Changes(
        added=_without(second, first, set(matches.values())),
        cut=_without(first, second, set(matches)),
        figures=tuple(dict.fromkeys(figures)),
        names=tuple(dict.fromkeys(names)),
    )


def _matches(first: Wording, second: Wording) -> list[tuple[int, int]]:
    """Sentences of both that are the same or reworded, each once, the most alike first."""
    pairs = [[_pairs(wording.sentence(n)) for n in range(len(wording.sentences))] for wording in (first, second)]
    holding: dict[int, list[int]] = {}
    for m, found in enumerate(pairs[1]):
        for pair in found:
            holding.setdefault(pair, []).append(m)
    alike = []
    for n, found in enumerate(pairs[0]):
        for m in sorted({m for pair in found for m in holding.get(pair, ())}):
            same = len(found & pairs[1][m])
            alike.append((same / len(found | pairs[1][m]), -n, -m))
    taken: tuple[set[int], set[int]] = (set(), set())
    matches = []
    for share, n, m in sorted(alike, reverse=True):
        if share >= _ALIKE and -n not in taken[0] and -m not in taken[1]:
            taken[0].add(-n)
            taken[1].add(-m)
            matches.append((-n, -m))
    return sorted(matches)


def _pairs(words: tuple[str, ...]) -> frozenset[int]:
    """The pairs of words of a sentence, whatever its figures."""
    return frozenset(runs_of(tuple("0" if is_number(word) else word for word in words), 2).tolist())


def _without(of: Wording, other: Wording, matched: set[int]) -> int:
    """How many sentences of a report have no match in another, nor stand inside its longer sentences."""
    count = 0
    for n, (start, end) in enumerate(of.sentences):
        if n in matched:
            continue
        words = of.words[start:end]
        if len(words) >= RUN:
            count += bool(np.isin(runs_of(words), other.runs).mean() < _KEPT)
        else:
            count += f" {' '.join(words)} " not in f" {' '.join(other.words)} "
    return count


def _replaced(
    first: Wording, one: tuple[int, int], second: Wording, two: tuple[int, int]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    was, now = first.words[one[0] : one[1]], second.words[two[0] : two[1]]
    if was == now:
        return []
    found = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [
        (first.written[one[0] + a : one[0] + b], second.written[two[0] + c : two[0] + d])
        for kind, a, b, c, d in found
        if kind == "replace" and b - a <= 4 and d - c <= 4
    ]


def _numbers(was: tuple[str, ...], now: tuple[str, ...]) -> list[tuple[str, str]]:
    old = [word for word in was if is_number(word.casefold())]
    new = [word for word in now if is_number(word.casefold())]
    return (
        [(a, b) for a, b in zip(old, new, strict=False) if a.casefold() != b.casefold()] if len(old) == len(new) else []
    )
