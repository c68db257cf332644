"""What each claim of a report is marked as, against the reports before it."""

from __future__ import annotations

import pytest

from readout.across.novelty import find_novelty, novelty

BLAST = "A Red Dawn Front bomb tore through the fish market of Osthavn on Saturday, killing {} people, {} said."
BOMB = {"mode": "explosives", "by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03"}


def marks(found):
    return sorted((item.kind, item.mark) for item in found.items)


def only(found, kind):
    (item,) = [item for item in found.items if item.kind == kind]
    return item


def blast(tell, claim, killed, source="police", day="2025-05-03", words=BLAST, **fields):
    told = claim.event(**{**BOMB, "killed": killed, "source": source, **fields})
    return tell((words.format(killed, source), told), day=day)


def test_the_first_report_is_all_new(tell, claim):
    found = novelty(blast(tell, claim, 12), [])
    assert marks(found) == [("event", "new"), ("figure", "new")]
    assert (found.share, found.text_share, found.new) == (1.0, 1.0, 2)
    assert only(found, "event").compared == ()


def test_the_same_told_again(tell, claim):
    reports = [
        blast(tell, claim, 12, day=day, words=words)
        for day, words in (
            ("2025-05-03", BLAST),
            (
                "2025-05-04",
                "Police said the Red Dawn Front bomb in the fish market of Osthavn on Saturday killed {}, {} said.",
            ),
            (
                "2025-05-05",
                "Osthavn mourned {} people whom the Red Dawn Front bomb killed in its fish market, {} said.",
            ),
        )
    ]
    last = find_novelty(reports)[-1]
    assert marks(last) == [("event", "repeated"), ("figure", "repeated")]
    assert (last.share, last.text_share) == (0.0, 0.0)
    item = only(last, "event")
    assert item.reasons[0] == "told by 2 reports before, first by Nordpost on 3 May 2025"
    assert {before.report for before in item.compared} == {report.id for report in reports[:2]}


def test_a_toll_that_was_raised(tell, claim):
    first, later = blast(tell, claim, 12), blast(tell, claim, 17, day="2025-05-04")
    found = novelty(later, [first])
    assert marks(found) == [("event", "changed"), ("figure", "changed")]
    for item in found.items:
        assert item.reasons[0] == f"killed: raised from 12 to 17 since report {first.id} of 3 May 2025"
        assert item.compared[0].report == first.id
    assert found.share == 1.0


def test_a_number_that_only_rounds_tells_nothing_new(tell, claim):
    first = blast(tell, claim, 110)
    later = blast(tell, claim, 100, day="2025-05-04", bound="at_least")
    assert marks(novelty(later, [first])) == [("event", "repeated"), ("figure", "repeated")]


def test_two_sources_at_one_time(tell, claim):
    first, later = blast(tell, claim, 12), blast(tell, claim, 19, source="the hospital")
    item = only(novelty(later, [first]), "figure")
    assert (item.mark, item.rule) == ("contradicted", "toll")
    assert item.reasons[0] == "the hospital counts 19 killed, and police 12 at the same time"


def test_a_denial(tell, claim):
    shelling = {
        "mode": "heavy-weapons",
        "by": "Maravian army",
        "to": "Red Dawn Front",
        "place": "Norvik",
        "on": "2025-05-03",
    }
    first = tell(("The Maravian army shelled Red Dawn Front camps at Norvik on Saturday.", claim.event(**shelling)))
    later = tell(
        ("The Maravian army did not shell Red Dawn Front camps at Norvik on Saturday, it said.", claim.event(status="denied", **shelling)),
        day="2025-05-04",
    )  # fmt: skip
    item = only(novelty(later, [first]), "event")
    assert (item.mark, item.rule) == ("contradicted", "denied")
    assert item.compared[0].report == first.id


@pytest.mark.parametrize(
    ("place", "by", "on"),
    [
        ("Norvik", "Red Dawn Front", "2025-05-03"),  # elsewhere
        ("Osthavn", "Red Dawn Front", "2025-05-07"),  # another day
    ],
)
def test_another_happening_is_new(tell, claim, place, by, on):
    first = blast(tell, claim, 12)
    other = f"A {by} bomb went off in the bus station of {place}, killing 12 people, police said."
    later = tell((other, claim.event(**{**BOMB, "place": place, "by": by, "on": on, "killed": 12})), day=on)
    item = only(novelty(later, [first]), "event")
    assert item.mark == "new"


def test_old_things_that_no_report_tells_are_background(tell, claim):
    first = blast(tell, claim, 12)
    later = tell(
        ("The harbour of Osthavn opened again on Sunday.", claim.event("CONCEDE", place="Osthavn", on="2025-05-04")),
        (
            "Maravia occupied the islands off Vestrand in 1961.",
            claim.event("COERCE", by="Maravia", place="Vestrand", on="1961-05-01", news=False),
        ),
        day="2025-05-04",
    )
    found = novelty(later, [first])
    assert [item.mark for item in found.items] == ["new", "background"]
    assert (found.background, found.share) == (1, 0.5)


def test_what_was_ahead_and_happened_is_new_and_says_so(tell, claim):
    visit = {
        "act": "CONSULT",
        "mode": "visit",
        "by": "Elin Sorvik",
        "to": "Maravia",
        "place": "Sant Orel",
        "on": "2025-05-08",
    }
    ahead = tell(("Elin Sorvik will fly to Sant Orel on 8 May.", claim.event("AGREE", status="planned", **visit)))
    done = tell(("Elin Sorvik arrived in Sant Orel on Thursday.", claim.event("CONSULT", **visit)), day="2025-05-08")
    item = only(novelty(done, [ahead]), "event")
    assert (item.mark, item.rule) == ("new", "was ahead")
    assert item.reasons[0] == "was planned: told before by Nordpost on 3 May 2025"


SAME = '"We will not trade the islands for a promise," {} said.'


@pytest.mark.parametrize(
    ("speaker", "words", "mark"),
    [
        ("Elin Sorvik", "Sorvik again said that the islands would not be traded for any promise.", "new"),  # in other words: careful
        ("Elin Sorvik", SAME.format("Sorvik"), "repeated"),
        ("Elin Sorvik", 'The minister told the fishermen: "We will not trade the islands for a promise."', "repeated"),
        ("Jon Vik", SAME.format("Vik"), "new"),  # somebody else
    ],
)  # fmt: skip
def test_statements(tell, claim, speaker, words, mark):
    first = tell((SAME.format("Sorvik"), claim.said("Elin Sorvik", '"We will not trade the islands for a promise,"')))
    content = words[words.index('"') : words.rindex('"') + 1] if '"' in words else words
    later = tell((words, claim.said(speaker, content)), day="2025-05-05")
    assert only(novelty(later, [first]), "statement").mark == mark


def test_a_statement_with_another_number_or_a_not(tell, claim):
    ships = "Vestrand would send {} patrol ships to guard the herring grounds off Norvik"
    first = tell((f"{ships.format(4)}, Sorvik said.", claim.said("Elin Sorvik", ships.format(4))))
    more = tell((f"{ships.format(7)}, Sorvik said.", claim.said("Elin Sorvik", ships.format(7))), day="2025-05-04")
    item = only(novelty(more, [first]), "statement")
    assert (item.mark, item.reasons[0]) == ("changed", "said with other numbers: 7, and 4 before")
    never = ships.replace("would", "would not").format(4)
    turned = tell((f"{never}, Sorvik said.", claim.said("Elin Sorvik", never)), day="2025-05-04")
    assert only(novelty(turned, [first]), "statement").mark == "new"


def test_figures_that_are_no_tolls(tell, claim):
    fleet = "The herring fleet of Osthavn has {} boats, more than any other harbour in Vestrand."
    first = tell((fleet.format(340), claim.number(340, "boats")))
    again = tell((fleet.format(340), claim.number(340, "boats")), day="2025-05-09")
    other = tell(("Storms sank 340 boats along the coast of Maravia.", claim.number(340, "boats")), day="2025-05-09")
    assert only(novelty(again, [first]), "figure").mark == "repeated"
    assert only(novelty(other, [first]), "figure").mark == "new"


def test_the_state_of_talks(tell, claim):
    words = "Talks of Vestrand and Maravia on the herring grounds off Norvik were {} on Saturday."
    first = tell((words.format("under way"), claim.talks("herring grounds", "Vestrand", "Maravia")))
    same = tell((words.format("going on"), claim.talks("herring grounds", "Vestrand", "Maravia")), day="2025-05-05")
    broken = claim.talks("herring grounds", "Vestrand", "Maravia", state="stalled")
    stalled = tell((words.format("stalled"), broken), day="2025-05-05")
    assert only(novelty(same, [first]), "negotiation").mark == "repeated"
    item = only(novelty(stalled, [first]), "negotiation")
    assert (item.mark, item.reasons[0]) == (
        "changed",
        f"under way before, stalled now, since report {first.id} of 3 May 2025",
    )


def test_nothing_is_lost(tell, claim):
    report = tell(
        (
            "Police arrested two men in Norvik.",
            claim.event("COERCE", mode="arrest", by="police", place="Norvik", detained=2),
        ),
        ("Jon Vik thanked them.", claim.said("Jon Vik")),
        ("The harbour has 40 cranes.", claim.number(40, "cranes")),
        ("Talks on cranes go on.", claim.talks("cranes", "Vestrand", "Maravia")),
    )
    items = novelty(report, []).items
    claims = {("event", e.id) for e in report.events} | {("statement", s.id) for s in report.statements}
    claims |= {("figure", f.id) for f in report.figures} | {("negotiation", 0)}
    assert {(item.kind, item.claim) for item in items} == claims
    assert len(items) == len(claims)
