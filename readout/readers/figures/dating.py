"""Since when, and as of when, something was counted."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence

from readout.language.document import Document
from readout.readers.figures.counted import listed
from readout.types import Statement, Time

#: Words from a number to the time that dates it, and days after which a day is no longer one of the same count.
_SINCE, _BEHIND, _RECENT = 20, 6, 60
_CLAUSE, _DAYS = 9, 31
#: Words of a clause behind "since" that its year ends: "since *the group took up arms against the state for a homeland in 1984*".
_LONG_CLAUSE = 28
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s?$", re.IGNORECASE)
_MONTH_DAY = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\d{1,2}", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}:\s?\d\d(?!\d)")
#: Verbs that a tagger takes for adjectives: "would *free* 10 hostages".
_LIKE_ADJECTIVES = frozenset({"free", "clear", "empty"})
_MODAL = frozenset({"will", "would", "shall", "may", "might", "could", "can", "should", "must", "'ll"})


def is_clock_or_day(document: Document, first: int, last: int) -> bool:
    """Whether a number is part of a time of day or a day of a month written without its blanks: "18: 40", "Sept.12"."""
    start, end = document.tokens[first].start, document.tokens[last].end
    text = document.text
    if _MONTH_DAY.fullmatch(text, start, end):
        return True  # the blank is missing, so that the two are one word
    if end - start > 2 or not text[start:end].isdigit():
        return False
    if _MONTH.search(text, max(0, start - 6), start) and int(text[start:end]) <= _DAYS:
        return True
    return any(hit.start() <= start < hit.end() for hit in _CLOCK.finditer(text, max(0, start - 4), end + 5))


def is_open(document: Document, head: int) -> bool:
    """Whether what is said of those counted is not so yet: "plans *to withdraw* 4,000 troops", "40 miners *will be* freed"."""
    for verb in document.ancestors(head):
        if document.tokens[verb].pos != "VERB" and document.lemmas[verb] not in _LIKE_ADJECTIVES:
            continue
        helpers = {document.words[child] for child in document.children(verb, "aux")}
        if helpers & _MODAL or any(document.words[mark] == "unless" for mark in document.children(verb, "mark")):
            return True
        marked = any(document.words[mark] == "to" for mark in document.children(verb, "mark"))
        above = document.tokens[verb].head
        return marked and above != verb and document.lemmas[above] in listed("planning")
    return False


class Dating:
    """The times of a document that may date a number, by sentence; with the first word of each."""

    def __init__(self, document: Document, times: Sequence[Time]) -> None:
        self._document, self._times = document, times
        self._since: dict[int, list[tuple[int, Time]]] = {}
        self._until: dict[int, list[tuple[int, Time]]] = {}
        self._days: dict[int, list[tuple[int, Time]]] = {}
        for time in times:
            first = bisect_right(document.ends, time.span[0])
            if not time.start or not 0 < first < len(document.tokens):
                continue
            sentence = document.tokens[first].sentence
            since = self._behind_since(first)
            if since is not None:
                self._since.setdefault(sentence, []).append((since, time))
            elif first > 1 and document.words[first - 2 : first] == ("as", "of"):
                self._until.setdefault(sentence, []).append((first, time))
            if time.type in ("DATE", "TIME") and time.end and time.start[:10] == time.end[:10]:
                self._days.setdefault(sentence, []).append((first, time))

    def _behind_since(self, first: int) -> int | None:
        """The word behind the "since" that a time stands behind, or whose clause it ends: "since *the rebellion began in* 1969"."""
        words, begin = self._document.words, self._document.sentence(first).first
        reach = _LONG_CLAUSE if words[first - 1] in ("in", "on") else _CLAUSE
        for at in range(first - 1, max(begin - 1, first - reach), -1):
            if words[at] == "since":
                return at + 1 if first - at == 1 or words[first - 1] in ("in", "on") else None
            if words[at] in (",", ";", "(", ")", "and"):
                return None
        return None

    def _since_then(self, last: int) -> str | None:
        """The last day told before "since then" behind a number."""
        words, end = self._document.words, self._document.sentence(last).last
        then = next(
            (i for i in range(last + 1, min(last + _SINCE, end)) if words[i : i + 2] == ("since", "then")), None
        )
        if then is None:
            return None
        begin = self._document.starts[last]
        today = str(self._document.published)
        told = [t for t in self._times if t.type == "DATE" and t.span[1] < begin and t.start and (t.end or "") < today]
        return told[-1].start if told else None

    def since(self, last: int, as_of: str | None) -> str | None:
        """The day behind "since", where it is none that comes after the figure."""
        if then := self._since_then(last):
            return then if as_of is None or then <= as_of else None
        for first, time in self._since.get(self._document.tokens[last].sentence, ()):
            if first > last and first - last <= _SINCE:
                return time.start if as_of is None or (time.start or "") <= as_of else None
        return None

    def as_of(self, statement: Statement | None, last: int) -> str | None:
        """The day until which was counted: said to be so, else that of the statement that counts, else of publication."""
        begin = self._document.sentence(last).first
        for first, time in self._until.get(self._document.tokens[last].sentence, ()):
            if time.end and (
                first > last or first - begin <= 2
            ):  # "by the count *as of* Friday"; "*As of* Friday, 12 …"
                return time.end
        if statement is not None and statement.time is not None and (day := self._times[statement.time].end):
            return day
        return self._document.published.isoformat() if isinstance(self._document.published, dt.date) else None

    def beside(self, first: int, last: int) -> str | None:
        """The day that stands right behind a number, or is what its clause hangs on: "stood at 14 *on Monday*", "since *Monday*, when it
        stood at 14"."""
        published = self._document.published
        if not isinstance(published, dt.date):
            return None
        for at, time in self._days.get(self._document.tokens[last].sentence, ()):
            near = last < at <= last + _BEHIND and not any(
                self._document.tags[i] == "CD" or self._document.words[i] in (",", ";") for i in range(last + 1, at)
            )
            hung = at < first and self._document.words[at + 1 : at + 3] == (",", "when") and first - at <= 2 * _BEHIND
            day = (time.end or "")[:10]
            if (near or hung) and 0 <= (published - dt.date.fromisoformat(day)).days <= _RECENT:
                return day
        return None
