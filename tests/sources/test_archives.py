"""Zip, tar and compressed files: read as streams, never extracted, never further than their caps."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import tarred, zipped

from readout.sources import Article, SourceProblem, read_source
from readout.sources.containers import SPARE_BYTES, Allowance, is_hidden

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
LINES = "".join(json.dumps({"id": str(n), "text": PROSE}) + "\n" for n in range(3)).encode()
RSS = f"<rss version='2.0'><channel><title>N</title><item><description>{PROSE}</description></item></channel></rss>"


def read(data, name="news"):
    return list(read_source(data, name))


MEMBERS = {"b/one.txt": PROSE.encode(), "a/feed": RSS.encode(), "lines.json": LINES}
NAMES = ["news: b/one.txt", "news: a/feed item 1", *(f"news: lines.json line {n}" for n in (1, 2, 3))]


@pytest.mark.parametrize(
    "data",
    [
        zipped(MEMBERS),
        zipped(MEMBERS, zipfile.ZIP_STORED),
        zipped(MEMBERS, zipfile.ZIP_BZIP2),
        zipped(MEMBERS, zipfile.ZIP_LZMA),
        tarred(MEMBERS),
        tarred(MEMBERS, "w:gz"),
        tarred(MEMBERS, "w:bz2"),
        tarred(MEMBERS, "w:xz"),
        gzip.compress(zipped(MEMBERS)),
    ],
)
def test_archives(data):
    found = read(data)
    assert [item.name for item in found] == NAMES
    assert all(isinstance(item, Article) and PROSE in item.text for item in found)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_single_files(pack):
    assert [item.name for item in read(pack(LINES))] == ["news line 1", "news line 2", "news line 3"]
    two = pack(LINES) + pack(LINES)
    assert len(read(two)) == 6
    assert len(read(two + b"\0" * 2000)) == 6
    tail = read(two + b"something else")
    assert [type(item) for item in tail] == [Article] * 6 + [SourceProblem]
    (text,) = read(pack(PROSE.encode()))
    assert text.text == PROSE


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_broken_files_give_what_comes_before(pack):
    lines = b"".join(
        json.dumps({"id": str(n), "text": f"{n} {PROSE} {random.Random(n).randbytes(40).hex()}"}).encode() + b"\n"
        for n in range(4000)
    )
    packed = pack(lines)
    found = read(packed[: len(packed) * 3 // 4])
    articles = [item for item in found if isinstance(item, Article)]
    assert isinstance(found[-1], SourceProblem)
    assert "broken" in found[-1].message
    if pack is not lzma.compress or articles:
        assert 1000 < len(articles) < 4000 or pack is bz2.compress


def test_nested():
    inner = zipped({"x.txt": PROSE.encode()})
    assert [item.name for item in read(tarred({"in.zip": inner}, "w:gz"))] == ["news: in.zip: x.txt"]
    deep = PROSE.encode()
    for _ in range(6):
        deep = zipped({"z": deep})
    (found,) = read(deep)
    assert "deep in others" in found.message


def test_wacz_reads_its_warcs_alone():
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{PROSE}".encode()
    warc = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://nordpost.example/a\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(block)
    )
    pages = b'{"format": "json-pages-1.0", "text": "' + PROSE.encode() + b'"}\n'
    wacz = zipped(
        {
            "datapackage.json": b"{}",
            "pages/pages.jsonl": pages,
            "archive/data.warc.gz": gzip.compress(warc + block + b"\r\n\r\n"),
        }
    )
    (found,) = read(wacz)
    assert (found.name, found.url) == (
        "news: archive/data.warc.gz: https://nordpost.example/a",
        "https://nordpost.example/a",
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped({}), "there is no file in this archive"),
        (zipped({".hidden": PROSE.encode(), "__MACOSX/x": b"y"}), "there is no file in this archive"),
        (
            zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
            "an office document or e-book, not an archive of articles",
        ),
        (zipped(MEMBERS)[:-30], "a zip archive that is broken: File is not a zip file"),
    ],
)
def test_no_articles(data, message):
    (problem,) = read(data)
    assert problem.message == message


def test_a_broken_member_costs_itself():
    data = bytearray(
        zipped({"a.txt": PROSE.encode(), "b.txt": PROSE.encode() * 2, "c.txt": PROSE.encode()}, zipfile.ZIP_STORED)
    )
    data[data.find(PROSE.encode() * 2) + 7] ^= 0xFF
    found = read(bytes(data))
    assert [type(item) for item in found] == [Article, SourceProblem, Article]


def test_a_broken_tar_gives_what_comes_before():
    data = tarred({f"{n}.txt": PROSE.encode() for n in range(5)})
    for broken in (data[: 1024 * 3 + 700], data[: 1024 * 3] + b"\xff" * 512 + data[1024 * 3 + 512 :]):
        found = read(broken)
        assert [type(item) for item in found] == [Article] * 3 + [SourceProblem]
        assert "broken" in found[3].message


def test_many_members_are_counted():
    allowance = Allowance(left=10, members=1)
    allowance.member()
    with pytest.raises(Exception, match="more than"):
        allowance.member()
    assert Allowance.of(0).left == SPARE_BYTES


@pytest.mark.parametrize(
    ("name", "hidden"), [(".a", True), ("a/.b/c", True), ("../a", False), ("a\\.b", True), ("a.b", False)]
)
def test_hidden(name, hidden):
    assert is_hidden(name) is hidden


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["zip", "tar", "gz", "xz", "bz2", "tar.gz"]), st.data())
def test_any_damage_gives_articles_or_problems(kind, data):
    whole = {
        "zip": lambda: zipped(MEMBERS), "tar": lambda: tarred(MEMBERS), "tar.gz": lambda: tarred(MEMBERS, "w:gz"),
        "gz": lambda: gzip.compress(LINES), "xz": lambda: lzma.compress(LINES), "bz2": lambda: bz2.compress(LINES),
    }[kind]()  # fmt: skip
    at = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.binary(min_size=0, max_size=40))
    gone = data.draw(st.integers(0, 40))
    found = read(whole[:at] + damage + whole[at + gone :])
    assert found
    assert all(isinstance(item, Article | SourceProblem) for item in found)
