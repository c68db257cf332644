"""From cuts to a clean text: what is kept, what is removed, and where each piece goes back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from readout.types import Removed, RemovedKind, Span

#: Marks that take no room and say nothing; joiners stay, as emoji and some scripts need them.
INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_EDGES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + INVISIBLE
_BLANK = f"[{re.escape(_EDGES.replace(chr(10), ''))}]"
#: Runs of white space that are more than a plain gap between two words. One set comes first: the text is skimmed for it.
_GAP = re.compile(rf"{_BLANK}(?:(?<=[{INVISIBLE}]){_BLANK}*|{_BLANK}+)")


@dataclass(frozen=True, slots=True)
class Cut:
    """Furniture at `[start, end)` of the article."""

    start: int
    end: int
    kind: RemovedKind


def stripped(text: str, start: int, end: int) -> Span:
    """The part of `[start, end)` without white space and invisible marks at its ends."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(_EDGES))
    right = len(inner.rstrip(_EDGES))
    return (start + left, start + right) if right > left else (start, start)


def lines_of(text: str) -> list[Span]:
    """The lines that hold more than white space, without white space at their ends."""
    found, at = [], 0
    for line in text.split("\n"):
        start, end = stripped(text, at, at + len(line))
        if end > start:
            found.append((start, end))
        at += len(line) + 1
    return found


def cut_out(text: str, lines: Iterable[Span], cuts: list[Cut]) -> tuple[str, tuple[Removed, ...]]:
    """The text without its cuts, one line break between paragraphs, and the pieces that restore it."""
    cuts = sorted(cuts, key=lambda cut: cut.start)
    kept: list[Span] = []
    waiting = iter(cuts)
    cut = next(waiting, None)
    gaps = _GAP.search(text) is not None
    for line, end in lines:
        start, inside = line, list[Span]()
        while cut is not None and cut.start < end:
            if cut.start > start:
                inside.append((start, cut.start))
            start = cut.end
            cut = next(waiting, None)
        if start < end:
            inside.append((start, end))
        if start != line:  # else it is as it was, and without white space at its ends
            inside = _outer_stripped(text, inside)
        if not inside:
            continue
        if kept:
            newline = text.index("\n", kept[-1][1])
            kept.append((newline, newline + 1))
        for part in inside:
            kept += _without_blanks(text, part) if gaps else [part]
    return "".join([text[start:end] for start, end in kept]), tuple(_removed(text, kept, cuts))


def _outer_stripped(text: str, parts: list[Span]) -> list[Span]:
    """The parts of a line without white space before the first and after the last word."""
    parts = list(parts)
    while parts:
        start, _ = stripped(text, *parts[0])
        if start < parts[0][1] and stripped(text, *parts[0])[1] > start:
            parts[0] = (start, parts[0][1])
            break
        parts.pop(0)
    while parts:
        start, end = stripped(text, *parts[-1])
        if end > start:
            parts[-1] = (parts[-1][0], end)
            break
        parts.pop()
    return parts


def _without_blanks(text: str, part: Span) -> list[Span]:
    """A part of a line with every run of white space shortened to one space, where it holds one."""
    found, at = [], part[0]
    for run in _GAP.finditer(text, *part):
        blank = run[0]
        spaces = [i for i, letter in enumerate(blank) if letter not in INVISIBLE]
        best = blank.index(" ") if " " in blank else (spaces[0] if spaces else None)
        middle = run.start() if best is None else run.start() + best
        found.append((at, middle if best is None else middle + 1))
        if best:
            found[-1] = (at, run.start())
            found.append((middle, middle + 1))
        at = run.end()
    found.append((at, part[1]))
    return [(start, end) for start, end in found if end > start]


def _removed(text: str, kept: list[Span], cuts: list[Cut]) -> Iterable[Removed]:
    length, at = 0, 0
    waiting = list(reversed(cuts))
    for start, end in (*kept, (len(text), len(text))):
        while waiting and waiting[-1].start < start:
            cut = waiting.pop()
            if cut.start > at:
                yield Removed("whitespace", text[at : cut.start], length)
            yield Removed(cut.kind, text[cut.start : cut.end], length)
            at = cut.end
        if start > at:
            yield Removed("whitespace", text[at:start], length)
        length += end - start
        at = end
