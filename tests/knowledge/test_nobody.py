"""What looks like an event and is none: every example of `events/nobody.yaml` is read as it says."""

from __future__ import annotations

from typing import Any

import pytest

from readout import knowledge, read

CONTENT: dict[str, Any] = knowledge.load("events/nobody.yaml")


@pytest.mark.parametrize("example", CONTENT["examples"], ids=lambda e: e["text"])
def test_example(example: dict[str, Any]) -> None:
    report = read(example["text"], keep_text=True)
    events = [f"{event.act.type} {report.slice(event.span)}" for event in report.events]
    if example.get("none"):
        assert events == []
    else:
        assert example["event"] in events


def test_every_type_is_a_type() -> None:
    assert set(CONTENT["may_do"]) - {"talk"} <= set(knowledge.load("plover.yaml")["types"])
