"""The shape of a brief: sections of lines, each with its words, where they stand, and how many told them."""

from __future__ import annotations

from dataclasses import dataclass

from readout.types import Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a brief. `words` are those of a report, to the letter but for white space: of its text at `span`, or its headline
    where there is no span.

    `report` is the number of the reading, `report_id` the report's id, `day` its day and `outlet` who brought it. `head` is what the line
    is about where its section says it in values ("killed: 12 to 14"), else "". `labels` say what it is besides told as done ("planned",
    "denied by the army", "here: Osthavn"). `by` is on whose word the words stand, None for the report's own. `claims` are the numbers of
    the claims that stand in the words ("events/12"). `reports` are the ids of all reports that tell it, the line's own first, and `sources`
    is how many of them are independent.
    """

    words: str
    report: int
    report_id: str
    span: Span | None
    day: str
    outlet: str | None
    head: str = ""
    labels: tuple[str, ...] = ()
    by: str | None = None
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Development:
    """A course of events: a headline of one of its reports, the lines that say most, and the ids of all reports of the period that
    are about it, with how many of them are independent.

    `new` where nothing of it was known before the period. `weight` is by what developments are ordered.
    """

    title: str
    story: str
    lines: tuple[Line, ...]
    reports: tuple[str, ...]
    sources: int
    new: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Cited:
    """A report that a brief leads to."""

    report_id: str
    title: str
    outlet: str | None
    day: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What a brief rests on: how many reports of the period, of how many publishers and agencies; those without a date of their own, that
    are taken by the day on which they became known; and those of them that are copies of others."""

    reports: int
    publishers: tuple[str, ...]
    agencies: tuple[str, ...]
    undated: int
    copies: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not in a brief, or rests on little: a sentence with its number, and the names of what is meant, where it has some."""

    words: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What several reports of a period say, by weight: every line in the reports' own words, each with where it stands.

    `short` are the headlines of the first developments; `ahead` is what is planned for after the period, `came` and `open` what was planned
    for the period and is, or is not, told of since; `cited` are all reports that lines lead to, in the order in which they are first met.
    """

    since: str
    until: str
    about: str | None
    head: Head
    short: tuple[Line, ...] = ()
    developments: tuple[Development, ...] = ()
    disputes: tuple[Line, ...] = ()
    tolls: tuple[Line, ...] = ()
    said: tuple[Line, ...] = ()
    talks: tuple[Line, ...] = ()
    ahead: tuple[Line, ...] = ()
    came: tuple[Line, ...] = ()
    open: tuple[Line, ...] = ()
    corrections: tuple[Line, ...] = ()
    gaps: tuple[Gap, ...] = ()
    cited: tuple[Cited, ...] = ()
