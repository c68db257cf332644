"""The first page: the newest reports, what is most reported of late, and what is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from readout.record.claims import ProblemRow, ReportRow
from readout.record.filters import Filters
from readout.record.tallies import PartyTally, PlaceTally, by_day, by_party, by_place
from readout.web import charts, part_of
from readout.web.asked import Asked
from readout.web.corrections import latest
from readout.web.site import Site, site_of

_REPORTS, _FEW, _OPEN = 10, 10, 5
_SHOWN = 91  # days of the timeline
_AMONG = 60  # so many are looked through for those who have a name
_LATE = 7  # days that are "of late", back from the newest report


@dataclass(frozen=True, slots=True)
class Late:
    """What is most reported of late: between two days, who acts, who speaks, where, and what is done."""

    first: str
    last: str
    asked: Asked
    actors: tuple[PartyTally, ...]
    speakers: tuple[PartyTally, ...]
    places: tuple[PlaceTally, ...]
    types: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page's values."""

    counts: Mapping[str, int]
    reports: tuple[ReportRow, ...]
    late: Late | None
    timeline: charts.Timeline
    told: tuple[part_of.Taking, ...]
    problems: tuple[ProblemRow, ...]


def overview_of(site: Site) -> Overview:
    """What the first page shows, worked out anew after every write."""
    return site.remembered.get("overview", lambda: _overview(site))


def _overview(site: Site) -> Overview:
    record = site.record
    counts = {kind: record.count(kind) for kind in ("reports", "events", "statements", "figures", "problems")}
    reports = record.page("reports", limit=_REPORTS).items
    days = by_day(record, "reports", Filters())
    asked = Asked("reports", "/reports", Filters())
    newest = next((day for day in reversed(days) if day), None)
    line = charts.timeline(_since(days, newest), asked.adding("published"))
    problems = record.page("problems", limit=_OPEN).items
    return Overview(counts, reports, _late(site, newest) if newest else None, line, _told(site, newest), problems)


def _since(days: Mapping[str, int], newest: str | None) -> dict[str, int]:
    """The counts of the last months; all older ones are on the page of the sources."""
    if newest is None:
        return dict(days)
    last = dt.date.fromisoformat(newest[:10])
    first = str(last - dt.timedelta(days=min(_SHOWN, last.toordinal() - 1)))
    return {day: number for day, number in days.items() if day >= first}


def _late(site: Site, newest: str) -> Late:
    record = site.record
    last = dt.date.fromisoformat(newest[:10])
    first = max(last - dt.timedelta(days=_LATE - 1), dt.date.min) if last.toordinal() > _LATE else last
    filters = Filters.of(published=f"{first}..{last}" if first != last else str(last), news=True)
    spoken = Filters.of(published=f"{first}..{last}" if first != last else str(last))
    return Late(
        str(first),
        str(last),
        Asked("events", "/events", filters),
        _named(by_party(record, "events", filters, reports=True, limit=_AMONG)),
        _named(by_party(record, "statements", spoken, reports=True, limit=_AMONG)),
        by_place(record, filters, reports=True, limit=_FEW),
        record.facets("events", "type", filters, limit=_FEW),
    )


def _told(site: Site, newest: str | None) -> tuple[part_of.Taking, ...]:
    """The stories, incidents and tolls of the last days that the record has, those of most reports first."""
    if newest is None:
        return ()
    last = dt.date.fromisoformat(newest[:10])
    filters = Filters.of(published=f"{max(last - dt.timedelta(days=_LATE - 1), dt.date.min)}..{last}")
    found = []
    for kind, path in part_of.PATHS.items():
        page = site.record.group_page(kind, filters, least=2, limit=_OPEN)
        if page.items:
            found.append(part_of.Taking(path.capitalize(), path, page.items, f"/{path}"))
    return tuple(found)


def _named(found: tuple[PartyTally, ...]) -> tuple[PartyTally, ...]:
    """Those who have a name: "officials" of several reports are not the same, and their number says nothing."""
    return tuple(who for who in found if who.name[:1].isupper())[:_FEW]


def overview_page(request: Request) -> Response:
    """The first page."""
    site = site_of(request)
    return site.page(request, "overview.html", overview=overview_of(site), log=latest(site)[:_OPEN], charts=charts)


router = APIRouter()
router.add_api_route("/", overview_page, methods=["GET"])
