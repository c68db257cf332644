"""Every importer on a small file of its format, made for these tests: what each entry becomes, and what is left out."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from readout import knowledge
from readout.errors import UsageError
from readout.importers import IMPORTERS, import_file
from readout.importers.ftm import read_ftm
from readout.importers.petrarch import read_code
from readout.importers.roles import plain_role
from readout.importers.rows import ActorRow, usable_names
from readout.importers.wikidata import read_wikidata

FILES = Path(__file__).parent / "files"
NAMES = {
    "ftm": ["entities.ftm.json"],
    "wikidata": ["documents.wikidata.json"],
    "petrarch": ["actors.petrarch.txt", "agents.petrarch.txt"],
    "geonames": ["NO.txt"],
}


def rows_of(kind: str, folder: Path, *names: str) -> dict[str, dict[str, Any]]:
    target = folder / "made.jsonl"
    done = import_file(kind, [FILES / name for name in names], target)
    assert done.problems == ()
    first, *rows = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert first == {"readout": "actors/1", "from": kind}
    assert len(rows) == done.written
    return {row.get("id") or row["noun"]: row for row in rows}


def test_entities_become_actors_with_their_dated_offices(tmp_path: Path) -> None:
    rows = rows_of("ftm", tmp_path, "entities.ftm.json")
    assert rows["ftm:h-1"] == {
        "id": "ftm:h-1",
        "name": "Tormund Varg",
        "kind": "person",
        "country": "NOR",
        "also": ["Tormund Eik Varg"],
        "as": ["member of the storting 2021-09-30..", "defense minister 2019-05-01..2021-02"],
        "surname": [],
    }
    assert rows["ftm:g-1"]["kind"] == "armed_group"
    assert rows["ftm:g-1"]["also"] == ["BRD"]
    assert rows["ftm:h-2"]["name"] == "Ali Nasr Koto"
    assert "country" not in rows["ftm:h-2"], "of two states neither is his"
    assert rows["ftm:c-1"] == {"id": "ftm:c-1", "name": "Harbour Trading Co", "kind": "company", "country": "CYP"}
    assert set(rows) == {"ftm:h-1", "ftm:h-2", "ftm:g-1", "ftm:c-1", "ftm:b-1"}


def test_documents_become_actors_with_the_positions_whose_time_is_known(tmp_path: Path) -> None:
    rows = rows_of("wikidata", tmp_path, "documents.wikidata.json")
    assert rows == {
        "wikidata:Q900001": {
            "id": "wikidata:Q900001",
            "name": "Liv Anders Holm",
            "kind": "person",
            "country": "NOR",
            "also": ["Liv A. Holm"],
            "as": ["prime minister 2021..", "justice minister 2013-10-16..2017-10"],
            "surname": [],
        },
        "wikidata:Q900020": {
            "id": "wikidata:Q900020",
            "name": "Coast Party",
            "kind": "party",
            "country": "FRO",
            "sectors": ["PTY"],
        },
    }


def test_dictionaries_become_actors_and_nouns(tmp_path: Path) -> None:
    rows = rows_of("petrarch", tmp_path, "actors.petrarch.txt", "agents.petrarch.txt")
    assert rows["petrarch:elin-sorvik"]["as"] == [
        {"time": "2017-01-21..", "sectors": ["ELI"], "country": "NOR"},
        {"time": "2009-01-20..2017-01-20", "sectors": ["GOV"], "country": "NOR"},
        {"time": "..2009-01-19", "sectors": ["OPP"], "country": "NOR"},
    ]
    assert "also" not in rows["petrarch:elin-sorvik"], "titles and bare surnames are found by other means"
    assert rows["petrarch:grand-union-army"]["also"] == ["Gua", "GUA"]
    assert rows["petrarch:lakes-commission"]["kind"] == "igo"
    assert rows["petrarch:the-daily-fjord"]["name"] == "Daily Fjord"
    assert rows["militiaman"] == {"noun": "militiaman", "kind": "person", "sectors": ["REB"], "one": True}
    assert rows["air force"]["one"] is False
    assert "petrarch:norway" not in rows


@pytest.mark.parametrize("row", knowledge.load("importing/cameo.yaml")["examples"], ids=str)
def test_codes_of_cameo(row: list[Any]) -> None:
    code, country, sectors, kind = row
    found = read_code(code)
    assert (found.country, list(found.sectors), found.kind) == (country, sectors, kind)


@pytest.mark.parametrize("row", knowledge.load("importing/ftm.yaml")["examples"], ids=str)
def test_schemas_and_topics_of_ftm(row: list[Any], tmp_path: Path) -> None:
    schema, topics, kind, sectors = row
    entity = {"id": "x", "schema": schema, "properties": {"name": ["Anna Berg Union"], "topics": topics}}
    (tmp_path / "one.json").write_text(json.dumps(entity), encoding="utf-8")
    [made] = read_ftm([tmp_path / "one.json"])
    assert isinstance(made, ActorRow)
    assert (made.kind, list(made.sectors)) == (kind, sectors)


@pytest.mark.parametrize("row", knowledge.load("importing/wikidata.yaml")["examples"], ids=str)
def test_classes_of_wikidata(row: list[Any], tmp_path: Path) -> None:
    classes, kind, sectors = row
    claims = [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": item}}}} for item in classes]
    document = {"id": "Q1", "labels": {"en": {"value": "Anna Berg Union"}}, "claims": {"P31": claims}}
    (tmp_path / "one.json").write_text(json.dumps(document), encoding="utf-8")
    [made] = read_wikidata([tmp_path / "one.json"])
    assert isinstance(made, ActorRow)
    assert (made.kind, list(made.sectors)) == (kind, sectors)


@pytest.mark.parametrize(
    ("name", "country", "role"),
    [
        ("President of Peru", "PER", "president"),
        ("President of the United States", "USA", "president"),
        ("United States Secretary of State", "USA", "foreign minister"),
        ("Minister of Foreign Affairs of Chile", "CHL", "foreign minister"),
        ("Minister for Health", "NOR", "health minister"),
        ("Ambassador of Norway to Peru", "NOR", "ambassador to peru"),
        ("member of the 12th Harbour Council", "NOR", "member of the 12th harbour council"),
        ("Head of the 1997 mission @ sea", "NOR", None),
        ("", None, None),
    ],
)
def test_offices_without_their_state(name: str, country: str | None, role: str | None) -> None:
    assert plain_role(name, country) == role


@pytest.mark.parametrize(
    ("name", "kind", "printed"),
    [
        ("VARG, Tormund", "person", ["Tormund Varg"]),
        ("MARIE-LOU VARG", "person", ["Marie-Lou Varg"]),
        ("Varg", "person", []),
        ("Тормунд Варг", "person", []),
        ("THE HARBOUR BANK OF OSLO", "company", ["Harbour Bank of Oslo"]),
        ("BRD", "armed_group", ["BRD"]),
        ("Høyvåg Line", "company", ["Høyvåg Line"]),
        ("  ", "company", []),
        ("x" * 101, "company", []),
    ],
)
def test_names_as_print_writes_them(name: str, kind: Any, printed: list[str]) -> None:
    assert list(usable_names([name, name], kind)) == printed


@pytest.mark.parametrize("kind", IMPORTERS)
def test_bad_lines_are_named_and_the_rest_is_imported(kind: str, tmp_path: Path) -> None:
    bad = {
        "ftm": '{"id": 7}',
        "wikidata": "{broken,",
        "petrarch": "\t[NORGOV 20171399-20180101]",
        "geonames": "1\tToo\tfew",
    }
    source = tmp_path / "source"
    whole = [(FILES / name).read_bytes() for name in NAMES[kind][:1]]
    source.write_bytes(b"".join(whole) + bad[kind].encode() + b"\n" + b"\xff\xfe\n")
    done = import_file(kind, [source], tmp_path / "made")
    lines = whole[0].count(b"\n")
    assert [problem.line for problem in done.problems] == [lines + 1, lines + 2]
    assert done.problems[1].reason == "not UTF-8"
    clean = import_file(kind, [FILES / NAMES[kind][0]], tmp_path / "clean")
    assert done.written == clean.written > 0
    assert (tmp_path / "made").read_bytes() == (tmp_path / "clean").read_bytes()


@pytest.mark.parametrize("kind", IMPORTERS)
def test_packed_files_give_the_same(kind: str, tmp_path: Path) -> None:
    content = (FILES / NAMES[kind][0]).read_bytes()
    (tmp_path / "a.gz").write_bytes(gzip.compress(content))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("readme.txt", "not\tdata")
        archive.writestr("NO.txt", content)
    import_file(kind, [FILES / NAMES[kind][0]], tmp_path / "plain")
    for name in ("a.gz", "b.zip"):
        import_file(kind, [tmp_path / name], tmp_path / "made")
        assert (tmp_path / "made").read_bytes() == (tmp_path / "plain").read_bytes(), name


def test_a_broken_archive_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress((FILES / "NO.txt").read_bytes())[:-20])
    done = import_file("geonames", [tmp_path / "a.gz"], tmp_path / "made")
    assert [(problem.line, "broken" in problem.reason) for problem in done.problems] == [(0, True)]


def test_nothing_is_written_over_what_is_no_import(tmp_path: Path) -> None:
    mine = tmp_path / "thesis.txt"
    mine.write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="nothing is written over it"):
        import_file("ftm", [FILES / "entities.ftm.json"], mine)
    assert mine.read_text(encoding="utf-8") == "years of work"


def test_what_holds_nothing_leaves_an_earlier_import_alone(tmp_path: Path) -> None:
    import_file("ftm", [FILES / "entities.ftm.json"], tmp_path / "made")
    before = (tmp_path / "made").read_bytes()
    (tmp_path / "empty").write_bytes(b"\n")
    assert import_file("ftm", [tmp_path / "empty"], tmp_path / "made").written == 0
    assert (tmp_path / "made").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "made"]


@pytest.mark.parametrize(
    ("kind", "sources", "target", "alternates"),
    [
        ("ships", ["entities.ftm.json"], "made", None),
        ("ftm", [], "made", None),
        ("ftm", ["gone.json"], "made", None),
        ("ftm", ["entities.ftm.json"], "gone/made", None),
        ("ftm", ["entities.ftm.json"], "made", FILES / "alternateNames.txt"),
        ("geonames", ["NO.txt"], "made", FILES / "gone.txt"),
    ],
)
def test_bad_usage(kind: str, sources: list[str], target: str, alternates: Path | None, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        import_file(kind, [FILES / name for name in sources], tmp_path / target, alternates=alternates)
    assert list(tmp_path.iterdir()) == []
