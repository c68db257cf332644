"""What a strand's sentences tell: how entries are based on words, when what is told of was, where, and on whose word."""

from __future__ import annotations

import datetime as dt
import re

from readout.across.facts import NamedTime, Who
from readout.across.negotiations.strands import Strand
from readout.across.negotiations.types import Basis
from readout.types import Span

_NEAR = 60  # letters between a verb and the day that it is of
#: Who is said to speak where a report only tells of the talks: "the two sides", "a statement".
_SIDES = re.compile(r"\b(?:sides|parties|statement)$", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEK = 7
_OPENING = 60  # letters by which the words of a statement are found
_FAR = 700  # letters before the verb of saying at which they may begin
_LEAD = 40  # letters before the words that tell something that are shown with them
_FEW = 3  # days: what covers more is no day but a month
_MONTH = 31
_LONGEST = 10  # days: what covers more tells no day
_LED = re.compile(
    r"(?<!war )(?<!conflict )(?<!fighting )(?<!peace )(?<!violence )(?<!situation )(?<!government )"
    r"\b(?:in|at|aboard|outside|near)\s+(?:the\s+)?(?:(?:[\w-]+\s+){0,2}(?:capital|city|town|resort|port|village)\s+(?:of\s+)?|nearby\s+)?$"
)
_MOST = 240  # letters of words
_CLAUSE = re.compile(r"[;:“”\"]|,\s|--|\.\s|\.$|\b(?:but|while|although|whereas|because|as well as)\b")
_UNREAL = re.compile(
    r"\b(?:not|never|no|nor|would|could|will|may|might|should|can|cannot|if|unless|until|once|hop\w+|expect\w*|due|scheduled|yet|fail\w*|"
    r"without|want\w*|aim\w*|seek\w*|try\w*|tri(?:ed|es)|before|n['’]t|possib\w+|likely|plan\w*|urg\w+|call\w*|refus\w+)\b[^,.;]{0,28}$",
    re.IGNORECASE,
)


def based(
    strand: Strand,
    span: Span,
    rule: str,
    score: float,
    *reasons: str,
    claim: str | None = None,
    words: Span | None = None,
) -> Basis:
    """A basis: what was read at a span of a strand's report; `words` are shown where they are not those of the span."""
    start, end = words or span
    text = " ".join(strand.report.text[start : min(end, start + _MOST)].split())
    return Basis(strand.report.id, strand.day, span, text, rule, score, tuple(reasons), claim)


def sentence_at(strand: Strand, at: int) -> Span:
    """The sentence that a place in the text is in."""
    return next((span for span in strand.report.sentences if span[0] <= at < span[1]), (at, at))


def clause_at(strand: Strand, span: Span, *, quotes: bool = True) -> Span:
    """The clause around some words, cut at its punctuation, quotation marks among it."""
    first, last = sentence_at(strand, span[0])
    text = strand.report.text
    cuts = [found.end() for found in _CLAUSE.finditer(text, first, span[0]) if quotes or found[0] not in '“”"']
    start = cuts[-1] if cuts else first
    found = next((one for one in _CLAUSE.finditer(text, span[1], last) if quotes or one[0] not in '“”"'), None)
    end = found.start() if found else last
    while start < end and text[start] in " \n,":
        start += 1
    return start, end


def words_at(strand: Strand, span: Span) -> Span:
    """The clause around some words, from not far before them."""
    start, end = clause_at(strand, span)
    if span[0] - start > _LEAD:
        text = strand.report.text
        start = span[0] - _LEAD + text[span[0] - _LEAD : span[0]].find(" ") + 1
    return start, end


def day_at(strand: Strand, span: Span, *, after_only: bool = False) -> tuple[str, str] | None:
    """The first and last day that the words after a verb tell, else those before it, in its sentence; None where none does."""
    first, last = sentence_at(strand, span[0])
    times = [time for time in strand.report.times if first <= time.span[0] < last and _is_day(time)]
    after = [time for time in times if 0 <= time.span[0] - span[1] <= _NEAR]
    before = [time for time in times if 0 <= span[0] - time.span[1] <= _NEAR]
    if after and not _CLAUSE.search(strand.report.text, span[1], after[0].span[0]):
        return after[0].start or "", after[0].end or after[0].start or ""
    if before and not after_only and not _CLAUSE.search(strand.report.text, before[-1].span[1], span[0]):
        return before[-1].start or "", before[-1].end or before[-1].start or ""
    return None


def _is_day(time: NamedTime) -> bool:
    if not time.start or not time.end:
        return False
    return (dt.date.fromisoformat(time.end) - dt.date.fromisoformat(time.start)).days <= _LONGEST


def coming(strand: Strand, span: Span, when: tuple[str, str]) -> tuple[str, str] | None:
    """A weekday that was read as the last one where what it tells is ahead: the next; None where it is no weekday of the last week."""
    first, last = sentence_at(strand, span[0])
    words = [
        strand.report.text[slice(*time.span)]
        for time in strand.report.times
        if (time.start, time.end) == when and first <= time.span[0] < last
    ]
    if not any(_WEEKDAY.search(word) for word in words) or days_between(when[0], strand.day) >= _WEEK:
        return None
    start, end = (str(dt.date.fromisoformat(day) + dt.timedelta(7)) for day in when)
    return start, end


def month_at(strand: Strand, span: Span, *, after_only: bool = False) -> tuple[str, str] | None:
    """As `day_at`, but a month or a year will do."""
    near = day_at(strand, span, after_only=after_only)
    if near:
        return near
    first, last = sentence_at(strand, span[0])
    times = [time for time in strand.report.times if time.start and time.end and first <= time.span[0] < last]
    close = [time for time in times if abs(time.span[0] - span[1]) <= _NEAR]
    close = [time for time in close if time.span[0] >= span[1]] if after_only else close
    return (close[0].start or "", close[0].end or "") if len(close) == 1 else None


def unreal(strand: Strand, at: int) -> bool:
    """Whether the words before a place make what follows hoped for, planned, denied or only possible."""
    first, _ = sentence_at(strand, at)
    return bool(_UNREAL.search(strand.report.text, max(first, at - 60), at))


def voice_at(strand: Strand, at: int) -> Who | None:
    """On whose word something is told: the speaker of the innermost statement in whose words a place is."""
    text = strand.report.text
    found: list[tuple[int, Who]] = []
    for statement in strand.report.statements:
        opening = statement.content[:_OPENING]
        start = text.find(opening, max(0, statement.span[0] - _FAR)) if opening else -1
        if (
            statement.speaker is not None
            and not _SIDES.search(statement.speaker.name)
            and 0 <= start <= at < start + len(statement.content)
        ):
            found.append((len(statement.content), statement.speaker))
    return min(found, key=lambda one: (one[0], one[1].key))[1] if found else None


def days_between(one: str, other: str) -> int:
    """How many days a day is after another."""
    return (dt.date.fromisoformat(other) - dt.date.fromisoformat(one)).days


def partial_day(start: str, end: str) -> str:
    """A day as precisely as it is told: the day, else the month or the year that the days are in ("2002-03", "2002")."""
    if days_between(start, end) <= _FEW:
        return start
    return end[:7] if days_between(start, end) <= _MONTH else start[:4]


def venue_at(strand: Strand, span: Span) -> str | None:
    """The town, else the state, that the words near a verb say something was in; the place of the dateline for "here"."""
    text, (first, last) = strand.report.text, sentence_at(strand, span[0])
    found = sorted(
        (place.where.kind == "country", abs(start - span[1]), place.where.name)
        for place in strand.report.places
        for start, end in place.mentions
        if first <= start < last
        and place.where.kind not in ("continent", "region")
        and text[end : end + 2] not in ("'s", "’s")
        and _LED.search(text[max(first, start - 45) : start])
        and not text[start:end].casefold().endswith(("an", "ese", "ish"))
    )
    near = [name for _, apart, name in found if apart <= 2 * _NEAR]
    if near:
        return near[0]
    here = re.search(r"\bhere\b", text[span[1] : min(last, span[1] + 30)])
    if here and strand.report.dateline:
        return strand.report.dateline.split(",")[0].strip(" -(").title() or None
    return None
