"""Where words stand: in the text that a reading kept, and in the article as it came, which is the same for every reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from readout.types import Span


@dataclass(frozen=True, slots=True)
class Ground:
    """A reading's text with what was cleaned away around it: the way between its code points and those of the article.

    `starts`, `shifts`: from each of these code points of the text on, the article is so many code points ahead.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, removed: Iterable[tuple[int, str]]) -> Self:
        """The ground of a text; `removed` are the pieces that were cleaned away, with their place in the text, in order."""
        starts, shifts = [0], [0]
        for at, piece in removed:
            if starts[-1] == at:
                shifts[-1] += len(piece)
            else:
                starts.append(at)
                shifts.append(shifts[-1] + len(piece))
        return cls(text, tuple(starts), tuple(shifts))

    @classmethod
    def of_report(cls, text: str, report: dict[str, Any]) -> Self:
        """The ground of a report's JSON values and its text."""
        return cls.of(text, ((piece["at"], piece["text"]) for piece in report["removed"]))

    def words(self, span: Span) -> str:
        """The words at a span of the text."""
        return self.text[span[0] : span[1]]

    def in_article(self, span: Span) -> Span:
        """Where a span of the text stands in the article."""
        start, end = span
        if start >= end:
            return self._ahead(start), self._ahead(start)
        return self._ahead(start), self._ahead(end - 1) + 1

    def in_text(self, span: Span) -> Span | None:
        """Where a span of the article stands in the text; None where its first or last letter was cleaned away."""
        start = self._back(span[0])
        end = self._back(span[1] - 1) if span[1] > span[0] else start
        if start is None or end is None:
            return None
        return (start, end + 1) if span[1] > span[0] else (start, start)

    def find(self, at: Span, words: str) -> Span | None:
        """Where words of the article stand in the text: at their own place, else where they are found once; else None."""
        here = self.in_text(at)
        if here is not None and self.words(here) == words:
            return here
        first = self.text.find(words) if words else -1
        if first < 0 or self.text.find(words, first + 1) >= 0:
            return None
        return first, first + len(words)

    def _ahead(self, at: int) -> int:
        return at + self.shifts[bisect_right(self.starts, at) - 1]

    def _back(self, at: int) -> int | None:
        for n in reversed(range(len(self.starts))):
            own = at - self.shifts[n]
            if own >= self.starts[n]:
                end = self.starts[n + 1] if n + 1 < len(self.starts) else len(self.text)
                return own if own < end else None
        return None
