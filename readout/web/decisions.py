"""Deciding that two things belong together or do not, undoing it, and the log of it. What is decided is linked at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout import logs
from readout.across.linking import Decided, decide, decisions, link, undo
from readout.errors import ReadoutError, UsageError
from readout.record import Record
from readout.web.beside import is_small, link_beside
from readout.web.corrections import Sent
from readout.web.failing import json_answer
from readout.web.reports import done_of
from readout.web.site import Site, need, site_of

_PATIENCE, _SOON = 3.0, 0.05  # seconds that a page waits until what was decided in a small or a large record is linked
_LINKING = threading.Lock()  # one linking at a time
_PATHS = {"incident": "incidents", "story": "stories", "copy": "stories"}


def decision_made(request: Request, form: Sent) -> Response:
    """Decides on two things, links, and leads to where the first of them is then."""
    site, user = site_of(request), need(request, "correct")
    kind, word = form.get("kind", ""), form.get("word", "")
    if word not in ("together", "apart"):
        raise UsageError(f"two things are together or apart, and not {word!r}")
    one = form.get("one", "").strip()
    other = named(site, kind, form.get("other", "").strip())
    made = decide(
        site.record,
        kind,
        one,
        other,
        together=word == "together",
        by=user.name,
        why=form.get("reason", "").strip() or None,
    )
    link_soon(site.record)
    return RedirectResponse(_back(site, made, one), 303)


def named(site: Site, kind: str, name: str) -> str:
    """A claim or report that a name means: itself, or that which was known first in the incident or story of that id.

    Raises:
        UsageError: nothing is named.
    """
    if not name:
        raise UsageError("say with what: the number of an event, as events/12, or the id of an incident or story")
    group = "incident" if kind == "incident" else "story"
    keys = [] if "/" in name else site.record.group_keys(group, name)
    if len(keys) != 1:
        return name
    first = site.record.group_members(group, keys[0])[0]
    return (first.claim or first.report) if kind == "incident" else first.report


def decision_undone(request: Request, number: str, form: Sent) -> Response:
    """Undoes a decision, links, and leads to where the first of the two is then."""
    site, user = site_of(request), need(request, "correct")
    if not number.isdecimal() or len(number) > 9:
        raise UsageError(f"there is no decision {number!r}")
    undone = undo(site.record, int(number), by=user.name, why=form.get("reason", "").strip() or None)
    link_soon(site.record)
    if form.get("back") == "log":
        return RedirectResponse(f"/decisions?done={undone.number}", 303)
    now = next((item for item in decisions(site.record) if item.number == undone.number), undone)
    return RedirectResponse(_back(site, now, now.first or now.second or ""), 303)


def link_soon(record: Record) -> None:
    """Links what is not linked; a large record in a process of its own, for it takes longer than anybody waits for a page."""
    small = is_small(record)
    thread = threading.Thread(target=_link, args=(record, link if small else link_beside), daemon=True)
    thread.start()
    thread.join(_PATIENCE if small else _SOON)


def _link(record: Record, link_it: Callable[[Record], object]) -> None:
    with _LINKING:
        try:
            link_it(record)
        except ReadoutError as error:
            logs.log("warning", "not linked", kind=type(error).__name__, reason=str(error))


def is_linking() -> bool:
    """Whether a linking goes on."""
    return _LINKING.locked()


def _back(site: Site, made: Decided, name: str) -> str:
    kind = "incident" if made.kind == "incident" else "story"
    try:
        key = next((member.key for member in site.record.groups_of(name) if member.kind == kind), None)
    except UsageError:
        key = None
    return f"/{_PATHS[made.kind]}/{key}?done={made.number}" if key else f"/decisions?done={made.number}"


def all_decisions(site: Site) -> list[Decided]:
    """The log, the latest first."""
    return site.remembered.get("decisions", lambda: list(decisions(site.record))[::-1])


def just_decided(site: Site, request: Request) -> Decided | None:
    """The decision that was just made or undone, which the address says."""
    number = done_of(request)
    return next((item for item in all_decisions(site) if item.number == number), None) if number else None


def on_members(site: Site, kinds: Collection[str], names: Collection[str]) -> tuple[Decided, ...]:
    """The decisions that hold on some claims or reports, the latest first."""
    return tuple(
        item
        for item in all_decisions(site)
        if item.kind in kinds and item.undone_at is None and (item.first in names or item.second in names)
    )


def log_page(request: Request) -> Response:
    """The log of decisions."""
    site = site_of(request)
    return site.page(
        request,
        "decisions.html",
        log=all_decisions(site),
        done=just_decided(site, request),
        linking=is_linking(),
        paths=_PATHS,
    )


def log_json(request: Request) -> Response:
    """The log as JSON, from the first entry on."""
    return json_answer({"items": [item.to_json() for item in all_decisions(site_of(request))[::-1]]})


router = APIRouter()
router.add_api_route("/decisions", log_page, methods=["GET"])
router.add_api_route("/decisions", decision_made, methods=["POST"])
router.add_api_route("/decisions.json", log_json, methods=["GET"])
router.add_api_route("/decisions/{number}/undo", decision_undone, methods=["POST"])
