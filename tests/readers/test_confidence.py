"""The confidence of events: its weights name what exists, and more evidence counts as it was found to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import readout
from readout import knowledge
from readout.readers.events.confidence import confidence

WEIGHTS: dict[str, float] = knowledge.load("confidence.yaml")["weights"]


def test_every_weight_is_of_something_that_can_be_found() -> None:
    types = set(knowledge.load("plover.yaml")["types"])
    rules = {
        f"{content['type']}/{frame['id']}"
        for name in knowledge.names("events")
        if isinstance(content := knowledge.load(name), dict) and "frames" in content
        for frame in content["frames"]
    }
    statuses = set(readout.types.Status.__args__)
    named = {"type": types, "act": types, "rule": rules, "status": statuses}
    single = {"verb", "noun", "actor", "recipient", "both ends", "several actors"}
    single |= {"date", "place", "mode", "attributed", "told twice"}
    for name in WEIGHTS:
        kind, _, value = name.partition(" ")
        assert name in single or value in named.get(kind, ()), name


@given(st.sets(st.sampled_from(sorted(WEIGHTS))))
def test_it_is_a_probability(names: set[str]) -> None:
    assert 0.0 <= confidence(names) <= 1.0


def test_what_is_not_known_counts_nothing() -> None:
    assert confidence(["verb", "rule NONE/none"]) == confidence(["verb"])


@pytest.mark.parametrize(
    ("fuller", "barer"),
    [
        ("Norway condemned Sweden.", "Sweden was condemned."),
        ("Iranian and Iraqi ministers met in Baghdad on Monday.", "There was a meeting."),
    ],
)
def test_both_ends_are_relied_on_more_than_one(fuller: str, barer: str) -> None:
    (one,), (other,) = readout.read(fuller, keep_text=True).events, readout.read(barer, keep_text=True).events
    assert one.confidence > other.confidence
