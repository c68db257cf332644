"""The examples of the statements knowledge are read as they say."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.readers.statements import read_statements
from readout.readers.statements.lexicon import noun_cues, phrases, source_nouns, verb_cues


def _examples(name: str) -> list[tuple[str, str, str]]:
    entries: list[dict[str, Any]] = knowledge.load(name)
    return [(e["text"], e["cue"], e["content"]) for entry in entries for e in entry["examples"]]


@pytest.mark.parametrize(
    ("text", "cue", "content"), _examples("statements/verbs.yaml") + _examples("statements/nouns.yaml")
)
def test_an_example_has_its_cue_and_content(text: str, cue: str, content: str) -> None:
    document = load_parser().parse(text, Context())
    found = read_statements(document, Findings()).statements
    read = [(document.slice(s.cue), " ".join(document.slice(c) for c in s.content)) for s in found if s.cue]
    assert (cue, content) in read


@pytest.mark.parametrize(
    ("text", "channel"),
    [(text, entry["name"]) for entry in knowledge.load("statements/channels.yaml") for text in entry["examples"]],
)
def test_an_example_has_its_channel(text: str, channel: str) -> None:
    document = load_parser().parse(text, Context())
    assert channel in [statement.channel for statement in read_statements(document, Findings()).statements]


def test_the_lists_load() -> None:
    assert "say" in verb_cues()
    assert "claim" in noun_cues()
    assert "that" in phrases().relatives
    assert source_nouns()["report"] == "documents"
