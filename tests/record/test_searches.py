"""Saved searches: kept under a name, and what is new in them told once, signed, again where it fails, and not for ever."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from readout.errors import FetchError, Refused, UsageError
from readout.record import open_record, sending
from readout.record import searches as s
from readout.sources.article import Article

PROSE = "Rebels shelled the town of Osthavn on Monday, the health ministry said on Tuesday. Dispatch {} of the day."


def add(record, *numbers, **fields):
    record.add([Article(PROSE.format(n), source_id=str(n), publisher="Nordpost", **fields) for n in numbers])


class Hook:
    """What takes what is sent: a status or an error for each sending, 200 behind them."""

    def __init__(self, *answers):
        self.answers, self.took, self.slept = list(answers), [], []

    def __call__(self, url, body, headers):
        answer = self.answers.pop(0) if self.answers else 200
        self.took.append((url, body, headers, answer))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def run(self, record, **more):
        return sending.send_new(record, self, sleep=self.slept.append, **more)

    def items(self):
        return [
            item["report"] for _, body, _, answer in self.took if answer == 200 for item in json.loads(body)["items"]
        ]


@pytest.fixture
def hooked(record):
    add(record, 1, 2)
    s.save_search(
        record, "attacks", "events", "type:ASSAULT", by="Mara Lind", webhook="https://hook.example/x", secret="s" * 32
    )
    return record


def test_a_search_is_kept_and_removed(record):
    saved = s.save_search(record, "attacks", "events", "type:ASSAULT -status:planned", by="Mara Lind")
    assert s.searches(record) == (saved,)
    assert (saved.kind, saved.query, saved.by, saved.at) == (
        "events", "type:ASSAULT -status:planned", "Mara Lind", "2025-03-12T09:00:00Z",
    )  # fmt: skip
    with pytest.raises(UsageError, match="already"):
        s.save_search(record, "attacks", "reports", "", by="Ada")
    assert s.remove_search(record, "attacks") == saved
    assert s.searches(record) == ()
    with pytest.raises(UsageError, match="no search"):
        s.found_search(record, "attacks")


@pytest.mark.parametrize(
    ("name", "kind", "query"),
    [("", "events", ""), ("a/b", "events", ""), ("a.atom", "events", ""), ("x" * 61, "events", ""), (" x", "events", ""),
     ("x\n", "events", ""),
     ("x", "actors", ""), ("x", "rumours", ""), ("x", "events", "type:NOPE"), ("x", "reports", "type:ASSAULT"),
     ("x", "events", 'publisher:"a'),
     ("x", "events", "a " * 2000), ("x\0", "events", "")],
)  # fmt: skip
def test_what_cannot_be_saved(record, name, kind, query):
    with pytest.raises(UsageError):
        s.save_search(record, name, kind, query, by="Mara Lind")
    assert s.searches(record) == ()


def test_the_newest_answers_are_those_added_last(record):
    add(record, 1, 2, published="2025-03-11")
    add(record, 3, published="2024-01-01")
    search = s.save_search(record, "attacks", "events", "type:ASSAULT", by="M")
    found = s.newest_answers(record, search, 10)
    assert [event.published for event in found] == ["2024-01-01", "2025-03-11", "2025-03-11"]
    assert len(s.newest_answers(record, search, 2)) == 2
    assert [row.published for row in s.newest_answers(record, s.Search("x", "reports", "", "", ""), 1)] == [
        "2024-01-01"
    ]


def test_what_is_new_is_sent_once_and_signed(hooked):
    hook = Hook()
    assert hook.run(hooked) == (sending.Sent("attacks"),)  # what was there when it was saved is not new
    add(hooked, 3, 4)
    assert hook.run(hooked) == (sending.Sent("attacks", 2, 1),)
    ((url, body, headers, _),) = hook.took
    value = json.loads(body)
    assert (url, value["search"], value["kind"], value["query"], value["more"]) == (
        "https://hook.example/x", "attacks", "events", "type:ASSAULT", False,
    )  # fmt: skip
    assert [item["type"] for item in value["items"]] == ["ASSAULT", "ASSAULT"]
    said = hmac.new(b"s" * 32, headers["X-Readout-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Readout-Signature"] == f"sha256={said}"
    assert hook.run(hooked) == (sending.Sent("attacks"),)
    assert len(hook.took) == 1


def test_what_is_read_again_or_corrected_is_not_new(hooked):
    hook = Hook()
    hooked.reread()
    hooked.correct.edit(next(f"events/{e.id}" for e in hooked.events("type:ASSAULT")), {"status": "denied"}, by="M")
    assert hook.run(hooked) == (sending.Sent("attacks"),)


def test_much_that_is_new_is_sent_in_parts_and_nothing_twice(hooked, monkeypatch):
    monkeypatch.setattr(sending, "TOGETHER", 2)
    monkeypatch.setattr(sending, "SENDINGS", 2)
    hook = Hook()
    add(hooked, *range(10, 17))
    (first,) = hook.run(hooked)
    assert (first.answers, first.sendings) == (4, 2)
    assert [json.loads(body)["more"] for _, body, _, _ in hook.took] == [True, True]
    (second,) = hook.run(hooked)
    assert (second.answers, second.sendings) == (3, 2)
    assert len(hook.items()) == len(set(hook.items())) == 7


def test_what_fails_is_tried_again_and_kept_for_the_next_time(hooked):
    add(hooked, 3)
    hook = Hook(FetchError("no answer"), 503)
    assert [(sent.answers, sent.error) for sent in hook.run(hooked)] == [(1, None)]
    assert hook.slept == list(sending.PAUSES)
    add(hooked, 4)
    down = Hook(500, 500, 500)
    assert [(sent.answers, sent.error) for sent in down.run(hooked)] == [(0, "it answered 500")]
    assert (s.found_search(hooked, "attacks").failures, s.found_search(hooked, "attacks").error) == (
        1,
        "it answered 500",
    )
    assert [sent.answers for sent in hook.run(hooked)] == [1]
    assert (s.found_search(hooked, "attacks").failures, s.found_search(hooked, "attacks").error) == (0, None)
    assert len(hook.items()) == 2


@pytest.mark.parametrize("answer", [400, 401, 404, 410, 301, 302, Refused("10.0.0.1 is private")])
def test_what_would_fail_again_is_not_tried_again(hooked, answer):
    add(hooked, 3)
    hook = Hook(answer)
    (sent,) = hook.run(hooked)
    assert sent.error
    assert (len(hook.took), hook.slept) == (1, [])


def test_an_address_that_never_answers_is_given_up(hooked, monkeypatch):
    monkeypatch.setattr(s, "GIVEN_UP", 2)
    add(hooked, 3)
    for _ in range(2):
        assert Hook(404).run(hooked)[0].error
    hook = Hook()
    assert hook.run(hooked) == ()
    assert s.found_search(hooked, "attacks").is_given_up
    assert hook.run(hooked, names=["attacks"]) == (sending.Sent("attacks", 1, 1),)
    assert not s.found_search(hooked, "attacks").is_given_up


def test_a_search_without_a_webhook_sends_nothing(record):
    s.save_search(record, "all", "reports", "", by="M")
    add(record, 1)
    assert Hook().run(record) == ()


def test_the_secret_is_in_no_answer(hooked):
    search = s.found_search(hooked, "attacks")
    assert "secret" not in search.to_json()
    assert "ssss" not in repr(search)


def test_an_older_record_gets_the_table(tmp_path):
    path = tmp_path / "old.db"
    with open_record(path) as record, record.writing() as connection:
        connection.exec_driver_sql("DROP TABLE saved_searches")
        connection.exec_driver_sql("DELETE FROM migrations WHERE name = '0007 searches'")
    with open_record(path) as record:
        assert s.searches(record) == ()
