"""The words of a sentence or report by which two of them can be compared, and how rare each of them is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[,.]\d+)*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMMON = _set(
    "a an the and or but nor so yet of in on at by for from to into onto over under with without within between among "
    "against about after before during since until till while when where who whom whose which that this these those "
    "there here it its he him his she her hers they them their we us our you your i me my is are was were be been being "
    "am do does did done have has had having will would shall should can could may might must not no if as than then "
    "also too very more most much many some any all both each other another such only own same said says say saying "
    "told tells tell according reported report reports new late earlier later one up down out off again further just "
    "still even including meanwhile however because"
)
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
    "eighteen": "18", "nineteen": "19", "twenty": "20",
}  # fmt: skip
_WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year")
#: As many reports are taken to lie behind those at hand, so that of two reports alone what they share still counts.
_BEHIND = 50


def words_of(text: str) -> frozenset[str]:
    """The words of a text that say what it is about: folded, endings cut, small numbers as digits, without those that say little."""
    found = set(map(_form, set(_WORD.findall(text.lower()))))
    found.discard("")
    return frozenset(found)


@lru_cache(maxsize=1 << 17)
def _form(word: str) -> str:
    """What a word counts as, "" for one that says little."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word[0].isdigit():
        return word.replace(",", "")
    return _stem(word) if len(word) > 1 and word not in _COMMON and word not in _WEEKDAYS else ""


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ied", "ies", "edly", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are over reports."""

    reports: int
    counts: Mapping[str, int]

    def of(self, word: str) -> float:
        """The weight of a word: the logarithm of how many reports there are to one that has it."""
        return math.log((self.reports + _BEHIND) / (self.counts.get(word, 0) + 1))


def rarity_over(reports: Iterable[frozenset[str]]) -> Rarity:
    """How rare words are over reports, each given as its words."""
    counts: Counter[str] = Counter()
    number = 0
    for words in reports:
        number += 1
        counts.update(words)
    return Rarity(number, counts)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words with their weights, in the order of the alphabet, and the length of the vector that they are."""

    weights: Mapping[str, float]
    length: float


def weigh_words(words: Iterable[str], rarity: Rarity, most: int = 200, *, alone: float = 1.0) -> Weighed:
    """Words with their weights; the `most` that weigh most. Those that no other report has count for `alone` of their weight."""
    counts, reports = rarity.counts, rarity.reports + _BEHIND
    weights = {}
    for word in sorted(words):
        count = counts.get(word, 0)
        weight = math.log(reports / (count + 1))
        weights[word] = weight * alone if count < 2 else weight
    if len(weights) > most:
        kept = sorted(weights, key=lambda word: (-weights[word], word))[:most]
        weights = {word: weights[word] for word in sorted(kept)}
    return Weighed(weights, math.sqrt(sum(weight * weight for weight in weights.values())))


def likeness(one: Weighed, other: Weighed) -> float:
    """How alike two sets of weighed words are, from 0 (nothing shared) to 1 (the same): the cosine of the angle between them."""
    if not one.length or not other.length:
        return 0.0
    small, large = (one, other) if len(one.weights) <= len(other.weights) else (other, one)
    theirs = large.weights
    shared = sum(weight * theirs[word] for word, weight in small.weights.items() if word in theirs)
    return min(shared / (one.length * other.length), 1.0)


def shared_words(one: Weighed, other: Weighed, most: int = 4) -> tuple[str, ...]:
    """The rarest words that two have in common."""
    both = [word for word in one.weights if word in other.weights]
    return tuple(sorted(both, key=lambda word: (-one.weights[word], word))[:most])
