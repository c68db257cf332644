"""Sending: a real server takes what is sent, and no address that must not be reached is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from readout.errors import FetchError, Refused, TimedOut
from readout.fetching import Limits
from readout.fetching.posting import post, sign


class Taker:
    """A server that takes what is posted."""

    def __init__(self) -> None:
        taken: list[tuple[str, dict[str, str], bytes]] = []
        self.taken, self.status, self.hang = taken, 200, threading.Event()
        taker = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                taken.append((self.path, dict(self.headers), body))
                if taker.status == 0:
                    taker.hang.wait(5)
                    return
                self.send_response(taker.status)
                if taker.status in (301, 307):
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"x" * 1_000_000)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def url(self, path: str = "/hook?a=1") -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"


@pytest.fixture
def taker() -> Iterator[Taker]:
    made = Taker()
    yield made
    made.hang.set()
    made.server.shutdown()
    made.server.server_close()


def test_what_is_sent_comes_as_it_is(taker: Taker) -> None:
    assert post(taker.url(), b'{"a":1}', {"X-Readout-Signature": "sha256=0"}, allow_private=True) == 200
    ((path, headers, body),) = taker.taken
    assert (path, body) == ("/hook?a=1", b'{"a":1}')
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Readout-Signature"] == "sha256=0"
    assert headers["User-Agent"].startswith("Readout/")


@pytest.mark.parametrize("status", [301, 307, 404, 500])
def test_a_status_is_given_and_no_redirect_followed(taker: Taker, status: int) -> None:
    taker.status = status
    assert post(taker.url(), b"{}", {}, allow_private=True) == status
    assert len(taker.taken) == 1


def test_what_never_answers_is_left(taker: Taker) -> None:
    taker.status = 0
    with pytest.raises(TimedOut):
        post(taker.url(), b"{}", {}, allow_private=True, limits=Limits(read=0.3, total=0.5))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/x", "http://10.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/", "http://0x7f000001/",
     "http://[::ffff:10.0.0.1]/", "file:///etc/passwd", "http://u:p@news.example/", "gopher://news.example/", "http://news.example:25/"],
)  # fmt: skip
def test_nothing_is_sent_into_this_network(url: str) -> None:
    def nobody(host: str) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(Refused):
        post(url, b"{}", {}, resolver=nobody)


def test_a_name_that_leads_into_this_network_is_refused(taker: Taker) -> None:
    with pytest.raises(Refused):
        post("http://news.example/", b"{}", {}, resolver=lambda host: ["127.0.0.1"])
    with pytest.raises(FetchError):
        post("http://news.example/", b"{}", {}, resolver=lambda host: [])
    assert taker.taken == []


def test_a_signature_is_of_the_moment_and_the_body() -> None:
    made = sign("k" * 16, "2025-03-12T09:00:00Z", b"{}")
    assert made.startswith("sha256=")
    assert len(made) == 7 + 64
    assert (
        len({made, sign("k" * 16, "2025-03-12T09:00:01Z", b"{}"), sign("l" * 16, "2025-03-12T09:00:00Z", b"{}")}) == 3
    )
