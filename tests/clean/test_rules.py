"""Every furniture rule fits its examples, and no rule fits any near miss."""

from __future__ import annotations

import pytest

from readout import knowledge
from readout.clean.opening import opening_of
from readout.clean.rules import match, rules

RULES = rules("any", "start", "under", "end")
OPENINGS = knowledge.load("furniture/openings.yaml")["openings"]


@pytest.mark.parametrize(("rule", "example"), [(rule, text) for rule in RULES for text in rule.examples])
def test_example_fits(rule, example):
    assert rule.pattern.fullmatch(example), rule.name


@pytest.mark.parametrize("text", [text for rule in RULES for text in rule.near_misses])
def test_near_miss_fits_no_rule(text):
    found = match(text, "any", "start", "under", "end")
    assert found is None, found and found[0].name


@pytest.mark.parametrize(("rule", "example"), [(rule, text) for rule in rules("inside") for text in rule.examples])
def test_aside_is_cut_from_its_sentence(rule, example):
    found = rule.pattern.search(example)
    assert found is not None
    assert found[0].endswith(")")
    assert example[found.end() :].startswith(" ")


@pytest.mark.parametrize("text", [text for rule in rules("inside") for text in rule.near_misses])
def test_near_miss_is_no_aside(text):
    assert not any(rule.pattern.search(text) for rule in rules("inside"))


@pytest.mark.parametrize(("text", "opens"), [(x["text"], x["opens"]) for entry in OPENINGS for x in entry["examples"]])
def test_opening(text, opens):
    found = opening_of(text)
    assert found is not None
    assert text[: found.length] == opens


@pytest.mark.parametrize("text", [text for entry in OPENINGS for text in entry.get("near_misses", ())])
def test_no_opening(text):
    assert opening_of(text) is None
