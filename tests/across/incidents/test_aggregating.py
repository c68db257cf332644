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


def told(tell, *said):
    """Reports of one bomb, in the order in which they became known: number, outlet, and what else there is to a number."""
    bomb = {"mode": "explosives", "by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03"}
    text = "A Red Dawn Front bomb killed {} people in the fish market of Osthavn on Saturday, {} said."
    return [
        tell.report(text.format(number, more.get("source") or "it is"), at=f"{hour:02}:00:00", outlet=outlet, killed=number, **bomb, **more)
        for hour, (number, outlet, more) in enumerate(said, start=1)
    ]  # fmt: skip


POLICE, HOSPITAL, LEAST, MOST = (
    {"source": "police"},
    {"source": "the hospital"},
    {"bound": "at_least"},
    {"bound": "at_most"},
)
SOLDIERS, PASSENGERS = {"people": "soldiers"}, {"people": "passengers"}
THREE = ((12, "A", POLICE), (14, "B", HOSPITAL | LEAST), (17, "C", {}))
TWICE = ((12, "A", {}), (15, "A", {}), (14, "B", {}))
CITED = ((12, "A", LEAST), (12, "B", {}), (13, "C", {}), (12, "A", LEAST))
FOUR = ((10, "A", {}), (18, "B", {}), (12, "C", {}), (14, "D", {}))
BELOW = ((20, "A", MOST | POLICE), (12, "B", {}))
SOME = ((4, "A", SOLDIERS), (17, "B", {}), (16, "C", PASSENGERS))
ONLY = ((4, "A", SOLDIERS), (6, "B", SOLDIERS))
#: What was said, by which rule and order; low, best and high, and the reports that it rests on, worked out by hand.
BY_HAND = [
    (THREE, "most_recent", (), (17, 17, 17), [2]),
    (THREE, "most_cited", (), (17, 17, 17), [2]),  # one each: the last
    (THREE, "most_conservative", (), (12, 12, 12), [0]),
    (THREE, "median", (), (12, 14, None), [0, 1, 2]),  # open above, for one says "at least"
    (THREE, "by_source_class", ("medical", "police"), (14, 14, None), [1]),
    (THREE, "by_source_class", ("relief", "police"), (12, 12, 12), [0]),  # nobody of the first class
    (THREE, "by_source_class", ("report", "medical"), (17, 17, 17), [2]),
    (TWICE, "most_recent", (), (14, 14, 14), [2]),
    (TWICE, "most_cited", (), (14, 14, 14), [2]),
    (TWICE, "most_conservative", (), (12, 12, 12), [0]),
    (TWICE, "median", (), (14, 14, 15), [1, 2]),  # the last of each of two: 15 and 14, and of these the lower
    (CITED, "most_recent", (), (12, 12, None), [3]),
    (CITED, "most_cited", (), (12, 12, None), [0, 1, 3]),  # two origins, of which one leaves it open
    (CITED, "most_conservative", (), (12, 12, None), [0, 1, 3]),
    (CITED, "median", (), (12, 12, None), [1, 2, 3]),
    (FOUR, "most_recent", (), (14, 14, 14), [3]),
    (FOUR, "most_conservative", (), (10, 10, 10), [0]),
    (FOUR, "median", (), (10, 12, 18), [0, 1, 2, 3]),  # 10, 12, 14, 18: of the two in the middle the lower
    (BELOW, "most_recent", (), (12, 12, 12), [1]),
    (BELOW, "median", (), (None, 12, 20), [0, 1]),  # open below, for one says "at most"
    (BELOW, "most_conservative", (), (12, 12, 12), [1]),
    (BELOW, "by_source_class", ("police",), (None, 20, 20), [0]),
    (SOME, "most_conservative", (), (16, 16, 16), [2]),  # soldiers are some of those who died, passengers are all
    (SOME, "median", (), (16, 16, 17), [1, 2]),
    (ONLY, "most_conservative", (), (4, 4, 4), [0]),  # nobody counts all
    (ONLY, "most_recent", (), (6, 6, 6), [1]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "rule", "order", "values", "said_by"), BY_HAND)
def test_tolls_worked_out_by_hand(tell, said, rule, order, values, said_by):
    reports = told(tell, *said)
    (incident,) = find_incidents(reports)
    (toll,) = aggregate(incident, rule, order=order).tolls
    assert (toll.low, toll.best, toll.high) == values
    assert toll.claims == tuple(sorted(reports[number].events[0].id for number in said_by))


def test_two_who_counted_in_one_report_are_two_statements(tell):
    """Of one report the last in its text is the last word of its outlet."""
    bomb = {"mode": "explosives", "by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03"}
    report = tell.report("", outlet="A", claims=[
        {"text": "A bomb of the Red Dawn Front killed 12 people in Osthavn on Saturday, police said.", "word": "killed", "killed": 12,
         "source": "police", **bomb},
        {"text": "The blast killed 15 people, the hospital said.", "word": "killed", "killed": 15, "source": "the hospital"}])  # fmt: skip
    (incident,) = find_incidents([report])
    results = {rule: aggregate(incident, rule).tolls[0].best for rule in RULES if rule != "by_source_class"}
    assert results == {"most_recent": 15, "most_cited": 15, "most_conservative": 12, "median": 15}
    assert aggregate(incident, "by_source_class", order=("police", "medical")).tolls[0].best == 12
