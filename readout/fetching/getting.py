"""One address, one answer: redirects followed, bodies unpacked, everything within limits."""

from __future__ import annotations

import email.utils
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import httpcore

from readout.errors import AnswerTooLarge, FetchError, Refused, SourceError, TimedOut, TooLarge
from readout.fetching.addresses import NOTHING_MORE, Allow, Target, target_of
from readout.fetching.connecting import CheckedBackend, Deadline, Resolver, system_resolver
from readout.sources.http_body import ACCEPTED, as_utf8, media_type, unpack_body
from readout.version import __version__

USER_AGENT = f"Readout/{__version__}"
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_HEADER_VALUE = re.compile(r"[\x20-\x7e]{1,1000}")
_WANTED = "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: seconds to connect, to wait for the next bytes, and in all; bytes of a body, sent or unpacked; redirects."""

    connect: float = 10.0
    read: float = 15.0
    total: float = 60.0
    body: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether anything changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from at last; `moved_to` where the first address has moved for good, if it has.

    `status` is HTTP's, 304 where nothing changed; `body` is unpacked and empty unless the status is 200. `charset` is what the header says,
    already applied to pages and texts. `retry_after` is in seconds.
    """

    url: str
    status: int
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    validators: Validators = Validators()
    retry_after: float | None = None
    moved_to: str | None = None


def fetch(
    url: str,
    *,
    state: Validators | None = None,
    limits: Limits = Limits(),
    allow: Allow = NOTHING_MORE,
    allow_private: bool = False,
    resolver: Resolver = system_resolver,
    network: httpcore.NetworkBackend | None = None,
    ssl_context: ssl.SSLContext | None = None,
    permitted: Callable[[Target], None] | None = None,
) -> Fetched:
    """What an http or https address answers, at the end of its redirects. Proxies of the environment are not used.

    `permitted` is asked before each request and raises to stop it (`RobotsCache.check`). `network` makes the connections, to IP
    addresses alone.

    Raises:
        Refused: the address, one that it redirects to, or an IP address of either is forbidden.
        Disallowed: `permitted` says so.
        TimedOut, AnswerTooLarge: a limit was reached.
        FetchError: anything else that kept an answer from coming.
    """
    deadline = Deadline(limits.total)
    backend = network or httpcore.SyncBackend()
    moved: str | None = None
    permanent = True
    for _ in range(limits.redirects + 1):
        target = target_of(url, allow=allow, allow_private=allow_private)
        if permitted is not None:
            permitted(target)
        checked = CheckedBackend(
            target, deadline, resolver=resolver, allow=allow, allow_private=allow_private, network=backend
        )
        found = _once(target, checked, deadline, state, limits, ssl_context)
        if isinstance(found, Fetched):
            return replace(found, moved_to=moved)
        status, location = found
        url = _joined(target.url, location)
        permanent = permanent and status in _PERMANENT
        moved = target_of(url, allow=allow, allow_private=allow_private).url if permanent else moved
    raise FetchError(f"redirects more than {limits.redirects} times")


def _once(
    target: Target,
    backend: CheckedBackend,
    deadline: Deadline,
    state: Validators | None,
    limits: Limits,
    ssl_context: ssl.SSLContext | None,
) -> Fetched | tuple[int, str]:
    """The answer to one request, or the status and the place of a redirect."""
    request = httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
    try:
        with (
            httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend, http2=False, retries=0) as pool,
            pool.stream("GET", request, headers=_headers(target, state), extensions={"timeout": timeout}) as answer,
        ):
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status in _REDIRECTS and headers.get("location"):
                return answer.status, _location(headers["location"])
            body = _body(answer, headers, limits) if answer.status == 200 else b""
            return _fetched(target, answer.status, headers, body)
    except httpcore.TimeoutException as error:
        deadline.left()
        raise TimedOut(f"{target.host} took too long to answer") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(f"{target.host} gave no answer: {str(error)[:120] or type(error).__name__}") from error


def _headers(target: Target, state: Validators | None) -> dict[bytes | str, bytes | str]:
    headers: dict[bytes | str, bytes | str] = {
        "Host": target.site.partition("://")[2],
        "User-Agent": USER_AGENT,
        "Accept": _WANTED,
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
    }
    if state and state.etag and _HEADER_VALUE.fullmatch(state.etag):
        headers["If-None-Match"] = state.etag
    if state and state.modified and _HEADER_VALUE.fullmatch(state.modified):
        headers["If-Modified-Since"] = state.modified
    return headers


def _location(header: str) -> str:
    # Sent as UTF-8 by some, though a header is Latin-1.
    try:
        return header.encode("latin-1").decode("utf-8").strip()
    except UnicodeDecodeError:
        return header.strip()


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise Refused(f"redirects to what is not a web address: {location[:80]!r}") from error


def _body(answer: httpcore.Response, headers: dict[str, str], limits: Limits) -> bytes:
    """The body, read no further than its limit and unpacked no further either."""
    too_large = f"its answer is larger than {limits.body / 1_000_000:g} MB"
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.body:
        raise AnswerTooLarge(too_large)
    held = bytearray()
    for piece in answer.iter_stream():
        held += piece
        if len(held) > limits.body:
            raise AnswerTooLarge(too_large)
    try:
        return unpack_body(bytes(held), headers.get("content-encoding", ""), limits.body)
    except TooLarge as error:
        raise AnswerTooLarge(f"its answer {error}") from error
    except SourceError as error:
        raise FetchError(f"its answer was {error}") from error


def _fetched(target: Target, status: int, headers: dict[str, str], body: bytes) -> Fetched:
    kind, charset = media_type(headers.get("content-type", ""))
    return Fetched(
        url=target.url,
        status=status,
        body=as_utf8(body, kind, charset),
        media_type=kind,
        charset=charset,
        validators=Validators(_kept(headers.get("etag")), _kept(headers.get("last-modified"))),
        retry_after=retry_seconds(headers.get("retry-after"), time.time()),
    )


def _kept(value: str | None) -> str | None:
    return value if value and _HEADER_VALUE.fullmatch(value) else None


def retry_seconds(header: str | None, now: float) -> float | None:
    """The seconds from `now` (epoch seconds) that a Retry-After header asks for, as a number or a date; None where it cannot be read."""
    value = (header or "").strip()
    if value.isdecimal() and len(value) < 12:
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
