"""Incidents: what is merged, what is not, why, and that nothing depends on the order of reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.across.facts import Link
from readout.across.incidents import find_incidents


def together(incidents):
    """The reports of each incident."""
    return sorted(sorted(member.report for member in incident.claims) for incident in incidents)


def one(incidents):
    (incident,) = incidents
    return incident


def test_one_bomb_in_four_reports(market, village):
    incidents = find_incidents([*market, village])
    assert together(incidents) == [[report.id for report in market], [village.id]]
    incident = incidents[0]
    assert (incident.reality, incident.type, incident.mode) == ("happened", "ASSAULT", "explosives")
    assert (incident.reports, incident.sources) == (4, 3)  # two of Kystradio
    (toll,) = incident.spread.tolls
    assert (toll.low, toll.high, toll.values) == (12, 17, (12, 14, 17))
    assert incident.spread.differing == ("toll",)
    assert incident.spread.dates == (("2025-05-03", "2025-05-03"),)


def test_every_claim_says_why_it_is_there(market):
    incident = one(find_incidents(market))
    numbers = {report.events[0].id for report in market}
    for member in incident.claims:
        assert member.beside in numbers - {member.event.id}
        assert member.rule
        assert 0.5 < member.score <= 1
        assert "both in Osthavn" in member.reasons
    assert incident.claims[0].event == market[0].events[0]  # claims keep their numbers, and all that they say


def test_what_stands_alone_says_so(village):
    member = one(find_incidents([village])).claims[0]
    assert (member.rule, member.beside, member.reasons) == ("alone", None, ("no other report tells of it",))


def test_copies_are_one_source(market):
    copies = [
        Link(market[0].id, market[1].id, "copy", "same text", 0.9),
        Link(market[1].id, market[2].id, "copy", "same text", 0.9),
    ]
    assert (
        one(find_incidents(market, copies)).sources == 2
    )  # Nordpost with its copies, and the second report of Kystradio
    assert one(find_incidents(market, copies, origin_of=lambda report: "all")).sources == 1


def test_reports_of_one_agency_are_one_source(market):
    assert one(find_incidents([replace(report, agency="VNA") for report in market])).sources == 1


CASES = {
    # What is changed in the second of two reports of one bomb, and whether they are still merged.
    "the same": ({}, True),
    "the toll was raised": ({"killed": 20}, True),
    "another toll, on another day": ({"killed": 3, "on": "2025-05-04"}, False),
    "another day": ({"on": "2025-05-09"}, False),
    "without a date, the same day": ({"on": None}, True),
    "the month alone": ({"on": ("2025-05-01", "2025-05-31")}, True),
    "days around it": ({"on": ("2025-05-02", "2025-05-04")}, True),
    "the country alone": ({"place": "Vestrand"}, True),
    "the province": ({"place": "Upper Vestrand"}, True),
    "no place": ({"place": ()}, True),
    "another town": ({"place": "Norvik"}, False),
    "another country": ({"place": "Sant Orel"}, False),
    "planned": ({"status": "planned"}, False),
    "denied": ({"status": "denied"}, False),
    "claimed": ({"status": "uncertain"}, True),
    "another act": ({"kind": "COERCE"}, False),
}


@pytest.mark.parametrize(("changes", "merged"), CASES.values(), ids=CASES)
def test_what_two_reports_may_differ_in(tell, changes, merged):
    said = {"by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03", "killed": 12, "mode": "explosives"}
    first = tell.report("A Red Dawn Front bomb killed 12 people in the fish market on Saturday.", **said)
    text = f"The bomb of the Red Dawn Front in the fish market killed {changes.get('killed', 12)} people."
    other = tell.report(text, outlet="Kystradio", at="18:00:00", **{**said, **changes})
    assert (len(find_incidents([first, other])) == 1) == merged


def test_two_candidates_and_no_reason_to_prefer_one(tell):
    """A report of two attacks that are told alike, and one of a single attack that could be either."""
    attack = {"by": "gunmen", "on": "2025-05-03", "mode": "firearms", "place": "Vestrand"}
    two = tell.report(
        "", claims=[{"text": "Gunmen shot at a patrol in Vestrand on Saturday.", **attack, "to": "patrol"},
                    {"text": "Gunmen shot at a convoy in Vestrand on Saturday.", **attack, "to": "convoy"}],
    )  # fmt: skip
    single = tell.report("Gunmen shot at soldiers in Vestrand on Saturday.", outlet="Kystradio", **attack)
    assert len(find_incidents([two, single])) == 3
    clear = tell.report(
        "Gunmen shot at a convoy in Vestrand on Saturday.", outlet="Vestrand Times", **attack, to="convoy"
    )
    assert together(find_incidents([two, clear])) == [[two.id], [two.id, clear.id]]


def test_claims_of_one_report_that_are_the_same_by_all_are_one(tell):
    attack = {"by": "Red Dawn Front", "on": "2025-05-03", "place": "Osthavn"}
    report = tell.report(
        "", claims=[{"text": "The Red Dawn Front attacked Osthavn on Saturday.", **attack},
                    {"text": "It was the Red Dawn Front that attacked Osthavn.", **attack},
                    {"text": "The Red Dawn Front then attacked Norvik.", **attack, "place": "Norvik"}],
    )  # fmt: skip
    assert sorted(len(incident.claims[0].twins) for incident in find_incidents([report])) == [1, 2]


def test_what_is_imagined_is_never_merged(tell):
    war = {"by": "Maravia", "to": "Vestrand", "status": "hypothetical"}
    reports = [tell.report("If Maravia attacked Vestrand, all would lose.", **war) for _ in range(2)]
    assert {incident.reality for incident in find_incidents(reports)} == {"imagined"}
    assert len(find_incidents(reports)) == 2


def test_an_incident_keeps_its_id_when_later_reports_come(market):
    ids = {one(find_incidents(market[:number])).id for number in range(1, 5)}
    assert len(ids) == 1


def test_ids_do_not_depend_on_numbers_of_the_record(market):
    moved = [
        replace(
            report,
            id=report.id + 900,
            events=tuple(
                replace(event, id=event.id + 900, figures=tuple(n + 900 for n in event.figures))
                for event in report.events
            ),
            figures=tuple(replace(figure, id=figure.id + 900) for figure in report.figures),
        )
        for report in market
    ]
    assert one(find_incidents(moved)).id == one(find_incidents(market)).id


NAMES = ("Red Dawn Front", "gunmen", "Blue Guard", "police")
TOWNS = ("Osthavn", "Norvik", "Sant Orel", "Vestrand")
told = st.fixed_dictionaries(
    {
        "by": st.sampled_from(NAMES),
        "place": st.sampled_from(TOWNS),
        "on": st.sampled_from([None, "2025-05-03", "2025-05-04", ("2025-05-01", "2025-05-31")]),
        "killed": st.integers(1, 30),
        "status": st.sampled_from(["occurred", "planned", "denied"]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(told, min_size=1, max_size=3), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(tell, claims, shuffler):
    reports = [
        tell.report("", day=f"2025-05-0{3 + number % 3}", outlet=f"Outlet {number % 4}",
                    claims=[{"text": f"{said['by']} killed {said['killed']} in {said['place']}, part {n} of {number}.", **said}
                            for n, said in enumerate(some)])
        for number, some in enumerate(claims)
    ]  # fmt: skip
    expected = find_incidents(reports)
    shuffler.shuffle(reports)
    assert find_incidents(reports) == expected
    for incident in expected:
        assert sum(member.beside is None for member in incident.claims) <= 1
        assert len({member.event.status for member in incident.claims}) == 1
    claimed = sorted(number for incident in expected for member in incident.claims for number in member.twins)
    assert claimed == sorted(event.id for report in reports for event in report.events)
