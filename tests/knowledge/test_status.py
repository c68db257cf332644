"""Every example of the status knowledge gets its status, and the tables name no kind that does not exist."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge
from readout.language.pipeline import Context, load_parser
from readout.readers.status import judge
from readout.readers.status.lexicon import PARTS, governors
from readout.types import Status


def _examples() -> list[tuple[str, str, str]]:
    entries: list[Any] = [*knowledge.load("status/governors.yaml"), *knowledge.load("status/words.yaml").values()]
    return [
        (example["text"], example["word"], example["status"])
        for entry in entries
        if isinstance(entry, dict)
        for example in entry.get("examples", ())
    ]


def status_of(text: str, word: str) -> Status:
    document = load_parser().parse(text, Context())
    return judge(document, [t.i for t in document.tokens if t.text == word][-1]).status


@pytest.mark.parametrize(("text", "word", "status"), _examples())
def test_an_example_has_its_status(text: str, word: str, status: str) -> None:
    assert status_of(text, word) == status


def test_every_governor_has_an_example() -> None:
    assert [entry["name"] for entry in knowledge.load("status/governors.yaml") if not entry.get("examples")] == []


def test_every_kind_in_use_has_an_effect() -> None:
    kinds = knowledge.load("status/kinds.yaml")
    used = {sense.kind for part in PARTS for senses in governors()[part].values() for sense in senses}
    used |= set(knowledge.load("status/factuality.yaml")["kinds"])
    assert used <= set(kinds)


def test_factuality_stays_on_its_scale() -> None:
    table = knowledge.load("status/factuality.yaml")
    values = [*table["tense"].values(), *table["carries"].values()]
    values += [table["main"], table["commanded"], *table["settings"].values(), *table["subjects"].values()]
    values += [value for entry in table["kinds"].values() for value in entry.values()]
    assert all(-3 <= value <= 3 for value in values)
