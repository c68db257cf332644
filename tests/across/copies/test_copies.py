"""Which reports are copies, updates and corrections of which; and what only looks like one."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.across.copies import Copies, find_copies

LEAD = "At least 40 people were killed on Monday when a ferry carrying market traders sank off the port of Osthavn, the coast guard said. "
BODY = (
    "The Stella Maris was on its way from Vikvaer with about 180 passengers when it took water in heavy seas, commander Anders Holt told "
    "reporters in the capital Storby. "
    "Fishing boats pulled 97 survivors from the water before dark, and navy divers were to search the hull on Tuesday. "
    "Transport Minister Lise Falk ordered an inquiry into why the 42-year-old ship had been cleared to sail. "
    '"Nobody should lose a mother to a rusted door," she said after meeting families at the harbour. '
    "It was the worst accident at sea in Norland since the Havfru went down in 1987 with 61 on board. "
)
MORE = (
    "King Olaf cut short a visit to Westmark and will travel to Osthavn on Wednesday, the palace said. "
    "Schools in the province will stay closed for two days of mourning. "
)
RETOLD = (
    "Survivors spoke of a bang below deck and of crates that slid against the doors as the old vessel began to lean. "
    "Commander Holt, who flew over the wreck at first light, said that it lay on its side in thirty metres of water. "
)
OTHER = (
    "Rebels of the Eastern Front attacked a barracks near Kaldby in Sundland overnight and carried off rifles and a radio set. "
    "The army sent two companies and a helicopter to search the hills along the border river. "
    "Nobody was hurt, said governor Mikkel Dahl, who blamed deserters for telling the attackers of the change of guard. "
)
INDEX = (
    "The Storby All Share index closed at {a} points on {day}, {way} {b} points from the previous close. "
    "The index, which was first published in 1994, follows the 60 most traded companies of the Norland exchange. "
    "Turnover was {c} million crowns, with {d} shares rising and {e} falling, the exchange said in its daily statement to the press. "
)
QUAKE = (
    "An earthquake of magnitude {a} shook {place} at {b} local time, the Norland Institute of Seismology said. "
    "The centre was {c} kilometres below {town} and there were no reports of damage, a duty officer of the institute said. "
    "The region lies where two plates of the crust meet, and is shaken by {d} such earthquakes in a usual year. "
)
WEATHER = (
    "Here is the forecast of the Norland Weather Service for the main towns of the country, in degrees. "
    "Storby will be {a} with highs of {b} and lows of {c}. Osthavn will be {d} with highs of {e} and lows of {f}. "
    "Winds at sea will be light to moderate from the west, and fishing boats need take no special care. "
)
ADVISORY = (
    "Following are some of the major news stories that Norpress plans to cover on {day}. "
    "{a}. {b}. {c}. The desk can be reached at all hours under the usual numbers, and clients are asked to use them. "
)
CHRONOLOGY = (
    "Following is a chronology of the talks between Norland and Westmark on the fishing banks. "
    "May 1998: Norland closes the banks to foreign boats. June 2003: Westmark goes to court. "
    "August 2011: the court asks both to negotiate. October 2019: first round in Sundby ends without agreement. "
    "February 2024: both accept Elin Sorvik as mediator between them and agree on a list of five issues. "
)
TABLE = (
    "Closing prices of the leading companies of the Norland exchange, in crowns, as given by the exchange at the end of trading, to "
    "the nearest twentieth, follow in the order of the alphabet: {}. "
    "The exchange opens on working days at ten in the morning and closes at four, and its prices are those of the last trade of the day. "
)
BACKGROUND = (
    "Norland and Westmark have been at odds over the fishing banks since 1998, when Norland closed them to foreign boats and seized four "
    "trawlers, and talks under Elin Sorvik have stalled three times since the autumn of last year. "
)


def one_link(*reports):
    (link,) = find_copies(reports)
    return link


@pytest.mark.parametrize(
    ("first", "second", "kind", "rule", "said"),
    [
        (
            {"text": LEAD + BODY},
            {"text": LEAD + BODY, "publisher": "Kystbladet"},
            "identical",
            "same words",
            "Kystbladet after Norpress",
        ),
        (
            {"text": LEAD + BODY},
            {"text": (LEAD + BODY).replace("took water", "shipped water"), "publisher": "Kystbladet"},
            "identical",
            "shared runs",
            "the same words but for a few",
        ),
        (
            {"text": LEAD + BODY + MORE},
            {"text": LEAD + BODY[:250], "publisher": "Kystbladet"},
            "edited_copy",
            "shared runs",
            "cuts",
        ),
        ({"text": LEAD + BODY}, {"text": LEAD + BODY + MORE}, "update", "shared runs", "adds 2 sentences"),
        (
            {"text": LEAD + BODY},
            {"text": LEAD.replace("40", "52") + BODY + MORE, "day": "2025-03-11"},
            "update",
            "shared runs",
            "changes 40 to 52",
        ),
        ({"text": LEAD + BODY}, {"text": LEAD.replace("40", "14") + BODY}, "update", "shared runs", "changes 40 to 14"),
        (
            {"text": LEAD + BODY},
            {"text": LEAD.replace("40", "14") + BODY, "title": "Ferry sinks off Norland (corrected)"},
            "correction",
            "marked version",
            "changes 40 to 14",
        ),
        (
            {"text": LEAD + BODY},
            {"text": LEAD + BODY.replace("Holt", "Hult"), "notes": ["CORRECTS spelling of commander's name"]},
            "correction",
            "marked version",
            "changes Holt to Hult",
        ),
        (
            {"text": LEAD, "title": "URGENT: ferry sinks"},
            {"text": LEAD + BODY},
            "update",
            "alert grown",
            'after one marked "URGENT"',
        ),
        (
            {"text": LEAD + BODY, "title": "1st lead: ferry sinks"},
            {"text": LEAD + MORE + BODY[-95:] + RETOLD, "title": "3rd lead: ferry sinks"},
            "update",
            "marked version",
            'marked "3rd lead"',
        ),
        (
            {"text": LEAD + BODY},
            {"text": LEAD, "publisher": "Kystbladet"},
            "edited_copy",
            "cut to a brief",
            "cuts 5 sentences",
        ),
        (
            {"text": LEAD + BODY},
            {"text": OTHER + BODY + OTHER, "publisher": "Kystbladet"},
            "edited_copy",
            "shared runs",
            "adds 6 sentences",
        ),
        (
            {"text": LEAD + BODY, "document": 7},
            {"text": OTHER, "document": 7, "day": "2025-06-01"},
            "update",
            "versions",
            "versions of one document",
        ),
        (
            {"text": LEAD + BODY},
            {"text": LEAD + BODY, "day": "2025-09-01"},
            "identical",
            "same words",
            "175 days apart",
        ),
    ],
)
def test_what_is_made_from_another(wire, first, second, kind, rule, said):
    link = one_link(wire(1, **first), wire(2, **second))
    assert (link.first, link.second, link.kind, link.rule) == (1, 2, kind, rule)
    assert any(said in reason for reason in link.reasons), link.reasons
    assert 0 < link.score <= 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"text": LEAD + BODY}, {"text": OTHER}),
        (
            {"text": INDEX.format(a="1,204.11", b="3.20", c="412", d="31", e="22", day="Monday", way="up"), "title": "Index up"},
            {
                "text": INDEX.format(a="1,198.02", b="6.09", c="390", d="19", e="37", day="Tuesday", way="down"),
                "title": "Index down",
                "day": "2025-03-11",
            },
        ),
        (
            {"text": INDEX.format(a="1,204.11", b="3.20", c="412", d="31", e="22", day="Monday", way="up") * 2},
            {"text": INDEX.format(a="1,206.37", b="5.46", c="201", d="28", e="25", day="Monday", way="up") * 2},
        ),
        (
            {"text": QUAKE.format(a="5.1", place="northern Norland", b="3:12", c="12", town="Vikvaer", d="30")},
            {"text": QUAKE.format(a="4.7", place="the Sundland coast", b="14:40", c="33", town="Kaldby", d="30"), "day": "2025-03-12"},
        ),
        (
            {"text": WEATHER.format(a="cloudy", b="7", c="-1", d="fair", e="6", f="0"), "title": "Norland weather forecast"},
            {
                "text": WEATHER.format(a="cloudy", b="8", c="-1", d="fair", e="6", f="0"),
                "title": "Norland weather forecast",
                "day": "2025-03-11",
            },
        ),
        (
            {"text": ADVISORY.format(day="Monday", a="Ferry inquiry opens", b="Talks in Sundby", c="Budget vote"), "title": "Advisory"},
            {
                "text": ADVISORY.format(day="Tuesday", a="King in Osthavn", b="Talks in Sundby", c="Football"),
                "title": "News advisory",
                "day": "2025-03-11",
            },
        ),
        (
            {"text": CHRONOLOGY, "title": "Chronology of fishing talks"},
            {
                "text": CHRONOLOGY + "March 2025: second round opens in Sundby.",
                "title": "Chronology of fishing talks",
                "day": "2025-03-12",
            },
        ),
        (
            {"text": "Shares rose. " + TABLE.format("12.40 7.15 88.20 31.05 6.60 19.75")},
            {"text": "Prices slipped at the bell. " + TABLE.format("12.10 7.25 87.90 31.20 6.45 19.80"), "day": "2025-03-11"},
        ),
        ({"text": OTHER + BACKGROUND}, {"text": LEAD + BODY + BACKGROUND}),
        (
            {"text": "Trading on the Storby exchange was suspended for the public holiday."},
            {"text": "Trading on the Storby exchange was suspended for the public holiday.", "day": "2025-05-01"},
        ),
        (
            {"text": "An earthquake of magnitude 5.1 shook northern Norland on Monday, the Institute of Seismology said."},
            {"text": "An earthquake of magnitude 4.4 shook northern Norland on Monday, the Institute of Seismology said."},
        ),
        ({"text": LEAD + BODY}, {"text": LEAD + BODY + MORE, "day": "2025-04-20"}),
        ({"text": ""}, {"text": ""}),
    ],
    ids=[
        "two stories", "index of two days", "index twice a day", "two earthquakes", "two forecasts", "two advisories", "chronology again",
        "a table", "same background", "a formula", "two short alerts", "six weeks later", "nothing",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_copy(wire, first, second):
    assert find_copies([wire(1, **first), wire(2, **second)]) == ()


def test_a_report_that_is_known_later_is_the_copy(wire):
    link = one_link(wire(1, LEAD + BODY, day="2025-03-11", publisher="Kystbladet"), wire(2, LEAD + BODY))
    assert (link.first, link.second) == (2, 1)


def test_of_one_day_the_version_marked_as_earlier_is_first(wire):
    link = one_link(wire(1, LEAD + BODY, title="Ferry sinks"), wire(2, LEAD, title="URGENT: ferry sinks"))
    assert (link.first, link.second, link.kind) == (2, 1, "update")


def test_printings_of_the_same_words_are_linked_to_the_first_only(wire):
    printed = [wire(number, LEAD + BODY, publisher=f"Paper {number}") for number in range(1, 31)]
    links = find_copies(printed)
    assert {(link.first, link.second) for link in links} == {(1, number) for number in range(2, 31)}


def _pool(wire):
    chance = random.Random(4)
    pieces = [LEAD, *(sentence + ". " for sentence in (BODY + MORE + OTHER + BACKGROUND).split(". ") if sentence)]
    reports = []
    for number in range(1, 25):
        start = chance.randrange(4)
        text = "".join(pieces[start : start + chance.randint(2, 8)]).replace("40", str(chance.choice((40, 40, 52))))
        day = f"2025-03-{chance.randint(9, 13):02d}"
        reports.append(
            wire(number, text, day=day, publisher=chance.choice(("Norpress", "Kystbladet", None)), document=number % 20)
        )
    return reports


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(24)), cuts=st.lists(st.integers(0, 24), max_size=4))
def test_neither_the_order_nor_the_portions_matter(wire, order, cuts):
    reports = _pool(wire)
    whole = find_copies(reports)
    assert whole, "or this shows nothing"
    copies = Copies()
    edges = [0, *sorted(cuts), 24]
    for start, end in pairwise(edges):
        copies.add(reports[n] for n in order[start:end])
        copies.links()
    assert copies.links() == whole


def test_what_is_given_twice_changes_nothing(wire):
    reports = _pool(wire)
    copies = Copies()
    copies.add(reports)
    once = copies.links()
    copies.add(reports)
    assert copies.links() == once
