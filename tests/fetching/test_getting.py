"""Answers of a real server: kind and broken ones."""

from __future__ import annotations

import email.utils
import gzip
import time
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.errors import Disallowed, FetchError
from readout.fetching import Limits, RobotsCache, Validators, fetch
from readout.fetching.addresses import target_of
from readout.fetching.getting import USER_AGENT, retry_seconds

TEXT = b"The envoy of Nordland left Osthavn on Monday. " * 20
SHORT = Limits(connect=1, read=0.5, total=1.5, body=1_000_000)


def get(url, **options):
    return fetch(url, **{"allow_private": True, "limits": SHORT, **options})


def test_an_answer(site):
    headers = {
        "Content-Type": 'Text/HTML; Charset="ISO-8859-1"',
        "ETag": '"a1"',
        "Last-Modified": "Mon, 16 Sep 2024 10:00:00 GMT",
    }
    site.pages["/a?b=c&d=%C3%A9"] = (200, headers, "Grüße aus Osthavn".encode("latin-1"))
    found = get(site.url("/a?b=c&d=é#part"))
    assert (found.status, found.body.decode(), found.media_type, found.charset) == (
        200,
        "Grüße aus Osthavn",
        "text/html",
        "iso-8859-1",
    )
    assert found.url == site.url("/a?b=c&d=%C3%A9")
    assert found.validators == Validators('"a1"', "Mon, 16 Sep 2024 10:00:00 GMT")
    asked = site.log[0][1]
    assert asked["User-Agent"] == USER_AGENT
    assert asked["Host"] == f"127.0.0.1:{site.port}"
    assert "If-None-Match" not in asked


def test_nothing_new(site):
    site.pages["/"] = lambda handler: (
        (304, {"ETag": '"a1"'}, b"") if handler.headers["If-None-Match"] == '"a1"' else (200, {}, TEXT)
    )
    assert get(site.url()).status == 200
    found = get(site.url(), state=Validators('"a1"', "Mon, 16 Sep 2024 10:00:00 GMT"))
    assert (found.status, found.body) == (304, b"")
    assert site.log[1][1]["If-Modified-Since"] == "Mon, 16 Sep 2024 10:00:00 GMT"


def test_validators_cannot_add_headers(site):
    site.pages["/"] = (200, {}, TEXT)
    get(site.url(), state=Validators("a\r\nX-Evil: 1", "b\nc"))
    assert not {"X-Evil", "If-None-Match", "If-Modified-Since"} & set(site.log[0][1])


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(TEXT), "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (brotli.compress(TEXT), "br"),
        (TEXT, "gzip"),
        (TEXT, "identity"),
    ],
)
def test_codings(site, body, coding):
    site.pages["/"] = (200, {"Content-Encoding": coding}, body)
    assert get(site.url()).body == TEXT


def test_chunks(site):
    def page(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for at in range(0, len(TEXT), 100):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(TEXT[at : at + 100]), TEXT[at : at + 100]))
        handler.wfile.write(b"0\r\n\r\n")

    site.pages["/"] = page
    assert get(site.url()).body == TEXT


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_broken_codings(site, coding):
    site.pages["/"] = (200, {"Content-Encoding": coding}, b"\x1f\x8b\x08 and no more")
    with pytest.raises(FetchError):
        get(site.url())


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 999999 x\r\n\r\n",
        b"\x16\x03\x01",
    ],
)
def test_broken_answers(site, sent):
    def page(handler):
        handler.wfile.write(sent)

    site.pages["/"] = page
    with pytest.raises(FetchError):
        get(site.url())


def test_nobody_there(site):
    site.close()
    with pytest.raises(FetchError):
        get(site.url())
    site.server.server_close()


@pytest.mark.parametrize(
    ("statuses", "moved"), [((301, 308), True), ((301, 302), "first"), ((302, 301), False), ((307,), False)]
)
def test_redirects(site, statuses, moved):
    for number, status in enumerate(statuses):
        site.pages[f"/{number}"] = (status, {"Location": f"/{number + 1}"}, b"")
    site.pages[f"/{len(statuses)}"] = (200, {}, TEXT)
    found = get(site.url("/0"))
    assert (found.status, found.body, found.url) == (200, TEXT, site.url(f"/{len(statuses)}"))
    assert found.moved_to == (found.url if moved is True else site.url("/1") if moved else None)


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_other_statuses_are_answers(site, status):
    site.pages["/"] = (status, {"Retry-After": "120"}, TEXT)
    found = get(site.url())
    assert (found.status, found.body, found.retry_after) == (status, b"", 120.0)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        (None, None),
        ("soon", None),
        ("-5", None),
        ("9" * 50, None),
        ("Mon, 99 Sep 2024 10:00:00 GMT", None),
    ],
)
def test_retry_after(header, seconds):
    assert retry_seconds(header, 1_000_000.0) == seconds


def test_retry_after_a_date():
    assert retry_seconds(email.utils.formatdate(1_000_300, usegmt=True), 1_000_000.0) == 300.0
    assert retry_seconds(email.utils.formatdate(999_000, usegmt=True), 1_000_000.0) == 0.0


@given(st.text(max_size=40))
def test_any_retry_after(header):
    assert (retry_seconds(header, 1e9) or 0) >= 0


def robots(now=lambda: 0.0):
    return RobotsCache(get, now)


def test_robots(site):
    rules = (
        b"User-agent: *\nDisallow: /all\nCrawl-delay: 7\n\nUser-agent: readout\nDisallow: /private\nCrawl-delay: 3\n"
    )
    site.pages |= {"/robots.txt": (200, {}, rules), "/open": (200, {}, TEXT), "/all": (200, {}, TEXT)}
    cache = robots()
    assert get(site.url("/open"), permitted=cache.check).body == TEXT
    assert get(site.url("/all"), permitted=cache.check).body == TEXT
    with pytest.raises(Disallowed):
        get(site.url("/private/a"), permitted=cache.check)
    assert site.paths() == ["/robots.txt", "/open", "/all"]
    assert cache.delay(site.url("/x")) == 3.0
    assert [cache.delay(url) for url in ("http://nordpost.example/", "no address")] == [0.0, 0.0]


def test_robots_are_asked_after_a_redirect_too(site, other_site):
    other_site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    site.pages["/"] = (302, {"Location": other_site.url("/page")}, b"")
    with pytest.raises(Disallowed):
        get(site.url(), permitted=robots().check)
    assert other_site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (503, False)])
def test_robots_that_cannot_be_had(site, status, allowed):
    site.pages |= {"/robots.txt": (status, {}, b"User-agent: *\nDisallow: /"), "/": (200, {}, TEXT)}
    if allowed:
        assert get(site.url(), permitted=robots().check).body == TEXT
    else:
        with pytest.raises(Disallowed):
            get(site.url(), permitted=robots().check)


def test_robots_are_kept_for_a_day(site):
    moment = [0.0]
    site.pages["/robots.txt"] = (500, {}, b"")
    cache = robots(lambda: moment[0])
    target = target_of(site.url("/x"), allow_private=True)
    for now, asked in [(0, 1), (599, 1), (601, 2)]:
        moment[0] = now
        with pytest.raises(Disallowed):
            cache.check(target)
        assert len(site.log) == asked
    site.pages["/robots.txt"] = (404, {}, b"")
    for now, asked in [(1300, 3), (80_000, 3), (90_000, 4)]:
        moment[0] = now
        cache.check(target)
        assert len(site.log) == asked


def test_robots_that_are_huge(site):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /a\n" + b"Allow: /" + b"*a" * 200_000)
    begun = time.monotonic()
    with pytest.raises(Disallowed):
        robots().check(target_of(site.url("/a"), allow_private=True))
    assert time.monotonic() - begun < 2
