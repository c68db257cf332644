"""The lines of a wire message: header, keyword line, headline, byline, notes to editors, paragraphs, and the time at its end."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from readout.sources.article import PubStatus

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKS = "^<>= \t"  # how ANPA lines begin and end
_WIDEST, _FULL = 100, 0.6
_LONGEST_TITLE = 160

#: "NPA0123 4 i 245 NORDLAND-TALKS": service and number, priority, category, count of words, keywords. ANPA puts a separator and a
#: selector ("ser-") behind the number.
_HEADER = re.compile(
    r"\s*(?P<service>[A-Za-z]{1,6})[- ]?(?P<number>\d{3,5})\b(?:[\s\x1f]+[A-Za-z]+-)?"
    r"(?:[\s\x1f]+[0-9A-Za-z][\s\x1f]+[A-Za-z]{1,3}\b(?:[\s\x11-\x14\x1f]+\d{1,5}\b)?)?(?P<rest>.*)",
    re.DOTALL,
)
_DAY_AND_COUNT = re.compile(r"\s+\d{1,2}-\d{1,2}(?:\s+\d{1,5})?\s*$")
_KEYWORDS = re.compile(
    r"(?:[A-Z]{2}|[a-z]{2})-{1,2}[A-Za-z]\S*(?:[ ,].{0,60})?$|\S+/$|[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+(?:, .{0,40})?$"
)
_EDITORS = re.compile(
    r"\W{0,3}(?:EDS|EDITORS?|EDITORS?['’] NOTE|NOTE TO EDITORS)\b[^:—–_\n]{0,40}[:—–_]", re.IGNORECASE
)
_EMBARGO = re.compile(r"\W{0,3}(?:EMBARGOED|NOT FOR (?:PUBLICATION|RELEASE|USE) BEFORE|HOLD UNTIL)\b", re.IGNORECASE)
_BYLINE = re.compile(r"\s*(?:By|BY) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*| and){1,8}$")

#: How services withdraw a story: in capitals, as the last part of a keyword line, or in a line of its own. A headline of killings
#: has other words behind the verb; a slug that ends in WITHDRAWAL is of troops.
_KILL = re.compile(
    r"(?:^|[,/;:]\s*|-)(?:(?:MANDATORY|BULLETIN|STORY|URGENT)[ -]+)?KILL$|(?:^|[,/;:]\s*)(?:STORY )?WITHDRAWN$"
    r"|\b(?:MANDATORY|BULLETIN|STORY)[ -]+(?:KILL|WITHDRAWAL)\b|\bKILL (?:NOTICE|ADVISORY)\b|^KILL(?:[ ,]+KILL)+\b"
)
_WITHHOLD = re.compile(r"(?:^|[,/;:]\s*|-)(?:MANDATORY )?WITHHOLD$|\bMANDATORY WITHHOLD\b")

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
#: "161015 GMT SEP 24" or "161015 SEP 2024"; ANPA has "09-16-24 1015GMT".
_GROUP = re.compile(
    rf"\b(\d\d)(\d\d)(\d\d)(?:\s*(?:GMT|UTC|Z))?\s+({'|'.join(_MONTHS)})[A-Z]*\.?\s+(\d{{4}}|\d\d)\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"\b(\d\d)-(\d\d)-(\d{4}|\d\d)\s+(\d\d)(\d\d)\s*(?:GMT|UTC|Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says: the service's letters where it signs with more than one, the message's number with them, keywords."""

    service: str | None
    number: str | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Top:
    """The lines above the text, and what is told from them."""

    lines: tuple[str, ...]
    title: str | None
    byline: str | None
    notes: tuple[str, ...]


def header_of(header: str) -> Header:
    """The parts of a message's header; one in another form is keywords alone."""
    found = _HEADER.match(header)
    rest = found["rest"] if found else header
    lines = (_clean(_DAY_AND_COUNT.sub("", line)).strip(" /") for line in rest.splitlines())
    keywords = tuple(line for line in lines if line)
    if found is None:
        return Header(None, None, keywords)
    service = found["service"]
    return Header(service if len(service) > 1 else None, service + found["number"], keywords)


def split_lines(text: str) -> tuple[Top, list[str]]:
    """What stands above the text of a message, and the lines of the text."""
    lines = re.sub(r"\r+\n|\r", "\n", text).split("\n")
    heads: list[str] = []
    notes: list[str] = []
    title = byline = None
    at = 0
    for at, line in enumerate(lines):
        plain, marked = _clean(line), line.lstrip("\0\x7f").startswith("^")
        if not plain:
            continue
        if _EDITORS.match(plain) or _EMBARGO.match(plain):
            notes.append(plain)
        elif _BYLINE.match(plain):
            byline = plain
        elif title is None and not _KEYWORDS.match(plain) and _is_title(line, lines[at + 1 :], marked):
            title = plain
        elif not marked and not (title is None and _KEYWORDS.match(plain)):
            break
        heads.append(plain)
    else:
        at = len(lines)
    return Top(tuple(heads), title, byline, tuple(notes)), lines[at:]


def paragraphs_in(lines: list[str]) -> str:
    """The paragraphs of a message's text, a blank line between them. An indented line or an empty one begins a paragraph; lines that
    were broken at the width of the wire are joined, those of tables and lists are not."""
    blocks: list[list[str]] = [[]]
    width = max((len(line.rstrip()) for line in lines), default=0)
    for line in lines:
        plain = _clean(line)
        if not plain or line.startswith(("\t", "   ")):
            blocks.append([])
        if plain:
            blocks[-1].append(plain)
    return "\n\n".join(_joined(block, width) for block in blocks if block)


def status_in(lines: list[str]) -> PubStatus:
    """What keyword lines and the other lines above a text say may be done with it."""
    plain = [line.strip(" /.!") for line in lines]
    if any(_KILL.search(line) for line in plain):
        return "canceled"
    return "withheld" if any(_WITHHOLD.search(line) for line in plain) else "usable"


def moment_of(text: str) -> str | None:
    """The moment that a date and time group names, in UTC as ISO; None where there is none, or none with month and year."""
    if found := _GROUP.search(text):
        day, hour, minute, month, year = found.groups()
        month = str(_MONTHS.index(month.upper()) + 1)
    elif found := _MONTH_FIRST.search(text):
        month, day, year, hour, minute = found.groups()
    else:
        return None
    century = 0 if len(year) == 4 else 1900 if int(year) >= 70 else 2000
    try:
        return dt.datetime(century + int(year), int(month), int(day), int(hour), int(minute), tzinfo=dt.UTC).isoformat()
    except ValueError:
        return None


def _is_title(line: str, following: list[str], marked: bool) -> bool:
    """A headline stands alone: a short line without a full stop, and behind it an empty, an indented or a marked line."""
    plain = _clean(line)
    if marked:
        return True
    if len(plain) > _LONGEST_TITLE or plain.endswith((".", ",", ":", ";")) or line.startswith(("\t", "   ")):
        return False
    after = following[0] if following else ""
    return not _clean(after) or after.startswith(("\t", "   ", "^")) or bool(_BYLINE.match(_clean(after)))


def _joined(block: list[str], width: int) -> str:
    wrapped = width <= _WIDEST and all(len(line) >= _FULL * width for line in block[:-1])
    return (" " if wrapped else "\n").join(block)


def _clean(line: str) -> str:
    return _CONTROL.sub("", line.replace("\t", " ")).strip(_MARKS)
