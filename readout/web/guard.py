"""What stands before every page: whose host is asked for, where a form came from, who asks, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

from anyio.to_thread import current_default_thread_limiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readout.web.access import COOKIE, Access, User
from readout.web.failing import failure, wants_json

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it a browser says of a form of our own that it came from nowhere (Origin: null).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/login", "/static/")
_AT_ONCE = 10  # requests that are worked on
_LARGEST = 256 * 1024  # bytes of a form
Scoped = MutableMapping[str, Any]


class Guard:
    """The site behind its guard."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app, self.access, self.bounded = app, access, False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or hands it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1003})
            return
        if not self.bounded:
            # No more at once than the record has connections for.
            current_default_thread_limiter().total_tokens, self.bounded = _AT_ONCE, True
        sender = _with_headers(send, body=scope["method"] != "HEAD")
        refused = self._refuse(scope)
        if refused is not None:
            await refused(scope, receive, sender)
            return
        if scope["method"] == "HEAD":
            scope["method"], scope["readout_head"] = "GET", True
        await self.app(scope, _bounded(receive), sender)

    def _refuse(self, scope: Scope) -> Response | None:
        """The answer to what may not be asked; None where it may, and then it is known who asks."""
        request, headers = Request(scope), Headers(scope=scope)
        if host_of(headers) not in self.access.hosts:
            return failure(
                request,
                403,
                "foreign_host",
                "this site is not asked for under that name",
                "use the address that `readout serve` says; --names adds others",
            )
        bearer = self._bearer(headers)
        if scope["method"] not in _SAFE and bearer is None and not same_origin(headers):
            return failure(
                request,
                403,
                "foreign_origin",
                "this form was not sent from a page of this site",
                "open the page here and send it again; programs send the header Origin, or a token",
            )
        if headers.get("content-length", "0").isdecimal() and int(headers.get("content-length", "0")[:12]) > _LARGEST:
            return failure(request, 413, "too_large", "that is more than a form can be", "say it in fewer words")
        user = bearer or self._session(headers) or self.access.local
        scope["readout_user"] = user
        path = scope["path"]
        if user is None and not path.startswith(_OPEN):
            if wants_json(request) or scope["method"] not in _SAFE:
                answer = failure(
                    request, 401, "not_logged_in", "say who you are", "log in, or send Authorization: Bearer TOKEN"
                )
                answer.headers["WWW-Authenticate"] = "Bearer"
                return answer
            here = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            return RedirectResponse(f"/login?next={quote(here, safe='')}", 303)
        return None

    def _bearer(self, headers: Headers) -> User | None:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return self.access.bearer(token.strip()) if kind.casefold() == "bearer" else None

    def _session(self, headers: Headers) -> User | None:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return None
        return self.access.whose(cookies[COOKIE].value) if COOKIE in cookies else None


def host_of(headers: Headers) -> str:
    """The host that is asked for, without its port; empty where it is named not once."""
    named = headers.getlist("host")
    if len(named) != 1:
        return ""
    name, colon, port = named[0].strip().casefold().rpartition(":")
    if colon and port.isdecimal():
        return name
    return named[0].strip().casefold()


def same_origin(headers: Headers) -> bool:
    """Whether a browser says that a form comes from a page of this site; what says nothing does not."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    scheme, mark, host = origin.partition("://")
    return mark != "" and scheme in ("http", "https") and host.casefold() == headers.get("host", "").strip().casefold()


def _with_headers(send: Send, *, body: bool) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "private, no-cache")
        elif message["type"] == "http.response.body" and not body:
            message = {**message, "body": b""}
        await send(message)

    return sending


def _bounded(receive: Receive) -> Receive:
    """What is received, as far as it is no larger than a form can be: of a larger one the end is not seen."""
    so_far = 0

    async def receiving() -> Message:
        nonlocal so_far
        message = await receive()
        so_far += len(message.get("body", b""))
        if so_far > _LARGEST:
            return {"type": "http.disconnect"}
        return message

    return receiving
