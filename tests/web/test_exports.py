"""The page of exports: every format, the file of what is asked for, and that no more of a file is made than is read."""

from __future__ import annotations

import csv
import gc
import html
import http.client
import io
import json
import re
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from small_site import Client, make_record, served
from test_pages import tags_of

from readout.exports.exporting import export
from readout.exports.formats import EXPORTS
from readout.record import Record
from readout.sources.article import Article
from readout.web import exports, streaming
from readout.web.access import Access, User

READER = Access(User("Rolf Aune", "read"))


def links_of(page: str, name: str) -> dict[str, str]:
    """The addresses of the files of a format, by how they are written."""
    found = re.findall(rf'href="(/export/{name}/(\w+)[^"]*)"', page)
    return {layout: html.unescape(link) for link, layout in found if layout != "schema"}


def made(record: Record, name: str, query: str | None = None, **options: object) -> bytes:
    stream = io.BytesIO()
    export(record, name, query, stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_is_there_with_its_columns_its_losses_and_its_files(
    client: Client, record: Record, name: str
) -> None:
    found, page = EXPORTS[name], html.unescape(client.get("/export").text)
    part = page.partition(f'<section class="format" id="{name}">')[2].partition("</section>")[0]
    assert found.about in part
    assert all(sentence in part for sentence in found.loses)
    assert re.findall(r"<tr><td><code>([^<]+)</code>", part) == list(found.names)
    links = links_of(part, name)
    assert tuple(links) == found.layouts
    for layout, link in links.items():
        answer = client.get(link)
        assert answer.status == 200
        assert answer.body == made(record, name, layout=layout), layout
        assert f'filename="{name}.' in answer.headers["content-disposition"]
    schema = json.loads(client.get(f"/export/{name}/schema.json").body)
    assert [field["name"] for field in schema["fields"]] == list(found.names)
    assert client.ask("HEAD", links[found.layouts[0]]).status == 200


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("which=all", {"everything": True}),
        ("which=spoken", {"spoken": True}),
        ("q=type:ASSAULT", {"query": "type:ASSAULT"}),
        ("type=ASSAULT&-status=planned", {"query": "type:ASSAULT -status:planned"}),
        ("as_of=2025-03-11", {"as_of": "2025-03-11"}),
        ("redact=persons&redact=text&which=all", {"redact": ("persons", "text"), "everything": True}),
        ("claims=yes&which=all", {"merge": False, "everything": True}),
        ("rule=median", {"rule": "median"}),
        ("prefer=medical,government", {"rule": "by_source_class", "order": ("medical", "government")}),
        ("guard=no&rows=1", {"guard": False, "limit": 1}),
    ],
)
def test_a_file_has_what_is_asked_for_and_the_page_links_to_it(
    client: Client, record: Record, said: str, options: dict[str, object]
) -> None:
    wanted = dict(options)
    query = wanted.pop("query", None)
    link = links_of(client.get(f"/export?{said}").text, "polecat")["tab"]
    plain = made(record, "polecat")
    found = client.get(link).body
    assert found == client.get(f"/export/polecat/tab?{said}").body == made(record, "polecat", query, **wanted)
    if said.startswith(("which=all", "q=", "as_of", "redact", "guard", "claims")):
        assert found != plain


def test_no_word_of_an_article_is_in_a_file_without_text(client: Client) -> None:
    had = set()
    for name, found in EXPORTS.items():
        status = "&which=all" if found.kind == "events" else ""
        for redact in ("", "redact=text"):
            body = client.get(f"/export/{name}/{found.layouts[0]}?{redact}{status}").body
            had |= {(name, redact)} if b"killing 12 people" in body or b"Police arrested four men" in body else set()
    assert {name for name, redact in had if redact} == set()
    assert {"claims", "events", "statements", "figures", "reports"} <= {name for name, _ in had}


def test_the_form_keeps_what_was_chosen_and_says_what_is_left_out(client: Client, record: Record) -> None:
    page = client.get("/export?q=country:NOR&which=spoken&redact=persons&rows=7&guard=no&claims=yes&rule=median").text
    chosen = {
        (attributes.get("name"), attributes.get("value"))
        for tag, attributes in tags_of(page).found
        if "checked" in attributes
        or "selected" in attributes
        or (tag == "input" and attributes.get("type") in (None, "search"))
    }
    assert {("q", "country:NOR"), ("which", "spoken"), ("redact", "persons"), ("rows", "7"), ("guard", "no")} <= chosen
    assert {("claims", "yes"), (None, "median")} <= chosen
    plain = re.sub(r"<[^>]+>", "", client.get("/export").text)
    counts = record.facets("events", "status")
    for status, number in counts.items():
        assert (f"{number} {status.replace('_', ' ')}" in plain) == (status not in ("occurred", "ongoing"))
    page = client.get("/export?which=all").text
    for name, one in EXPORTS.items():
        said = f">{name} has no column for the status" in page
        assert said == (one.kind == "events" and not one.status)


def test_a_format_says_why_it_cannot_have_what_is_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/export?q=type:ASSAULT").text
    assert not links_of(page, "statements")
    assert "statements have no &#39;type&#39;" in page
    assert links_of(page, "icews")
    # Nothing is linked here: of a large record incidents are not worked out anew for a file.
    monkeypatch.setattr(exports, "_ANEW", 1)
    page = client.get("/export").text
    assert not links_of(page, "ucdp")
    assert "readout link" in page.partition('id="ucdp"')[2]
    assert client.get("/export/ucdp/csv").status == 400
    assert client.get("/export/ucdp/csv?claims=yes").status == 200


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/export/nothing/csv", 404, "there is no format 'nothing'"),
        ("/export/geojson/csv", 404, "it is written as geojson"),
        ("/export/nothing/schema.json", 404, "there is no format"),
        ("/export/polecat/tab?q=type:NOPE", 400, "NOPE"),
        ("/export/statements/csv?q=type:ASSAULT", 400, "have no 'type'"),
        ("/export/statements/csv?which=all", 400, "has no events"),
        ("/export?which=some", 400, "which is one of"),
        ("/export?redact=faces", 400, "nothing to redact"),
        ("/export?rule=best", 400, "best"),
        ("/export?prefer=ghosts", 400, "ghosts"),
        ("/export?rows=0", 400, "rows is how many"),
        ("/export?as_of=soon", 400, "soon"),
        ("/export/polecat/tab?as_of=soon", 400, "soon"),
        (f"/export?q={'x' * 4_001}", 400, "letters at most"),
    ],
)
def test_what_cannot_be_asked_is_said_before_a_file_begins(client: Client, path: str, status: int, says: str) -> None:
    answer = client.get(path)
    assert answer.status == status
    assert says in html.unescape(answer.text)
    assert "content-disposition" not in answer.headers


def test_whoever_may_read_may_export_and_nobody_else(record: Record) -> None:
    with served(record, READER) as client:
        assert client.get("/export/events/csv").status == 200
    with served(record, Access(None, {}, "a token of its own, and long")) as client:
        for path in ("/export", "/export/events/csv", "/export/events/schema.json"):
            assert client.get(path).status in (303, 401)
            assert client.get(path, Authorization="Bearer a token of its own, and long").status == 200


BAD = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "=1+1")


def test_what_strangers_wrote_is_text_on_the_page_and_no_formula_in_a_file(tmp_path: Path) -> None:
    articles = [
        Article(
            f"Rebels shelled Osthavn on Monday, killing {n + 3} people.",
            title=bad,
            publisher=bad,
            published="2025-03-11",
        )
        for n, bad in enumerate(BAD)
    ]
    with make_record(tmp_path / "news.db", articles) as record, served(record, READER) as client:
        for bad in BAD:
            tags = tags_of(
                client.get(
                    f"/export?q={quote('publisher:' + chr(34) + bad.replace(chr(34), chr(34) * 2) + chr(34))}"
                ).text
            )
            assert (tags.open, tags.wrong) == ([], [])
            assert not [tag for tag, _ in tags.found if tag in ("img", "iframe")]
        rows = list(csv.DictReader(io.StringIO(client.get("/export/reports/csv").text, newline="")))
        assert {row["publisher"] for row in rows} == {*BAD[:3], "'=1+1"}
        rows = list(csv.DictReader(io.StringIO(client.get("/export/reports/csv?guard=no").text, newline="")))
        assert {row["publisher"] for row in rows} == set(BAD)


class Endless:
    """An export of which it is known how far it was written; it waits where the test says so."""

    def __init__(self, rows: int, fails_at: int | None = None) -> None:
        self.rows, self.fails_at, self.written = rows, fails_at, 0
        self.ended = threading.Event()

    def __call__(self, record: Record, name: str, filters: object, stream: io.RawIOBase, **_: object) -> object:
        try:
            for n in range(self.rows):
                if n == self.fails_at:
                    raise ValueError("the record is torn")
                stream.write(b"%09d\n" % n * 100)
                self.written = n + 1
        finally:
            self.ended.set()
        return SimpleNamespace(rows=self.rows)


@contextmanager
def reading(client: Client, path: str = "/export/events/csv") -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    connection.request("GET", path)
    try:
        yield connection.getresponse()
    finally:
        connection.close()


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Endless]:
    def start(rows: int, fails_at: int | None = None) -> Endless:
        made = Endless(rows, fails_at)
        monkeypatch.setattr(exports, "export", made)
        return made

    return start


def test_a_file_is_written_no_faster_than_it_is_read_and_never_whole_in_memory(
    client: Client, writing: Callable[..., Endless]
) -> None:
    rows = 100_000  # of a thousand bytes: 100 MB
    endless = writing(rows)
    gc.collect()
    tracemalloc.start()
    try:
        with reading(client) as answer:
            assert answer.status == 200
            first = answer.read(1_000)
            assert first == b"%09d\n" % 0 * 100
            assert endless.written < rows / 4, "it waits for its reader: no more than sockets hold is written"
            size = len(first)
            while some := answer.read(1 << 16):
                size += len(some)
            assert size == rows * 1_000
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()


def test_whoever_hangs_up_ends_the_writing(client: Client, writing: Callable[..., Endless]) -> None:
    endless = writing(10**9)
    with reading(client) as answer:
        answer.read(1_000)
    assert endless.ended.wait(20)
    assert endless.written < 10**9


def test_a_file_that_breaks_off_is_not_taken_for_whole(client: Client, writing: Callable[..., Endless]) -> None:
    writing(10_000, fails_at=5_000)
    with reading(client) as answer, pytest.raises(http.client.IncompleteRead):
        answer.read()
    writing(10_000, fails_at=3)  # before the first chunk is full: an error like any other
    with reading(client) as answer:
        assert answer.status == 500
        assert "Content-Disposition" not in answer.headers
        assert b"a fault of Readout" in answer.read()


def test_a_few_files_are_written_at_once_and_pages_are_answered_beside_them(
    client: Client, writing: Callable[..., Endless]
) -> None:
    writing(10**9)
    with reading(client) as one, reading(client) as two, reading(client) as three:
        assert [answer.status for answer in (one, two, three)] == [200] * streaming.AT_ONCE
        with reading(client) as refused:
            assert refused.status == 503
            assert b"being written already" in refused.read()
        assert client.get("/reports").status == 200


def test_a_reader_who_takes_nothing_is_given_up(
    client: Client, writing: Callable[..., Endless], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "STALLED", 0.2)
    endless = writing(10**9)
    with reading(client) as answer:
        assert answer.status == 200
        assert endless.ended.wait(20)
