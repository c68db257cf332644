"""The queue of what is worth a look: its order, one thing at a time, judged with a button, and on to the next."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from elements import tags_of
from small_site import Client, make_record, served

import readout
from readout.record import Record, open_record
from readout.sources.article import Article
from readout.web import review
from readout.web.access import Access, User
from readout.web.corrections import latest

NEWS = (
    ("2025-05-05", "Nordpost", "A Red Dawn Front bomb exploded in the fish market of Osthavn on Monday, killing 12 people, police said."),
    ("2025-05-06", "Kystradio", "At least 14 people were killed when a Red Dawn Front bomb exploded in the fish market of Osthavn on"
     " Monday, the health ministry said."),
    ("2025-05-07", "Sundmark Wire", "Police arrested four men in Oslo on Tuesday.\nEgypt and Norway may sign an agreement on fishing"
     " next week."),
)  # fmt: skip


@pytest.fixture(scope="module")
def read_news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "news.db"
    articles = [Article(text, id=f"r{n}", published=day, publisher=who) for n, (day, who, text) in enumerate(NEWS)]
    with make_record(path, articles) as record:
        readout.link(record)
    return path


@pytest.fixture
def news(read_news: Path, tmp_path: Path) -> Iterator[Record]:
    copy = tmp_path / "news.db"
    copy.write_bytes(read_news.read_bytes())
    with open_record(copy, create=False) as record:
        yield record


@pytest.fixture
def site(news: Record) -> Iterator[Client]:
    with served(news, Access(User("Mara Lind", "correct"))) as client:
        yield client


def value(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def walked(site: Client, path: str = "/review") -> list[str]:
    """The claims of the queue, from one page to the next."""
    found: list[str] = []
    while len(found) < 50:
        page = site.get(path).text
        found.append(value(page, "claim"))
        after = re.search(r'href="([^"]+)" data-key="n" rel="next"', page)
        if after is None:
            return found
        path = html.unescape(after[1])
    return found


def test_what_is_told_with_different_tolls_comes_first_then_the_least_sure(site: Client, news: Record) -> None:
    queue = walked(site)
    events = {f"events/{event.id}": event for event in news.events("news:yes")}
    assert sorted(queue) == sorted(events)
    differing = [name for name in queue if events[name].act.type == "ASSAULT"]
    assert queue[: len(differing)] == differing
    assert {events[name].report for name in differing} == {"r0", "r1"}
    rest = [events[name].confidence for name in queue[len(differing) :]]
    assert rest == sorted(rest)
    page = site.get("/review").text
    assert "is told with 12 to 14 killed" in html.unescape(page)
    assert re.search(r"<mark>[^<]*<b>\w+", page)
    tags = tags_of(page)
    assert (tags.open, tags.wrong) == ([], [])


@pytest.mark.parametrize(("action", "review"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_a_judgement_leads_to_the_next_and_is_undone(site: Client, news: Record, action: str, review: str) -> None:
    queue = walked(site)
    page = site.get("/review").text
    form = {name: value(page, name) for name in ("claim", "seen", "back", "then")}
    done = site.send("/corrections", {**form, "action": action, "reason": "seen"})
    assert done.status == 303
    after = site.get(done.headers["location"]).text
    assert value(after, "claim") == queue[1]
    assert walked(site) == queue[1:]
    number = int(queue[0].partition("/")[2])
    assert [event.id for event in news.events(f"review:{review}")] == [number]
    undo = re.search(r'action="(/corrections/\d+/undo)"', after)
    assert undo is not None
    back = site.send(undo[1], {"back": "review"})
    assert value(site.get(back.headers["location"]).text, "claim") == queue[0]
    assert walked(site) == queue


def test_values_are_edited_in_the_queue(site: Client, news: Record) -> None:
    page = site.get("/review?q=act:COERCE/arrest").text
    form = {name: value(page, name) for name in ("claim", "seen", "back", "then")}
    form |= {"was.status": value(page, "was.status"), "set.status": "denied", "action": "edit"}
    assert site.send("/corrections", form).status == 303
    (edited,) = news.events("review:edited")
    assert edited.status == "denied"


def test_filters_narrow_it_and_an_empty_queue_says_so(site: Client, news: Record) -> None:
    (arrest,) = news.events("act:COERCE/arrest")
    assert walked(site, "/review?q=act:COERCE/arrest") == [f"events/{arrest.id}"]
    assert "Nothing is left to review" in site.get("/review?q=type:AID").text
    assert site.get("/review?q=type:NOPE").status == 400


def test_a_correction_that_does_not_fit_any_more_comes_first(news: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    (arrest,) = news.events("act:COERCE/arrest")
    news.correct.edit(f"events/{arrest.id}", {"status": "denied"}, by="Mara Lind")
    monkeypatch.setattr(
        review, "latest", lambda site: [replace(item, unfit="its words are gone") for item in latest(site)]
    )
    with served(news, Access(User("Mara Lind", "correct"))) as site:
        page = site.get("/review").text
        assert "its words are gone" in page
        assert "/corrections/1/undo" in page
        assert 'rel="next"' in page


@pytest.mark.parametrize("at", ["events/99999", "figures/1", "rumours/1", "corrections/9", '"><b>', "events/x"])
def test_what_is_not_there(site: Client, at: str) -> None:
    assert site.get(f"/review?at={quote(at)}").status == 404


def test_who_may_only_read_does_not_review(news: Record) -> None:
    with served(news, Access(User("Ada", "read"))) as site:
        assert site.get("/review").status == 403
        assert 'href="/review"' not in site.get("/").text


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "/events", "/review/../x", "/\\evil"])
def test_a_judgement_leads_nowhere_else(site: Client, then: str) -> None:
    page = site.get("/review").text
    form = {name: value(page, name) for name in ("claim", "seen", "back")}
    done = site.send("/corrections", {**form, "then": then, "action": "confirm"})
    assert done.headers["location"] == "/review?done=1"
    assert json.loads(site.get("/corrections.json").body)["items"][0]["by"] == "Mara Lind"
