"""Whatever is written for a value: it is taken as the contract has it, or refused in words."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.errors import UsageError
from readout.record.desk import ReportScene
from readout.record.fields import READERS, checked
from readout.record.replaying import situation_of
from readout.record.told import FIELDS


class NoScene:
    """A report in which nobody is named and nothing is said."""

    def person(self, given):
        return {"key": f"name:{given}", "name": given, "country": None}

    place = person

    def words(self, given):
        return {"at": list(given) if isinstance(given, tuple) else [0, len(given)], "words": str(given)}


TAKEN = [
    ("events", "type", "ASSAULT", "ASSAULT"),
    ("events", "mode", "none", None),
    ("events", "mode", "", None),
    ("events", "act", "ASSAULT/aerial", "ASSAULT/aerial"),
    ("events", "act", "AGREE", "AGREE"),
    ("events", "date", "2025-03-10", "2025-03-10"),
    ("events", "date", "2025-03-10/2025-03-10", "2025-03-10"),
    ("events", "date", "2025-03-10/..", "2025-03-10/.."),
    ("events", "date", "../2025-03-12", "../2025-03-12"),
    ("events", "date", "../..", None),
    ("events", "date", ("2025-03-10", None), "2025-03-10/.."),
    ("events", "date", dt.date(2025, 3, 10), "2025-03-10"),
    ("events", "date", None, None),
    ("events", "news", "no", False),
    ("events", "news", True, True),
    ("events", "contexts", "military;legal;military", ["military", "legal"]),
    ("events", "actors", "none", []),
    ("events", "actors", "A; B;A", ["A", "B"]),
    ("events", "actors", ["A; B"], ["A; B"]),
    ("events", "actors", "A;;none;B;", ["A", "B"]),
    ("figures", "value", "12", 12.0),
    ("figures", "value", "1e3", 1000.0),
    ("figures", "low", "none", None),
    ("figures", "source", "none", None),
    ("figures", "as_of", "2025-03-10", "2025-03-10"),
    ("statements", "content", "5-9;0-3", [[0, 3], [5, 9]]),
    ("statements", "content", "said; and went", [[0, 14]]),
    ("statements", "content", [(5, 9), (0, 3)], [[0, 3], [5, 9]]),
    ("statements", "content", (5, 9), [[5, 9]]),
    ("statements", "sourcing", "none", None),
]


class Spans(NoScene):
    """Takes every span for one of the text."""

    def words(self, given):
        if isinstance(given, str) and given.replace("-", "").strip().isdecimal():
            start, _, end = given.strip().partition("-")
            return super().words((int(start), int(end)))
        return super().words(given)


@pytest.mark.parametrize(("claim", "name", "value", "wanted"), TAKEN)
def test_what_is_taken(claim, name, value, wanted):
    found = checked(claim, {name: value}, Spans())[name]
    if isinstance(found, list) and found and isinstance(found[0], dict):
        found = [item["at"] if "at" in item else item["name"] for item in found]
    assert found == wanted


def test_every_value_of_a_claim_may_be_set():
    assert {claim: {*names, "span"} for claim, names in FIELDS.items()} == {
        c: set(names) for c, names in READERS.items()
    }


_fields = st.sampled_from([(claim, name) for claim, names in READERS.items() for name in names])
_written = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789-/;. ", max_size=25),
    st.lists(st.text(max_size=8), max_size=3),
    st.tuples(st.integers(), st.integers()),
    st.floats(),
    st.integers(),
    st.none(),
    st.booleans(),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_fields, _written)
def test_whatever_is_written_is_taken_or_refused_in_words(news, field, written):
    claim, name = field
    with news.asking() as connection:
        found = _taken(claim, name, written, ReportScene(connection, situation_of(connection, 1).reading))
    if found is not None:
        assert set(found) == {name}
        assert json.loads(json.dumps(found)) == found  # as the log keeps it
        assert not (isinstance(found[name], list) and None in found[name])


def _taken(claim, name, written, scene):
    try:
        return checked(claim, {name: written}, scene)
    except UsageError:
        return None
