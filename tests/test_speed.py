"""The measures of speed: they run on the examples, and their tables have every step of reading, and of starting."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from readout.language.pipeline import load_parser
from readout.readers import READERS

SCRIPTS = Path(__file__).resolve().parent.parent / "benchmarks"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


speed, starting = _script("speed"), _script("starting")
NOWHERE = "--bench=/nowhere"


def test_every_step_of_the_examples_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    shares = speed.main([NOWHERE, "--articles=3", "--rounds=1", "--functions=5"])
    assert set(shares) == {
        "spaCy's tokenizer",
        "spaCy's parse",
        "bare parse",
        "cleaning",
        "parse and document",
        *(name for name, _ in READERS),
        "report",
        "whole reading",
        "JSON",
    }
    assert all(share >= 0 for share in shares.values())
    assert shares["whole reading"] > shares["bare parse"] == 1 > shares["spaCy's tokenizer"]
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("bare parse", "events", "whole reading"))
    table, functions = printed.split("function\n")
    assert "of the speed of spaCy's parse" in table
    assert len(functions.splitlines()) == 5


def test_the_same_words_are_parsed_by_spacy() -> None:
    texts = ["The envoys met.", "\n\nThey left.\nNobody stayed."]
    assert speed.Yardsticks().parse(texts) == speed.bare_parse(load_parser(), texts) == 10


def test_a_limit_that_is_broken_fails() -> None:
    with pytest.raises(SystemExit, match="times as long"):
        speed.main([NOWHERE, "--articles=1", "--rounds=1", "--most=0.1"])


def test_the_bare_parse_has_a_lemma_for_every_word() -> None:
    assert list(load_parser().bare(["The envoys met.", "\n\nThey left.\nNobody stayed."])) == [
        ["the", "envoy", "meet", "."],
        ["they", "leave", "."],
        ["nobody", "stay", "."],
    ]


def test_commands_start_in_little_more_than_what_they_need(capsys: pytest.CaptureFixture[str]) -> None:
    took = starting.main(["--rounds=1"])
    assert set(took) == set(starting.COMMANDS)
    assert took[starting.NOTHING] < took[starting.HELP] < took[starting.SPACY]  # help loads no spaCy
    assert took[starting.ARTICLE] < 5 * took[starting.SPACY]
    assert "of spaCy" in capsys.readouterr().out
