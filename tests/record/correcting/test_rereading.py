"""Reading again: older readings stay, the present one answers, and corrections go over where they still fit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text, update

from readout.errors import UsageError
from readout.record import ReadingOptions, Watching, open_record, schema
from readout.record.opened import Reread
from readout.record.schema import HIDDEN, LIVE, REPLACED


def lives(record, table):
    with record.asking() as connection:
        rows = connection.execute(select(table.c.reading_id, table.c.live).distinct().order_by(table.c.reading_id))
        return [tuple(row) for row in rows]


def readings(record):
    with record.asking() as connection:
        table = schema.readings
        rows = connection.execute(select(table.c.article_id, table.c.reader_id, table.c.live).order_by(table.c.id))
        return [tuple(row) for row in rows]


def people(record, claim_name):
    claim, _, number = claim_name.partition("/")
    table = schema.parties
    with record.asking() as connection:
        mine = select(table.c.key).where(
            table.c.claim == claim, table.c.claim_id == int(number), table.c.side == "actor"
        )
        return connection.execute(mine).scalars().all()


def test_nothing_is_read_again_that_the_present_reader_read(news):
    assert news.reread() == Reread()
    assert news.reread(dry_run=True) == Reread()
    assert readings(news) == [(1, 1, LIVE), (2, 1, LIVE)]


def test_the_present_reading_answers_and_the_older_one_stays(news, look, vardal):
    shelled = look.named(news, "events", "shelled")
    seen = []
    options = ReadingOptions(actors=(vardal,))
    assert news.reread(options=options, dry_run=True) == Reread(read=2)
    assert news.reread(options=options, watching=Watching(reread=seen.append)) == Reread(read=2)
    assert seen == [Reread(read=2)]
    assert readings(news) == [(1, 1, HIDDEN), (2, 1, HIDDEN), (1, 2, LIVE), (2, 2, LIVE)]
    for table in (schema.events, schema.statements, schema.actors):
        assert {live for reading, live in lives(news, table) if reading <= 2} == {HIDDEN}
        assert {live for reading, live in lives(news, table) if reading > 2} == {LIVE}
    again = look.named(news, "events", "shelled")
    assert people(news, shelled) == ["name:vardal front"]
    assert people(news, again) == ["vardal-front"]
    with news.asking() as connection:
        assert connection.execute(select(func.count()).select_from(schema.batches)).scalar() == 2
        knowledge = connection.execute(select(schema.readers.c.knowledge).order_by(schema.readers.c.id)).scalars().all()
    assert knowledge[1].startswith(knowledge[0] + "+")
    look.check_words(news)


def test_what_was_read_before_is_let_stand_again_and_not_read(news, look, vardal):
    shelled = look.named(news, "events", "shelled")
    before = look.everything(news)
    news.reread(options=ReadingOptions(actors=(vardal,)))
    assert news.reread() == Reread(read=2)
    assert readings(news) == [(1, 1, LIVE), (2, 1, LIVE), (1, 2, HIDDEN), (2, 2, HIDDEN)]
    assert look.named(news, "events", "shelled") == shelled
    old = {row for row in look.everything(news)["events"] if row[1] <= 2}
    assert old == set(before["events"])


def test_reading_again_gives_what_adding_would(news, look, vardal, tmp_path):
    news.reread(options=ReadingOptions(actors=(vardal,)), size=1)
    with open_record(tmp_path / "fresh.db", clock=news._clock) as fresh:
        fresh.add([look.article(look.attack), look.article(look.other)], options=ReadingOptions(actors=(vardal,)))
        columns = [c.name for c in schema.events.c if c.name not in ("id", "reading_id")]
        assert look.claims(news, "events", *columns) == look.claims(fresh, "events", *columns)
        with news.asking() as one, fresh.asking() as other:
            table = schema.readings
            report = select(table.c.report).where(table.c.live == LIVE).order_by(table.c.article_id)
            assert one.execute(report).scalars().all() == other.execute(report).scalars().all()


def test_two_processes_and_texts_that_are_kept(record, look, vardal):
    kept = look.article("  Rebels of the Vardal Front fled.\r\n\r\n(c) Nordpost ", source_id="kept")
    record.add([kept], options=ReadingOptions(keep_text=True))
    record.add([look.article(f"{look.attack} It was attack number {n}.") for n in range(3)])
    assert record.reread(options=ReadingOptions(actors=(vardal,)), workers=2, size=2) == Reread(read=4)
    with record.asking() as connection:
        texts = select(schema.readings.c.text).filter_by(article_id=1)
        assert set(connection.execute(texts).scalars()) == {kept.text}


def test_some_reports(news, vardal):
    with news.asking() as connection:
        report = connection.execute(select(schema.readings.c.report_id).filter_by(article_id=2)).scalar_one()
    assert news.reread([report], options=ReadingOptions(actors=(vardal,))) == Reread(read=1)
    assert readings(news)[-1] == (2, 2, LIVE)
    with pytest.raises(UsageError, match="no report 'gone'"):
        news.reread(["gone"])


class _Stop(Exception):
    """The run is stopped."""


def test_a_run_that_was_stopped_goes_on(news, look, vardal):
    options = ReadingOptions(actors=(vardal,))

    def stop(_):
        raise _Stop

    with pytest.raises(_Stop):
        news.reread(options=options, size=1, watching=Watching(reread=stop))
    assert [live for *_, live in readings(news)] == [HIDDEN, LIVE, LIVE]
    assert news.reread(options=options, size=1) == Reread(read=1)
    assert [live for *_, live in readings(news)] == [HIDDEN, HIDDEN, LIVE, LIVE]
    assert news.reread(options=options) == Reread()


def test_versions_that_were_replaced_stay_so(record, look, vardal):
    record.add([look.article(look.attack, source_id="a")])
    record.add([look.article(look.attack.replace("12", "14"), source_id="a", updated="2025-03-12")])
    record.reread(options=ReadingOptions(actors=(vardal,)))
    assert readings(record) == [(1, 1, HIDDEN), (2, 1, HIDDEN), (1, 2, REPLACED), (2, 2, LIVE)]
    assert {live for reading, live in lives(record, schema.events) if reading == 3} == {REPLACED}
    record.add([look.article(look.attack.replace("12", "15"), source_id="a", updated="2025-03-13")])
    assert [live for *_, live in readings(record)] == [HIDDEN, HIDDEN, REPLACED, REPLACED, LIVE]


def test_an_article_whose_text_cannot_be_put_together_is_named_and_the_rest_is_read(news, look, vardal):
    with news.writing() as connection:
        table = schema.articles
        connection.execute(update(table).where(table.c.id == 1).values(note="somebody wrote here by hand"))
    problems = []
    options = ReadingOptions(actors=(vardal,))
    assert news.reread(options=options, watching=Watching(problem=problems.append)) == Reread(read=1, problems=1)
    assert "article 1 was not read again" in problems[0].message
    assert readings(news)[0] == (1, 1, LIVE)
    with news.asking() as connection:
        assert connection.execute(select(schema.problems.c.stage)).scalars().all()[-1] == "reread"


def test_an_article_without_words_is_let_be(record, look, vardal):
    record.add([replace(look.article(""), source_id="a", status="canceled")])
    assert record.reread(options=ReadingOptions(actors=(vardal,))) == Reread()


@pytest.fixture
def corrected(news, look, vardal):
    """A record that is corrected, then read again by a reader who knows the Vardal Front; what was corrected by name."""
    shelled, killing = (look.named(news, "events", words) for words in ("shelled", "killing"))
    arrested, fly = (look.named(news, "events", words) for words in ("arrested", "fly"))
    correct = news.correct
    (status,) = correct.edit(shelled, {"status": "denied"}, by="M")
    (again,) = correct.edit(f"events/{status.made[0].id}", {"places": "Oslo"}, by="M")
    (actors,) = correct.edit(killing, {"actors": "Norway"}, by="M")
    (confirmed,) = correct.confirm(arrested, by="M")
    (rejected,) = correct.reject(fly, by="M")
    with news.asking() as connection:
        report = connection.execute(select(schema.readings.c.report_id).filter_by(article_id=1)).scalar_one()
    added = correct.add("figures", report, "four men", {"value": 4, "measure": "detained"}, by="M")
    seen = {item.made[0].id if item.made else item.targets[0].id: item for item in (status, again, actors, confirmed)}
    assert len(seen) == 4
    done = news.reread(options=ReadingOptions(actors=(vardal,)))
    return {
        "done": done, "status": status, "again": again, "actors": actors, "confirmed": confirmed, "rejected": rejected,
        "added": added,
    }  # fmt: skip


def row(record, claim, number):
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        return connection.execute(select(table).where(table.c.id == number)).mappings().first()


def test_corrections_that_fit_go_over(news, look, corrected):
    first = row(news, "events", corrected["status"].made[0].id)
    second = row(news, "events", corrected["again"].made[0].id)
    # The edit holds of the new claim, and what it does not say is as it is read now.
    assert (first["reading_id"], first["live"], first["status"]) == (3, HIDDEN, "denied")
    assert (second["reading_id"], second["live"], second["status"]) == (3, LIVE, "denied")
    assert people(news, f"events/{second['id']}") == ["vardal-front"]
    added = row(news, "figures", corrected["added"].made[0].id)
    assert (added["reading_id"], added["live"], added["value"]) == (3, LIVE, 4)
    with news.asking() as connection:
        table = schema.events
        reviews = connection.execute(
            select(table.c.type, table.c.review).where(table.c.reading_id == 3, table.c.review.is_not(None))
        ).all()
    assert sorted(map(tuple, reviews)) == [
        ("AGREE", "rejected"), ("ASSAULT", "edited"), ("ASSAULT", "edited"), ("ASSAULT", "edited"), ("COERCE", "confirmed"),
    ]  # fmt: skip
    look.check_words(news)


def test_corrections_that_do_not_fit_are_kept_and_named(news, look, corrected):
    assert corrected["done"] == Reread(read=2, unfitting=1)
    (unfit,) = news.unfitting()
    assert unfit.correction == corrected["actors"]
    assert "read otherwise now: actors" in unfit.unfit
    assert row(news, "events", corrected["actors"].made[0].id) is None
    assert people(news, look.named(news, "events", "killing")) == ["vardal-front"]
    assert len(list(news.corrections())) == 6


def test_after_reading_again_the_log_still_says_it_all(news, look, corrected):
    before = look.everything(news)
    look.from_scratch(news)
    assert look.everything(news) == before
    news.correct.undo(corrected["again"].number, by="M")
    assert row(news, "events", corrected["status"].made[0].id)["live"] == LIVE


def test_read_again_as_before_all_fits_as_before(news, look, vardal):
    killing = look.named(news, "events", "killing")
    news.correct.edit(killing, {"actors": "Norway"}, by="M")
    before = look.everything(news)
    news.reread(options=ReadingOptions(actors=(vardal,)))
    assert len(list(news.unfitting())) == 1
    news.reread()
    assert list(news.unfitting()) == []
    after = look.everything(news)
    old = {name: [r for r in rows if name in ("events",) and r[1] <= 2] for name, rows in after.items()}
    assert old["events"] == before["events"]


def test_a_claim_of_an_older_reading_is_not_corrected(news, look, vardal):
    from readout.errors import Conflict

    shelled = look.named(news, "events", "shelled")
    news.reread(options=ReadingOptions(actors=(vardal,)))
    with pytest.raises(Conflict, match="read again since"):
        news.correct.confirm(shelled, by="M")


def test_changes_between_readings(news, vardal):
    assert list(news.changes()) == []
    news.reread(options=ReadingOptions(actors=(vardal,)))
    found = list(news.changes())
    assert [item.article for item in found] == [1]
    assert found[0].after.knowledge.startswith(found[0].before.knowledge + "+")
    changed = [(c.claim, c.what, c.before.values["span"]["words"], [f.name for f in c.fields]) for c in found[0].claims]
    assert ("events", "changed", "shelled", ["actors"]) in changed
    assert {what for _, what, *_ in changed} == {"changed"}
    assert list(news.changes([found[0].report])) == found
    assert list(news.changes(since_reader=1)) == found
    assert list(news.changes(since_reader=found[0].before.version)) == found
    with pytest.raises(UsageError, match="no reader 9"):
        list(news.changes(since_reader=9))
    news.reread()
    back = list(news.changes())
    assert [f.before for f in back[0].claims[0].fields] == [f.after for f in found[0].claims[0].fields]


def test_changes_leave_corrections_out(news, look, vardal):
    news.correct.edit(look.named(news, "events", "arrested"), {"status": "denied"}, by="M")
    news.reread(options=ReadingOptions(actors=(vardal,)))
    assert all("status" not in [f.name for f in c.fields] for item in news.changes() for c in item.claims)


def test_changes_are_read_as_they_are_asked_for(record, look, vardal):
    record.add([look.article(f"{look.attack} It was attack number {n}.") for n in range(25)])
    record.reread(options=ReadingOptions(actors=(vardal,)))
    found = record.changes()
    assert next(found).article == 1
    with record.writing() as connection:
        connection.execute(text("UPDATE articles SET note = 'x' WHERE id = 2"))  # nobody waits for the one who looks
    assert [item.article for item in found] == list(range(2, 26))
