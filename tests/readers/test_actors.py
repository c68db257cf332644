"""The actor reader: names, roles, lists, appositions, descriptions and pronouns in plain sentences."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import readout
from readout import knowledge
from readout.language.document import Document
from readout.language.pipeline import Context, load_parser
from readout.readers.actors import read_actors
from readout.readers.findings import Findings
from readout.readers.places import read_places
from readout.readers.times import read_times
from readout.types import Actor

DAY = dt.date(2024, 9, 16)


def read(text: str) -> tuple[Document, tuple[Actor, ...]]:
    document = load_parser().parse(text, Context(published=DAY))
    return document, read_actors(document, Findings()).actors


def words_of(document: Document, actor: Actor) -> list[str]:
    return [document.slice(span) for span in actor.mentions]


def actor_of(text: str, mention: str) -> Actor:
    document, actors = read(text)
    found = [actor for actor in actors if mention in words_of(document, actor)]
    assert len(found) == 1, (mention, [words_of(document, actor) for actor in actors])
    return found[0]


def _noun_examples() -> list[tuple[str, str, str]]:
    rows = knowledge.load("actors/reading/nouns.yaml")["classes"]
    return [(row["class"], *example) for row in rows for example in row["examples"]]


def test_a_shared_abbreviation_is_whose_full_name_was_told() -> None:
    assert (
        actor_of("The Rapid Support Forces left. The army attacked the RSF.", "the RSF").name == "Rapid Support Forces"
    )
    assert actor_of("The army attacked the RSF.", "the RSF").name == "RSF"


@pytest.mark.parametrize(("group", "sentence", "mention"), _noun_examples())
def test_examples_of_nouns(group: str, sentence: str, mention: str) -> None:
    document, actors = read(sentence)
    assert any(mention in words_of(document, actor) for actor in actors), group


def _name_examples() -> list[tuple[str, str, str]]:
    rows = knowledge.load("actors/reading/names.yaml")["organizations"]
    return [tuple(example) for row in rows for example in row["examples"]]


@pytest.mark.parametrize(("sentence", "name", "kind"), _name_examples())
def test_examples_of_organizations(sentence: str, name: str, kind: str) -> None:
    _, actors = read(sentence)
    assert any(name in actor.name and actor.kind == kind for actor in actors), actors


@pytest.mark.parametrize(("sentence", "name"), knowledge.load("actors/reading/given.yaml")["examples"])
def test_examples_of_given_names(sentence: str, name: str) -> None:
    _, actors = read(sentence)
    assert (name, "person") in [(actor.name, actor.kind) for actor in actors]


@pytest.mark.parametrize(
    ("text", "mention", "country", "sectors"),
    [
        ("Egyptian officials met on Monday.", "Egyptian officials", "EGY", ("GOV",)),
        ("Israeli troops entered the town.", "Israeli troops", "ISR", ("MIL",)),
        ("The Kenyan government rejected the plan.", "The Kenyan government", "KEN", ("GOV",)),
        ("Police arrested five men.", "Police", None, ("COP",)),
        ("Rebels attacked a bus.", "Rebels", None, ("REB",)),
    ],
)
def test_unnamed_actors(text: str, mention: str, country: str | None, sectors: tuple[str, ...]) -> None:
    actor = actor_of(text, mention)
    assert (actor.country, actor.sectors) == (country, sectors)


@pytest.mark.parametrize(("text", "words", "name"), knowledge.load("actors/reading/words.yaml")["examples"])
def test_examples_of_words(text: str, words: str, name: str | None) -> None:
    document = load_parser().parse(text, Context(published=DAY))
    found = read_actors(document, read_places(document, read_times(document, Findings()))).actors
    whose = [actor.name for actor in found if words in words_of(document, actor)]
    assert whose == ([name] if name is not None else [])


def test_a_list_of_states_gives_each() -> None:
    _, actors = read("The US, Qatar and Egypt signed the truce.")
    assert [(a.name, a.kind) for a in actors] == [
        ("United States", "country"),
        ("Qatar", "country"),
        ("Egypt", "country"),
    ]


def test_a_capital_that_speaks_is_its_state() -> None:
    actor = actor_of("Islamabad rejected the offer. Pakistan said it would wait.", "Islamabad")
    assert (actor.name, actor.kind, actor.country) == ("Pakistan", "country", "PAK")


def test_a_title_gives_role_country_and_kind() -> None:
    actor = actor_of(
        "Peruvian Foreign Minister Orsino Baltanov met rebels.", "Peruvian Foreign Minister Orsino Baltanov"
    )
    assert (actor.name, actor.kind, actor.country, actor.role) == (
        "Orsino Baltanov",
        "person",
        "PER",
        "Foreign Minister",
    )


def test_an_apposition_is_the_same_actor() -> None:
    document, actors = read("Helena Quistgaard, the Danish defense minister, met soldiers.")
    actor = next(a for a in actors if a.name == "Helena Quistgaard")
    assert words_of(document, actor) == ["Helena Quistgaard", "the Danish defense minister"]
    assert (actor.country, actor.role) == ("DNK", "defense minister")


def test_a_surname_is_the_person_named_in_full() -> None:
    document, actors = read("Nikolai Ferranov met police. Ferranov said the road was closed.")
    actor = next(a for a in actors if a.name == "Nikolai Ferranov")
    assert words_of(document, actor) == ["Nikolai Ferranov", "Ferranov"]


def test_he_in_what_somebody_says_is_the_speaker() -> None:
    document, actors = read("Nikolai Ferranov said he would resign.")
    assert [words_of(document, a) for a in actors] == [["Nikolai Ferranov", "he"]]


def test_an_abbreviation_in_brackets_is_the_same_actor() -> None:
    document, actors = read("The Lakes Commission (LKC) met on Friday. The LKC rejected the plan.")
    assert len(actors) == 1
    assert words_of(document, actors[0])[-1] == "The LKC"


def test_a_name_behind_what_a_role_is_in_is_the_same_actor() -> None:
    document, actors = read("Russia's top negotiator in Chechnya, Nikolai Ferranov, opened the talks.")
    assert ["Russia's top negotiator", "Nikolai Ferranov"] in [words_of(document, a) for a in actors]


def test_groups_of_different_number_are_different() -> None:
    document, actors = read("Two students were arrested. Five students were injured.")
    groups = [a for a in actors if any("students" in words for words in words_of(document, a))]
    assert len(groups) == 2


def test_she_is_not_a_man() -> None:
    document, actors = read("The king met Helena Quistgaard. She said the talks went well.")
    king = next(a for a in actors if "The king" in words_of(document, a))
    assert "She" not in words_of(document, king)


def test_weather_it_is_nobody() -> None:
    document, actors = read("Egypt signed the treaty. It rained on Sunday.")
    assert all("It" not in words_of(document, actor) for actor in actors)


_WORDS = st.sampled_from(
    [
        "The",
        "the",
        "minister",
        "Peru",
        "'",
        "'s",
        "of",
        ",",
        ".",
        "he",
        "Hamas",
        "said",
        "told",
        "(",
        ")",
        "-",
        "police",
        "Al",
        "bin",
        "Foreign",
        "President",
        "it",
        "12",
        "US",
    ]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=14))
def test_any_words_give_spans_in_order_and_inside_the_text(words: list[str]) -> None:
    document, actors = read(" ".join(words))
    for actor in actors:
        assert actor.mentions == tuple(sorted(set(actor.mentions)))
        assert all(0 <= a < b <= len(document.text) for a, b in actor.mentions)
    assert read(" ".join(words))[1] == actors


@pytest.mark.parametrize(
    ("text", "mention", "name", "kind"),
    [
        ("The Movement for Democratic Change left.", "The Movement for Democratic Change", "Movement for Democratic Change", "party"),
        ("The Organization of American States met.", "The Organization of American States", "Organization of American States", "igo"),
        ("The United Nations Children's Fund sent aid.", "The United Nations Children's Fund", "UNICEF", "igo"),
        ("Gunmen of al-Shabaab fled.", "al-Shabaab", "Al-Shabaab", "armed_group"),
        ("The Department of Defense denied it.", "The Department of Defense", "Pentagon", "government"),
        ("The Office of the Prosecutor denied it.", "The Office of the Prosecutor", "Office of the Prosecutor", "organization"),
        ("The University of Lima closed.", "The University of Lima", "University of Lima", "organization"),
        ("The Bank of Peru raised rates.", "The Bank of Peru", "Bank of Peru", "company"),
        ("Troops of CJTF-KEN left.", "CJTF-KEN", "CJTF-KEN", "organization"),
        ("It killed a 60-year-old man.", "a 60-year-old man", "60-year-old man", "population"),
        ("The US secretary of state left.", "The US secretary of state", "John Kerry", "person"),
    ],
)  # fmt: skip
def test_names_with_small_words_and_hyphens(text: str, mention: str, name: str, kind: str) -> None:
    document = load_parser().parse(text, Context(published=dt.date(2016, 9, 16)))
    actors = read_actors(document, read_places(document, read_times(document, Findings()))).actors
    assert (mention, name, kind) in [(words, a.name, a.kind) for a in actors for words in words_of(document, a)]


@pytest.mark.parametrize(
    "text",
    [
        "The Cessation of Hostilities held.",
        "The Law of Armed Conflict applies.",
        "Operation Iron Hammer began.",
        "It rained in the village of Kwanti.",
        "Recent terrorist attacks hurt trade.",
        "Prices rose around the world.",
        "It burned a group of buildings.",
    ],
)
def test_names_of_things_and_places_are_nobody(text: str) -> None:
    assert read(text)[1] == ()


def test_a_ministry_is_the_state_s_that_follows() -> None:
    assert (
        actor_of("The Ministry of Foreign Affairs of Peru protested.", "The Ministry of Foreign Affairs").country
        == "PER"
    )


def test_the_president_of_a_body_is_not_the_president() -> None:
    actor = actor_of("The president of the Senate left.", "The president")
    assert actor.id is None


def test_a_party_without_its_party_is_itself() -> None:
    text = "India's Congress (I) party asked for a vote. The Congress last month withdrew its support for the alliance."
    names = [actor.name for actor in readout.read(text, keep_text=True).actors]
    assert "Congress Party" in names
    assert "US Congress" not in names


def test_a_surname_with_an_article_is_a_place():
    report = readout.read("The Hague ruled that the company had to pay.", published=DAY)
    assert [actor.name for actor in report.actors if actor.kind == "person"] == []
    named = readout.read("Hague said Britain would send aid.", published=dt.date(2011, 3, 1))
    assert [actor.name for actor in named.actors if actor.kind == "person"] == ["William Hague"]


@pytest.mark.parametrize(
    ("sentence", "name", "role", "affiliation"),
    [
        ("The director of the Lakes Mission (LM) Lou Averin said it was over.", "Lou Averin", "director", "Lakes Mission"),
        (
            "Spokesman of the Lakes Mission in Nikaria (LAMIN) Paul Averin said two had died.",
            "Paul Averin", "Spokesman", "Lakes Mission",
        ),
        ("The Lakes Commission (LC) spokesman Paul Averin said so.", "spokesman Paul Averin", "spokesman", "Lakes Commission"),
        ("A peacekeeping force (KFOR) spokesman Paul Averin said so.", "spokesman Paul Averin", "spokesman", "KFOR"),
        ("Envoys of the Lakes Commission (LC) Paul Averin said so.", "Paul Averin", None, None),
        ("He left the Lakes Commission (LC). Paul Averin said so.", "Paul Averin", None, None),
    ],
)  # fmt: skip
def test_an_abbreviation_stands_between_a_title_and_its_name(
    sentence: str, name: str, role: str | None, affiliation: str | None
) -> None:
    actor = actor_of(sentence, name)
    assert (actor.kind, actor.role, actor.affiliation) == ("person", role, affiliation)
