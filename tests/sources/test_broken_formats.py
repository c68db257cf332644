"""Broken files of every format: articles or problems come out, never an exception, and always some word of what was lost."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.sources import FORMATS, Article, SourceProblem, read_source

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.name for path in FILES.iterdir() if (FILES / f"{path.name}.golden.json").exists())
DATA = {name: (FILES / name).read_bytes() for name in NAMES}
READERS = {name: reader for name, _, reader in FORMATS}
OBJECTS = ["envoy.ninjs.json", "night.ninjs.jsonl", "lines.jsonl", "crawl.news-please.jsonl"]


def check(data: bytes) -> list[Article | SourceProblem]:
    """Reads bytes both ways; whatever comes out is an article with text, a withdrawn one, or a problem that says something."""
    for keep_text in (False, True):
        found = list(read_source(data, "input", keep_text=keep_text))
        assert found
        for item in found:
            if isinstance(item, Article):
                assert item.text.strip() or item.status != "usable"
                item.text.encode("utf-8")
            else:
                assert isinstance(item, SourceProblem)
                assert item.message
    return found


@pytest.mark.parametrize("name", NAMES)
def test_cut_off(name):
    data = DATA[name]
    for end in sorted({*range(0, len(data), max(1, len(data) // 60)), *range(max(0, len(data) - 12), len(data))}):
        check(data[:end])


#: Feeds are read as far as they go.
WHOLE = [name for name in NAMES if name.endswith((".xml", ".ninjs.json")) and not name.startswith("world.")]


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_that_is_cut_off_is_a_problem(name):
    (found,) = check(DATA[name][: len(DATA[name]) * 2 // 3])
    assert isinstance(found, SourceProblem)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_bytes_flipped(name, changes):
    data = bytearray(DATA[name])
    for where, byte in changes:
        data[int(where * len(data))] = byte
    check(bytes(data))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(NAMES), st.floats(0, 1), st.floats(0, 1), st.binary(max_size=30))
def test_pieces_moved(name, start, end, between):
    data = DATA[name]
    check(data[: int(start * len(data))] + between + data[int(end * len(data)) :])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "shift-jis", "koi8-r"])
def test_in_another_encoding(name, encoding):
    check(DATA[name].decode("utf-8", "replace").encode(encoding, "replace"))


KEYS = st.sampled_from(["name", "value", "role", "rel", "contenttype"]) | st.text(max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("None"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def first_object(name: str) -> dict:
    text = DATA[name].decode()
    return json.loads(text if name.endswith(".json") else text.splitlines()[1])


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(OBJECTS), st.data(), VALUES)
def test_wrong_types_in_json(name, data, value):
    given_object = first_object(name)
    field = data.draw(st.sampled_from(sorted(given_object)))
    for reader in ("ninjs", "jsonl"):
        written = json.dumps({**given_object, field: value}).encode()
        for item in READERS[reader](BytesIO(written), "input", False):
            assert isinstance(item, Article | SourceProblem)


@pytest.mark.parametrize("reader", [name for name, _, _ in FORMATS])
@settings(deadline=None, max_examples=40)
@given(data=st.binary(max_size=200) | st.sampled_from([DATA[name][:3000] for name in NAMES]))
def test_a_reader_given_anything(reader, data):
    for item in READERS[reader](BytesIO(data), "input", False):
        assert isinstance(item, Article | SourceProblem)


def test_wire_goes_on_after_a_message_that_is_cut_off():
    good = DATA["night.iptc7901"].split(b"\x04")[0] + b"\x04"
    found = check(good.replace(b"\x03", b"").replace(b"\x04", b"") + good)
    assert [type(item) for item in found] == [SourceProblem, Article]


def test_newsml_goes_on_after_a_bad_item():
    found = check(DATA["night.newsml.xml"].replace(b"stat:withheld", b"stat:doubtful"))
    assert [type(item).__name__ for item in found][:3] == ["Article", "SourceProblem", "Article"]


def test_a_huge_field_of_a_table_is_a_problem_and_the_next_row_is_read():
    rows = [b"title,text", b'big,"' + b"a b\n" * 3_000_000 + b'"', b"small,The bridge at Elvdal is closed."]
    found = list(read_source(b"\n".join(rows), "t"))
    assert [(type(item), item.name) for item in found] == [(SourceProblem, "t line 2"), (Article, "t line 3000003")]
    assert "larger" in found[0].message


def test_a_field_larger_than_the_limit_of_the_csv_module_is_read():
    text = "The bridge at Elvdal is closed. " * 10_000
    (found,) = read_source(f'title,text\na,"{text}"\n'.encode(), "t")
    assert found.text == text.strip()


def test_a_quotation_mark_that_is_never_closed_is_named():
    found = list(read_source(b'title,text\na,The bridge is closed.\nb,"The ford\nc,The quay is open.\n', "t"))
    assert [type(item) for item in found] == [Article, SourceProblem]
    assert (found[1].name, found[1].message) == (
        "t line 3",
        "a quotation mark is never closed (looked for up to line 4)",
    )


def test_a_table_without_texts_is_named():
    (found,) = read_source(b"title,url,date\na,b,2024-09-16\n", "t")
    assert isinstance(found, SourceProblem)
    assert "column of texts" in found.message


def test_bytes_that_are_not_utf8_far_into_a_table():
    rows = ["title,text"] + [f"{n},The bridge at Elvdal is closed." for n in range(3000)] + ["last,The café is open."]
    found = list(read_source("\n".join(rows).encode("windows-1252"), "t"))
    assert found[-1].text == "The café is open."


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "rot13", "hex", "undefined", "unicode_escape", "no-such", "ibm037"]
)
def test_odd_charsets_of_mail(charset):
    head = f"From: a@coastwire.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    (found,) = check(head.encode() + b"The bridge at Elvdal is closed \\x41\\.\n")
    if charset != "ibm037":
        assert found.text.strip() == "The bridge at Elvdal is closed \\x41\\."


def test_mail_nested_without_end():
    data = b"From: a@coastwire.example\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 20_000
    check(data)
    part = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000))
    check(b"From: a@coastwire.example\nMIME-Version: 1.0\n" + part)
