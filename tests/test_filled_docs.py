"""Pages whose commands are run show what these say now; pages of reference are as the code has them."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


FILL = _script("fill")


@pytest.mark.parametrize(("name", "commands"), [("asking", 12), ("tutorial", 14), ("how-it-reads", 2)])
def test_a_page_is_as_it_runs(name, commands, monkeypatch):
    monkeypatch.delenv("READOUT_RECORD", raising=False)
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert page.count("$ readout ") >= commands
    assert "Error" not in page.replace("UsageError", "").replace("RecordError", "")
    assert FILL.filled(page) == page, "see `python docs/fill.py`"


def test_every_filled_page_is_held_to_what_runs():
    marks = test_a_page_is_as_it_runs.pytestmark
    assert {path.stem for path in FILL.PAGES} == {name for name, _ in marks[0].args[1]}


REFERENCE = _script("reference")


@pytest.mark.parametrize("name", REFERENCE.PAGES)
def test_a_page_of_reference_is_that_of_the_code(name):
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert page == REFERENCE.PAGES[name](), "run `python docs/reference.py`"


def test_every_address_of_the_api_has_its_part_and_every_link_leads_to_one():
    page = (DOCS / "http-api.md").read_text(encoding="utf-8")
    described = importlib.import_module("readout.web.openapi").document()
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"### `{method.upper()} {path}`\n" in page
    heads = {head.lower() for head in re.findall(r"^### (\w+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= heads
    assert set(described["components"]["schemas"]) == set(re.findall(r"^### ([A-Z]\w+)$", page, re.MULTILINE))


def test_every_file_of_knowledge_has_its_part():
    page = (DOCS / "knowledge.md").read_text(encoding="utf-8")
    root = DOCS.parent / "readout" / "knowledge"
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")}
    frames = {name for name, text in files.items() if re.search(r"^frames:", text, re.MULTILINE)}
    assert len(frames) == 16
    for name in frames:
        assert f"### {Path(name).stem.upper()}\n" in page
    for name in files.keys() - frames:
        assert f"### {name}\n" in page
