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
