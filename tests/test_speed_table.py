"""The table of costs: its parts run on the examples, and what got worse is named."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "table.py"


@pytest.fixture(scope="module")
def table() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cost_table", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["cost_table"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def _run(table: ModuleType, history: Path, *more: str) -> dict[str, float]:
    given = ["--bench=/nowhere", "--articles=2", "--rounds=1", f"--history={history}", "--only", "reading"]
    figures: dict[str, float] = table.main([*given, *more])
    return figures


def test_what_is_measured_is_kept_and_compared(table, tmp_path, capsys):
    history = tmp_path / "history.json"
    found = _run(table, history, "--write")
    assert set(found) == {
        "examples: whole reading, of the bare parse",
        "examples: bare parse, of the tokenizer",
        "examples: whole reading, of the tokenizer",
    }
    assert all(value > 1 for value in found.values())
    assert "skipped: no wire copy at hand" in capsys.readouterr().out
    [entry] = json.loads(history.read_text(encoding="utf-8"))
    assert entry["figures"] == found
    assert entry["version"]
    entry["figures"] = {name: value / 100 for name, value in found.items()}
    history.write_text(json.dumps([entry]), encoding="utf-8")
    with pytest.raises(SystemExit, match="worse than before: examples: whole reading, of the bare parse"):
        _run(table, history)


def test_worse_is_beyond_the_margin_and_of_both(table):
    before = {"a": 1.0, "b": 1.0, "gone": 1.0}
    assert table.worse({"a": 1.1, "b": 1.2, "new": 9.0}, before, 0.15) == ["b: 1.200, was 1.000"]
