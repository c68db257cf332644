"""The actor registry: its files hold together, and their examples come out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import combinations
from typing import get_args

import pycountry
import pytest

from readout import knowledge
from readout.errors import KnowledgeError
from readout.readers.actors import entries, registry, spelling
from readout.types import ActorKind

NOUNS = knowledge.load("actors/nouns.yaml")
SECTORS = {
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP", "PRE",
    "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK",
}  # fmt: skip
COUNTRIES = {c.alpha_3 for c in (*pycountry.countries, *pycountry.historic_countries)} | {"XKX"}
PEOPLE = [known for known in registry.everyone() if known.kind == "person"]


@pytest.mark.parametrize("row", NOUNS["examples"]["holders"], ids=str)
def test_an_office_has_its_holder(row: dict[str, object]) -> None:
    holder = registry.holder_of(str(row["role"]), str(row["country"]), row["day"])  # type: ignore[arg-type]
    assert (holder.id if holder else None) == row["id"]


@pytest.mark.parametrize("row", NOUNS["examples"]["names"], ids=str)
def test_a_name_means_its_entries(row: dict[str, object]) -> None:
    assert [known.id for known in registry.by_name(str(row["name"]))] == row["ids"]


def test_ids_names_countries_and_sectors_are_valid() -> None:
    assert len(registry.everyone()) > 2500
    for known in registry.everyone():
        assert known.kind in get_args(ActorKind), known.id
        assert known.country is None or known.country in COUNTRIES, known.id
        assert set(known.sectors) <= SECTORS, known.id
        assert all(name == name.strip() and name for name in known.names), known.id


def test_every_entry_is_found_by_each_of_its_names() -> None:
    for known in registry.everyone():
        for name in known.names:
            assert known in registry.by_name(name), (known.id, name)


def test_offices_are_in_order_and_their_sectors_are_valid() -> None:
    for person in PEOPLE:
        for office in person.offices:
            assert office.start is None or office.end is None or office.start <= office.end, (person.id, office)
            assert set(office.sectors) <= SECTORS, (person.id, office)
            assert office.start is not None, (person.id, office)
            if office.affiliation and not office.affiliation.endswith("Ministry"):
                assert registry.by_name(office.affiliation), (person.id, office)


def test_nobody_shares_a_head_office_for_longer_than_a_handover() -> None:
    heads = {role for role, row in NOUNS["roles"].items() if row.get("head")}
    held = defaultdict(list)
    for person in PEOPLE:
        for office in person.offices:
            role = registry.canonical_role(office.role, office.country)
            if role in heads and office.affiliation is None and office.country:
                held[role, office.country].append((office.start, office.end or dt.date.max, person.id))
    for where, terms in held.items():
        for one, other in combinations(terms, 2):
            both = min(one[1], other[1]) - max(one[0] or dt.date.min, other[0] or dt.date.min)
            assert one[2] == other[2] or both.days <= 62, (where, one, other)


def test_a_name_is_shared_only_on_purpose() -> None:
    means = defaultdict(set)
    for known in registry.everyone():
        for name in known.names:
            means[registry.fold_name(name).replace(".", "")].add(known.id)
    intended = set(NOUNS["shared_names"])
    assert {name for name, ids in means.items() if len(ids) > 1} - intended == set()


def test_the_longest_name_is_taken() -> None:
    words = ["Rebels", "of", "the", "Sudan", "Liberation", "Army", "said"]
    found = registry.longest_match(words, 3)
    assert found is not None
    assert (found[0], [known.id for known in found[1]]) == (3, ["sudan-liberation-movement"])
    assert registry.longest_match(words, 0) is None
    assert registry.longest_match(["al", "-", "Qaida", "fighters"], 0) == (3, registry.by_name("al-Qaida"))


def test_a_name_that_is_a_word_is_no_name_among_capitals() -> None:
    (who,) = registry.by_name("WHO")
    assert registry.longest_match(["WHO", "officials", "said"], 0) == (1, (who,))
    assert registry.longest_match(["UNICEF", ",", "WHO", "and", "Oxfam"], 2) == (1, (who,))
    assert registry.longest_match(["WHO", "RULES", "THE", "PORT"], 0) is None
    assert registry.longest_match(["THE", "TRUCE", "IS", "HOLDING"], 2) is None
    assert registry.longest_match(["Who", "rules"], 0) is None


def test_bodies_of_one_sort_are_apart() -> None:
    apart = ("Fars", "Tasnim"), ("Exxon", "Mobil"), ("Gulf cartel", "Juarez cartel"), ("ABC News", "NBC News")
    for one, other in apart:
        assert {known.id for known in registry.by_name(one)}.isdisjoint(k.id for k in registry.by_name(other)), one


def test_people_are_found_by_surname() -> None:
    assert "bashar-al-assad" in {person.id for person in registry.by_surname("Assad")}
    assert "bashar-al-assad" in {person.id for person in registry.by_surname("al-Assad")}
    assert {"kim-jong-un", "kim-jong-il"} <= {person.id for person in registry.by_surname("Kim")}
    assert registry.by_surname("kim") == ()


def test_an_office_is_that_of_the_day() -> None:
    (person,) = registry.by_name("Hillary Clinton")
    office = registry.office_on(person, dt.date(2010, 5, 1))
    assert office is not None
    assert (office.role, office.sectors) == ("secretary of state", ("GOV",))
    assert registry.office_on(person, dt.date(2019, 5, 1)) is None
    assert registry.office_on(person, None) is None


def test_nouns_titles_and_phrases_are_known() -> None:
    nouns = registry.role_nouns()
    assert (nouns["rebels"].kind, nouns["rebels"].sectors, nouns["rebels"].plural) == ("armed_group", ("REB",), True)
    assert nouns["spokeswoman"].slot == "affiliation"
    assert registry.titles()["Gen"].sectors == ("MIL",)
    assert {sector for noun in nouns.values() for sector in noun.sectors} <= SECTORS
    assert registry.ministries()["health"] == ("GOV", "MED")
    for phrase in registry.role_phrases():
        known = phrase.country is None or phrase.country in COUNTRIES or registry.by_id(phrase.country)
        assert known, phrase


def test_a_bad_date_is_refused() -> None:
    assert entries.last_day("2024-02") == dt.date(2024, 2, 29)
    with pytest.raises((ValueError, KnowledgeError)):
        entries.first_day("2024-13")


SPELLINGS = knowledge.load("actors/reading/spellings.yaml")


@pytest.mark.parametrize(("one", "other"), SPELLINGS["examples"])
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert spelling.key_of_name(one.split()) == spelling.key_of_name(other.split())


@pytest.mark.parametrize(("one", "other"), SPELLINGS["near_misses"])
def test_two_names_are_two(one: str, other: str) -> None:
    assert spelling.key_of_name(one.split()) != spelling.key_of_name(other.split())


def test_no_spelling_is_listed_for_two_names() -> None:
    words = [word for row in SPELLINGS["same"] for word in row]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Muammar el - Kadhafi said", "moammar-gadhafi"),
        ("Abd al - Fattah al - Sisi said", "abdel-fattah-al-sisi"),
        ("Usama bin Ladin said", "osama-bin-laden"),
        ("Viktor Yanukovich said", "viktor-yanukovych"),
        ("Marina Kadhafi said", None),  # another member of the family
        ("Muammar said", None),
        ("muammar kadhafi said", None),
        ("George Busch said", None),  # two presidents sound so
        ("Charles E said", None),
    ],
)
def test_a_person_is_found_in_any_spelling(text: str, id_: str | None) -> None:
    words = text.split()
    found = spelling.spelled_match(words, 0, len(words))
    assert (found[1].id if found else None) == id_
    assert found is None or found[0] == len(words) - 1


def test_a_surname_is_found_in_any_spelling() -> None:
    assert [person.id for person in spelling.by_spelled_surname("Yanukovich")] == ["viktor-yanukovych"]
    assert spelling.by_spelled_surname("yanukovich") == ()
    assert spelling.by_spelled_surname("Kims") == ()
