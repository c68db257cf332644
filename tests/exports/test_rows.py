"""Files: nothing is lost, nothing is worked out by a spreadsheet, and columns are what the page says."""

from __future__ import annotations

import csv
import io
import json
import os

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.errors import UsageError
from readout.exports.columns import COLUMNS
from readout.exports.rows import WRITERS, write_counts, write_csv, write_jsonl, write_parquet
from readout.exports.tables import render, render_counts, shown
from readout.record.claims import ActorRow, ClaimPlace, EventClaim, FigureClaim, Party, ProblemRow
from readout.types import Act


def event(**fields):
    own = {
        "id": 1, "code": "c", "day": "2025-03-11", "report": "0123456789abcdef", "reading": 1, "article": 1, "document": 1,
        "title": None, "url": None, "publisher": "Nordpost", "agency": None, "published": "2025-03-11", "sentence": 0,
        "span": (3, 9), "quote": "Rebels shelled a town.", "review": None, "correction": None, "type": "AGREE", "mode": None,
        "act": Act("CONSULT", "visit"), "status": "planned", "quad": 1, "cameo": "030", "contexts": ("military", "legal"),
        "start": "2025-03-11", "end": None, "actors": (Party("Elin Sorvik", "name:elin sorvik", "NOR"), Party("Rebels", "r")),
        "recipients": (), "sources": (), "places": (ClaimPlace("Cairo", "geonames:360630", "EGY"),), "figures": (4, 5),
        "news": True, "confidence": 0.5, "rule": "CONSULT/visit",
    }  # fmt: skip
    return EventClaim(**{**own, **fields})


def written(writer, kind, items):
    stream = io.BytesIO()
    number = writer(kind, items, stream)
    assert number == len(items)
    assert not stream.closed
    return stream.getvalue()


def cells(items, kind="events"):
    return list(csv.DictReader(io.StringIO(written(write_csv, kind, items).decode(), newline="")))


def test_csv():
    (row,) = cells([event(title='The "deal", signed')])
    assert list(row) == [column.name for column in COLUMNS["events"]]
    assert row["actors"] == "Elin Sorvik; Rebels"
    assert row["actor_countries"] == "NOR; "
    assert (row["act_type"], row["act_mode"], row["mode"], row["cameo"]) == ("CONSULT", "visit", "", "030")
    assert (row["news"], row["confidence"], row["figures"], row["title"]) == (
        "yes",
        "0.5",
        "4; 5",
        'The "deal", signed',
    )
    assert (row["span_start"], row["span_end"], row["end"], row["recipients"]) == ("3", "9", "", "")


@pytest.mark.parametrize("kind", COLUMNS)
def test_no_answers_have_a_header_all_the_same(kind):
    names = [column.name for column in COLUMNS[kind]]
    assert len(set(names)) == len(names)
    assert written(write_csv, kind, []).decode() == ",".join(names) + "\r\n"
    assert pq.read_table(io.BytesIO(written(write_parquet, kind, []))).column_names == names
    assert written(write_jsonl, kind, []) == b""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_a_formula(start):
    text = f"{start}1+cmd|' /C calc'!A1"
    row = cells([event(quote=text, actors=(Party(text, "k"),), contexts=())])[0]
    assert row["quote"] == "'" + text
    assert row["actors"] == "'" + text
    counts = io.BytesIO()
    write_counts("csv", "publisher", {text: 3}, counts)
    assert list(csv.reader(io.StringIO(counts.getvalue().decode(), newline=""))) == [
        ["publisher", "number"],
        ["'" + text, "3"],
    ]


def test_a_number_below_nothing_is_a_number():
    fields = dict.fromkeys(FigureClaim.__dataclass_fields__)
    known = {"id": 1, "value": -5.0, "low": -5.5, "span": (0, 1), "sources": (), "places": (), "events": ()}
    row = cells([FigureClaim(**{**fields, **known})], "figures")[0]
    assert (row["value"], row["low"], row["high"]) == ("-5", "-5.5", "")


@given(st.text(alphabet=st.characters(exclude_characters="\0")), st.text())
def test_no_text_breaks_a_line(quote, name):
    items = [event(quote=quote, title=name), event(id=2)]
    lines = written(write_jsonl, "events", items).split(b"\n")
    assert len(lines) == 3
    encoded = json.loads(lines[0].decode())
    assert encoded["quote"].encode("utf-8", "backslashreplace") == quote.encode("utf-8", "backslashreplace")
    rows = cells(items)
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["quote"].removeprefix("'") == quote.removeprefix("'")


def test_parquet_has_types_and_lists():
    table = pq.read_table(io.BytesIO(written(write_parquet, "events", [event(), event(id=2, day=None, news=False)])))
    rows = table.to_pylist()
    assert rows[0]["actors"] == ["Elin Sorvik", "Rebels"]
    assert rows[0]["actor_countries"] == ["NOR", ""]
    assert rows[0]["figures"] == [4, 5]
    assert (rows[1]["day"], rows[1]["news"], rows[1]["confidence"]) == (None, False, 0.5)
    assert table.schema.field("quote").metadata == {b"about": b"the sentence"}


def test_parquet_is_written_in_groups_and_to_a_pipe():
    reading, writing = os.pipe()
    items = (event(id=n) for n in range(25_000))
    pid = os.fork()
    if pid == 0:  # what reads at the other end
        os.close(writing)
        with os.fdopen(reading, "rb") as stream:
            file = pq.ParquetFile(io.BytesIO(stream.read()))
            os._exit(0 if (file.metadata.num_rows, file.num_row_groups) == (25_000, 3) else 1)
    os.close(reading)
    with os.fdopen(writing, "wb") as stream:
        assert write_parquet("events", items, stream) == 25_000
    assert os.waitpid(pid, 0)[1] == 0


def test_counts():
    stream = io.BytesIO()
    write_counts("jsonl", "type", {"AID": 2, "": 1}, stream)
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == [
        {"type": "AID", "number": 2}, {"type": "", "number": 1},
    ]  # fmt: skip
    with pytest.raises(UsageError, match="not as parquet"):
        write_counts("parquet", "type", {}, stream)
    assert set(WRITERS) == {"csv", "jsonl", "parquet"}


def text_of(renderable, width):
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=width, highlight=False, color_system=None).print(renderable)
    return out.getvalue()


@pytest.mark.parametrize("width", [90, 100, 120])
def test_a_table_is_no_wider_than_the_terminal(width):
    many = tuple(Party(f"Somebody with a long name {n}", str(n), "NOR") for n in range(6))
    table = text_of(render("events", [event(actors=many, recipients=many, sources=many), event(day=None)]), width)
    assert max(map(len, table.splitlines())) <= width
    for words in ("visit", "(AGREE)", "planned", "undated", "Nordpost"[:6], "01234567"):
        assert words in table


def test_a_terminal_is_not_steered():
    evil = "\x1b[2J\x9b31m\u202eevil\x07"
    rows = [event(publisher=evil, actors=(Party(evil, "k"),))]
    actors = [ActorRow(evil, evil, "person", None, 1, 0, 0, 0, 0)]
    problems = [ProblemRow(1, evil, "fetch", evil, None, 1, "2025-03-11T00:00:00Z")]
    for table in (
        render("events", rows),
        render("actors", actors),
        render("problems", problems),
        render_counts("x", {evil: 1}),
    ):
        printed = text_of(table, 120).replace("\n", "")
        assert printed.isprintable()
    assert shown("a\n b") == "a b"
