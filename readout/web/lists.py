"""The lists: events, statements, figures, reports, actors, places and problems, each with what narrows it, and as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from readout.record.claims import Page
from readout.record.kinds import ORDERS
from readout.record.tallies import PartyTally, PlaceTally, by_day, by_party, by_place
from readout.web import charts, files, maps
from readout.web.asked import Asked, asked_of
from readout.web.facets import LARGE, Panel, panel_of
from readout.web.failing import json_answer
from readout.web.site import Site, site_of
from readout.web.wording import POINTS

#: What each list is, in a sentence.
ABOUT: Mapping[str, str] = {
    "events": "Who did what to whom, as each report has it: one line is one report's word.",
    "statements": "Who said what to whom, and how it is known.",
    "figures": "What was counted, by whom and until when.",
    "reports": "The reports that were read, each in its newest version.",
    "actors": "Everybody who acts, speaks or is acted on, over all reports.",
    "places": "Where things happen, as precisely as the reports say it.",
    "problems": "What could not be read, or only in part, and why.",
}
_DATED = ("events", "statements", "figures", "reports")
_VERY_LARGE = 250_000  # above so many answers, a timeline is drawn when it is asked for
_MANY_THEN = 60_000  # of so many answers as of a day long past the numbers are found once; whether they answer is what takes long
_PLACES = 150  # so many places are on a page
_SPEAKERS = {"events": "who acts", "statements": "who speaks", "figures": "who counts"}


@dataclass(frozen=True, slots=True)
class Speakers:
    """Those who act, speak or count most, over time."""

    title: str
    rows: tuple[charts.Strip, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as its page shows it; `uncounted` leads to what was not counted unasked, None where all was."""

    asked: Asked
    page: Page[Any]
    panel: Panel
    timeline: charts.Timeline | None
    speakers: Speakers | None
    places: tuple[PlaceTally, ...]
    unknown: tuple[str, ...]
    uncounted: str | None

    @property
    def next(self) -> str | None:
        """The address of the next page."""
        return self.asked.link(cursor=self.page.next) if self.page.next else None


def listing_of(site: Site, asked: Asked) -> Listing:
    """All that the page of a list shows."""
    record = site.record
    page = record.page(
        asked.kind, asked.filters, order=asked.sorted_by, limit=asked.limit, cursor=asked.cursor, **asked.when
    )
    key = (asked.kind, asked.filters.to_text(), asked.as_of)
    numbers = answering(site, asked)
    total = (
        len(numbers)
        if numbers is not None
        else site.remembered.get(("count", *key), lambda: record.count(asked.kind, asked.filters, **asked.when))
    )
    page = Page(page.items, page.next, total)
    first = asked.cursor is None
    few, some = total < LARGE or asked.all, total < _VERY_LARGE or asked.all
    line = timeline_of(site, asked) if asked.kind in _DATED and first and some else None
    return Listing(
        asked,
        page,
        panel_of(site, asked, total, numbers=numbers),
        line,
        speakers_of(site, asked, line) if line and asked.kind == "statements" and few else None,
        places_of(site, asked)[:_PLACES] if asked.kind == "events" and first and few else (),
        () if page.items else tuple(record.unknown_names(asked.filters)),
        None if few or asked.kind not in _DATED else asked.link(all=True),
    )


def answering(site: Site, asked: Asked) -> tuple[int, ...] | None:
    """The numbers of what answers, found once for all that the page says of it; None where that is very many, or everything."""
    if asked.kind not in _DATED:
        return None
    key = ("answering", asked.kind, asked.filters.to_text(), asked.as_of)
    most = _MANY_THEN if asked.as_of and asked.filters else LARGE - 1
    return site.remembered.get(
        key, lambda: site.record.numbers(asked.kind, asked.filters, as_of=asked.as_of, most=most)
    )


def timeline_of(site: Site, asked: Asked) -> charts.Timeline:
    """The answers over time; each bar leads to what it counts."""
    key = ("days", asked.kind, asked.filters.to_text(), asked.as_of, asked.axis)
    counts = site.remembered.get(
        key,
        lambda: by_day(
            site.record, asked.kind, asked.filters, known=asked.as_of, axis=asked.axis, numbers=answering(site, asked)
        ),
    )
    field = "published" if asked.axis == "published" or asked.kind == "reports" else "date"
    return charts.timeline(counts, asked.adding(field))


def speakers_of(site: Site, asked: Asked, line: charts.Timeline) -> Speakers:
    """Those who stand first in most of the answers, over the same days as the timeline."""
    key = ("parties", asked.kind, asked.filters.to_text(), asked.as_of)
    found: tuple[PartyTally, ...] = site.remembered.get(
        key,
        lambda: by_party(site.record, asked.kind, asked.filters, known=asked.as_of, numbers=answering(site, asked)),
    )
    link = asked.adding("actor")
    rows = charts.strips([(who.name, link(who.key), who.number, who.days) for who in found], line)
    return Speakers(
        _SPEAKERS[asked.kind], rows, max((count for row in rows for count in row.counts.values()), default=1)
    )


def places_of(site: Site, asked: Asked) -> tuple[PlaceTally, ...]:
    """Where the events take place that are asked for."""
    key = ("places", asked.filters.to_text(), asked.as_of)
    found: tuple[PlaceTally, ...] = site.remembered.get(
        key, lambda: by_place(site.record, asked.filters, known=asked.as_of, numbers=answering(site, asked))
    )
    return found


def _page(kind: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        site = site_of(request)
        found = listing_of(site, asked_of(request, kind))
        return site.page(
            request, "list.html", listing=found, asked=found.asked, about=ABOUT[kind], files=files.links(found.asked),
            orders=orders(found.asked), charts=charts, map=_map(found), place_link=found.asked.adding("place"),
        )  # fmt: skip

    return answer


def _map(found: Listing) -> Any:
    link = found.asked.adding("place")
    return maps.map_svg(found.places, lambda place: link(place.key)) if found.places else ""


def orders(asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    """The orders of a list: a name, the address, and whether it holds."""
    now = asked.sorted_by or f"-{next(iter(ORDERS[asked.kind]))}"
    both = [order for name in ORDERS[asked.kind] for order in (f"-{name}", name)]
    return tuple((order, asked.link(order=order), order == now) for order in both)


def _file(kind: str, ending: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return files.file_of(site_of(request), asked_of(request, kind), ending, limited="limit" in request.query_params)

    return answer


def places_geojson(request: Request) -> Response:
    """The places of the events that are asked for, as GeoJSON; what has no coordinates has no geometry."""
    site = site_of(request)
    return json_answer(
        {
            "type": "FeatureCollection",
            "features": [_feature(item) for item in places_of(site, asked_of(request, "events", "/events"))],
        }
    )


def _feature(place: PlaceTally) -> dict[str, Any]:
    known = place.lat is not None and place.lon is not None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if known else None,
        "properties": {
            "key": place.key,
            "name": place.name,
            "kind": place.kind,
            "country": place.country,
            "events": place.number,
            "precision": "point" if place.kind in POINTS else "area",
        },
    }


def land(request: Request) -> Response:
    """The ground of the map."""
    view = maps.view_named(request.query_params.get("box", "-180,-90,360,180"))
    return Response(
        maps.land_svg(view), media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"}
    )


router = APIRouter()
for _kind in ABOUT:
    router.add_api_route(f"/{_kind}", _page(_kind), methods=["GET"])
    for _ending in files.ENDINGS:
        router.add_api_route(f"/{_kind}.{_ending}", _file(_kind, _ending), methods=["GET"])
router.add_api_route("/events.geojson", places_geojson, methods=["GET"])
router.add_api_route("/map/land.svg", land, methods=["GET"])
