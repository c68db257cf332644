"""What holds after another reading: a pure function, by tables of what the new reading says."""

from __future__ import annotations

from typing import Any

import pytest

from readout.record.ground import Ground
from readout.record.log import Correction, Made, Target, undone
from readout.record.overlay import overlay
from readout.record.told import Told

_VALUES: dict[str, Any] = {
    "type": "ASSAULT", "mode": None, "act": "ASSAULT", "status": "occurred", "actors": [], "recipients": [], "sources": [],
    "places": [], "date": None, "contexts": [], "news": True,
}  # fmt: skip
TEXT = "Rebels shelled Osthavn. Police arrested four men. Police arrested two more."


def told(id_, words="shelled", code="a", nth=0, **values):
    start = TEXT.index(words)
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    span = {"at": [start, start + len(words)], "words": words}
    return Told(
        "events", id_, code, {**_VALUES, "span": span, **values}, {"rule": "r", "confidence": 0.5, "further": []}
    )


def correction(number, action, *targets, made=(), undoes=None, **set_):
    found = tuple(
        Target(t.id, None, t.code, t.at, t.values["span"]["words"], {k: v for k, v in t.values.items() if k != "span"})
        for t in targets
    )
    given = tuple(Made(id_, set_) for id_ in made)
    return Correction(number, "2025-03-12T09:00:00Z", "M", None, action, "events", 1, found, given, undoes)


OLD = told(1)
EDIT = correction(1, "edit", OLD, made=[50], status="denied")
REJECT = correction(1, "reject", OLD)
CASES = {
    "the same code": (EDIT, [told(9)], {50: "denied"}, None),
    "another code, the same words": (EDIT, [told(9, code="b")], {50: "denied"}, None),
    "overlapping words": (EDIT, [told(9, "shelled Osthavn", code="b")], {50: "denied"}, None),
    "what the edit does not set is as it is read now": (EDIT, [told(9, type="COERCE")], {50: "denied"}, None),
    "what it sets is read otherwise": (EDIT, [told(9, status="planned")], {}, "read otherwise now: status"),
    "nothing there": (EDIT, [told(9, "four")], {}, "nothing of the kind is read any more"),
    "nothing at all": (EDIT, [], {}, "nothing of the kind"),
    "two that it fits, one of the same code": (EDIT, [told(8, code="b"), told(9)], {50: "denied"}, None),
    "two that it fits, of other codes": (EDIT, [told(8, code="b"), told(9, code="c")], {}, "2 claims are read that it would fit"),
    "two, of which it fits one": (EDIT, [told(8, code="b", status="planned"), told(9, code="c")], {50: "denied"}, None),
    "rejected, as it was": (REJECT, [told(9)], {9: None}, None),
    "rejected, and only its topics are others": (REJECT, [told(9, contexts=["military"])], {9: None}, None),
    "rejected, and another in any value": (REJECT, [told(9, actors=[{"key": "NOR", "name": "x", "country": None}])], {},
                                           "read otherwise now: actors"),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "claims", "wanted", "reason"), CASES.values(), ids=CASES)
def test_after_another_reading(entry, claims, wanted, reason):
    done = overlay(claims, [entry], Ground.of(TEXT, ()))
    if reason is not None:
        assert reason in done.unfit[1]
        assert all(state.standing and state.review is None for state in done.states.values())
        assert set(done.states) == {("events", claim.id) for claim in claims}
        return
    assert done.unfit == {}
    (id_, status), *_ = wanted.items()
    if status is None:
        assert done.states["events", id_].review == "rejected"
        assert not done.states["events", id_].standing
    else:
        assert (done.states["events", id_].values["status"], done.states["events", id_].standing) == (status, True)


def test_two_claims_that_became_one_are_not_merged():
    one, other = told(1), told(2, "shelled Osthavn", code="b")
    entry = correction(1, "merge", one, other, made=[50])
    assert overlay([one, other], [entry], Ground.of(TEXT, ())).unfit == {}
    done = overlay([told(9, "shelled Osthavn", code="c")], [entry], Ground.of(TEXT, ()))
    assert "read as one" in done.unfit[1]


ADDED = {
    "where it was": (TEXT, (), 31),
    "something before it is cleaned away now": (TEXT[24:], ((0, TEXT[:24]),), 7),
    "elsewhere, once": ("Four of them. " + TEXT, (), 45),
    "gone": (TEXT[:23], ((23, TEXT[23:]),), None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "removed", "start"), ADDED.values(), ids=ADDED)
def test_what_was_added_stays_as_long_as_its_words(text, removed, start):
    at = TEXT.index("arrested four")
    span = {"at": [at, at + 13], "words": "arrested four"}
    entry = correction(1, "add", made=[50], span=span, **_VALUES)
    ground = Ground.of(text, removed)
    done = overlay([], [entry], ground)
    if start is None:
        assert "not in the text" in done.unfit[1]
    else:
        found = done.states["events", 50].values["span"]["at"]
        assert ground.in_text((found[0], found[1])) == (start, start + 13)


def test_words_that_are_there_twice_are_nobodys_guess():
    entry = correction(1, "add", made=[50], span={"at": [900, 915], "words": "Police arrested"}, **_VALUES)
    assert "more than once" in overlay([], [entry], Ground.of(TEXT, ())).unfit[1]


def test_undone_by_the_last_word():
    log = [
        correction(1, "reject"),
        correction(2, "undo", undoes=1),
        correction(3, "undo", undoes=2),
        correction(4, "confirm"),
    ]
    assert undone(log) == {2: 3}
    assert undone([*log, correction(5, "undo", undoes=3)]) == {1: 2, 3: 5}
    assert undone([]) == {}
