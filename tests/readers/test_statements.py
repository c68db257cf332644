"""Statements: who says what, in which words, to whom, where and when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.language.document import Document
from readout.language.pipeline import Context, load_parser
from readout.readers.actors import read_actors
from readout.readers.findings import Findings
from readout.readers.statements import read_statements
from readout.readers.statements.quotations import find_quotations
from readout.readers.times import read_times
from readout.types import Actor, Statement


def parse(text: str) -> Document:
    return load_parser().parse(text, Context(published=dt.date(2021, 5, 14)))


def read(text: str) -> tuple[Document, Findings]:
    document = parse(text)
    return document, read_statements(document, read_actors(document, read_times(document, Findings())))


def parts(document: Document, statement: Statement) -> tuple[str | None, str | None, str]:
    """Speaker, cue and content of a statement, as words."""
    speaker = document.slice(statement.speaker_span) if statement.speaker_span else None
    cue = document.slice(statement.cue) if statement.cue else None
    return speaker, cue, " … ".join(document.slice(span) for span in statement.content)


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("The minister said the bridge was closed.", "The minister", "said", "the bridge was closed"),
        ("The minister said that the bridge was closed.", "The minister", "said", "that the bridge was closed"),
        ("The bridge is closed, the minister said.", "the minister", "said", "The bridge is closed"),
        ("“The bridge is closed,” said the minister.", "the minister", "said", "“The bridge is closed,”"),
        ('"The bridge is closed," the minister said.', "the minister", "said", '"The bridge is closed,"'),
        ("The bridge is closed, according to the ministry.", "the ministry", "according to", "The bridge is closed"),
        ("According to the ministry, the bridge is closed.", "the ministry", "According to", "the bridge is closed"),
        ("The general vowed to fight.", "The general", "vowed", "to fight"),
        ("The general did not say how he would fight.", "The general", "did not say", "how he would fight"),
        (
            "Envoys made progress, the palace said on Friday, after talks that officials joined at the last minute.",
            "the palace", "said", "Envoys made progress",
        ),
        (
            "Sorvik plans to fly to Amman on Friday, her aide said Monday, her fourth trip to the region this year.",
            "her aide", "said", "Sorvik plans to fly to Amman on Friday … her fourth trip to the region this year",
        ),
        (
            "Jets hit a house in Bor, killing 23 people, health officials said, hours after envoys said a truce was near.",
            "health officials", "said", "Jets hit a house in Bor, killing 23 people",
        ),
        (
            "Sorvik will fly to Amman, an aide said Monday; it does not appear that she will go to Haifa.",
            "an aide", "said", "Sorvik will fly to Amman",
        ),
        (
            "Turkish raids killed at least 12 people overnight, doctors said, as envoys met in Oslo.",
            "doctors", "said", "Turkish raids killed at least 12 people overnight",
        ),
        ("A drone hit a depot, the governor said, as Chad stepped up strikes.", "the governor", "said", "A drone hit a depot"),
        (
            "The army struck at dawn, and police said, after a search, that they had found nothing.",
            "police", "said", "that they had found nothing",
        ),
        (
            "The law is a step in the fight against graft, Chairman Van An, who took office in May, said.",
            "Chairman Van An", "said", "The law is a step in the fight against graft",
        ),
        (
            "A submarine had been deployed to escort the vessel, the Sundby Gazette reported, citing an official.",
            "the Sundby Gazette", "reported", "A submarine had been deployed to escort the vessel",
        ),
        (
            "Chad hanged two men, the Sundby Gazette reported on Sunday, as rights groups warned of a surge in executions.",
            "rights groups", "warned of", "a surge in executions",
        ),
        (
            "The group said it had killed 47 soldiers; the Sundby Gazette could not independently verify the claim.",
            "The group", "said", "it had killed 47 soldiers",
        ),
        (
            "The plan would cut the army, two people familiar with the matter said.",
            "two people familiar with the matter", "said", "The plan would cut the army",
        ),
        (
            "Two men were killed when fighters shelled a market, a doctor and two witnesses said Friday.",
            "a doctor and two witnesses", "said", "Two men were killed when fighters shelled a market",
        ),
        (
            "Chad has sent troops, saying the group is trying to rearm, and Sudan accuses it of more than ten raids.",
            "Chad", "saying", "the group is trying to rearm",
        ),
        ("The rebels want to rule the province.", "The rebels", "want", "to rule the province"),
        ("Villagers fear that the dam will break.", "Villagers", "fear", "that the dam will break"),
        ("The envoy urged both sides to stop.", "The envoy", "urged", "both sides to stop"),
        ("He is confident that the truce will hold.", "He", "confident", "that the truce will hold"),
        ("The president is confident that the truce will hold.", "The president", "confident", "that the truce will hold"),
        ("The party called for fresh elections.", "The party", "called for", "fresh elections"),
        ("He rejected the claim that the army had fled.", "He", "rejected", "the claim that the army had fled"),
        ("He rejected the claim that the army had fled.", None, "claim", "that the army had fled"),
        ("Fears that the truce will collapse are growing.", None, "Fears", "that the truce will collapse"),
        ("His threat to close the strait alarmed shippers.", "His", "threat", "to close the strait"),
        ("The premier repeated his opposition to the treaty.", "his", "opposition to", "the treaty"),
        ("He accused the army of torture.", "He", "accused", "the army of torture"),
        ("The rebels accused the army of torture.", "The rebels", "accused", "the army of torture"),
        ("The minister, a former general, said the war was over.", "The minister", "said", "the war was over"),
        ("Officials at the ministry said the talks had failed.", "Officials at the ministry", "said", "the talks had failed"),
        ("The talks had failed, officials close to the premier said.", "officials", "said", "The talks had failed"),
        ("The army has left the town, the minister told reporters.", "the minister", "told", "The army has left the town"),
        ("While officials said the road was open, residents stayed at home.", "officials", "said", "the road was open"),
        ("The report said that children had died.", "The report", "said", "that children had died"),
        ("“The war is over,” Karim was quoted as saying.", "Karim", "saying", "“The war is over,”"),
        ("“We have always wanted peace,” the mayor ventured.", "the mayor", "ventured", "“We have always wanted peace,”"),
        ("The radio quoted officials as saying that the army had fled.", "officials", "saying", "that the army had fled"),
        ("The radio quoted officials as saying that the army had fled.", "The radio", "quoted",
         "officials as saying that the army had fled"),
    ],
)  # fmt: skip
def test_speaker_cue_and_content(text: str, speaker: str, cue: str, content: str) -> None:
    document, found = read(text)
    assert (speaker, cue, content) in [parts(document, statement) for statement in found.statements]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        # cues behind quoted speech, whatever follows them
        ("“We will not leave,” the mayor told the crowd as it pressed against the gates.", "the mayor", "told", "“We will not leave,”"),
        ("“We will not leave,” she said after the army had closed the road.", "she", "said", "“We will not leave,”"),
        ("“Who will pay for all of this?” asked the mayor, who had come from the north.", "the mayor", "asked",
         "“Who will pay for all of this?”"),
        ("The mayor was brief about the siege: “We will not leave,” he said.", "he", "said", "“We will not leave,”"),
        # contents cut in two
        ("The plan, the mayor said, is to open a second road.", "the mayor", "said", "The plan … is to open a second road"),
        ("By closing the road, the mayor said, the army had starved the town.", "the mayor", "said",
         "By closing the road … the army had starved the town"),
        ("“The road is closed,” the mayor said, and “nobody may leave.”", "the mayor", "said",
         "“The road is closed,” … and “nobody may leave.”"),
        ("The villagers, according to the mayor, fled before dawn.", "the mayor", "according to", "The villagers … fled before dawn"),
        # where contents end
        ("The mayor denies that the road was closed and refuses to resign.", "The mayor", "denies", "that the road was closed"),
        ("The army rejected the offer, calling it a trap.", "The army", "rejected", "the offer"),
        ("The army rejected the offer, calling it a trap.", "The army", "calling", "it a trap"),
        ("The mayor thanked the nurses, who had worked all night.", "The mayor", "thanked", "the nurses"),
        ("The mayor said he had asked for help, but “nobody came in time.”", "The mayor", "said",
         "he had asked for help, but “nobody came in time.”"),
        ("The militia claimed the attack, the worst in a year.", "The militia", "claimed", "the attack"),
        ("The army says it hit a depot; residents say it was a school.", "The army", "says", "it hit a depot"),
        # words before the clause
        ("The mayor told a meeting of farmers that the road was closed.", "The mayor", "told", "that the road was closed"),
        ("The mayor said, without any proof, that the road was mined.", "The mayor", "said", "that the road was mined"),
        # who speaks
        ("The mayor, who had fled the town in May, said the road was closed.", "The mayor", "said", "the road was closed"),
        ("Opening the session, the mayor said the road was closed.", "the mayor", "said", "the road was closed"),
        ("The mayor said the war was lost, telling reporters that he would leave.", "The mayor", "telling", "that he would leave"),
        ("The UN envoy, who said the road was closed, left the town.", "The UN envoy", "said", "the road was closed"),
        ("Villagers have long called for a second road.", "Villagers", "called for", "a second road"),
        # as clauses, names, denials
        ("As the army announced on Friday, the road is open.", "the army", "announced", "the road is open"),
        ("The road is open, as first reported by the radio.", "the radio", "reported", "The road is open"),
        ("The mayor called the inquiry “a circus.”", "The mayor", "called", "the inquiry “a circus.”"),
        ("The raid, which the mayor called “a crime,” went on.", "the mayor", "called", "which … “a crime,”"),
        ("The army denied shelling the market.", "The army", "denied", "shelling the market"),
        ("The mayor questioned whether the road was safe.", "The mayor", "questioned", "whether the road was safe"),
        ("The colonel lied, the inquiry found.", "the inquiry", "found", "The colonel lied"),
        # passives, hearsay and claims
        ("The war is over, it was announced on Monday.", None, "announced", "The war is over"),
        ("The general is said to have fled to the coast.", None, "said", "The general … to have fled to the coast"),
        ("The mayor is believed to be alive.", None, "believed", "The mayor … to be alive"),
        ("His claim that the road was mined was rejected by the council.", "His", "claim", "that the road was mined"),
        ("His claim that the road was mined was rejected by the council.", "the council", "rejected",
         "His claim that the road was mined"),
        ("A statement by the army said the road was mined.", "A statement by the army", "said", "the road was mined"),
        ("A readout said the two leaders agreed to meet.", "A readout", "said", "the two leaders agreed to meet"),
        ("Sources close to the militia say its leader has left.", "Sources close to the militia", "say", "its leader has left"),
        ("The deal, hailed by the envoy as a “turning point,” would hold.", "the envoy", "hailed",
         "The deal … as a “turning point,”"),
        # one inside the other
        ("The army said the mayor had told the council that the road was mined.", "The army", "said",
         "the mayor had told the council that the road was mined"),
        ("The army said the mayor had told the council that the road was mined.", "the mayor", "told", "that the road was mined"),
        # led in by a colon
        ("Minister: border will reopen on Sunday", "Minister", ":", "border will reopen on Sunday"),
        ("Border will reopen on Sunday: minister", "minister", ":", "Border will reopen on Sunday"),
    ],
)  # fmt: skip
def test_harder_sentences(text: str, speaker: str | None, cue: str, content: str) -> None:
    document, found = read(text)
    assert (speaker, cue, content) in [parts(document, statement) for statement in found.statements]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The senator began when the war did.", "began"),
        ("In his memoir, “A Long March,” the general said little of the war.", "said"),
        ("The Hague: A Century of Courts", ":"),
    ],
)
def test_what_looks_like_an_attribution_and_is_none(text: str, cue: str) -> None:
    document, found = read(text)
    assert cue not in [parts(document, statement)[1] for statement in found.statements]


def test_an_interview_is_read_turn_by_turn() -> None:
    document, found = read("Q: Will the dam hold?\nA: It will hold until the spring.\nQ: And then?")
    assert [parts(document, s)[2] for s in found.statements][:2] == [
        "Will the dam hold?",
        "It will hold until the spring",
    ]


def test_a_quotation_over_three_paragraphs_is_one_statement() -> None:
    document, found = read("“The valley is ours.\n“Nobody will take it.\n“We have paid for it,” the commander said.")
    (statement,) = found.statements
    assert len(statement.content) == 3
    assert parts(document, statement)[:2] == ("the commander", "said")


@pytest.mark.parametrize(
    ("text", "name", "sourcing"),
    [
        ("Three people briefed on the plan said it was dead.", "Three people briefed on the plan", "anonymous"),
        ("It was a massacre, according to sources close to the rebels.", "sources close to the rebels", "anonymous"),
        ("A doctor said 21 bodies had come in. “The toll will rise,” he said.", "doctor", "anonymous"),
        ("A baker who lost two sons said the guns never stopped.", "baker", "anonymous"),
        (
            "A spokesman said the talks had failed. He gave no date, but said they would resume.",
            "spokesman",
            "official",
        ),
        ("Omar Sadik, a farmer, said the well was dry.", "Omar Sadik", "named"),
        ("The radio reported that the dam had burst.", "radio", "institutional"),
    ],
)
def test_the_class_of_a_source_and_its_description(text: str, name: str, sourcing: str) -> None:
    _, found = read(text)
    assert found.statements
    for statement in found.statements:
        assert statement.speaker is not None
        assert (found.actors[statement.speaker].name, statement.sourcing) == (name, sourcing)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The minister said the bridge was closed.", "indirect"),
        ("“The bridge is closed,” the minister said.", "direct"),
        ("The minister said the bridge was “closed for good.”", "mixed"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    _, found = read(text)
    assert [statement.kind for statement in found.statements] == [kind]


def test_a_quotation_cut_in_two_is_one_statement() -> None:
    document, found = read("“The bridge is closed,” the minister said. “Nobody can cross it.”")
    assert [parts(document, statement)[2] for statement in found.statements] == [
        "“The bridge is closed,” … “Nobody can cross it.”"
    ]
    (statement,) = found.statements
    assert [document.slice(span) for span in statement.quoted] == ["The bridge is closed,", "Nobody can cross it."]


def test_a_quoted_paragraph_carries_the_speaker_on() -> None:
    document, found = read("“The bridge is closed,” the minister said.\n“Nobody can cross it before the spring.”")
    (statement,) = found.statements
    assert document.slice(statement.content[-1]) == "“Nobody can cross it before the spring.”"
    assert parts(document, statement)[0] == "the minister"


def test_a_weekday_is_no_speaker_but_the_time() -> None:
    document, found = read("The minister said Monday that the bridge was closed.")
    (statement,) = found.statements
    assert parts(document, statement)[0] == "The minister"
    assert statement.time is not None
    assert document.slice(found.times[statement.time].span) == "Monday"


def test_who_is_told_is_an_addressee() -> None:
    _, found = read("The minister told reporters that the bridge was closed.")
    (statement,) = found.statements
    assert [found.actors[n].name for n in statement.addressees] == ["reporters"]


def test_an_apposition_stands_between_speaker_and_verb() -> None:
    document, found = read("General Karim, a former minister, said the bridge was closed.")
    assert [parts(document, statement)[0] for statement in found.statements] == ["General Karim"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ana Ruiz said the war was over. “Our soldiers will come home,” she added.", ["Ana Ruiz", "Ana Ruiz"]),
        ("A statement said the army had fled. “The army fled on Monday,” it said.", ["statement", "statement"]),
        ("The rebels' website said the army had fled.", ["rebels' website"]),
        ("Omar Sadik, along with Jane Roe of the council and Ana Ruiz, told reporters that the war was over.", ["Omar Sadik"]),
        ("Asked whether the truce would hold, Omar Sadik said it was too early to tell.", [None, "Omar Sadik"]),
    ],
)  # fmt: skip
def test_whose_words_they_are(text: str, speakers: list[str | None]) -> None:
    _, found = read(text)
    assert [found.actors[s.speaker].name if s.speaker is not None else None for s in found.statements] == speakers


def test_a_website_that_nobody_named_is_added_as_a_medium_with_its_owner() -> None:
    document = parse("The ministry of the interior was silent. The ministry's website said the army had fled.")
    actor = Actor(name="ministry", kind="government", mentions=((0, 28), (41, 53)))
    found = read_statements(document, Findings(actors=(actor,)))
    (statement,) = found.statements
    assert statement.speaker == 1
    assert (found.actors[1].kind, found.actors[1].affiliation) == ("media", "ministry")


def test_a_transcript_is_read_by_its_names() -> None:
    document, found = read("KARIM: The army has left the town.\nRUIZ: It was too late for the town.")
    read_parts = [parts(document, statement) for statement in found.statements]
    assert ("KARIM", ":", "The army has left the town") in read_parts
    assert ("RUIZ", ":", "It was too late for the town") in read_parts


def test_a_name_behind_a_dash_signs_a_quotation() -> None:
    document, found = read("“The army has left the town at last.” — Karim Haddad")
    assert [parts(document, statement)[0] for statement in found.statements] == ["Karim Haddad"]


def test_a_quotation_that_goes_on_in_the_next_paragraph_needs_no_closing_mark() -> None:
    document = parse('He said: "The bridge is closed.\n"Nobody can cross it," he added.')
    assert [document.slice(quotation.inner) for quotation in find_quotations(document)] == [
        "The bridge is closed.",
        "Nobody can cross it,",
    ]


def test_attributions_nest() -> None:
    document, found = read("The minister said the bridge was closed, according to the agency.")
    assert {parts(document, statement)[0] for statement in found.statements} == {"The minister", "the agency"}


def test_a_speaker_without_an_actor_is_added_at_the_end() -> None:
    document = parse("A diplomat said the bridge was closed.")
    found = read_statements(document, Findings())
    (statement,) = found.statements
    assert statement.speaker is not None
    assert (found.actors[statement.speaker].name, found.actors[statement.speaker].kind) == ("diplomat", "unnamed")


@pytest.mark.parametrize("text", ["The bridge is closed.", "The army shelled the town on Monday.", ""])
def test_a_plain_sentence_has_no_statement(text: str) -> None:
    assert read(text)[1].statements == ()


def test_a_quotation_over_paragraphs_opens_each_and_closes_once() -> None:
    document = parse("“The bridge is closed.\n“Nobody can cross it,” the minister said.")
    assert [document.slice(quotation.inner) for quotation in find_quotations(document)] == [
        "The bridge is closed.",
        "Nobody can cross it,",
    ]


_PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "said",
        "the minister",
        "that",
        ",",
        ".",
        "\n",
        "according to",
        "told",
        "it is closed",
        "Monday",
    ]
)


def test_what_no_one_says_is_no_ones_word() -> None:
    _, found = read("No group has claimed responsibility for the raid.")
    assert found.statements == ()


def test_the_time_of_an_aside_dates_no_saying() -> None:
    _, found = read("The premier, who will visit the port on Tuesday, said the truce was over.")
    assert [statement.time for statement in found.statements] == [None]
    _, found = read("The premier said on Tuesday that the truce was over.")
    assert [statement.time for statement in found.statements] == [0]


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=14).map(" ".join))
def test_spans_lie_in_the_text_and_reading_is_repeatable(text: str) -> None:
    document = parse(text)
    found = read_statements(document, Findings())
    assert found == read_statements(document, Findings())
    for statement in found.statements:
        spans = [*statement.content, *statement.quoted]
        spans += [span for span in (statement.cue, statement.speaker_span) if span is not None]
        assert statement.content
        assert all(0 <= start < end <= len(document.text) for start, end in spans)
        assert statement.speaker is None or statement.speaker < len(found.actors)
    assert len({statement.id for statement in found.statements}) == len(found.statements)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Anna Berg conceded that Chad had the wells but insisted the border was closed.", "Anna Berg", "the border was closed"),
        ("Anna Berg said that Chad had broken the pact and warned it would answer.", "Anna Berg", "it would answer"),
        ("Anna Berg said last week in Tunis talks with Sudan were near an end.", "Anna Berg", "talks with Sudan were near an end"),
    ],
)  # fmt: skip
def test_the_words_beside_others_are_of_the_same_speaker(text: str, speaker: str, content: str) -> None:
    document, found = read(text)
    said = [s for s in found.statements if content in [document.slice(span) for span in s.content]]
    assert [found.actors[s.speaker].name for s in said if s.speaker is not None] == [speaker]


def test_who_is_called_back_says_nothing_by_it() -> None:
    _, found = read("The ambassador was recalled to Chad on Monday. Chad recalled its ambassador to Tunis.")
    assert not found.statements


def test_a_quotation_that_the_report_only_explains_is_of_the_last_speaker() -> None:
    _, found = read(
        'Anna Berg said Chad was free.\n\n"We hope that the rebels will put aside their doubts," which have blocked the pact.',
    )
    assert [found.actors[s.speaker].name for s in found.statements if s.speaker is not None] == ["Anna Berg"] * 2
