"""Files are read by the programs that people use: pandas, Polars, DuckDB, a reader of geometries."""

from __future__ import annotations

import io
import json
import os

import pytest

from readout.exports.exporting import export
from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import Export, Field
from readout.exports.layouts import LAYOUTS

HOSTILE = [
    "a\tb",
    'say "no"',
    '"',
    "line\nline",
    "\r\n",
    "=1+1",
    "\u202eright to left\u202c",
    "N/A",
    "",
    " blank ",
    '="x"',
    "é, ü; ñ",
    "007",
]


def library(name):
    """A library of those that read; in CI none may be missing."""
    if os.environ.get("CI"):
        return __import__(name)
    return pytest.importorskip(name, reason=f"{name} is not installed: pip install 'readout-news[dev]'")


@pytest.mark.parametrize("name", EXPORTS)
def test_pandas_has_all_rows_and_columns(name, written):
    pandas = library("pandas")
    found = EXPORTS[name]
    for layout in found.layouts:
        data, done = written(name, layout=layout)
        if layout in ("csv", "tab"):
            table = pandas.read_csv(
                io.BytesIO(data), sep="," if layout == "csv" else "\t", dtype=str, keep_default_na=False
            )
        elif layout == "bare":
            table = pandas.read_csv(
                io.BytesIO(data), sep="\t", header=None, names=list(found.names), dtype=str, keep_default_na=False
            )
        elif layout == "jsonl":
            table = pandas.read_json(io.BytesIO(data), lines=True)
        elif layout == "parquet":
            table = pandas.read_parquet(io.BytesIO(data))
        else:
            continue
        assert list(table.columns) == list(found.names)
        assert len(table) == done.rows


@pytest.mark.parametrize("name", EXPORTS)
def test_polars_has_all_rows_and_columns(name, written):
    polars = library("polars")
    found = EXPORTS[name]
    for layout in found.layouts:
        data, done = written(name, layout=layout)
        if layout in ("csv", "tab"):
            table = polars.read_csv(data, separator="," if layout == "csv" else "\t", infer_schema=False)
        elif layout == "bare":
            table = polars.read_csv(data, separator="\t", has_header=False, new_columns=found.names, infer_schema=False)
        elif layout == "jsonl":
            table = polars.read_ndjson(data, infer_schema_length=None)
            assert set(table.columns) == set(found.names)  # in an order of its own
            table = table.select(found.names)
        elif layout == "parquet":
            table = polars.read_parquet(data)
        else:
            continue
        assert table.columns == list(found.names)
        assert table.height == done.rows


def test_pandas_reads_types_of_numbers(written):
    pandas = library("pandas")
    table = pandas.read_csv(io.BytesIO(written("ucdp")[0]))
    assert table["best"].tolist() == [14]
    assert table["id"].dtype == "int64"
    events = pandas.read_csv(io.BytesIO(written("gdelt-events")[0]), sep="\t", header=None, dtype={26: str})
    assert events.shape[1] == 61
    assert events[0].dtype == "int64"
    assert all(code.isdigit() for code in events[26])


def one_field():
    field = Field("value", "text", "a value", "a test", lambda row: row)
    number = Field("n", "whole", "a number", "a test", lambda row: len(row))
    return Export("one", "", "", "events", ("csv",), "csv", (field, number), lambda _: iter(()), ())


@pytest.mark.parametrize(("layout", "separator"), [("csv", ","), ("tab", "\t")])
def test_hostile_text_comes_back(layout, separator, tmp_path):
    file = tmp_path / "hostile.csv"
    with file.open("wb") as stream:
        LAYOUTS[layout](one_field(), HOSTILE, stream, False)
    pandas = library("pandas")
    table = pandas.read_csv(file, sep=separator, dtype={"value": str}, keep_default_na=False, lineterminator=None)
    assert [value.replace("\r\n", "\n") for value in table["value"]] == [
        value.replace("\r\n", "\n") for value in HOSTILE
    ]
    duckdb = library("duckdb")
    query = "SELECT value, n FROM read_csv(?, delim=?, header=true, quote='\"', escape='\"', all_varchar=true)"
    rows = duckdb.execute(query, [str(file), separator]).fetchall()
    assert [value or "" for value, _ in rows] == HOSTILE
    assert [int(n) for _, n in rows] == [len(value) for value in HOSTILE]


def test_bare_lines_are_read_with_and_without_quotation_marks(tmp_path):
    duckdb = library("duckdb")
    file = tmp_path / "bare.tsv"
    with file.open("wb") as stream:
        LAYOUTS["bare"](one_field(), HOSTILE, stream, True)
    for quote in ("", '"'):
        query = "SELECT * FROM read_csv(?, delim='\t', header=false, quote=?, escape=?, all_varchar=true)"
        rows = duckdb.execute(query, [str(file), quote, quote]).fetchall()
        assert [int(n) for _, n in rows] == [len(value) for value in HOSTILE]


#: How DuckDB reads each layout that is a table.
DUCKDB = {
    "csv": "read_csv(?, header=true, delim=',', quote='\"', escape='\"', all_varchar=true)",
    "tab": "read_csv(?, header=true, delim='\t', quote='\"', escape='\"', all_varchar=true)",
    "bare": "read_csv(?, header=false, delim='\t', quote='', escape='', all_varchar=true)",
    "jsonl": "read_json(?, format='newline_delimited')",
    "parquet": "read_parquet(?)",
}


@pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if export.layouts != ("geojson",)])
def test_duckdb_has_all_rows_and_columns_of_every_layout(name, news, tmp_path):
    duckdb = library("duckdb")
    found = EXPORTS[name]
    for layout in found.layouts:
        file = tmp_path / f"{name}.{layout}"
        done = export(news, name, None, file, layout=layout)
        table = duckdb.execute(f"SELECT * FROM {DUCKDB[layout]}", [str(file)])
        names = [column[0] for column in table.description]
        assert len(table.fetchall()) == done.rows > 0, layout
        assert len(names) == len(found.names)
        if layout != "bare":
            assert names == list(found.names), layout


def test_geometries_are_read(written):
    shapely = library("shapely")
    features = json.loads(written("geojson", merge=False)[0])["features"]
    shapes = [shapely.from_geojson(json.dumps(item["geometry"])) for item in features if item["geometry"]]
    assert shapes
    assert all(shape.is_valid and -180 <= shape.bounds[0] <= 180 and -90 <= shape.bounds[1] <= 90 for shape in shapes)
    kandahar = next(item for item in features if item["properties"]["place"] == "Kandahār")
    assert shapely.from_geojson(json.dumps(kandahar["geometry"])).distance(shapely.Point(65.7, 31.6)) < 0.5


def test_points_of_ucdp_are_read(rows):
    shapely = library("shapely")
    read = [(shapely.from_wkt(row["geom_wkt"]), row) for row in rows("ucdp", everything=True) if row["geom_wkt"]]
    assert read
    for shape, row in read:
        assert (shape.x, shape.y) == (float(row["longitude"]), float(row["latitude"]))


def test_every_format_is_read_by_others():
    tables = {"csv", "tab", "bare", "jsonl", "parquet"}
    for found in EXPORTS.values():
        assert set(found.layouts) <= tables or found.layouts == ("geojson",)
    assert set(DUCKDB) == tables
