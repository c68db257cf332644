"""Reports about one course of events are one story, whatever order they come in and however they arrive."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.across.facts import EventFact, Link, ReportFacts, Where, Who
from readout.across.stories import Stories, find_stories
from readout.across.stories.headlines import plain_headline

#: Three courses of events, and reports of nothing else: (what is written, who, where).
STRIKE = [
    "Dockers in Vikvaer walked out over the dismissal of 30 crane drivers, union leader Tor Lunde said",
    "Crane drivers and dockers blocked the gates of the port of Vikvaer for a second day, and Lunde called for talks",
    "The port of Vikvaer offered Lunde and the dockers a mediator, but no return for the crane drivers",
    "Police cleared dockers from the gates of Vikvaer port, and eight crane drivers were held",
    "Dockers in Vikvaer voted on an offer to take back half of the crane drivers, and Lunde urged them to accept",
    "The strike of the dockers of Vikvaer ended as the crane drivers went back to work",
]
HOSTAGES = [
    "Gunmen of the Red Heron seized the Westmark embassy in Sundby and held 40 diplomats hostage",
    "The Red Heron freed six diplomats from the Westmark embassy and demanded that jailed gunmen be freed",
    "A bishop carried medicine to the hostages of the Red Heron in the embassy in Sundby",
    "Sundland refused to free jailed Red Heron gunmen for the diplomats held in the Westmark embassy",
    "Commandos stormed the Westmark embassy and freed the hostages, and all the Red Heron gunmen were killed",
    "Westmark buried a diplomat who died when commandos stormed the embassy held by the Red Heron",
]
FLOOD = [
    "The river Elva broke its dykes at Grenmark and flooded farms and a railway",
    "Soldiers filled sandbags in Grenmark as the river Elva rose over its dykes for a third day",
    "Families went back to Grenmark as the Elva fell, and farmers counted drowned cattle behind the dykes",
]
NOTHING = [
    "A museum in Storby bought a lost painting of a winter market from a dealer in Amsterdam",
    "Chess master Ida Voss won her seventh title after a draw with a schoolboy",
    "Bakers asked parliament to let them work on Sunday nights",
    "A comet was seen over the northern islands by two astronomers and a ferry captain",
]


def report(
    number: int, text: str, day: int, *, title: str | None = None, keys=(), known: str | None = None
) -> ReportFacts:
    date = str(dt.date(2025, 3, 1) + dt.timedelta(day))
    where = tuple(Where(f"place:{key}", key) for key in keys)
    who = (Who("name:lunde", "Tor Lunde"),) if "Lunde" in text else ()
    event = EventFact(number, "PROTEST", "strike", "PROTEST", "strike", "occurred", actors=who, places=where)
    return ReportFacts(
        id=number,
        document=number,
        report_id=f"report-{number}",
        text=f"{text}.",
        known=known or date,
        title=text.split(",")[0] if title is None else title,
        published=date,
        sentences=((0, len(text) + 1),),
        events=(event,) if keys else (),
    )


def month() -> list[ReportFacts]:
    reports = [report(10 + n, text, 3 * n, keys=["Vikvaer"]) for n, text in enumerate(STRIKE)]
    reports += [report(20 + n, text, 1 + 4 * n, keys=["Sundby"]) for n, text in enumerate(HOSTAGES)]
    reports += [report(30 + n, text, 2 + 2 * n, keys=["Grenmark"]) for n, text in enumerate(FLOOD)]
    return reports + [report(40 + n, text, 5 * n) for n, text in enumerate(NOTHING)]


def members(stories) -> set[tuple[int, ...]]:
    return {tuple(sorted(member.report for member in story.members)) for story in stories}


def test_courses_of_events_over_weeks_are_stories():
    assert members(find_stories(month(), ())) == {
        tuple(range(10, 16)),
        tuple(range(20, 26)),
        (30, 31, 32),
        (40,),
        (41,),
        (42,),
        (43,),
    }


def test_a_membership_says_how_well_it_fits_and_why():
    story = next(story for story in find_stories(month(), ()) if story.members[0].report == 20)
    assert story.members[0].score == 1
    assert story.members[0].reasons == ("the first report of it",)
    for member in story.members[1:]:
        assert 0.15 <= member.score < 1
        assert member.reasons[1] == "4 days after its last report"
    assert "Red" in story.members[1].reasons[0]
    assert (story.start, story.end) == ("2025-03-02", "2025-03-22")


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(len(month()))))
def test_the_order_of_the_reports_does_not_matter(order):
    reports = month()
    assert find_stories([reports[n] for n in order], ()) == find_stories(reports, ())


def test_reports_that_arrive_day_by_day_give_the_same_stories_and_keep_their_ids():
    reports = sorted(month(), key=lambda item: item.known)
    stories = Stories()
    before: dict[str, tuple] = {}
    for known in sorted({item.known for item in reports}):
        stories.add(item for item in reports if item.known == known)
        now = {story.id: story.members for story in stories.stories()}
        gone = {number for story in stories.stories() for number in story.merged}
        for number, placed in before.items():
            assert number in gone or now[number][: len(placed)] == placed
        before = now
    assert stories.stories() == find_stories(reports, ())


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(len(month()))), cuts=st.lists(st.integers(0, 19), max_size=3))
def test_reports_that_come_late_give_the_same_stories_as_all_at_once(order, cuts):
    reports = month()
    stories = Stories()
    edges = [0, *sorted(cuts), len(reports)]
    for start, end in pairwise(edges):
        stories.add(reports[n] for n in order[start:end])
    assert stories.stories() == find_stories(reports, ())


def test_a_copy_goes_where_its_original_went():
    reports = [*month(), report(50, "Words that nothing else in the record has", 9)]
    link = Link(12, 50, "edited_copy", "shared runs", 0.8)
    story = next(story for story in find_stories(reports, [link]) if story.members[0].report == 10)
    copied = next(member for member in story.members if member.report == 50)
    assert (copied.score, copied.reasons) == (1.0, ("made from the words of report report-12",))


def test_a_link_that_is_found_later_counts_as_if_it_had_been_there():
    reports = [*month(), report(50, "Words that nothing else in the record has", 9)]
    link = Link(12, 50, "edited_copy", "shared runs", 0.8)
    stories = Stories()
    stories.add(reports)
    stories.add([], [link])
    assert stories.stories() == find_stories(reports, [link])


def test_what_begins_again_after_months_is_another_story():
    again = [report(60 + n, text, 90 + 3 * n, keys=["Vikvaer"]) for n, text in enumerate(STRIKE)]
    found = members(find_stories([*month(), *again], ()))
    assert tuple(range(10, 16)) in found
    assert tuple(range(60, 66)) in found


def test_two_stories_become_one_only_where_a_report_fits_both_well():
    others = [report(80 + n, text, 1 + 4 * n) for n, text in enumerate(NOTHING)]
    before = [
        report(1, "Bishop Aron Vik met envoys of the Red Heron in a convent in Grenmark and carried their letters", 0),
        report(2, "Bishop Aron Vik carried letters of the Red Heron from the convent in Grenmark", 1),
        report(3, "Diplomats held by the Red Heron wrote letters about a lack of water and light in the embassy", 14),
        report(4, "Water and light came back to the embassy where diplomats held by the Red Heron wrote letters", 15),
    ]
    both = (
        "Bishop Aron Vik of Grenmark carried letters of the Red Heron, water and light to the diplomats in the embassy"
    )
    apart = find_stories([*before, *others], ())
    assert {(1, 2), (3, 4)} <= members(apart)
    first, second = (next(story for story in apart if story.members[0].report == number) for number in (1, 3))
    together = next(
        story for story in find_stories([*before, report(5, both, 15), *others], ()) if story.id == first.id
    )
    assert members([together]) == {(1, 2, 3, 4, 5)}
    assert together.merged == (second.id,)
    neither = report(5, "Diplomats in the embassy had water and light, they wrote in letters", 15)
    assert {(1, 2), (3, 4, 5)} <= members(find_stories([*before, neither, *others], ()))


def test_a_story_has_the_most_central_headline_of_its_reports():
    for story in find_stories(month(), ()):
        titles = {item.title for item in month() if item.id in {member.report for member in story.members}}
        assert story.title in titles
    hostages = next(story for story in find_stories(month(), ()) if story.members[0].report == 20)
    assert "Red Heron" in hostages.title


def test_without_headlines_the_first_sentence_begins_the_title():
    (story,) = find_stories([report(1, HOSTAGES[0] + " in a hall behind the garden wall", 0, title="elections")], ())
    assert story.title == "Gunmen of the Red Heron seized the Westmark embassy in Sundby and held 40 …"


def test_reports_without_words_are_stories_by_themselves():
    found = find_stories([report(1, "", 0, title=""), report(2, "", 0, title="")], ())
    assert members(found) == {(1,), (2,)}


def test_every_report_is_in_exactly_one_story():
    reports = month() * 2
    random.Random(2).shuffle(reports)
    placed = [member.report for story in find_stories(reports, ()) for member in story.members]
    assert sorted(placed) == sorted({item.id for item in reports})


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("URGENT: Gunmen seize embassy", "Gunmen seize embassy"),
        ("2nd Ld-Writethru: Gunmen seize embassy", "Gunmen seize embassy"),
        ("Roundup: Talks on embassy stall", "Talks on embassy stall"),
        ("Gunmen seize embassy (updated 3)", "Gunmen seize embassy"),
        ("Gunmen seize embassy (picture) by Anna Maria Holm", "Gunmen seize embassy"),
        ("Embassy seized by Red Heron", "Embassy seized by Red Heron"),
        ("First distribution of aid by UN World Food Fund", "First distribution of aid by UN World Food Fund"),
        ("Storby index up again -- Nov. 3", "Storby index up again"),
        ("URGENTGunmen seize the embassy", "Gunmen seize the embassy"),
        ("Urgent talks on embassy", "Urgent talks on embassy"),
        ("Leading party loses seats", "Leading party loses seats"),
        ("Flash floods drown cattle", "Flash floods drown cattle"),
        ("Alert over measles in north", "Alert over measles in north"),
        ("elections", ""),
        ("", ""),
    ],
)
def test_what_desks_put_around_a_headline(title, plain):
    assert plain_headline(title) == plain
