"""Every example of the time patterns reads as it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.readers.times import read_times
from readout.readers.times.grammar import patterns
from readout.readers.times.reading import READINGS

EXAMPLES = [
    pytest.param(entry["name"], example, id=f"{entry['name']}-{n}")
    for entry in knowledge.load("times/patterns.yaml")
    for n, example in enumerate(entry["examples"])
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name: str, example: dict[str, Any]) -> None:
    published: dt.date | None = example.get("published")
    document = load_parser().parse(example["text"], Context(published=published))
    times = read_times(document, Findings()).times
    fitting = [
        time
        for time in times
        if time.value == str(example["value"]) and example.get("span") in (None, document.slice(time.span))
    ]
    assert fitting, [(document.slice(time.span), time.value) for time in times]
    for name_of_end in ("start", "end"):
        if name_of_end in example:
            assert getattr(fitting[0], name_of_end) == example[name_of_end]


def test_every_pattern_names_a_reading() -> None:
    assert {pattern.read for pattern in patterns()} <= set(READINGS)


def test_every_reading_is_used() -> None:
    assert set(READINGS) <= {pattern.read for pattern in patterns()}
