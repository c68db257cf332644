"""The report goes to JSON and back without loss, and refuses what is not one."""

from __future__ import annotations

import dataclasses
import json
import types
import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import ReportError
from readout.json_values import to_json
from readout.types import (
    SCHEMA,
    Actor,
    Event,
    Figure,
    Negotiation,
    Place,
    Predicate,
    Problem,
    ReaderVersion,
    Removed,
    Report,
    Statement,
    Time,
)  # fmt: skip

PARTS = {
    "removed": Removed, "actors": Actor, "places": Place, "times": Time, "figures": Figure, "events": Event, "statements": Statement,
    "negotiations": Negotiation, "predicates": Predicate, "problems": Problem,
}  # fmt: skip


def values(kind: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Values of a field's type; lists are kept short, numbers finite."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, arguments))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(values, arguments))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{field.name: values(hints[field.name]) for field in dataclasses.fields(kind)})
    simple = {
        int: st.integers(-9, 10**6),
        float: st.floats(-9, 9),
        str: st.text(max_size=4),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return simple[kind]


@settings(max_examples=15, deadline=None)
@pytest.mark.parametrize("field", PARTS)
@given(data=st.data())
def test_json_round_trip(field: str, data: st.DataObject) -> None:
    part = data.draw(values(PARTS[field]))
    report = dataclasses.replace(Report("a", "", ReaderVersion("1", "m", "k")), **{field: (part,)})
    written = report.to_json()
    assert written == json.loads(json.dumps(written))  # lists and objects all the way down
    assert Report.from_json(written) == report


def test_what_annotations_do_not_tell_is_told_by_the_values() -> None:
    @dataclasses.dataclass(frozen=True)
    class Inner:
        span: tuple[int, int]

    @dataclasses.dataclass(frozen=True)
    class Wider(Inner):
        note: str | None = None

    @dataclasses.dataclass(frozen=True)
    class Outer:
        inner: Inner  # a name that is known in here alone
        pairs: tuple[tuple[str, Inner | None], ...]

    @dataclasses.dataclass(frozen=True)
    class Loose:
        anything: object
        place: Place | Time | None

    outer = Outer(Wider((1, 2), "x"), (("a", Inner((3, 4))), ("b", None)))
    assert to_json(outer) == {"inner": {"span": [1, 2], "note": "x"}, "pairs": [["a", {"span": [3, 4]}], ["b", None]]}
    time = Time((0, 1), "DATE", "2025")
    written = {"span": [0, 1], "type": "DATE", "value": "2025", "start": None, "end": None}
    assert to_json(Loose((time,), time)) == {"anything": [written], "place": written}
    assert to_json(Loose(None, None)) == {"anything": None, "place": None}


@dataclasses.dataclass(frozen=True)
class _Noted(Problem):
    note: str = ""


@dataclasses.dataclass(frozen=True)
class _Held:
    problem: Problem | None


def test_a_value_of_a_wider_class_keeps_all_its_fields() -> None:
    assert to_json(_Held(_Noted("date", "none", "late")))["problem"]["note"] == "late"


def minimal() -> dict[str, object]:
    return {"schema": SCHEMA, "id": "a", "text": "", "reader": {"version": "1", "model": "m", "knowledge": "k"}}


def test_unknown_fields_are_ignored() -> None:
    assert Report.from_json({**minimal(), "mood": "grim"}).id == "a"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "readout/2"}, "not a readout/1 report"),
        ({"text": 7}, "report.text: 7 is not str"),
        ({"events": 3}, "report.events: 3 is not a list"),
        ({"sentences": [[1]]}, "report.sentences[0]: 2 values wanted, 1 given"),
        ({"reader": {"version": "1"}}, "report.reader"),
        ({"removed": [{"kind": "dust", "text": "", "at": 0}]}, "report.removed[0].kind: 'dust' is not one of"),
        ({"sentences": [[True, 2]]}, "report.sentences[0]: True is not int"),
    ],
)
def test_what_is_no_report_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ReportError, match=message.replace("[", r"\[").replace("]", r"\]")):
        Report.from_json({**minimal(), **change})


@pytest.mark.parametrize("field", ["id", "removed", "sentences"])
def test_what_is_nested_too_deeply_is_refused(field: str) -> None:
    deep: list[object] = []
    for _ in range(3000):
        deep = [deep]
    with pytest.raises(ReportError):
        Report.from_json({**minimal(), field: deep})


def test_field_names_are_the_contract() -> None:
    names = [field.name for field in dataclasses.fields(Report)]
    for name in ("id", "title", "url", "publisher", "agency", "byline", "language", "published", "published_from", "published_range",
                 "text", "removed", "related", "sentences", "actors", "places", "times", "figures", "events", "statements",
                 "negotiations", "predicates", "problems", "reader"):  # fmt: skip
        assert name in names
    assert typing.get_type_hints(Report)["published_range"] is not None
