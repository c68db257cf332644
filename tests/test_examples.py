"""Golden pairs: the articles in examples/ and the reports that were reviewed by hand."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

import readout

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def _review() -> ModuleType:
    spec = importlib.util.spec_from_file_location("review", EXAMPLES / "review.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


review = _review()
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.txt"))


def test_every_example_is_dated() -> None:
    assert sorted(review.published()) == NAMES
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_the_report_is_the_golden_one(name: str) -> None:
    golden = (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")
    assert review.read_example(name) == golden, "see `python examples/review.py`"


@pytest.mark.parametrize("name", NAMES)
def test_spans_and_indexes_hold(name: str) -> None:
    report = readout.Report.from_json({**json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")), "reader": {
        "version": "", "model": "", "knowledge": ""}})  # fmt: skip
    for span in _spans(report.to_json()):
        assert 0 <= span[0] < span[1] <= len(report.text)
    for event in report.events:
        assert all(0 <= n < len(report.actors) for n in (*event.actors, *event.recipients))
        assert all(0 <= n < len(report.places) for n in event.places)
        assert all(0 <= n < len(report.figures) for n in event.figures)
        start, end = report.sentences[event.sentence]
        assert start <= event.span[0] < event.span[1] <= end


def _spans(value: object, key: str = "") -> list[list[int]]:
    if isinstance(value, dict):
        return [span for name, item in value.items() for span in _spans(item, name)]
    if isinstance(value, list):
        if key in ("span", "cue", "speaker_span") and value and all(isinstance(n, int) for n in value):
            return [value]
        if key in ("spans", "mentions", "content", "quoted", "obstacles", "sentences"):
            return list(value)
        return [span for item in value for span in _spans(item)]
    return []
