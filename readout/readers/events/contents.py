"""What statements contain, found by a place within it: a place is looked up, not sought in all statements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from readout.types import Statement

#: The begin and the end of a content, and the number of its statement.
Content = tuple[int, int, int]


class Contents:
    """The contents of an article's statements, by the places around which they stand."""

    def __init__(self, statements: Sequence[Statement]):
        self._statements = statements
        self._edges: list[int] = []  # where a content begins or ends: between two of them, all stand alike
        self._standing: list[tuple[Content, ...]] = []  # behind each edge
        spans = sorted(
            (start, end, n) for n, said in enumerate(statements) for start, end in said.content if start < end
        )
        standing: list[Content] = []
        begun = 0
        for edge in sorted({edge for start, end, _ in spans for edge in (start, end)}):
            standing = [content for content in standing if content[1] > edge]
            while begun < len(spans) and spans[begun][0] == edge:
                standing.append(spans[begun])
                begun += 1
            self._edges.append(edge)
            self._standing.append(tuple(standing))

    def at(self, place: int) -> tuple[Content, ...]:
        """The contents around a place."""
        before = bisect_right(self._edges, place)
        return self._standing[before - 1] if before else ()

    def around(self, place: int) -> list[Statement]:
        """The statements with content around a place, in order."""
        return [self._statements[n] for n in sorted({n for _, _, n in self.at(place)})]

    def spoken(self, place: int) -> list[tuple[int, int, int]]:
        """The length and the begin of each content around a place of which it is known who says it, and who."""
        around = [(start, end, self._statements[n].speaker) for start, end, n in self.at(place)]
        return [(end - start, start, speaker) for start, end, speaker in around if speaker is not None]
