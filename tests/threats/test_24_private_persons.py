"""A record names victims and witnesses who want not to be named, or news that has to be taken out of it.

Promised: `readout forget` takes reports out by their ids, or all of a publisher, with every version, claim, correction, name and link that
came of them; then no question, page, export or word of the search index has them, and neither has a byte of an SQLite file. `--redact
persons` calls who holds no office by a role in every export.
Not promised: backups, exports and copies that were made before, and PostgreSQL's own files and logs. Redaction knows names as the reader
does: who was not taken for a person keeps the name in sentences; publish nothing unread.
"""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import forked
import pytest
from small_site import served
from sqlalchemy import select, text

import readout
from readout.exports.exporting import export
from readout.exports.formats import EXPORTS
from readout.record import linked, open_record, schema
from readout.record.kinds import HAS
from readout.sources.article import Article
from readout.sources.problem import SourceProblem
from readout.web.access import Access, User

SECRET = (
    "Quillon Zebrowicz, a teacher from Wyverholm, was abducted by gunmen of the Thornfield Brigade on Monday, his sister Ursa"
    " Zebrowicz said. Norway condemned the abduction."
)
PUBLIC = "Norway said on Monday that its army had arrested two men of the Thornfield Brigade in Oslo."
WORDS = ("Quillon", "quillon", "Zebrowicz", "zebrowicz", "Wyverholm", "wyverholm", "Ursa", "teacher")


def news() -> list[Article | SourceProblem]:
    own = {"publisher": "Sørposten", "published": "2025-03-11", "name": "zebrowicz.html"}
    return [
        Article(PUBLIC, publisher="Nordpost", published="2025-03-11", id="public", title="Arrests"),
        Article(
            SECRET,
            source_id="s",
            url="https://sor.example/zebrowicz",
            title="Teacher Zebrowicz abducted",
            id="secret",
            **own,
        ),
        Article(
            SECRET.replace("Monday", "Tuesday"),
            source_id="s",
            updated="2025-03-12",
            title="Zebrowicz is missing",
            id="secret2",
            **own,
        ),
        SourceProblem("zebrowicz.html", "parse", "Zebrowicz cannot be read"),
    ]


@pytest.fixture
def told(where):
    """A record with a report that is to be forgotten: in two versions, corrected, undone and linked."""
    with open_record(where) as record:
        for item in news():
            record.add([item])
        event = next(event for event in record.events() if "abducted" in event.quote)
        (edit,) = record.correct.edit(
            f"events/{event.id}", {"recipients": "Ursa Zebrowicz"}, by="Mara Lind", why="the sister, Zebrowicz"
        )
        record.correct.undo(edit.number, by="Mara Lind", why="no, Quillon")
        readout.link(record)
        yield record


def everywhere(record) -> str:
    """Every value of every table, as text, and what the index of words holds."""
    found = []
    with record.asking() as connection:
        for table in (*schema.metadata.sorted_tables, *linked.metadata.sorted_tables):
            found += [repr(tuple(row)) for row in connection.execute(select(table))]
        found += [zlib.decompress(body).decode() for body in connection.execute(select(linked.groups.c.body)).scalars()]
        if connection.dialect.name == "sqlite":
            for kind in ("readings", "events", "statements", "figures"):
                connection.execute(
                    text(f"CREATE VIRTUAL TABLE temp.{kind}_terms USING fts5vocab(main, {kind}_words, row)")
                )
                found += map(str, connection.execute(text(f"SELECT term FROM temp.{kind}_terms")).scalars())
    return "\n".join(found)


def asked(record) -> int:
    """How often anything that can be asked for finds one of the words."""
    hits = 0
    for word in WORDS:
        for kind in HAS:
            for name in {"text", "actor", "recipient", "source", "place", "publisher", "report"} & set(HAS[kind]):
                hits += record.count(kind, f'{name}:"{word}"')
    return hits


@pytest.mark.parametrize("by", ["publisher", "report"])
def test_what_is_forgotten_is_found_nowhere(told, where, by, figure):
    assert asked(told) > 10
    assert all(word in everywhere(told) for word in ("Zebrowicz", "zebrowicz", "Wyverholm"))
    done = told.forget(publisher="Sørposten") if by == "publisher" else told.forget(["secret2"])
    assert done.articles == 2
    assert asked(told) == 0
    left = everywhere(told)
    assert [word for word in WORDS if word in left] == []
    readout.link(told)
    assert [word for word in WORDS if word in everywhere(told)] == []
    assert told.count("events", "text:arrested") > 0
    assert [finding for finding in told.examine() if not finding.well] == []
    for name in EXPORTS:
        stream = io.BytesIO()
        export(told, name, None, stream, **({"everything": True} if EXPORTS[name].kind == "events" else {}))
        assert b"ebrowicz" not in stream.getvalue(), name
    if not where.startswith("postgresql"):
        files = list(Path(where).parent.glob("readout.db*"))
        data = b"".join(path.read_bytes() for path in files)
        assert [word for word in WORDS if word.encode() in data] == []
        assert b"Thornfield" in data
        figure(len(data), "bytes of the file looked through")
    figure(len(WORDS) * len(HAS), "kinds of questions, zero hits")


def test_pages_have_nothing_of_it(told):
    told.forget(publisher="Sørposten")
    with served(told, Access(User("Mara Lind", "admin"))) as client:
        for path in ("/", "/reports", "/events", "/actors", "/places", "/corrections", "/problems", "/stories",
        "/events?q=text:zebrowicz", "/events.csv",
                     "/corrections.json", "/api/reports", "/events.jsonl"):  # fmt: skip
            answer = client.get(path)
            assert answer.status == 200, path
            assert not [word for word in WORDS if word in answer.text and word != "zebrowicz"], (
                path
            )  # what is asked for is shown
        assert client.get("/reports/secret").status == 404


def test_forgetting_by_the_command_line(tmp_path):
    with open_record(tmp_path / "readout.db") as record:
        record.add(news())
    asked_first = forked.text(forked.readout("forget", "--publisher", "Sørposten", cwd=tmp_path))
    assert asked_first.returncode == 2
    assert "for good" in asked_first.stderr
    with open_record(tmp_path / "readout.db") as record:
        assert asked(record) > 0
    done = forked.text(forked.readout("forget", "--publisher", "Sørposten", "--yes", cwd=tmp_path))
    assert done.returncode == 0, done.stderr
    with open_record(tmp_path / "readout.db") as record:
        assert asked(record) == 0


def test_private_persons_are_called_by_a_role_in_every_export(tmp_path, figure):
    with open_record(tmp_path / "readout.db") as record:
        record.add(news()[:2])
        record.add(
            [
                Article(
                    "Foreign Minister Elin Sorvik flew to Cairo on Monday.",
                    publisher="Nordpost",
                    published="2025-03-11",
                )
            ]
        )
        readout.link(record)
        for name, found in EXPORTS.items():
            for layout in set(found.layouts) - {"parquet"}:
                more = {"everything": True} if found.kind == "events" else {}
                plain, redacted = io.BytesIO(), io.BytesIO()
                export(record, name, None, plain, layout=layout, **more)
                export(record, name, None, redacted, layout=layout, redact=["persons"], **more)
                said = redacted.getvalue().decode()
                assert not [word for word in WORDS if word in said and word in ("Quillon", "Zebrowicz", "Ursa")], (
                    name,
                    layout,
                )
                assert plain.getvalue().count(b"Sorvik") == said.count("Sorvik"), (name, "who holds an office is named")
                figure(plain.getvalue().count(b"ebrowicz"), "names taken out of exports")
