"""XML from strangers: what is refused, in what time, and that nothing is opened."""

from __future__ import annotations

import socket
import threading
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import SourceError, TooLarge
from readout.sources import Article, SourceProblem, read_source
from readout.sources.markup import html_paragraphs, paragraphs_of
from readout.sources.xml import LARGEST_XML, parse_xml, root_name, text_of

LAUGHS = b"<!DOCTYPE nitf [<!ENTITY l0 'ha'>" + b"".join(
    b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)
)
ATTACKS = {
    "billion laughs": LAUGHS + b"]><nitf><body><p>&l11;</p></body></nitf>",
    "billion laughs in an attribute": LAUGHS + b"]><nitf><head><title x='&l11;'/></head></nitf>",
    "quadratic": b"<!DOCTYPE nitf [<!ENTITY a '" + b"a" * 100_000 + b"'>]><nitf><body><p>" + b"&a;" * 10_000 + b"</p></body></nitf>",
    "file": b"<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><nitf><body><p>&x;</p></body></nitf>",
    "file in a parameter": b"<!DOCTYPE nitf [<!ENTITY % x SYSTEM 'file:///etc/hostname'> %x;]><nitf><body><p>a</p></body></nitf>",
    "deep": b"<nitf>" + b"<p>" * 100_000 + b"</p>" * 100_000 + b"</nitf>",
    "deep and cut off": b"<newsItem>" + b"<p>" * 100_000,
    "an entity that nobody knows": b"<nitf><body><p>&nordland;</p></body></nitf>",
    "an encoding that nobody knows": b"<?xml version='1.0' encoding='klingon'?><nitf/>",
    "a NUL": b"<nitf><body><p>a\0b</p></body></nitf>",
}  # fmt: skip


@pytest.mark.parametrize("data", ATTACKS.values(), ids=ATTACKS)
def test_attacks_are_problems_within_bounds(data):
    tracemalloc.start()
    start = time.perf_counter()
    (found,) = read_source(data, "input")
    took, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, SourceProblem)
    assert found.stage == "parse"
    assert took < 5
    assert peak < 50_000_000


def test_no_socket_is_opened_for_a_dtd_or_an_entity():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        asked = []

        def listen() -> None:
            with suppress(TimeoutError):
                asked.append(server.accept())

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/nitf.dtd"
        outside = f"<!DOCTYPE nitf SYSTEM '{address}'><nitf><body><body.content><p>It is read.</p></body.content></body></nitf>"
        inside = f"<!DOCTYPE nitf [<!ENTITY % x SYSTEM '{address}'> %x;]><nitf/>"
        assert [type(item) for data in (outside, inside) for item in read_source(data.encode(), "x")] == [
            Article,
            SourceProblem,
        ]
        listener.join()
    assert asked == []


def test_a_file_is_not_read_into_a_text(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret word")
    data = f"<!DOCTYPE nitf [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><nitf><body><p>&x;</p></body></nitf>"
    (found,) = read_source(data.encode(), "input")
    assert "secret word" not in repr(found)


def test_too_large():
    with pytest.raises(TooLarge):
        parse_xml(b" " * (LARGEST_XML + 1))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<nitf>", "nitf"),
        (
            b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE nitf [ <!-- > --> <!ELEMENT a (b)> ] ><n:nitf x='1'>",
            "nitf",
        ),
        ("<?xml version='1.0' encoding='utf-16'?><newsItem >".encode("utf-16"), "newsItem"),
        ("<newsItem/>".encode("utf-16-be"), "newsItem"),
        (b"<!DOCTYPE nitf SYSTEM 'x.dtd'><?a b?><nitf/>", "nitf"),
        (b"<!DOCTYPE nitf [<!ENTITY a 'a prolog that is longer than the head", "nitf"),
        (b"text <nitf>", None),
        (b"<!-- never closed <nitf>", None),
        (b"< nitf>", None),
        (b"", None),
    ],
)
def test_root_name(head, name):
    assert root_name(head) == name


def test_characters_by_name():
    assert text_of(parse_xml(b"<p>a&nbsp;b &mdash; <i>c</i>&eacute;</p>")) == "a b — cé"
    assert text_of(parse_xml(b"<!DOCTYPE p SYSTEM 'p.dtd'><p>a&nbsp;b &mdash; <i>c</i>&eacute;</p>")) == "a b — cé"


@settings(deadline=None)
@given(st.text(alphabet="<>/&;!?[]-ap \"'=\0", max_size=60) | st.binary(max_size=60))
def test_anything_is_parsed_or_refused(data):
    written = data.encode() if isinstance(data, str) else data
    root_name(written)
    try:
        root = parse_xml(written)
    except SourceError:
        return
    assert all("\0" not in paragraph for paragraph in paragraphs_of(root))


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("<p>One <b>two</b>\n three</p><p>Four</p>", ["One two three", "Four"]),
        ("loose<div>in<div>nested</div>tail</div>end", ["loose", "in", "nested", "tail", "end"]),
        ("<p>line<br>line<br><br>next</p>", ["line\nline", "next"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>a<td>b</table>", ["a\tb"]),
        ("<table><tr><td><p>a</p><p>b</p></table>", ["a", "b"]),
        ("<pre>a\n  b</pre>", ["a\nb"]),
        ("<script>x</script><style>y</style><p>z<!-- c --></p><figure><figcaption>f</figcaption></figure>", ["z"]),
        ("a &lt;b&gt; &amp;", ["a <b> &"]),
        ("", []),
        ("<!-- only -->", []),
    ],
)
def test_paragraphs(page, paragraphs):
    assert html_paragraphs(page) == paragraphs
