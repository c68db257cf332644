"""The days that an event has from the words around it."""

from __future__ import annotations

import pytest

from readout.reading import read


def dates_of(text: str) -> dict[str, tuple[str | None, str | None] | None]:
    report = read(text, published="1997-04-24")
    return {
        text[slice(*event.span)]: (event.date.start, event.date.end) if event.date else None for event in report.events
    }


@pytest.mark.parametrize(
    ("text", "word", "date"),
    [
        # the "when" behind a date
        ("Norway ruled the isles until 1971 when Norway and Chad signed a treaty.", "signed", ("1971-01-01", "1971-12-31")),
        ("In 1971, when Norway and Chad signed a treaty, the war ended.", "signed", ("1971-01-01", "1971-12-31")),
        ("Ties worsened last year when France rejected the plan.", "rejected", ("1996-01-01", "1996-12-31")),
        ("Ties worsened on Monday as France rejected the plan.", "rejected", None),
        # in the noun phrase
        ("The war followed the invasion of Chad by Libya in December 1983.", "invasion", ("1983-12-01", "1983-12-31")),
        ("The minister spoke of the invasion of Chad by Libya on Monday.", "invasion", None),
        # which began
        ("The minister's visit, which began on Sunday, will end Thursday.", "visit", ("1997-04-20", None)),
        ("The visit of the minister, which started Sunday, is a sign of hope.", "visit", ("1997-04-20", None)),
        ("The visit of the minister, who took office on Sunday, is a sign of hope.", "visit", None),
        ("The trial of the colonel will begin on Monday.", "trial", ("1997-04-28", None)),
        # coordinated
        ("Troops stormed the palace on June 4, 1989 and fired on the guards.", "fired", ("1989-06-04", "1989-06-04")),
        ("Troops stormed the square in 1989 and fired on the crowd, killing hundreds.", "killing", ("1989-01-01", "1989-12-31")),
        ("On March 3 the premier accused the rebels of treason and rejected talks.", "rejected", ("1997-03-03", "1997-03-03")),
        ("Gunmen attacked a bus and kidnapped six people late Monday.", "attacked", ("1997-04-21", "1997-04-21")),
        ("The premier rejected talks and will visit Chad on Monday.", "rejected", None),
        ("The premier rejected talks on Monday and the rebels attacked the port.", "attacked", None),
        ("Six people were killed and several others injured on Monday in two blasts.", "killed", ("1997-04-21", "1997-04-21")),
        ("Six people were killed and several others injured on Monday in two blasts.", "blasts", ("1997-04-21", "1997-04-21")),
        ("Six soldiers were killed and 40 wounded when rebels raided the port on Monday.", "raided", ("1997-04-21", "1997-04-21")),
        ("Six soldiers were killed and the rebels were arrested on Monday.", "killed", None),
        # of what is said by it
        ("The ministers agreed on Monday to cooperate.", "cooperate", ("1997-04-21", "1997-04-21")),
        ("The ministers agreed Monday to hold talks in June.", "hold", ("1997-06-01", "1997-06-30")),
        ("He was holding talks Friday at the palace and on Saturday was scheduled to meet the king.", "meet", ("1997-04-26", "1997-04-26")),
        ("The rebels tried on Monday to storm the port.", "storm", ("1997-04-21", "1997-04-21")),
        ("The minister said Tuesday the army attacked the port.", "attacked", None),
        ("Police used tear gas on Monday to disperse the crowd.", "disperse", ("1997-04-21", "1997-04-21")),
        # fronted, and joined by "and"
        ("Last week a mob burned a church, and 30 people were arrested.", "arrested", ("1997-04-14", "1997-04-20")),
        ("Last week a mob burned a church, and the army has arrested 30 people.", "arrested", None),
        # of something else
        ("The palace rejected the plan after a fire on April 5 which left six dead.", "rejected", None),
        ("The palace rejected the plan on April 22 after a fire on April 5.", "rejected", ("1997-04-22", "1997-04-22")),
        ("Police arrested two men after a match on Monday.", "arrested", ("1997-04-21", "1997-04-21")),
        ("Hamas, at war with Fatah since May 1995, seized the port on Monday.", "seized", ("1997-04-21", "1997-04-21")),
        ("Police held a soldier accused of murder during a mission in Chad in 1993.", "accused", None),
        ("The rebels are accused of massacres in the 1994 genocide.", "accused", None),
        ("The rebels are accused of massacres in the 1994 genocide.", "massacres", ("1994-01-01", "1994-12-31")),
        ("Norway said Chad was in violation of the 1995 treaty.", "violation", None),
        ("The ban has been in force since the August 1990 invasion of Chad by Libya.", "invasion", ("1990-08-01", "1990-08-31")),
        # behind what is said of those who take part
        ("Miners clashed with men armed with sticks on Sunday.", "clashed", ("1997-04-20", "1997-04-20")),
        ("The colonel was arrested on arrival in New York in July 1995.", "arrival", ("1995-07-01", "1995-07-31")),
        ("The army carried out a raid on Monday that killed six miners.", "killed", ("1997-04-21", "1997-04-21")),
        ("The queen condemned on Monday the raid that killed six miners.", "killed", None),
        # from and until
        ("The soldiers were held hostage from April 1992 until May 1996.", "held", ("1992-04-01", "1996-05-31")),
    ],
)  # fmt: skip
def test_an_event_has_the_day_that_is_told_around_it(text: str, word: str, date: tuple[str, str] | None) -> None:
    assert dates_of(text)[word] == date


def figures_of(text: str) -> dict[str, list[float | None]]:
    report = read(text, published="1997-04-24")
    return {text[slice(*e.span)]: [report.figures[n].value for n in e.figures] for e in report.events}


@pytest.mark.parametrize(
    ("text", "word", "values"),
    [
        ("Police arrested 19 rebels in four raids.", "arrested", [19]),
        ("Police arrested a third rebel 11 kilometres from Bor.", "arrested", []),
        ("Police arrested 12 rebels who carried five bombs.", "arrested", [12]),
        ("Norway condemned a raid which killed six miners.", "condemned", []),
        ("Rebels fired 30 rockets at the port.", "fired", [30]),
    ],
)
def test_a_figure_sizes_what_it_counts(text: str, word: str, values: list[float]) -> None:
    assert figures_of(text)[word] == values


def test_what_is_dated_long_ago_is_no_other_telling_of_what_is_told_now() -> None:
    text = (
        "Students rallied outside the parliament of Georgia. He likened the protests to the 1989 uprising in Georgia."
    )
    assert dates_of(text)["rallied"] is None
    text = (
        "Chad's offensive has killed 600 farmers. The truce collapsed on January 8, when Chad resumed its bombardment."
    )
    assert dates_of(text)["killed"] is None
