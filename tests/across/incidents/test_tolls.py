"""Tolls: what figures add up to, and which numbers are of one happening."""

from __future__ import annotations

from typing import get_args

import pytest

from readout.across.facts import FigureFact, Who
from readout.across.incidents.tolls import Group, Toll, compare, group_of, same_people, tolls_of
from readout.across.source_classes import CLASSES, source_class
from readout.knowledge import load


def figures(text, *said):
    """Figures of a text: number, measure and population each."""
    return [
        FigureFact(
            id=number,
            value=value,
            low=value,
            high=value,
            bound="exact",
            kind="count",
            measure=measure,
            population=population,
            span=(text.index(str(value)), text.index(str(value)) + len(str(value))),
            quote=text,
        )
        for number, (value, measure, population) in enumerate(said, start=1)
    ]


@pytest.mark.parametrize(
    ("text", "said", "best"),
    [
        ("killing 12 people", [(12, "killed", "people")], 12),
        ("killing 2 soldiers and 1 guard", [(2, "killed", "soldiers"), (1, "killed", "guard")], 3),
        ("killing 8 islanders, including 3 children", [(8, "killed", "islanders"), (3, "killed", "children")], 8),
        ("killing 9 people, 4 of them soldiers", [(9, "killed", "people"), (4, "killed", "soldiers")], 9),
        ("killed in 1992", [(1992, "killed", None)], None),
        ("390 chickens died", [(390, "killed", None)], None),
        ("seized 34 rifles", [(34, "captive", None)], None),
    ],
)
def test_what_figures_add_up_to(text, said, best):
    tolls = tolls_of(figures(text, *said), text)
    assert [toll.best for toll in tolls] == ([] if best is None else [best])


def toll(best, population=None, low=True, high=True, measure="killed"):
    return Toll(measure, population, best if low else None, best, best if high else None, ())


@pytest.mark.parametrize(
    ("first", "later", "how"),
    [
        (toll(12), toll(12), "same"),
        (toll(12), toll(20), "raised"),
        (toll(1), toll(2), "raised"),
        (toll(20), toll(18), "compatible"),
        (toll(12), toll(3), "different"),
        (toll(3), toll(12), "different"),
        (toll(12, high=False), toll(30), "compatible"),
        (toll(12, high=False), toll(90), "different"),
        (toll(12), toll(12, measure="injured"), None),
        (toll(3, "soldiers"), toll(9, "children"), None),
        (toll(3, "soldiers"), toll(9), "compatible"),
        (toll(30, "soldiers"), toll(9), "different"),
    ],
)
def test_two_tolls(first, later, how):
    assert compare(first, later) == how


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, "people", True),
        ("soldiers", "troops", True),
        ("Maravian soldiers", "Vestrand soldiers", False),
        ("Maravian soldiers", "soldiers", True),
        ("soldiers", "civilians", False),
        (None, "soldiers", False),
        ("islanders", "islanders", True),
        ("islanders", "miners", False),
    ],
)
def test_the_same_people(one, other, same):
    assert same_people(one, other) == same


SOURCES = [(name, entry["class"]) for entry in load("across/sources.yaml") for name in entry["examples"]]
PEOPLE = [(name, entry["group"]) for entry in load("across/people.yaml") for name in entry["examples"]]


@pytest.mark.parametrize(("name", "kind"), [*SOURCES, ("Elin Sorvik", "other"), ("", "report")])
def test_the_class_of_a_source(name, kind):
    assert source_class(Who("x", name)) == kind


def test_all_classes_and_groups_are_known():
    assert {entry["class"] for entry in load("across/sources.yaml")} | {"other", "report"} == set(CLASSES)
    assert {entry["group"] for entry in load("across/people.yaml")} | {"some"} == set(get_args(Group))


@pytest.mark.parametrize(("name", "group"), [*PEOPLE, (None, "all"), ("islanders", "some")])
def test_the_group_of_a_population(name, group):
    assert group_of(name) == group


def test_a_country_that_counts_is_its_government():
    assert source_class(Who("MAR", "Maravia", "MAR")) == "government"
    assert source_class(None) == "report"
