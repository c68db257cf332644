"""The examples of the statements knowledge are read as they say."""

from __future__ import annotations

import typing
from typing import Any

import pytest

from readout import knowledge, read
from readout.language.pipeline import Context, load_parser
from readout.readers.actors import read_actors
from readout.readers.findings import Findings
from readout.readers.statements import read_statements
from readout.readers.statements.lexicon import noun_cues, phrases, source_nouns, verb_cues
from readout.types import Sourcing


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


@pytest.mark.parametrize(
    ("text", "speaker", "sourcing"),
    [
        (example["text"], example["speaker"], example["sourcing"])
        for entry in knowledge.load("statements/sourcing.yaml")
        for example in entry["examples"]
    ],
)
def test_an_example_has_its_class_of_source(text: str, speaker: str | None, sourcing: str) -> None:
    document = load_parser().parse(text, Context())
    statement = read_statements(document, read_actors(document, Findings())).statements[0]
    assert statement.sourcing == sourcing
    assert (document.slice(statement.speaker_span) if statement.speaker_span else None) == speaker


def test_every_class_of_source_is_known_and_shown() -> None:
    entries = knowledge.load("statements/sourcing.yaml")
    assert [entry["class"] for entry in entries] == list(typing.get_args(Sourcing))
    assert all(entry["class"] in {example["sourcing"] for example in entry["examples"]} for entry in entries)


@pytest.mark.parametrize("example", knowledge.load("statements/presuming.yaml")["examples"], ids=lambda e: e["text"])
def test_what_is_judged_is_on_nobody_elses_word(example: dict[str, str]) -> None:
    report = read(example["text"], published="2025-03-10")
    at = example["text"].index(example["word"])
    (event,) = (event for event in report.events if event.span[0] <= at < event.span[1])
    sources = [None if said.source is None else report.actors[said.source].name for said in event.attribution]
    assert sources == ([example["source"]] if example["source"] else [])


def test_a_toll_that_is_deplored_is_on_nobody_elses_word() -> None:
    report = read(
        "Lund deplored the killing of 57 people in Amman and said that 12 had died in Cairo.", published="2025-03-10"
    )
    counted = {figure.value: figure.source for figure in report.figures}
    assert counted[57] is None
    assert counted[12] is not None
    assert report.actors[counted[12]].name == "Lund"


def test_the_lists_load() -> None:
    assert "say" in verb_cues()
    assert "claim" in noun_cues()
    assert "that" in phrases().relatives
    assert source_nouns()["report"] == "documents"
