"""When feeds are asked again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.errors import ReportError
from readout.fetching import FeedState, Outcome, PollLimits, Validators, next_state
from readout.fetching.polling import Hosts, next_feed

URL = "https://nordpost.example/rss"
STATE = FeedState(URL, URL, etag='"a"', modified="Mon", interval=1000.0, due=500.0, seen=("k",), digest="d")
LIMITS = PollLimits(shortest=100, first=1000, longest=5000, longest_failing=20_000, jitter=0.1)


def after(state, *outcomes, chance=lambda: 0.5, now=1000.0):
    for outcome in outcomes:
        state = next_state(state, outcome, now, chance, LIMITS)
    return state


@pytest.mark.parametrize(
    ("outcomes", "wait"),
    [
        ([Outcome("changed")], 600),
        ([Outcome("changed")] * 2, 360),
        ([Outcome("changed")] * 20, 100),
        ([Outcome("unchanged")], 1500),
        ([Outcome("unchanged")] * 20, 5000),
        ([Outcome("failed")], 200),
        ([Outcome("failed")] * 3, 800),
        ([Outcome("failed")] * 5000, 20_000),
        ([Outcome("failed")] * 9 + [Outcome("changed")], 600),
        ([Outcome("failed", 429, retry_after=7000.0)], 7000),
        ([Outcome("failed", 503, retry_after=5.0)], 200),
        ([Outcome("failed", 503, retry_after=1e12)], 20_000),
        ([Outcome("changed", 200, retry_after=900.0)], 900),
        ([Outcome("stopped")], 0),
    ],
)
def test_waits(outcomes, wait):
    state = after(STATE, *outcomes)
    assert state.due - 1000 == pytest.approx(wait)
    assert state.checked == 1000


def test_chance_spreads_them():
    waits = [after(STATE, Outcome("changed"), chance=lambda c=c: c).due - 1000 for c in (0.0, 0.5, 1.0)]
    assert waits == pytest.approx([540, 600, 660])


def test_what_is_kept():
    failed = after(STATE, Outcome("failed", 500, error="status 500"))
    assert (failed.failures, failed.error, failed.etag, failed.seen, failed.interval) == (
        1,
        "status 500",
        '"a"',
        ("k",),
        1000.0,
    )
    good = after(
        failed, Outcome("changed", 200, validators=Validators('"b"'), seen=("l",), digest="e", title="Nordpost")
    )
    assert (good.failures, good.error, good.etag, good.modified, good.seen, good.digest) == (
        0,
        None,
        '"b"',
        None,
        ("l",),
        "e",
    )
    assert (good.title, good.changed) == ("Nordpost", 1000.0)
    same = after(good, Outcome("unchanged", 304), now=2000.0)
    assert (same.etag, same.seen, same.changed) == ('"b"', ("l",), 1000.0)


def test_gone_and_moved():
    gone = after(STATE, Outcome("gone", 410))
    assert gone.gone
    assert next_feed({URL: gone}, Hosts(), lambda _: "h", 1e12) == (None, float("inf"))
    moved = after(STATE, Outcome("changed", 200, moved_to="https://new.example/rss"))
    assert (moved.feed, moved.url) == (URL, "https://new.example/rss")
    assert after(moved, Outcome("failed")).url == "https://new.example/rss"


states = st.builds(
    FeedState, feed=st.text(), url=st.text(), title=st.none() | st.text(), etag=st.none() | st.text(),
    checked=st.none() | st.floats(0, 1e10), due=st.floats(0, 1e10), failures=st.integers(0, 99), gone=st.booleans(),
    seen=st.lists(st.text()).map(tuple),
)  # fmt: skip


@given(states)
def test_to_json_and_back(state):
    assert FeedState.from_json(json.loads(json.dumps(state.to_json()))) == state


@pytest.mark.parametrize("value", [None, [], {}, {"feed": 1, "url": "u"}, {"feed": "f", "url": "u", "due": "soon"}])
def test_what_is_no_state(value):
    with pytest.raises(ReportError):
        FeedState.from_json(value)


@given(states, st.sampled_from(["changed", "unchanged", "failed"]), st.floats(0, 1), st.none() | st.floats(0, 1e15))
def test_a_feed_is_never_asked_at_once_and_never_forgotten(state, kind, chance, retry):
    found = next_state(state, Outcome(kind, retry_after=retry), 1000.0, lambda: chance)
    assert 250 <= found.due - 1000.0 <= 604_800 * 1.1


def test_hosts_take_turns():
    hosts = Hosts()
    assert hosts.wait("a", 10) == 0
    hosts = hosts.begun("a")
    assert hosts.wait("a", 10) is None
    assert hosts.wait("b", 10) == 0
    hosts = hosts.ended("a", 10, 5)
    assert (hosts.wait("a", 12), hosts.wait("a", 20)) == (3, 0)
    assert "a" not in hosts.ended("b", 20, 5).free_at


def test_the_longest_due_whose_host_is_free():
    states = {
        "x": FeedState("x", "h1", due=5), "y": FeedState("y", "h1", due=4), "z": FeedState("z", "h2", due=9),
        "w": FeedState("w", "h3", due=50),
    }  # fmt: skip
    assert next_feed(states, Hosts(), str, 10) == ("y", 0)
    assert next_feed(states, Hosts().begun("h1"), str, 10) == ("z", 0)
    assert next_feed(states, Hosts().ended("h1", 10, 3), str, 10) == ("z", 0)
    assert next_feed(states, Hosts().ended("h1", 10, 3).ended("h2", 10, 7), str, 10) == (None, 3)
    assert next_feed({"w": states["w"]}, Hosts(), str, 10) == (None, 40)
    assert next_feed({}, Hosts(), str, 10) == (None, float("inf"))
