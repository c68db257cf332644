"""Saved searches as pages and feeds."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest
from elements import HOSTILE, tags_of
from lxml import etree
from small_site import Client, make_record, served

from readout.record import Record
from readout.record.searches import save_search, searches
from readout.sources.article import Article
from readout.web.access import Access, User


def save(client: Client, name: str, kind: str = "events", query: str = "type:ASSAULT") -> int:
    return client.send("/searches", {"name": name, "list": kind, "query": query}).status


def test_a_search_is_saved_shown_and_removed(client: Client, record: Record) -> None:
    done = client.send("/searches", {"name": "Attacks in May", "list": "events", "query": "type:ASSAULT country:NOR"})
    assert done.status == 303
    page = client.get(done.headers["location"]).text
    assert "“Attacks in May” is saved" in html.unescape(page)
    (search,) = searches(record)
    assert (search.name, search.by, search.query) == ("Attacks in May", "Mara Lind", "type:ASSAULT country:NOR")
    link = re.search(r'<td role="cell" data-label="Name"[^>]*><a href="([^"]+)"', page)
    assert link is not None
    assert client.get(html.unescape(link[1])).status == 200
    for path in re.findall(r'href="(/searches/[^"]+\.(?:atom|json))"', page):
        assert client.get(path).status == 200, path
    assert json.loads(client.get("/searches.json").body)["items"][0]["name"] == "Attacks in May"
    assert client.send("/searches/remove", {"name": "Attacks in May"}).status == 303
    assert searches(record) == ()
    assert "Nobody has saved a search" in client.get("/searches").text


def test_a_list_offers_to_save_what_it_asks(client: Client) -> None:
    page = client.get("/events?q=type:ASSAULT").text
    link = re.search(r'href="(/searches\?list=[^"]+)"', page)
    assert link is not None
    form = client.get(html.unescape(link[1])).text
    assert 'name="query" value="type:ASSAULT"' in form
    assert "<option selected>events" in form


@pytest.mark.parametrize("kind", ["events", "statements", "figures", "reports"])
def test_feeds_have_the_newest_answers_and_ids_that_stay(client: Client, record: Record, kind: str) -> None:
    assert save(client, "mine", kind, "") == 303
    atom = client.get("/searches/mine.atom")
    assert atom.headers["content-type"].startswith("application/atom+xml")
    etree.fromstring(atom.body)
    found = feedparser.parse(atom.body)
    assert not found.bozo
    value = json.loads(client.get("/searches/mine.json").body)
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    ids = [item["id"] for item in value["items"]]
    assert ids == [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids)) == record.count(kind)
    for item, entry in zip(value["items"], found.entries, strict=True):
        assert item["url"] == entry.link
        assert item["url"].startswith(client.origin)
        assert client.get(item["url"].removeprefix(client.origin).partition("#")[0]).status == 200
        assert re.fullmatch(r"2025-03-1\dT00:00:00Z", item["date_published"])
        assert item["content_text"]
    record.reread()
    assert [item["id"] for item in json.loads(client.get("/searches/mine.json").body)["items"]] == ids


def test_a_feed_of_nothing_is_a_feed(client: Client) -> None:
    assert save(client, "none", "events", "type:AID") == 303
    assert feedparser.parse(client.get("/searches/none.atom").body).entries == []
    assert client.get("/searches/other.atom").status == 404
    assert set(json.loads(client.get("/searches/other.atom").body)["error"]) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    ("name", "kind", "query"),
    [("a/b", "events", ""), ("a", "rumours", ""), ("a", "events", "type:NOPE"), ("", "events", "")],
)
def test_what_cannot_be_saved_is_said(client: Client, record: Record, name: str, kind: str, query: str) -> None:
    assert save(client, name, kind, query) == 400
    assert searches(record) == ()


def test_who_may_only_read_saves_nothing(record: Record) -> None:
    save_search(record, "mine", "events", "", by="M", webhook="https://hook.example/", secret="s" * 32)
    with served(record, Access(User("Ada", "read"))) as client:
        page = client.get("/searches").text
        assert "<form" not in page
        assert "ssss" not in page + client.get("/searches.json").text
        assert save(client, "x") == 403
        assert client.send("/searches/remove", {"name": "mine"}).status == 403
        assert "Save this search" not in client.get("/events").text


def test_what_strangers_wrote_is_text_in_feeds(tmp_path: Path) -> None:
    articles = [
        Article(
            f"Rebels shelled Osthavn on Monday, killing {n + 3} people, said Ole {bad} Brandt.", id=f"{n}{bad}", title=bad, publisher=bad,
            published="2025-03-11",
        )
        for n, bad in enumerate((*HOSTILE, "]]>&amp;<x>", "\ufffe\x0b"))
    ]  # fmt: skip
    with make_record(tmp_path / "news.db", articles) as record, served(record, Access(User("M", "admin"))) as client:
        for kind in ("events", "reports"):
            save_search(record, kind, kind, '"Ole"', by='<b>"M"</b>')
            atom = client.get(f"/searches/{kind}.atom").body
            names = {etree.QName(node).localname for node in etree.fromstring(atom).iter()}
            assert names <= {
                "feed",
                "id",
                "title",
                "updated",
                "link",
                "generator",
                "entry",
                "author",
                "name",
                "content",
            }
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", atom.decode())
            assert json.loads(client.get(f"/searches/{kind}.json").body)["items"]
        tags = tags_of(client.get("/searches").text)
        assert (tags.open, tags.wrong) == ([], [])
        assert "b" not in {tag for tag, attributes in tags.found if tag == "img"}
        assert client.get(f"/searches/{quote('<script>', safe='')}.atom").status == 404
