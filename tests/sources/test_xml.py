"""XML from strangers: what it begins with, what it says, and that anything is parsed or refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import SourceError, TooLarge
from readout.sources.markup import html_paragraphs, paragraphs_of
from readout.sources.xml import LARGEST_XML, parse_xml, root_name, text_of


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
