"""The examples of `knowledge/trees.yaml`, parsed."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.language.pipeline import load_parser

TREES: dict[str, Any] = knowledge.load("trees.yaml")


@pytest.mark.parametrize("example", TREES["examples"], ids=lambda e: f"{e['word']}-{e['head']}")
def test_example_of_a_tree_that_is_mended(example: dict[str, str]) -> None:
    document = load_parser().parse(example["text"])
    word = document.texts.index(example["word"])
    assert document.texts[document.tokens[word].head] == example["head"]
    assert "as" not in example or document.relations[word] == example["as"]
