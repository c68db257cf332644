"""Negotiations: what talks are about, between whom, in what state, and what stands in their way."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.reading import read
from readout.types import Negotiation, Report


def only(text: str) -> tuple[Report, Negotiation]:
    report = read(text, published="2025-03-12", keep_text=True)
    assert len(report.negotiations) == 1, report.negotiations
    return report, report.negotiations[0]


def names(report: Report, indexes: tuple[int, ...]) -> set[str]:
    return {report.actors[n].name for n in indexes}


def _examples(field: str) -> list[Any]:
    table: dict[str, Any] = knowledge.load("negotiations/talks.yaml")
    places = [*table["states"], *(value for value in table.values() if isinstance(value, dict))]
    return [example for place in places for example in place.get("examples", ()) if field in example]


@pytest.mark.parametrize("example", _examples("state"), ids=lambda e: str(e["text"]))
def test_a_state_has_its_words(example: dict[str, str]) -> None:
    report, negotiation = only(example["text"])
    assert (negotiation.state, negotiation.topic) == (example["state"], example["topic"])
    assert "Iran" in names(report, negotiation.parties)


@pytest.mark.parametrize("example", _examples("mediators"), ids=lambda e: str(e["text"]))
def test_mediators_are_no_parties(example: dict[str, Any]) -> None:
    report, negotiation = only(example["text"])
    assert names(report, negotiation.mediators) == set(example["mediators"])
    assert not set(negotiation.mediators) & set(negotiation.parties)


@pytest.mark.parametrize("example", _examples("issue"), ids=lambda e: str(e["text"]))
def test_issues_are_named(example: dict[str, str]) -> None:
    _, negotiation = only(example["text"])
    assert any(example["issue"] in issue.label for issue in negotiation.issues)


@pytest.mark.parametrize("example", _examples("obstacle"), ids=lambda e: str(e["text"]))
def test_obstacles_are_words_of_the_text(example: dict[str, str]) -> None:
    report, negotiation = only(example["text"])
    assert any(example["obstacle"] in report.slice(span) for span in negotiation.obstacles)


def test_mentions_in_several_sentences_are_one_negotiation() -> None:
    report, negotiation = only(
        "The peace talks between Iran and Iraq resumed on Monday. "
        "The talks stalled on Tuesday after the killing of a minister."
    )
    assert names(report, negotiation.parties) == {"Iran", "Iraq"}
    assert negotiation.state == "stalled"
    assert len([span for span in negotiation.spans if report.slice(span) == "talks"]) == 2


def test_progress_has_its_share_and_its_words() -> None:
    report, negotiation = only(
        "The peace talks between Iran and Iraq continued on Monday. A deal is about 80% complete, the minister said."
    )
    assert negotiation.progress is not None
    assert negotiation.progress.value == 0.8
    assert "80" in report.slice(negotiation.progress.span)


def test_a_conversation_is_no_negotiation() -> None:
    assert (
        read("The farmer talked to his dog about the rain.", published="2025-03-12", keep_text=True).negotiations == ()
    )


def test_every_reference_points_into_its_list() -> None:
    report = read(
        "The stalled cease-fire talks between Iran and Iraq were mediated by Qatar. Iran has refused to withdraw its "
        "troops, a key disagreement.",
        published="2025-03-12",
        keep_text=True,
    )
    for negotiation in report.negotiations:
        for n in (*negotiation.parties, *negotiation.mediators):
            assert 0 <= n < len(report.actors)
        for issue in negotiation.issues:
            assert issue.label in report.slice(issue.span)
            assert all(0 <= position.party < len(report.actors) for position in issue.positions)


def test_what_is_said_to_be_no_obstacle_is_none() -> None:
    text = "Chad and Sudan held peace talks on Monday. The border is no obstacle in the negotiations."
    (negotiation,) = read(text, keep_text=True).negotiations
    assert negotiation.obstacles == ()
