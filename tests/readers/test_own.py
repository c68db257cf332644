"""Actors and a gazetteer that a user adds: what they change in a report, and that they change nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import readout
from readout.errors import KnowledgeError, UsageError
from readout.importers import import_file
from readout.readers.actors import registry
from readout.readers.actors.own import read_actor_file
from readout.readers.added import NOTHING, current, using
from readout.readers.opening import open_added
from readout.types import Actor, Place

FILES = Path(__file__).parent.parent / "importers" / "files"
HAND_MADE = """
people:
  NOR:
  - {name: Elin Sorvik, as: [foreign minister 2023-06-01..]}
organizations:
- {name: Lakes Commission, kind: igo, also: [Congress, Norway]}
groups:
- {name: Red Dune Front, country: MLI}
"""
TEXT = (
    "Elin Sorvik met envoys of the Lakes Commission on Monday. Congress said no. Fighters of the Red Dune Front freed a "
    "guard, Norway said. Constables, led by a warlord, left."
)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(HAND_MADE, encoding="utf-8")
    return path


def actors(text: str, published: str, *files: Path) -> dict[str, Actor]:
    report = readout.read(text, published=published, actors=files)
    return {report.slice(span): actor for actor in report.actors for span in actor.mentions}


def test_entries_are_found_with_what_they_were_on_the_day(mine: Path) -> None:
    found = actors(TEXT, "2024-03-05", mine)
    assert (found["Elin Sorvik"].id, found["Elin Sorvik"].role) == ("elin-sorvik", "foreign minister")
    assert found["Elin Sorvik"].country == "NOR"
    assert (found["the Red Dune Front"].kind, found["the Red Dune Front"].sectors) == ("armed_group", ("REB",))
    assert actors(TEXT, "2022-03-05", mine)["Elin Sorvik"].role is None
    assert actors(TEXT, "2024-03-05")["Elin Sorvik"].id is None


def test_the_users_entry_wins_on_a_name_and_states_keep_theirs(mine: Path) -> None:
    found = actors(TEXT, "2024-03-05", mine)
    assert found["Congress"].id == "lakes-commission"
    assert found["Norway"].kind == "country"
    assert actors(TEXT, "2024-03-05")["Congress"].id is None  # nothing tells of the United States
    with using(open_added(mine)):
        shared = {(c.name, c.own, c.built_in, c.replaced) for c in registry.conflicts()}
        assert [known.id for known in registry.by_name("US Congress")] == ["USA.us-congress"]
    assert shared == {
        ("Congress", "lakes-commission", "USA.us-congress", False),
        ("Norway", "lakes-commission", "NOR", False),
    }


def test_the_same_actor_is_replaced_and_keeps_what_the_user_did_not_say(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"id": "x:1", "name": "Barack Obama", "kind": "person", "surname": []}\n', encoding="utf-8")
    text = "President Obama spoke in Oslo on Monday."
    found = actors(text, "2010-03-09", path)
    [obama] = [actor for actor in found.values() if actor.name == "Barack Obama"]
    assert (obama.id, obama.country) == ("x:1", "USA")
    with using(open_added(path)):
        assert registry.by_id("barack-obama") is None
        holder = registry.holder_of("president", "USA", dt.date(2010, 3, 9))
        assert holder is not None
        assert holder.id == "x:1"


def test_dictionaries_of_codes_give_sectors_by_date_and_nouns(tmp_path: Path) -> None:
    import_file("petrarch", [FILES / "actors.petrarch.txt"], tmp_path / "a")
    import_file("petrarch", [FILES / "agents.petrarch.txt"], tmp_path / "b")
    by_day = {
        day: actors(TEXT, day, tmp_path / "a", tmp_path / "b") for day in ("2008-05-05", "2012-05-05", "2020-05-05")
    }
    assert [found["Elin Sorvik"].sectors for found in by_day.values()] == [("OPP",), ("GOV",), ("ELI",)]
    assert all(found["Elin Sorvik"].role is None for found in by_day.values())
    assert by_day["2012-05-05"]["a warlord"].sectors == ("REB",)


def test_every_village_and_its_precision(tmp_path: Path) -> None:
    gazetteer = tmp_path / "NO.gaz"
    import_file("geonames", [FILES / "NO.txt"], gazetteer, alternates=FILES / "alternateNames.txt")
    text = "Police in Skarvik, Norway, arrested four men. Two fled to Høyvåg. A fire broke out in Paris on Monday."

    def places(**added: Path) -> dict[str, Place]:
        return {place.name: place for place in readout.read(text, published="2024-03-05", **added).places}

    found = places(gazetteer=gazetteer)
    assert (found["Skarvik"].kind, found["Skarvik"].geonames_id) == ("village", 9900001)
    assert (found["Skarvik"].lat, found["Skarvik"].lon) == (69.12345, 17.54321)
    assert (found["Høyvåg"].kind, found["Høyvåg"].geonames_id) == ("city", 9900002)
    assert found["Paris"].country == "FRA", "a village of the name changes nothing where nothing speaks for it"
    assert "Skarvik" not in places()
    assert places() == places()


def test_the_report_says_what_was_known(mine: Path, tmp_path: Path) -> None:
    plain = readout.read(TEXT, published="2024-03-05")
    added = readout.read(TEXT, published="2024-03-05", actors=mine)
    assert added == readout.read(TEXT, published="2024-03-05", actors=[str(mine)])
    assert added.reader.knowledge.startswith(plain.reader.knowledge + "+")
    import_file("geonames", [FILES / "NO.txt"], tmp_path / "NO.gaz")
    both = readout.read(TEXT, published="2024-03-05", actors=mine, gazetteer=tmp_path / "NO.gaz")
    mine.write_text(HAND_MADE.replace("igo", "ngo"), encoding="utf-8")
    changed = readout.read(TEXT, published="2024-03-05", actors=mine)
    versions = {report.reader.knowledge for report in (plain, added, both, changed)}
    assert len(versions) == 4
    assert readout.read(TEXT, published="2024-03-05") == plain
    assert plain.reader.knowledge.count("+") == 0


def test_nothing_stays_behind_between_reports(mine: Path) -> None:
    article = readout.Article(text=TEXT, published="2024-03-05")
    reports = readout.read_many([article, article], actors=mine)
    first = next(reports)
    assert current() == NOTHING
    inside = readout.read(TEXT, published="2024-03-05")
    assert all(actor.id != "elin-sorvik" for actor in inside.actors)
    assert next(reports).actors == first.actors


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "line 2: not JSON"),
        ("[1]", "line 2: not an entry"),
        ('{"name": "A B", "kind": "wizard"}', "line 2: an actor has a name and one of these kinds"),
        ('{"name": " ", "kind": "igo"}', "line 2: an actor has a name"),
        ('{"name": "A B", "kind": "igo", "sector": ["GOV"]}', "line 2: no field of an actor: 'sector'"),
        ('{"name": "A B", "kind": "igo", "sectors": "GOV"}', "line 2: its 'sectors' is 'GOV'"),
        ('{"name": "A B", "kind": "igo", "country": "Norway"}', "line 2: no code of three capitals"),
        ('{"name": "A B", "kind": "igo", "also": [7]}', "line 2: a name is text"),
        ('{"name": "A B", "kind": "person", "as": ["@ Rome 2001"]}', "line 2: not an office"),
        ('{"name": "A B", "kind": "person", "as": [{"time": "May 2001"}]}', "line 2: not a time"),
        ('{"name": "A B", "kind": "person", "as": [{"time": "2001-13"}]}', "line 2: not a time"),
        ('{"name": "A B", "kind": "person", "as": [{"title": "mayor"}]}', "line 2: not an office"),
        ('{"name": "A B", "kind": "person", "as": [2001]}', "line 2: not an office"),
        ('{"noun": "", "kind": "person"}', "line 2: not a noun"),
        ('{"name": "—", "kind": "igo"}', "line 2: its name makes no id"),
        ('{"name": "First Body", "kind": "igo"}', "line 2: two entries have the id first-body"),
    ],
)
def test_an_entry_that_breaks_the_rules_is_named(line: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"name": "First Body", "kind": "igo"}\n' + line, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"mine\.jsonl") as raised:
        read_actor_file(path)
    assert reason in str(raised.value)


NO_ACTORS = [
    b"\xff\xfe",
    b"a: [",
    b"- list",
    b"cities: []",
    b"people: [1]",
    b"parties: {a: 1}",
    b'{"readout": "actors/9"}',
]


@pytest.mark.parametrize("content", NO_ACTORS)
def test_what_is_no_file_of_actors(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="mine"):
        open_added(path)
    with pytest.raises(UsageError, match="cannot be opened"):
        open_added(tmp_path / "gone")


def test_a_row_of_yaml_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("groups: [Red Dune Front]", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"mine\.yaml groups 1: not an entry"):
        read_actor_file(tmp_path / "mine.yaml")
