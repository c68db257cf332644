"""A link leads to `javascript:` or `data:`, takes the page over that it was opened from, or tells a hostile site who looks at it.

Promised: a link leads out only to http(s) addresses with a host, printable and without a user name; whatever else a source gives as its
address is shown as words or not at all. Every link that leads out has `rel="noopener noreferrer"`, and every page `Referrer-Policy:
same-origin`.
Not promised: that a site which you go to by a link is harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from elements import tags_of
from small_site import Client, make_record, served

from readout.across.linking import link
from readout.exports.brief import to_html
from readout.sources.article import Article
from readout.web.access import Access, User
from readout.web.pages import PAGES
from readout.web.wording import site_name, web_address

GOOD = (
    "https://nordpost.example/a?b=1#c",
    "HTTP://nordpost.example/",
    "https://xn--bcher-kva.example/a",
    "http://nordpost.example:8080/%20x",
)
BAD = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://nordpost.example/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml;base64,PHN2Zz4=",
    "vbscript:x",
    "file:///etc/passwd", "ftp://nordpost.example/", "blob:https://nordpost.example/x", "about:blank", "view-source:https://x.example",
    "feed:javascript:x",
    "//nordpost.example/a", "/a", "a", "", " https://x.example", "https://", "https:///x", "http:x", "https:\\\\x.example",
    "http://user@x.example/",
    "http://user:pw@x.example/", "https://x.example\\@y.example", "https://x.example/\u202e", "https://x.example/\x00",
    "https://x.example/\nb",
    "https://[::1", "https://x:99999999/", "https://" + "a" * 3000 + ".example/",
)  # fmt: skip


#: What the record makes of an address with the letter zero in it.
KEPT = "https://x.example/\ufffd"


@pytest.mark.parametrize("url", GOOD)
def test_what_a_link_may_lead_to(url: str) -> None:
    assert web_address(url) == url
    assert site_name(url)


@pytest.mark.parametrize("url", BAD, ids=lambda url: repr(url)[:40])
def test_what_it_may_not(url: str, figure) -> None:
    assert web_address(url) is None
    assert site_name(url) == ""
    figure(1, "addresses that no link leads to")


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A site of articles that give such addresses."""
    articles = [
        Article(
            f"The Vardal Front shelled Osthavn on Monday, killing {n + 3} people, the health ministry said in report {n}.",
            id=f"r{n}", url=url or None, title=f"Report {n}", publisher=f"Post {n}", published="2025-03-11",
        )
        for n, url in enumerate((*GOOD, *BAD))
    ]  # fmt: skip
    with make_record(tmp_path_factory.mktemp("links") / "news.db", articles) as record:
        link(record)
        with served(record, Access(User("Mara Lind", "admin"))) as client:
            yield client


def test_links_of_every_page(linked: Client, figure) -> None:
    menu = [path for family in PAGES for _, path in family.menu]
    reports = [f"/reports/r{n}" for n in range(len(GOOD) + len(BAD))]
    out: set[str] = set()
    for path in (*menu, *reports, "/brief?since=2025-03-10&until=2025-03-12", "/claims/events/1", "/sources"):
        answer = linked.get(path)
        assert answer.status == 200, path
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        for tag, attributes in tags_of(answer.text).found:
            address = attributes.get("href") or ""
            if tag != "a" or address.startswith(("#", "/", "?")):
                assert not address.startswith("//")
                continue
            assert address.partition("#")[0].partition(":~:")[0] in {
                good.partition("#")[0] for good in (*GOOD, KEPT)
            }, (
                path,
                address,
            )
            assert {"noopener", "noreferrer"} <= set((attributes.get("rel") or "").split()), (path, address)
            out.add(address)
            figure(1, "links that lead out, all of them marked")
    assert len(out) >= len(GOOD)


def test_links_of_a_brief_and_of_feeds(linked: Client) -> None:
    page = linked.get("/brief.html?since=2025-03-10&until=2025-03-12").text
    assert callable(to_html)
    for tag, attributes in tags_of(page).found:
        if tag == "a" and not (attributes["href"] or "").startswith("#"):
            assert web_address(attributes["href"]), attributes
            assert {"noopener", "noreferrer"} <= set((attributes.get("rel") or "").split()), attributes
    assert "javascript:" not in page.casefold()
    words = linked.get("/brief.md?since=2025-03-10&until=2025-03-12").text
    assert "](javascript" not in words
    assert "](data:" not in words


def test_a_link_to_words_of_a_page_keeps_its_address(shared: Client) -> None:
    """The fragment that leads a browser to the words is ours, and quoted."""
    page = shared.get("/reports/" + quote("a1", safe="")).text
    found = [
        attributes["href"]
        for tag, attributes in tags_of(page).found
        if tag == "a" and (attributes.get("href") or "").startswith("http")
    ]
    assert found
    assert all(address.startswith("https://nordpost.example/a?x=1") for address in found)
    assert all(" " not in address and "<" not in address for address in found)
