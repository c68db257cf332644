"""Aggregation: every rule on a case worked by hand."""

from __future__ import annotations

import pytest

from readout.across.incidents import RULES, aggregate, find_incidents
from readout.errors import UsageError

ORDER = ("medical", "government", "police")


@pytest.fixture
def incident(market):
    """Known in this order: 12 (police, Nordpost), at least 14 (the hospital, Kystradio), 17 (the health ministry, Vestrand Times), 17
    (in its own words, Kystradio)."""
    (found,) = find_incidents(market)
    return found


@pytest.mark.parametrize(
    ("rule", "values", "said_by"),
    [
        ("most_recent", (17, 17, 17), [3]),  # the burial
        ("most_cited", (17, 17, 17), [2, 3]),  # the Vestrand Times and Kystradio; the others have one each
        ("most_conservative", (12, 12, 12), [0]),
        ("median", (12, 17, 17), [0, 2, 3]),  # the last of each of three outlets: 12, 17, 17
        ("by_source_class", (14, 14, None), [1]),  # "at least 14" of the hospital
    ],
)
def test_tolls(incident, market, rule, values, said_by):
    result = aggregate(incident, rule, order=ORDER if rule == "by_source_class" else ())
    (toll,) = result.tolls
    assert (toll.low, toll.best, toll.high) == values
    assert toll.claims == tuple(market[number].events[0].id for number in said_by)
    assert (result.rule, result.incident) == (rule, incident.id)


def test_the_order_of_source_classes_is_the_askers(incident):
    said = [
        aggregate(incident, "by_source_class", order=order).tolls[0].best
        for order in (("police",), ("report", "police"))
    ]
    assert said == [12, 17]
    assert aggregate(incident, "by_source_class", order=("court" and "relief",)).tolls == ()


def test_the_median_of_an_even_number_is_the_lower_of_the_two_in_the_middle(market):
    (found,) = find_incidents(market[:2])
    assert aggregate(found, "median").tolls[0].best == 12


def test_as_many_cite_each_the_newest_is_taken(market):
    (found,) = find_incidents(market[:3])
    assert aggregate(found, "most_cited").tolls[0].best == 17


@pytest.mark.parametrize(
    ("rule", "date", "place"),
    [
        ("most_recent", ("2025-05-02", "2025-05-04"), "Osthavn"),
        ("most_cited", ("2025-05-03", "2025-05-03"), "Osthavn"),
        ("most_conservative", ("2025-05-02", "2025-05-04"), "Vestrand"),
        ("median", ("2025-05-03", "2025-05-03"), "Osthavn"),
        ("by_source_class", ("2025-05-03", "2025-05-03"), "Vestrand"),
    ],
)
def test_dates_and_places(tell, rule, date, place):
    said = {"by": "Red Dawn Front", "mode": "explosives"}
    text = "A Red Dawn Front bomb wrecked the fish market on Saturday."
    reports = [
        tell.report(text, at="10:00:00", outlet="Nordpost", on="2025-05-03", place="Osthavn", **said),
        tell.report(
            text, at="11:00:00", outlet="Kystradio", on="2025-05-03", place="Vestrand", source="police", **said
        ),
        tell.report(
            text, at="12:00:00", outlet="Vestrand Times", on=("2025-05-02", "2025-05-04"), place="Osthavn", **said
        ),
    ]
    (incident,) = find_incidents(reports)
    result = aggregate(incident, rule, order=ORDER if rule == "by_source_class" else ())
    assert (result.start, result.end) == date
    assert result.place is not None
    assert result.place.name == place
    assert result.tolls == ()


def test_nothing_said_gives_nothing(tell):
    (incident,) = find_incidents([tell.report("Gunmen fired.", by="gunmen")])
    for rule in RULES:
        result = aggregate(incident, rule, order=("report",))
        assert (result.tolls, result.start, result.end, result.place) == ((), None, None, None)


@pytest.mark.parametrize(
    ("rule", "order", "said"),
    [
        ("loudest", (), "there is no rule 'loudest'"),
        ("by_source_class", (), "needs an order"),
        ("by_source_class", ("rumour",), "there is no class of sources 'rumour'"),
    ],
)
def test_bad_usage(incident, rule, order, said):
    with pytest.raises(UsageError, match=said):
        aggregate(incident, rule, order=order)
