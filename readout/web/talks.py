"""The list of negotiations: those of most reports first, with what was last told of each and what is next; and it as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from readout.across.linking import load_plain
from readout.errors import UsageError
from readout.record.claims import Page
from readout.record.groups import ORDERS, GroupRow
from readout.web import files
from readout.web.asked import RESERVED, Asked, filters_of, limit_of
from readout.web.facets import Chip
from readout.web.failing import json_answer
from readout.web.negotiations import one_json, one_page, today_of
from readout.web.site import Site, site_of
from readout.web.tracks import STATES
from readout.web.wording import words

#: How many reports a negotiation of the list has at least, where the address names no other number.
LEAST = 1
_PARTIES = 6  # that a line names
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Line:
    """A negotiation in the list: who talks, how it stands and since when, and the days of the next move, as far as they are known."""

    row: GroupRow
    subject: str | None
    parties: tuple[str, ...]
    more: int
    mediators: tuple[str, ...]
    state: str | None
    since: str | None
    next: str | None


def asked_talks(request: Request) -> Asked:
    """The question of a request.

    Raises:
        UsageError: a filter, an order or a number is none.
    """
    given = request.query_params.multi_items()
    if sum(len(name) + len(value) for name, value in given) > _LONGEST:
        raise UsageError(f"a question has {_LONGEST:,} letters at most")
    said = {name: value.strip() for name, value in given if name in RESERVED and value.strip()}
    order, least = said.get("order"), said.get("least")
    if order is not None and order.removeprefix("-") not in ORDERS:
        raise UsageError(f"negotiations are ordered by {', '.join(ORDERS)}, or backwards with -, not by {order!r}")
    if "as_of" in said:
        raise UsageError("negotiations are listed as they were linked last: choose one, and add as_of to its address")
    if least is not None and (not least.isdecimal() or len(least) > 6 or int(least) < 1):
        raise UsageError(f"least is how many reports there are at least, from 1, not {least!r}")
    return Asked(
        "reports",
        "/negotiations",
        filters_of([(name, value) for name, value in given if name not in RESERVED]),
        order=order,
        limit=limit_of(said.get("limit")),
        cursor=said.get("cursor"),
        least=int(least) if least and int(least) != LEAST else None,
    )


def page_of(site: Site, asked: Asked, *, total: bool) -> Page[GroupRow]:
    """A page of negotiations."""
    return site.record.group_page(
        "negotiation", asked.filters, least=asked.least or LEAST, order=asked.order, limit=asked.limit, cursor=asked.cursor,
        total=total,
    )  # fmt: skip


def lines_of(site: Site, rows: tuple[GroupRow, ...]) -> tuple[Line, ...]:
    """What the list says of negotiations, without making everything of them."""
    found, today = load_plain(site.record, "negotiation", [row.key for row in rows]), today_of(site) or ""
    return tuple(_line(row, found[row.key]["track"], today) for row in rows if row.key in found)


def _line(row: GroupRow, track: Mapping[str, Any], today: str) -> Line:
    parties, mediators = ([role["who"]["name"] for role in track[name]] for name in ("parties", "mediators"))
    latest, coming = track["latest"], track["next"]
    days = None
    if coming and coming["end"] >= today:
        days = coming["start"] if coming["start"] == coming["end"] else f"{coming['start']} to {coming['end']}"
    return Line(
        row, track["subject"], tuple(parties[:_PARTIES]), max(len(parties) - _PARTIES, 0), tuple(mediators[:_PARTIES]),
        latest["state"] if latest else None, latest["day"] if latest else None, days,
    )  # fmt: skip


def list_page(request: Request) -> Response:
    """The list."""
    site, asked = site_of(request), asked_talks(request)
    page = page_of(site, asked, total=True)
    chips = [
        Chip(f"{'not ' * wanted.negated}{name}: {' or '.join(map(words, wanted.values))}", asked.without(name, wanted))
        for name, wanted in asked.filters.items()
    ]
    now = asked.order or "-reports"
    orders = [(order, asked.link(order=order), order == now) for name in ORDERS for order in (f"-{name}", name)]
    return site.page(
        request, "negotiations.html", asked=asked, page=page, lines=lines_of(site, page.items), chips=chips, orders=orders,
        files=files.links(asked), states=STATES, waiting=site.remembered.get("unlinked", site.record.unlinked),
        unknown=() if page.items else site.record.unknown_names(asked.filters),
    )  # fmt: skip


def _file(ending: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        site, asked = site_of(request), asked_talks(request)
        if ending == "json":
            page = page_of(site, asked, total=True)
            value = {**page.to_json(), "query": asked.filters.to_text()}
            value["next_url"] = asked.link(cursor=page.next, ending=".json") if page.next else None
            return json_answer(value)
        limited = "limit" in request.query_params
        most = asked.limit if limited else files.MOST
        items = site.record.groups(
            "negotiation", asked.filters, least=asked.least or LEAST, order=asked.order, limit=most, cursor=asked.cursor
        )

        def left(number: int) -> int:
            if limited or number < most:
                return 0
            return (page_of(site, replace(asked, cursor=None, limit=1), total=True).total or 0) - number

        return files.sent("negotiations", "negotiations", items, ending, left)

    return answer


router = APIRouter()
router.add_api_route("/negotiations", list_page, methods=["GET"])
for _ending in files.ENDINGS:
    router.add_api_route(f"/negotiations.{_ending}", _file(_ending), methods=["GET"])
router.add_api_route("/negotiations/{key}.json", one_json, methods=["GET"])
router.add_api_route("/negotiations/{key}", one_page, methods=["GET"])
