"""Who is whom: descriptions beside a name, bodies by their initials and parts; and whose a body or an office is."""

from __future__ import annotations

import datetime as dt

import pytest

import readout
from readout.language.pipeline import Context, load_parser
from readout.readers.actors import read_actors
from readout.readers.findings import Findings
from readout.readers.places import read_places
from readout.types import Actor


def actors_of(text: str, day: dt.date = dt.date(2024, 9, 16)) -> dict[str, Actor]:
    """The actors of a text by each of their mentions."""
    document = load_parser().parse(text, Context(published=day))
    found = read_actors(document, read_places(document, Findings()))
    return {document.slice(span): actor for actor in found.actors for span in actor.mentions}


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ('The envoy Halvor "Bud" Orskberg left.', 'The envoy Halvor "Bud" Orskberg', "Halvor Orskberg"),
        ("India's Congress (I) party denied it.", "Congress (I) party", "Congress Party"),
        ("The Janata Dal (United) denied it.", "The Janata Dal (United)", "Janata Dal"),
        ("The HAMAS office was shut.", "HAMAS", "Hamas"),
        ("The ministry of culture and information denied it.", "The ministry of culture and information",
         "Ministry of Culture and Information"),
        ("The ministry of defence and police denied it.", "The ministry of defence", "Ministry of Defence"),
        ("Ola Berg is the No. 2 official of the union.", "the No. 2 official", "Ola Berg"),
        ("The provincial People's Committees denied it.", "People's Committees", "People's Committees"),
        ("Mohammed bin Abdulaziz al-Kharsi, an envoy, left.", "Mohammed bin Abdulaziz al-Kharsi", "Mohammed bin Abdulaziz al-Kharsi"),
        ("The chairman of the Kwanti chapter Parjiono said so.", "The chairman of the Kwanti chapter Parjiono", "Parjiono"),
    ],
)  # fmt: skip
def test_a_name_is_read_whole(text: str, mention: str, name: str) -> None:
    assert actors_of(text)[mention].name == name


@pytest.mark.parametrize(
    ("text", "mention", "role"),
    [
        ("EU foreign policy chief Eva Orskberg left.", "EU foreign policy chief Eva Orskberg", "foreign policy chief"),
        ("U.N. human rights chief Eva Orskberg left.", "U.N. human rights chief Eva Orskberg", "human rights chief"),
        ("Army chief Ola Orskberg left.", "Army chief Ola Orskberg", "Army chief"),
        ("The new chief Ola Orskberg left.", "The new chief Ola Orskberg", "chief"),
        ("The rebel chief Ola Orskberg left.", "The rebel chief Ola Orskberg", "chief"),
        ("Far-right National Security Minister Ola Orskberg left.", "Far-right National Security Minister Ola Orskberg",
         "National Security Minister"),
        ("First Sergeant-Major Ola Orskberg left.", "First Sergeant-Major Ola Orskberg", "First Sergeant-Major"),
        ("Former congressman Ola Orskberg was sworn in as Peru's ambassador.", "Former congressman Ola Orskberg", "ambassador"),
    ],
)  # fmt: skip
def test_an_office_is_read_whole(text: str, mention: str, role: str) -> None:
    assert actors_of(text)[mention].role == role


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Peru suspended its pact with Georgia, a former Soviet republic of few people.", "Georgia", "a former Soviet republic"),
        ("The Harbour Front (HF), a fierce opponent of the pact, left.", "HF", "a fierce opponent"),
        ("Party chairman Ola Berg, who is also information minister, left.", "Party chairman Ola Berg", "information minister"),
        ("The union's executive committee (UEC) met. The UEC agreed.", "The union's executive committee", "The UEC"),
        ("The Harbour Party (XHP) met. XHP supporters left. The XHP denied it.", "The Harbour Party", "The XHP"),
        ("It was lost, the New York Times reported. The Times did not say when.", "the New York Times", "The Times"),
        ("The Jakarta Post denied it. Ola Berg told the paper that he was well.", "The Jakarta Post", "the paper"),
        ("A senior Peruvian official left. The Peruvian official denied it.", "A senior Peruvian official", "The Peruvian official"),
        ("Rwandan police came. Rwanda said the police had left.", "Rwandan police", "the police"),
        ("China has told its neighbor of the spill. Russia thanked China.", "Russia", "its neighbor"),
        ("China thanked the Russian side for it. Russia agreed.", "Russia", "the Russian side"),
        ("The Harbour Front's spokesman Ola Berg came. The Harbour Front official left.", "The Harbour Front's spokesman Ola Berg",
         "The Harbour Front official"),
        ("A 59-year-old executive arrived in Osaka on Friday.\nOla Berg, the president of a bank, came with his wife.",
         "Ola Berg", "A 59-year-old executive"),
    ],
)  # fmt: skip
def test_two_mentions_are_one_actor(text: str, one: str, other: str) -> None:
    actors = actors_of(text)
    assert actors[one] is actors[other]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The Peruvian side of the border is quiet, Peru said.", "Peru", "The Peruvian side"),
        ("The Harbour Front, the country and a union denied it.", "The Harbour Front", "the country"),
        ("Jon Berg came. A 59-year-old executive met Ola Berg, the president of a bank.", "Ola Berg", "A 59-year-old executive"),
        ("The Morning Post and the Evening Post denied it. The Post left.", "The Morning Post", "The Post"),
    ],
)  # fmt: skip
def test_two_mentions_are_not_one_actor(text: str, one: str, other: str) -> None:
    actors = actors_of(text)
    assert actors.get(other) is not actors[one]


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Peru agreed, but its coast guard fired, Chad said. Chad, Chad and Chad.", "its coast guard", "PER"),
        ("Manila refused. The Philippines said so. The foreign ministry in Beijing demanded it.", "The foreign ministry", "CHN"),
        ("Legislators from 27 countries met. China denied it. China said so.", "Legislators", None),
        ("Peruvian President Ola Berg left, but his spokesman Jon Orskberg stayed.", "his spokesman Jon Orskberg", "PER"),
        ("Osaka-based Nordvik Corp. denied it.", "Nordvik Corp.", "JPN"),
        ("The State Bank denied it. Vietnam said so. Vietnam agreed.", "The State Bank", "VNM"),
        ("Republican Senator Ola Berg, a staunch opponent of Washington's decision to leave, came.", "a staunch opponent", "USA"),
    ],
)  # fmt: skip
def test_whose_somebody_is(text: str, mention: str, country: str | None) -> None:
    assert actors_of(text)[mention].country == country


@pytest.mark.parametrize(
    ("text", "nobody", "somebody"),
    [
        ("The party was reduced to a minority. The Tutsi minority fled.", "a minority", "The Tutsi minority"),
        ("He came over to its side.", "its side", None),
        ("The ball is in their court. The court agreed.", "their court", "The court"),
        ("The campaign started. The Lund campaign denied it.", "The campaign", "The Lund campaign"),
        ("Norway will open an embassy in Accra. The embassy denied it.", "an embassy", "The embassy"),
        ("They restored state authority. State authorities denied it.", "state authority", "State authorities"),
        ("The path to the presidency is long. The presidency denied it.", "the presidency", "The presidency"),
        ("They want to be good neighbors and friends. The neighbors left.", "good neighbors", "The neighbors"),
        ("The boats lay between Bandung and Chad. The Bandung police left.", "Bandung", "The Bandung police"),
        ("He wrote it in a post on X. The firm denied it.", "X", "The firm"),
        ("The mayor, Levan Berg, accused riot police of it.", "accused riot police", "riot police"),
    ],
)  # fmt: skip
def test_what_stands_for_nobody(text: str, nobody: str, somebody: str | None) -> None:
    actors = actors_of(text)
    assert nobody not in actors
    assert somebody is None or somebody in actors


def test_they_are_no_paper_and_not_whom_the_speaker_speaks_for() -> None:
    actors = actors_of("The Orsk Times told of the machines. The editor said they were back.")
    assert "they" not in actors or actors["they"].kind != "media"
    text = 'The State Department accused Iraq. "They are trying to hide," said State Department spokesman Ola Berg.'
    assert "They" not in actors_of(text)


def test_who_visits_a_capital_visits_its_state() -> None:
    report = readout.read("The Peruvian minister arrived in Hanoi on Monday.", published="2024-09-16")
    (visit,) = (event for event in report.events if event.mode == "visit")
    assert [report.actors[n].country for n in visit.recipients] == ["VNM"]
    assert [report.actors[n].kind for n in visit.recipients] == ["country"]


def test_a_desk_s_note_is_no_part_of_the_sentence() -> None:
    report = readout.read("The chairman Orsk (Eds: one name) said that he would go.", published="2024-09-16")
    assert report.text == "The chairman Orsk said that he would go."
    assert [piece.kind for piece in report.removed] == ["editor_note"]


def test_a_first_name_that_is_a_word_for_a_thing_is_somebody_s() -> None:
    actors = actors_of("Vice Premier Sun Weigo left. Sun met the king under the sun.")
    assert actors["Sun"] is actors["Vice Premier Sun Weigo"]
    assert "the sun" not in actors


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The US ambassador here, Ola Orskberg, left.", "The US ambassador", "Ola Orskberg"),
        ("Ola Orskberg fled. The 50-year-old pastor had been shot at.", "Ola Orskberg", "The 50-year-old pastor"),
        ("Jon Lund met Ola Orskberg, Eva Lund said. Ola Orskberg wept. The veteran diplomat had come.", "Ola Orskberg",
         "The veteran diplomat"),
    ],
)  # fmt: skip
def test_a_description_is_of_whom_was_just_told(text: str, one: str, other: str) -> None:
    actors = actors_of(text)
    assert actors[one] is actors[other]


def test_a_paper_of_another_state_is_another_paper() -> None:
    actor = actors_of("The Zambia Daily Mail reported it.")["The Zambia Daily Mail"]
    assert (actor.id, actor.kind, actor.country) == (None, "media", "ZMB")


def test_a_brother_by_his_given_name_is_no_president() -> None:
    assert actors_of("The commander's brother, Hassan, told it.")["Hassan"].id is None


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("The foreign ministers of Peru and Chad met.", "The foreign ministers", None),
        ("The foreign ministers of Peru met.", "The foreign ministers", "PER"),
        ("Brazil and Chad are Peru's biggest critics.", "Peru's biggest critics", None),
        ("Peru's most popular singer, Eva Orskberg, left.", "Eva Orskberg", "PER"),
    ],
)
def test_whose_several_are(text: str, mention: str, country: str | None) -> None:
    assert actors_of(text)[mention].country == country


def test_the_company_makes_a_firm_of_the_one_unknown_body() -> None:
    actors = actors_of("Canada's Orsk Gold closed the mine. The company denied it.")
    assert actors["The company"] is actors["Orsk Gold"]
    assert actors["Orsk Gold"].kind == "company"
    actors = actors_of("Canada's Orsk Gold closed the mine. The new company denied it.")
    assert actors["The new company"] is not actors["Orsk Gold"]


def test_a_name_goes_on_behind_now_known_as() -> None:
    actors = actors_of("The Lakes Commission, now known as Lakewatch, left. Men linked to al Qaeda came.")
    assert actors["The Lakes Commission"] is actors["Lakewatch"]
    assert actors["al Qaeda"].name == "Al-Qaida"


def test_a_firm_s_name_inside_a_person_s_is_no_firm() -> None:
    actors = actors_of("Sony Dwi Orskberg left. Sony denied it. McDonnell Douglas Corp. agreed.")
    assert actors["Sony"].country == "JPN"
    assert actors["Sony Dwi Orskberg"].id is None
    assert actors["McDonnell Douglas Corp."].id == "mcdonnell-douglas"
