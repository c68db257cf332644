"""A server answers slowly, without end, or with huge headers, to hold up the run.

Promised: a fetch ends within its limits, whatever the server sends and when: seconds to connect, to wait for the next bytes and in all
(10, 15 and 60), bytes of the body as sent and as unpacked (20 MB each), headers (100 kB), redirects (5), and looking a name up as well. The
feed that was asked is marked as failed, asked more seldom, and the run goes on with the others.
Not promised: that a slow server costs nothing: each of its answers may take as long as the limits say.
"""

from __future__ import annotations

import threading
import time
from functools import partial

import httpcore
import pytest

from readout.errors import AnswerTooLarge, FetchError, TimedOut
from readout.fetching import Limits, PollLimits, fetch, watch
from readout.sources.opml import FeedEntry

SHORT = Limits(connect=1, read=0.5, total=1.2, body=1_000_000)
PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
GOOD = f"<rss version='2.0'><channel><title>N</title><item><guid>1</guid><description>{PROSE}</description></item></channel></rss>"
get = partial(fetch, allow_private=True, limits=SHORT)


def trickle(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    _slowly(handler, b"a" * 200)


def trickled_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    _slowly(handler, b"X-A: b\r\n" * 50)


def silence(handler):
    handler.server.over.wait(5)


def _slowly(handler, data):
    for byte in data:
        try:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
        except OSError:
            return
        handler.server.over.wait(0.05)


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    _until_hung_up(handler, b"a" * 65_536)


def endless_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    _until_hung_up(handler, b"X-Header: " + b"a" * 1000 + b"\r\n")


def one_endless_header(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Header: ")
    _until_hung_up(handler, b"a" * 65_536)


def endless_chunks(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    _until_hung_up(handler, b"8\r\naaaaaaaa\r\n" * 1000)


def _until_hung_up(handler, data):
    try:
        while not handler.server.over.is_set():
            handler.wfile.write(data)
    except OSError:
        pass


def around(handler):
    return 302, {"Location": "/around"}, b""


#: What a server does, and which error says so.
ANSWERS = {
    "trickle": (trickle, TimedOut), "trickled headers": (trickled_headers, TimedOut), "silence": (silence, TimedOut),
    "endless": (endless, AnswerTooLarge), "endless chunks": (endless_chunks, FetchError), "endless headers": (endless_headers, FetchError),
    "one endless header": (one_endless_header, FetchError), "around": (around, FetchError),
}  # fmt: skip


@pytest.fixture
def hostile(site):
    """A server with a page for each."""
    site.server.over = threading.Event()
    site.pages |= {f"/{name.replace(' ', '-')}": page for name, (page, _) in ANSWERS.items()}
    yield site
    site.server.over.set()


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_ends_within_its_limits(hostile, name, figure):
    begun = time.monotonic()
    with pytest.raises(ANSWERS[name][1]):
        get(hostile.url(f"/{name.replace(' ', '-')}"))
    took = time.monotonic() - begun
    assert took < 2.2
    figure(1, "answers cut off")
    figure(round(took * 1000), "ms at most, of 1,200 allowed", most=True)


def test_the_usual_limits_are_as_promised():
    limits = Limits()
    assert (limits.connect, limits.read, limits.total, limits.body, limits.redirects) == (10, 15, 60, 20_000_000, 5)


def test_the_redirects_are_counted():
    answer = httpcore.MockStream
    network = _Answering([b"HTTP/1.1 301 Moved\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"] * 20, answer)
    with pytest.raises(FetchError, match="more than 3 times"):
        fetch("http://93.184.215.14/", network=network, limits=Limits(redirects=3))
    assert network.connections == 4


class _Answering(httpcore.NetworkBackend):
    """Connects to nothing, and answers."""

    def __init__(self, answers, stream):
        self.connections, self.answers, self.stream = 0, answers, stream

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connections += 1
        return self.stream([self.answers.pop(0)])


def test_a_resolver_that_hangs_is_not_waited_for():
    never = threading.Event()
    with pytest.raises(FetchError, match="took too long"):
        fetch("http://public.example/", resolver=lambda _: never.wait(5) or [], limits=Limits(total=0.2))
    never.set()


class Memory:
    """A store in memory."""

    def __init__(self):
        self.outcomes, self.articles = {}, []

    def load_states(self):
        return {}

    def save(self, outcome, state, articles, problems):
        self.outcomes[state.feed] = outcome
        self.articles += articles


def test_the_run_goes_on(hostile, figure):
    hostile.pages["/good"] = (200, {}, GOOD.encode())
    bad = [hostile.url(f"/{name.replace(' ', '-')}") for name in ANSWERS]
    store = Memory()
    urls = [FeedEntry(url) for url in (*bad, hostile.url("/good"))]
    list(
        watch(
            urls, store, lambda url, state: get(url, state=state), once=True, pause=lambda _: 0.0, limits=PollLimits()
        )
    )
    assert {outcome.kind for url, outcome in store.outcomes.items() if url in bad} == {"failed"}
    assert all(outcome.error for url, outcome in store.outcomes.items() if url in bad)
    assert [article.text for article in store.articles] == [PROSE]
    figure(len(bad), "bad feeds beside a good one, which was read")
