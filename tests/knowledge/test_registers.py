"""Registers: every example is run; what a register hides is an event type or a rule that exists."""

from __future__ import annotations

from typing import Any

import pytest

import readout
from readout import knowledge

REGISTERS: dict[str, Any] = knowledge.load("registers.yaml")["registers"]
EXAMPLES = [(name, example) for name, entry in REGISTERS.items() for example in entry["examples"]]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name: str, example: dict[str, Any]) -> None:
    events = readout.read(example["text"], keep_text=True).events
    hidden = set(REGISTERS[name]["not_read"])
    read = [event for event in events if {event.act.type, event.rule} & hidden]
    if example.get("none"):
        assert not read, [event.rule for event in read]
    else:
        words = {example["text"][slice(*event.span)] for event in read}
        assert example["some"] in words, words


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_there_is_an_example_and_a_near_miss(name: str) -> None:
    kinds = {"none" in example for example in REGISTERS[name]["examples"]}
    assert kinds == {True, False}


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_what_is_hidden_exists(name: str) -> None:
    types = set(knowledge.load("plover.yaml")["types"])
    rules = {
        f"{content['type']}/{frame['id']}"
        for file in knowledge.names("events")
        if "frames" in (content := knowledge.load(file))
        for frame in content["frames"]
    }
    assert set(REGISTERS[name]["not_read"]) <= types | rules


def test_what_is_left_out_is_said() -> None:
    sport = REGISTERS["sport"]["examples"][0]["text"]
    report = readout.read(sport, keep_text=True, published="2025-03-10")
    (problem,) = report.problems
    assert problem.stage == "register"
    assert "sport" in problem.message


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_its_words_are_words_and_what_is_needed_is_among_them(name: str) -> None:
    entry = REGISTERS[name]
    for word in (*entry["words"], *entry["unless"]):
        assert word == word.lower()
        assert " " not in word, word
    assert set(entry.get("needed", [])) <= set(entry["words"])
    assert not set(entry["words"]) & set(entry["unless"])
