"""Logging in and out."""

from __future__ import annotations

import threading
import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout import logs
from readout.web.access import COOKIE, SESSION
from readout.web.corrections import Sent
from readout.web.site import site_of
from readout.web.wording import own_path

_ONE = threading.Lock()
_PAUSE = 0.5  # seconds after a wrong password, during which nobody else is let in either


def login_page(request: Request) -> Response:
    """The form."""
    site = site_of(request)
    to = own_path(request.query_params.get("next"))
    if site.access.local is not None:
        return RedirectResponse(to, 303)
    return site.page(
        request, "login.html", to=to, wrong=False, token=site.access.token is not None and not site.access.accounts
    )


def log_in(request: Request, form: Sent) -> Response:
    """Lets somebody in, and leads to where they wanted to go."""
    site, to = site_of(request), own_path(form.get("next"))
    with _ONE:
        user = site.access.log_in(form.get("name", ""), form.get("password", ""))
        if user is None:
            time.sleep(_PAUSE)
    if user is None:
        logs.log("warning", "login refused", path=request.url.path)
        token = site.access.token is not None and not site.access.accounts
        return site.page(request, "login.html", 403, to=to, wrong=True, token=token)
    answer = RedirectResponse(to, 303)
    answer.set_cookie(
        COOKIE,
        site.access.session(user),
        max_age=SESSION,
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.headers.get("origin", "").startswith("https:"),
    )
    return answer


def log_out(request: Request) -> Response:
    """Ends the session of this browser."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return answer


router = APIRouter()
router.add_api_route("/login", login_page, methods=["GET"])
router.add_api_route("/login", log_in, methods=["POST"])
router.add_api_route("/logout", log_out, methods=["POST"])
