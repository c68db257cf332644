"""How formats are told from their first bytes; above all, that an ordinary article stays a text."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest

from readout.sources import FORMATS, Article, read_source

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
EXAMPLES = Path(__file__).parents[2] / "examples"

TEXTS = [
    PROSE,
    f"From: the mayor of Osthavn\n\n{PROSE}",
    f"From: Anna Berg\nTo: all desks\nSubject: the truce\nDate: Monday\n\n{PROSE}",
    f"From: Anna Berg, Osthavn\n{PROSE}",
    f"From Osthavn Mon Sep 16 the envoy went home.\n\n{PROSE}",
    f"From the desk Mon Sep 16 10:00:00 2024\n{PROSE}",
    f"# Envoy leaves\n\n{PROSE}",
    f"#osthavn #truce\n\n{PROSE}",
    f"# 1 in Osthavn: the truce\n\n{PROSE}",
    f"CORRECTED: **two** envoys\n\n{PROSE}\n\n*** more to come ***",
    f"Envoy leaves\n============\n\n{PROSE}",
    f"---\n{PROSE}\n---\n{PROSE}",
    f"---\nOSTHAVN: {PROSE}\n---\n",
    f"- one\n- two\n\n1. three\n\n> four\n\n{PROSE}",
    f"See [the map](page 3) and [1] and (2).\n\n{PROSE}",
    f"Text, body and soul\n\n{PROSE}",
    f"text\n{PROSE}",
    f"Title, date, place\n{PROSE}",
    f"Date: 16 September\n{PROSE}",
    f"story; article; date\n{PROSE}",
    f"title, text\n{PROSE.replace(',', '')}",
    f"Envoy, premier, ministers\n{PROSE}",
    f"ZCZC is how a wire begins.\n\n{PROSE}",
    f"NNNN\n\n{PROSE}",
    f"CWN0123 4 i 58\n\n{PROSE}",
    f"BC-Nordland-Truce, KILL\n\n{PROSE}",
    f"<nitf is the root of a format.\n\n{PROSE}",
    f"The root is <newsItem>.\n\n{PROSE}",
    f'{{"uri" is a key}}\n\n{PROSE}',
    f"Note: the talks\nPlace: Osthavn\nSource: ministry\n\n{PROSE}",
    f"OSTHAVN | Nordland | {PROSE}",
    f"a\tb\n{PROSE}",
]


def told(data: bytes) -> str:
    return next(name for name, sniff, _ in FORMATS if sniff(data))


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_texts(text):
    for written in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        assert told(written.encode()) == "text"
    (found,) = read_source(text.encode(), "input", keep_text=True)
    assert isinstance(found, Article)
    assert found.text == text
    assert found.status == "usable"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_examples_are_texts(path):
    assert told(path.read_bytes()) == "text"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'{"uri": "urn:1", "text": "a", "versioncreated": "2024-09-16"}', "jsonl"),
        (b'{"text": "a", "uri": {"pubstatus": 1}}', "jsonl"),
        (b'{"uri": "urn:1", "title": "a"}', "jsonl"),
        (b'{"a": {"uri": 1, "bodies": 2}, "text": "b"}', "jsonl"),
        (b'{"uri": "urn:1", "versionCreated": "2024-09-16"}', "ninjs"),
        (b'[{"uri": "urn:1", "body_text": "a \\" {", "x": [1]}, {"text": 1}]', "ninjs"),
        (b'\xef\xbb\xbf{"uri": "urn:1", "pubstatus": "canceled"}', "ninjs"),
        (b"<html><body><nitf/></body></html>", "html"),
        (b"<?xml version='1.0'?><nitf><body><p>a</p><p>b</p></body></nitf>", "nitf"),
        (b"<n:newsMessage xmlns:n='x'>", "newsml-g2"),
        (b"<packageItem guid='a'>", "newsml-g2"),
        (b"\r\n\x16\x16\x01a0123\x1f\r\n\x02text", "wire"),
        (b"ZCZC CWN0001\nText\nNNNN\n", "wire"),
        (b"Received: from a\nFrom: a\nTo: b", "mail"),
        (b"From: a@coastwire.example\nDate: Mon, 16 Sep 2024 10:15:00 +0200\n\ntext", "mail"),
        (b"From a@b Mon Sep 16 08:15:00 2024\nFrom: a\nMessage-ID: <1>\n\ntext", "mail"),
        (b'"title"\t"text"\n"a"\t"b"\n', "table"),
        ("title\ttext\na\tb\n".encode("utf-16"), "table"),
        (b"url,title,date\na,b,c\n", "table"),
        (b"---\ntitle: a\n---\nText", "markdown"),
        (b"---\r\ndate: 2024-09-16\r\n---\r\nText", "markdown"),
        (b"# A\n\nText [b](https://coastwire.example/b).\n", "markdown"),
    ],
)
def test_told(head, kind):
    assert told(head) == kind


UNITS = [
    b"[", b"![", b"*", b"**a", b"`", b"<", b"<!--", b"<!", b"<?", b"{", b'{"a":', b'"', b'\\"', b"a,", b'"a,', b'""', b"From: a\n",
    b"a: b\n", b"# a\n", b"a\n----\n", b"\x01", b"\x01a", b"\x01\x02", b"ZCZC\n", b" ", b"\n", b"\r", b"\t", b"<a>", b"<a ", b"[a](http://",
    b"|", b"\xff", b"\0",
]  # fmt: skip
OPENINGS = [
    b"",
    b'{"uri":"a","pubstatus":"',
    b"---\ntitle: ",
    b"# A\n\n",
    b'title,text\n"',
    b"From: a@b\nSubject: ",
    b"\x01",
    b"<!DOCTYPE nitf [",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("unit", UNITS)
def test_telling_takes_no_long_time(opening, unit):
    head = (opening + unit * 65_536)[:65_536]
    start = time.perf_counter()
    told(head)
    assert time.perf_counter() - start < 2  # what grows with the square of the length takes ten seconds and more


def test_formats_inside_gzip():
    data = gzip.compress(b"title,text\na,The bridge at Elvdal is closed.\n")
    (found,) = read_source(data, "t.gz")
    assert found.title == "a"
    *_, broken = read_source(data[:-12], "t.gz")
    assert "broken before its end" in broken.message


def test_ninjs_beside_others_in_a_file():
    lines = [{"uri": "urn:1", "pubstatus": "usable", "body_text": PROSE}, {"id": "x", "text": PROSE}]
    found = list(read_source("\n".join(map(json.dumps, lines)).encode(), "n"))
    assert isinstance(found[0], Article)
    assert "there is no text" in found[1].message
