"""docs/exports.md has the formats and columns of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readout.exports.describing import columns, overview
from readout.exports.formats import EXPORTS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "exports.md"


@pytest.mark.parametrize(
    ("name", "made"),
    [("formats", overview()), ("columns", columns())],
    ids=["formats", "columns"],
)
def test_a_table_is_that_of_the_code(name, made):
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name}: [^\n]*-->\n(.*?)<!-- end of {name} -->", page, re.DOTALL)
    assert found is not None
    assert found[1].strip() == made, "run `python docs/fill.py`"


def test_every_format_has_its_part():
    page = PAGE.read_text(encoding="utf-8")
    for name, export in EXPORTS.items():
        assert f"### {name}\n" in page
        for sentence in export.loses:
            assert sentence in page
