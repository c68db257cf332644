"""What became of what was planned."""

from __future__ import annotations

from readout.across.incidents import find_incidents, find_outcomes

VISIT = {"act": "CONSULT", "mode": "visit", "by": "Elin Sorvik", "to": "Maravia", "place": "Sant Orel"}


def plan(tell, **changes):
    said = {"kind": "AGREE", "status": "planned", "on": "2025-05-08", **VISIT, **changes}
    return tell.report("Elin Sorvik will fly to Sant Orel on 8 May.", "2025-05-03", **said)


def found(*reports):
    links = find_outcomes(find_incidents(reports))
    return [(link.first, link.second, link.kind) for link in links]


def test_a_visit_came_about(tell):
    ahead = plan(tell)
    done = tell.report("Elin Sorvik arrived in Sant Orel.", "2025-05-08", kind="CONSULT", on="2025-05-08", **VISIT)
    assert found(ahead, done) == [(ahead.events[0].id, done.events[0].id, "came about")]


def test_a_visit_was_called_off(tell):
    ahead = plan(tell)
    off = tell.report("Elin Sorvik will not fly to Sant Orel.", "2025-05-06", kind="REJECT", status="refused", **VISIT)
    assert found(ahead, off) == [(ahead.events[0].id, off.events[0].id, "did not come about")]


def test_what_happened_earlier_or_to_others_is_no_outcome(tell):
    ahead = plan(tell)
    before = tell.report(
        "Elin Sorvik was in Sant Orel in April.", "2025-05-03", kind="CONSULT", on="2025-04-08", **VISIT
    )
    other = tell.report(
        "Jon Vik came to Sant Orel.", "2025-05-08", kind="CONSULT", on="2025-05-08", **{**VISIT, "by": "Jon Vik"}
    )
    assert found(ahead, before, other) == []


def test_two_that_could_be_it_are_none(tell):
    ahead = plan(tell, place=(), to=())
    visits = [
        tell.report(
            f"Elin Sorvik came to {town}.",
            "2025-05-08",
            kind="CONSULT",
            on="2025-05-08",
            **{**VISIT, "place": town, "to": ()},
        )
        for town in ("Osthavn", "Norvik")
    ]
    assert len(find_incidents([ahead, *visits])) == 3
    assert found(ahead, *visits) == []
    assert len(found(ahead, visits[0])) == 1
