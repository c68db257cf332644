"""The examples of `knowledge/news.yaml`, read."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.reading import read

TABLE: dict[str, Any] = knowledge.load("news.yaml")


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: f"{e['word']}-{e['news']}-{len(e['text'])}")
def test_example_is_told(example: dict[str, Any]) -> None:
    report = read(example["text"], published=str(example["published"]), keep_text=True)
    of_word = [e for e in report.events if example["text"][slice(*e.span)] == example["word"]]
    at = example.get("at", 0)
    assert len(of_word) > at, [example["text"][slice(*e.span)] for e in report.events]
    assert of_word[at].news is example["news"]


def test_a_word_list_is_lower_case_and_without_doubles() -> None:
    for name in ("recalling", "clauses", "adverbs", "adjectives", "pointing"):
        assert [w for w in TABLE[name] if w != w.lower()] == []
        assert len(TABLE[name]) == len(set(TABLE[name])), name
