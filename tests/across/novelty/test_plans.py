"""What became of what was ahead, as it was known on a day."""

from __future__ import annotations

import pytest

from readout.across.incidents.outcomes import said_to_end
from readout.across.novelty import find_plans
from readout.knowledge import load

VISIT = {"act": "CONSULT", "mode": "visit", "by": "Elin Sorvik", "to": "Maravia", "place": "Sant Orel"}
WORDS = "Elin Sorvik will fly to Sant Orel on 8 May for talks with Maravia."


@pytest.fixture
def ahead(tell, claim):
    return tell((WORDS, claim.event("AGREE", status="planned", on="2025-05-08", **VISIT)))


def only(*reports, as_of=None):
    (plan,) = find_plans(reports, as_of=as_of)
    return plan


@pytest.mark.parametrize(("as_of", "state"), [("2025-05-08", "pending"), ("2025-05-09", "overdue"), (None, "pending")])
def test_nothing_told_of_it(ahead, as_of, state):
    plan = only(ahead, as_of=as_of)
    assert (plan.state, plan.start, plan.end, plan.outcome) == (state, "2025-05-08", "2025-05-08", None)
    assert plan.reasons[0].startswith("planned for 8 May 2025, first told on 3 May 2025; ")
    assert [(told.report, told.claim) for told in plan.claims] == [(ahead.id, ahead.events[0].id)]


def test_no_day(tell, claim):
    told = tell(("Elin Sorvik plans to fly to Sant Orel.", claim.event("AGREE", status="planned", **VISIT)))
    plan = only(told, as_of="2026-01-01")
    assert (plan.state, plan.reasons) == ("open", ("planned, no day named, first told on 3 May 2025",))


def test_a_day_before_it_was_told_is_no_day_of_a_plan(tell, claim):
    told = tell((WORDS, claim.event("AGREE", status="planned", on="2025-04-08", **VISIT)))
    assert only(told).state == "open"


def test_confirmed(tell, claim, ahead):
    done = tell(
        ("Elin Sorvik arrived in Sant Orel on Thursday.", claim.event("CONSULT", on="2025-05-08", **VISIT)),
        day="2025-05-08",
    )
    plan = only(ahead, done)
    assert (plan.state, plan.outcome.claim, plan.rule) == ("confirmed", done.events[0].id, "reported as happened")
    assert plan.reasons[0] == "planned for 8 May 2025, first told on 3 May 2025; reported as happened on 8 May 2025"
    assert only(ahead, done, as_of="2025-05-07").state == "pending"  # not known yet


OFF = {"act": "REJECT", "mode": "meet", "by": "Elin Sorvik", "to": "Maravia", "place": "Sant Orel", "status": "refused"}


@pytest.mark.parametrize(
    ("words", "fields", "state", "moved_to"),
    [
        ("Elin Sorvik called off her visit to Sant Orel.", OFF, "cancelled", None),
        (
            "Elin Sorvik postponed her flight to Sant Orel to 20 May.",
            {**OFF, "on": "2025-05-20"},
            "postponed",
            "2025-05-20",
        ),
        ("Elin Sorvik put off her visit to Sant Orel.", OFF, "postponed", None),
        ("Elin Sorvik refused to fly to Sant Orel.", {**VISIT, "status": "refused"}, "refused", None),
        ("It is not true that Elin Sorvik will fly to Sant Orel.", {**VISIT, "status": "denied"}, "cancelled", None),
        ("Jon Vik called off his visit to Sant Orel.", {**OFF, "by": "Jon Vik"}, "overdue", None),
    ],
)
def test_what_did_not_come_about(tell, claim, ahead, words, fields, state, moved_to):
    told = tell((words, claim.event("REJECT", **fields)), day="2025-05-06")
    plan = next(plan for plan in find_plans([ahead, told], as_of="2025-05-12") if plan.status == "planned")
    assert (plan.state, plan.moved_to) == (state, moved_to)


def test_what_was_put_off_and_happened_is_confirmed(tell, claim, ahead):
    off = tell(("Elin Sorvik put off her visit to Sant Orel.", claim.event("REJECT", **OFF)), day="2025-05-06")
    done = tell(
        ("Elin Sorvik arrived in Sant Orel on Thursday.", claim.event("CONSULT", on="2025-05-08", **VISIT)),
        day="2025-05-08",
    )
    assert only(ahead, off).state == "postponed"
    assert only(ahead, off, done).state == "confirmed"


def test_a_request_of_a_day_is_not_for_that_day(tell, claim):
    words = "Elin Sorvik asked Maravia on Saturday to free the trawler."
    told = tell(
        (
            words,
            claim.event("REQUEST", act="CONCEDE", status="requested", by="Elin Sorvik", to="Maravia", on="2025-05-03"),
        )
    )
    assert only(told, as_of="2025-06-01").state == "open"


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [(entry["outcome"], sentence) for entry in load("across/outcomes.yaml") for sentence in entry["examples"]]
    + [(None, sentence) for entry in load("across/outcomes.yaml") for sentence in entry["near"]],
)
def test_the_words_that_end_a_plan(outcome, sentence):
    assert said_to_end(sentence) == outcome
