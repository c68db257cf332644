"""Accounts: what one report tells of one happening in several claims, and what it keeps apart."""

from __future__ import annotations

import pytest

from readout.across.incidents import cues, find_incidents
from readout.across.incidents.evidence import weigh
from readout.across.incidents.retelling import tell as tell_all
from readout.knowledge import load

KNOWN = [
    (example["text"], tuple(example["words"]), example["one"])
    for entry in load("across/accounts.yaml")
    for example in entry["examples"]
    if "words" in example
]
ANOTHER = [
    (example["text"], example["another"])
    for entry in load("across/accounts.yaml")
    for example in entry["examples"]
    if "another" in example
]
BACK = [
    (example["text"], example["word"], example["back"])
    for entry in load("across/accounts.yaml")
    for example in entry["examples"]
    if "back" in example
]


def span(text, word):
    return text.index(word), text.index(word) + len(word)


@pytest.mark.parametrize(("text", "words", "one"), KNOWN)
def test_the_acts_of_a_sentence(text, words, one):
    """All words that the examples of a sentence name stand in it; two of them are asked for."""
    all_words = {word for other, some, _ in KNOWN if other == text for word in some}
    spans = sorted(span(text, word) for word in all_words)
    segments = dict(zip(spans, cues.segments(text, spans), strict=True))
    together = segments[span(text, words[0])] == segments[span(text, words[1])] and not cues.is_usual(text)
    assert together == one


@pytest.mark.parametrize(("text", "another"), ANOTHER)
def test_what_is_told_as_something_else(text, another):
    assert cues.tells_another(text) == another


@pytest.mark.parametrize(("text", "word", "back"), BACK)
def test_what_refers_back(text, word, back):
    assert (cues.refers_back(text, span(text, word)) is not None) == back


@pytest.mark.parametrize(
    ("text", "word", "how"),
    [
        ("Two guards were hurt in the raid on Monday.", "hurt", "any"),
        ("Two guards were hurt in the shooting.", "hurt", "same"),
        ("Two guards were hurt in a raid.", "hurt", None),
        ("The suicide attack also killed two guards.", "killed", "any"),
        ("The Torvel massacre is not forgotten.", "massacre", None),
        ("The murder of Elin Sorvik is not forgotten.", "murder", None),
        ("This was a cowardly attack, she said.", "attack", "any"),
        ("Saturday's blast tore off the roof.", "blast", "any"),
        ("The bombings in Osthavn shocked many.", "bombings", "same"),
    ],
)
def test_what_a_reference_may_be_of(text, word, how):
    assert cues.refers_back(text, span(text, word)) == how


SHELLED = "Rebels shelled Osthavn on Saturday, killing 12 people."
HERE = {"by": "rebels", "place": "Osthavn", "on": "2025-05-03", "mode": "heavy-weapons"}
LEAD = [
    {"text": SHELLED, "word": "shelled", **HERE},
    {"text": SHELLED, "word": "killing", "by": "rebels", "killed": 12},
]
#: What follows the lead, and whether it is of the same happening.
MORE = {
    "an act with its result": ([], True),
    "the act again": ([{"text": "The attack lasted an hour.", "word": "attack"}], True),
    "more of what it did": ([{"text": "At least 30 others were wounded.", "word": "wounded", "injured": 30}], True),
    "the result, put down to it": ([{"text": "Nurses said that 14 died in the attack.", "word": "died", "killed": 14,
                                     "source": "nurses"}], True),
    "the same number": ([{"text": "All 12 dead were fishermen.", "word": "dead", "killed": 12}], True),
    "the same day, place and people": ([{"text": "Rebels shelled the harbour of Osthavn on Saturday.", "word": "shelled", **HERE}], True),
    "another town": ([{"text": "The attack on Norvik lasted an hour.", "word": "attack", "place": "Norvik"}], False),
    "another day": ([{"text": "On 1 April shells hit Osthavn.", "word": "hit", "on": "2025-04-01", "place": "Osthavn",
                      "mode": "heavy-weapons"}], False),
    "another attack": ([{"text": "Another attack followed at dusk.", "word": "attack", "mode": "heavy-weapons"}], False),
    "what is usual": ([{"text": "Rebels often attack fishermen.", "word": "attack", "by": "rebels"}], False),
    "a whole year": ([{"text": "The attacks have killed 12 people this year.", "word": "killed", "killed": 12}], False),
    "those who struck back": ([{"text": "The army killed two of them in the attack.", "word": "killed", "by": "army",
                                "to": "rebels"}], False),
    "a plan": ([{"text": "The attack will go on.", "word": "attack", "status": "planned"}], False),
    "what was long before": ([{"text": "In the attack of Feb. 3 nobody died.", "word": "attack"}], False),
    "no reason": ([{"text": "Somebody was stabbed.", "word": "stabbed"}], False),
}  # fmt: skip


@pytest.mark.parametrize(("more", "one"), MORE.values(), ids=MORE)
def test_what_a_report_tells_of_one_happening(tell, more, one):
    incidents = find_incidents([tell.report("", claims=[*LEAD, *more])])
    assert (len(incidents) == 1) == one
    lead = next(incident for incident in incidents if any(member.event.places for member in incident.claims))
    assert lead.claims[0].of is None
    assert all(member.of in {other.event.id for other in lead.claims} for member in lead.claims[1:])
    assert all(member.reasons for member in lead.claims)


def test_two_that_it_could_be_of_and_no_reason(tell):
    blasts = [
        {"text": "Rebels blew up a mill.", "word": "blew", "mode": "explosives", "to": "mill"},
        {"text": "Thieves blew up a safe.", "word": "blew", "mode": "explosives", "to": "safe"},
        {"text": "It rained."},
        {"text": "The blast woke the town.", "word": "blast", "mode": "explosives"},
    ]
    near = tell.report("", claims=[blasts[0], blasts[1], blasts[3]])  # the sentence before is a reason
    assert sorted(len(incident.claims) for incident in find_incidents([near])) == [1, 2]
    told = [
        blasts[0],
        {"text": "That day thieves blew up a safe, too.", **{k: v for k, v in blasts[1].items() if k != "text"}},
    ]
    far = [{"text": f"Police {verb} a man.", "word": verb, "mode": "beat"} for verb in ("beat", "hit")]
    apart = tell.report("", claims=[*told, *far, blasts[3]])
    assert max(len(incident.claims) for incident in find_incidents([apart])) == 1


def test_of_two_blasts_one_is_not_known(tell):
    report = tell.report(
        "", claims=[{"text": "Two blasts shook Osthavn.", "word": "blasts", "place": "Osthavn", "mode": "explosives"},
                    {"text": "The blast at the mill killed 3.", "word": "blast", "mode": "explosives", "killed": 3}],
    )  # fmt: skip
    assert len(find_incidents([report])) == 2


def test_the_largest_number_of_a_source_is_the_toll_and_others_are_parts(tell):
    report = tell.report("", claims=[*LEAD, {"text": "The attack killed 3 people at the mill.", "word": "killed", "killed": 3},
                                     {"text": "The attack killed 15 people, nurses said.", "word": "killed", "killed": 15,
                                      "source": "nurses"}])  # fmt: skip
    (incident,) = find_incidents([report])
    assert incident.spread.tolls[0].values == (12, 15)  # two who counted
    assert [[toll.best for toll in member.parts] for member in incident.claims] == [[], [], [3], []]


def test_accounts_of_two_reports_are_one_incident_with_its_toll(tell):
    text = "At least 14 people were killed when rebels shelled Osthavn on Saturday."
    other = tell.report("", outlet="Kystradio", day="2025-05-04", claims=[
        {"text": text, "word": "killed", "killed": 14, "bound": "at_least"}, {"text": text, "word": "shelled", **HERE}])  # fmt: skip
    (incident,) = find_incidents([tell.report("", claims=LEAD), other])
    assert (incident.reports, len(incident.claims)) == (2, 4)
    assert [toll.values for toll in incident.spread.tolls] == [(12, 14)]
    assert incident.claims[0].beside in {member.event.id for member in incident.claims if member.report == other.id}


def test_what_stands_alone_goes_with_those_that_it_fits(tell):
    """A report that tells little fits none of two others well, and both together."""
    first = tell.report("A Red Dawn Front bomb killed 12 people at the fish market of Osthavn on Saturday, the mayor said.",
                        by="Red Dawn Front", place="Osthavn", on="2025-05-03", mode="explosives", killed=12)  # fmt: skip
    second = tell.report("At the fish market the bomb of the Red Dawn Front killed 12 people, the mayor said on Saturday.",
                         outlet="Kystradio", by="Red Dawn Front", place="Osthavn", mode="explosives", killed=12, news=False)  # fmt: skip
    third = tell.report("The Foreign Ministry condemned the bomb at the fish market of Osthavn.", "2025-05-05",
                        outlet="Vestrand Times", mode="explosives", place="Osthavn", news=False)  # fmt: skip
    elsewhere = tell.report(
        "A bomb wrecked a school.", "2025-05-05", outlet="Vestrand Times", mode="explosives", place="Norvik"
    )
    found = sorted(len(incident.claims) for incident in find_incidents([first, second, third, elsewhere]))
    assert found == [1, 3]


def test_years_that_sentences_name(tell):
    """What was years ago is told whenever it matters, and reports weeks apart may tell of it."""
    said = {"by": "Red Dawn Front", "to": "Sant Orel", "news": False}
    early = "The Red Dawn Front has held the port since it stormed Sant Orel in 1998."
    late = "Talks on the port, which the Red Dawn Front stormed in {}, begin in Sant Orel."
    first = tell.report(early, "2025-05-03", **said)
    same, other = (tell.report(late.format(year), "2025-06-20", outlet="Kystradio", **said) for year in (1998, 2007))
    (incident,) = find_incidents([first, same])
    assert "1998 in both" in incident.claims[0].reasons
    assert weigh_reports(first, same) - weigh_reports(first, other) > 3.5


def weigh_reports(one, other):
    """The points for the first accounts of two reports being one."""
    told, rarity = tell_all([one, other])
    return weigh(told[0], told[1], rarity).points
