"""Events: who stands where, what talk makes of an act, and when two tellings are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout import reading
from readout.language.document import Document
from readout.language.pipeline import Context, load_parser
from readout.readers import READERS, Findings
from readout.readers.events.frames import find_trigger, may_trigger
from readout.readers.events.matching import brought
from readout.readers.events.naming import CLOSED, last_word, last_words, names_of
from readout.readers.events.patterns import parse_pattern
from readout.types import Event

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


def read(text: str) -> tuple[Document, Findings]:
    document, found = load_parser().parse(text, Context()), Findings()
    for _, reader in READERS:
        found = reader(document, found)
    return document, found


def told(text: str) -> list[str]:
    """Each event as "TYPE act-type status word: actors -> recipients", names sorted."""
    document, found = read(text)

    def names(indexes: tuple[int, ...]) -> str:
        return " + ".join(sorted(found.actors[n].name for n in indexes))

    return [
        f"{e.type} {e.act.type} {e.status} {document.slice(e.span)}: {names(e.actors)} -> {names(e.recipients)}"
        for e in found.events
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Fighting broke out on Monday.", "ASSAULT ASSAULT occurred broke:  -> "),
        ("Unrest spread to the north.", "PROTEST PROTEST occurred spread:  -> "),
        ("Kenya barred Chad from voting.", "COERCE COERCE occurred barred: Kenya -> Chad"),
        ("A bombing that killed four soldiers shook Accra.", "ASSAULT ASSAULT occurred killed:  -> four soldiers"),
        ("The union vowed not to yield.", "REJECT REJECT refused yield: union -> "),
        ("Peace talks between Chad and Kenya stalled.", "CONSULT CONSULT occurred talks: Chad + Kenya -> "),
        ("A preliminary Kenyan investigation began.", "ACCUSE ACCUSE ongoing investigation: Kenya -> "),
    ],
)
def test_event_that_is_told_otherwise(text: str, event: str) -> None:
    """A noun that opens a sentence like a name, a gerund behind its preposition, a relative "that", a "not" that is the refusal."""
    assert event in told(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # two-sided acts: the subject does it, the party behind "with" has it done with it
        ("Kenya met Uganda on Monday.", "CONSULT CONSULT occurred met: Kenya -> Uganda"),
        ("Kenya held talks with Uganda.", "CONSULT CONSULT occurred held: Kenya -> Uganda"),
        ("Kenya and Uganda met on Monday.", "CONSULT CONSULT occurred met: Kenya + Uganda -> "),
        ("Talks between Kenya and Uganda began.", "CONSULT CONSULT ongoing Talks: Kenya + Uganda -> "),
        # a class right after the verb's own particle is the verb's object
        ("Kenya called off the strike.", "CONCEDE CONCEDE occurred called: Kenya -> "),
        # who stands behind what it is aimed at, and who lives where it is done
        ("Kenya called for sanctions against Chad.", "ACCUSE ACCUSE occurred called: Kenya -> Chad"),
        ("Kenya provided food to families in Chad.", "AID AID occurred provided: Kenya -> families"),
        ("Kenya suspended aid deliveries to Chad.", "SANCTION SANCTION occurred suspended: Kenya -> Chad"),
        # a plain present that the tagger takes for a base form
        ("Germany and Hungary oppose it.", "REJECT REJECT refused oppose: Germany + Hungary -> "),
        # a word of talk speaks of an act, which its own nouns tell, else its frame; some speak of none
        ("Kenya sought talks with Uganda.", "REQUEST CONSULT requested sought: Kenya -> Uganda"),
        ("Kenya demanded the withdrawal of the troops.", "REQUEST RETREAT requested demanded: Kenya -> troops"),
        ("Kenya asked Uganda for a loan.", "REQUEST AID requested asked: Kenya -> Uganda"),
        ("Uganda pledged 800 soldiers for Chad.", "AGREE AID planned pledged: Uganda -> Chad"),
        ("Kenya called for new efforts.", "REQUEST REQUEST requested called: Kenya -> "),
        # bare "talks" are talks; a "talk" is none
        ("The talks took place between Kenya and Uganda.", "CONSULT CONSULT occurred talks:  -> "),
        # orders and answers
        ("The court ordered the arrest of the mayor.", "COERCE COERCE occurred arrest: court -> mayor"),
        ("Turkey rejected the proposal of France.", "REJECT AGREE refused proposal: Turkey -> France"),
        ("The pledge on grain by Uganda is old.", "AGREE AGREE planned pledge: Uganda -> "),
        (
            "Feelings rose after the rape of a girl by three soldiers.",
            "ASSAULT ASSAULT occurred rape: three soldiers -> girl",
        ),
        ("Kenya discussed prospects for future ties with Uganda.", "CONSULT CONSULT occurred discussed: Kenya -> "),
        ("Kenya rejected a motion by Uganda to end the ban.", "REJECT CONCEDE refused end: Kenya -> Uganda"),
        ("Russia vetoed the council's inquiry.", "REJECT REJECT refused vetoed: Russia -> council"),
        (
            "The government ordered the newspaper to suspend publication.",
            "COERCE COERCE occurred suspend: government -> newspaper",
        ),
        # what several do together each does with the others
        ("Kenya and Uganda signed a pact.", "SUPPORT SUPPORT occurred signed: Kenya + Uganda -> Kenya + Uganda"),
        (
            "Kenya and Uganda staged an exercise.",
            "COOPERATE COOPERATE occurred staged: Kenya + Uganda -> Kenya + Uganda",
        ),
        ("Kenya staged an exercise.", "MOBILIZE MOBILIZE occurred staged: Kenya -> "),
        # who shares a noun
        (
            "Kenyan and Ugandan troops attacked Chad.",
            "ASSAULT ASSAULT occurred attacked: Kenya + Ugandan troops -> Chad",
        ),
        # deeper in what is given, agreed to, awaited
        ("Kenya provided a million dollars in relief to Chad.", "AID AID occurred provided: Kenya -> Chad"),
        ("Kenya agreed to provide Chad with boats.", "AGREE AID planned provide: Kenya -> Chad"),
        ("Kenya agreed to set up a hospital in Chad.", "AGREE AGREE occurred agreed: Kenya -> Chad"),
        (
            "Kenya will not lift the embargo until Uganda has withdrawn.",
            "REJECT CONCEDE refused lift: Kenya -> Uganda",
        ),
        # what is struck, who is arrested, who is sent
        (
            "The rebels attacked a government compound.",
            "ASSAULT ASSAULT occurred attacked: rebels -> a government compound",
        ),
        ("Police arrested a sharpshooter.", "COERCE COERCE occurred arrested: Police -> a sharpshooter"),
        ("Kenya withdrew peacekeepers from Chad.", "SANCTION SANCTION occurred withdrew: Kenya -> Chad"),
        ("Troops were deployed to the border with Chad.", "MOBILIZE MOBILIZE occurred deployed: Troops -> Chad"),
        # demands, calls and announcements
        (
            "The minister of Kenya said Uganda must guard its coast.",
            "REQUEST REQUEST requested guard: minister -> Uganda",
        ),
        (
            "The president of Kenya called King Salman to discuss it.",
            "CONSULT CONSULT occurred called: president -> King Salman",
        ),
        ("The army of Kenya said it would withdraw from Chad.", "AGREE RETREAT planned withdraw: army -> Chad"),
        # a time between an event noun and whom it befell
        (
            "Police confirmed the arrest on Monday of two journalists.",
            "COERCE COERCE occurred arrest:  -> two journalists",
        ),
    ],
)
def test_who_and_to_whom(text: str, event: str) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Japan will lift sanctions on Mali.", "AGREE CONCEDE planned lift: Japan -> Mali"),
        ("Japan has decided to lift sanctions on Mali.", "CONCEDE CONCEDE planned lift: Japan -> Mali"),
        ("Japan refused to lift sanctions on Mali.", "REJECT CONCEDE refused lift: Japan -> Mali"),
        ("Japan refused to send troops to Mali.", "REJECT MOBILIZE refused send: Japan -> Mali"),
        ("Japan will not send troops to Mali.", "AGREE MOBILIZE refused send: Japan -> Mali"),
        ("Japan could not send aid to Mali.", "AID AID not_occurring send: Japan -> Mali"),
        ("Japan did not send aid to Mali.", "SANCTION AID not_occurring send: Japan -> Mali"),
        ("Japan offered to send troops to Mali.", "AGREE MOBILIZE proposed send: Japan -> Mali"),
        ("Japan will send troops to Mali.", "THREATEN MOBILIZE planned send: Japan -> Mali"),
        ("Japan has vowed to attack Mali.", "THREATEN ASSAULT threatened attack: Japan -> Mali"),
        ("Japan will attack Mali.", "THREATEN ASSAULT planned attack: Japan -> Mali"),
        ("Japan threatened to end aid to Mali.", "THREATEN SANCTION threatened end: Japan -> Mali"),
    ],
)
def test_what_talk_makes_of_an_act(text: str, event: str) -> None:
    assert told(text) == [event]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # what is not to be
        (
            "The premier of Norway said there would be no talks with the rebels.",
            "REJECT CONSULT refused talks: premier -> rebels",
        ),
        ("An analyst said there would be no talks with the rebels.", "CONSULT CONSULT not_occurring talks:  -> rebels"),
        (
            "There is no question of talks with the rebels, the minister said.",
            "REJECT CONSULT refused talks: minister -> rebels",
        ),
        ("The rebels said they would not back down.", "REJECT CONCEDE refused back: rebels -> "),
        ("Norway ruled out talks with Chad.", "REJECT CONSULT refused ruled: Norway -> Chad"),
        # until when, or else
        ("Norway gave the rebels until Sunday to free the king.", "REQUEST RETREAT requested free: Norway -> rebels"),
        (
            "Norway gave the rebels until Sunday to sign the truce or face sanctions.",
            "THREATEN SANCTION threatened sanctions: Norway -> rebels",
        ),
        # who is asked does not ask
        ("The army was asked to leave the town.", "REQUEST RETREAT requested leave:  -> army"),
        ("The party has called for talks with Norway.", "REQUEST CONSULT requested called: party -> Norway"),
        (
            "The king issued a directive urging the army to leave the town.",
            "REQUEST RETREAT requested leave: king -> army",
        ),
        # what is counted in days and waves
        ("Norway and Chad held a second day of talks.", "CONSULT CONSULT occurred held: Chad + Norway -> "),
        ("The army launched a wave of raids on Chad.", "ASSAULT ASSAULT occurred raids: army -> Chad"),
        # by whom it was
        ("The attack was by rebels, the king said.", "ASSAULT ASSAULT occurred attack: rebels -> "),
        # who warns of what its own side would do
        ("Norway warned that it would attack Chad.", "THREATEN ASSAULT threatened attack: Norway -> Chad"),
        ("Norway warned that Kenya would attack Chad.", "ASSAULT ASSAULT uncertain attack: Kenya -> Chad"),
        # of whom it is demanded
        ("Norway demanded that Chad mend its ways.", "REQUEST REQUEST requested demanded: Norway -> Chad"),
        ("Norway offered help to Chad.", "AGREE AID proposed offered: Norway -> Chad"),
        # what lies ahead
        ("The bloc is drawing up sanctions on Chad.", "THREATEN SANCTION threatened drawing: bloc -> Chad"),
        ("The bloc is considering sanctions on Chad.", "THREATEN SANCTION threatened considering: bloc -> Chad"),
    ],
)
def test_what_is_turned_down_or_laid_down(text: str, event: str) -> None:
    assert event in told(text)


def test_what_is_only_called_so_is_not_held() -> None:
    assert not [event for event in told("The envoy spoke of what he called fair talks.") if " called" in event]


@pytest.mark.parametrize(
    ("text", "word", "date", "places"),
    [
        ("Rebels shelled Goma on May 3, 2024, killing six people.", "killing", "2024-05-03", ["Goma"]),
        (
            "Rebels shelled Goma on May 3, 2024, killing two and wounding six people.",
            "wounding",
            "2024-05-03",
            ["Goma"],
        ),
        ("The king visited Goma on May 3, 2024, accusing Uganda of treason.", "accusing", "2024-05-03", []),
        ("Rebels who shelled Goma on May 3, 2024 were killing people.", "killing", None, []),
        ("Rebels shelled Goma before dawn on May 3, 2024.", "shelled", "2024-05-03", ["Goma"]),
    ],
)
def test_what_a_participle_tells_has_the_day_and_the_place_of_its_verb(
    text: str, word: str, date: str | None, places: list[str]
) -> None:
    document, found = read(text)
    (event,) = [e for e in found.events if document.slice(e.span) == word]
    assert (event.date.start if event.date else None) == date
    assert [found.places[n].name for n in event.places] == places


def test_a_time_before_a_noun_is_that_of_the_noun() -> None:
    (left,) = read("The army has begun to withdraw from Goma under a November 2024 ceasefire.")[1].events
    assert left.time is None


def test_a_count_of_another_clause_does_not_size_an_event() -> None:
    document, found = read("Six people were killed on Monday, while 450,000 were left without shelter after the flood.")
    (killed,) = [e for e in found.events if document.slice(e.span) == "killed"]
    assert [found.figures[n].value for n in killed.figures] == [6]


def test_what_is_the_first_since_a_month_is_not_dated_by_it() -> None:
    (raid,) = read("Rebels carried out the first raid on the capital since June.")[1].events
    assert raid.time is None
    (raid,) = read("Rebels carried out a raid on the capital in June.")[1].events
    assert raid.time is not None


def test_whose_president_he_is_is_no_place_of_it() -> None:
    document, found = read("The pact was signed in Oslo in the presence of US President Donald Trump.")
    (signed,) = [event for event in found.events if document.slice(event.span) == "signed"]
    assert [found.places[n].name for n in signed.places] == ["Oslo"]


def test_a_strike_called_off_after_a_deal_does_not_undo_the_deal() -> None:
    events = told("The workers called off the strike after the agreement with Kenya.")
    assert [e for e in events if "agreement" in e] == ["AGREE AGREE occurred agreement:  -> Kenya"]
    assert any(e.startswith("CONCEDE CONCEDE occurred called") for e in events)


@pytest.mark.parametrize(
    "text",
    [
        "Experts agreed that the valve was open.",
        "The reporter asked the king about the war.",
        "We all agree that the harvest will be a blow.",
        "The farmer pleaded guilty.",
        "The town saw a well-executed robbery by strangers.",
        "The talks, 80% done, have stalled.",
        "Talks broke down twice in October.",
    ],
)
def test_no_event(text: str) -> None:
    assert told(text) == []


def test_a_killing_is_not_how_its_victims_were_taken() -> None:
    events = told("The ministers met again after the killing last week of two hostages held by Chad.")
    assert "ASSAULT ASSAULT occurred killing:  -> two hostages" in events
    assert "ASSAULT ASSAULT occurred held: Chad -> two hostages" in events


def test_where_it_was_filed_does_nothing() -> None:
    assert told("PARIS (Reuters) - The rebels attacked Chad on Monday.") == [
        "ASSAULT ASSAULT occurred attacked: rebels -> Chad"
    ]


def test_a_day_is_no_particle() -> None:
    types = {event.type for event in _events("The king called the premier on Friday to thank him.")}
    assert types == {"SUPPORT"}  # the call is the means of the thanks


def test_who_is_called_names_is_not_called_up() -> None:
    assert {event.type for event in _events("The opposition called President Salman a liar.")} == {"ACCUSE"}


def test_what_a_call_is_made_for_is_told_by_both_words() -> None:
    (event,) = _events("Kenya phoned Uganda to congratulate the king.")
    assert (event.type, event.actors, len(event.spans)) == ("SUPPORT", event.actors, 1)
    assert told("Kenya phoned Uganda to discuss the border.")[0] == "CONSULT CONSULT occurred phoned: Kenya -> Uganda"


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # what a protest demands is its topic, and of whom is whom it is against
        (
            "Students staged a protest demanding that Chad release a teacher.",
            ["PROTEST PROTEST occurred staged: Students -> Chad"],
        ),
        ("Students demanded that Chad release a teacher.", ["REQUEST RETREAT requested release: Students -> Chad"]),
        # who wants another to do it asks for it; who wants to do it does not
        ("The rebels want Chad to free a teacher.", ["REQUEST RETREAT requested free: rebels -> Chad"]),
        # who will not travel to a meeting refuses to meet
        (
            "Kenya said it will not go to Accra to meet the rebels.",
            ["REJECT CONSULT refused meet: Kenya -> rebels"],
        ),
        # who is asked is who is to do it, and not to whom
        ("Kenya called for sanctions against Chad.", ["ACCUSE ACCUSE occurred called: Kenya -> Chad"]),
        ("The rebels demanded that Chad be attacked.", ["REQUEST ASSAULT requested attacked: rebels -> "]),
        (
            "Peru called for Chad to withdraw its troops.",
            ["REQUEST RETREAT requested withdraw: Peru -> Chad"],
        ),
        (
            "Raids carried out by rebels in Chad left two people dead.",
            ["ASSAULT ASSAULT occurred Raids: rebels -> Chad", "ASSAULT ASSAULT occurred left:  -> two people"],
        ),
        # captives are held already when they are to be freed
        (
            "Chad said it will release two teachers held captive by the army.",
            [
                "AGREE RETREAT planned release: Chad -> two teachers",
                "ASSAULT ASSAULT occurred held: army -> two teachers",
            ],
        ),
        (
            "Kenya said that lifting the sanctions on Chad is out of the question.",
            ["REJECT CONCEDE refused lifting: Kenya -> Chad"],
        ),
        # ministers speak for "the government"
        (
            "Prime Minister Ola Berg announced that the government will extend the curfew in Accra.",
            ["THREATEN COERCE planned extend: government -> Accra"],
        ),
    ],
)
def test_chains_of_talk(text: str, events: list[str]) -> None:
    assert told(text) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # the infinitive only says which call or threat it is
        ("Joe Biden defied calls to step down.", ["REJECT REJECT refused defied: Joe Biden -> "]),
        ("Kenya backed off its threat to impose tariffs on Chad.", ["CONCEDE CONCEDE occurred backed: Kenya -> "]),
        # in vain is not given up
        ("The rebels failed to take the town.", ["ASSAULT ASSAULT not_occurring take: rebels -> the town"]),
        # what is not ruled out is held open
        ("Kenya has not ruled out a strike on Chad.", ["THREATEN ASSAULT threatened strike: Kenya -> Chad"]),
    ],
)
def test_what_is_dropped_tried_or_held_open(text: str, events: list[str]) -> None:
    assert told(text) == events


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kenya met Uganda on Monday. Uganda met Kenya in Nairobi.", 1),  # whoever is named first, it is one meeting
        ("Kenya met Uganda on Monday. Kenya met Chad in Nairobi.", 2),
        ("Kenya visited Uganda. Uganda visited Kenya.", 2),  # a visit has a direction
    ],
)
def test_one_meeting_told_twice_is_one_event(text: str, count: int) -> None:
    assert len([event for event in _events(text) if event.act.type == "CONSULT"]) == count


def _events(text: str) -> tuple[Event, ...]:
    return read(text)[1].events


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_nothing_is_called_what_its_sentence_has_no_last_word_for(example: Path) -> None:
    document = load_parser().parse(example.read_text(encoding="utf-8"), Context())
    for token in document.tokens:
        assert {last_word(name) for name in names_of(document, token.i)} <= last_words(document, token.sentence)


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_pattern_that_holds_has_its_particles_in_a_sentence_with_a_mark_at_its_end(example: Path) -> None:
    document = load_parser().parse(example.read_text(encoding="utf-8"), Context())
    triggers = [t for t in (find_trigger(document, i) for i in may_trigger(document)) if t is not None]
    said = [last_words(document, document.tokens[t.token].sentence) for t in triggers]
    assert all(t.pattern.needed <= words for t, words in zip(triggers, said, strict=True) if CLOSED in words)
    for words, i in ((last_words(document, t.sentence), t.i) for t in document.tokens):
        assert CLOSED not in words or brought(document, i) <= words


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("call off", {"off"}),
        ("call * to {discuss}", {"to"}),
        ("reach out to {leader}", {"out", "to"}),
        ("fire on -{crowd}", set()),  # behind it something must not stand: it need not stand itself
        ("call -to", set()),
        ("kill", set()),
    ],
)
def test_what_particles_a_pattern_needs(pattern: str, needed: set[str]) -> None:
    assert parse_pattern(pattern).needed == needed


@pytest.mark.parametrize(
    ("text", "not_named"),
    [
        ("A bomb exploded in a market in Chad on Monday.", "economic"),
        ("Police arrested two men who had sold stolen cars in Chad.", "health"),
        ("Condoleezza Rice visited Chad on Monday.", "human_security"),
        ("Talks between Chad and Sudan collapsed on Monday.", "disasters"),
        ("Chad signed a settlement with the bank on Monday.", "territory"),
        ("Soldiers killed ten men in Chad, according to a survivor.", "diplomatic"),
    ],
)
def test_a_word_with_two_senses_names_no_context(text: str, not_named: str) -> None:
    report = reading.read(text, published="2025-03-12", keep_text=True)
    assert report.events
    assert all(not_named not in event.contexts for event in report.events)
