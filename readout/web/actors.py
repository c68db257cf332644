"""One actor: what it does, what is done to it, what it says, with whom, and what reports call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.record.claims import ActorRow, EventClaim, StatementClaim
from readout.record.filters import Filters
from readout.record.tallies import PartyTally, Role, by_class, by_day, by_party, names_of, roles_of
from readout.web import charts, part_of
from readout.web.asked import Asked
from readout.web.facets import LARGE
from readout.web.site import Site, site_of
from readout.web.wording import QUADS

_FEW = 12


@dataclass(frozen=True, slots=True)
class Side:
    """The events in which an actor acts, or is acted on: the newest, those on the other side, and the classes; `counted` leads to who is
    on the other side where that is very many events and was not worked out."""

    title: str
    asked: Asked
    number: int
    events: tuple[EventClaim, ...]
    others: tuple[PartyTally, ...]
    counted: str | None
    quads: Mapping[str, int]
    timeline: charts.Timeline


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as its page shows it."""

    row: ActorRow
    names: tuple[str, ...]
    roles: tuple[Role, ...]
    sides: tuple[Side, ...]
    said: Asked
    statements: tuple[StatementClaim, ...]
    speaks: charts.Timeline
    taking: tuple[part_of.Taking, ...]


def profile_of(site: Site, key: str) -> Profile:
    """Everything that the page of an actor shows.

    Raises:
        HTTPException: 404, no report names it.
    """
    record = site.record
    rows = (
        [row for row in record.page("actors", Filters.of(actor=key), limit=50).items if row.key == key]
        if key.strip()
        else []
    )
    if not rows:
        raise HTTPException(404, f"no report of the record names an actor with the key {key!r}")
    said = Asked("statements", "/statements", Filters.of(actor=key))
    return Profile(
        rows[0],
        names_of(record, key),
        roles_of(record, key),
        (_side(site, key, "actor", "recipient"), _side(site, key, "recipient", "actor")),
        said,
        record.page("statements", said.filters, order="-published", limit=_FEW).items,
        _line(site, said),
        part_of.of_actor(site, key),
    )


def _side(site: Site, key: str, own: str, other: str) -> Side:
    asked = Asked("events", "/events", Filters.of(**{own: key}))
    record = site.record
    days = by_class(record, asked.filters)
    quads = Counter[int]()
    for classes in days.values():
        quads.update(classes)
    number = sum(quads.values())
    return Side(
        "does" if own == "actor" else "is done to it",
        asked,
        number,
        record.page("events", asked.filters, order="-published", limit=_FEW).items,
        _others(site, asked, key, other) if number < LARGE else (),
        None if number < LARGE else asked.link(by=other),
        {QUADS[quad]: number for quad, number in sorted(quads.items()) if quad in QUADS},
        charts.timeline({day: sum(classes.values()) for day, classes in days.items()}, asked.adding("date")),
    )


def _others(site: Site, asked: Asked, key: str, side: str) -> tuple[PartyTally, ...]:
    found = by_party(site.record, "events", asked.filters, side=side, days=False, limit=_FEW + 1)
    return tuple(who for who in found if who.key != key)[:_FEW]


def _line(site: Site, asked: Asked) -> charts.Timeline:
    counts = by_day(site.record, asked.kind, asked.filters)
    return charts.timeline(counts, asked.adding("date"))


def actor_page(request: Request) -> Response:
    """An actor, by its key."""
    site, key = site_of(request), request.query_params.get("key", "")
    return site.page(
        request, "actor.html", profile=site.remembered.get(("actor", key), lambda: profile_of(site, key)), charts=charts
    )


router = APIRouter()
router.add_api_route("/actor", actor_page, methods=["GET"])
