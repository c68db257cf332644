"""Who began a family of copies, and how many independent sources reports have."""

from __future__ import annotations

import random

import pytest

from readout.across.copies import families, find_copies, independent
from readout.across.copies.houses import cited_by, house_of, medium
from readout.across.facts import Who

FIRE = (
    "A fire in a shoe factory at Kaldby in Sundland killed nine women on Sunday night, the fire brigade said. "
    "The doors of the upper floor were locked, survivors told a reporter at the gate, and the windows had bars. "
    "Owner Peder Krogh was held for questioning, and the labour ministry closed four other works of his. "
)
PROBE = (
    "Sundland will send inspectors to every shoe factory in the country after the deaths at Kaldby, the labour minister said. "
    "The first of them will look at doors and stairs, and owners who lock workers in will go before a judge within the week. "
)
MARCH = (
    "Several thousand people walked behind nine empty chairs through Kaldby on Tuesday, and shops on the way put out their lights. "
    "Union leader Berit Aas told the crowd that the dead had asked for a second staircase three times since the spring. "
)


def sourcing(*reports):
    return independent(reports, find_copies(reports))


@pytest.mark.parametrize(
    ("reports", "house", "reason"),
    [
        (
            [{"publisher": "Kystbladet", "agency": "Norpress"}, {"publisher": "Dagsavis"}],
            "Norpress",
            "1 of 2 name the agency Norpress",
        ),
        (
            [{"publisher": "Kystbladet"}, {"publisher": "Dagsavis", "text": FIRE + "(AFP)", "day": "2025-03-11"}],
            "AFP",
            "1 of 2 name the agency AFP",
        ),
        ([{"publisher": "Agence France-Presse"}, {"publisher": "Dagsavis"}], "AFP", "1 of 2 name the agency AFP"),
        (
            [{"publisher": "Kystbladet"}, {"publisher": "Dagsavis", "day": "2025-03-11"}],
            "Kystbladet",
            "Kystbladet printed it first",
        ),
        (
            [
                {"publisher": "Dagsavis"},
                {"publisher": "Sundposten"},
                {"publisher": "Kystbladet", "cites": ["Sundposten newspaper"]},
            ],
            "Sundposten",
            "another of its printers cites Sundposten",
        ),
        ([{"publisher": None}, {"publisher": "Dagsavis"}], None, "nobody is named as its writer"),
    ],
)
def test_who_began_a_family(wire, reports, house, reason):
    made = [wire(number, **{"text": FIRE, **report}) for number, report in enumerate(reports, 1)]
    (family,) = families(made, find_copies(made))
    assert family.reports == tuple(range(1, len(made) + 1))
    assert (family.origin.house, family.origin.report, family.origin.reasons) == (house, 1, (reason,))


def test_every_report_is_in_one_family_whatever_the_order(wire):
    reports = [
        wire(1, FIRE),
        wire(2, FIRE + PROBE, day="2025-03-11"),
        wire(3, MARCH),
        wire(4, PROBE + FIRE, publisher="Dagsavis"),
    ]
    links = find_copies(reports)
    found = families(reports, links)
    assert [family.reports for family in found] == [(1, 4, 2), (3,)]
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert families(reports, reversed(links)) == found


def test_ten_printings_of_one_story_are_one_source(wire):
    reports = [
        wire(number, FIRE, publisher=f"Paper {number}", agency="Norpress" if number == 4 else None)
        for number in range(1, 11)
    ]
    found = sourcing(*reports)
    assert (found.reports, found.independent) == (10, 1)
    assert (found.sources[0].house, found.sources[0].reasons) == ("Norpress", ("by Norpress, printed 10 times",))


def test_two_stories_of_one_agency_are_one_source_and_two_agencies_are_two(wire):
    found = sourcing(wire(1, FIRE), wire(2, PROBE), wire(3, MARCH, publisher="Dagsavis"))
    assert [(source.house, source.reports) for source in found.sources] == [("Dagsavis", (3,)), ("Norpress", (1, 2))]


def test_a_report_on_anothers_word_is_no_further_source(wire):
    found = sourcing(wire(1, FIRE), wire(2, PROBE, publisher="Dagsavis", cites=["Norpress news agency"]))
    # "Norpress news agency" is not the name under which the first was published, but the same house.
    assert found.independent == 1


def test_word_is_followed_on(wire):
    found = sourcing(
        wire(1, FIRE, publisher="Kystbladet", cites=["Dagsavis newspaper"]),
        wire(2, PROBE, publisher="Dagsavis", cites=["Fjordradio Radio"]),
        wire(3, MARCH, publisher="Sundposten"),
    )
    assert [source.house for source in found.sources] == ["Fjordradio Radio", "Sundposten"]
    assert "Kystbladet cites Dagsavis, which passes on Fjordradio Radio" in found.sources[0].reasons


def test_who_cite_each_other_are_one_source_and_shown(wire):
    found = sourcing(
        wire(1, FIRE, publisher="Kystbladet", cites=["Dagsavis newspaper"]),
        wire(2, PROBE, publisher="Dagsavis", cites=["Kystbladet newspaper"]),
    )
    assert found.independent == 1
    assert found.circles == (("Dagsavis", "Kystbladet"),)


def test_a_ring_with_something_of_its_own_rests_on_that(wire):
    found = sourcing(
        wire(1, FIRE, publisher="Kystbladet", cites=["Dagsavis newspaper"]),
        wire(2, PROBE, publisher="Dagsavis", cites=["Kystbladet newspaper"]),
        wire(3, MARCH, publisher="Dagsavis"),
    )
    assert [source.house for source in found.sources] == ["Dagsavis"]
    assert found.circles == (("Dagsavis", "Kystbladet"),)


def test_an_unnamed_writer_is_said_to_be_unsure(wire):
    found = sourcing(wire(1, FIRE, publisher=None), wire(2, MARCH))
    assert found.independent == 2
    assert found.sources[1].reasons == ("by nobody who is named; it may be another's",)


def test_voices_are_those_outside_the_media(wire):
    found = sourcing(
        wire(1, FIRE, cites=["Fire Brigade"]),
        wire(2, MARCH, cites=["Fire Brigade", "Berit Aas"]),
        wire(3, PROBE, cites=["Dagsavis daily"]),
    )
    assert found.voices == (("name:fire brigade", "Fire Brigade", 2), ("name:berit aas", "Berit Aas", 1))


def test_the_same_reports_give_the_same_answer_in_any_order(wire):
    reports = [
        wire(1, FIRE, publisher="Kystbladet", cites=["Dagsavis newspaper"]),
        wire(2, PROBE, publisher="Dagsavis", cites=["Kystbladet newspaper"]),
        wire(3, MARCH, publisher=None),
        wire(4, FIRE, publisher="Sundposten"),
    ]
    once = sourcing(*reports)
    for seed in range(6):
        random.Random(seed).shuffle(reports)
        assert sourcing(*reports) == once


def test_no_reports_have_no_sources():
    found = independent([], [])
    assert (found.reports, found.independent, found.circles, found.voices) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("name", "house"),
    [
        ("Xinhua", "Xinhua"),
        ("official Xinhua news agency", "Xinhua"),
        ("Agence France-Presse", "AFP"),
        ("The New York Times", "New York Times"),
        ("left-leaning Morgenavis newspaper", "Morgenavis"),
        ("Sundland state television", "Sundland state television"),
        ("Radio Vikvaer", "Radio Vikvaer"),
        ("Norland News Agency", "Norland News Agency"),
        ("local newspaper", None),
        ("state radio", None),
        ("local TV reports", None),
        ("International Energy Agency", None),
        ("Elin Sorvik", None),
        ("UN refugee agency", None),
    ],
)
def test_which_names_are_media(name, house):
    assert medium(Who("name:x", name)) == house


@pytest.mark.parametrize(
    ("report", "house"),
    [
        ({"agency": "Norpress", "publisher": "Dagsavis"}, "Norpress"),
        ({"publisher": "Thomson Reuters"}, "Reuters"),
        ({"text": FIRE + "(dpa)", "publisher": "Dagsavis"}, "dpa"),
        ({"text": FIRE + "(nobody)", "publisher": "Dagsavis"}, "Dagsavis"),
        ({"publisher": None}, None),
    ],
)
def test_which_house_wrote_a_report(wire, report, house):
    assert house_of(wire(1, **{"text": FIRE, **report})) == house


def test_a_house_does_not_cite_itself(wire):
    assert cited_by(wire(1, FIRE, publisher="Dagsavis", cites=["Dagsavis daily", "Sundposten daily"])) == (
        "Sundposten",
    )
