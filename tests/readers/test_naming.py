"""What actors are called and what they are: offices and who holds them, papers, parties, peoples, and whose each is."""

from __future__ import annotations

import pytest

import readout
from readout import knowledge
from readout.types import Report


def read(text: str) -> Report:
    return readout.read(text, published="1997-04-20")


def told(text: str, *fields: str) -> dict[str, tuple[object, ...]]:
    """Of each actor, by its mentions: the fields asked for."""
    report = read(text)
    return {
        text[start:end]: tuple(getattr(actor, field) for field in fields)
        for actor in report.actors
        for start, end in actor.mentions
    }


@pytest.mark.parametrize(("text", "words"), knowledge.load("actors/reading/nouns.yaml")["nobody"])
def test_examples_of_nobody(text: str, words: str) -> None:
    assert words not in told(text)


@pytest.mark.parametrize(
    ("text", "mention", "name", "role", "country"),
    [
        (
            "US Ambassador to China Clark Brandt met traders on Monday.",
            "US Ambassador to China Clark Brandt",
            "Clark Brandt",
            "Ambassador",
            "USA",
        ),
        (
            "The envoy of Halvia to Peru, Ilan Kolev, left.",
            "Ilan Kolev",
            "Ilan Kolev",
            "envoy",
            None,
        ),
        (
            "UN Special Rapporteur on Torture Nigel Rodman left.",
            "UN Special Rapporteur on Torture Nigel Rodman",
            "Nigel Rodman",
            "Special Rapporteur",
            None,
        ),
        (
            "Chief of the General Staff Doru Melan resigned.",
            "Chief of the General Staff Doru Melan",
            "Doru Melan",
            "Chief of the General Staff",
            None,
        ),
        (
            "British Armed Forces Minister John Reddick left.",
            "British Armed Forces Minister John Reddick",
            "John Reddick",
            "Armed Forces Minister",
            "GBR",
        ),
        (
            "The former Harbour Party prime minister Doru Melan left.",
            "The former Harbour Party prime minister Doru Melan",
            "Doru Melan",
            "former prime minister",
            None,
        ),
        (
            "Minister of Defence and Security Doru Melan left.",
            "Minister of Defence and Security Doru Melan",
            "Doru Melan",
            "Minister of Defence and Security",
            None,
        ),
        (
            "The Minister of Foreign Affairs, Doru Melan, left.",
            "Doru Melan",
            "Doru Melan",
            "Minister of Foreign Affairs",
            None,
        ),
        (
            "Doru Melan, coordinator in Zaire for the Lakes Commission, left.",
            "Doru Melan",
            "Doru Melan",
            "coordinator",
            None,
        ),
        (
            "They met Doru Melan, a Harbour Party legislator and Berg supporter.",
            "Doru Melan",
            "Doru Melan",
            "legislator",
            None,
        ),
        (
            "It went to the prefectural governor, Masahide Ota, in Tokyo.",
            "Masahide Ota",
            "Masahide Ota",
            "governor",
            "JPN",
        ),
        ("Bishop Fan Zhongli left.", "Bishop Fan Zhongli", "Fan Zhongli", "Bishop", None),
        ("He met his Halvian counterpart, Doru Melan, on Monday.", "Doru Melan", "Doru Melan", None, None),
        (
            "Deputy Prime Minister and Foreign Minister Doru Melan left.",
            "Deputy Prime Minister",
            "Doru Melan",
            "Foreign Minister",
            None,
        ),
        (
            "According to secretary of the Lakes Relief, Doru Melan, aid is slow.",
            "Doru Melan",
            "Doru Melan",
            "secretary",
            None,
        ),
        ("A senior aide of Doru Melan left.", "A senior aide", "senior aide", "aide", None),
    ],
)
def test_who_holds_an_office(text: str, mention: str, name: str, role: str | None, country: str | None) -> None:
    assert told(text, "name", "role", "country")[mention] == (name, role, country)


@pytest.mark.parametrize(
    ("text", "mention", "name", "kind"),
    [
        ("Police arrested Mirza Abbasin on Monday.", "Mirza Abbasin", "Mirza Abbasin", "person"),
        ("Border Security is weak.", "Border Security", "Border Security", "organization"),
        ("He died at Kfar Adumin.", "Kfar Adumin", "Kfar Adumin", "organization"),
        (
            "The Cardinal Orsk Foundation denied it.",
            "The Cardinal Orsk Foundation",
            "Cardinal Orsk Foundation",
            "organization",
        ),
        ("The Halvian People's Party denied it.", "The Halvian People's Party", "Halvian People's Party", "party"),
        ("The Harbour Daily denied it.", "The Harbour Daily", "Harbour Daily", "media"),
        ("He read the Sunday Gazette.", "the Sunday Gazette", "Sunday Gazette", "media"),
        ("The Kolev news bureau said so.", "The Kolev news bureau", "Kolev", "media"),
        ("He asked the Haaretz newspaper.", "the Haaretz newspaper", "Haaretz", "media"),
        ("He left the Tory party.", "the Tory party", "Conservative Party", "party"),
        ("Lashker-e-Taiba denied it.", "Lashker-e-Taiba", "Lashkar-e-Taiba", "armed_group"),
        ("Lashkar-e-Taiba denied it. The Lashkar left.", "The Lashkar", "Lashkar-e-Taiba", "armed_group"),
        ("Unicef denied it.", "Unicef", "UNICEF", "igo"),
        ("Hutus and Tutsis met.", "Hutus", "Hutus", "population"),
        ("The Jewish state denied it.", "Jewish state", "Israel", "country"),
        (
            "It was denied by the intelligence Agency for National Security Planning.",
            "the intelligence Agency for National Security Planning",
            "Agency for National Security Planning",
            "government",
        ),
    ],
)
def test_names_and_kinds(text: str, mention: str, name: str, kind: str) -> None:
    assert told(text, "name", "kind")[mention] == (name, kind)


@pytest.mark.parametrize(
    "text",
    [
        "They met on Sept.12 in the hall.",
        "He landed at Orsk Air Force Base on Monday.",
        "The Halvian Army Bridge is wide.",
        "The USS Orsk sailed on Monday.",
    ],
)
def test_things_are_nobody(text: str) -> None:
    assert not [words for words in told(text) if words[:1].isupper() and words not in ("He", "They")]


@pytest.mark.parametrize(
    ("text", "mention", "id_", "country"),
    [
        ("Peru is tense. The United Front denied it.", "The United Front", None, None),
        ("In Jakarta the PRD denied it. Indonesia is tense.", "the PRD", None, None),
        ("Mexico is tense. The PRD denied it.", "The PRD", "party-of-the-democratic-revolution", "MEX"),
        ("Canada is tense. The House of Commons denied it.", "The House of Commons", None, "CAN"),
        ("Britain is tense. The House of Commons denied it.", "The House of Commons", "GBR.house-of-commons", "GBR"),
        ("South Korea's United Liberal Democratic Party left.", "United Liberal Democratic Party", None, "KOR"),
        ("The sun rose. The Sun said so.", "The Sun", "the-sun", "GBR"),
    ],
)
def test_names_that_many_states_have(text: str, mention: str, id_: str | None, country: str | None) -> None:
    assert told(text, "id", "country")[mention] == (id_, country)


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Chechen officials left.", "Chechen officials", "RUS"),
        ("Delhi Police denied it.", "Delhi Police", "IND"),
        ("Police in Lyon denied it.", "Police", "FRA"),
        ("Villagers in Peru fled.", "Villagers", "PER"),
        ("Tourists in Peru fled.", "Tourists", None),
        ("The Halvian guest met a Russian-born banker.", "a Russian-born banker", None),
        ("A multinational force for Albania left.", "A multinational force", None),
        ("The ambassador to Albania left.", "The ambassador", None),
        ("Denmark is calm. Danish voters left. The parliament met.", "The parliament", "DNK"),
        ("Denmark is calm. Norway is calm. The parliament met.", "The parliament", None),
        ("Denmark is calm. Danish voters left. Governments met.", "Governments", None),
        ("Denmark is calm. Danish voters left. Judge Doru Melan agreed.", "Judge Doru Melan", "DNK"),
        ("Denmark is calm. Danish voters left. UN officials met UN envoy Doru Melan.", "UN envoy Doru Melan", None),
    ],
)
def test_whose_they_are(text: str, mention: str, country: str | None) -> None:
    assert told(text, "country")[mention] == (country,)


@pytest.mark.parametrize(
    ("text", "mention", "sectors"),
    [
        ("A Caritas official denied it.", "A Caritas official", ("SOC",)),
        ("Analysts and experts denied it.", "experts", ("SOC",)),
        ("Sales representatives denied it.", "Sales representatives", ("BUS",)),
        ("The rebel alliance denied it.", "The rebel alliance", ("REB",)),
        ("Prosecutor General Doru Melan denied it.", "Prosecutor General Doru Melan", ("JUD",)),
        ("Doru Melan, spokesman of the Harbour Party, denied it.", "Doru Melan", ("PTY",)),
    ],
)
def test_sectors(text: str, mention: str, sectors: tuple[str, ...]) -> None:
    assert told(text, "sectors")[mention] == (sectors,)


def test_a_rank_that_is_a_surname() -> None:
    found = told("Prime Minister John Major left. Major's party was glad. Major agreed. Major John Orr left.", "name")
    assert found["Major"] == found["Prime Minister John Major"] == ("John Major",)
    assert found["Major John Orr"] == ("John Orr",)


def test_a_name_of_nothing_but_numbers_is_read() -> None:
    assert read("King III said so. Mr. IV denied it.").problems == ()
