"""What is worth a person's look, one claim after the other: its sentence in the text, its values, why it is here, and the word on it.

The queue, in this order: corrections that do not fit the newest reading; events of incidents of which several reports give different
tolls (of those incidents that most reports tell of); and all other events that are told as news, the least sure first. What somebody
has judged is in it no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from readout.across.linking import load_plain
from readout.record.claims import EventClaim
from readout.record.corrections import Logged
from readout.record.filters import Filters
from readout.record.tallies import answering
from readout.web import part_of
from readout.web.asked import Asked, asked_of
from readout.web.claims import fields_of, found_claim, why_of
from readout.web.corrections import latest
from readout.web.marking import paragraphs_around
from readout.web.reports import done_of
from readout.web.site import Site, need, site_of

_INCIDENTS = 200  # those of most reports, whose tolls are compared
_UNSURE = 300  # of the least sure events, so many are in the queue at a time
_BASE = Filters.of(news=True, review="none")


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: a claim ("events/12") or a correction ("corrections/7"), and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be looked at; `more` where there is more than these."""

    items: tuple[Item, ...]
    more: bool

    def at(self, name: str | None) -> int | None:
        """Where something stands in it; None where it does not."""
        return next((n for n, item in enumerate(self.items) if item.name == name), None)


def queue_of(site: Site, asked: Asked) -> Queue:
    """The queue of a question."""
    return site.remembered.get(("review", asked.filters.to_text()), lambda: _queue(site, asked))


def _queue(site: Site, asked: Asked) -> Queue:
    filters = asked.filters & _BASE
    items = (
        [] if asked.filters else [_unfit(logged) for logged in latest(site) if logged.unfit and not logged.undone_by]
    )
    items += _differing(site, filters)
    unsure = site.record.page("events", filters, order="confidence", limit=_UNSURE).items
    items += [Item(f"events/{event.id}", f"sure to {event.confidence:.2f}") for event in unsure]
    once = {item.name: item for item in reversed(items)}
    ordered = tuple(dict.fromkeys(item.name for item in items))
    return Queue(tuple(once[name] for name in ordered), len(unsure) == _UNSURE)


def _unfit(logged: Logged) -> Item:
    return Item(f"corrections/{logged.correction.number}", f"does not fit the newest reading: {logged.unfit}")


def _differing(site: Site, filters: Filters) -> list[Item]:
    """The claims of incidents whose reports give different tolls, those of one incident together."""
    record = site.record
    rows = record.group_page("incident", least=2, limit=_INCIDENTS).items
    found: dict[int, str] = {}
    plain = load_plain(record, "incident", [row.key for row in rows])
    for key in (row.key for row in rows if row.key in plain):
        tolls = [toll for toll in plain[key]["spread"]["tolls"] if toll["low"] != toll["high"]]
        if tolls:
            said = ", ".join(f"{_plain(toll['low'])} to {_plain(toll['high'])} {toll['measure']}" for toll in tolls)
            found.update((claim["event"]["id"], f"its incident is told with {said}") for claim in plain[key]["claims"])
    unjudged = answering(record, "events", filters, found)
    return [Item(f"events/{number}", why) for number, why in found.items() if number in unjudged]


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


@dataclass(frozen=True, slots=True)
class Shown:
    """The thing that is looked at: a claim with its text, or a correction that does not fit."""

    item: Item
    claim: EventClaim | None
    live: int
    text: Markup
    correction: Logged | None


def shown_of(site: Site, item: Item) -> Shown:
    """What the page shows of something in the queue.

    Raises:
        HTTPException: 404, there is none.
    """
    kind, _, number = item.name.partition("/")
    if kind == "corrections":
        logged = next((entry for entry in latest(site) if str(entry.correction.number) == number), None)
        if logged is None:
            raise HTTPException(404, f"there is no correction {number}")
        return Shown(item, None, 0, Markup(""), logged)
    if kind != "events":
        raise HTTPException(404, f"{item.name} is nothing that is reviewed here: events are, and corrections")
    claim, live = found_claim(site, kind, number)
    assert isinstance(claim, EventClaim)
    text = site.record.report(claim.report).text if live else ""
    return Shown(item, claim, live, paragraphs_around(text, claim.quote, claim.span) if text else Markup(""), None)


def address(asked: Asked, name: str | None, **more: Any) -> str:
    """The address of the queue at something in it."""
    pairs = {"q": asked.filters.to_text(), "at": name, **more}
    said = urlencode({key: value for key, value in pairs.items() if value})
    return "/review" + (f"?{said}" if said else "")


def page(request: Request) -> Response:
    """The queue at one thing in it; for those who may correct."""
    need(request, "correct")
    site = site_of(request)
    asked = replace(asked_of(request, "events", "/review"), order=None)
    queue = queue_of(site, asked)
    name = request.query_params.get("at", "").strip() or (queue.items[0].name if queue.items else None)
    at = queue.at(name)
    item = (
        queue.items[at] if at is not None else Item(name, "judged already, or asked for by its name") if name else None
    )
    following = queue.items[at + 1].name if at is not None and at + 1 < len(queue.items) else None
    before = queue.items[at - 1].name if at else None
    shown = shown_of(site, item) if item else None
    claim = shown.claim if shown else None
    return site.page(
        request, "review.html", asked=asked, queue=queue, shown=shown, claim=claim, at=at,
        next=address(asked, following), then=address(asked, following or name), last=following is None,
        before=address(asked, before) if before else None,
        fields=fields_of(claim, "events") if claim else (), seen=site.record.last_correction(), done=done_of(request),
        why=why_of(site, claim) if claim and request.query_params.get("why") else None, why_link=address(asked, name, why=1),
        whole=part_of.of_claim(site, "events", claim.id, claim.reading) if claim else (), paths=part_of.PATHS,
    )  # fmt: skip


router = APIRouter()
router.add_api_route("/review", page, methods=["GET"])
