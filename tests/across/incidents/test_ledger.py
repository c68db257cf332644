"""Ledgers: one happening or period, one measure, one population; revisions and contradictions in words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.across.incidents import find_incidents
from readout.across.ledger import make_ledger

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
