"""What takes longer than a page may is made beside the pages: what was made is shown as what it is, and one of now is on its way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_site import Client, make_record, served
from test_briefs import NEWS

import readout
from readout.across.brief.recorded import brief_of
from readout.errors import UsageError
from readout.record import Record
from readout.sources.article import Article
from readout.web import beside, decisions, health
from readout.web.access import Access, User
from readout.web.waiting import Making, TooMany

WEEK = ("2025-05-01", "2025-05-07")


@pytest.fixture
def news(tmp_path: Path) -> Iterator[Record]:
    """A record of four reports."""
    articles = [
        Article(text, id=f"r{n}", title=title, published=day, publisher=publisher)
        for n, (day, publisher, title, text) in enumerate(NEWS)
    ]
    with make_record(tmp_path / "news.db", articles) as record:
        readout.link(record)
        yield record


class Slow:
    """Makes a value once it is let to."""

    def __init__(self, value: str) -> None:
        self.value, self.begun, self.may = value, threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.may.wait(30)
        return self.value


def test_what_was_made_is_shown_until_it_is_made_anew() -> None:
    making, first, second = Making[str](), Slow("one"), Slow("two")
    assert making.get("brief", 1, first, 0).value is None
    first.may.set()
    shown = making.get("brief", 1, first, 30)
    assert (shown.value, shown.current) == ("one", True)
    later = making.get("brief", 2, second, 0)
    assert (later.value, later.current, later.at) == ("one", False, shown.at)
    assert second.begun.wait(30)
    assert making.get("brief", 3, Slow("three"), 0).value == "one"  # one is being made: no other is begun
    second.may.set()
    assert making.get("brief", 2, second, 30).value == "two"


def test_what_was_made_of_a_state_that_is_over_is_not_taken_for_that_of_now() -> None:
    making, first, second = Making[str](), Slow("one"), Slow("two")
    making.get("brief", 1, first, 0)
    first.may.set()
    second.may.set()
    shown = making.get("brief", 2, second, 30)
    assert (shown.value, shown.current) == ("two", True)


def test_what_cannot_be_made_says_why_and_is_tried_again() -> None:
    def fails() -> str:
        raise UsageError("no")

    making = Making[str]()
    for _ in range(2):
        with pytest.raises(UsageError, match="no"):
            making.get("brief", 1, fails, 30)
    assert making.get("brief", 1, lambda: "made", 30).value == "made"


def test_not_too_many_wait() -> None:
    making, slow = Making[str](), Slow("one")
    for name in range(4):
        making.get(name, 1, slow, 0)
    with pytest.raises(TooMany):
        making.get("one more", 1, slow, 0)
    slow.may.set()
    assert making.get(3, 1, slow, 30).current


def test_a_brief_of_a_large_record_is_shown_as_it_was_and_made_anew(
    news: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "SMALL", 0)
    with served(news, Access(User("Mara Lind", "admin"))) as client:
        asked = f"?since={WEEK[0]}&until={WEEK[1]}"
        assert "The brief is being made" in client.get(f"/brief{asked}").text
        assert "toll rises to 14" in taken(client, f"/brief.md{asked}")
        now = client.get(f"/brief{asked}").text
        assert "toll rises to 14" in now
        assert "as it was at" not in now
        news.add([Article(f"{NEWS[0][3]} It was late.", id="new", published="2025-05-07", title="A late word")])
        then = client.get(f"/brief{asked}").text
        assert "this is the brief as it was at" in then
        assert "toll rises to 14" in then
        assert taken(client, f"/brief.md{asked}")
        assert "as it was at" not in client.get(f"/brief{asked}").text


def taken(client: Client, path: str) -> str:
    """A file, which is waited for, some seconds at a time."""
    for _ in range(10):
        answer = client.get(path)
        if answer.status == 200:
            return answer.text
        assert "being made" in answer.text
    raise AssertionError("it was not made")


def test_a_process_of_its_own_makes_what_would_be_made_here(news: Record) -> None:
    made = beside.brief_beside(news, *WEEK, about=None, length=5)
    assert made == brief_of(news, *WEEK, length=5)
    with pytest.raises(UsageError, match="colour"):
        beside.brief_beside(news, *WEEK, about="colour:red", length=5)


def test_a_large_record_is_looked_through_beside_the_pages(news: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "SMALL", 0)
    monkeypatch.setattr(health, "_SOON", 30.0)
    with served(news, Access(User("Mara Lind", "admin"))) as client:
        page = client.get("/doctor").text
        assert "current versions" in page
        assert "being looked through" not in page
        monkeypatch.setattr(health, "_SOON", 0.0)
        news.add([Article("Egypt condemned Norway on Monday.", id="new", published="2025-05-07")])
        page = client.get("/doctor").text
        assert "current versions" in page
        assert "Something was written to the record since" in page


def test_what_is_decided_in_a_large_record_is_linked_beside_the_pages(
    news: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "SMALL", 0)
    with served(news, Access(User("Mara Lind", "admin"))) as client:
        _decide(client)
        assert decisions._LINKING.acquire(timeout=60)  # it is linked
        decisions._LINKING.release()
    assert news.unlinked() == 0
    (story,) = {member.key for member in news.groups_of("r0") if member.kind == "story"}
    assert all(member.report != "r1" for member in news.group_members("story", story))


def _decide(client: Client) -> None:
    sent = {"kind": "story", "word": "apart", "one": "r0", "other": "r1"}
    assert client.send("/decisions", sent).status == 303


def test_few_requests_wait_for_long_at_once() -> None:
    making, slow = Making[str](), Slow("one")
    waiting = [threading.Thread(target=making.get, args=("brief", 1, slow, 30)) for _ in range(3)]
    for thread in waiting:
        thread.start()
    assert slow.begun.wait(30)
    while making.patience._value:
        waiting[0].join(0.01)
    answered: list[str | None] = []
    more = threading.Thread(target=lambda: answered.append(making.get("brief", 1, slow, 30).value))
    more.start()
    more.join(10)
    assert answered == [None], "one more had to wait"
    slow.may.set()
    for thread in waiting:
        thread.join(30)
    assert making.patience._value == 3
