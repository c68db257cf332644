"""Every example of the figure words and of the numbers reads as it says."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.figures import read_figures
from readout.readers.findings import Findings
from readout.readers.numbers import parse_number


@pytest.mark.parametrize("example", knowledge.load("figures/words.yaml")["examples"], ids=lambda e: e["text"])
def test_example(example: dict[str, Any]) -> None:
    document = load_parser().parse(example["text"], Context())
    figures = read_figures(document, Findings()).figures
    wanted = {key: value for key, value in example.items() if key != "text"}
    found = [{key: getattr(figure, key) for key in wanted} for figure in figures]
    assert wanted in found


@pytest.mark.parametrize("example", knowledge.load("figures/words.yaml")["no_figures"], ids=lambda e: e["text"])
def test_near_miss(example: dict[str, Any]) -> None:
    document = load_parser().parse(example["text"], Context())
    assert example["value"] not in [figure.value for figure in read_figures(document, Findings()).figures]


@pytest.mark.parametrize("example", knowledge.load("numbers.yaml")["examples"], ids=lambda e: e["text"])
def test_number(example: dict[str, Any]) -> None:
    assert parse_number(example["text"]) == example["value"]
