"""Whatever a file holds, an import ends: with rows, with named lines, or with neither; never with a traceback."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.importers import IMPORTERS, import_file
from readout.readers.actors.own import read_actor_file

_WORDS = st.sampled_from(
    [
        "id", "schema", "properties", "Person", "Position", "Occupancy", "name", "topics", "gov", "holder", "startDate", "2021-13-01",
        "labels", "claims", "P31", "P39", "P279", "Q5", "en", "value", "mainsnak", "datavalue", "snaktype", "rank", "qualifiers",
        "P580", "time", "precision", "+2021-00-00T00:00:00Z", "", "Anna Berg", "aliases", "P1001", "P298",
    ]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)


def _snak(value: Any) -> dict[str, Any]:
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}


_ENTITIES = st.fixed_dictionaries(
    {
        "id": st.just("a"),
        "schema": _WORDS,
        "properties": st.dictionaries(_WORDS, st.lists(_JSON, max_size=2), max_size=4),
    }
)
_DOCUMENTS = st.fixed_dictionaries(
    {
        "id": st.just("Q1"),
        "labels": st.dictionaries(st.just("en"), _JSON),
        "aliases": _JSON,
        "claims": st.dictionaries(_WORDS, st.lists(_JSON | _JSON.map(_snak), max_size=2), max_size=3),
    }
)
_DICTIONARIES = st.lists(
    st.sampled_from(
        ["NAME_", "+NAME_TWO_", "[USAGOV]", "\t[USAGOV 010101-020202]", "[USAGOV >99]", "[", "]", "{", "!P! = A, B", "X!P! {} [~COP]",
         "<!--", "-->", ";", "#", "+", "[~]", "NAME [~COP", "_ [USAGOV]", "NAME_ [USA GOV]", "A_B [IGO <20011301]"]
    ),
    max_size=8,
).map("\n".join)  # fmt: skip
_CELLS = st.sampled_from(["1", "-1", "x", "", "P", "PPL", "A", "ADM1", "NO", "91", "nan", "1e400", "9" * 30])
_TABLES = st.lists(st.lists(_CELLS, min_size=18, max_size=20).map("\t".join), max_size=3).map("\n".join)
TEXTS = {
    "ftm": st.lists((_ENTITIES | _JSON).map(json.dumps), max_size=4).map("\n".join),
    "wikidata": st.lists((_DOCUMENTS | _JSON).map(json.dumps), max_size=4).map(",\n".join),
    "petrarch": _DICTIONARIES,
    "geonames": _TABLES,
}


@pytest.mark.parametrize("kind", IMPORTERS)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_it_ends(kind: str, data: st.DataObject) -> None:
    content = data.draw(TEXTS[kind].map(str.encode) | st.binary(max_size=40))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "made"
        source.write_bytes(content)
        done = import_file(kind, [source], target)
        assert target.exists() == bool(done.written)
        if done.written and kind != "geonames":
            own = read_actor_file(target)
            assert len(own.entries) + len(own.nouns) == done.written
