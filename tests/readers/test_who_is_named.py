"""Names and offices that stand in other ways than title, name: ranks behind offices, heads of delegations, peoples, fronts against."""

from __future__ import annotations

import datetime as dt

import pytest

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
    ("text", "mention", "role", "sectors"),
    [
        ("Police chief Colonel Halvor Lund resigned.", "Police chief Colonel Halvor Lund", "Police chief", ("COP",)),
        ("Army commander General Halvor Lund left.", "Army commander General Halvor Lund", "commander", ("MIL",)),
        ("Prime Minister General Halvor Lund left.", "Prime Minister General Halvor Lund", "Prime Minister", ("GOV",)),
        ("Army spokesman Major Halvor Lund left.", "Army spokesman Major Halvor Lund", "spokesman", ("MIL",)),
        ("Tribal leader Sheikh Omar Lund left.", "Tribal leader Sheikh Omar Lund", "leader", ("REL",)),
        ("Deputy energy minister Halvor Lund left.", "Deputy energy minister Halvor Lund", "Deputy energy minister", ("GOV",)),
        # no office behind an office
        ("General Halvor Lund left.", "General Halvor Lund", "General", ("MIL",)),
        ("Consul General Halvor Lund left.", "Consul General Halvor Lund", "Consul General", ("GOV",)),
        ("Her sister Sheikh Rana Lund left.", "Her sister Sheikh Rana Lund", None, ("REL",)),
    ],
)  # fmt: skip
def test_an_office_stands_before_a_rank(text: str, mention: str, role: str | None, sectors: tuple[str, ...]) -> None:
    actor = actors_of(text)[mention]
    assert (actor.kind, actor.role, actor.sectors) == ("person", role, sectors)


def test_the_deputy_is_not_whose_deputy_he_is() -> None:
    actors = actors_of("President Halvor Lund of Peru resigned. The deputy president fled. The president wept.")
    assert actors["The president"] is actors["President Halvor Lund"]
    assert actors["The deputy president"] is not actors["The president"]


def test_the_head_of_a_delegation_is_named_behind_it() -> None:
    actor = actors_of('"We will stay," said head of the Kenyan delegation Viktor Lund.')[
        "head of the Kenyan delegation Viktor Lund"
    ]
    assert (actor.name, actor.country, actor.role) == ("Viktor Lund", "KEN", "head")


def test_the_name_behind_a_group_is_the_group_s() -> None:
    actors = actors_of('"We will stay," said head of the Halvian group Kiva Lund.')
    assert "head of the Halvian group Kiva Lund" not in actors


def test_an_office_follows_a_name_without_a_comma() -> None:
    actors = actors_of("Viktor Lund the head of the Lakes Commission said the road was shut.")
    assert actors["the head"].name == "Viktor Lund"
    assert actors["the head"].affiliation == "Lakes Commission"
    given = actors_of("The board offered Viktor Lund the head of the table.")
    assert given.get("the head") is not given["Viktor Lund"]


def test_the_head_of_a_body_is_named_further_on() -> None:
    actors = actors_of("The head of the Lakes Commission came on Monday. Lakes Commission chief Viktor Lund was tired.")
    assert actors["The head"] is actors["Lakes Commission chief Viktor Lund"]
    others = actors_of(
        "The president of the Lakes Commission came. Lakes Commission secretary-general Viktor Lund was tired."
    )
    assert others["The president"] is not others["Lakes Commission secretary-general Viktor Lund"]


def test_a_body_against_something_is_one_name() -> None:
    actors = actors_of("The United Front Against the Lower Council, a loose alliance of unions, called a strike.")
    whole = actors["The United Front Against the Lower Council"]
    assert whole is actors["a loose alliance"]
    assert "the Lower Council" not in actors
    assert "the front" in actors_of("Soldiers of the front against Peru met.")


def test_an_agreement_is_no_general() -> None:
    actors = actors_of("Peru joined the General Agreements on Timber and Transport on Monday.")
    assert {actor.name for actor in actors.values()} == {"Peru"}
    assert actors_of("General Roger Parks joined the talks.")["General Roger Parks"].kind == "person"


def test_one_of_several_is_a_person() -> None:
    actors = actors_of("One of their lawyers, Nurbaneh, said they would appeal.")
    assert (actors["Nurbaneh"].kind, actors["Nurbaneh"].role) == ("person", "lawyer")
    assert actors_of("One of their bases, Camp Larkfield, was shelled.").get("Camp Larkfield", None) is None or (
        actors_of("One of their bases, Camp Larkfield, was shelled.")["Camp Larkfield"].kind != "person"
    )


def test_a_people_is_called_by_its_name() -> None:
    actors = actors_of("The Wendaru people met on Monday. The Wendaru rejected the plan. The Wendaru Times said so.")
    assert actors["The Wendaru"] is actors["The Wendaru people"]
    assert actors["The Wendaru"].kind == "population"
    assert actors["The Wendaru Times"].kind == "media"


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Anti-Kenyan fighters shelled the town.", "Anti-Kenyan fighters", None),
        ("Kenyan fighters shelled the town.", "Kenyan fighters", "KEN"),
        ("The daily lost its Lima bureau chief.", "its Lima bureau chief", None),
        ("A Lima official resigned.", "A Lima official", "PER"),
        ("Critics of Kenya's rule met.", "Critics", None),
        ("Officials of Kenya met.", "Officials", "KEN"),
        ("The Kenyan army press service DIRPA said so.", "DIRPA", "KEN"),
    ],
)
def test_whose_somebody_is(text: str, mention: str, country: str | None) -> None:
    assert actors_of(text)[mention].country == country


def test_a_party_of_another_state_is_another_party() -> None:
    actors = actors_of("The People's Democratic Party of Kenya (PDPK) won. The PDPK gave thanks.")
    party = actors["The PDPK"]
    assert (party.name, party.kind, party.country) == ("People's Democratic Party of Kenya", "party", "KEN")
    spanish = actors_of("The People's Party of Spain won.")
    assert any(actor.id == "people-s-party-spain" or actor.name == "People's Party" for actor in spanish.values())


def test_a_body_is_not_named_before_its_time() -> None:
    text = "The US-led coalition bombed two towns."
    assert "Global Coalition against Daesh" not in {a.name for a in actors_of(text, dt.date(2005, 11, 15)).values()}
    assert "Global Coalition against Daesh" in {a.name for a in actors_of(text, dt.date(2016, 11, 15)).values()}


def test_a_counterpart_holds_the_same_office() -> None:
    actors = actors_of(
        "Kenyan Defence Minister Viktor Lund met the press. The minister met his Greek counterpart Akis Orn."
    )
    assert actors["his Greek counterpart Akis Orn"].role == "Defence Minister"
    assert actors["his Greek counterpart Akis Orn"].country == "GRC"


def test_a_sergeant_is_of_the_army_that_the_article_tells_of() -> None:
    one = actors_of("A US serviceman was arrested. Air Force sergeant Danny Lund denied it.")
    assert one["Air Force sergeant Danny Lund"].country == "USA"
    two = actors_of("US soldiers and Japanese soldiers met. Air Force sergeant Danny Lund was there.")
    assert two["Air Force sergeant Danny Lund"].country is None


def test_two_states_are_joined() -> None:
    actors = actors_of("Sino-Peruvian talks opened on Monday.")
    assert (actors["Sino"].country, actors["Peruvian"].country) == ("CHN", "PER")
    assert actors_of("Ana Franco-Lund left.")["Ana Franco-Lund"].kind == "person"


@pytest.mark.parametrize(
    ("text", "nobody", "somebody"),
    [
        ("He was held in the police cells.", "the police cells", None),
        ("A sleeper cell hit the town.", None, "A sleeper cell"),
        ("They rejected its authority.", "its authority", None),
        ("The port authority rejected it.", None, "The port authority"),
        ("Turnover was 193 million units.", "193 million units", None),
        ("The units moved north.", None, "The units"),
        ("Drought struck the north.", "Drought", None),
        ("The GDP grew and the GNP fell.", "the GDP", None),
    ],
)
def test_nouns_that_are_nobody(text: str, nobody: str | None, somebody: str | None) -> None:
    actors = actors_of(text)
    assert nobody not in actors
    assert somebody is None or somebody in actors
