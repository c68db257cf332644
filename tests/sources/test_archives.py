"""Zip, tar and compressed files: read as streams, never extracted, never further than their caps."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import subprocess
import sys
import tarfile
import textwrap
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.sources import Article, SourceProblem, read_source
from readout.sources.containers import SPARE_BYTES, Allowance, is_hidden, shown

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
LINES = "".join(json.dumps({"id": str(n), "text": PROSE}) + "\n" for n in range(3)).encode()
RSS = f"<rss version='2.0'><channel><title>N</title><item><description>{PROSE}</description></item></channel></rss>"


def read(data, name="news"):
    return list(read_source(data, name))


def zipped(members, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def tarred(members, mode="w"):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name) if not isinstance(data, tarfile.TarInfo) else data
            if isinstance(data, bytes):
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            else:
                archive.addfile(info)
    return held.getvalue()


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


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "/etc/evil.txt",
        "C:\\evil.txt",
        "..\\evil.txt",
        "CON",
        "a/../../b",
        "x" * 5000,
        "line\nbreak",
        "\u202egpj.exe",
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_go_nowhere(name, pack, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.parent.rglob("*"))
    found = read(pack({name: PROSE.encode(), name.lower(): PROSE.encode()}))
    assert all(isinstance(item, Article) for item in found)
    assert found
    assert all(len(item.name) < 400 and item.name.isprintable() for item in found)
    assert sorted(tmp_path.parent.rglob("*")) == before


def special(kind, **fields):
    info = tarfile.TarInfo("x")
    info.type = kind
    for key, value in fields.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    ("kind", "fields", "word"),
    [
        (tarfile.SYMTYPE, {"linkname": "/etc/passwd"}, "link"),
        (tarfile.LNKTYPE, {"linkname": "b/one.txt"}, "link"),
        (tarfile.CHRTYPE, {"devmajor": 1, "devminor": 5}, "device"),
        (tarfile.BLKTYPE, {}, "device"),
        (tarfile.FIFOTYPE, {}, "pipe"),
    ],
)
def test_links_and_devices_are_named(kind, fields, word):
    found = read(tarred({"b/one.txt": PROSE.encode(), "x": special(kind, **fields), "z.txt": PROSE.encode()}))
    assert [type(item) for item in found] == [Article, SourceProblem, Article]
    assert found[1].name == "news: x"
    assert word in found[1].message


def test_a_zip_with_a_link_and_a_secret():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.txt", PROSE)
        archive.writestr("open.txt", PROSE)
    data = bytearray(held.getvalue())
    at = data.rfind(b"secret.txt") - 46
    data[at + 8] |= 1
    found = read(bytes(data))
    assert [type(item) for item in found] == [SourceProblem, SourceProblem, Article]
    assert "link" in found[0].message
    assert "encrypted" in found[1].message


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


def bomb(size):
    packer = zlib.compressobj(9, wbits=31)
    block = b"a" * 1_000_000
    return b"".join([packer.compress(block) for _ in range(size // 1_000_000)] + [packer.flush()])


MEASURED = textwrap.dedent(
    """
    import resource, sys, time
    from pathlib import Path
    from readout.sources import read_source
    from readout.sources.language import check_language
    check_language("a" * 300)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = list(read_source(Path(sys.argv[1]), "bomb"))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(grown, round(time.monotonic() - begun), len(found), "|".join(getattr(item, "message", "") for item in found))
    """
)


def measured(path):
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    grown, seconds, count, messages = done.stdout.strip().split(" ", 3)
    return int(grown), int(seconds), int(count), messages


@pytest.mark.parametrize(
    "kind", ["gz", "jsonl.gz", "zip", "tar.gz", "bz2", "xz", "gz.gz", "warc.gz", "zip of many", "tar header"]
)
def test_bombs_are_cut_and_memory_is_bounded(kind, tmp_path):
    """A gigabyte out of a megabyte, and less for what packs better still."""
    raw = 1_000_000_000
    block = b"a" * 1_000_000
    if kind == "zip":
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.jsonl", "w") as member:
            member.write(b'{"text": "a"}\n{"text": "')
            for _ in range(raw // len(block)):
                member.write(block)
        data = data.getvalue()
    elif kind == "zip of many":
        data = zipped({f"{n}.txt": b'{"text": "a"}\n' + block * 20 for n in range(40)})
    elif kind == "bz2":
        data = bz2.compress(block * 300)
    elif kind == "xz":
        data = lzma.compress(b'{"text": "a"}\n' + block * 300)
    elif kind == "gz.gz":
        data = gzip.compress(bomb(raw))
    elif kind == "warc.gz":
        data = gzip.compress(b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\n") + bomb(raw)
    elif kind in ("tar.gz", "tar header"):
        info = tarfile.TarInfo("x.jsonl")
        info.size = raw
        info.type = tarfile.XHDTYPE if kind == "tar header" else tarfile.REGTYPE
        data = gzip.compress(info.tobuf(tarfile.USTAR_FORMAT)) + bomb(raw)
    elif kind == "jsonl.gz":
        data = gzip.compress(b'{"text": "a"}\n{"text": "') + bomb(raw)
    else:
        data = bomb(raw)
    path = tmp_path / "bomb"
    path.write_bytes(data)
    grown, seconds, count, messages = measured(path)
    assert grown < 120, f"{grown} MB more"
    assert seconds < 15
    assert 0 < count <= 90
    assert any(
        word in messages
        for word in ("far more than its size", "larger than", "more than a megabyte", "length is wrong")
    )


def test_a_zip_with_a_huge_list_is_refused_unread():
    """The end of a zip says how long its list is; 30 MB of it here."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", PROSE)
    data = bytearray(held.getvalue())
    at = data.rfind(b"PK\x05\x06")
    data[at:at] = b"PK\x01\x02" + b"\0" * 30_000_000
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (30_000_000).to_bytes(4, "little")
    (problem,) = read(bytes(data))
    assert "list of members" in problem.message


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


def test_shown():
    assert shown("a\x00b\u202ec\ud800") == "a\ufffdb\ufffdc\ufffd"


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
