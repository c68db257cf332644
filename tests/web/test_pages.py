"""Every page answers, says the same as its files, and holds what strangers wrote at arm's length."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from elements import tags_of
from small_site import ATTACK, Client, make_record, served

from readout.record import Record
from readout.record.kinds import HAS
from readout.web.access import Access, User
from readout.web.pages import PAGES

LISTS = tuple(HAS)
PAGES_OF_ONE = (
    "/reports/a1",
    "/reports/" + quote("folder/b 2", safe=""),
    "/claims/events/1",
    "/claims/statements/1",
    "/claims/figures/1",
    "/actor?key=NOR",
)
MENU = tuple(path for family in PAGES for _, path in family.menu)
EVERY = (
    *MENU,
    *PAGES_OF_ONE,
    "/doctor",
    "/claims/events/1?why=1",
    "/events?q=type:ASSAULT&axis=published&by=mode",
    "/reports/a1?as_of=2025-03-13",
)


@pytest.mark.parametrize("path", EVERY)
def test_a_page_answers_in_whole_html_with_all_headers(shared: Client, path: str) -> None:
    answer = shared.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    tags = tags_of(answer.text)
    assert (tags.open, tags.wrong) == ([], [])
    assert [tag for tag, _ in tags.found].count("h1") == 1
    for tag, attributes in tags.found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], (tag, attributes)
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")
        if tag == "input" and attributes.get("type") not in ("hidden", "checkbox"):
            assert attributes["name"]


_FOLLOWED: dict[str, int] = {}
_MOST = 5  # links of one page into the same list: they are made alike


def followed(client: Client, link: str) -> int:
    """The status of what a link leads to, asked once."""
    if link not in _FOLLOWED:
        _FOLLOWED[link] = client.ask("HEAD", link).status
    return _FOLLOWED[link]


@pytest.mark.parametrize("path", EVERY)
def test_every_link_of_a_page_leads_to_a_page_or_is_marked_as_leading_out(shared: Client, path: str) -> None:
    tags = tags_of(shared.get(path).text)
    ids = [attributes["id"] for _, attributes in tags.found if attributes.get("id")]
    assert len(ids) == len(set(ids))
    into: dict[str, set[str]] = {}
    for tag, attributes in tags.found:
        link = attributes.get("href")
        if tag != "a" or not link:
            continue
        if link.startswith("#"):
            assert link[1:] in ids, link
        elif link.startswith("/"):
            into.setdefault(link.partition("?")[0], set()).add(link.partition("#")[0])
        else:
            assert link.startswith(("https://", "http://")), link
            assert {"noopener", "noreferrer"} <= set((attributes["rel"] or "").split())
    for links in into.values():
        for link in sorted(links)[:: max(1, len(links) // _MOST)]:
            assert followed(shared, link) == 200, link


@pytest.mark.parametrize("kind", LISTS)
def test_files_have_the_rows_of_the_page(shared: Client, kind: str) -> None:
    page = shared.get(f"/{kind}?limit=50").text
    given = json.loads(shared.get(f"/{kind}.json?limit=50").body)
    rows = list(csv.DictReader(io.StringIO(shared.get(f"/{kind}.csv?limit=50").text)))
    lines = [json.loads(line) for line in shared.get(f"/{kind}.jsonl?limit=50").text.splitlines()]
    table = pq.read_table(io.BytesIO(shared.get(f"/{kind}.parquet?limit=50").body)).to_pylist()
    name = "key" if kind in ("actors", "places") else "id"
    ids = [str(item[name]) for item in given["items"]]
    assert (
        ids == [row[name] for row in rows] == [str(line[name]) for line in lines] == [str(row[name]) for row in table]
    )
    assert given["total"] == len(ids)
    body = page.partition('<table class="claims"')[2].partition("</tbody>")[0]
    assert body.count('<tr role="row">') == len(ids) + bool(ids)
    if kind in ("events", "statements", "figures"):
        assert re.findall(rf"/claims/{kind}/(\d+)\"", body) == ids
    assert json.loads(shared.get(f"/api/{kind}?limit=50").body)["items"] == given["items"]


def test_pages_follow_one_another_by_their_cursor(shared: Client) -> None:
    seen, path = [], "/events.json?limit=2"
    while path:
        page = json.loads(shared.get(path).body)
        seen += [item["id"] for item in page["items"]]
        assert shared.get(path.replace(".json", "")).status == 200
        path = page["next_url"]
    assert len(seen) == len(set(seen)) == json.loads(shared.get("/events.json").body)["total"]


def test_a_facet_counts_what_its_link_finds(shared: Client) -> None:
    page = shared.get("/events").text
    links = re.findall(r'<li><a href="(/events\?q=[^"]+)">[^<]+</a><span class="n">([\d,]+)</span>', page)
    assert len(links) > 5
    for link, number in links:
        asked = html.unescape(link).replace("/events?", "/events.json?")
        assert json.loads(shared.get(asked).body)["total"] >= int(number), link


def test_the_text_of_a_report_is_there_to_the_letter_with_every_claim_marked(shared: Client) -> None:
    page = shared.get("/reports/a1").text
    text = page.partition('<div class="text">')[2].partition("</div>")[0]
    marked = re.findall(r'id="at-([esf]\d+)"', text)
    assert set(marked) == set(re.findall(r'<article class="card k-\w+" id="([esf]\d+)"', page))
    plain = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="tag[^>]*>[^<]*</a>', "", text)))
    assert plain.split() == ATTACK.split()


def test_what_was_known_then_is_what_a_page_shows(shared: Client) -> None:
    assert json.loads(shared.get("/reports.json?as_of=2025-03-11").body)["total"] == 1
    assert "Fishing agreed" not in shared.get("/reports?as_of=2025-03-11").text
    assert shared.get("/reports/" + quote("folder/b 2", safe="") + "?as_of=2025-03-11").status == 404
    assert shared.get("/reports/a1?as_of=yesterday").status == 400


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nothing", 404, "no page"),
        ("/reports/nothing", 404, "no report"),
        ("/claims/events/999999", 404, "no events/999999"),
        ("/claims/rumours/1", 404, "names no claim"),
        ("/actor?key=nobody", 404, "no report of the record names"),
        ("/events?q=type:NOPE", 400, "it is one of AGREE"),
        ("/events?q=publisher:%22open", 400, "is not closed"),
        ("/events?colour=red", 400, "there is no filter"),
        ("/events?order=size", 400, "are not ordered by"),
        ("/events?limit=0", 400, "from 1 to"),
        ("/events?cursor=abc", 400, "cursor"),
        ("/events?as_of=9999-12-31", 400, "too large"),
        ("/places?q=type:AID", 400, "places have no"),
    ],
)
def test_what_cannot_be_asked_is_said_on_a_page_and_in_one_shape_of_json(
    shared: Client, path: str, status: int, says: str
) -> None:
    page = shared.get(path)
    assert page.status == status
    assert says in html.unescape(page.text)
    api = shared.get("/api" + path.replace("/actor?key=nobody", "/claims/events/nobody"))
    assert api.status in (status, 404)
    assert set(json.loads(api.body)["error"]) == {"code", "message", "hint"}


def test_an_empty_record_says_what_to_do(tmp_path: Path) -> None:
    with make_record(tmp_path / "empty.db", []) as record, served(record, Access(User("Mara Lind", "admin"))) as client:
        for path in MENU:
            assert client.get(path).status == 200
        assert "readout add" in client.get("/events").text
        assert "The record is empty" in client.get("/").text


def test_the_record_is_not_held_whole_in_a_page(shared: Client, record: Record) -> None:
    assert len(shared.get("/events?limit=1").body) < len(shared.get("/events?limit=50").body)


def test_a_page_asks_for_nothing_from_elsewhere(shared: Client) -> None:
    for path in MENU:
        for tag, attributes in tags_of(shared.get(path).text).found:
            if tag in ("link", "script", "image", "img"):
                assert (attributes.get("href") or attributes.get("src") or "").startswith("/"), path
    style = shared.get(re.search(r"/static/style\.css\?v=\w+", shared.get("/").text)[0]).text
    assert "url(" not in style
    assert "@import" not in style


def test_of_an_actor_in_very_many_events_the_others_are_worked_out_when_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readout.web.actors._MANY", 1)
    link = re.search(r'<a href="([^"]+)">Work it out</a>', client.get("/actor?key=NOR").text)
    assert link
    counted = client.get(html.unescape(link[1]))
    assert counted.status == 200
    assert "by=recipient" in link[1]
