"""What the sense of an act and its date say of its status: `knowledge/events/settling.yaml`."""

from __future__ import annotations

import datetime as dt

import pytest

from readout import knowledge
from readout.reading import read_with_document
from readout.sources.article import Article

DAY = dt.date(1997, 4, 16)
EXAMPLES = knowledge.load("events/settling.yaml")["examples"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["text"] for e in EXAMPLES])
def test_examples(example: dict[str, str]) -> None:
    report, _ = read_with_document(Article(text=example["text"], published=DAY.isoformat()), keep_text=True)
    status = {report.slice(event.span): event.status for event in report.events}
    assert status.get(example["word"]) == example["status"]
