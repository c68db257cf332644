"""Correcting: forms that are sent, the log, and undoing. Every write goes through the record's own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from readout.errors import UsageError
from readout.exports.corrections import COLUMNS, correction_row, csv_line
from readout.record.corrections import Logged
from readout.record.fields import READERS
from readout.record.log import Correction, claim_named
from readout.record.tallies import claim_of
from readout.web.failing import json_answer
from readout.web.marking import anchor
from readout.web.reports import done_of
from readout.web.site import Site, need, site_of
from readout.web.wording import own_path, quoted

_SHOWN = 100
_FIELDS = 60
Form = Mapping[str, str]


async def read_form(request: Request) -> Form:
    """The values of a form that was sent.

    Raises:
        UsageError: it is none.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/x-www-form-urlencoded":
        raise UsageError("a form is sent as application/x-www-form-urlencoded")
    try:
        body = await request.body()
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS * 2)
    except (ValueError, ClientDisconnect) as error:
        raise UsageError("the form cannot be read") from error
    return dict(pairs)


Sent = Annotated[Form, Depends(read_form)]


def correct(request: Request, form: Sent) -> Response:
    """Confirms, rejects or edits a claim, and leads back to it."""
    site, user = site_of(request), need(request, "correct")
    claim, action = form.get("claim", ""), form.get("action", "")
    claim_named(claim)
    made = act_on(
        site,
        action,
        claim,
        changed_values(claim, form),
        by=user.name,
        why=form.get("reason", "").strip() or None,
        seen=_seen(form.get("seen")),
    )
    if form.get("back") == "review":
        return RedirectResponse(_done(form.get("then"), made[-1].number), 303)
    return RedirectResponse(_back(site, made[-1], claim, form.get("back", "")), 303)


def _done(path: str | None, number: int) -> str:
    """The queue of what is to be reviewed, further on, with what was just done."""
    then = own_path(path)
    then = then if then.partition("?")[0] == "/review" else "/review"
    return f"{then}{'&' if '?' in then else '?'}done={number}"


def act_on(
    site: Site, action: str, claim: str, values: Mapping[str, Any], *, by: str, why: str | None, seen: int | None
) -> tuple[Correction, ...]:
    """Makes a correction.

    Raises:
        UsageError: there is no such action here, or the record refuses it.
        Conflict: somebody was faster.
    """
    desk = site.record.correct
    if action == "confirm":
        return desk.confirm(claim, by=by, why=why, seen=seen)
    if action == "reject":
        return desk.reject(claim, by=by, why=why, seen=seen)
    if action == "edit":
        return desk.edit(claim, values, by=by, why=why, seen=seen)
    raise UsageError(f"there is no action {action!r}: there are confirm, reject and edit")


def changed_values(claim: str, form: Form) -> dict[str, str]:
    """The values of a form that are not what they were."""
    known = READERS.get(claim.partition("/")[0], {})
    found = {}
    for name in known:
        value = form.get(f"set.{name}")
        if value is not None and value.strip() != form.get(f"was.{name}", "").strip():
            found[name] = value.strip() or "none"
    return found


def _seen(text: str | None) -> int | None:
    if text is None or not text.strip():
        return None
    if not text.isdecimal() or len(text) > 10:
        raise UsageError(f"seen is the number of a correction, and not {text!r}")
    return int(text)


def _back(site: Site, made: Correction, name: str, back: str) -> str:
    """Where one comes to after a correction: the claim, or what stands in its place, on the page that one came from."""
    kind, number = claim_named(name)
    now = made.made[0].id if made.made else number
    claim, _ = claim_of(site.record, f"{kind}/{now}")
    if back == "report":
        return f"/reports/{quoted(claim.report)}?done={made.number}#{anchor(kind, now)}"
    return f"/claims/{kind}/{now}?done={made.number}"


def undo(request: Request, number: str, form: Sent) -> Response:
    """Undoes a correction, with those that build on it where the form says so, and leads to the log."""
    site, user = site_of(request), need(request, "correct")
    made = undone_by(
        site, number, by=user.name, why=form.get("reason", "").strip() or None, later=form.get("later") == "yes"
    )
    first = made[-1].targets or _targets(site, int(number))
    if form.get("back") == "review":
        at = f"?at={made[-1].claim}/{first[0].id}" if first else ""
        return RedirectResponse(_done(f"/review{at}", made[-1].number), 303)
    if form.get("back") == "report" and first:
        claim, _ = claim_of(site.record, f"{made[-1].claim}/{first[0].id}")
        return RedirectResponse(
            f"/reports/{quoted(claim.report)}?done={made[-1].number}#{anchor(made[-1].claim, claim.id)}", 303
        )
    if form.get("back") == "claim" and first:
        return RedirectResponse(f"/claims/{made[-1].claim}/{first[0].id}?done={made[-1].number}", 303)
    return RedirectResponse(f"/corrections?done={made[-1].number}", 303)


def undone_by(site: Site, number: str, *, by: str, why: str | None, later: bool) -> tuple[Correction, ...]:
    """Undoes a correction.

    Raises:
        UsageError: there is none of that number.
        Conflict: it was undone already, or others build on it.
    """
    if not number.isdecimal() or len(number) > 9:
        raise UsageError(f"there is no correction {number!r}")
    return site.record.correct.undo(int(number), by=by, why=why, later=later)


def _targets(site: Site, number: int) -> Sequence[Any]:
    entry = next((item.correction for item in latest(site) if item.correction.number == number), None)
    return entry.targets if entry is not None else ()


def latest(site: Site) -> list[Logged]:
    """The log, the latest first."""
    return site.remembered.get("log", lambda: list(site.record.corrections())[::-1])


def log_page(request: Request) -> Response:
    """The log of corrections."""
    site = site_of(request)
    log = latest(site)
    unfitting = sum(item.unfit is not None for item in log)
    return site.page(
        request, "corrections.html", log=log[:_SHOWN], all=len(log), done=done_of(request), unfitting=unfitting
    )


def log_json(request: Request) -> Response:
    """The log as JSON, from the first entry on."""
    return json_answer({"items": [item.to_json() for item in site_of(request).record.corrections()]})


def log_csv(request: Request) -> Response:
    """The log as CSV."""
    record = site_of(request).record
    rows = (csv_line([correction_row(logged)[name] for name in COLUMNS]) for logged in record.corrections())
    body = "".join((csv_line(list(COLUMNS)), *rows)).encode("utf-8", "backslashreplace")
    headers = {"Content-Disposition": 'attachment; filename="corrections.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


router = APIRouter()
router.add_api_route("/corrections", log_page, methods=["GET"])
router.add_api_route("/corrections", correct, methods=["POST"])
router.add_api_route("/corrections.json", log_json, methods=["GET"])
router.add_api_route("/corrections.csv", log_csv, methods=["GET"])
router.add_api_route("/corrections/{number}/undo", undo, methods=["POST"])
