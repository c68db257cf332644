"""Forgetting: nothing of what is taken out is left, neither in the tables nor in the bytes of the file."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

import readout
from readout.across.linking import decide
from readout.errors import RecordLocked, UsageError
from readout.record import ReadingOptions, linked, open_record, schema
from readout.record.forgetting import Forgotten
from readout.sources.problem import SourceProblem

SECRET = (
    "Quillon Zebrowicz, a teacher from Wyverholm, was abducted by gunmen of the Thornfield Brigade on Monday, his sister Ursa"
    " Zebrowicz said. Norway condemned the abduction."
)
PUBLIC = "Norway said on Monday that its army had arrested two men of the Thornfield Brigade in Oslo."
WORDS = ("Quillon", "quillon", "zebrowicz", "Zebrowicz", "wyverholm", "Wyverholm", "Ursa", "teacher")


def everywhere(record) -> str:
    """Every value of every table, as text."""
    found = []
    with record.asking() as connection:
        for table in (*schema.metadata.sorted_tables, *linked.metadata.sorted_tables):
            found += [repr(tuple(row)) for row in connection.execute(select(table))]
        found += [zlib.decompress(body).decode() for body in connection.execute(select(linked.groups.c.body)).scalars()]
    return "\n".join(found)


def count(record, table):
    with record.asking() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def report_of(record, article):
    with record.asking() as connection:
        table = schema.readings
        return connection.execute(select(table.c.report_id).where(table.c.article_id == article)).scalars().first()


@pytest.fixture
def secret(record, look, vardal):
    """A record of which one piece of news is to be forgotten: two versions, read twice, corrected, undone and withdrawn."""
    record.add(
        [
            look.article(PUBLIC, title="Arrests"),
            look.article(SECRET, source_id="s", url="https://nordpost.example/zebrowicz"),
        ]
    )
    record.add(
        [
            look.article(
                SECRET.replace("Monday", "Tuesday"), source_id="s", updated="2025-03-12", title="Zebrowicz taken"
            )
        ]
    )
    abducted = look.named_all(record, "events", "abducted")[-1]
    (edit,) = record.correct.edit(abducted, {"recipients": "Ursa Zebrowicz"}, by="M", why="the sister, Zebrowicz")
    (other,) = record.correct.edit(f"events/{edit.made[0].id}", {"actors": "a teacher from Wyverholm"}, by="M")
    record.correct.undo(other.number, by="M", why="no, Quillon")
    record.correct.confirm(look.named(record, "events", "arrested"), by="M")
    record.reread(options=ReadingOptions(actors=(vardal,)))
    decide(record, "story", report_of(record, 1), report_of(record, 3), together=True, by="M", why="Zebrowicz, too")
    readout.link(record)
    return record


def test_nothing_is_left(secret, look, where):
    assert all(word in everywhere(secret) for word in ("Quillon", "zebrowicz", "Wyverholm"))
    before = {row for row in look.everything(secret)["events"] if row[2] == 1}
    assert secret.forget([report_of(secret, 2)], dry_run=True) == secret.forget([report_of(secret, 2)])
    left = everywhere(secret)
    assert [word for word in WORDS if word in left] == []
    assert {row for row in look.everything(secret)["events"] if row[2] == 1} == before != set()
    for claim in ("readings", *schema.CLAIMS):
        assert look.by_words(secret, claim, "zebrowicz") == [] if claim != "readings" else True
    assert look.by_words(secret, "events", "thornfield") != []
    look.check_words(secret)
    assert [item.correction.action for item in secret.corrections()] == ["confirm"]
    if not where.startswith("postgresql"):
        left_bytes = b"".join(path.read_bytes() for path in Path(where).parent.glob("readout.db*"))
        assert [word for word in WORDS if word.encode() in left_bytes] == []
        assert b"Thornfield" in left_bytes


def test_what_was_linked_with_it_goes_at_once_and_is_linked_anew(secret):
    bodies = [row.key for row in secret.groups("story") if row.reports == 2]
    assert bodies  # the public report is in one story with the secret one
    secret.forget([report_of(secret, 2)])
    assert list(secret.groups("story")) == []
    assert secret.unlinked() == 1
    readout.link(secret)
    assert [row.reports for row in secret.groups("story")] == [1]
    assert all(finding.well for finding in secret.examine())
    assert not any(word in everywhere(secret) for word in WORDS)


def test_the_log_of_runs_keeps_a_count(secret):
    assert secret.forget([report_of(secret, 3)]).articles == 2
    with secret.asking() as connection:
        table = schema.batches
        runs = connection.execute(select(table.c.command, table.c.forgotten, table.c.ended).order_by(table.c.id)).all()
    assert tuple(runs[-1]) == ("forget", 2, "2025-03-12T09:00:00Z")
    assert {run.forgotten for run in runs[:-1]} == {0}


def test_names_that_other_reports_have_stay(secret):
    def names():
        with secret.asking() as connection:
            return set(connection.execute(select(schema.actor_names.c.folded)).scalars())

    before = names()
    assert {"norway", "quillon zebrowicz", "ursa zebrowicz"} <= before
    secret.forget([report_of(secret, 2)])
    assert "norway" in names()
    assert any("thornfield" in name for name in before) == any("thornfield" in name for name in names())
    assert not any("zebrowicz" in name for name in names())


def test_a_name_stays_only_as_long_as_any_report_has_it(record, look):
    record.add([look.article("Norway said it would help."), look.article("Norway and Oslo said they would help.")])
    record.forget([report_of(record, 1)])
    record.forget([report_of(record, 2)])
    for table in (*schema.metadata.sorted_tables, *linked.metadata.sorted_tables):
        left = count(record, table)
        assert left == 0 or table.name in ("batches", "readers", "last_numbers"), table.name


def test_all_of_a_publisher(secret, look):
    secret.add([look.article(SECRET, publisher="Sørposten")])
    with pytest.raises(UsageError, match="nothing by 'Vestposten'"):
        secret.forget(publisher="Vestposten")
    done = secret.forget(publisher="Sørposten")
    assert (done.articles, done.readings, done.corrections) == (1, 1, 0)
    assert done.claims > 0
    assert secret.forget(publisher="Nordpost").articles == 3
    assert count(secret, schema.articles) == count(secret, schema.corrections) == count(secret, schema.actor_names) == 0


def test_numbers_that_were_forgotten_are_not_given_out_again(record, look):
    record.add([look.article(PUBLIC)])
    (last,) = look.claims(record, "events", "id")[-1]
    record.forget([report_of(record, 1)])
    record.add([look.article(PUBLIC)])
    assert min(number for (number,) in look.claims(record, "events", "id")) > last
    with record.asking() as connection:
        assert connection.execute(select(schema.articles.c.id)).scalars().all() == [2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "say what to forget"),
        ({"reports": ["x"], "publisher": "Nordpost"}, "not both"),
        ({"reports": ["x"]}, "no report 'x'"),
    ],
)
def test_what_cannot_be_forgotten(news, look, arguments, message):
    before = look.everything(news)
    with pytest.raises(UsageError, match=message):
        news.forget(**arguments)
    assert look.everything(news) == before


def test_what_could_not_be_read_where_it_came_from_is_forgotten(record, look):
    broken = SourceProblem("zebrowicz.html", "parse", "Zebrowicz cannot be read")
    record.add([look.article(SECRET, name="zebrowicz.html"), broken, SourceProblem("other.html", "parse", "no text")])
    record.forget([report_of(record, 1)])
    with record.asking() as connection:
        assert connection.execute(select(schema.problems.c.name)).scalars().all() == ["other.html"]
    assert not any(word in everywhere(record) for word in WORDS)


def test_a_dry_run_takes_nothing_out(secret, look):
    before = everywhere(secret)
    assert secret.forget(publisher="Nordpost", dry_run=True).articles == 3
    assert everywhere(secret) == before


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)  # PostgreSQL has no file of ours
def test_somebody_who_reads_holds_the_bytes_and_forgetting_goes_on_later(secret, where):
    again = [report_of(secret, 2)]
    with open_record(where, busy_timeout=0.2, clock=secret._clock) as mine, secret.asking() as reader:
        reader.execute(text("SELECT count(*) FROM events")).scalar()  # begins to read, and does not stop
        with pytest.raises(RecordLocked, match="taken out"):
            mine.forget(again)
        assert "Zebrowicz" not in everywhere(mine)
        files = list(Path(where).parent.glob("readout.db*"))
        assert any(b"Zebrowicz" in path.read_bytes() for path in files)
    assert secret.forget(again) == Forgotten()  # as whoever tries the same command again does
    assert not any(b"Zebrowicz" in path.read_bytes() for path in files if path.exists())
    with pytest.raises(UsageError, match="say what to forget"):
        secret.forget()
