"""docs/asking.md shows what its commands say now, and what filters and columns there are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

FILL = Path(__file__).resolve().parent.parent / "docs" / "fill.py"


def test_the_page_is_as_it_runs(monkeypatch):
    monkeypatch.delenv("READOUT_RECORD", raising=False)
    spec = importlib.util.spec_from_file_location("docs_fill", FILL)
    fill = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fill)
    page = fill.PAGE.read_text(encoding="utf-8")
    assert page.count("$ readout ") >= 12
    assert "Error" not in page.replace("UsageError", "").replace("RecordError", "")
    assert fill.filled(page) == page, "see `python docs/fill.py`"
