"""Crawls: whole ones, and bodies in every coding, whole and broken."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
import zlib

import brotli
import pytest
from crawls import PROSE, RECORDS, answer, letters, packed, problems, record

from readout.sources import read_source


def read(data):
    return list(read_source(data, "crawl"))


def traced(source):
    """What is found, and the most memory that it took at once, in bytes."""
    tracemalloc.start()
    try:
        return list(read_source(source, "crawl")), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "data", [b"".join(RECORDS), packed(RECORDS), gzip.compress(b"".join(RECORDS)), bz2.compress(b"".join(RECORDS))]
)
def test_whole_archives(data):
    found = read(data)
    assert letters(found) == "abcde"
    assert problems(found) == []
    first = found[0]
    assert (first.name, first.url) == ("crawl: https://nordpost.example/a", "https://nordpost.example/a")
    assert (first.published, first.source_id) == (None, None)


def test_what_is_read_and_what_is_passed_over():
    page = f"<html><body><article><h1>Talks</h1>{f'<p>{PROSE}</p>' * 3}</article></body></html>"
    feed = f"<rss version='2.0'><channel><title>N</title><item><link>https://x.example/1</link><description>{PROSE}</description></item></channel></rss>"
    line = json.dumps({"text": PROSE}).encode()
    found = read(
        record("i", b"software: x\r\n", kind="warcinfo", content="application/warc-fields")
        + record("q", b"GET / HTTP/1.1\r\n\r\n", kind="request", content="application/http; msgtype=request")
        + record("h", answer(page.encode(), kind="text/html; charset=utf-8"))
        + record("f", answer(feed.encode(), kind="application/rss+xml"))
        + record("j", answer(line, kind="application/json"))
        + record("r", PROSE.encode(), kind="resource", content="text/plain")
        + record("w", PROSE.encode(), kind="conversion", content="text/plain")
        + record("n", answer(b"\x89PNG", kind="image/png"))
        + record("s", answer(b"a {}", kind="text/css"))
        + record("4", answer(PROSE.encode(), status="404 Not Found"))
        + record("d", b"nordpost.example. 1 IN A 1.2.3.4", content="text/dns")
    )
    assert problems(found) == []
    assert [item.name.rpartition("/")[2] for item in found] == ["h", "f item 1", "j line 1", "r", "w"]
    assert [item.url for item in found] == [
        "https://nordpost.example/h", "https://x.example/1", None, "https://nordpost.example/r", "https://nordpost.example/w",
    ]  # fmt: skip


def chunks(data, size=50):
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


TEXT = PROSE.encode()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(TEXT), ["Content-Encoding: gzip"]),
        (gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:]), ["content-encoding: x-gzip"]),
        (zlib.compress(TEXT), ["Content-Encoding: deflate"]),
        (raw_deflate(TEXT), ["Content-Encoding: deflate"]),
        (brotli.compress(TEXT), ["Content-Encoding: br"]),
        (chunks(TEXT), ["Transfer-Encoding: chunked"]),
        (chunks(gzip.compress(TEXT)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
        (gzip.compress(brotli.compress(TEXT)), ["Content-Encoding: br, gzip"]),
        (TEXT, ["Content-Encoding: gzip"]),
        (TEXT, ["Transfer-Encoding: chunked"]),
        (TEXT, ["Content-Encoding: identity"]),
    ],
)
def test_codings(body, headers):
    found = read(record("a", answer(body, *headers)))
    assert [getattr(item, "text", item) for item in found] == [PROSE]


@pytest.mark.parametrize(
    ("body", "headers", "word"),
    [
        (gzip.compress(TEXT)[:-20], ["Content-Encoding: gzip"], "broken"),
        (brotli.compress(TEXT)[:-5], ["Content-Encoding: br"], "broken"),
        (TEXT, ["Content-Encoding: zstd"], "coding that is not read"),
        (gzip.compress(b"a" * 200_000_000, 9), ["Content-Encoding: gzip"], "larger|far more"),
        (brotli.compress(b"a" * 200_000_000), ["Content-Encoding: br"], "larger|far more"),
        (b"ffffffffffffff\r\nabc", ["Transfer-Encoding: chunked"], None),
    ],
)
def test_bad_codings_cost_their_record(body, headers, word):
    found, peak = traced(RECORDS[0] + record("x", answer(body, *headers)) + RECORDS[1])
    assert peak < 50_000_000
    assert letters([found[0], found[-1]]) == "ab"
    if word:
        assert any(part in problems(found)[0] for part in word.split("|"))


def test_a_charset_in_the_header_is_heeded():
    body = ("Größe und Übung. " + PROSE).encode("iso-8859-15")
    (article,) = read(record("a", answer(body, kind="text/plain; charset=ISO-8859-15")))
    assert article.text.startswith("Größe und Übung")


def test_an_archive_of_nothing_to_read():
    assert problems(read(record("n", answer(b"\x89PNG", kind="image/png")))) == [
        "there is no page, text or feed in this archive"
    ]


def test_arc_is_named():
    (found,) = read(b"filedesc://x.arc 0.0.0.0 20040101000000 text/plain 76\n1 0 InternetArchive\n")
    assert "ARC" in found.message
