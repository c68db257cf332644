"""Sending JSON to an address of somebody else's, under the same rules as fetching: addresses are checked, no redirect is followed."""

from __future__ import annotations

import hashlib
import hmac
import ssl
from collections.abc import Mapping

import httpcore

from readout.errors import FetchError, TimedOut
from readout.fetching.addresses import NOTHING_MORE, Allow, target_of
from readout.fetching.connecting import CheckedBackend, Deadline, Resolver, system_resolver
from readout.fetching.getting import USER_AGENT, Limits

#: What sending may take: an answer is waited for, and not read further than this.
SENDING = Limits(connect=5.0, read=10.0, total=15.0, body=65_536)


def sign(secret: str, moment: str, body: bytes) -> str:
    """The signature of what is sent: HMAC-SHA256 by the secret, of the moment, a full stop and the body; as "sha256=" and hex digits."""
    made = hmac.new(secret.encode("utf-8"), moment.encode("ascii") + b"." + body, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    limits: Limits = SENDING,
    allow: Allow = NOTHING_MORE,
    allow_private: bool = False,
    resolver: Resolver = system_resolver,
    network: httpcore.NetworkBackend | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> int:
    """The status with which an http or https address takes JSON. The answer's body is not read.

    Raises:
        Refused: the address, or an IP address of it, is forbidden.
        TimedOut: a limit was reached.
        FetchError: anything else that kept an answer from coming.
    """
    deadline = Deadline(limits.total)
    target = target_of(url, allow=allow, allow_private=allow_private)
    backend = CheckedBackend(
        target, deadline, resolver=resolver, allow=allow, allow_private=allow_private, network=network or httpcore.SyncBackend()
    )  # fmt: skip
    address = httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
    own = {
        "Host": target.site.partition("://")[2], "User-Agent": USER_AGENT, "Content-Type": "application/json",
        "Content-Length": str(len(body)), "Connection": "close",
    }  # fmt: skip
    sent = [(name.encode("ascii"), value.encode("ascii")) for name, value in {**own, **headers}.items()]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend, http2=False, retries=0) as pool,
            pool.stream("POST", address, headers=sent, content=body, extensions={"timeout": timeout}) as answer,
        ):
            return int(answer.status)
    except httpcore.TimeoutException as error:
        deadline.left()
        raise TimedOut(f"{target.host} took too long to answer") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(f"{target.host} gave no answer: {str(error)[:120] or type(error).__name__}") from error
