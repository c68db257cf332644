"""Quotations: what stands inside quotation marks of any style, paragraph by paragraph.

A quotation that runs over several paragraphs opens each of them, and only its last one closes. A mark that both opens
and closes (" and '') is told apart by the space around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.language.document import Document
from readout.types import Span

_MARKS = re.compile(r"[\"“”„«»‘’`'](?:(?<=`)`|(?<=')')?")  # in this form it looks for its first letter alone
_DOUBLE = {"“": "”", "„": "”", "«": "»", "``": "''"}
_OPENS_AFTER = frozenset(" \t\n\r\xa0([{—–-―/")
_CLOSES_BEFORE = frozenset(" \t\n\r\xa0)]}—–-―/.,;:?!")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch of quoted words: `outer` with its marks, `inner` without; `open_end` where no mark closes it."""

    outer: Span
    inner: Span
    open_end: bool = False


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """The outermost quotations of a document, in text order.

    A quotation inside another one belongs to the outer one. A single mark counts only where it opens before a word and
    a partner closes it in the same paragraph, so that apostrophes are left alone.
    """
    found: list[Quotation] = []
    text, paragraphs = document.text, document.paragraphs
    for n, (start, end) in enumerate(paragraphs):
        marks = list(_MARKS.finditer(text, start, end))
        if marks:
            following = paragraphs[n + 1][0] if n + 1 < len(paragraphs) else len(text)
            goes_on = text.startswith(('"', "“", "''", "``"), following)
            found += _paragraph_quotations(text, start, end, marks, goes_on=goes_on)
    return tuple(found)


def _paragraph_quotations(
    text: str, start: int, end: int, marks: list[re.Match[str]], *, goes_on: bool
) -> list[Quotation]:
    """One pass over the marks of a paragraph; `opened` is the mark that waits for its partner.

    With `goes_on` the next paragraph opens with a mark: one that is left open here is no misprint.
    """
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    last_single = {mark.group(): mark.start() for mark in marks if _may_close(text, mark, start, end)}
    for mark in marks:
        if opened is None:
            if _opens(text, mark, start, end, last_single):
                opened = mark
        elif _closes(text, mark, opened, start, end):
            if mark.start() > opened.end():
                found.append(Quotation((opened.start(), mark.end()), (opened.end(), mark.start())))
            opened = None
        elif mark.group() == "“" and opened.group() == "“":
            opened = mark  # the first one never closed: a misprint
    if opened is not None and opened.group() not in ("'", "`", "‘", "’"):
        stop = opened.end() + len(text[opened.end() : end].rstrip())
        if stop > opened.end() and (opened.group() in _DOUBLE or goes_on or not text[start : opened.start()].strip()):
            found.append(Quotation((opened.start(), stop), (opened.end(), stop), open_end=True))
    return found


def _opens(text: str, mark: re.Match[str], start: int, end: int, last_single: dict[str, int]) -> bool:
    sign = mark.group()
    if sign in _DOUBLE:
        return True
    if sign in "”»’" and sign != "’":
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if before not in _OPENS_AFTER or after.isspace():
        return False
    if sign in ('"', "''"):
        return True
    partner = {"‘": "’", "`": "'", "'": "'", "’": "’"}[sign]
    return last_single.get(partner, -1) > mark.end() and (after.isalnum() or after in "[$")


def _closes(text: str, mark: re.Match[str], opened: re.Match[str], start: int, end: int) -> bool:
    sign, opening = mark.group(), opened.group()
    if opening in _DOUBLE:
        return sign == _DOUBLE[opening] or (opening in "“„" and sign == '"') or (opening == "„" and sign == "“")
    if opening == '"':
        return sign in '"”' and not _looks_open(text, mark, start, end)
    if opening == "''":
        return sign == "''" and not _looks_open(text, mark, start, end)
    partner = {"‘": "’", "`": "'", "'": "'", "’": "’"}[opening]
    return sign == partner and _may_close(text, mark, start, end)


def _looks_open(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a two-way mark stands as an opening one does: space before, none after."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return before.isspace() and not after.isspace() and after not in ".,;:?!)"


def _may_close(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a single mark can close: something before it, and the end of a word after it."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return mark.group() in ("'", "’") and not before.isspace() and (after in _CLOSES_BEFORE or after in "\"”'")
