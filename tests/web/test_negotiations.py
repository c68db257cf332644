"""Negotiations as pages: who, when, where each party stands and what is next, each with its words and where they stand."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from elements import HOSTILE, tags_of
from small_site import Client, make_record, served

import readout
from readout.sources.article import Article
from readout.web.access import Access, User

TALKS = (
    ("2025-03-03", "Nordpost", "Peace talks between the Chadian government and rebels of the Sahel Liberation Front are due to open in"
     " Tunis on March 6, Algerian mediators said on Monday."),
    ("2025-03-06", "Kystradio", "Peace talks between Chad and the Sahel Liberation Front opened in Tunis on Thursday. The Sahel Liberation"
     " Front rejected a ceasefire."),
    ("2025-03-12", "Nordpost", "The peace talks between Chad and the Sahel Liberation Front have stalled over the fate of prisoners,"
     " Algerian mediators said."),
    ("2025-03-19", "Lindal Daily", "The Sahel Liberation Front agreed to a ceasefire in peace talks with Chad in Geneva on Wednesday. Both"
     " sides will meet again on April 20."),
    ("2025-03-11", "Kystradio", "Border talks between Norway and Iceland opened in Bergen on Tuesday."),
)  # fmt: skip


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A site of two negotiations, linked."""
    articles = [
        Article(text, id=f"r{n}", title=f"Report {n}", published=day, publisher=publisher)
        for n, (day, publisher, text) in enumerate(TALKS)
    ]
    with make_record(tmp_path_factory.mktemp("talks") / "news.db", articles) as record:
        readout.link(record)
        with served(record, Access(User("Mara Lind", "admin"))) as client:
            yield client


def key_of(client: Client, title: str) -> str:
    items = json.loads(client.get("/negotiations.json?least=1").body)["items"]
    return next(str(item["key"]) for item in items if title in item["title"])


def test_the_list_and_its_files_have_the_same_rows(talks: Client) -> None:
    page = talks.get("/negotiations?least=1").text
    items = json.loads(talks.get("/negotiations.json?least=1").body)["items"]
    keys = [item["key"] for item in items]
    assert re.findall(r'<a href="/negotiations/(\w{16})">', page) == keys
    assert len(keys) == 2
    assert [item["reports"] for item in items] == [4, 1]
    assert [row["key"] for row in csv.DictReader(io.StringIO(talks.get("/negotiations.csv?least=1").text))] == keys
    assert [json.loads(line)["key"] for line in talks.get("/negotiations.jsonl?least=1").text.splitlines()] == keys
    assert [
        row["key"] for row in pq.read_table(io.BytesIO(talks.get("/negotiations.parquet?least=1").body)).to_pylist()
    ] == keys
    assert "◐" in page
    assert "Chad, Sahel Liberation Front" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 1),
        ("?least=1", 2),
        ("?q=publisher:%22Lindal+Daily%22", 1),
        ("?least=1&q=bergen", 1),
        ("?q=ferry", 0),
        ("?least=1&limit=1", 1),
    ],
)
def test_what_narrows_the_list(talks: Client, asked: str, found: int) -> None:
    answer = talks.get(f"/negotiations{asked}")
    assert answer.status == 200
    assert len(re.findall(r'<a href="/negotiations/\w{16}">', answer.text)) == found
    assert ("No negotiations" in answer.text) == (found == 0)


def test_pages_follow_one_another(talks: Client) -> None:
    first = json.loads(talks.get("/negotiations.json?least=1&limit=1").body)
    second = json.loads(talks.get(first["next_url"]).body)
    assert first["items"] != second["items"]
    assert second["next_url"] is None
    assert talks.get(first["next_url"].replace(".json", "")).status == 200


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/negotiations?order=size", 400, "not ordered by"),
        ("/negotiations?least=many", 400, "least"),
        ("/negotiations?as_of=2025-03-01", 400, "choose one"),
        ("/negotiations?q=type:NOPE", 400, ""),
        ("/negotiations/ffffffffffffffff", 404, "no negotiation"),
        ("/negotiations/%27%22%3Cb%3E", 404, "no negotiation"),
        ("/negotiations/ffffffffffffffff.json", 404, "no negotiation"),
    ],
)
def test_what_cannot_be_asked(talks: Client, path: str, status: int, says: str) -> None:
    answer = talks.get(path)
    assert answer.status == status
    assert says in html.unescape(answer.text)


def test_one_says_everything_with_its_words_and_where_they_stand(talks: Client) -> None:
    page = talks.get(f"/negotiations/{key_of(talks, 'Chad')}").text
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    for said in (
        "Algeria",
        "Tunis",
        "under way",
        "stalled",
        "the fate of prisoners",
        "2025-04-20",
        "3 independent sources",
    ):
        assert said in text, said
    matrix = page.partition('<table class="claims matrix"')[2].partition("</table>")[0]
    cells = re.findall(r'data-label="Sahel Liberation Front"[^>]*>(.*?)</td>', matrix)
    stances = re.findall(r'href="#p\d+"><span class="nobr"><span aria-hidden="true">.</span> (\w+)', "".join(cells))
    assert stances == ["refuses", "offers"]
    assert "moved" in matrix
    links = re.findall(r'<q class="told">.*?href="(/reports/[^"]+)"', page)
    assert len(links) > 8
    for link in set(links):
        assert talks.get(html.unescape(link).partition("#")[0]).status == 200, link
    tags = tags_of(page)
    assert (tags.open, tags.wrong) == ([], [])
    ids = [attributes["id"] for _, attributes in tags.found if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for tag, attributes in tags.found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "a" and (attributes["href"] or "").startswith("#"):
            assert (attributes["href"] or "")[1:] in ids


def test_as_known_then(talks: Client) -> None:
    key = key_of(talks, "Chad")
    then = json.loads(talks.get(f"/negotiations/{key}.json?as_of=2025-03-07").body)
    now = json.loads(talks.get(f"/negotiations/{key}.json").body)
    entries = list(csv.DictReader(io.StringIO(talks.get(f"/negotiations/{key}.csv").text)))
    assert {"party", "mediator", "round", "state", "position", "obstacle", "planned"} <= {
        row["kind"] for row in entries
    }
    assert all(row["words"] and row["report"] for row in entries)
    assert [(row["who"], row["what"], row["issue"]) for row in entries if row["kind"] == "position"] == [
        ("Sahel Liberation Front", "refuses", "cease-fire"),
        ("Sahel Liberation Front", "offers", "cease-fire"),
    ]
    assert (then["state"], now["state"]) == ("under_way", "stalled")
    assert (len(then["reports"]), len(now["reports"])) == (2, 4)
    assert then["moves"] == []
    assert sorted(now["ids"].values()) == ["r0", "r1", "r2", "r3"]
    page = talks.get(f"/negotiations/{key}?as_of=2025-03-07").text
    assert "As known on 2025-03-07" in page
    assert "negotiation <a" in talks.get("/reports/r1").text
    assert "prisoners" not in page
    assert talks.get(f"/negotiations/{key}?as_of=2025-03-01").status == 404
    assert talks.get(f"/negotiations/{key}?as_of=spring").status == 400


def test_an_address_may_be_the_beginning_of_a_key(talks: Client) -> None:
    key = key_of(talks, "Norway")
    assert talks.get(f"/negotiations/{key[:8]}").text == talks.get(f"/negotiations/{key}").text


def test_what_is_not_linked_is_said(tmp_path: Path) -> None:
    articles = [Article(TALKS[4][2], id="a", published="2025-03-11", publisher="Kystradio")]
    with make_record(tmp_path / "news.db", articles) as record, served(record, Access(User("M", "read"))) as client:
        page = client.get("/negotiations").text
        assert "Nothing is linked yet" in page
        assert "finds the negotiations of the 1 report" in page


def test_what_strangers_wrote_is_text(tmp_path: Path) -> None:
    articles = [
        Article(
            f"{text}\n{HOSTILE[n]}", id=f"{n}{HOSTILE[n]}", title=HOSTILE[n], published=day, publisher=HOSTILE[n]
        )
        for n, (day, _, text) in enumerate(TALKS)
    ]  # fmt: skip
    with make_record(tmp_path / "news.db", articles) as record, served(record, Access(User("M", "read"))) as client:
        readout.link(record)
        items = json.loads(client.get("/negotiations.json?least=1").body)["items"]
        assert items
        for path in ("/negotiations", *(f"/negotiations/{item['key']}" for item in items)):
            tags = tags_of(client.get(path).text)
            assert (tags.open, tags.wrong) == ([], [])
            assert not [tag for tag, _ in tags.found if tag in ("img", "iframe", "b0")]
            assert [a.get("src") for tag, a in tags.found if tag == "script"][1:] == []
