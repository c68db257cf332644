"""The measure of speed: it runs on the examples, and its table has every step of reading."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from readout.language.pipeline import load_parser
from readout.readers import READERS

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "speed.py"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("speed", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


speed = _script()
NOWHERE = "--bench=/nowhere"


def test_every_step_of_the_examples_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    shares = speed.main([NOWHERE, "--articles=3", "--rounds=1"])
    assert set(shares) == {
        "cleaning",
        "parse and document",
        *(name for name, _ in READERS),
        "report",
        "whole reading",
        "JSON",
    }
    assert all(share >= 0 for share in shares.values())
    assert shares["whole reading"] > 1
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("bare parse", "events", "whole reading"))


def test_a_limit_that_is_broken_fails() -> None:
    with pytest.raises(SystemExit, match="times as long"):
        speed.main([NOWHERE, "--articles=1", "--rounds=1", "--most=0.1"])


def test_the_bare_parse_has_a_lemma_for_every_word() -> None:
    assert list(load_parser().bare(["The envoys met.", "\n\nThey left.\nNobody stayed."])) == [
        ["the", "envoy", "meet", "."],
        ["they", "leave", "."],
        ["nobody", "stay", "."],
    ]
