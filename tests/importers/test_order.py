"""The order of lines and files changes nothing, and what was written reads back as what was meant."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.importers import import_file
from readout.importers.rows import ActorRow, Held, in_order, write_rows
from readout.readers.actors.own import read_actor_file
from readout.readers.places.names import fold_name
from readout.readers.places.own import open_gazetteer

FILES = Path(__file__).parent / "files"
LINES = {
    "ftm": (FILES / "entities.ftm.json").read_text(encoding="utf-8").splitlines(),
    "wikidata": (FILES / "documents.wikidata.json").read_text(encoding="utf-8").splitlines(),
    "geonames": (FILES / "NO.txt").read_text(encoding="utf-8").splitlines(),
    # a dictionary's record goes together
    "petrarch": [
        record
        for record in "".join(
            ("\n@" if line[:1].isalpha() else "\n") + line
            for line in (FILES / "actors.petrarch.txt").read_text(encoding="utf-8").splitlines()
        ).split("@")
        if record.strip()
    ],
}


@pytest.mark.parametrize("kind", LINES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_lines_and_files_in_any_order(kind: str, data: st.DataObject) -> None:
    lines = data.draw(st.permutations(LINES[kind]))
    cut = data.draw(st.integers(0, len(lines)))
    with tempfile.TemporaryDirectory() as folder:
        one, two, made, usual = (Path(folder) / name for name in ("one", "two", "made", "usual"))
        for path, part in ((one, lines[:cut]), (two, lines[cut:])):
            path.write_text("\n".join(part) + "\n", encoding="utf-8")
        again = Path(folder) / "again"
        again.write_text("\n".join(LINES[kind]) + "\n", encoding="utf-8")
        import_file(kind, [two, one], made)
        import_file(kind, [again], usual)
        if kind == "geonames":
            assert open_gazetteer(made).digest == open_gazetteer(usual).digest
        else:
            assert made.read_bytes() == usual.read_bytes()


_WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzåøé"), min_size=2, max_size=9).map(str.capitalize)
_NAMES = st.lists(_WORDS, min_size=2, max_size=4).map(" ".join)
_DAYS = st.dates().map(lambda day: day.isoformat() if day.year >= 1000 else "1000-01-01")
_HELD = st.builds(
    lambda role, start: Held(role, f"{start}.."),
    st.lists(_WORDS.map(str.lower), min_size=1, max_size=3).map(" ".join),
    _DAYS,
)
_PEOPLE = st.builds(
    lambda number, name, also, offices, sectors: ActorRow(
        f"x:{number}", name, "person", "NOR", tuple(sectors), tuple(also), None, in_order(offices)
    ),
    st.integers(0, 10**6), _NAMES, st.lists(_NAMES, max_size=3, unique=True), st.lists(_HELD, max_size=3, unique=True),
    st.lists(st.sampled_from(["GOV", "MIL", "REB"]), min_size=1, max_size=2, unique=True),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_PEOPLE, max_size=5, unique_by=lambda row: row.id))
def test_rows_read_back(rows: list[ActorRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.jsonl"
        write_rows(path, "test", rows)
        entries = {known.id: known for known in read_actor_file(path).entries}
    assert set(entries) == {row.id for row in rows}
    for row in rows:
        known = entries[row.id]
        assert (known.name, known.kind, known.country, known.sectors) == (row.name, row.kind, row.country, row.sectors)
        assert known.names == (row.name, *row.also)
        assert known.surnames == ()
        assert [(office.role, office.start and office.start.isoformat(), office.end) for office in known.offices] == [
            (held.role, held.time.removesuffix(".."), None) for held in row.offices
        ]


@settings(max_examples=20, deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 10**7),
        st.tuples(_NAMES, st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 10**7)),
        min_size=1,
    )
)
def test_towns_read_back(towns: dict[int, tuple[str, float, float, int]]) -> None:
    lines = []
    for number, (name, lat, lon, people) in towns.items():
        fields = [str(number), name, "", "", repr(lat), repr(lon), "P", "PPL", "NO", "", "18", "", "", "", str(people)]
        lines.append("\t".join((*fields, "", "", "", "")))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "NO.txt", Path(folder) / "made"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert import_file("geonames", [source], target).written == len(towns)
        gazetteer = open_gazetteer(target)
        for number, (name, lat, lon, people) in towns.items():
            [row] = [row for row in gazetteer.named(fold_name(name)) if row.id == number]
            assert (row.name, row.country, row.admin1, row.lat, row.lon, row.population) == (
                name,
                "NO",
                "18",
                lat,
                lon,
                people,
            )
            assert row.own


def test_alternate_names_and_what_is_no_town(tmp_path: Path) -> None:
    done = import_file("geonames", [FILES / "NO.txt"], tmp_path / "made", alternates=FILES / "alternateNames.txt")
    assert (done.written, done.left_out) == (4, {"no town or village": 1, "a place that is no more": 1})
    gazetteer = open_gazetteer(tmp_path / "made")
    assert [(row.id, row.own) for row in gazetteer.named("skar bay")] == [(9900001, 0)]
    assert [row.id for row in gazetteer.named("low haven")] == [9900003]
    for absent in ("nowhere at all", "скарвик", "https://example.org", "old skarvik", "skarvik mountain", "khoivog"):
        assert gazetteer.named(absent) == (), absent
    assert [row.region for row in gazetteer.named("høyvåg") or gazetteer.named(fold_name("Høyvåg"))] == [
        "Far Coast",
        None,
    ]


def test_of_two_lines_with_one_id_the_same_stays(tmp_path: Path) -> None:
    line = (FILES / "NO.txt").read_text(encoding="utf-8").splitlines()[0]
    other = line.replace("69.12345", "68.5")
    digests = set()
    for n, lines in enumerate(([line, other], [other, line])):
        (tmp_path / f"{n}.txt").write_text("\n".join(lines), encoding="utf-8")
        import_file("geonames", [tmp_path / f"{n}.txt"], tmp_path / f"{n}.gaz")
        digests.add(open_gazetteer(tmp_path / f"{n}.gaz").digest)
    assert len(digests) == 1


def test_rows_of_one_id_are_merged(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "schema": "Person", "properties": {"name": ["Tormund Varg"], "country": ["no"]}},
        {"id": "a", "schema": "Person", "properties": {"name": ["Tormund Eik Varg"], "topics": ["mil"]}},
    ]
    (tmp_path / "in.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert import_file("ftm", [tmp_path / "in.json"], tmp_path / "made").written == 1
    [known] = read_actor_file(tmp_path / "made").entries
    assert (set(known.names), known.country, known.sectors) == ({"Tormund Varg", "Tormund Eik Varg"}, "NOR", ("MIL",))


def test_a_gazetteer_of_another_format_is_refused(tmp_path: Path) -> None:
    from readout.errors import UsageError

    with sqlite3.connect(tmp_path / "other") as database:
        database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        database.execute("INSERT INTO meta VALUES ('format', 'gazetteer/9')")
    database.close()
    (tmp_path / "text").write_text("no database" * 100, encoding="utf-8")
    for name in ("other", "text", "gone"):
        with pytest.raises(UsageError, match=name):
            open_gazetteer(tmp_path / name)
