"""The words of sentences with their weights as they are for one report, and days and numbers as they are put into reasons."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from readout.across.incidents.rare_words import Rarity, Weighed, weigh_words, words_of

#: What the words count for that one report alone has, and how many of a report's are looked at, as for incidents.
_ALONE, _STORY = 0.35, 120

#: The words of a text, which is met again and again while others are compared with it.
words_in = lru_cache(maxsize=1 << 16)(words_of)


_NOT = re.compile(r"\b(?:not|no|never|neither|nor|cannot|denie[sd]|deny(?:ing)?)\b|n['’]t\b", re.IGNORECASE)


def says_not(text: str) -> bool:
    """Whether a text denies something somewhere."""
    return bool(_NOT.search(text))


class Weigher:
    """The weights of words over the reports up to one, each text weighed once."""

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self._texts: dict[str, Weighed] = {}
        self._stories: dict[int, Weighed] = {}

    def of(self, text: str) -> Weighed:
        """The words of a sentence with their weights."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = weigh_words(words_in(text), self.rarity)
        return found

    def story(self, number: int, words: frozenset[str]) -> Weighed:
        """The words that the report of a number is about, with their weights."""
        found = self._stories.get(number)
        if found is None:
            found = self._stories[number] = weigh_words(words, self.rarity, _STORY, alone=_ALONE)
        return found


def day_in_words(moment: str) -> str:
    """A day or moment as "3 May 2025"."""
    day = dt.date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B} {day.year}"


def days_between(one: str, other: str) -> int:
    """How many days lie between two days or moments."""
    return abs((dt.date.fromisoformat(one[:10]) - dt.date.fromisoformat(other[:10])).days)


def plural(count: int, what: str) -> str:
    """A number of things: "1 report", "3 reports"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
