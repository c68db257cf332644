"""Composing a brief of a period from all reports that were known by its end. Pure: the same reports give the same brief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from readout.across.brief.developments import developments, headline_of
from readout.across.brief.disputes import disputes
from readout.across.brief.ground import Ground
from readout.across.brief.passages import day_of, is_here, lead_of, outlet_of
from readout.across.brief.plans import Plan, ahead, due, plans_of
from readout.across.brief.saying import said
from readout.across.brief.shape import Brief, Cited, Development, Gap, Head, Line
from readout.across.brief.talks import Talks, lines_of, talks_of
from readout.across.brief.tolls import tolls
from readout.across.whole import Across

#: How many developments a brief has unless it is asked for more or fewer.
LENGTH = 20
_SHORT = 5


@dataclass(frozen=True, slots=True)
class Beside:
    """What a record knows of the period and reports do not say: what could not be read, and what publishers took back."""

    problems: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def compose(
    across: Across,
    since: str,
    until: str,
    *,
    length: int = LENGTH,
    only: frozenset[int] | None = None,
    about: str | None = None,
    beside: Beside | None = None,
    find_plans: Callable[[Ground], list[Plan]] = plans_of,
    find_talks: Callable[[Ground, Iterable[Plan]], list[Talks]] = talks_of,
) -> Brief:
    """The brief of a period.

    Args:
        across: all reports that were known by its end.
        since, until: its first and last day, as ISO dates.
        length: how many developments at most; the other sections are as long as that allows.
        only: numbers of the reports that the brief is about, all where it is not given; `about` says it in words.
        beside: what the record knows besides.
        find_plans, find_talks: where plans and negotiations come from.
    """
    ground = Ground(across, since, until, only)
    some = max(3, length * 2 // 3)
    found = developments(ground, len(across.reports))
    chosen = found[:length]
    plans = find_plans(ground)
    came, still_open = due(ground, plans, some)
    sections = {
        "disputes": disputes(ground, some),
        "tolls": tolls(ground, some),
        "said": said(ground, chosen, some),
        "talks": lines_of(ground, find_talks(ground, plans), some),
        "ahead": ahead(ground, plans, some),
        "came": came,
        "open": still_open,
        "corrections": _corrections(ground),
    }
    lines = [
        *(line for development in chosen for line in development.lines),
        *(x for s in sections.values() for x in s),
    ]
    return Brief(
        since=since,
        until=until,
        about=about,
        head=_head(ground),
        short=_short(ground, chosen),
        developments=chosen,
        gaps=_gaps(ground, found, chosen, lines, beside or Beside()),
        cited=_cited(ground, lines),
        **sections,
    )


def _head(ground: Ground) -> Head:
    reports = ground.period
    return Head(
        reports=len(reports),
        publishers=tuple(sorted({report.publisher for report in reports if report.publisher})),
        agencies=tuple(sorted({report.agency for report in reports if report.agency})),
        undated=sum(report.published is None for report in reports),
        copies=len(ground.copies),
    )


def _short(ground: Ground, chosen: Sequence[Development]) -> tuple[Line, ...]:
    """The headlines of the first developments, each that of its report."""
    found = []
    for development in chosen[:_SHORT]:
        numbers = [line.report for line in development.lines]
        titled = next((n for n in numbers if headline_of(ground.across.reports[n]) == development.title), None)
        first = development.lines[0]
        report = ground.across.reports[titled if titled is not None else first.report]
        found.append(
            Line(
                words=development.title,
                report=report.id,
                report_id=report.report_id,
                span=None,
                day=day_of(report),
                outlet=outlet_of(report),
                reports=(report.report_id,),
            )
        )
    return tuple(found)


def _corrections(ground: Ground) -> tuple[Line, ...]:
    """Reports of the period that correct an earlier one, with what they change."""
    inside = {report.id: report for report in ground.period}
    found = [
        (day_of(lead.report), link.second, ground.line(lead, head="corrected", labels=link.reasons))
        for link in ground.across.copies
        if link.kind == "correction" and link.second in inside and (lead := lead_of(inside[link.second])) is not None
    ]
    return tuple(line for _, _, line in sorted(found, key=lambda item: item[:2]))


def _gaps(
    ground: Ground, found: Sequence[Development], chosen: Sequence[Development], lines: Sequence[Line], beside: Beside
) -> tuple[Gap, ...]:
    gaps = []
    days = {day_of(report) for report in ground.period}
    empty = tuple(day for day in _days(ground.since, ground.until) if day not in days)
    if empty:
        gaps.append(Gap(f"{_many(len(empty), 'day')} without a report", empty))
    lines = list({(line.report_id, line.span): line for line in lines}.values())
    single = sum(len(line.reports) == 1 for line in lines)
    if lines:
        gaps.append(
            Gap(f"{single} of {_many(len(lines), 'line')} {'rests' if single == 1 else 'rest'} on one report alone")
        )
    here = sum(is_here(line.words) and not any(label.startswith("here:") for label in line.labels) for line in lines)
    if here:
        gaps.append(
            Gap(f"{_many(here, 'line')} with “here” or “this city” for a place that the report does not name there")
        )
    left = found[len(chosen) :]
    if left:
        gaps.append(Gap(f"{_many(len(left), 'development')} of less weight left out", tuple(d.title for d in left)))
    used = {number for line in lines for number in line.reports}
    used |= {name for development in found for name in development.reports}
    unused = sum(report.report_id not in used for report in ground.period)
    if unused:
        gaps.append(Gap(f"{_many(unused, 'report')} with nothing of conflict or diplomacy that weighs enough"))
    if beside.withdrawn:
        gaps.append(Gap(f"{_many(len(beside.withdrawn), 'report')} withdrawn by the publisher", beside.withdrawn))
    if beside.problems:
        gaps.append(Gap(f"{_many(len(beside.problems), 'input')} not read, or only in part", beside.problems))
    return tuple(gaps)


def _days(since: str, until: str) -> list[str]:
    first, last = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    return [(first + dt.timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def _cited(ground: Ground, lines: Iterable[Line]) -> tuple[Cited, ...]:
    """The reports that lines lead to, in the order in which they are met."""
    named = dict.fromkeys(name for line in lines for name in line.reports)
    known = {report.report_id: report for report in ground.across.reports.values()}
    found = []
    for name in named:
        report = known[name]
        title = " ".join((report.title or "").split()) or " ".join(report.text[:60].split()) + " …"
        found.append(Cited(name, title, outlet_of(report), day_of(report), report.url))
    return tuple(found)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
