"""Who, when and whether, as the words around an act tell it: the event it came about in, the noun that announces it, nobody there."""

from __future__ import annotations

import pytest

import readout
from readout.types import Event, Report

DAY = "1997-04-16"


def event(text: str, word: str) -> tuple[Report, Event]:
    report = readout.read(text, published=DAY)
    return report, next(e for e in report.events if report.text[e.span[0] : e.span[1]] == word)


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("There is no rebel who has attacked the village, officials said.", "attacked", "not_occurring"),
        ("There has never been a Kenyan with a permit who has carried out a bombing.", "bombing", "not_occurring"),
        ("There was nobody in Bor who had shelled the hospital.", "shelled", "not_occurring"),
        ("There were ten men who attacked the village.", "attacked", "occurred"),
        ("There are no soldiers in the town that rebels attacked on Monday.", "attacked", "occurred"),
        ("There was no trace of the rebels who killed six farmers.", "killed", "occurred"),
    ],
)
def test_what_nobody_has_done(text: str, word: str, status: str) -> None:
    assert event(text, word)[1].status == status


@pytest.mark.parametrize(
    ("text", "word", "start"),
    [
        ("Officials recalled a 1981 putsch in which the founder of the party was killed.", "killed", "1981-01-01"),
        ("Six men were shot in the August 15, 1975 putsch.", "shot", "1975-08-15"),
        ("The trial of three generals was set to open Monday in Bor, officials said.", "trial", "1997-04-21"),
        ("The accord ends a row sparked last year when Chad rejected a Kenyan proposal.", "rejected", "1996-01-01"),
        (
            "The party was condemned for bringing ruin to Chad by the rebels in a special seminar in Bor Sunday.",
            "condemned",
            "1997-04-13",
        ),
        ("The army was condemned for shelling the village on Monday.", "condemned", None),
        ("The leader was ousted by a rival faction in June.", "ousted", "1996-06-01"),
    ],
)
def test_when(text: str, word: str, start: str | None) -> None:
    date = event(text, word)[1].date
    assert (date.start if date else None) == start


@pytest.mark.parametrize(
    ("text", "word", "actors", "recipients"),
    [
        (
            "The report came amid the union's announcement on Monday that it had agreed to closer ties with Chad.",
            "agreed",
            ["union"],
            ["Chad"],
        ),
        ("Attacks on Chad's army have killed 13 farmers.", "killed", [], ["13 farmers"]),
        ("Attacks by Chad's army have killed 13 farmers.", "killed", ["Chad's army"], ["13 farmers"]),
        ("Rebels attacked the Chad-occupied zone in Niger.", "attacked", ["Rebels"], ["Niger"]),
        ("The five-nation committee set up under the accord has met 14 times.", "met", ["five-nation committee"], []),
    ],
)
def test_who(text: str, word: str, actors: list[str], recipients: list[str]) -> None:
    report, found = event(text, word)
    assert [report.actors[n].name for n in found.actors] == actors
    assert [report.actors[n].name for n in found.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "word", "start", "end"),
    [
        ("The talks began on Monday, two days after rebels attacked Bor.", "attacked", "1997-04-12", "1997-04-12"),
        (
            "The king was killed in May 1996, three months after the army seized the port.",
            "seized",
            "1996-02-01",
            "1996-02-29",
        ),
        (
            "Kenya took command in 1993, two years after Kenyan troops overthrew the government.",
            "overthrew",
            "1991-01-01",
            "1991-12-31",
        ),
        (
            "The minister resigned on Monday, a day after the attack on the embassy.",
            "attack",
            "1997-04-13",
            "1997-04-13",
        ),
        ("The king was killed in 1995, two weeks after the army seized the port.", "seized", None, None),
        ("The minister resigned two days after rebels attacked Bor.", "attacked", None, None),
    ],
)
def test_counted_days(text: str, word: str, start: str | None, end: str | None) -> None:
    date = event(text, word)[1].date
    assert (date.start if date else None, date.end if date else None) == (start, end)


def test_what_is_awaited_or_part_done() -> None:
    text = "Another 300 French troops are expected to arrive in Bor on Friday."
    assert event(text, "arrive")[1].type == "MOBILIZE"
    assert event("Chad will send troops to the border with Niger.", "send")[1].type == "THREATEN"
    assert event("The deal is 90 percent completed, the minister said.", "completed")[1].act.type == "SUPPORT"
    assert event("The deal is 90 percent completed, the minister said.", "completed")[1].status == "not_occurring"
    assert event("The deal was completed on Monday.", "completed")[1].status == "occurred"
    assert event("The row came ahead of the premier's visit to Kenya.", "visit")[1].status == "planned"


def test_a_body_is_named_for_what_nobody_does() -> None:
    report = readout.read("The UN Special Commission on disarming Chad met in Oslo on Monday.", published=DAY)
    assert [e.type for e in report.events] == ["CONSULT"]
    report = readout.read("Negotiators of the commission discussed the disarming of the militias.", published=DAY)
    assert [e.act.type for e in report.events] == ["CONSULT", "RETREAT"]


def test_whose_custom_a_deed_is() -> None:
    report, found = event("Parliament criticised the government's policy of closing the border with Chad.", "closing")
    assert [report.actors[n].name for n in found.actors] == ["government"]
    report, found = event("Chad started the practice of closing the border in 1993.", "closing")
    assert [report.actors[n].name for n in found.actors] == ["Chad"]


def test_a_pledge_of_last_year_is_one_event() -> None:
    report = readout.read("The rape prompted a US pledge last year to return land to farmers.", published=DAY)
    assert [(e.type, e.act.type, e.status) for e in report.events if e.date] == [("AGREE", "CONCEDE", "planned")]


def test_a_dated_meeting_is_none_of_the_visits_told_before() -> None:
    text = (
        "Ties are bad because of Premier Ola Berg's repeated visits to the war shrine. After his meeting with Kenyan "
        "President Ali Mbeki on April 10, Berg said ties would improve."
    )
    report, found = event(text, "visits")
    assert found.date is None
    assert "Ali Mbeki" not in [report.actors[n].name for n in found.recipients]
