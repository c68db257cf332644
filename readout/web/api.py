"""JSON for programs: the same questions, corrections, and a description of it all (OpenAPI 3.1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from readout.errors import UsageError
from readout.record.kinds import FACETS, HAS
from readout.record.log import claim_named
from readout.web import files, incidents, ledgers, negotiations, stories
from readout.web.asked import asked_of
from readout.web.claims import found_claim
from readout.web.corrections import act_on, undone_by
from readout.web.failing import json_answer
from readout.web.grouped import Family, asked_groups, page_of
from readout.web.openapi import document
from readout.web.reports import report_of
from readout.web.site import Site, need, site_of, user_of

#: What shows across reports, each with what makes one of it as JSON: the same as at the address of its page with `.json`.
GROUPS: Mapping[Family, Callable[[Site, Request, str], tuple[Any, Iterable[Any]]]] = {
    stories.FAMILY: stories.rows, incidents.FAMILY: incidents.rows, ledgers.FAMILY: ledgers.rows, negotiations.FAMILY: negotiations.rows,
}  # fmt: skip
router = APIRouter(prefix="/api", include_in_schema=False)


def index(request: Request) -> Response:
    """What there is, and who asks."""
    user = user_of(request)
    return json_answer(
        {
            "lists": [f"/api/{kind}" for kind in (*HAS, *(family.plural for family in GROUPS))],
            "openapi": "/api/openapi.json",
            "user": {"name": user.name, "role": user.role} if user else None,
        }
    )


def described(request: Request) -> Response:
    """The description."""
    return json_answer(document())


def _list(kind: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        total = request.query_params.get("total", "") == "yes"
        return files.page_json(site_of(request), asked_of(request, kind), total=total, ending="")

    return answer


def _groups(family: Family) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        site, asked = site_of(request), asked_groups(request, family, f"/api/{family.plural}")
        total = request.query_params.get("total", "") == "yes"
        return json_answer(files.page_value(page_of(site, family, asked, total=total), asked, ""))

    return answer


def _group(family: Family) -> Callable[[Request, str], Response]:
    def answer(request: Request, key: str) -> Response:
        value, _ = GROUPS[family](site_of(request), request, key)
        return json_answer(value)

    return answer


def facets(request: Request, kind: str, field: str) -> Response:
    """How many there are of each value of a field."""
    if kind not in FACETS:
        raise UsageError(f"{kind!r} are not counted: there are {', '.join(FACETS)}")
    asked = asked_of(request, kind)
    counts = site_of(request).record.facets(kind, field, asked.filters, as_of=asked.as_of, limit=asked.limit)
    return json_answer({"field": field, "counts": counts, "query": asked.filters.to_text()})


def report(request: Request, id: str) -> Response:  # noqa: A002 - its name in the contract
    """A report as the contract readout/1 has it."""
    as_of = request.query_params.get("as_of", "").strip() or None
    return json_answer(report_of(site_of(request), id, as_of).to_json())


def claim(request: Request, kind: str, number: str) -> Response:
    """A claim, whether it answers, and what was done to it."""
    site = site_of(request)
    found, live = found_claim(site, kind, number)
    history = [item.to_json() for item in site.record.history(f"{kind}/{found.id}")]
    return json_answer({"claim": found.to_json(), "live": live, "history": history})


async def correct(request: Request) -> Response:
    """Confirms, rejects or edits a claim."""
    sent = await _object(request)
    user = need(request, "correct")
    name, action, values = str(sent.get("claim", "")), str(sent.get("action", "")), sent.get("set") or {}
    claim_named(name)
    if not isinstance(values, dict):
        raise UsageError("set is an object: the values by their names")
    why, seen = _text(sent, "why"), sent.get("seen")
    if seen is not None and (not isinstance(seen, int) or isinstance(seen, bool)):
        raise UsageError("seen is the number of a correction")
    made = await run_in_threadpool(act_on, site_of(request), action, name, values, by=user.name, why=why, seen=seen)
    return json_answer({"corrections": [item.to_json() for item in made]}, 201)


async def undo(request: Request, number: str) -> Response:
    """Undoes a correction."""
    sent = await _object(request)
    user = need(request, "correct")
    made = await run_in_threadpool(
        undone_by, site_of(request), number, by=user.name, why=_text(sent, "why"), later=sent.get("later") is True
    )
    return json_answer({"corrections": [item.to_json() for item in made]}, 201)


def log(request: Request) -> Response:
    """The log of corrections."""
    return json_answer({"items": [item.to_json() for item in site_of(request).record.corrections()]})


def _text(sent: dict[str, Any], name: str) -> str | None:
    value = sent.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name} is text")
    return value or None


async def _object(request: Request) -> dict[str, Any]:
    # Only JSON: a form of another site cannot send it without asking the browser first.
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != "application/json":
        raise UsageError("send JSON, with Content-Type: application/json")
    try:
        value = json.loads((await request.body()) or b"{}")
    except (ValueError, ClientDisconnect) as error:
        raise UsageError("what was sent is not JSON") from error
    if not isinstance(value, dict):
        raise UsageError("send an object of JSON")
    return value


router.add_api_route("", index, methods=["GET"])
router.add_api_route("/openapi.json", described, methods=["GET"])
for _kind in HAS:
    router.add_api_route(f"/{_kind}", _list(_kind), methods=["GET"])
for _family in GROUPS:
    router.add_api_route(f"/{_family.plural}", _groups(_family), methods=["GET"])
    router.add_api_route(f"/{_family.plural}/{{key}}", _group(_family), methods=["GET"])
router.add_api_route("/facets/{kind}/{field}", facets, methods=["GET"])
router.add_api_route("/reports/{id:path}", report, methods=["GET"])
router.add_api_route("/claims/{kind}/{number}", claim, methods=["GET"])
router.add_api_route("/corrections", log, methods=["GET"])
router.add_api_route("/corrections", correct, methods=["POST"])
router.add_api_route("/corrections/{number}/undo", undo, methods=["POST"])
