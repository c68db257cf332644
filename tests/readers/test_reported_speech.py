"""Statements as wire copy leads them in and breaks them off: who speaks, where the words end, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from readout.reading import read
from readout.types import Report


def reported(text: str) -> Report:
    return read(text, published=dt.date(2024, 9, 16))


def statements(text: str) -> list[tuple[str | None, str | None, str]]:
    """Speaker, cue and content of each statement, as words."""
    report = reported(text)
    whole = report.text

    def words(span: tuple[int, int] | None) -> str | None:
        return whole[span[0] : span[1]] if span else None

    return [
        (words(s.speaker_span), words(s.cue), " … ".join(whole[a:b] for a, b in s.content)) for s in report.statements
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        (
            "Berg said on Friday that once the swap was done, Chad would give Mali a paper that names its terms.",
            "Berg",
            "said",
            "that once the swap was done, Chad would give Mali a paper that names its terms",
        ),
        (
            "The guerrillas had threatened to walk out; three sources close to the guerrillas said both camps had now decided to pay.",
            "three sources close to the guerrillas",
            "said",
            "both camps had now decided to pay",
        ),
        (
            "In a note to the bloc's chief envoy Maja Kallo, Ali Arak described the move as “unjustified”.",
            "Ali Arak",
            "described",
            "the move as “unjustified”",
        ),
        (
            '"A growing number of farmers show sympathy, here and there a sense of unity" with monks, Berg said, '
            "opening a fair on exile that drew guests from many lands.",
            "Berg",
            "said",
            '"A growing number of farmers show sympathy, here and there a sense of unity" with monks',
        ),
        (
            "In Tevang district, southeast of Pekong, a column of union supporters clashed with followers of the guild "
            "linked to the ruling party on Sunday, another union official there said.",
            "another union official",
            "said",
            "In Tevang district, southeast of Pekong, a column of union supporters clashed with followers of the guild "
            "linked to the ruling party on Sunday",
        ),
        (
            'The Pekong police declined comment saying the town was "under control".',
            "The Pekong police",
            "saying",
            'the town was "under control"',
        ),
        (
            "Among other charges made by former guards was a claim that a young herder caught hiding fuel died in a pit.",
            "former guards",
            "claim",
            "that a young herder caught hiding fuel died in a pit",
        ),
        (
            "His supporters hold that the charges are part of a plot.",
            "His supporters",
            "hold",
            "that the charges are part of a plot",
        ),
        (
            '"There have been arrests, yet nobody has counted them," Nursani.',
            "Nursani",
            None,
            '"There have been arrests, yet nobody has counted them,"',
        ),
        (
            "President Ola Berg urged Chad, which has gone easier on Mali, since President Ado Kane took over, to speak out.",
            "President Ola Berg",
            "urged",
            "Chad, which has gone easier on Mali, since President Ado Kane took over, to speak out",
        ),
        (
            "They have offered to wait for a month if Chad resumes talks with Mali, grants envoys full access and accounts for its fuel.",
            "They",
            "offered",
            "to wait for a month if Chad resumes talks with Mali, grants envoys full access and accounts for its fuel",
        ),
        (
            "Berg hinted that he would open an office in Chad by May: “It is settled,” he told reporters.",
            "Berg",
            "hinted",
            "that he would open an office in Chad by May",
        ),
        (
            "The daily said the mob was part of a bigger crowd which toured the town in vans, yelling slogans, after a prayer.",
            "The daily",
            "said",
            "the mob was part of a bigger crowd which toured the town in vans, yelling slogans, after a prayer",
        ),
        (
            "The minister warned that Chad would cut ties, while leaving the door open to talks.",
            "The minister",
            "warned",
            "that Chad would cut ties",
        ),
        (
            "Kane, who had threatened new sanctions, has since played down the chance of joining them.",
            "Kane",
            "played down",
            "the chance of joining them",
        ),
    ],
)
def test_who_speaks_and_how_far(text: str, speaker: str | None, cue: str | None, content: str) -> None:
    assert (speaker, cue, content) in statements(text)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("China informs Russia of the leak daily, the minister said.", "informs"),
        ("The storm claimed the lives of 30 people.", "claimed"),
        ("The general revealed state secrets to a spy.", "revealed"),
        ("The union protested the bias of the station in reporting the campaign.", "reporting"),
        ("The ministry declined to say who fired.", "say"),
        ("The kingdom has yet to say whether it stands behind the plan.", "say"),
        ("London backed efforts to secure UN condemnation of the raid.", "condemnation of"),
        ("The rebels hold that bridge.", "hold"),
    ],
)
def test_what_is_no_statement(text: str, cue: str) -> None:
    assert cue not in [found for _, found, _ in statements(text)]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("After the truce ended, China has repeatedly informed Russia of the leak.", "informed", "the leak"),
        (
            "If the truce fails, Berg argues, there is another way.",
            "argues",
            "If the truce fails … there is another way",
        ),
        ("The rebels claimed the attack.", "claimed", "the attack"),
        ("The envoy said the truce was over, adding that war was near.", "said", "the truce was over"),
        ("The ministry has yet to say that it will pay.", "say", "that it will pay"),
    ],
)
def test_near_to_these(text: str, cue: str, content: str) -> None:
    assert (cue, content) in [(found, said) for _, found, said in statements(text)]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (
            "In a press statement received here on Sunday, party leader Ola Berg protested the fact that he was ignored.",
            "statement",
        ),
        ("Ola Berg, who heads the group, replied on X that the pact has no such words.", "post"),
        ("Malcolm X told reporters the march would go on.", None),
    ],
)
def test_the_channel(text: str, channel: str | None) -> None:
    (found,) = reported(text).statements
    assert found.channel == channel


def test_a_further_quotation_of_a_paragraph_is_of_its_only_speaker() -> None:
    found = statements(
        '"A whole people, a spirit of unity" is for it, Berg said, opening a fair. "There is real hope for all of us."'
    )
    assert ("Berg", None, '"There is real hope for all of us."') in found


def test_who_issued_a_directive_speaks_by_it() -> None:
    report = reported("The bank issued a directive on the press. The directive also said editors would be fined.")
    speakers = [s.speaker for s in report.statements]
    assert speakers
    assert all(s is not None and report.actors[s].name == "bank" for s in speakers)


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        (
            "Mali accused Chad of shelling a village, a charge Chad denied.",
            "Chad",
            "denied",
            "Chad of shelling a village",
        ),
        (
            "The army has retaken the port from the rebels, two officers said on Tuesday, a claim the rebels dismissed as gossip.",
            "the rebels",
            "dismissed",
            "The army has retaken the port from the rebels",
        ),
        (
            "The army has retaken the port from the rebels, two officers said on Tuesday, a claim the rebels dismissed as gossip.",
            "two officers",
            "said",
            "The army has retaken the port from the rebels",
        ),
        (
            "The premier, whose party has ruled since May, told the radio that the vote was rigged -- an allegation the opposition denies.",
            "the opposition",
            "denies",
            "that the vote was rigged",
        ),
        (
            "Shells killed 34 people in the port on Tuesday, including 14 who were waiting for bread, medics said, as envoys met.",
            "medics",
            "said",
            "Shells killed 34 people in the port on Tuesday, including 14 who were waiting for bread",
        ),
        (
            "At least 31 miners died in a fire on Sunday, Chad's mining authority SNAI said, revising an earlier toll of 13.",
            "Chad's mining authority",
            "said",
            "At least 31 miners died in a fire on Sunday",
        ),
        (
            "Police have arrested the premier, his party said, a move that envoys fear will lead to war.",
            "his party",
            "said",
            "Police have arrested the premier",
        ),
        (
            "Kane is under arrest, opposition leaders said, though his office insisted that he was free.",
            "opposition leaders",
            "said",
            "Kane is under arrest",
        ),
        ("The army shelled two villages, which Chad denies.", "Chad", "denies", "The army shelled two villages"),
        (
            "The rebels said they had captured the airport, but the army denied it.",
            "the army",
            "denied",
            "they had captured the airport",
        ),
        (
            "The rebels said they had captured the airport, but the army denied it.",
            "The rebels",
            "said",
            "they had captured the airport",
        ),
        (
            "The council urged all parties to show restraint and called on Israel to stop the raids.",
            "The council",
            "called on",
            "Israel to stop the raids",
        ),
        (
            "Two men opened fire at a bus stop, killing six people before a guard and a civilian shot them dead, police and medics said.",
            "police and medics",
            "said",
            "Two men opened fire at a bus stop, killing six people before a guard and a civilian shot them dead",
        ),
    ],
)
def test_what_others_say_of_it(text: str, speaker: str, cue: str, content: str) -> None:
    assert (speaker, cue, content) in statements(text)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (
            "The truce is over, a source close to the group said on Saturday, requesting anonymity to speak freely.",
            "requesting",
        ),
        ("The two sides failed to agree on an extension of the truce.", "agree on"),
        ("The plan, which Chad rejects, would split the land.", "rejects"),
        ("The army moved north, which the villagers feared.", "feared"),
    ],
)
def test_what_nobody_says(text: str, cue: str) -> None:
    assert cue not in [found for _, found, _ in statements(text)]


@pytest.mark.parametrize(
    ("text", "word", "sources"),
    [
        ("Rebels said they had captured the port in Bor, but the army denied it.", "captured", ["Rebels"]),
        ("Troops shelled the town of Bor on Monday, a charge Chad denied.", "shelled", []),
        ("Troops had shelled the town, Chad said.", "shelled", ["Chad"]),
    ],
)
def test_what_somebody_denies_is_no_word_of_theirs(text: str, word: str, sources: list[str]) -> None:
    report = read(text, published="2025-03-12", keep_text=True)
    event = next(e for e in report.events if report.slice(e.span) == word)
    assert [report.actors[a.source].name.capitalize() for a in event.attribution if a.source is not None] == sources


def test_a_toll_that_is_denied_is_not_counted_by_who_denies_it() -> None:
    report = read("Raids killed 38 people in Bor, a claim the army denied.", published="2025-03-12")
    assert [figure.source for figure in report.figures] == [None]
