"""Crawls: whole ones, and ones with every kind of damage."""

from __future__ import annotations

import bz2
import gzip
import json
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.sources import Article, SourceProblem, read_source

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)


def answer(body, *headers, status="200 OK", kind="text/plain"):
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers])
    return head.encode() + b"\r\n\r\n" + body


def record(letter, block=None, *, length=None, kind="response", content="application/http; msgtype=response"):
    block = answer(f"{letter} {PROSE}".encode()) if block is None else block
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{letter * 8}>\r\nWARC-Date: 2024-09-16T10:00:00Z\r\n"
        f"WARC-Target-URI: https://nordpost.example/{letter}\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


RECORDS = [record(letter) for letter in "abcde"]


def packed(records):
    return b"".join(gzip.compress(item) for item in records)


def read(data):
    return list(read_source(data, "crawl"))


def traced(source):
    """What is found, and the most memory that it took at once, in bytes."""
    tracemalloc.start()
    try:
        return list(read_source(source, "crawl")), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def letters(found):
    return "".join(item.text[0] for item in found if isinstance(item, Article))


def problems(found):
    return [item.message for item in found if isinstance(item, SourceProblem)]


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


A, B, C, D, E = RECORDS


@pytest.mark.parametrize(
    ("data", "left", "count"),
    [
        (A + record("x", length=150) + C, "ac", 1),
        (A + record("x", length=900) + C + D, "acd", 1),
        (A + record("x", length=10**14) + C + D, "acd", 1),
        (A + record("x", length="many") + C, "ac", 1),
        (A + b"garbage\r\n" * 9 + C, "ac", 1),
        (A + B + b"\x00\xff" * 40_000, "ab", 1),
        (A + B + C[:-60], "ab", 1),
        (A + B[:200] + C, "ac", 1),
        (A + B.replace(b"response\r\nWARC-R", b"riddle\r\nWARC-R") + C, "ac", 1),
        (A + b"WARC/1.0\r\nno end" + b"x" * 100_000, "a", 1),
        (packed([A, B]) + packed([C])[:50] + packed([D, E]), "abde", 1),
        (packed([A, B]) + b"rubbish" * 999 + packed([D, E]), "abde", 1),
        (packed([A, B]) + b"rubbish" * 999, "ab", 1),
        (packed([A, B, C])[:-30], "ab", 1),
        (packed([A, record("x", length=900), C, D]), "acd", 1),
        (packed([A]) + b"\0" * 5000 + packed([C]), "ac", 0),
        (gzip.compress(b"".join(RECORDS))[:-20], "abcd", 1),
    ],
)
def test_damage_costs_itself(data, left, count):
    found = read(data)
    assert letters(found) == left
    assert len(problems(found)) == count
    assert all("at byte" in problem or "unknown type" in problem for problem in problems(found))


def test_the_byte_is_right():
    (found,) = problems(read(A + B + b"garbage here" + C))
    assert found.startswith(f"at byte {len(A + B)}:")
    (found,) = problems(read(packed([A, B]) + packed([C])[:50] + packed([D])))
    assert found.startswith(f"at byte {len(packed([A, B]))}:")


def damaged(records, which, data):
    """Damage within one record: what comes before and after it must survive."""
    target = records[which]
    # The first bytes say what the file is.
    at = data.draw(st.integers(0 if which else 20, len(target) - 1))
    gone = data.draw(st.integers(0, len(target) - at))
    new = data.draw(st.binary(max_size=60))
    return b"".join(records[:which]) + target[:at] + new + target[at + gone :] + b"".join(records[which + 1 :])


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 4), st.data())
def test_any_damage_within_a_plain_record(which, data):
    found = letters(read(damaged(RECORDS, which, data)))
    for place, letter in enumerate("abcde"):
        assert place == which or letter in found


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 4), st.data())
def test_any_damage_within_a_packed_record(which, data):
    found = letters(read(damaged([gzip.compress(item) for item in RECORDS], which, data)))
    for place, letter in enumerate("abcde"):
        assert place == which or letter in found


def test_memory_does_not_grow_with_the_archive(tmp_path):
    page = f"<html><body>{'<p>words of no matter</p>' * 40_000}</body></html>".encode()
    film = record("f", answer(b"\0" * 90_000_000, kind="video/mp4"))
    path = tmp_path / "long.warc.gz"
    with path.open("wb") as file:
        for _ in range(120):
            file.write(gzip.compress(record("p", answer(page, kind="image/svg+xml")), 1))
        file.write(gzip.compress(film, 1))
        file.write(gzip.compress(A))
    found, peak = traced(path)
    assert letters(found) == "a"
    assert problems(found) == []
    assert peak < 20_000_000


def test_an_archive_of_nothing_to_read():
    assert problems(read(record("n", answer(b"\x89PNG", kind="image/png")))) == [
        "there is no page, text or feed in this archive"
    ]


def test_arc_is_named():
    (found,) = read(b"filedesc://x.arc 0.0.0.0 20040101000000 text/plain 76\n1 0 InternetArchive\n")
    assert "ARC" in found.message
