"""Where the news comes from and how that does: publishers, feeds that are watched, and what could not be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from readout.record import FeedHealth, Finding, feeds_of
from readout.record.filters import Filters
from readout.record.tallies import by_day, publishers_of, stamp
from readout.web import charts
from readout.web.asked import Asked
from readout.web.beside import examine_beside, is_small
from readout.web.failing import json_answer
from readout.web.site import need, site_of
from readout.web.waiting import Making
from readout.web.wording import web_address

_SOON, _PATIENCE = 0.05, 30.0  # seconds that the page waits until a large and a small record are looked through


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as its line shows it: moments in words, and what is wrong with it, if anything."""

    name: str
    url: str | None
    state: str
    wrong: str
    asked: str
    changed: str
    due: str
    articles: int
    looks: int
    failed: int


def feed_of(health: FeedHealth) -> Feed:
    """A feed's line."""
    state = health.state
    wrong = "gone for good: it is not asked again" if state.gone else state.error or ""
    if not wrong and health.problems:
        wrong = f"{health.problems:,} items not read"
    name = "gone" if state.gone else "failing" if state.error else "empty" if not health.articles else "well"
    return Feed(
        state.title or state.feed,
        web_address(state.feed),
        name,
        wrong,
        _moment(state.checked),
        _moment(state.changed),
        "never" if state.gone else _moment(state.due),
        health.articles,
        health.looks,
        health.failed,
    )


def _moment(seconds: float | None) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M") if seconds else "–"


def sources_page(request: Request) -> Response:
    """Publishers and feeds."""
    site = site_of(request)
    asked = Asked("reports", "/reports", Filters())
    key = ("days", "reports", "", None, "date")  # as the list of reports has it
    days = site.remembered.get(key, lambda: by_day(site.record, "reports", Filters()))
    line = charts.timeline(days, asked.adding("published"))
    return site.page(
        request, "sources.html", publishers=site.remembered.get("publishers", lambda: publishers_of(site.record)),
        feeds=[feed_of(item) for item in feeds_of(site.record)],
        timeline=line, charts=charts, asked=asked, holes=holes(line),
    )  # fmt: skip


def holes(line: charts.Timeline) -> tuple[str, ...]:
    """Stretches without a report between days that have some, the longest first, as they are written: "2005-11-03 to 2005-11-05"."""
    found: list[tuple[int, str]] = []
    start: int | None = None
    for n, bar in enumerate(line.bars):
        if not bar.number and start is None:
            start = n
        if bar.number and start is not None:
            first, last = line.bars[start].name, line.bars[n - 1].name
            found.append((n - start, first if first == last else f"{first} to {last}"))
            start = None
    return tuple(text for _, text in sorted(found, key=lambda item: (-item[0], item[1]))[:8])


def sources_json(request: Request) -> Response:
    """Publishers and feeds as JSON."""
    record = site_of(request).record
    publishers = [
        {"publisher": item.name, "reports": item.reports, "words": item.words, "first": item.first, "last": item.last}
        for item in publishers_of(record)
    ]
    return json_answer({"publishers": publishers, "feeds": [_plain(item) for item in feeds_of(record)]})


def _plain(health: FeedHealth) -> dict[str, object]:
    state = {name: value for name, value in health.state.to_json().items() if name != "seen"}
    return {**state, **{name: getattr(health, name) for name in ("since", "looks", "failed", "articles", "problems")}}


def doctor_page(request: Request) -> Response:
    """Whether the record holds together; for those who run it."""
    need(request, "admin")
    site, state = site_of(request), request.app.state
    if not hasattr(state, "examined"):
        state.examined = Making()
    making: Making[tuple[Finding, ...]] = state.examined
    record, small = site.record, is_small(site.record)
    shown = making.get(
        "record", stamp(record), lambda: record.examine() if small else examine_beside(record), _PATIENCE if small else _SOON
    )  # fmt: skip
    return site.page(request, "doctor.html", shown=shown)


router = APIRouter()
router.add_api_route("/sources", sources_page, methods=["GET"])
router.add_api_route("/sources.json", sources_json, methods=["GET"])
router.add_api_route("/doctor", doctor_page, methods=["GET"])
