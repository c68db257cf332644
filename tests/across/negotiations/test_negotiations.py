"""Reports of one negotiation are one process, whatever order they come in; what is told of it is put in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.across.facts import Link
from readout.across.negotiations import find_negotiations
from readout.across.negotiations.merging import merge, weigh
from readout.across.negotiations.strands import find_strands
from readout.exports.negotiations import negotiation_lines
from tests.across.negotiations.conftest import Teller

#: A sentence of the talks with one armed group.
FRONT = "Peace talks between Chad and the Red Heron Front {}."


def test_a_course_of_talks(course):
    (track,) = find_negotiations(course)
    assert (track.title, track.named, track.subject) == ("Chad peace talks", True, "peace")
    assert (track.start, track.end, len(track.reports), track.sources) == ("2025-03-03", "2025-03-27", 5, 3)
    assert [(role.who.name, role.reports, role.also) for role in track.parties] == [
        ("Chad", 4, 0),
        ("Red Heron Front", 4, 0),
    ]
    assert [role.who.name for role in track.mediators] == ["Algeria"]
    assert [(one.start, one.venue, one.ordinal) for one in track.rounds] == [
        ("2025-03-06", "Tunis", None),
        ("2025-03-27", "Geneva", 2),
    ]
    assert [(one.state, one.day) for one in track.states] == [
        ("proposed", "2025-03-03"),
        ("under_way", "2025-03-06"),
        ("stalled", "2025-03-10"),
        ("under_way", "2025-03-27"),
    ]
    assert track.state == "under_way"
    assert track.latest == track.states[-1]
    assert track.states[2].voice.name == "Anna Berg"
    assert [basis.words for basis in track.obstacles] == ["the fate of prisoners"]
    assert [(m.party.name, m.issue, m.before.stance, m.after.stance) for m in track.moves] == [
        ("Red Heron Front", "cease-fire", "refuses", "offers")
    ]
    assert [(one.by.name, [(w.name, r) for w, r, _ in one.answers]) for one in track.proposals] == [
        ("Algeria", [("Chad", "rejected")])
    ]
    assert [(one.start, one.outcome) for one in track.planned] == [
        ("2025-03-06", "came about"),
        ("2025-04-08", "ahead"),
    ]
    assert track.next is not None
    assert track.next.start == "2025-04-08"


def test_everything_has_words_that_stand_in_its_report(course):
    texts = {report.id: report.text for report in course}
    (track,) = find_negotiations(course)
    bases = [basis for role in (*track.parties, *track.mediators) for basis in role.bases]
    bases += [basis for one in track.rounds for basis in one.bases]
    bases += [one.basis for some in (track.states, track.positions, track.planned, track.proposals) for one in some]
    bases += track.obstacles
    assert len(bases) > 15
    for basis in bases:
        start, end = basis.span
        assert texts[basis.report][start:end].strip()
        assert basis.words in texts[basis.report]
        assert basis.rule
        assert 0 < basis.score <= 1


def test_as_it_was_known_on_a_day(course):
    (track,) = find_negotiations(course, as_of="2025-03-12")
    assert (len(track.reports), track.state, track.moves, track.next) == (3, "stalled", (), None)
    (track,) = find_negotiations(course, as_of="2025-03-04")
    assert track.next is not None
    assert (track.next.start, track.next.outcome) == ("2025-03-06", "ahead")
    assert find_negotiations(course, as_of="2025-03-01") == ()
    (track,) = find_negotiations(course, as_of="2025-05-01")
    assert track.next is None
    assert [one.outcome for one in track.planned] == ["came about", "overdue"]


def test_the_id_stays_as_reports_come(course):
    assert len({find_negotiations(course[:n])[0].id for n in range(1, 6)}) == 1


def test_an_act_of_the_parties_belongs_to_their_talks(course, tell):
    text = "Idriss Sorvik met Chad on Tuesday and laid out a peace plan."
    acts = [("CONSULT", "CONSULT", "occurred", ["Idriss Sorvik"], ["Chad"], "met", "2025-03-18")]
    report = replace(
        tell.report(text, "2025-03-19", days=[("Tuesday", "2025-03-18")], acts=acts), id=90, report_id="late"
    )
    (track,) = find_negotiations([*course, report])
    (member,) = [member for member in track.reports if member.report == 90]
    assert (member.tells, member.rule) == (False, "an act of the parties")
    assert "events/" in member.reasons[0]
    assert ("2025-03-18", None) in [(one.start, one.venue) for one in track.rounds]
    long_after = replace(report, published="2025-06-19", known="2025-06-19T12:00:00Z")
    assert len(find_negotiations([*course, long_after])[0].reports) == 5


def test_talks_with_another_group_are_others(tell):
    reports = [
        tell.report(FRONT.format("opened"), "2025-03-03"),
        tell.report(FRONT.format("stalled"), "2025-03-05"),
        tell.report("Peace talks between Chad and the Blue Dune Army opened.", "2025-03-04"),
    ]
    assert sorted(len(track.reports) for track in find_negotiations(reports)) == [1, 2]


def test_talks_of_the_same_states_on_something_else_are_others(tell):
    reports = [
        tell.report("Border talks between Norway and Iceland opened.", "2025-03-03"),
        tell.report("Border talks between Norway and Iceland stalled.", "2025-03-05"),
        tell.report("Trade talks between Norway and Iceland opened.", "2025-03-04"),
    ]
    assert sorted(len(track.reports) for track in find_negotiations(reports)) == [1, 2]


def test_two_candidates_and_no_reason_are_none(tell):
    """Talks of Chad with rebels who are not named could be those with either group."""
    reports = [
        tell.report(FRONT.format("opened"), "2025-03-03"),
        tell.report("Peace talks between Chad and the Blue Dune Army opened.", "2025-03-03"),
        tell.report("Peace talks between Chad and guerrillas stalled, Norway looked on.", "2025-03-04"),
    ]
    assert max(len(track.reports) for track in find_negotiations(reports)) == 1
    assert {len(track.reports) for track in find_negotiations([reports[0], reports[2]])} == {2}


def test_a_named_form_is_one_across_reports_that_name_no_party(tell):
    reports = [
        tell.report("The six-party talks on the nuclear issue will go on in Tunis.", "2025-03-03"),
        tell.report("The six-party talks, involving Norway, Iceland, Chad, Algeria and Qatar, opened.", "2025-03-05"),
        tell.report("The four-party talks on a peace treaty opened in Tunis.", "2025-03-05"),
    ]
    tracks = find_negotiations(reports)
    assert {(track.title, len(track.reports)) for track in tracks} == {("Six-party talks", 2), ("Four-party talks", 1)}


def test_a_year_later_they_are_others(tell):
    reports = [tell.report(FRONT.format("opened"), day) for day in ("2025-03-03", "2026-03-03")]
    assert len(find_negotiations(reports)) == 2


def test_why_reports_belong_together(course):
    strands = [strand for report in course for strand in find_strands(report)]
    assert "the same parties: Chad, Red Heron Front" in weigh(strands[0], strands[1]).reasons
    assert weigh(strands[0], strands[2]).points >= 3
    (track,) = find_negotiations(course)
    assert all(member.reasons for member in track.reports)


def test_copies_are_one_source(course):
    (alone,) = find_negotiations(course[:2])
    (track,) = find_negotiations(course[:2], [Link(course[0].id, course[1].id, "identical", "same words", 1.0)])
    assert (alone.sources, track.sources) == (2, 1)


def test_a_day_on_which_a_party_is_told_to_stand_in_two_ways_is_no_move(tell):
    def stand(word, kind, status, day):
        text = f"Peace talks between Chad and the Red Heron Front went on. The rebels {word} a cease-fire."
        return tell.report(text, day, acts=[(kind, "CONCEDE", status, ["Red Heron Front"], [], word)])

    first, second = (
        stand("rejected", "REJECT", "refused", "2025-03-03"),
        stand("accepted", "AGREE", "occurred", "2025-03-04"),
    )
    both = stand("rejected", "REJECT", "refused", "2025-03-04")
    assert len(find_negotiations([first, second])[0].moves) == 1
    assert find_negotiations([first, second, both])[0].moves == ()


@pytest.fixture(scope="module")
def many():
    tell = Teller()
    days = [f"2025-03-{day:02}" for day in range(1, 9)]
    texts = [
        FRONT.format("opened in Tunis"),
        FRONT.format("stalled over prisoners"),
        "Peace talks between Chad and the Blue Dune Army opened.",
        "Border talks between Norway and Iceland stalled.",
        "Norway and Iceland resumed border talks in Geneva.",
        "The six-party talks, involving Norway, Iceland, Chad, Algeria and Qatar, opened.",
        "The six-party talks on the nuclear issue went on.",
        "Peace talks between Chad and guerrillas stalled, Norway looked on.",
    ]
    return [tell.report(text, day) for text, day in zip(texts, days, strict=True)]


@given(st.permutations(range(8)))
@settings(max_examples=40, deadline=None)
def test_the_order_of_reports_does_not_matter(many, order):
    assert find_negotiations([many[n] for n in order]) == find_negotiations(many)


@given(st.permutations(range(8)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_strands_does_not_matter(many, order):
    strands = [strand for report in many for strand in find_strands(report)]
    groups = {frozenset(one.identity for one in group) for group in merge(strands)}
    shuffled = {frozenset(one.identity for one in group) for group in merge([strands[n] for n in order])}
    assert len(strands) == len(many)
    assert groups == shuffled


def test_lines_for_a_person(course):
    (track,) = find_negotiations(course)
    lines = [line.plain for line in negotiation_lines(track, {report.id: report for report in course})]
    assert lines[0] == "Chad peace talks"
    assert "5 reports · 3 independent sources" in lines[1]
    text = "\n".join(lines)
    assert "2025-03-27 2nd round in Geneva" in text
    assert "moves      Red Heron Front, on cease-fire: refuses on 2025-03-06 (report" in text
    assert "rejected by Chad" in text
    assert "next       2025-04-08" in text
