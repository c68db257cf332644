"""What is in a file: what happened, what the filters say, in the same bytes each time, whole or not at all."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import readout
from readout.errors import UsageError
from readout.exports.exporting import export
from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import Export, Field
from readout.exports.layouts import LAYOUTS
from readout.record import open_record
from readout.sources.article import Article

EVENTS = [name for name, found in EXPORTS.items() if found.kind == "events"]
ONE_A_CLAIM = ["events", "polecat", "icews", "plover"]


@pytest.mark.parametrize("name", ONE_A_CLAIM)
def test_a_row_is_an_event_that_happened(name, written, news):
    happened = news.count("events", "status:occurred,ongoing")
    assert 0 < happened < news.count("events")
    done = written(name)[1]
    assert done.rows == happened
    assert sum(done.left_out.values()) == news.count("events") - happened
    assert {"planned", "denied"} <= set(done.left_out)
    assert written(name, everything=True)[1].rows == news.count("events")
    assert written(name, "status:planned")[1].rows == news.count("events", "status:planned")
    assert written(name, "type:ASSAULT", country="AFG")[1].rows == news.count(
        "events", "type:ASSAULT country:AFG status:occurred,ongoing"
    )
    assert written(name, limit=2)[1].rows == 2


@pytest.mark.parametrize("name", [name for name in EVENTS if name != "followthemoney"])
def test_what_is_planned_or_denied_is_not_there_by_default(name, written):
    for layout in EXPORTS[name].layouts:
        if layout != "parquet":
            data, _ = written(name, layout=layout)
            assert "will fly to Cairo" not in data.decode()
            assert "planned" not in data.decode()
            assert "denied" not in data.decode()


def test_status_is_said_where_there_is_room(rows, written):
    everything = {"everything": True}
    assert {"planned", "denied", "occurred"} <= {row["status"] for row in rows("events", **everything)}
    assert {"planned", "denied", "occurred"} <= {row["status"] for row in rows("claims", **everything)}
    modes = [row["Event Mode"].split("; ") for row in rows("polecat", "status:planned,denied")]
    assert all(row[-1] in ("future", "negation") or row == ["visit"] or row == [""] for row in modes)
    assert any("negation" in row for row in modes)
    extras = [line.split("\t")[-1] for line in written("gdelt-mentions", **everything)[0].decode().splitlines()]
    assert any(extra.startswith("status:denied;") for extra in extras)
    assert not EXPORTS["icews"].status
    assert "Status" in " ".join(EXPORTS["icews"].loses)


def test_acts_of_words_that_were_made(rows, written):
    spoken = {row["Event Type"] for row in rows("polecat", spoken=True)}
    assert "AGREE" in spoken
    assert "AGREE" not in {row["Event Type"] for row in rows("polecat")}
    found = written("polecat", spoken=True)[1]
    plain = written("polecat")[1]
    assert found.rows - plain.rows == sum(plain.left_out.values()) - sum(found.left_out.values())


def test_reports_of_one_happening_are_one_incident(rows):
    (attack,) = rows("incidents", "type:ASSAULT mode:suicide-attack")
    assert (attack["reports"], attack["independent_sources"], attack["killed_said"]) == ("2", "2", "12; 14")
    assert attack["rule"] == "most_cited"
    assert attack["publishers"] == "Nordpost; Kystradio"
    lowest = rows("incidents", "mode:suicide-attack", rule="most_conservative")[0]
    assert (lowest["killed_best"], lowest["rule"]) == ("12", "most_conservative")
    apart = rows("incidents", "mode:suicide-attack", merge=False)
    assert [row["killed_best"] for row in apart] == ["12", "14"]
    assert {row["rule"] for row in apart} == {""}
    claims = rows("claims", "mode:suicide-attack")
    assert {row["event_id"] for row in claims} == {attack["id"]}
    assert [(row["source"], row["deaths_best"]) for row in claims] == [("Nordpost", "12"), ("Kystradio", "14")]
    assert attack["claims"].split("; ") == [row["id"] for row in claims]


def test_mentions_point_to_their_event_and_into_the_text(written, told):
    events = [line.split("\t") for line in written("gdelt-events")[0].decode().splitlines()]
    mentions = [line.split("\t") for line in written("gdelt-mentions")[0].decode().splitlines()]
    assert {row[0] for row in mentions} == {row[0] for row in events}
    numbers = {row[0]: int(row[31]) for row in events}
    for number, count in numbers.items():
        assert sum(row[0] == number for row in mentions) == count
    texts = {url or title: text for _, _, title, url, text in told}
    for row in mentions:
        if row[5] in texts:
            assert int(row[12]) == len(texts[row[5]])
            assert row[3] == "1"
    attack = next(row for row in mentions if row[5] == told[0][3] and row[6] == "1")
    assert told[0][4][int(attack[7]) :].startswith("A suicide bomber")


def test_the_lethal_events_of_ucdp(rows):
    (attack,) = rows("ucdp")
    assert (attack["low"], attack["best"], attack["high"]) == ("14", "14", "14")
    assert (attack["deaths_civilians"], attack["deaths_unknown"], attack["deaths_a"]) == ("14", "0", "0")
    assert (attack["where_prec"], attack["where_coordinates"], attack["country"]) == ("1", "Kandahār", "Afghanistan")
    assert (attack["country_id"], attack["region"], attack["date_prec"]) == ("700", "Asia", "1")
    assert (attack["date_start"], attack["number_of_sources"], attack["side_b"]) == ("2025-03-10", "2", "Civilians")
    assert "police" in attack["source_original"]
    lon, lat = float(attack["longitude"]), float(attack["latitude"])
    assert attack["geom_wkt"] == f"POINT ({lon} {lat})"
    assert int(attack["priogrid_gid"]) == int((lat + 90) * 2) * 720 + int((lon + 180) * 2) + 1


def test_acled_has_types_of_its_codebook_and_nothing_else(rows):
    found = {(row["event_type"], row["sub_event_type"]) for row in rows("acled")}
    assert ("Explosions/Remote violence", "Suicide bomb") in found
    assert ("Violence against civilians", "Abduction/forced disappearance") in found
    assert not any("fly" in row["notes"] for row in rows("acled", everything=True))


def test_a_quotation_has_its_speaker(rows, told):
    found = {row["Quote"].strip(",."): row for row in rows("gkg-quotations")}
    assert found["We will not give up"]["Speaker"] == "Elin Sorvik"
    text = told[2][4]
    row = found["We will not give up"]
    assert text[int(row["Offset"]) : int(row["Offset"]) + int(row["Length"])] == row["Quote"]


def test_a_country_is_no_point(written):
    features = json.loads(written("geojson", everything=True)[0])["features"]
    for feature in features:
        kind, own = feature["geometry"], feature["properties"]
        assert (kind is None) == (own["precision"] != "point")
        assert own["middle"] is None or own["precision"] in ("area", "country")
    assert {feature["properties"]["precision"] for feature in features} >= {"point", "unknown"}


def test_ids_are_the_same_in_every_record_and_in_any_order(tmp_path, rows, told, clock):
    with open_record(tmp_path / "again.db", clock=clock) as record:
        news = [Article(text=x, publisher=w, published=d, title=t, url=u) for w, d, t, u, x in reversed(told)]
        record.add(news)
        for name, key in (("polecat", "Event ID"), ("icews", "Event ID"), ("incidents", "id"), ("ucdp", "id")):
            stream = io.BytesIO()
            export(record, name, None, stream, layout="csv")
            again = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
            first = rows(name)
            assert len({row[key] for row in first}) == len(first)
            assert sorted(again, key=lambda row: row[key]) == sorted(first, key=lambda row: row[key])


def test_an_event_keeps_its_id_in_a_newer_version(tmp_path, clock):
    where = tmp_path / "versions.db"
    text = "Police arrested four men in Oslo on Monday."

    def ids(record):
        stream = io.BytesIO()
        export(record, "polecat", None, stream, layout="jsonl")
        return {
            json.loads(line)["Event ID"]: json.loads(line)["Version"][-2:] for line in stream.getvalue().splitlines()
        }

    with open_record(where, clock=clock) as record:
        own = {"publisher": "Nordpost", "url": "https://nordpost.example/7"}
        record.add([Article(text=text, published="2025-03-11", **own)])
        first = ids(record)
        record.add([Article(text=f"{text} The hospital was closed.", published="2025-03-12", **own)])
        assert set(ids(record)) >= set(first)
        assert {first[key] for key in first} == {"r1"}
        assert {ids(record)[key] for key in first} == {"r2"}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_record_gives_the_same_bytes(name, written):
    for layout in EXPORTS[name].layouts:
        assert written(name, layout=layout)[0] == written(name, layout=layout)[0]


def test_a_file_is_whole_or_as_it_was(news, tmp_path, monkeypatch):
    file = tmp_path / "events.csv"
    done = readout.export(news, "events", "type:ASSAULT", file)
    assert done.rows > 0
    before = file.read_bytes()

    def broken(export, rows, stream, guard):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(LAYOUTS, "csv", broken)
    with pytest.raises(UsageError, match="No space left"):
        readout.export(news, "events", None, file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]
    with pytest.raises(UsageError, match="cannot be written"):
        readout.export(news, "events", None, tmp_path / "none" / "events.csv")


def test_the_name_of_the_file_says_how_it_is_written(news, tmp_path):
    for name, file, start in (
        ("events", "e.parquet", b"PAR1"), ("events", "e.jsonl", b'{"id"'), ("polecat", "p.csv", b"Event ID,"),
        ("polecat", "p.anything", b"Event ID\t"), ("geojson", "g.json", b'{"type"'),
    ):  # fmt: skip
        readout.export(news, name, None, tmp_path / file)
        assert (tmp_path / file).read_bytes().startswith(start)
    readout.export(news, "gdelt-events", None, tmp_path / "x.CSV")
    assert b"," not in (tmp_path / "x.CSV").read_bytes().split(b"\t")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"name": "polcat"}, "did you mean polecat"),
        ({"name": "events", "layout": "geojson"}, "not written as geojson"),
        ({"name": "statements", "everything": True}, "no events"),
        ({"name": "statements", "query": "type:AID"}, "statements have no 'type'"),
        ({"name": "incidents", "rule": "best"}, "no rule"),
        ({"name": "incidents", "rule": "by_source_class"}, "needs an order"),
        ({"name": "events", "redact": ["names"]}, "nothing to redact"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_is_said(news, arguments, said):
    with pytest.raises(UsageError, match=said):
        export(news, **arguments)


def test_private_persons_are_called_by_a_role(news, tmp_path):
    names = ("Torvald", "Brekke", "Gudrun", "Aske", "torvald", "brekke", "gudrun", "aske")
    for name, found in EXPORTS.items():
        for layout in found.layouts:
            more = {"everything": True} if found.kind == "events" else {}
            plain, redacted = io.BytesIO(), io.BytesIO()
            export(news, name, None, plain, layout=layout, **more)
            export(news, name, None, redacted, layout=layout, redact=["persons"], **more)
            if layout == "parquet":
                continue
            said = redacted.getvalue().decode()
            assert not [word for word in names if word in said], (name, layout)
            assert plain.getvalue().count(b"Sorvik") == said.count("Sorvik"), "who holds an office is named"
    said = io.BytesIO()
    export(news, "events", "Kabul", said, redact=["persons", "text"], everything=True)
    assert b"abducted" not in said.getvalue()
    assert b"[" in said.getvalue()


def one_field(type_="text"):
    field = Field("value", type_, "a value", "a test", lambda row: row)
    return Export("one", "", "", "events", ("csv",), "csv", (field, field), lambda _: iter(()), ())


ANY = st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=200)
@given(st.lists(ANY, min_size=1, max_size=4))
def test_no_text_breaks_a_table(values):
    for layout, delimiter in (("csv", ","), ("tab", "\t")):
        stream = io.BytesIO()
        assert LAYOUTS[layout](one_field(), values, stream, False) == len(values)
        text = stream.getvalue().decode()
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        assert found[1:] == [[value.replace("\0", "\ufffd")] * 2 for value in values]
    stream = io.BytesIO()
    LAYOUTS["bare"](one_field(), values, stream, False)
    lines = stream.getvalue().decode().splitlines()
    assert len(lines) == len(values)
    for line, value in zip(lines, values, strict=True):
        assert line.count("\t") == 1
        assert '"' not in line
        assert "\0" not in line
        assert value.isprintable() is False or line == "\t".join([value.replace('"', "'")] * 2)
    stream = io.BytesIO()
    LAYOUTS["jsonl"](one_field(), values, stream, False)
    assert [json.loads(line)["value"] for line in stream.getvalue().decode().split("\n")[:-1]] == values


@given(ANY)
def test_a_list_has_its_parts(value):
    parts = [value.replace(";", ",").replace("\0", ""), "b"]
    stream = io.BytesIO()
    LAYOUTS["csv"](one_field("words"), [parts], stream, False)
    found = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))[1][0]
    assert found == "; ".join(parts)
    assert found.split("; ")[-1] == "b"


@pytest.mark.parametrize("layout", ["csv", "tab", "bare"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_a_formula(layout, start):
    evil = f"{start}cmd|' /C calc'!A1"
    guarded, plain = io.BytesIO(), io.BytesIO()
    LAYOUTS[layout](one_field(), [evil], guarded, True)
    LAYOUTS[layout](one_field(), [evil], plain, False)
    last = guarded.getvalue().decode().rstrip("\r\n").split("\n")[-1]
    assert "'" in last[:2]
    assert not last.startswith(start)
    assert f"'{start}" not in plain.getvalue().decode()
    number = io.BytesIO()
    LAYOUTS[layout](one_field("number"), [-5.5], number, True)
    assert number.getvalue().decode().split("\n")[-2].startswith("-5.5")
