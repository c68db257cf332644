"""Answers that say what is wrong: a page for people, one shape of JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from readout import logs
from readout.errors import Conflict, ReadoutError, RecordError, RecordLocked, RecordReadOnly, UsageError
from readout.web.wording import clean

_FORMATS = (".json", ".csv", ".jsonl", ".parquet", ".atom", ".md")
_CODES = {
    400: "bad_request",
    401: "not_logged_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    503: "busy",
}
_HINTS = {
    403: "log in as somebody who may",
    404: "go to the first page and look for it there",
    405: "this address is asked in another way",
}
#: Every code of an error that is answered with, its status, and when.
ERRORS = {
    "bad_request": (400, "it cannot be asked: a filter, an order, a number or a cursor is none"),
    "not_logged_in": (401, "nobody is said to ask: send `Authorization: Bearer TOKEN`, or log in"),
    "forbidden": (403, "whoever asks has not the role for it"),
    "foreign_host": (403, "the site is not asked for under that name"),
    "foreign_origin": (403, "a form was not sent from a page of the site, and no token with it"),
    "record_read_only": (403, "the record's file may not be written"),
    "not_found": (404, "there is no such address, report, claim or group"),
    "method_not_allowed": (405, "the address is asked in another way"),
    "conflict": (409, "somebody was faster: a later correction touched the claim"),
    "too_large": (413, "what was sent is more than a form can be"),
    "internal": (500, "a fault of Readout's own, which the log of `readout serve` says more of"),
    "busy": (503, "as much as can be done at once is being done already"),
    "record_locked": (503, "somebody else is writing to the record: try again in a moment"),
    "record_unreadable": (503, "the record cannot be read"),
    "failed": (500, "anything else"),
}
TITLES = {
    400: "That cannot be asked", 401: "Who are you?", 403: "That may not be done", 404: "There is no such page",
    405: "Not in this way", 409: "Somebody was faster", 413: "Too much", 500: "Something went wrong", 503: "Not just now",
}  # fmt: skip


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    path = request.url.path
    return path.startswith("/api/") or path == "/api" or path.endswith(_FORMATS)


def failure(request: Request, status: int, code: str, message: str, hint: str) -> Response:
    """An answer that says what is wrong and what to do."""
    if wants_json(request):
        return json_answer({"error": {"code": code, "message": clean(message), "hint": clean(hint)}}, status)
    from readout.web.site import make_plain

    return make_plain(request, status, TITLES.get(status, "That did not work"), message, hint)


def json_answer(value: Any, status: int = 200) -> Response:
    """JSON, whatever letters it holds."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="application/json")


def of_error(request: Request, error: Exception) -> Response:
    """The answer to an error of the tree; to any other, that something went wrong, and the log has it."""
    if isinstance(error, UsageError):
        hint = "see /help for what can be asked" if request.method == "GET" else "go back and mend it"
        return failure(request, 400, "bad_request", str(error), hint)
    if isinstance(error, Conflict):
        return failure(request, 409, "conflict", str(error), "load the page again and look at what it says now")
    if isinstance(error, RecordLocked):
        return failure(request, 503, "record_locked", str(error), "try again in a moment")
    if isinstance(error, RecordReadOnly):
        return failure(
            request, 403, "record_read_only", str(error), "the record's file has to be writable for corrections"
        )
    if isinstance(error, RecordError):
        return failure(
            request, 503, "record_unreadable", str(error), "`readout doctor` looks whether the record holds together"
        )
    if isinstance(error, ReadoutError):
        return failure(request, 400, "bad_request", str(error), "see /help for what can be asked")
    logs.log("error", "page failed", path=request.url.path, kind=type(error).__name__, reason=str(error))
    return failure(request, 500, "internal", "this is a fault of Readout's own", "the log of `readout serve` says more")


def of_status(request: Request, status: int, detail: str) -> Response:
    """The answer to a status that a page raised."""
    hint = _HINTS.get(status, "go to the first page and begin again")
    return failure(request, status, _CODES.get(status, "failed"), detail, hint)
