"""What is said of a report rests on those before it alone, in whatever order reports are given and whatever comes later."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.across.novelty import find_novelty, find_plans, novelty

TOWNS = ("Osthavn", "Norvik", "Sant Orel")
BLAST = "A {by} bomb in the {spot} of {place} killed {n} people on {day}, police said."
QUOTE = '"Nobody in {place} is safe while the {by} walks free," Mayor Tove Brandt said.'
PLAN = "Elin Sorvik will fly to {place} on {day}."
DONE = "Elin Sorvik flew to {place} on {day}."


@st.composite
def news(draw):
    """What some reports say, of few things, so that they tell the same again and again."""
    kinds = draw(st.lists(st.sampled_from(("blast", "quote", "plan", "done")), min_size=1, max_size=3))
    return {
        "kinds": kinds,
        "day": f"2025-05-0{draw(st.integers(1, 9))}",
        "on": f"2025-05-0{draw(st.integers(1, 9))}",
        "place": draw(st.sampled_from(TOWNS)),
        "by": draw(st.sampled_from(("Red Dawn Front", "Green Shore League"))),
        "n": draw(st.integers(2, 5)),
        "spot": draw(st.sampled_from(("fish market", "bus station"))),
        "outlet": draw(st.sampled_from(("Nordpost", "Kystradio"))),
        "document": draw(st.sampled_from((None, 501, 502))),
    }


def made(tell, claim, told):
    """The reports of what was drawn."""
    reports = []
    for number, fields in enumerate(told, start=1):
        place, on, by, n = (fields[name] for name in ("place", "on", "by", "n"))
        visit = {"act": "CONSULT", "mode": "visit", "by": "Elin Sorvik", "place": place, "on": on}
        parts = {
            "blast": (
                BLAST.format(by=by, spot=fields["spot"], place=place, n=n, day=on),
                claim.event(mode="explosives", by=by, place=place, on=on, killed=n),
            ),
            "quote": (QUOTE.format(place=place, by=by), claim.said("Tove Brandt")),
            "plan": (PLAN.format(place=place, day=on), claim.event("AGREE", status="planned", **visit)),
            "done": (DONE.format(place=place, day=on), claim.event("CONSULT", **visit)),
        }
        sentences = [parts[kind] for kind in fields["kinds"]]
        given_as = {name: fields[name] for name in ("day", "outlet", "document")}
        reports.append(tell(*sentences, number=1000 + number, **given_as))
    return reports


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(news(), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_neither_the_order_nor_later_reports_matter(tell, claim, told, chance):
    reports = made(tell, claim, told)
    whole = find_novelty(reports)
    shuffled = random.Random(chance.random()).sample(reports, len(reports))
    assert find_novelty(shuffled) == whole
    known = sorted(reports, key=lambda report: [found.report for found in whole].index(report.id))
    for place, found in enumerate(whole):
        assert find_novelty(known[: place + 1])[-1] == found
    chosen = chance.randrange(len(reports))
    assert novelty(known[chosen], shuffled) == whole[chosen]
    assert find_plans(shuffled) == find_plans(reports)
