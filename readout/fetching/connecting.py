"""Connections to checked addresses alone: a name is looked up once, and the connection is made to what was checked."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from readout.errors import FetchError, Refused, TimedOut
from readout.fetching.addresses import Allow, Target, forbidden, ip_of

#: The addresses of a name; raises OSError where there are none.
Resolver = Callable[[str], Sequence[str]]
_MOST_TRIED = 3


def system_resolver(host: str) -> Sequence[str]:
    """What the system's resolver knows of a name, each address once, in its order."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """A moment after which nothing goes on."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._seconds = seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`.

        Raises:
            TimedOut: there are none.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimedOut(f"took longer than {self._seconds:g} seconds")
        return left if most is None else min(left, most)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects for one target: every address of its name is checked, and one bad address refuses them all."""

    def __init__(
        self,
        target: Target,
        deadline: Deadline,
        *,
        resolver: Resolver,
        allow: Allow,
        allow_private: bool,
        network: httpcore.NetworkBackend,
    ) -> None:
        self._target = target
        self._deadline = deadline
        self._resolver = resolver
        self._allow = allow
        self._allow_private = allow_private
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the target's first address that takes one.

        Raises:
            Refused: one of the addresses is forbidden, or another host is asked for.
            FetchError: the name has no address.
        """
        if (host, port) != (self._target.host, self._target.port):
            raise Refused(f"a connection to {host}, which is not what was checked")
        failure: Exception | None = None
        for address in self._addresses()[:_MOST_TRIED]:
            try:
                stream = self._network.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        assert failure is not None
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Refuses.

        Raises:
            Refused: always.
        """
        raise Refused("a socket of this machine")

    def _addresses(self) -> list[str]:
        host = self._target.host
        found = [host] if ip_of(host) is not None else list(self._resolved(host))
        checked = []
        for text in found:
            address = ip_of(text.partition("%")[0])
            if address is None:
                raise FetchError(f"{host} has an address that is none")
            reason = forbidden(address)
            if reason and not (self._allow_private or self._allow.host(self._target) or self._allow.address(address)):
                raise Refused(f"{host} leads to {address}, {reason}")
            checked.append(str(address))
        if not checked:
            raise FetchError(f"{host} is not known: it has no address")
        return checked

    def _resolved(self, host: str) -> Sequence[str]:
        """What the resolver says, within the time that is left: the system's takes no time limit of its own."""
        answers: queue.Queue[Sequence[str] | Exception] = queue.Queue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left())
        except queue.Empty:
            raise TimedOut(f"looking up {host} took too long") from None
        if isinstance(answer, Exception):
            raise FetchError(f"{host} is not known: it has no address") from answer
        return answer


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline, so that a trickle of bytes does not go on for ever."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
