"""Ledgers: one happening or period, one measure, one population; revisions and contradictions in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.across.incidents import find_incidents
from readout.across.ledger import make_ledger
from readout.across.ledger.toll_claims import counted_in
from readout.knowledge import load

QUAKE = {"event": False, "place": ()}


def quake(tell, number, day, source="health ministry", outlet="Nordpost", bound="exact", **more):
    text = f"The earthquake that struck the Torvel valley on Friday killed {number} people, {source or 'it was said'}."
    return tell.report(text, day, outlet=outlet, killed=number, source=source, bound=bound, **QUAKE, **more)


def one(ledgers):
    (ledger,) = ledgers
    return ledger


def words(ledger):
    return [remark.words for remark in ledger.remarks]


def test_a_count_that_is_raised(tell):
    reports = [quake(tell, 40, "2025-05-03"), quake(tell, 52, "2025-05-05"), quake(tell, 52, "2025-05-06")]
    ledger = one(make_ledger(reports))
    assert (ledger.kind, ledger.measure, ledger.people, ledger.incidents) == ("incident", "killed", "all", ())
    assert words(ledger) == ["raised from 40 to 52 by the health ministry between 3 and 5 May 2025"]
    (series,) = ledger.series
    assert (series.source, series.source_class) == ("health ministry", "government")
    assert [(step.day, step.best, len(step.figures)) for step in series.steps] == [
        ("2025-05-03", 40, 1),
        ("2025-05-05", 52, 2),
    ]
    assert [(day.day, day.low, day.best, day.high) for day in ledger.days] == [
        ("2025-05-03", 40, 40, 40),
        ("2025-05-05", 52, 52, 52),
        ("2025-05-06", 52, 52, 52),
    ]


def test_a_count_that_is_lowered(tell):
    reports = [quake(tell, 52, "2025-04-30"), quake(tell, 47, "2025-05-01")]
    assert words(one(make_ledger(reports))) == [
        "lowered from 52 to 47 by the health ministry between 30 April and 1 May 2025"
    ]


def test_a_toll_that_is_said_to_have_risen_goes_with_the_first(tell):
    reports = [
        tell.report("A gas blast in the Torvel coal mine killed 68 people on Sunday, the labour ministry said.", "2025-05-05",
                    killed=68, source="labour ministry", event=False),
        tell.report("The death toll of the Torvel coal mine blast rose to 134 on Monday, the labour ministry said.", "2025-05-06",
                    killed=134, source="labour ministry", event=False),
        tell.report("A fire in a Norvik hotel killed 9 people on Monday.", "2025-05-06", killed=9, event=False),
    ]  # fmt: skip
    mine, _ = sorted(make_ledger(reports), key=lambda ledger: -len(ledger.entries))
    assert words(mine) == ["raised from 68 to 134 by the labour ministry between 5 and 6 May 2025"]


def test_two_sources_differ(tell):
    reports = [quake(tell, 40, "2025-05-03", "police"), quake(tell, 55, "2025-05-03", "health ministry", "Kystradio")]
    ledger = one(make_ledger(reports))
    assert words(ledger) == ["two sources differ: 40 (the police) and 55 (the health ministry), on 3 May 2025"]
    assert ledger.remarks[0].figures == tuple(report.figures[0].id for report in reports)
    assert [(day.low, day.best, day.high) for day in ledger.days] == [(40, 55, 55)]


def test_another_source_days_later_raises_it(tell):
    reports = [quake(tell, 40, "2025-05-03", "police"), quake(tell, 55, "2025-05-06", None, "Kystradio")]
    assert words(one(make_ledger(reports))) == [
        "raised from 40 (the police) to 55 (reports of Kystradio) between 3 and 6 May 2025"
    ]


def test_what_bounds_leave_open_is_no_contradiction(tell):
    reports = [
        quake(tell, 40, "2025-05-03", "police", bound="at_least"),
        quake(tell, 55, "2025-05-03", outlet="Kystradio"),
    ]
    ledger = one(make_ledger(reports))
    assert ledger.remarks == ()
    assert [(day.low, day.best, day.high) for day in ledger.days] == [(40, 55, None)]


def test_what_is_denied_is_no_count(tell):
    said = {"by": "Blue Guard", "place": "Osthavn", "on": "2025-05-03", "mode": "aerial"}
    text = "Blue Guard planes killed 30 people in Osthavn on Saturday, {}."
    reports = [
        tell.report(text.format("residents said"), killed=30, source="residents", **said),
        tell.report(
            text.format("a claim that the army denied"), "2025-05-04", outlet="Kystradio", killed=30, source="army",
            status="denied", **said,
        ),
    ]  # fmt: skip
    ledger = one(make_ledger(reports))
    assert words(ledger) == ["30 denied by the army on 4 May 2025"]
    assert [series.source for series in ledger.series] == ["residents"]
    assert [entry.denied for entry in ledger.entries] == [False, True]


def test_one_happening_and_a_period_do_not_mix(tell):
    attack = {"by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03"}
    single = "The Red Dawn Front killed 12 people in Osthavn on Saturday."
    all_told = "The Red Dawn Front has killed more than 41000 people in Vestrand since October 2023."
    reports = [
        tell.report(
            "", claims=[{"text": single, "killed": 12, **attack}, {"text": all_told, "killed": 41000, "event": False}]
        ),
        tell.report(
            "", outlet="Kystradio", day="2025-05-04", claims=[{"text": all_told, "killed": 41000, "event": False}]
        ),
    ]
    ledgers = {ledger.kind: ledger for ledger in make_ledger(reports)}
    assert len(ledgers) == 2
    assert [entry.best for entry in ledgers["incident"].entries] == [12]
    assert [entry.best for entry in ledgers["period"].entries] == [41000, 41000]
    assert ledgers["period"].since == "2023-10-01"
    (incident,) = find_incidents(reports)
    assert ledgers["incident"].incidents == (incident.id,)
    assert ledgers["period"].incidents == ()


def test_since_one_year_and_another_do_not_mix(tell):
    text = "Fighting in the Torvel valley has killed {} people since {}."
    reports = [
        tell.report(text.format(number, year), day, killed=number, event=False, outlet=outlet)
        for number, year, day, outlet in ((900, 2019, "2025-05-03", "Nordpost"), (300, 2023, "2025-05-03", "Kystradio"))
    ]
    assert sorted(ledger.since for ledger in make_ledger(reports)) == ["2019-01-01", "2023-01-01"]


def test_populations_do_not_mix(tell):
    said = {"by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03"}
    text = "The Red Dawn Front killed {} {} in Osthavn on Saturday."
    reports = [
        tell.report(text.format(number, people), outlet=outlet, killed=number, people=people, **said)
        for number, people, outlet in (
            (4, "soldiers", "Nordpost"),
            (9, "civilians", "Kystradio"),
            (4, "troops", "Vestrand Times"),
        )
    ]
    found = {ledger.people: [entry.best for entry in ledger.entries] for ledger in make_ledger(reports)}
    assert found == {"military": [4, 4], "civilians": [9]}


def test_parts_of_a_toll_are_no_revisions(tell):
    text = "The crash killed 9 people on the spot and 2 in hospital, and another 5 died later."
    report = tell.report(text, killed=(9, 2, 5), event=False)
    ledger = one(make_ledger([report]))
    assert ledger.remarks == ()
    assert [(entry.best, entry.part) for entry in ledger.entries] == [(9, False), (2, True), (5, True)]


def test_tolls_of_what_is_planned_are_no_tolls(tell):
    report = tell.report(
        "The Red Dawn Front threatens to kill 30 hostages.", by="Red Dawn Front", status="threatened", killed=30
    )
    assert make_ledger([report]) == ()


SAID = "The earthquake that struck the Torvel valley on Friday killed {} people, {}."
P, M, K = ("police", "Nordpost"), ("health ministry", "Nordpost"), (None, "Kystradio")
#: Day in May, number, and who said it where; the remarks, and the range on the last day: low, best and high.
BY_HAND = {
    "who keeps to a number that another has raised": (
        [(3, 40, P), (5, 55, M), (6, 40, P)],
        ["raised from 40 (the police) to 55 (the health ministry) between 3 and 5 May 2025",
         "two sources differ: 55 (the health ministry) and 40 (the police), between 5 and 6 May 2025"],
        (40, 40, 55)),
    "a number that its source has revised says nothing more": (
        [(3, 40, P), (3, 40, ("hospital", "Kystradio")), (4, 52, P)],
        ["raised from 40 to 52 by the police between 3 and 4 May 2025"],
        (40, 52, 52)),
    "a number that is repeated after its source has revised it": (
        [(3, 40, M), (5, 52, M), (6, 40, K)],
        ["raised from 40 to 52 by the health ministry between 3 and 5 May 2025"],
        (40, 40, 52)),
    "another source on the next day": (
        [(3, 40, P), (4, 55, K)],
        ["raised from 40 (the police) to 55 (reports of Kystradio) between 3 and 4 May 2025"],
        (40, 55, 55)),
    "another source that lowers it": (
        [(3, 55, P), (6, 47, K)],
        ["lowered from 55 (the police) to 47 (reports of Kystradio) between 3 and 6 May 2025"],
        (47, 47, 55)),
    "raised and lowered again": (
        [(3, 40, M), (4, 52, M), (6, 47, M)],
        ["raised from 40 to 52 by the health ministry between 3 and 4 May 2025",
         "lowered from 52 to 47 by the health ministry between 4 and 6 May 2025"],
        (47, 47, 47)),
    "the number of most sources": ([(3, 40, P), (3, 40, M), (3, 40, K)], [], (40, 40, 40)),
    "three who differ": (
        [(3, 40, P), (3, 44, M), (3, 48, K)],
        ["two sources differ: 40 (the police) and 44 (the health ministry), on 3 May 2025",
         "two sources differ: 44 (the health ministry) and 48 (reports of Kystradio), on 3 May 2025",
         "two sources differ: 40 (the police) and 48 (reports of Kystradio), on 3 May 2025"],
        (40, 48, 48)),
}  # fmt: skip


@pytest.mark.parametrize(("said", "remarks", "last"), BY_HAND.values(), ids=BY_HAND)
def test_remarks_and_ranges_worked_out_by_hand(tell, said, remarks, last):
    reports = [
        quake(tell, number, f"2025-05-{day:02}", source, outlet, at=f"{hour:02}:00:00")
        for hour, (day, number, (source, outlet)) in enumerate(said)
    ]
    ledger = one(make_ledger(reports))
    assert sorted(words(ledger)) == sorted(remarks)
    assert (ledger.days[-1].low, ledger.days[-1].best, ledger.days[-1].high) == last


@pytest.mark.parametrize(
    ("bounds", "last"),
    [
        (("at_least", "at_most"), (None, 45, None)),
        (("at_most", "exact"), (None, 45, 45)),
        (("exact", "at_least"), (40, 45, None)),
        (("more_than", "exact"), (40, 45, None)),
    ],
)
def test_ends_that_one_leaves_open_stay_open(tell, bounds, last):
    reports = [
        quake(tell, number, "2025-05-03", source, outlet, bound, at=f"{hour:02}:00:00")
        for hour, (number, bound, (source, outlet)) in enumerate(zip((40, 45), bounds, (P, K), strict=True))
    ]
    day = one(make_ledger(reports)).days[-1]
    assert (day.low, day.best, day.high) == last


def test_what_one_source_counts_in_one_report(tell):
    """Its largest number is the count; what it says of some of them is no revision."""
    report = tell.report("", claims=[{"text": "The blast wounded 24 people, the hospital said.", "word": "wounded", "injured": 24,
                                      "place": "Osthavn", "source": "the hospital"},
                                     {"text": "It said that 2 others were badly wounded in the blast.", "word": "wounded", "injured": 2,
                                      "source": "the hospital"}])  # fmt: skip
    ledger = one(make_ledger([report]))
    assert ledger.remarks == ()
    assert [(entry.best, entry.part) for entry in ledger.entries] == [(24, False), (2, True)]


def test_on_top_of_what_was_told_before(tell):
    """ "Another 1440" are no part where nobody injured was told of before."""
    report = tell.report(
        "The fire killed 330 people, and another 1440 were injured.", killed=330, injured=1440, event=False
    )
    entries = [entry for ledger in make_ledger([report]) for entry in ledger.entries]
    assert sorted((entry.best, entry.part) for entry in entries) == [(330, False), (1440, False)]


def test_a_population_whose_number_is_given_for_all_is_of_all(tell):
    fire = "The fire in the Torvel camp killed {} {}, officials said."
    reports = [
        tell.report(fire.format(number, people or "people"), day, killed=number, people=people, source="officials", event=False,
                    outlet=outlet)
        for number, people, day, outlet in ((210, "pilgrims", "2025-05-03", "Nordpost"), (330, "pilgrims", "2025-05-04", "Kystradio"),
                                            (330, None, "2025-05-05", "Vestrand Times"))
    ]  # fmt: skip
    ledger = one(make_ledger(reports))
    assert (ledger.people, [entry.best for entry in ledger.entries]) == ("all", [210, 330, 330])
    assert words(ledger) == ["raised from 210 to 330 by the officials between 3 and 4 May 2025"]


def test_the_tolls_of_one_incident_are_one_ledger(tell):
    """Sentences that share too little are of one happening where their events are."""
    bomb = {"by": "Red Dawn Front", "mode": "explosives", "place": "Osthavn", "on": "2025-05-03"}
    reports = [
        tell.report("", claims=[{"text": "A Red Dawn Front bomb tore through the fish market of Osthavn on Saturday.",
                                 "word": "bomb", **bomb},
                                {"text": "The blast killed 12 people.", "word": "killed", "killed": 12}]),
        tell.report("", "2025-05-04", outlet="Kystradio",
                    claims=[{"text": "The Red Dawn Front set off the bomb in the fish market of Osthavn on Saturday.",
                             "word": "bomb", **bomb},
                            {"text": "Nurses counted 19 dead in the attack.", "word": "dead", "killed": 19, "source": "nurses"}]),
    ]  # fmt: skip
    ledger = one(make_ledger(reports))
    assert [entry.best for entry in ledger.entries] == [12, 19]
    assert ledger.place is not None
    assert ledger.place.name == "Osthavn"
    assert words(ledger) == ["raised from 12 (reports of Nordpost) to 19 (the nurses) between 3 and 4 May 2025"]


@pytest.mark.parametrize(
    ("text", "kind", "since"),
    [
        ("The Red Dawn Front has killed 90 people since March 2024.", "period", "2024-03-01"),
        ("The Red Dawn Front has killed 90 people this year.", "period", "2025-01-01"),
        ("The Red Dawn Front has killed 90 people so far.", "period", None),
        ("The bomb killed 90 people, the worst attack since 1999.", "incident", None),
        ("The roads are closed since a bomb killed 90 people in Osthavn.", "incident", None),
        ("Since the war of 1999 the Red Dawn Front, which rules Torvel, has killed 90 people.", "period", "1999-01-01"),
    ],
)
def test_numbers_of_a_period_and_of_one_happening(tell, text, kind, since):
    ledger = one(make_ledger([tell.report(text, killed=90, event=False)]))
    assert (ledger.kind, ledger.since) == (kind, since)


@pytest.mark.parametrize("measure", ["captive", "released", "missing"])
def test_who_is_held_since_a_day_is_no_count_of_a_period(tell, measure):
    report = tell.report("The 72 hostages are held since March 2025.", event=False, **{measure: 72})
    assert one(make_ledger([report])).kind == "incident"


@pytest.mark.parametrize(
    "example", [example for entry in load("across/not_people.yaml") for example in entry["examples"]]
)
def test_animals_and_things_are_no_people(tell, example):
    number = int(re.search(r"\d+", example)[0])
    assert make_ledger([tell.report(f"In Torvel {example}.", killed=number, event=False)]) == ()


@pytest.mark.parametrize("measure", ["killed", "injured", "captive", "missing", "displaced"])
def test_every_measure_has_ledgers(tell, measure):
    report = tell.report("In the Torvel valley 12 people were counted.", event=False, **{measure: 12})
    assert one(make_ledger([report])).measure == measure


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 80), st.integers(1, 5), st.sampled_from(["police", "health ministry", None])),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_no_figure_is_lost_and_order_does_not_matter(tell, said, shuffler):
    reports = [
        quake(tell, number, f"2025-05-0{day}", source, f"Outlet {n % 3}")
        for n, (number, day, source) in enumerate(said)
    ]
    ledgers = make_ledger(reports)
    shuffler.shuffle(reports)
    assert make_ledger(reports) == ledgers
    listed = sorted(entry.figure for ledger in ledgers for entry in ledger.entries)
    assert listed == sorted(report.figures[0].id for report in reports)
    for ledger in ledgers:
        for day in ledger.days:
            assert day.low is None or day.high is None or day.low <= day.best <= day.high


@pytest.mark.parametrize(
    ("some", "part"),
    [
        ("3 of the 31 wounded died on Tuesday.", True),
        ("3 of them were guards.", True),
        ("3 guards died on Tuesday.", False),
    ],
)
def test_some_of_those_told_of_are_a_part(tell, some, part):
    claims = [
        {"text": "A gas blast in the Torvel coal mine killed 19 people on Monday.", "killed": 19, **QUAKE},
        {"text": some, "killed": 3, **QUAKE},
    ]
    counted = counted_in(tell.report("", "2025-05-06", claims=claims))
    assert [item.part for item in counted] == [False, part]


def test_two_sources_differ_once(tell):
    reports = [
        quake(tell, 12, "2025-05-03", source="police"),
        quake(tell, 14, "2025-05-03", source="clinic", outlet="Abendblatt"),
        quake(tell, 12, "2025-05-03", source="police", outlet="Kurier"),
    ]
    assert words(one(make_ledger(reports))) == [
        "two sources differ: 12 (the police) and 14 (the clinic), on 3 May 2025"
    ]
