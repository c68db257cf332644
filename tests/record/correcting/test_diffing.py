"""What differs between two readings: a pure function, by tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.record.diffing import diff, match
from readout.record.told import Told

_EVENT: dict[str, Any] = {
    "type": "ASSAULT", "mode": None, "act": "ASSAULT", "status": "occurred", "actors": [], "recipients": [], "sources": [],
    "places": [], "date": None, "contexts": [], "news": True,
}  # fmt: skip
_FIGURE: dict[str, Any] = {
    "kind": "count", "value": 12.0, "low": 12.0, "high": 12.0, "bound": "exact", "unit": "people", "measure": None,
    "population": None, "places": [], "source": None, "since": None, "as_of": None,
}  # fmt: skip
REBELS = {"key": "name:rebels", "name": "Rebels", "country": None}
ARMY = {"key": "NOR.army", "name": "army", "country": "NOR"}


def event(id_=1, code="a", at=(10, 17), **values):
    span = {"at": list(at), "words": "shelled"}
    return Told("events", id_, code, {**_EVENT, "span": span, **values}, {})


def figure(id_=1, code="f", at=(10, 12), **values):
    return Told("figures", id_, code, {**_FIGURE, "span": {"at": list(at), "words": "12"}, **values}, {})


def told(changes):
    return [
        (c.what, c.before and c.before.id, c.after and c.after.id, [(f.name, f.before, f.after) for f in c.fields])
        for c in changes
    ]


CASES = {
    "the same": ([event()], [event(9)], []),
    "nothing": ([], [], []),
    "gone": ([event()], [], [("gone", 1, None, [])]),
    "new": ([], [event(9)], [("new", None, 9, [])]),
    "a value": (
        [event()],
        [event(9, type="COERCE", act="COERCE")],
        [("changed", 1, 9, [("type", "ASSAULT", "COERCE"), ("act", "ASSAULT", "COERCE")])],
    ),
    "another code, the same words": ([event()], [event(9, code="b")], []),
    "another code, overlapping words": (
        [event()],
        [event(9, code="b", at=(14, 25), news=False)],
        [("changed", 1, 9, [("news", True, False)])],
    ),
    "the same code elsewhere is another": (
        [event()],
        [event(9, at=(40, 47))],
        [("gone", 1, None, []), ("new", None, 9, [])],
    ),
    "another kind at the same words": ([event()], [figure(9)], [("new", None, 9, []), ("gone", 1, None, [])]),
    "whoever stands there, by key": (
        [event(actors=[REBELS])],
        [event(9, actors=[{**REBELS, "name": "The rebels", "actor": 4}])],
        [],
    ),
    "somebody else": (
        [event(actors=[{**REBELS, "actor": 2}])],
        [event(9, actors=[ARMY])],
        [("changed", 1, 9, [("actors", [REBELS], [ARMY])])],
    ),
    "the order of places and topics says nothing": (
        [event(contexts=["military", "legal"], places=[REBELS, ARMY])],
        [event(9, contexts=["legal", "military"], places=[ARMY, REBELS])],
        [],
    ),
    "two candidates, one agrees best": (
        [event(status="planned")],
        [event(8, code="b", status="planned"), event(9, code="c")],
        [("new", None, 9, [])],
    ),
    "two candidates and no reason": (
        [event()],
        [event(8, code="b"), event(9, code="c")],
        [("gone", 1, None, []), ("new", None, 8, []), ("new", None, 9, [])],
    ),
    "two became one, and it agrees with one": (
        [event(1, code="a", status="planned"), event(2, code="b")],
        [event(9, code="c")],
        [("gone", 1, None, [])],
    ),
    "what is taken by its code is nobody's candidate": (
        [event(1, code="a"), event(2, code="b")],
        [event(8, code="a"), event(9, code="c", news=False)],
        [("changed", 2, 9, [("news", True, False)])],
    ),
    "codes that are there twice say nothing": (
        [event(1), event(2, at=(14, 20), status="planned")],
        [event(8), event(9, at=(14, 20), status="planned")],
        [],
    ),
    "figures": (
        [figure()],
        [figure(9, value=14.0, low=14.0, high=14.0)],
        [("changed", 1, 9, [("value", 12.0, 14.0), ("low", 12.0, 14.0), ("high", 12.0, 14.0)])],
    ),
}


@pytest.mark.parametrize(("before", "after", "wanted"), CASES.values(), ids=CASES)
def test_what_differs(before, after, wanted):
    assert told(diff(before, after)) == wanted


_claims = st.lists(
    st.builds(
        event,
        st.integers(1, 99),
        st.sampled_from("abc"),
        st.tuples(st.integers(0, 6), st.integers(7, 12)),
        status=st.sampled_from(["occurred", "planned"]),
        news=st.booleans(),
    ),
    max_size=5,
)


@given(_claims)
def test_a_reading_does_not_differ_from_itself_where_its_claims_can_be_told_apart(claims):
    apart = {(told.code, told.at): told for told in claims}
    if len({told.code for told in apart.values()}) == len(apart):
        assert diff(list(apart.values()), list(apart.values())) == ()


@given(_claims, _claims)
def test_nobody_is_matched_twice_and_every_claim_is_accounted_for(before, after):
    pairs = match(before, after)
    assert len({id(told) for told in pairs.values()}) == len(pairs)
    changes = diff(before, after)
    assert sum(c.what == "gone" for c in changes) == len(before) - len(pairs)
    assert sum(c.what == "new" for c in changes) == len(after) - len(pairs)


@given(_claims, _claims)
def test_backwards_what_is_gone_is_new(before, after):
    there, back = diff(before, after), diff(after, before)
    assert {id(c.before) for c in there if c.what == "gone"} == {id(c.after) for c in back if c.what == "new"}
