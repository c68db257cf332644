"""The brief as a page: of a period, about something, with every line at its report, and as files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from elements import HOSTILE, tags_of
from small_site import Client, make_record, served

import readout
from readout.across.brief import compose, recorded
from readout.across.loading import load_facts
from readout.across.whole import Across
from readout.record import Record
from readout.sources.article import Article
from readout.web import briefs
from readout.web.access import Access, User

NEWS = (
    ("2025-05-05", "Nordpost", "Osthavn market bomb kills 12",
     "A Red Dawn Front bomb exploded in the fish market of Osthavn on Monday, killing 12 people, police said."),
    ("2025-05-06", "Kystradio", "Osthavn market bomb toll rises to 14",
     "At least 14 people were killed when a Red Dawn Front bomb exploded in the fish market of Osthavn on Monday, the health ministry said"
     " on Tuesday. The Red Dawn Front denied on Tuesday that its fighters bombed the fish market of Osthavn."),
    ("2025-05-07", "Sundmark Wire", "Egyptian foreign minister to visit Norway next week",
     "Egyptian Foreign Minister Sami Hadad will visit Norway next week for talks with Prime Minister Elin Sorvik, the Norwegian foreign"
     " ministry said on Wednesday."),
    ("2025-04-01", "Nordpost", "Norway and Denmark sign fishing agreement",
     "Norway and Denmark signed an agreement on fishing in Bergen on Tuesday."),
)  # fmt: skip


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record of four reports, linked."""
    articles = [
        Article(text, id=f"r{n}", title=title, published=day, publisher=publisher)
        for n, (day, publisher, title, text) in enumerate(NEWS)
    ]
    with make_record(tmp_path_factory.mktemp("brief") / "news.db", articles) as record:
        readout.link(record)
        yield record


@pytest.fixture(scope="module")
def site(news: Record) -> Iterator[Client]:
    with served(news, Access(User("Mara Lind", "admin"))) as client:
        yield client


def test_the_last_week_of_the_record_is_shown_with_its_lines_at_their_reports(site: Client) -> None:
    page = site.get("/brief").text
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "Brief: 1 to 7 May 2025" in text
    assert "Osthavn market bomb toll rises to 14" in text
    assert "will visit Norway next week" in text
    assert "fishing" not in text
    for said in ("Main developments", "Tolls", "Planned next", "Gaps"):
        assert said in text, said
    links = {html.unescape(link).partition("#")[0] for link in re.findall(r'href="(/reports/[^"]+)"', page)}
    assert links == {"/reports/r0", "/reports/r1", "/reports/r2"}
    for link in {
        html.unescape(link).partition("#")[0] for link in re.findall(r'href="(/(?:claims|stories)[^"]+)"', page)
    }:
        assert site.get(link).status == 200, link
    tags = tags_of(page)
    assert (tags.open, tags.wrong) == ([], [])


def test_the_page_says_what_the_files_say(site: Client) -> None:
    asked = "since=2025-05-05&until=2025-05-07"
    value = json.loads(site.get(f"/brief.json?{asked}").body)
    markdown = site.get(f"/brief.md?{asked}")
    assert markdown.headers["content-disposition"] == 'attachment; filename="brief-2025-05-05-2025-05-07.md"'
    page = site.get(f"/brief.html?{asked}")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "<script" not in page.text
    shown = html.unescape(re.sub(r"<[^>]+>", "", site.get(f"/brief?{asked}").text))
    for development in value["developments"]:
        for text in (markdown.text, html.unescape(page.text), shown):
            assert development["title"] in text
    assert (value["found"], value["taken"]) == (3, 3)


def test_it_is_the_brief_of_all_reports_where_they_are_few(news: Record) -> None:
    whole = compose(Across(load_facts(news)), "2025-05-05", "2025-05-07")
    made = recorded.brief_of(news, "2025-05-05", "2025-05-07").brief
    assert made == whole


def test_what_it_is_about(site: Client) -> None:
    value = json.loads(site.get("/brief.json?since=2025-05-01&until=2025-05-07&about=country:EGY").body)
    assert [development["title"] for development in value["developments"]] == [NEWS[2][2]]
    assert "about country:EGY" in html.unescape(
        site.get("/brief?since=2025-05-01&until=2025-05-07&about=country:EGY").text
    )


def test_of_very_many_reports_the_latest_are_in_it_and_the_page_says_so(
    news: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = recorded.brief_of(news, "2025-05-05", "2025-05-07", most=1)
    assert (made.found, made.taken) == (3, 1)
    assert [development.title for development in made.brief.developments] == [NEWS[2][2]]
    monkeypatch.setattr(briefs, "PERIOD", 2)
    monkeypatch.setattr(recorded, "brief_of", lambda *given, **named: made)
    monkeypatch.setattr(briefs, "brief_of", lambda *given, **named: made)
    with served(news, Access(User("M", "read"))) as client:
        assert "3 reports; the latest 1 of them" in client.get("/brief?since=2025-05-05&until=2025-05-07").text
        assert "Brief: 5 to 7 May" in client.get("/brief").text
        assert 'value="2025-05-06"' in client.get("/brief").text  # no more days than fit


def test_what_is_not_linked_is_in_it_all_the_same(news: Record, tmp_path: Path) -> None:
    articles = [Article(text, id=f"r{n}", title=title, published=day) for n, (day, _, title, text) in enumerate(NEWS)]
    with make_record(tmp_path / "news.db", articles) as record, served(record, Access(User("M", "read"))) as client:
        page = client.get("/brief?since=2025-05-05&until=2025-05-07").text
        assert "Osthavn market bomb toll rises to 14" in html.unescape(page)
        assert "4 reports are not linked yet" in page


def test_a_brief_is_kept_until_the_record_changes(
    news: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    real = recorded.brief_of
    monkeypatch.setattr(briefs, "brief_of", lambda *given, **named: made.append(given) or real(*given, **named))
    with make_record(tmp_path / "news.db", [Article(NEWS[0][3], id="a", published="2025-05-05")]) as record:  # noqa: SIM117 - in turn
        with served(record, Access(User("M", "read"))) as client:
            asked = "/brief.md?since=2025-05-05&until=2025-05-06"
            first = client.get(asked).text
            assert client.get(asked).text == first
            assert len(made) == 1
            record.add([Article(NEWS[1][3], id="b", published="2025-05-06")])
            assert client.get(asked).text != first
            assert len(made) == 2


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/brief?since=spring", "is no day"),
        ("/brief?since=2025-05-07&until=2025-05-01", "ends before it begins"),
        ("/brief?about=type:NOPE", "there is no"),
        ("/brief?about=colour:red", "colour"),
        ("/brief?length=0", "developments"),
        ("/brief.md?length=many", "developments"),
        ("/brief?since=1900-01-01&until=1900-01-02", None),
        ("/brief?since=9999-12-30&until=9999-12-31", None),
        ("/brief?since=0001-01-01&until=0001-01-02", "too large"),
        ("/brief?since=2024-01-01&until=2025-02-01", "a year at most"),
    ],
)
def test_what_can_be_asked(site: Client, path: str, says: str | None) -> None:
    answer = site.get(path)
    assert answer.status == (400 if says else 200)
    assert (says or "No report of this period") in html.unescape(answer.text)


def test_an_empty_record(tmp_path: Path) -> None:
    with make_record(tmp_path / "e.db", []) as record, served(record, Access(User("M", "read"))) as client:
        assert "nothing to make a brief of" in client.get("/brief").text
        assert client.get("/brief.md").status == 404


def test_what_strangers_wrote_is_text(tmp_path: Path) -> None:
    articles = [
        Article(f"{text} {HOSTILE[n]}", id=f"{n}{HOSTILE[n]}", title=f"{title} {HOSTILE[n]}", published=day, publisher=HOSTILE[n])
        for n, (day, _, title, text) in enumerate(NEWS)
    ]  # fmt: skip
    with make_record(tmp_path / "news.db", articles) as record, served(record, Access(User("M", "read"))) as client:
        readout.link(record)
        page = client.get("/brief?since=2025-04-01&until=2025-05-07").text
        tags = tags_of(page)
        assert (tags.open, tags.wrong) == ([], [])
        assert not [tag for tag, _ in tags.found if tag in ("img", "iframe", "svg")]
        assert "toll rises to 14" in page


def test_groups_are_taken_apart_where_they_reach_beyond_what_is_at_hand(news: Record) -> None:
    from readout.across.linking.recalling import recall

    first = next(iter(news.reports("bomb", order="published"))).reading
    across = recall(news, [first])
    assert {member.report for incident in across.incidents for member in incident.claims} == {first}
    assert {entry.report for ledger in across.ledgers for entry in ledger.entries} == {first}
    (story,) = across.stories
    assert len(story.members) == 2
    (early,) = recall(news, [first], until="2025-05-05").stories
    assert [member.report for member in early.members] == [first]
