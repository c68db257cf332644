"""The brief of a period as a page, and as Markdown, HTML or JSON to take along. It takes seconds: it is made
beside the pages, and what was made is shown until it is made anew, as what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.across.brief.recorded import PERIOD, Recorded, brief_of
from readout.across.brief.shape import Line
from readout.errors import UsageError
from readout.exports.brief import SECTIONS, basis, counts, gap_words, heading, to_html, to_markdown
from readout.json_values import to_json
from readout.record.filters import Filters, parse_filters
from readout.record.tallies import by_day, last_day, stamp
from readout.web.beside import brief_beside, is_small
from readout.web.failing import json_answer
from readout.web.site import Site, site_of
from readout.web.waiting import Making, Shown, TooMany
from readout.web.wording import quoted, words_at

_WEEK, _YEAR = 7, 366  # days of a brief for which no day is asked, and the most
_SOON, _PATIENCE = 0.05, 10.0  # seconds that the page waits for a brief of a large record, and that a file does
_LENGTHS = (5, 10, 20, 40)
_LONGEST = 1_000
_FILES = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The brief that an address asks for. `about` is a query as it was given, "" for all reports."""

    since: str
    until: str
    about: str
    length: int

    def address(self, ending: str = "") -> str:
        """The address of it."""
        about = f"&about={quoted(self.about)}" if self.about else ""
        length = f"&length={self.length}" if self.length != _LENGTHS[2] else ""
        return f"/brief{ending}?since={self.since}&until={self.until}{about}{length}"

    def moved(self, days: int) -> Wanted | None:
        """The period as long before or after it; None where the calendar ends."""
        try:
            first, last = (dt.date.fromisoformat(day) + dt.timedelta(days=days) for day in (self.since, self.until))
        except OverflowError:
            return None
        return Wanted(str(first), str(last), self.about, self.length)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (dt.date.fromisoformat(self.until) - dt.date.fromisoformat(self.since)).days + 1


def newest_of(site: Site) -> str | None:
    """The last day that the record has."""
    found: str | None = site.remembered.get("last day", lambda: last_day(site.record))
    return found


def wanted_of(site: Site, request: Request) -> Wanted | None:
    """The brief that a request asks for: the last week of the record unless it says otherwise; None where the record has no day.

    Raises:
        UsageError: a day or a number is none, the period ends before it begins, or the query is none.
    """
    said = {name: request.query_params.get(name, "").strip() for name in ("since", "until", "about", "length")}
    newest = newest_of(site)
    if newest is None and not (said["since"] and said["until"]):
        return None
    until = _day(said["until"]) if said["until"] else max(newest or "", _day(said["since"]) if said["since"] else "")
    since = _day(said["since"]) if said["since"] else _since(site, until)
    if until < since:
        raise UsageError(f"the period ends before it begins: {since} to {until}")
    if (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days > _YEAR:
        raise UsageError(f"a brief is of a year at most, and not of {since} to {until}")
    if len(said["about"]) > _LONGEST:
        raise UsageError(f"a query has {_LONGEST:,} letters at most")
    parse_filters(said["about"])
    length = said["length"] or str(_LENGTHS[2])
    if not length.isdecimal() or len(length) > 2 or not 1 <= int(length) <= _LENGTHS[-1]:
        raise UsageError(f"a brief has from 1 to {_LENGTHS[-1]} developments, not {length!r}")
    return Wanted(since, until, said["about"], int(length))


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no day like 2024-09-16") from None


def _since(site: Site, until: str) -> str:
    """The first day of the last week; later where that has more reports than a brief."""
    days = site.remembered.get(("days", "reports", "", None, "date"), lambda: by_day(site.record, "reports", Filters()))
    last, left, first = dt.date.fromisoformat(until), PERIOD, until
    for back in range(min(_WEEK, last.toordinal())):
        day = str(last - dt.timedelta(days=back))
        left -= days.get(day, 0)
        if left < 0:
            break
        first = day
    return first


def made_of(site: Site, request: Request, wanted: Wanted, patience: float) -> Shown[Recorded]:
    """The brief, or that of the record as it was, where the one of now takes longer than is waited for it.

    Raises:
        HTTPException: 503, too many others wait.
        UsageError: the query is none of reports.
    """
    state = request.app.state
    if not hasattr(state, "briefs"):
        state.briefs = Making()
    making: Making[Recorded] = state.briefs
    record, about, small = site.record, wanted.about or None, is_small(site.record)

    def make() -> Recorded:
        make_one = brief_of if small else brief_beside
        return make_one(record, wanted.since, wanted.until, about=about, length=wanted.length)

    try:
        return making.get(wanted, stamp(record, looks=False), make, _PATIENCE if small else patience)
    except TooMany:
        raise HTTPException(503, "others are having briefs made: try again in a moment") from None


def page(request: Request) -> Response:
    """The page."""
    site = site_of(request)
    wanted = wanted_of(site, request)
    shown = made_of(site, request, wanted, _SOON) if wanted else None
    made = shown.value if shown else None
    brief = made.brief if made else None
    printed: set[tuple[str, object]] = set()

    def above(line: Line) -> bool:
        key = (line.report_id, line.span)
        stands = key in printed
        printed.add(key)
        return stands

    return site.page(
        request, "brief.html", wanted=wanted, newest=newest_of(site) or "", made=made, shown=shown, brief=brief,
        sections=SECTIONS,
        above=above, most=PERIOD,
        heading=heading(brief) if brief else "Brief", basis=basis(brief) if brief else "", counts=counts, gap_words=gap_words,
        numbers={cited.report_id: n for n, cited in enumerate(brief.cited, 1)} if brief else {}, lengths=_LENGTHS,
        link=line_link, waiting=site.remembered.get("unlinked", site.record.unlinked),
    )  # fmt: skip


def line_link(line: Line) -> str:
    """Where the words of a line stand."""
    claim = next((name.partition("/")[2] for name in line.claims if name.startswith("events/")), "")
    mark = words_at(line.words) if line.span else ""
    return f"/reports/{quoted(line.report_id)}" + (f"#{f'e{claim}' if claim else ''}{mark}" if claim or mark else "")


def _file(ending: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        site = site_of(request)
        wanted = wanted_of(site, request)
        if wanted is None:
            raise HTTPException(404, "the record has no report with a day: there is nothing to make a brief of")
        shown = made_of(site, request, wanted, _PATIENCE)
        made = shown.value
        if made is None or not shown.current:
            raise HTTPException(503, "the brief is still being made: try again in a moment")
        if ending == "json":
            return json_answer({**to_json(made.brief), "found": made.found, "taken": made.taken})
        text = to_markdown(made.brief) if ending == "md" else to_html(made.brief)
        name = f"brief-{wanted.since}-{wanted.until}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text.encode("utf-8", "backslashreplace"), media_type=_FILES[ending], headers=headers)

    return answer


router = APIRouter()
router.add_api_route("/brief", page, methods=["GET"])
for _ending in (*_FILES, "json"):
    router.add_api_route(f"/brief.{_ending}", _file(_ending), methods=["GET"])
