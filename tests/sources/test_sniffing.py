"""What a file holds is told from its first bytes in time that grows with them, whatever they are."""

from __future__ import annotations

import time

import pytest

from readout.errors import SourceError
from readout.sources.html import is_html
from readout.sources.reading import CONTAINERS, FORMATS
from readout.sources.roots import root_tag
from readout.sources.xml import parse_xml

SNIFFS = [(name, sniff) for name, sniff, _ in (*FORMATS, *CONTAINERS)]
PIECES = [
    b"<!---->", b"<!--", b"-->", b"<?x?>", b"<?", b"<!", b"<!DOCTYPE ", b"<!DOCTYPE a>", b"<!DOCTYPE [", b"]", b"<", b">", b"<a", b"<a:",
    b"<a ", b"<p>", b"< ", b" ", b"\n", b"\t\n", b"{", b'{"', b'{"a":', b"[", b"[{", b'"version":', b'"version"   ', b"\0", b"\x1f\x8b\x08",
    b"\xef\xbb\xbf", b"\xff\xfe", b"WARC/1.0\n", b"PK\x03\x04", b"a", b"a=", b"'", b"<rss", b"<html", b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
]  # fmt: skip


@pytest.mark.parametrize(("name", "sniff"), SNIFFS, ids=[name for name, _ in SNIFFS])
def test_sniffing_takes_no_longer_than_it_should(name, sniff):
    for piece in PIECES:
        for start in (b"", b"<", b"{", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"):
            head = (start + piece * (65_536 // len(piece)))[:65_536]
            begun = time.perf_counter()
            sniff(head)
            assert time.perf_counter() - begun < 0.5, f"{name}: {start!r} {piece!r}"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<!doctype html><p>", True),
        (b"<!-- a --><!-- b -->\n<HTML lang=en>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'>", True),
        (b"\xef\xbb\xbf<html>", True),
        ("\ufeff<html>".encode("utf-16-le"), True),
        (b"<div><p>a</p></div>", True),
        (b"<!-- <html> -->", False),
        (b"<note>a</note>", False),
        (b"htm <html>", False),
    ],
)
def test_pages(head, expected):
    assert is_html(head) is expected


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b"<a b='c'>", ("a", " b='c'")),
        (b"<n:a-1.x/>", ("a-1.x", "/")),
        ("<?xml version='1.0' encoding='utf-16'?><a>".encode("utf-16"), ("a", "")),
        (b"<!DOCTYPE a [<!ELEMENT a (b)>]> <!-- x --><a>", ("a", "")),
        (b"<1>", None),
        (b"<!-- <a>", None),
        (b"a<a>", None),
        (b"", None),
    ],
)
def test_roots(head, root):
    assert root_tag(head) == root


NESTED = '<!DOCTYPE a [<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n + 1} "{f"&x{n};" * 10}">' for n in range(12)) + "]>"


@pytest.mark.parametrize(
    "document",
    [
        "", "<a>", "<a></b>", "no tag", "<a>&unknown;</a>", f"{NESTED}<a>&x12;</a>", f'{NESTED}<a b="&x12;"/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]><a/>',
        "<a>" * 100_000, "<a>" * 300 + "</a>" * 300,
    ],
    ids=lambda document: document[:30],
)  # fmt: skip
def test_xml_that_is_refused(document):
    begun = time.perf_counter()
    with pytest.raises(SourceError):
        parse_xml(document.encode())
    assert time.perf_counter() - begun < 1


def test_xml_that_is_read():
    root = parse_xml(
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a><!-- c --><b>x</b><?p i?></a>'
    )
    assert [child.tag for child in root] == ["b"]
