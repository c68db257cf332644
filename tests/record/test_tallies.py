"""Counts by day, place and party, single claims, roles and publishers, on each database; counts under filters of the same field."""

from __future__ import annotations

import pytest

from readout.errors import UsageError
from readout.record import Filters, Record
from readout.record import tallies as t
from readout.sources.article import Article

ATTACK = (
    "The Vardal Front shelled the town of Bergen in Norway on Monday, killing 12 people, the health ministry said.\n"
    "Foreign Minister Elin Sorvik will fly to Cairo on Tuesday for talks, her spokesman said."
)
OTHER = "Norway and Denmark signed an agreement on fishing in Bergen on Monday, the health ministry said."


@pytest.fixture
def news(record: Record) -> Record:
    record.add(
        [
            Article(ATTACK, published="2025-03-11", publisher="Nordpost", id="a1"),
            Article(OTHER, published="2025-03-12", id="b1"),
        ]
    )
    return record


def test_counts_by_day_place_and_party_are_those_of_the_lists(news: Record) -> None:
    everything = Filters()
    for kind in ("events", "statements", "figures", "reports"):
        assert sum(t.by_day(news, kind, everything).values()) == news.count(kind)
    assert t.by_day(news, "events", everything, axis="published").keys() <= {"2025-03-11", "2025-03-12"}
    assert t.by_day(news, "reports", everything, known="2025-03-11") == {"2025-03-11": 1}
    classes = t.by_class(news, Filters.of(country="NOR"))
    assert {day: sum(some.values()) for day, some in classes.items()} == t.by_day(
        news, "events", Filters.of(country="NOR")
    )
    places = t.by_place(news, everything)
    assert places
    for place in places:
        assert place.number == news.count("events", place=place.key)
    for kind in ("events", "statements"):
        parties = t.by_party(news, kind, everything)
        assert parties
        for who in parties:
            assert who.number == news.count(kind, actor=who.key) == sum(number for _, number in who.days)
    assert all(
        who.number == 1 and who.days == ()
        for who in t.by_party(news, "statements", Filters.of(report="a1"), reports=True)
    )
    assert [place.number for place in t.by_place(news, everything, reports=True) if place.name == "Bergen"] == [2]


@pytest.mark.parametrize("field", ["actor", "recipient", "source", "country"])
def test_a_field_is_counted_under_any_filter_of_the_same_field(news: Record, field: str) -> None:
    for kind in ("events", "statements"):
        for value, number in news.facets(kind, field).items():
            if value:
                without = Filters.of(**{f"not_{field}": value})
                assert value not in news.facets(kind, field, without) or field != "country"
                assert sum(news.facets(kind, field, Filters.of(**{field: value})).values()) >= number
                assert isinstance(t.by_party(news, kind, without), tuple)
    assert isinstance(t.by_place(news, Filters.of(not_place="Bergen")), tuple)
    assert "Bergen" not in news.facets("events", "place", not_place="Bergen")


def test_a_claim_is_found_by_its_name_whatever_became_of_it(news: Record) -> None:
    claim, live = t.claim_of(news, "events/1")
    assert (claim.id, live) == (1, 2)
    assert t.rejected_of(news, "a1") == ()
    before = t.stamp(news)
    news.correct.reject("events/1", by="Mara Lind")
    assert t.stamp(news) != before
    rejected, live = t.claim_of(news, "events/1")
    assert (rejected.review, live) == ("rejected", 0)
    assert [(kind, claim.id) for kind, claim in t.rejected_of(news, "a1")] == [("events", 1)]
    for name in ("events/99999", "events/x", "rumours/1", ""):
        with pytest.raises(UsageError):
            t.claim_of(news, name)


def test_what_is_under_embargo_is_not_told(record: Record) -> None:
    record.add(
        [Article(ATTACK, published="2025-03-11", publisher="Nordpost", id="a1", embargoed="2999-01-01T00:00:00Z")]
    )
    with pytest.raises(UsageError, match="embargo"):
        t.claim_of(record, "events/1")
    assert t.publishers_of(record) == ()
    assert t.by_day(record, "events", Filters()) == {}
    assert t.roles_of(record, "name:elin sorvik") == ()


def test_who_printed_and_what_somebody_is_called(news: Record) -> None:
    found = {item.name: (item.reports, item.first, item.last) for item in t.publishers_of(news)}
    assert found == {"Nordpost": (1, "2025-03-11", "2025-03-11"), None: (1, "2025-03-12", "2025-03-12")}
    (actor,) = [row for row in news.actors() if row.name == "Elin Sorvik"]
    assert [(role.role, role.first, role.reports) for role in t.roles_of(news, actor.key)] == [
        ("Foreign Minister", "2025-03-11", 1)
    ]
    assert "elin sorvik" in t.names_of(news, actor.key)
