"""Feeds of every kind, broken ones, and ones that take too long."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.sources import Article, SourceProblem, read_source
from readout.sources.feed_parsing import parse_feed
from readout.sources.feeds import feed_items, is_feed, with_page
from readout.sources.markup import markup_text

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
SECOND = (
    "The premier of Sudmark said that his government had not been asked, and that it would send an envoy of its own."
)

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Nordpost: World</title><link>https://nordpost.example/</link>
<item><title>Envoy leaves &amp; talks go on</title><link>https://nordpost.example/a</link><guid isPermaLink="false">np-1</guid>
<pubDate>Mon, 16 Sep 2024 10:00:00 +0200</pubDate><dc:creator>Anna Berg</dc:creator>
<description>A summary of it that is short.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><figure><img src="x"/><figcaption>The envoy.</figcaption></figure>
<p>{SECOND}<script>alert(1)</script></p>]]></content:encoded></item>
<item><title>Summary only</title><link>https://nordpost.example/b</link>
<description>&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Nothing</title><link>https://nordpost.example/c</link></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0"?>
<!-- made by hand --><feed xmlns="http://www.w3.org/2005/Atom"><title>Osthavn Wire</title>
<entry><id>tag:wire,2024:7</id><title type="html">Truce &lt;i&gt;holds&lt;/i&gt;</title><link href="https://wire.example/7"/>
<published>2024-09-16T08:00:00+02:00</published><updated>2024-09-17T09:30:00Z</updated>
<author><name>Ole Lund</name><email>ole@wire.example</email></author><author><name>Eva Strand</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PROSE}</p><p>{SECOND}</p></div></content></entry>
<entry><id>tag:wire,2024:8</id><title>Text</title><updated>2024-09-18T00:00:00Z</updated><link href="javascript:alert(1)"/>
<source><title>Nordpost</title></source><content type="text">{PROSE}</content></entry></feed>"""

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/"><title>Old Wire</title></channel>
<item rdf:about="https://old.example/1"><title>Talks</title><link>https://old.example/1</link>
<description>{PROSE}</description><dc:date>2024-09-16T10:00:00Z</dc:date></item></rdf:RDF>"""

RSS_091 = f"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.example/rss-0.91.dtd"><rss version="0.91"><channel><title>Older Wire</title>
<item><title>Talks</title><link>https://older.example/1</link><description>{PROSE}</description></item></channel></rss>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Nordpost JSON",
        "items": [
            {
                "id": 5,
                "url": "https://nordpost.example/5",
                "title": "Envoy",
                "content_html": f"<p>{PROSE}</p><p>{SECOND}</p>",
                "content_text": "short",
                "date_published": "2024-09-16T10:00:00Z",
                "authors": [{"name": "Anna Berg"}],
            },
            "no item",
            {"id": "6", "summary": PROSE},
            {"id": "7", "url": "https://nordpost.example/7"},
        ],
    }
)


def read(data, **options):
    return list(read_source(data if isinstance(data, bytes) else data.encode(), "feed", **options))


def split(found):
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, SourceProblem)]


def test_rss():
    (first, second), (problem,) = split(read(RSS))
    assert first.text == f"{PROSE}\n\n{SECOND}"
    assert (first.title, first.url, first.source_id) == (
        "Envoy leaves & talks go on",
        "https://nordpost.example/a",
        "np-1",
    )
    assert (first.published, first.published_from) == ("2024-09-16T10:00:00+02:00", "metadata")
    assert (first.publisher, first.byline, first.name) == ("Nordpost: World", ("Anna Berg",), "feed item 1")
    assert (second.text, second.published, second.updated) == (SECOND, None, None)
    assert (problem.name, problem.stage) == ("feed item 3", "parse")
    assert "https://nordpost.example/c" in problem.message


def test_atom():
    (first, second), problems = split(read(ATOM))
    assert problems == []
    assert first.text == f"{PROSE}\n\n{SECOND}"
    assert (first.title, first.source_id, first.byline) == (
        "Truce holds",
        "tag:wire,2024:7",
        ("Ole Lund", "Eva Strand"),
    )
    assert (first.published, first.updated) == ("2024-09-16T08:00:00+02:00", "2024-09-17T09:30:00Z")
    assert (second.text, second.publisher, second.url) == (PROSE, "Nordpost", None)
    assert second.published == second.updated == "2024-09-18T00:00:00Z"


@pytest.mark.parametrize(("feed", "publisher"), [(RDF, "Old Wire"), (RSS_091, "Older Wire")])
def test_old_feeds(feed, publisher):
    (article,), problems = split(read(feed))
    assert problems == []
    assert (article.text, article.publisher, article.title) == (PROSE, publisher, "Talks")


def test_json_feed():
    (first, second), (no_item, no_text) = split(read(JSON_FEED))
    assert first.text == f"{PROSE}\n\n{SECOND}"
    assert (first.source_id, first.publisher, first.byline) == ("5", "Nordpost JSON", ("Anna Berg",))
    assert first.published == "2024-09-16T10:00:00Z"
    assert (second.source_id, second.text) == ("6", PROSE)
    assert (no_item.name, no_text.name) == ("feed item 2", "feed item 4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    feed = RSS.replace('encoding="utf-8"', f'encoding="{declared}"').replace("Anna Berg", "Anna Bérg").encode(encoding)
    articles, _ = split(read(feed))
    assert articles[0].byline == ("Anna Bérg",)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\n<?xml version='1.0'?><rss version='2.0'>", True),
        (b"<!-- <rss> --><html>", False),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", True),
        (b"<feed>", False),
        (b"<rdf:RDF xmlns='http://www.w3.org/2004/02/skos/core#'>", False),
        (b"<!DOCTYPE x [<!ENTITY a '>'>]><rss>", True),
        (b"<!DOCTYPE rss", False),
        (b"rss", False),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', True),
        (b'{"version": "1", "text": "a"}', False),
        (b"", False),
    ],
)
def test_told_by_content(head, expected):
    assert is_feed(head) is expected


def test_a_feed_that_is_no_good_xml_is_read_as_far_as_it_goes():
    broken = RSS.replace("<title>Summary only</title>", "<title>Summary & only<b></title>").replace("&amp;", "&nbsp;")
    articles, _ = split(read(broken))
    assert articles[0].source_id == "np-1"
    assert articles[0].text.startswith(PROSE)
    cut = RSS[: RSS.index("Summary only") + 5]
    articles, problems = split(read(cut))
    assert articles[0].text.startswith(PROSE)
    assert problems


@pytest.mark.parametrize("last", ["premier", "</description>", "</item>"])
def test_an_item_in_the_middle_of_which_the_feed_ends_is_none(last):
    item = f"<item><guid>%d</guid><description>{PROSE}</description></item>"
    whole = "<rss version='2.0'><channel>" + item % 1 + item % 2
    articles, problems = split(read(whole[: whole.rindex(last)]))
    assert [article.source_id for article in articles] == ["1"]
    assert [problem.message for problem in problems] == ["the feed ends in the middle of it; it was not read"]
    articles, _ = split(read(whole))
    assert [article.source_id for article in articles] == ["1", "2"]


def test_an_empty_feed_is_a_problem():
    (problem,) = read("<rss version='2.0'><channel><title>Nordpost</title></channel></rss>")
    assert problem.message == "there is no item in this feed"


def test_a_page_fills_the_gaps_of_an_item():
    items = [item for item in feed_items(RSS.encode(), "feed") if not isinstance(item, SourceProblem)]
    assert [item.whole for item in items] == [True, False, False]
    page = Article(text=PROSE, title="Other", publisher="Other", published="2024-09-20", published_from="metadata")
    merged = with_page(items[1], page)
    assert (merged.text, merged.title, merged.published, merged.publisher) == (
        PROSE, "Summary only", "2024-09-20", "Nordpost: World",
    )  # fmt: skip


def test_the_feed_itself_says_what_broke():
    assert parse_feed(b"<rss version='2.0'><channel><item>").broken


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain  words\n here", "plain words here"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Two.<br/><br/>Three.", "One.\nTwo.\n\nThree."),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<p>a<b>b</b>c <i>d</i></p>", "abc d"),
        ("<script>x</script><style>y</style>z", "z"),
        ("<p>One<!-- not this -->two</p>", "Onetwo"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\n\nc"),
        ('<?xml version="1.0" encoding="ascii"?><p>é</p>', "é"),
        ("", ""),
        ("<", "<"),
    ],
)
def test_markup(source, text):
    assert markup_text(source) == text


@settings(deadline=None, max_examples=25)
@given(st.sampled_from([RSS, ATOM, RDF, JSON_FEED]), st.data())
def test_any_damage_gives_articles_or_problems(feed, data):
    whole = feed.encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    gone = data.draw(st.integers(0, 30))
    new = data.draw(
        st.binary(max_size=20)
        | st.sampled_from([b"<", b">", b"&", b"]]>", b"\0", b"<item>", b"</channel>", b"\xff", b'"'])
    )
    found = read(whole[:at] + new + whole[at + gone :])
    assert found
    assert all(isinstance(item, Article | SourceProblem) for item in found)
