"""Who says what where the words stand askew: asides, documents, passives, who is told, and what is no statement at all."""

from __future__ import annotations

import datetime as dt

import pytest

from readout.language.document import Document
from readout.language.pipeline import Context, load_parser
from readout.readers.actors import read_actors
from readout.readers.findings import Findings
from readout.readers.statements import read_statements
from readout.readers.times import read_times


def read(text: str) -> tuple[Document, Findings]:
    document = load_parser().parse(text, Context(published=dt.date(2021, 5, 14)))
    return document, read_statements(document, read_actors(document, read_times(document, Findings())))


def said(text: str) -> list[tuple[str | None, str | None, str]]:
    """Speaker, cue and content of each statement of a text; the speaker by the name of the actor."""
    document, found = read(text)
    return [
        (
            found.actors[s.speaker].name if s.speaker is not None else None,
            document.slice(s.cue) if s.cue else None,
            " … ".join(document.slice(span) for span in s.content),
        )
        for s in found.statements
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        # a speaker with a long apposition behind what is said
        (
            "The rebels had shelled the bridge twice, Marta Lindqvist, coordinator in Sudan for a relief agency, told a newspaper.",
            "Marta Lindqvist", "told", "The rebels had shelled the bridge twice",
        ),
        ("“It is over,” said Ana Kane, a reader at the Oslo-based institute Sahel House.", "Ana Kane", "said", "“It is over,”"),
        # who is told ends before what is said
        ("Marta Ruiz told reporters Chile's broad base helped the country.", "Marta Ruiz", "told", "Chile's broad base helped the country"),
        (
            "Marta Ruiz told reporters the decision by Oslo not to join the ban was “very good.”",
            "Marta Ruiz", "told", "the decision by Oslo not to join the ban was “very good.”",
        ),
        ("A secretary told Oslo's Channel Two television that Ruiz had left.", "secretary", "told", "that Ruiz had left"),
        ("Marta Ruiz told the court she had never met him.", "Marta Ruiz", "told", "she had never met him"),
        ("The ministry said in a brief statement the plane had crashed.", "ministry", "said", "the plane had crashed"),
        ("The club told members in a letter sent on Monday that it would move.", "club", "told", "that it would move"),
        # a name behind its verb
        ("Rivals sell below cost, complained Telmex, which is based in Bor.", "Telmex", "complained", "Rivals sell below cost"),
        # what does not go with the source
        ("According to exit polls, both the Farmers Party and the Liberals made gains.", "exit polls", "According to",
         "both the Farmers Party and the Liberals made gains"),
        ("The men are believed by the mayor to be hiding.", "mayor", "believed", "The men … to be hiding"),
        ("The president told farmers this week he would see it as an insult.", "president", "told", "he would see it as an insult"),
        ("The talks broke down from there, said one source in the room.", "one source", "said", "The talks broke down from there"),
        ("A doctor, who asked not to be named, said 21 bodies had come in.", "doctor", "said", "21 bodies had come in"),
        ("Karim has called on police to stay and called on people to be calm.", "Karim", "called on", "police to stay"),
        ("Firms that had insured the mine agreed to pay.", "Firms", "agreed", "to pay"),
        ("A 2014 study by the bank found 31 cases of fraud.", "bank", "found", "31 cases of fraud"),
        ("Many farmers say the ministry's advantage obscures concerns about prices.", "Many farmers", "say",
         "the ministry's advantage obscures concerns about prices"),
        # short quotations behind a participle
        ("The premier was defiant, saying “Forget the general.”", "premier", "saying", "“Forget the general.”"),
        # adverbs and asides between commas
        ("Chad insists, however, it will not pay.", "Chad", "insists", "it will not pay"),
        ("The agency said, quoting officials, the road was open.", "agency", "said", "the road was open"),
        ("The radio reported, quoting witnesses, that the road was open.", "radio", "reported", "that the road was open"),
        # who is quoted by a newspaper, with marks and without
        ("“Two of the men may be foreigners,” the agency quoted Marta Ruiz as saying.", "Marta Ruiz", "saying",
         "“Two of the men may be foreigners,”"),
        ("The talks had failed, the newspaper quoted Marta Ruiz as saying on Friday.", "Marta Ruiz", "saying", "The talks had failed"),
        ("The talks had failed, officials were quoted by the agency as saying.", "officials", "saying", "The talks had failed"),
        # passives: who is asked, and what is held against somebody
        ("Runners and spectators were warned on Saturday by police to be careful.", "police", "warned",
         "Runners and spectators … to be careful"),
        ("Karim had been accused by the mayor of selling guns.", "mayor", "accused", "Karim … of selling guns"),
        ("The plan was described as “sound” by the mayor at a briefing.", "mayor", "described", "The plan … as “sound”"),
        # what is said goes on, and ends
        ("Police said Karim was brought to Oslo and was questioned by officers.", "Police", "said",
         "Karim was brought to Oslo and was questioned by officers"),
        ("The mayor warned of new unrest after the minister said the troops would leave.", "mayor", "warned of", "new unrest"),
        ("Critics say the plan is dear, while supporters argue it will save lives.", "Critics", "say", "the plan is dear"),
        ("The mayor said that, according to witnesses, the bridge had fallen.", "mayor", "said",
         "that, according to witnesses, the bridge had fallen"),
        ("Asked if he would resign, the mayor smiled.", None, "Asked", "if he would resign"),
        # the tree takes the subject for half of a compound
        ("The army plans to withdraw 4,000 troops.", "army", "plans", "to withdraw 4,000 troops"),
        ("The council called the mayor's move “illegal” and met again.", "council", "called", "the mayor's move “illegal”"),
        ("“Never!” shouted the crowd.", None, "shouted", "“Never!”"),
    ],
)  # fmt: skip
def test_speaker_cue_and_content(text: str, speaker: str | None, cue: str, content: str) -> None:
    found = [(cue, content) if speaker is None else (who, cue, content) for who, cue, content in said(text)]
    assert ((cue, content) if speaker is None else (speaker, cue, content)) in found


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        # a document speaks for whoever put it about, or whose it is
        ("Hamas issued a leaflet on Monday. The leaflet said nobody was hurt.", "said", "Hamas"),
        ("A statement was released by the ministry on Monday. The statement said nobody was hurt.", "said", "ministry"),
        (
            "The rebels sent a letter to newspapers. “We will burn the town,” the threatening letter said.",
            "said",
            "rebels",
        ),
        ("A ministry statement said the road was open.", "said", "ministry"),
        ("According to a toll by the ministry, 12 people were killed.", "According to", "ministry"),
        ("According to US estimates, 12,000 people have died.", "According to", "United States"),
        ("“Nobody was hurt,” read a statement from the ministry.", "read", "ministry"),
        # a state is whose it is before numbers alone, and media words and courts make no document
        ("The Iraq report said the war was wrong.", "said", "Iraq report"),
        ("A press statement said the road was open.", "said", "press statement"),
        ("Court documents said the road was open.", "said", "Court documents"),
        # people by what they are
        ("Karim's associates said the trial was unfair.", "said", "Karim's associates"),
        ("The daily said the road was open.", "said", "daily"),
    ],
)
def test_whose_words_they_are(text: str, cue: str, speaker: str) -> None:
    assert (cue, speaker) in [(word, who) for who, word, _ in said(text)]


def test_he_goes_back_to_whom_a_newspaper_quotes() -> None:
    text = (
        "Omar Sadik praised the deal on Monday.\n“We like the deal,” Karim Haddad told the envoy, state television reported."
        "\nHe added that the deal was fair."
    )
    assert said(text)[-1][0] == "Karim Haddad"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Some 4,000 people cast their votes in the town.", "cast"),
        ("Prosecutors summoned the former minister on Monday.", "summoned"),
        ("The party, backing the general, won 40 seats.", "backing"),
        ("The king responded to an invitation from Oslo.", "responded to"),
        ("General Odu ruled Chad for thirty years.", "ruled"),
        ("Inspectors want to question the guards.", "question"),
        ("The test demonstrated the rocket's ability to fly.", "demonstrated"),
        ("Farmers may protest the vote.", "protest"),
        ("The talks are to focus on the border.", "focus on"),
        ("The guard added 11 points in the second half.", "added"),
        ("Police found 60,000 dollars in the house.", "found"),
        ("The congressman pleaded guilty to charges that he sold his house.", "pleaded"),
        ("A diplomat who asked not to be named left the room.", "asked"),
        ("Karim, quoted by the radio, left the room.", "quoted"),
        ("Workers are paid according to age.", "according to"),
        ("The mayor said this in an interview with reporters on Monday.", "said"),
        ("The mayor said a few words to the crowds and soldiers.", "said"),
    ],
)
def test_what_is_no_statement(text: str, cue: str) -> None:
    assert cue not in [word for _, word, _ in said(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The court ruled that the law was void.", "that the law was void"),
        ("The senator questioned the claims.", "the claims"),
        ("The premier would not confirm the raid.", "the raid"),
        ("The party responded that the law was bad.", "that the law was bad"),
        ("The mayor likened the raid to a storm.", "the raid to a storm"),
        ("The inquiry found that the pilot had slept.", "that the pilot had slept"),
    ],
)
def test_near_to_what_is_no_statement(text: str, content: str) -> None:
    assert content in [words for _, _, words in said(text)]


@pytest.mark.parametrize(
    ("text", "addressees", "channel"),
    [
        ("The mayor told a rally in Oslo that he would stay.", ["rally in Oslo"], None),
        ("The mayor told a news conference in Oslo that he would stay.", [], "news conference"),
        ("“It is early,” the mayor told Radio Nova by phone from Oslo.", ["Radio Nova"], "telephone"),
        ("The Sundby Post said the mayor would stay.", [], None),
        ("A fax sent to the paper said the mayor would stay.", [], "message"),
    ],
)
def test_who_is_told_and_through_what(text: str, addressees: list[str], channel: str | None) -> None:
    _, found = read(text)
    (statement,) = found.statements
    assert ([found.actors[n].name for n in statement.addressees], statement.channel) == (addressees, channel)


def test_a_speakers_own_words_end_before_an_aside() -> None:
    document, found = read("The rebels, in a statement sent to the radio, said they had won.")
    (statement,) = found.statements
    assert statement.speaker_span is not None
    assert document.slice(statement.speaker_span) == "The rebels"
