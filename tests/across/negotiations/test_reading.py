"""What one report says of talks: the words that name them, who takes part, what is told."""

from __future__ import annotations

import re

import pytest

from readout.across.negotiations.agreeing import find_agreements, find_effects, find_obstacles, find_proposals
from readout.across.negotiations.lexicon import conflicts, deals, issues, sitting, subject_of, table
from readout.across.negotiations.phrases import find_phrases
from readout.across.negotiations.sides import Sides
from readout.across.negotiations.standing import find_stands
from readout.across.negotiations.strands import find_strands
from readout.across.negotiations.turning import find_ahead, find_points, find_states

#: Words about talks: how they are named, the number of sides, of the round, what they are about, whether they are of no concern.
PHRASES = [
    ("Chad joined the six-party talks on the nuclear issue.", "six-party talks", "6", None, "nuclear", False),
    ("Chad joined the four- party talks.", "four-party talks", "4", None, None, False),
    ("The fifth round of the Tunis peace talks with Chad opened.", "Tunis peace talks", None, 5, "peace", False),
    ("The 7th Tunis talks opened with Chad.", "Tunis talks", None, 7, None, False),
    ("The first face-to-face peace talks with Chad opened.", "face-to-face peace talks", None, None, "peace", False),
    ("Chad said in Tunis talks would go on.", "", None, None, None, False),
    ("Chad held talks with Norway.", "", None, None, None, False),
    ("Chad held talks with Norway on bilateral ties.", "", None, None, None, True),
    ("Wage talks in Chad broke down.", "", None, None, None, True),
    ("Chad went to talks about the peace process.", "", None, None, None, True),
    ("Chad began talks with Norway on fishing in disputed waters.", "", None, None, "water", False),
]


@pytest.mark.parametrize(("text", "name", "form", "ordinal", "subject", "noisy"), PHRASES)
def test_words_that_speak_of_talks(tell, text, name, form, ordinal, subject, noisy):
    report = tell.report(text)
    phrase = find_phrases(report, Sides(report))[0]
    assert (phrase.form, phrase.ordinal, phrase.subject, phrase.noisy) == (form, ordinal, subject, noisy)
    if not noisy:
        assert phrase.name == name


#: A sentence, the parties that it names, and the mediators.
ROLES = [
    ("Peace talks between the Chadian government and the Red Heron Front opened.", "Chad, Red Heron Front", ""),
    ("Norway and Iceland resumed border talks.", "Iceland, Norway", ""),
    ("Norway has agreed to resume border talks with Iceland.", "Iceland, Norway", ""),
    ("The nuclear talks, involving Norway, Iceland, Chad and Qatar, opened.", "Chad, Iceland, Norway, Qatar", ""),
    ("Trade talks stalled over a dispute between Norway and Iceland.", "", ""),
    ("The peace talks between Chad and the rebels were mediated by Algeria and Qatar.", "Chad, Red Heron Front", "Algeria, Qatar"),
    ("Chad began peace talks with the rebels, with Algeria and Qatar acting as guarantors.", "Chad, Red Heron Front", "Algeria, Qatar"),
    ("The mediators -- Anna Berg and Qatar -- left the Chad-Algeria peace talks.", "Algeria, Chad", "Anna Berg, Qatar"),
    ("Anna Berg has been mediating the peace talks between Chad and the rebels.", "Chad, Red Heron Front", "Anna Berg"),
    ("Algeria-brokered peace talks between Chad and Idriss Sorvik opened.", "Chad, Red Heron Front", "Algeria"),
    ("The fate of the rebels, Qatar mediators said, was left out of the peace talks.", "", "Qatar"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties", "mediators"), ROLES)
def test_who_takes_part(tell, text, parties, mediators):
    (strand,) = find_strands(tell.report(text))
    named = {role: {n.who.name for n in strand.namings if n.role == role} for role in ("party", "mediator")}
    assert ", ".join(sorted(named["party"])) == parties
    assert ", ".join(sorted(named["mediator"])) == mediators


NOTHING = [
    "Wage talks between dockers and the port of Sundby broke down in Norway.",
    "Norway and Iceland held talks in Sundby on bilateral ties.",
    "Coalition talks in Norway went on, and Iceland looked on.",
    "Norway met Iceland.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_meetings_and_talks_of_no_concern(tell, text):
    assert find_strands(tell.report(text)) == ()


@pytest.mark.parametrize(("state", "text"), [(e["state"], text) for e in table()["states"] for text in e["examples"]])
def test_examples_of_states(tell, state, text):
    (strand,) = find_strands(
        tell.report(text.replace("Maravia", "Chad").replace("Vestrand", "Norway").replace("army", "rebels"))
    )
    assert state in {told.state for told in find_states(strand)}


UNTOLD = [
    "The peace talks between Chad and the rebels would have collapsed.",
    "Chad hopes that it will never have broken off the peace talks.",
    "Chad rejected a proposal for peace talks with the rebels.",
    "The peace talks that Chad had opened last year were not mentioned.",
    "Chad left the peace talks with the rebels, who had stalled.",
]


@pytest.mark.parametrize("text", UNTOLD)
def test_what_is_hoped_denied_or_long_past_is_no_state(tell, text):
    assert [told.state for strand in find_strands(tell.report(text)) for told in find_states(strand)] == []


def test_a_state_is_of_the_day_and_the_voice_that_tell_it(tell):
    text = "The peace talks between Chad and the rebels collapsed on Saturday, Anna Berg said."
    said = [("Anna Berg", "said", text[: text.index(", Anna")])]
    (strand,) = find_strands(tell.report(text, "2025-03-10", days=[("Saturday", "2025-03-08")], said=said))
    (told,) = find_states(strand)
    assert (told.state, told.day, told.voice.name) == ("collapsed", "2025-03-08", "Anna Berg")
    assert told.basis.words.startswith("The peace talks between Chad")


def test_a_state_of_some_month_is_of_that_month(tell):
    text = "Chad and the rebels opened peace talks in January."
    (strand,) = find_strands(tell.report(text, "2025-03-10", days=[("January", ("2025-01-01", "2025-01-31"))]))
    assert [told.day for told in find_states(strand)] == ["2025-01"]


def test_rounds_have_days_towns_and_numbers(tell):
    text = "The third round of peace talks between Chad and the rebels ended in Tunis on Saturday."
    (strand,) = find_strands(tell.report(text, "2025-03-10", days=[("Saturday", "2025-03-08")]))
    (point,) = find_points(strand, strand.sides)
    assert (point.what, point.end, point.venue, point.ordinal) == ("end", "2025-03-08", "Tunis", 3)


def test_here_is_where_the_report_was_written(tell):
    text = "Peace talks between Chad and the rebels opened here on Saturday."
    (strand,) = find_strands(
        tell.report(text, "2025-03-08", days=[("Saturday", "2025-03-08")], dateline="GENEVA, March 8 --")
    )
    assert [point.venue for point in find_points(strand, strand.sides)] == ["Geneva"]


def test_states_that_meet_are_in_no_round_and_foes_are(tell):
    texts = {
        "Iceland": "Border talks between Norway and Iceland stalled. Norway met Iceland on Friday.",
        "Red Heron Front": "Border talks between Chad and the rebels stalled. Chad met the rebels on Friday.",
    }
    found = {}
    for other, text in texts.items():
        first = "Norway" if other == "Iceland" else "Chad"
        acts = [("CONSULT", "CONSULT", "occurred", [first], [other], "met", "2025-03-07")]
        (strand,) = find_strands(tell.report(text, "2025-03-08", acts=acts))
        found[other] = [point.what for point in find_points(strand, strand.sides)]
    assert found == {"Iceland": [], "Red Heron Front": ["held"]}


#: What a report says of a party's act, as it was read; the stance and the issue.
STANDS = [
    ("The rebels demanded that prisoners go free.", "REQUEST", "RETREAT", "requested", "demanded", ("demands", "prisoners and captives")),
    ("The rebels rejected a cease-fire.", "REJECT", "CONCEDE", "refused", "rejected", ("refuses", "cease-fire")),
    ("The rebels said that they had agreed to meet Chad.", "AGREE", "CONSULT", "planned", "meet", ("offers", "direct talks")),
    ("The rebels, who had refused to meet Chad, came.", "REJECT", "CONSULT", "refused", "refused", None),
    ("Asked if the rebels demanded prisoners, he laughed.", "REQUEST", "RETREAT", "requested", "demanded", None),
    ("The rebels have not agreed to a cease-fire.", "AGREE", "CONCEDE", "occurred", "agreed", None),
    ("The rebels rejected the weather.", "REJECT", "REJECT", "refused", "rejected", None),
    ("The rebels rejected talks with Chad due to the truce.", "REJECT", "CONSULT", "refused", "rejected", ("refuses", "direct talks")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "act", "status", "word", "expected"), STANDS)
def test_where_a_party_stands(tell, text, kind, act, status, word, expected):
    whole = f"Peace talks between Chad and the Red Heron Front opened. {text}"
    acts = [(kind, act, status, ["Red Heron Front"], [], word)]
    (strand,) = find_strands(tell.report(whole, acts=acts))
    found = find_stands(strand, strand.sides)
    assert [(stand.stance, stand.issue) for stand in found] == ([expected] if expected else [])
    assert all(stand.basis.claim for stand in found)


def test_what_he_rejected_is_the_speakers(tell):
    text = "Peace talks between Chad and the rebels went on. Anna Berg said little. He rejected a cease-fire."
    acts = [("REJECT", "CONCEDE", "refused", ["Chad"], [], "rejected")]
    (strand,) = find_strands(tell.report(text, acts=acts, said=[("Anna Berg", "said", "little")]))
    assert find_stands(strand, strand.sides) == []


def test_proposals_and_their_answers(tell):
    text = "Peace talks between Chad and the rebels went on. Chad accepted Algeria's invitation for a summit. Algeria proposed a pause."
    (strand,) = find_strands(tell.report(text))
    algeria = frozenset(one.side for one in strand.read.mentions if one.side and one.side.key == "DZA")
    first, second = find_proposals(strand, strand.sides, algeria)
    assert [(who.name, response) for who, response, _ in first.answers] == [("Chad", "accepted")]
    assert (first.by.key, first.basis.words) == ("DZA", "Algeria's invitation for a summit")
    assert (second.basis.words, second.answers) == ("Algeria proposed a pause", ())


DEALS = [
    ("Chad and the rebels signed a truce on Friday.", "2025-03-07"),
    ("A truce between Chad and the rebels was signed on Friday.", "2025-03-07"),
    ("A deal between Chad and the rebels has been reached.", None),
    ("Chad and the rebels hope to have signed a truce by Friday.", ...),
    ("Chad and the rebels failed to sign a truce; none was reached on Friday.", ...),
    ("The Blue Dune Army signed a truce with Chad in January.", ...),
]


@pytest.mark.parametrize(("text", "day"), DEALS)
def test_agreements(tell, text, day):
    whole = f"Peace talks between Chad and the Red Heron Front went on. {text}"
    days = [("Friday", "2025-03-07"), ("January", ("2025-01-01", "2025-01-31"))]
    strand = find_strands(tell.report(whole, "2025-03-08", days=days))[0]
    found = find_agreements(strand, strand.sides)
    assert [one.day for one in found] == ([] if day is ... else [day])


EFFECTS = [
    ("A truce between Chad and the rebels took effect on Friday.", ["2025-03-07"]),
    ("The truce with Chad would have been dead if the truce was not implemented.", []),
    ("A truce will have been signed before it came into force.", []),
]


@pytest.mark.parametrize(("text", "days"), EFFECTS)
def test_deals_that_took_effect(tell, text, days):
    whole = f"Peace talks between Chad and the Red Heron Front went on. {text}"
    strand = find_strands(tell.report(whole, "2025-03-08", days=[("Friday", "2025-03-07")]))[0]
    found = find_effects(strand, strand.sides)
    assert [(one.state, one.day) for one in found] == [("implemented", day) for day in days]


def test_obstacles_are_in_the_texts_words(tell):
    text = "The peace talks between Chad and the rebels have stalled over the fate of prisoners."
    (strand,) = find_strands(tell.report(text))
    assert [basis.words for basis in find_obstacles(strand)] == ["the fate of prisoners"]


def test_what_lies_ahead_has_a_day(tell):
    text = "Peace talks between Chad and the rebels are due to resume in Tunis on April 8. They may meet before."
    (strand,) = find_strands(tell.report(text, days=[("April 8", "2025-04-08")]))
    assert [(one.start, one.firm) for one in find_ahead(strand, strand.sides)] == [("2025-04-08", True)]


def test_a_weekday_ahead_is_the_next(tell):
    text = "Peace talks between Chad and the rebels are due to resume on Thursday."
    (strand,) = find_strands(tell.report(text, "2025-03-03", days=[("Thursday", "2025-02-27")]))
    assert [one.start for one in find_ahead(strand, strand.sides)] == ["2025-03-06"]


@pytest.mark.parametrize(("subject", "words"), [(e["subject"], w) for e in table()["subjects"] for w in e["examples"]])
def test_examples_of_subjects(subject, words):
    assert subject_of(words) == subject


@pytest.mark.parametrize(("issue", "words"), [(e["issue"], w) for e in table()["issues"] for w in e["examples"]])
def test_examples_of_issues(issue, words):
    found = sorted((match.start(), name) for name, pattern in issues() if (match := pattern.search(words)))
    assert found[0][1] == issue


def test_the_other_lists(tell):
    assert conflicts() >= {"peace", "hostages"}
    assert deals().search("a truce was signed")
    assert all(isinstance(pattern, re.Pattern) for part in ("begin", "end") for pattern in sitting(part))
