"""What the sense of an act, its date, and talks of which it is the issue say of its status: `settling.yaml`, `topics.yaml`."""

from __future__ import annotations

import datetime as dt

import pytest

from readout import knowledge
from readout.readers import READERS, Findings
from readout.readers.events import read_events
from readout.reading import read, read_with_document
from readout.sources.article import Article

DAY = dt.date(1997, 4, 16)
EXAMPLES = [e for name in ("settling", "topics") for e in knowledge.load(f"events/{name}.yaml")["examples"]]


SPOKEN = knowledge.load("events/spoken.yaml")["examples"]


@pytest.mark.parametrize("example", SPOKEN, ids=[e["text"] for e in SPOKEN])
def test_what_a_word_of_talk_speaks_of(example: dict[str, str]) -> None:
    events = read(example["text"], published=DAY.isoformat()).events
    assert [e.act.type for e in events if example["text"][slice(*e.span)] == example["word"]] == [example["act"]]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["text"] for e in EXAMPLES])
def test_examples(example: dict[str, str]) -> None:
    article = Article(text=example["text"], published=DAY.isoformat())
    _, document = read_with_document(article, keep_text=True)
    found = Findings()
    for name, reader in READERS:  # however doubtful the event is
        found = read_events(document, found, least=0.0) if name == "events" else reader(document, found)
    status = {document.slice(event.span): event.status for event in found.events}
    assert status.get(example["word"]) == example["status"]
