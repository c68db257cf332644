"""Which lines, and which sentences at a line's end, are furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.clean.rules import Rule, Where, match
from readout.clean.titles import without_bullet

_LONGEST = 1000  # no furniture is longer
_MOST_SENTENCES = 12
_SHORTEST_WIDGET = 15  # at the end of a paragraph of the article
_CLOSING = r"\"”’')\]"
#: Behind the end of a sentence, in a wide gap, before who reported; one set first: the text is skimmed for it.
_BREAK = re.compile(
    rf"[{_CLOSING}\s](?:(?<=[.!?…][{_CLOSING}])[{_CLOSING}]*\s+(?=\S)|(?<=[.!?…]\s)\s*(?=\S)|"
    r"(?<=\s)\s{2,}|(?<=\s)\s*(?=\((?:Reporting|Additional|Writing|Editing)))"
)


#: A headline, and the name of a section, that only where they stand shows to be such.
_LISTED = Rule("listed", "related_link", "any", re.compile(""), (), ())
_LABEL = Rule("label", "editor_note", "any", re.compile(""), (), ())


@dataclass(frozen=True, slots=True)
class Found:
    """Furniture at `[start, end)` of the article: the rule that it fits, and what the rule's groups hold."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]


def furniture(text: str, start: int, end: int, *places: Where) -> list[Found]:
    """The furniture that the whole line `[start, end)` consists of, or nothing."""
    if end - start > _LONGEST:
        return []
    whole = _found(text, start, end, *places)
    if whole is not None:
        return [whole]
    parts = _sentences(text, start, end)
    if not 1 < len(parts) <= _MOST_SENTENCES:
        return []
    found, first = [], 0
    while first < len(parts):
        item, first = _longest(text, parts, first, *places)
        if item is None:
            return []
        found.append(item)
    return found


def listed(text: str, start: int, end: int) -> Found:
    """The line `[start, end)` as a headline below the heading of a list."""
    return Found(start, end, _LISTED, {"related": without_bullet(text[start:end])})


def label(start: int, end: int) -> Found:
    """The line `[start, end)` as the name of a section or a topic, which only its place shows to be one."""
    return Found(start, end, _LABEL, {})


def trailing_furniture(text: str, start: int, end: int, *places: Where) -> list[Found]:
    """The furniture at a line's end, after its own sentences; the first sentence is never taken."""
    parts = _sentences(text, max(start, end - _LONGEST), end)
    for first in range(max(1, len(parts) - 4), len(parts)):
        items = furniture(text, parts[first][0], end, *places)
        if items and not any(_is_doubtful(item) for item in items):
            return items
    return []


def _is_doubtful(item: Found) -> bool:
    """A button's word may end a sentence of the article: "Malcolm X." """
    return item.rule.kind == "widget" and item.end - item.start < _SHORTEST_WIDGET


def _longest(text: str, parts: list[tuple[int, int]], first: int, *places: Where) -> tuple[Found | None, int]:
    whole = len(parts) if first else len(parts) - 1  # the whole line is known to be none
    for last in range(whole, first, -1):
        item = _found(text, parts[first][0], parts[last - 1][1], *places)
        if item is not None:
            return item, last
    return None, first


def _found(text: str, start: int, end: int, *places: Where) -> Found | None:
    matched = match(text[start:end], *places)
    if matched is None:
        return None
    rule, groups = matched
    return Found(start, end, rule, {name: value for name, value in groups.groupdict().items() if value})


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for gap in _BREAK.finditer(text, start, end):
        stop = gap.start() + len(gap[0].rstrip())
        if stop > at:
            found.append((at, stop))
        at = gap.end()
    found.append((at, end))
    return found
