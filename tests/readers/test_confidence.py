"""The confidence of events: its weights name what exists, and more evidence counts as it was found to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import readout
import readout.reading
from readout import knowledge
from readout.readers.events.confidence import confidence
from readout.sources.article import Article

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
    named = {"type": types, "act": types, "rule": rules, "status": statuses, "noun": {f"of {rule}" for rule in rules}}
    single = {"verb", "noun", "actor", "recipient", "both ends", "several actors"}
    single |= {"date", "place", "mode", "attributed", "told twice"}
    single |= {"noun alone", "said in passing", "doubtful end", "accuses nobody", "purpose", "of another matter"}
    single |= {"hardly anything happens", "little happens", "much happens", "among nobody known", "a habit"}
    single |= {"main clause", "in quotation marks"}
    for name in WEIGHTS:
        kind, _, value = name.partition(" ")
        assert name in single or value in named.get(kind, ()), name


@given(st.sets(st.sampled_from(sorted(WEIGHTS)), max_size=30))
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


#: Four sentences without politics, so that a text is an article.
ELSEWHERE = " The show drew a big crowd. The songs were new. The lights were bright. The hall was full."


def confidence_of(text: str) -> float:
    report, _ = readout.reading.read_with_document(Article(text=text), keep_text=True)
    return max((event.confidence for event in report.events), default=0.0)


@pytest.mark.parametrize(
    ("surely", "doubtfully"),
    [
        ("Norway praised Sweden." + ELSEWHERE, "Anna Berg praised Ola Dahl." + ELSEWHERE),
        ("Anna Berg praised Ola Dahl.", "Anna Berg praised Ola Dahl." + ELSEWHERE),
        ("Norway criticised Sweden.", "Norway's criticism was loud."),
        (
            "The army said that soldiers arrested by Norway were freed.",
            "The army said that soldiers arrested were tired.",
        ),
        ("Norway praised Sweden.", 'Dag said: "Norway praised Sweden."'),
    ],
)
def test_what_is_no_politics_is_relied_on_less(surely: str, doubtfully: str) -> None:
    assert confidence_of(surely) > confidence_of(doubtfully)
