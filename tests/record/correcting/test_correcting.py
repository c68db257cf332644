"""Corrections: an overlay that never changes what was read, worked out from the readings and the log."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text

from readout.errors import Conflict, UsageError
from readout.record import open_record, schema
from readout.record.desk import Desk
from readout.record.log import Made
from readout.record.schema import HIDDEN, LIVE, REPLACED


def row(record, name):
    claim, _, number = name.partition("/")
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        return connection.execute(select(table).where(table.c.id == int(number))).mappings().one()


def people(record, name, side):
    claim, _, number = name.partition("/")
    table = schema.parties
    with record.asking() as connection:
        return list(
            connection.execute(
                select(table.c.name)
                .where(table.c.claim == claim, table.c.claim_id == int(number), table.c.side == side)
                .order_by(table.c.n)
            ).scalars()
        )


def made(correction, n=0):
    return f"{correction.claim}/{correction.made[n].id}"


@pytest.fixture
def shelled(news, look):
    return look.named(news, "events", "shelled")


def test_confirming_and_rejecting(news, look, shelled):
    arrested = look.named(news, "events", "arrested")
    (first,) = news.correct.confirm(shelled, by="Mara Lind", why="as the ministry's page has it")
    news.correct.reject([arrested], by="Mara Lind")
    assert (row(news, shelled)["live"], row(news, shelled)["review"]) == (LIVE, "confirmed")
    assert (row(news, arrested)["live"], row(news, arrested)["review"]) == (HIDDEN, "rejected")
    logged = [item.correction for item in news.corrections()]
    assert logged[0] == first
    assert [(item.action, item.by, item.why) for item in logged] == [
        ("confirm", "Mara Lind", "as the ministry's page has it"), ("reject", "Mara Lind", None),
    ]  # fmt: skip
    assert logged[0].targets[0].words == "shelled"
    assert logged[0].at == "2025-03-12T09:00:00Z"


def test_what_was_rejected_answers_where_it_is_asked_for(news, look, shelled):
    every = {event.id for event in news.events()}
    (correction,) = news.correct.reject(shelled, by="Mara Lind")
    number = int(shelled.partition("/")[2])
    assert {event.id for event in news.events()} == every - {number}
    for asked in ("review:rejected", "review:any", "review:rejected,confirmed", "review:rejected type:ASSAULT"):
        (found,) = news.events(asked)
        assert (found.id, found.review) == (number, "rejected")
        assert news.count("events", asked) == 1
        assert news.page("events", asked, order="confidence").items == (found,)
        assert news.facets("events", "type", asked) == {found.type: 1}
    assert list(news.events("review:rejected", as_of="2025-03-12"))
    assert not list(news.events("review:rejected type:AID"))
    assert {event.id for event in news.events("-review:rejected")} == every - {number}
    assert {event.id for event in news.events("review:none")} == every - {number}
    news.correct.undo(correction.number, by="Mara Lind")
    assert not list(news.events("review:rejected"))
    assert {event.id for event in news.events()} == every


def test_an_edit_stands_beside_what_was_read(news, look, shelled):
    before = dict(row(news, shelled))
    (edit,) = news.correct.edit(
        shelled,
        {"type": "COERCE", "mode": "seize", "actors": "Denmark; Elin Sorvik", "date": "2025-03-09/2025-03-10"},
        by="M",
    )
    after = row(news, made(edit))
    assert dict(row(news, shelled)) == {**before, "live": HIDDEN, "review": "edited"}
    assert (after["type"], after["mode"], after["act_type"], after["act_mode"]) == (
        "COERCE",
        "seize",
        "COERCE",
        "seize",
    )
    assert (after["quad"], after["cameo"]) == (4, "171")
    assert (after["day"], after["date_end"]) == ("2025-03-09", "2025-03-10")
    assert (after["live"], after["review"], after["correction_id"]) == (LIVE, "edited", edit.number)
    with news.asking() as connection:
        read = schema.events.c.correction_id.is_(None), schema.events.c.reading_id == after["reading_id"]
        assert after["idx"] == len(connection.execute(select(schema.events.c.id).where(*read)).all())
    same = ("code", "quote", "start", "end", "status", "rule", "published", "publisher")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert people(news, made(edit), "actor") == ["Denmark", "Elin Sorvik"]
    assert people(news, made(edit), "source") == people(news, shelled, "source") != []
    with news.asking() as connection:
        key = connection.execute(select(schema.parties.c.key).filter_by(name="Denmark", claim_id=after["id"])).scalar()
    assert key == "DNK"  # by the other report and the registry


def test_what_corrections_make_is_found_by_its_words(news, look, shelled):
    before = look.by_words(news, "events", "osthavn")
    (edit,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    assert look.by_words(news, "events", "osthavn") == sorted([*before, edit.made[0].id])
    news.correct.undo(edit.number, by="M")
    assert look.by_words(news, "events", "osthavn") == before
    look.check_words(news)


def test_a_mode_goes_with_its_type_and_an_act_below_talk_stays(news, look):
    visit = look.named(news, "events", "fly")
    before = row(news, visit)
    assert (before["type"], before["act_type"], before["act_mode"]) == ("AGREE", "CONSULT", "visit")
    (edit,) = news.correct.edit(visit, {"type": "REJECT", "mode": "meet", "status": "refused"}, by="M")
    after = row(news, made(edit))
    assert (after["type"], after["mode"], after["act_type"], after["act_mode"]) == (
        "REJECT",
        "meet",
        "CONSULT",
        "visit",
    )
    (again,) = news.correct.edit(made(edit), {"type": "CONSULT"}, by="M")
    assert (row(news, made(again))["mode"], row(news, made(again))["cameo"]) == (None, "040")


def test_figures(news, look):
    twelve = look.named(news, "figures", "12")
    (edit,) = news.correct.edit(twelve, {"value": "14"}, by="M")
    after = row(news, made(edit))
    assert (after["value"], after["low"], after["high"], after["bound"]) == (14, 14, 14, "exact")
    (edit,) = news.correct.edit(made(edit), {"bound": "at_least", "as_of": "2025-03-10", "measure": "injured"}, by="M")
    after = row(news, made(edit))
    assert (after["low"], after["high"], after["day"], after["measure"]) == (14, None, "2025-03-10", "injured")
    (edit,) = news.correct.edit(made(edit), {"low": 10, "high": 20}, by="M")
    assert (row(news, made(edit))["bound"], row(news, made(edit))["high"]) == ("range", 20)
    # An event that the figure sizes is sized by what stands in its place.
    with news.asking() as connection:
        figures = set(connection.execute(select(schema.event_figures.c.figure_id)).scalars())
    assert edit.made[0].id in figures


def test_statements(news, look):
    with news.asking() as connection:
        id_ = connection.execute(
            select(schema.statements.c.id).where(schema.statements.c.content.like("%killing 12%"))
        ).scalar_one()
    statement = f"statements/{id_}"
    words = "shelled the town of Osthavn"
    (edit,) = news.correct.edit(
        statement, {"content": words, "speaker": "Norway", "kind": "direct", "sourcing": "official"}, by="M"
    )
    after = row(news, made(edit))
    assert (after["content"], after["kind"], after["sourcing"]) == (words, "direct", "official")
    assert people(news, made(edit), "speaker") == ["Norway"]
    with news.asking() as connection:
        span = connection.execute(select(schema.made_spans).filter_by(claim_id=after["id"], kind="content")).one()
        body = connection.execute(select(schema.readings.c.text).filter_by(id=after["reading_id"])).scalar_one()
    assert body[span.start : span.end] == words
    (edit,) = news.correct.edit(made(edit), {"speaker": "none"}, by="M")
    assert people(news, made(edit), "speaker") == []


def test_adding(news, look):
    with news.asking() as connection:
        report = connection.execute(select(schema.readings.c.report_id).filter_by(article_id=1)).scalar_one()
    entry = news.correct.add(
        "events", report, "killing 12 people",
        {"type": "ASSAULT", "act": "ASSAULT/explosives", "mode": "explosives", "actors": ["Vardal Front"], "places": "Cairo"},
        by="M",
    )  # fmt: skip
    after = row(news, made(entry))
    assert (after["type"], after["cameo"], after["status"], after["review"]) == ("ASSAULT", "183", "occurred", "added")
    assert after["quote"].startswith("The Vardal Front")
    assert (after["rule"], after["confidence"], after["day"]) == ("by hand", 1.0, "2025-03-11")
    assert look.by_words(news, "events", "osthavn")[-1] == after["id"]
    figure = news.correct.add(
        "figures", report, (after["start"], after["end"]), {"value": 12, "measure": "killed"}, by="M"
    )
    assert row(news, made(figure))["low"] == 12
    said = news.correct.add("statements", report, "Police arrested four men", {"speaker": "Police"}, by="M")
    assert row(news, made(said))["content"] == "Police arrested four men"
    assert row(news, made(said))["day"] == "2025-03-11"


def test_merging_keeps_every_place_where_it_is_told(news, look, shelled):
    killing = look.named(news, "events", "killing")
    entry = news.correct.merge([shelled, killing], by="M")
    after = row(news, made(entry))
    assert (after["type"], after["mode"], after["review"]) == ("ASSAULT", row(news, shelled)["mode"], "merged")
    assert {row(news, name)["review"] for name in (shelled, killing)} == {"merged"}
    assert {row(news, name)["live"] for name in (shelled, killing)} == {HIDDEN}
    with news.asking() as connection:
        (further,) = connection.execute(select(schema.made_spans).filter_by(claim_id=after["id"], kind="further")).all()
        figures = select(schema.event_figures.c.figure_id).where(schema.event_figures.c.event_id == after["id"])
        linked = connection.execute(figures).scalars().all()
    assert (further.start, further.end) == (row(news, killing)["start"], row(news, killing)["end"])
    assert linked, "it is sized by the figures of both"


def test_splitting(news, look, shelled):
    entry = news.correct.split(shelled, [{"actors": "Norway"}, {"actors": "Denmark", "status": "denied"}], by="M")
    assert [people(news, made(entry, n), "actor") for n in (0, 1)] == [["Norway"], ["Denmark"]]
    assert [row(news, made(entry, n))["status"] for n in (0, 1)] == ["occurred", "denied"]
    assert row(news, shelled)["review"] == "split"


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5])
def test_undoing_gives_back_what_was(news, look, shelled, n):
    with news.asking() as connection:
        report = connection.execute(select(schema.readings.c.report_id).filter_by(article_id=1)).scalar_one()
    killing = look.named(news, "events", "killing")
    (earlier,) = news.correct.edit(killing, {"status": "uncertain"}, by="M")
    before = look.everything(news)
    done = [
        lambda: news.correct.confirm(shelled, by="M")[0],
        lambda: news.correct.reject(made(earlier), by="M")[0],
        lambda: news.correct.edit(made(earlier), {"type": "COERCE"}, by="M")[0],
        lambda: news.correct.add("figures", report, "four men", {"value": 4}, by="M"),
        lambda: news.correct.merge([shelled, made(earlier)], by="M"),
        lambda: news.correct.split(shelled, [{"actors": "Norway"}, {"actors": "Denmark"}], by="M"),
    ][n]()
    after = look.everything(news)
    assert after != before
    (undo,) = news.correct.undo(done.number, by="M")
    assert look.everything(news) == before
    news.correct.undo(undo.number, by="M")
    assert look.everything(news) == after
    look.check_words(news)


def test_what_is_built_on_is_not_undone_alone(news, look, shelled):
    (first,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    (second,) = news.correct.edit(made(first), {"type": "COERCE"}, by="M")
    (third,) = news.correct.confirm(made(second), by="M")
    before = look.everything(news)
    with pytest.raises(Conflict, match=rf"{second.number}, {third.number} build on it"):
        news.correct.undo(first.number, by="M")
    assert look.everything(news) == before
    undone = news.correct.undo(first.number, by="M", later=True)
    assert [entry.undoes for entry in undone] == [third.number, second.number, first.number]
    assert row(news, shelled)["live"] == LIVE
    with pytest.raises(Conflict, match="was undone by M"):
        news.correct.undo(first.number, by="M")


def test_an_undo_is_not_undone_where_something_else_was_done_instead(news, shelled):
    (first,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    (undo,) = news.correct.undo(first.number, by="M")
    (second,) = news.correct.reject(shelled, by="M")
    with pytest.raises(Conflict, match="build on it"):
        news.correct.undo(undo.number, by="M")
    news.correct.undo(undo.number, by="M", later=True)
    assert row(news, shelled)["review"] == "edited"
    assert [item.undone_by is not None for item in news.corrections()] == [False, True, True, False, False]
    assert second.number == 3


def test_an_undo_is_not_undone_where_what_it_would_bring_back_has_no_ground(news, shelled):
    (first,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    (second,) = news.correct.edit(made(first), {"type": "COERCE"}, by="M")
    undo, _ = news.correct.undo(first.number, by="M", later=True)
    with pytest.raises(Conflict, match="cannot hold again"):
        news.correct.undo(undo.number, by="M")
    assert second.number == 2


def test_numbers_are_never_given_out_twice(news, shelled):
    (first,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    news.correct.undo(first.number, by="M")
    (second,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    assert second.made[0].id > first.made[0].id
    with pytest.raises(Conflict, match="not there any more"):
        news.correct.confirm(made(first), by="M")


def test_the_history_of_a_claim(news, look, shelled):
    killing, arrested = look.named(news, "events", "killing"), look.named(news, "events", "arrested")
    (edit,) = news.correct.edit(shelled, {"status": "denied"}, by="M")
    news.correct.confirm(arrested, by="M")
    merge = news.correct.merge([made(edit), killing], by="M")
    (undo,) = news.correct.undo(merge.number, by="M")
    news.correct.reject(killing, by="M")
    numbers = [edit.number, merge.number, undo.number, undo.number + 1]
    for name in (shelled, made(edit), killing):
        assert [item.correction.number for item in news.history(name)] == numbers
    assert [item.correction.action for item in news.history(arrested)] == ["confirm"]
    assert news.history(look.named(news, "events", "fly")) == ()
    with pytest.raises(UsageError, match="no events/999"):
        news.history("events/999")


def test_two_people_who_correct_one_claim(news, shelled, look):
    seen = news.last_correction()
    news.correct.confirm(shelled, by="Ada", seen=seen)
    with pytest.raises(Conflict, match=r"corrected meanwhile by Ada \(2025-03-12T09:00:00Z, correction 1\)"):
        news.correct.edit(shelled, {"status": "denied"}, by="Mara", seen=seen)
    news.correct.edit(shelled, {"status": "denied"}, by="Mara", seen=1)
    with pytest.raises(Conflict, match="was edited by Mara"):
        news.correct.reject(shelled, by="Ada", seen=1)
    other = look.named(news, "events", "arrested")
    news.correct.confirm(other, by="Ada", seen=0)  # nobody touched this one


def test_no_update_is_lost_where_many_correct_at_once(where, news, look, shelled):
    """Each of eight people edits the figure to its value plus one, and looks again where somebody was faster."""
    twelve = look.named(news, "figures", "12")

    def count_up() -> None:
        with open_record(where, clock=news._clock) as mine:
            for _ in range(5):
                while True:
                    seen = mine.last_correction()
                    (number, value) = look.claims(mine, "figures", "id", "value")[-1]
                    try:
                        mine.correct.edit(f"figures/{number}", {"value": value + 1}, by="M", seen=seen)
                    except Conflict:
                        continue
                    break

    news.correct.reject([name for name in standing(news, "figures") if name != twelve], by="M")
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [value for (value,) in look.claims(news, "figures", "value")] == [12 + 4 * 5]
    before = look.everything(news)
    look.from_scratch(news)
    assert look.everything(news) == before


def standing(record, claim):
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        return [
            f"{claim}/{id_}" for id_ in connection.execute(select(table.c.id).where(table.c.live != HIDDEN)).scalars()
        ]


BAD = {
    "no such claim": (lambda c: c.confirm("events/999", by="M"), "no events/999"),
    "no name of a claim": (lambda c: c.confirm("event 1", by="M"), "names no claim"),
    "a huge number": (lambda c: c.confirm("events/" + "9" * 30, by="M"), "no events/999"),
    "a number that no row can have": (lambda c: c.confirm("events/2147483648", by="M"), "no events/2147483648"),
    "undo of a huge number": (lambda c: c.undo(10**30, by="M"), "no correction 1000"),
    "undo of no number": (lambda c: c.undo(-1, by="M"), "no correction -1"),
    "half a letter": (lambda c: c.confirm("events/1", by="M", why="\udcff"), "is no text"),
    "the letter zero": (lambda c: c.edit("figures/1", {"unit": "a\0b"}, by="M"), "is no text"),
    "half a letter in a list": (lambda c: c.edit("events/1", {"actors": ["\ud800"]}, by="M"), "is no text"),
    "half a report": (lambda c: c.add("events", "\udcff", "y", {}, by="M"), "is no text"),
    "no claim": (lambda c: c.confirm([], by="M"), "name a claim"),
    "twice": (lambda c: c.confirm(["events/1", "events/1"], by="M"), "named twice"),
    "nobody": (lambda c: c.confirm("events/1", by=" "), "by whom"),
    "no value": (lambda c: c.edit("events/1", {}, by="M"), "needs a value"),
    "no such value": (lambda c: c.edit("events/1", {"colour": "red"}, by="M"), "they have type, mode, act"),
    "no such type": (lambda c: c.edit("events/1", {"type": "FLY"}, by="M"), "one of AGREE, CONSULT"),
    "no such status": (lambda c: c.edit("events/1", {"status": "maybe"}, by="M"), "one of occurred, ongoing"),
    "no such mode": (lambda c: c.edit("events/1", {"type": "COERCE", "mode": "aerial"}, by="M"), "COERCE has no mode 'aerial'"),
    "no such act": (lambda c: c.edit("events/1", {"act": "COERCE/aerial"}, by="M"), "COERCE has no mode"),
    "no such topic": (lambda c: c.edit("events/1", {"contexts": "weather"}, by="M"), "one of military"),
    "no day": (lambda c: c.edit("events/1", {"date": "2025-02-30"}, by="M"), "is no day"),
    "days backwards": (lambda c: c.edit("events/1", {"date": "2025-03-10/2025-03-09"}, by="M"), "cannot end"),
    "no answer": (lambda c: c.edit("events/1", {"news": "perhaps"}, by="M"), "yes or no"),
    "the same value": (lambda c: c.edit("events/1", {"type": "ASSAULT"}, by="M"), "says so already"),
    "an unknown actor": (lambda c: c.edit("events/1", {"actors": "Zorblax"}, by="M"), "not known"),
    "an unknown place": (lambda c: c.edit("events/1", {"places": "Zorblax"}, by="M"), "not known"),
    "many places": (lambda c: c.edit("events/1", {"places": "Springfield"}, by="M"), "may be more than one place"),
    "no words": (lambda c: c.edit("events/1", {"span": "not there"}, by="M"), "not in the report's text"),
    "words twice": (lambda c: c.edit("events/1", {"span": "the"}, by="M"), "times in the report's text"),
    "no span": (lambda c: c.edit("events/1", {"span": "90-9000"}, by="M"), "is no span"),
    "no number": (lambda c: c.edit("figures/1", {"value": "many"}, by="M"), "is a number"),
    "endless": (lambda c: c.edit("figures/1", {"value": "inf"}, by="M"), "is a number"),
    "outside its bounds": (lambda c: c.edit("figures/1", {"low": 20, "high": 30}, by="M"), "does not lie between"),
    "a range without ends": (lambda c: c.edit("figures/1", {"bound": "range", "low": "none"}, by="M"), "needs low and high"),
    "no such measure": (lambda c: c.edit("figures/1", {"measure": "sad"}, by="M"), "one of killed"),
    "days that do not follow": (
        lambda c: c.edit("figures/1", {"since": "2025-03-02", "as_of": "2025-03-01"}, by="M"), "which is earlier",
    ),
    "nothing said": (lambda c: c.edit("statements/1", {"content": ""}, by="M"), "words of the text"),
    "no such kind": (lambda c: c.add("wishes", "x", "y", {}, by="M"), "no claims 'wishes'"),
    "no such report": (lambda c: c.add("events", "x", "y", {}, by="M"), "no report 'x'"),
    "one alone": (lambda c: c.merge(["events/1"], by="M"), "two claims or more"),
    "two kinds": (lambda c: c.merge(["events/1", "figures/1"], by="M"), "not of one kind"),
    "one part": (lambda c: c.split("events/1", [{"status": "denied"}], by="M"), "two parts"),
    "no such correction": (lambda c: c.undo(9, by="M"), "no correction 9"),
}  # fmt: skip


def test_what_cannot_be_is_said_and_nothing_changes(news, look):
    before = look.everything(news)
    for case, (act, message) in BAD.items():
        with pytest.raises(UsageError) as refused:
            act(news.correct)
        assert message in str(refused.value), case
        assert look.everything(news) == before, case
    assert list(news.corrections()) == []


def test_claims_of_two_reports_are_not_merged(news, look, shelled):
    with pytest.raises(UsageError, match="not of one report"):
        news.correct.merge([shelled, look.named(news, "events", "signed")], by="M")


def test_a_place_among_several_is_said_by_its_country(news, shelled):
    (edit,) = news.correct.edit(shelled, {"places": "Tripoli, LBN"}, by="M")
    with news.asking() as connection:
        place = connection.execute(
            select(schema.claim_places).filter_by(claim="events", claim_id=edit.made[0].id)
        ).one()
    assert (place.country, place.key.split(":")[0]) == ("LBN", "geonames")
    (again,) = news.correct.edit(made(edit), {"places": ["Oslo", place.key]}, by="M")
    assert [item["name"] for item in again.made[0].set["places"]] == ["Oslo", "Tripoli"]


def test_somebody_new_stands_in_the_text_and_is_found_by_name(news, shelled):
    (edit,) = news.correct.edit(shelled, {"recipients": "four men in Oslo"}, by="M")
    assert people(news, made(edit), "recipient") == ["four men in Oslo"]
    with news.asking() as connection:
        names = (
            connection.execute(select(schema.actor_names.c.key).filter_by(folded="four men in oslo")).scalars().all()
        )
    assert names == ["name:four men in oslo"]


def test_corrections_of_a_version_that_is_replaced_are_replaced_with_it(record, look):
    record.add([look.article(look.attack, source_id="a")])
    shelled = look.named(record, "events", "shelled")
    (edit,) = record.correct.edit(shelled, {"status": "denied"}, by="M")
    record.add([look.article(look.attack.replace("12", "14"), source_id="a", updated="2025-03-12")])
    assert row(record, made(edit))["live"] == REPLACED
    before = look.everything(record)
    look.from_scratch(record)
    assert look.everything(record) == before


class _PoweredOff(Exception):
    """The machine stops."""


def _stopped_before_the_end(record, shelled):
    with record.writing() as connection:
        desk = Desk.at(record, connection, "M", None, None)
        found = desk.find(shelled)
        made_ = Made(desk.number(schema.events), {"status": "denied"})
        desk.append("edit", "events", found.situation, (found.state,), (made_,))
        assert connection.execute(text("SELECT count(*) FROM corrections")).scalar() == 1
        raise _PoweredOff


def test_a_correction_and_its_claims_are_written_together_or_not_at_all(news, look, shelled):
    before = look.everything(news)
    with pytest.raises(_PoweredOff):
        _stopped_before_the_end(news, shelled)
    assert look.everything(news) == before
    assert news.last_correction() == 0
