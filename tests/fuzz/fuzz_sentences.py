"""Bytes to sentences: each byte takes a piece, so that what changes a byte changes a word.

Bytes that begin with "=" say themselves what is to be read: a day of publication or nothing, a line break, and the text. What once failed
is kept so, as lists of pieces change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_TIMES = (
    "Monday", "Tuesday", "Sunday", "Jan.", "February", "March", "Sept.", "December", "1st", "2nd", "3", "29", "30", "31", "32", "0",
    "00:00", "24:00", "23:59:60", "5 p.m.", "12 a.m.", "GMT", "local time", "2004", "1999", "2000", "9999", "0000", "'98", "1990s",
    "last", "next", "this", "the past", "the coming", "every", "each", "a", "an", "the", "two", "ten", "half", "several", "hundred",
    "999999", "day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "century", "hour", "minutes", "quarter",
    "weekend", "morning", "night", "noon", "midnight", "spring", "winter", "ago", "later", "earlier", "from now", "before", "after",
    "since", "until", "between", "from", "to", "and", "or", "-", "–", "/", ".", ",", "of", "in", "on", "at", "by", "early", "late",
    "mid-", "Ramadan", "Easter", "Christmas", "New Year", "fiscal", "2004-02-31", "2024-09-16", "16/9/2024", "9/16/24", "20240916",
    "2024-W38", "T10:00Z", "today", "tomorrow", "yesterday", "tonight", "now", "then", "soon", "eve", "anniversary", "the day", "-day",
    "month-long", "overnight", "weekdays", "twice a", "annual", "once", "for", "over", "within", "more than", "about", "Feb. 29",
    "February 29, 2005", "B.C.", "AD", "(", ")", "“", "”", "\n", "'s",
)  # fmt: skip
_FIGURES = (
    "0", "1", "2", "5", "12", "1,200", "1.5", ".5", "1e9", "9" * 40, "-3", "+4", "1/2", "½", "3 1/2", "0/0", "٣٤", "Ⅻ", "²", "12-14",
    "12–14", "one", "two", "five", "ten", "dozen", "dozens", "score", "hundred", "thousand", "million", "billion", "trillion", "half",
    "quarter", "third", "two-thirds", "several", "few", "no", "none", "zero", "a", "an", "the", "another", "first", "second", "22nd",
    "more than", "less than", "at least", "at most", "up to", "about", "some", "nearly", "over", "under", "between", "and", "or", "to",
    "from", "of", "per", "percent", "%", "per cent", "percentage points", "$", "€", "£", "US$", "dollars", "euros", "rials", "people",
    "men", "women", "children", "soldiers", "civilians", "houses", "tanks", "trucks", "tons", "km", "miles", "barrels", "votes", "seats",
    "degrees", "years", "were killed", "killed", "dead", "died", "wounded", "injured", "missing", "displaced", "fled", "detained",
    "were released", "rose to", "fell from", "bringing the toll to", "the death toll", "hostages", "refugees", "the ministry said",
    "police said", "in Cairo", "on Monday", "since March", ",", ".", ";", "-", "(", ")", "including", "among them", "not", "each",
    "an hour", "a day", "times", "fold", "No.", "AK-47", "F-16", "1990s", "G-8", "9/11", "World War II", "\n", "'s", "“", "”",
)  # fmt: skip
_NEWS = (
    "The army", "Rebels", "Egypt", "Iran and Iraq", "President Ida Holm", "the minister", "He", "They", "both sides", "protesters",
    "police", "a spokesman", "who", "that", "which", "shelled", "attacked", "killed", "met", "will meet", "refused to", "agreed to",
    "threatened to", "denied", "said", "told reporters", "called on", "urged", "withdraw", "release", "talks", "a cease-fire",
    "sanctions on", "the town of Osthavn", "Cairo", "Syria", "the north", "hostages", "30", "five", "on Monday", "last week", "in 2003",
    "if", "unless", "not", "never", "may", "would", "has", "had been", "was", "were", "by", "with", "from", "for", "and", "or", "but",
    "because", "after", "before", ",", ".", ". ", ".\n", "\n\n", ";", ":", "-", "—", '"', "“", "”", "‘", "’", "'s", "(", ")",
    "according to", "the ministry", "an official who asked not to be named", "reportedly", "accused", "of", "in", "at", "to", "the", "a",
    "\u0301", "\u200b", "\u202e", "\0", "\ud800", "🕊", "قال", "é", "ﬁ", "İ", "ß", "\u2028", "\t", "  ", "\r\n", "...", "!", "?",
    "(Reuters) - ", "OSTHAVN, March 10 (Nordpress) - ", "By Ole Lund", "Copyright 2005 Nordpress", "ATTENTION - ADDS quotes ///",
    "Read more: ", "http://example.org/a", "@nordpress", "Editing by Ida Holm", "(Updates with quotes)", "Published 2005-11-02",
)  # fmt: skip
_BASE = dt.date(1, 1, 1).toordinal()
_DAYS = dt.date(9999, 12, 31).toordinal() - _BASE


def time_sentence(data: bytes) -> tuple[str, dt.date | None]:
    """A sentence of pieces of times, and a day of publication anywhere in the calendar."""
    if data[:1] == b"=":
        return _as_it_is(data)
    day, rest = _day(data)
    return f"The army left {_joined(_TIMES, rest)}.", day


def figure_sentence(data: bytes) -> tuple[str, dt.date | None]:
    """A sentence of pieces of numbers, and a day of publication."""
    if data[:1] == b"=":
        return _as_it_is(data)
    day, rest = _day(data)
    return f"Officials said {_joined(_FIGURES, rest)}.", day


def article(data: bytes) -> tuple[str, dt.date | None]:
    """A short article of pieces of news of every kind."""
    if data[:1] == b"=":
        return _as_it_is(data)
    day, rest = _day(data)
    return _joined(_NEWS + _TIMES + _FIGURES[::2], rest), day


def as_text(data: bytes) -> str:
    """Bytes as text, with halves of surrogate pairs where they are written as UTF-8 would."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _as_it_is(data: bytes) -> tuple[str, dt.date | None]:
    day, _, text = as_text(data[1:]).partition("\n")
    try:
        return text, dt.date.fromisoformat(day)
    except ValueError:
        return text, None


def _day(data: bytes) -> tuple[dt.date | None, bytes]:
    """A day of the first three bytes: none, one near a usual year's ends, or any."""
    head, rest = data[:3].ljust(3, b"\0"), data[3:63]
    if head[0] < 40:
        return None, rest
    if head[0] < 200:
        return dt.date(1990 + head[1] % 50, 1, 1) + dt.timedelta(days=head[2] * 2 - 100), rest
    return dt.date.fromordinal(_BASE + int.from_bytes(head, "big") % (_DAYS + 1)), rest


def _joined(pieces: Sequence[str], data: bytes) -> str:
    # Two bytes for lists that one cannot reach the end of.
    width = 2 if len(pieces) > 256 else 1
    numbers = [int.from_bytes(data[at : at + width], "big") for at in range(0, len(data), width)]
    return " ".join(pieces[number % len(pieces)] for number in numbers)
