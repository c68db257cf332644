"""Asking, the same on SQLite and PostgreSQL: what answers, in which order, and that every way to a page leads to the same one."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import unicodedata
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select, update

from readout.errors import UsageError
from readout.reading import read_many
from readout.record import counted, kept, linked, migrations, open_record, rows_in_order, schema, spans
from readout.record.filters import Filters
from readout.record.views import VIEWS
from readout.record.vocabulary import bounds
from readout.record.words import word_set
from readout.sources.article import Article

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "asking.py"
ATTACK = "Rebels shelled the town of Osthavn on Monday, killing 12 people, the health ministry said. France condemned the attack."
VISIT = "The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks on a cease-fire, her spokesman said."
TALKS = "Iran and Hamas will meet Antony Blinken in Cairo, Tehran said. Séverine Ducasse condemned the Égalité rebels and/or their wing."


def article(text, **fields):
    return Article(text=text, **{"published": "2025-03-11", "publisher": "Nordpost", **fields})


@pytest.fixture
def news(record):
    """A record of three articles."""
    record.add([article(ATTACK), article(VISIT, published="2025-03-10", publisher="Aftenbladet"), article(TALKS)])
    return record


def quotes(found):
    return {item.quote.split()[0] for item in found}


#: Queries with the first words of the sentences whose events answer.
FOUND = [
    ("", {"Rebels", "France", "The", "Iran", "Séverine"}),
    ("actor:Hamas", {"Iran"}),
    ("actor:hamas", {"Iran"}),
    ("recipient:Blinken", {"Iran"}),
    ("recipient:blinken", {"Iran"}),
    ("actor:Tehran", {"Iran"}),
    ("actor:IRN", {"Iran"}),
    ("actor:iran", {"Iran"}),
    ("actor:Sorvik", {"The"}),
    ('actor:"Elin Sorvik",Hamas', {"The", "Iran"}),
    ("actor:Hamas actor:Iran", {"Iran"}),
    ("actor:Hamas actor:Sorvik", set()),
    ("actor:Nobody", set()),
    ("-actor:Nobody type:ASSAULT act:ASSAULT status:occurred", {"Rebels"}),
    ('source:"health ministry"', {"Rebels"}),
    ("country:NO", {"The"}),
    ("country:France", {"France"}),
    ("country:EGY", {"The", "Iran"}),
    ("place:Cairo", {"The", "Iran"}),
    ("place:Osthavn", set()),
    ("place:geonames:360630", {"The", "Iran"}),
    ("act:CONSULT/visit", {"The"}),
    ("-act:CONSULT,ASSAULT", {"France", "Séverine"}),
    ("status:planned", {"The", "Iran"}),
    ("published:2025-03-10", {"The"}),
    ("published:..2025-03-09", set()),
    ("publisher:NORDPOST -actor:Hamas", {"Rebels", "France", "Séverine"}),
    ("publisher:nobody", set()),
    ("attribution:none", {"France", "Séverine"}),
    ("attribution:any", {"Rebels", "The", "Iran"}),
    ("attribution:none,Tehran", {"France", "Séverine", "Iran"}),
    ("measure:killed", {"Rebels"}),
    ("-measure:none", {"Rebels"}),
    ("review:none", {"Rebels", "France", "The", "Iran", "Séverine"}),
    ("review:any", set()),
    ("report:0000", set()),
    ('"cease-fire"', {"The"}),
    ('"cease fire"', {"The"}),
    ("cease-fire", {"The"}),
    ("ceas*", {"The"}),
    ("severine", {"Séverine"}),
    ("SÉVERINE", {"Séverine"}),
    ("egalite", {"Séverine"}),
    ("wing and", {"Séverine"}),
    ("or", {"Séverine"}),
    ('"killing 12"', {"Rebels"}),
    ('"12 killing"', set()),
    ("text:shelled,condemned", {"Rebels", "France", "Séverine"}),
    ("-shelled published:2025-03-11", {"France", "Iran", "Séverine"}),
    ("Rebels -- hostages", set()),
    ("--", {"Rebels", "France", "The", "Iran", "Séverine"}),
    ("🙂", set()),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_events_that_answer(news, query, expected):
    assert quotes(news.events(query)) == expected
    assert news.count("events", query) == len(list(news.events(query)))
    assert news.page("events", query, total=True).total == news.count("events", query)


def test_a_claim_is_whole(news):
    (event,) = news.events("type:ASSAULT measure:killed")
    (report,) = news.reports("text:shelled")
    whole = news.report(report.id)
    assert whole == next(read_many([article(ATTACK)]))
    mine = next(item for item in whole.events if item.id == event.code)
    assert (event.report, event.publisher, event.published) == (whole.id, "Nordpost", "2025-03-11")
    assert [party.name for party in event.actors] == [whole.actors[n].name for n in mine.actors]
    assert [party.actor for party in event.recipients] == list(mine.recipients)
    assert [(party.name, party.cue) for party in event.sources] == [
        (whole.actors[said.source].name, said.cue) for said in mine.attribution
    ]
    assert [place.name for place in event.places] == [whole.places[n].name for n in mine.places]
    assert event.span == mine.span
    assert event.quote == whole.slice(whole.sentences[mine.sentence])
    assert (event.type, event.act, event.status, event.confidence) == (
        mine.type,
        mine.act,
        mine.status,
        mine.confidence,
    )
    (figure,) = news.figures("measure:killed")
    assert event.figures == (figure.id,)
    assert figure.events == (event.id,)
    assert (figure.value, figure.sources[0].name) == (12.0, "health ministry")
    assert event.to_json()["actors"][0]["name"] == "Rebels"
    assert (report.events, report.statements, report.figures) == (
        len(whole.events), len(whole.statements), len(whole.figures),
    )  # fmt: skip


def test_statements(news):
    assert {item.speakers[0].name for item in news.statements("actor:Tehran")} == {"Iran"}
    assert quotes(news.statements("kind:indirect,direct source:Tehran")) == {"Iran"}
    assert all(item.sourcing == "institutional" for item in news.statements(sourcing="institutional"))
    assert list(news.statements("attribution:none")) == []


@pytest.mark.parametrize(
    ("kind", "query", "words"),
    [
        ("statements", "type:AID", ("statements have no 'type'", "sourcing")),
        ("figures", "actor:Hamas", ("figures have no 'actor'",)),
        ("reports", "status:planned", ("reports have no 'status'",)),
        ("statements", "kind:count", ("'count' statements", "direct, indirect, mixed")),
        ("figures", "kind:direct", ("count, ordinal",)),
        ("actors", "kind:ship", ("person, government",)),
        ("ships", "", ("no 'ships'", "events, statements")),
    ],
)
def test_what_a_kind_lacks(news, kind, query, words):
    for ask in (lambda: news.page(kind, query), lambda: news.count(kind, query)):
        with pytest.raises(UsageError) as error:
            ask()
        assert all(word in str(error.value) for word in words)


@pytest.mark.parametrize("order", ["value", "day", "-name", ""])
def test_orders_that_there_are_not(news, order):
    with pytest.raises(UsageError, match="date, published, added, confidence"):
        news.events(order=order)


def test_actors_and_places(news):
    (found,) = news.actors("actor:Tehran")
    assert (found.key, found.kind, found.country, found.reports, found.events_out) == ("IRN", "country", "IRN", 1, 1)
    assert {item.name for item in news.actors("text:sor")} == {"Elin Sorvik"}
    assert {item.name for item in news.actors("kind:armed_group")} == {"Rebels", "Hamas", "Égalité rebels"}
    assert {item.key for item in news.actors("country:NOR kind:country")} == {"NOR"}
    (cairo,) = news.places("place:Cairo")
    assert (cairo.name, cairo.country, cairo.reports, cairo.events) == ("Cairo", "EGY", 2, 2)
    assert next(news.places()).name == "Cairo"
    names = [item.name for item in news.actors(order="name")]
    assert names == sorted(names)
    assert [item.name for item in news.actors(order="-name")] == names[::-1]
    for order in ("reports", "-reports", "claims", "-claims", "name", "-name"):
        pages, cursor = [], None
        while True:
            page = news.page("actors", order=order, limit=3, cursor=cursor)
            pages += page.items
            cursor = page.next
            if cursor is None:
                break
        assert pages == list(news.actors(order=order))
        assert len({item.key for item in pages}) == news.count("actors") == len(pages)
    claims = [item.claims for item in news.actors(order="-claims")]
    assert claims == sorted(claims, reverse=True)
    assert claims[0] > 0


def test_problems(news):
    news.add(["nowhere.txt"])
    (problem,) = news.problems("nowhere.txt")
    assert problem.name == "nowhere.txt"
    assert problem.when == "2025-03-12T09:00:00Z"
    assert problem.report is None
    assert list(news.problems(f"kind:{problem.stage} nowhere.txt")) == [problem]
    assert list(news.problems("-kind:" + problem.stage + " nowhere.txt")) == []
    with pytest.raises(UsageError, match="those of now"):
        news.page("problems", as_of="2025-01-01")


def test_what_was_known_then(record):
    record.add([article(ATTACK, source_id="a", updated="2025-03-11T10:00:00+02:00")])
    record.add([article(ATTACK.replace("12", "14"), source_id="a", updated="2025-03-12T08:00:00Z")])
    record.add([article(ATTACK.replace("12", "15"), source_id="a", updated="2025-03-13T08:00:00Z")])
    record.add([Article(text="", publisher="Nordpost", source_id="a", status="canceled", updated="2025-03-14")])

    def killed(as_of=None):
        return [figure.value for figure in record.figures("measure:killed", as_of=as_of)]

    assert killed() == []
    assert killed("2025-03-10") == []
    assert killed("2025-03-11T07:59:59Z") == []
    assert killed("2025-03-11T08:00:00Z") == killed(dt.date(2025, 3, 11)) == [12.0]
    assert killed("2025-03-12T08:59:59+01:00") == [12.0]
    assert killed("2025-03-12") == killed("2025-03-12T08:00:00") == [14.0]
    assert killed("2025-03-13") == [15.0]
    assert killed("2025-03-14") == killed("2030-01-01") == []
    assert record.count("events", as_of="2025-03-12") == len(list(record.events(as_of="2025-03-12"))) > 1
    assert [row.version for row in record.reports(as_of="2025-03-12")] == [2]
    assert {row.reports for row in record.actors(as_of="2025-03-12")} == {1}
    assert list(record.actors()) == []
    (row,) = record.reports(as_of="2025-03-12")
    assert "14" in record.report(row.id).text
    assert "12" in record.report(row.id, as_of="2025-03-11").text
    with pytest.raises(UsageError, match="was not known as of 2025-03-10"):
        record.report(row.id, as_of="2025-03-10")
    with pytest.raises(UsageError, match="no day"):
        record.events(as_of="yesterday").__next__()


@pytest.mark.parametrize(
    ("until", "shown"),
    [
        ("2025-03-12T09:00:01Z", False), ("2025-03-12T09:00:00Z", True), ("2025-03-12T10:30:00+01:00", False),
        ("2025-03-12T09:30:00+01:00", True), ("2025-03-12", True), ("2025-03-13", False), ("when told", False),
    ],
)  # fmt: skip
def test_an_embargo_is_kept(record, until, shown):
    record.add([article(ATTACK, embargoed=until)])
    assert bool(record.count("events")) is shown
    assert bool(record.count("reports")) is shown
    assert bool(list(record.actors())) is shown
    with record.asking() as connection:
        (id_,) = connection.execute(select(schema.readings.c.report_id)).scalars()
    if shown:
        assert record.report(id_).id == id_
    else:
        with pytest.raises(UsageError, match="embargo"):
            record.report(id_)


def test_an_embargo_that_was_not_over_then(record):
    record.add([article(ATTACK, published="2025-03-05", embargoed="2025-03-07T06:00:00Z")])
    assert record.count("events", as_of="2025-03-06") == 0
    assert record.count("events", as_of="2025-03-07") == record.count("events") > 0


def test_what_is_hidden_or_rejected_does_not_answer(news):
    table = schema.events
    with news.writing() as connection:
        connection.execute(update(table).where(table.c.type == "ACCUSE").values(review="rejected"))
        connection.execute(update(table).where(table.c.type == "ASSAULT").values(live=schema.HIDDEN))
        connection.execute(update(table).where(table.c.act_mode == "visit").values(review="confirmed"))
        counted.count_all(connection)
    for as_of in (None, "2025-03-12"):
        assert quotes(news.events(as_of=as_of)) <= {"The", "Iran", "Séverine"}
        assert quotes(news.events("review:rejected,confirmed -type:AGREE", as_of=as_of)) >= {"France"}
        assert quotes(news.events("review:confirmed", as_of=as_of)) == {"The"}
        assert "The" not in quotes(news.events("-review:any", as_of=as_of))
        for field in ("type", "status", "publisher"):  # counted by an index, and not
            assert news.facets("events", field, as_of=as_of) == news.facets(
                "events", field, "confidence:0", as_of=as_of
            )
            found = list(news.facets("events", field, "review:none,confirmed", as_of=as_of).items())
            assert found == list(news.facets("events", field, as_of=as_of).items())
    assert news.facets("events", "type", "review:rejected") == {"ACCUSE": 2}
    assert news.facets("events", "review") == {"": news.count("events") - 1, "confirmed": 1}
    (france,) = news.actors("actor:France")
    assert france.events_out == 0


def test_reports_by_their_ids(news):
    ids = sorted(row.id for row in news.reports())
    assert news.report(ids[0][:6]).id == ids[0]
    assert {event.report for event in news.events(report=ids[0])} <= {ids[0]}
    with pytest.raises(UsageError, match="no report 'zz'"):
        news.report("zz")
    news.add([article(f"{VISIT} It was trip number {n}.") for n in range(17)])
    first = [row.id[0] for row in news.reports()]
    twice = next(letter for letter in first if first.count(letter) > 1)
    with pytest.raises(UsageError, match=f"reports begin with '{twice}'"):
        news.report(twice)
    assert [row.id for row in news.reports("actor:Hamas")] == [row.id for row in news.reports("place:Cairo tehran")]
    assert len(list(news.reports("country:EGY publisher:aftenbladet"))) == 1


def test_facets(news):
    for field in ("type", "mode", "status", "quad", "news", "act", "publisher", "date", "published", "review"):
        assert sum(news.facets("events", field).values()) == news.count("events"), field
    assert news.facets("events", "publisher")["Aftenbladet"] == news.count("events", "publisher:Aftenbladet")
    assert news.facets("events", "actor", "status:planned") == {"Elin Sorvik": 1, "Hamas": 1, "Iran": 1}
    assert news.facets("events", "place") == {"Cairo": 2}
    assert list(news.facets("events", "type", limit=1)) == [
        max(news.facets("events", "type").items(), key=lambda p: p[1])[0]
    ]
    for name, number in news.facets("events", "context").items():
        assert news.count("events", context=name) == number
    for name, number in news.facets("events", "country").items():
        assert news.count("events", country=name) == number
    assert news.facets("statements", "source")["Iran"] == 1
    assert news.facets("figures", "measure", "shelled") == {"killed": 1}
    assert news.facets("reports", "publisher") == {"Nordpost": 2, "Aftenbladet": 1}
    with pytest.raises(UsageError, match="not counted by 'rule'"):
        news.facets("events", "rule")


def test_an_older_record_is_brought_up(where):
    with open_record(where, clock=lambda: dt.datetime(2025, 3, 12, tzinfo=dt.UTC)) as record:
        engine = record._engine
        with record.writing() as connection:
            for view in VIEWS:
                connection.exec_driver_sql(f"DROP VIEW {view.name}")
            for table in (
                kept.tallies,
                *kept.more.sorted_tables,
                spans.spans,
                *linked.metadata.sorted_tables[::-1],
                *schema.metadata.sorted_tables[::-1],
                migrations._applied,
            ):
                table.drop(connection)
            for name in ("readings", "events", "statements", "figures") if engine.dialect.name == "sqlite" else ():
                connection.exec_driver_sql(f"DROP TABLE {name}_words")
            migrations._applied.create(connection)
            for name, step in migrations.MIGRATIONS[:2]:
                step(connection)
                connection.execute(insert(migrations._applied).values(name=name, at="2025"))
    with open_record(where) as record:
        with record.asking() as connection:
            assert migrations.is_current(connection)
        record.add([article(ATTACK)])
        assert quotes(record.events("shelled actor:rebels")) == {"Rebels"}


# What the words of a text are, said plainly: for whatever is typed, both databases have to find the same.
_SENTENCES = (
    "The cease-fire talks ended; hostages (12) were freed.", "L'État d'Élie: une trêve!", "a/b c_d e.f 3.5% O'Neil",
    "Talks talks TALKS about Talking", "ceasefire", "word\tword\n\nnext", "x" * 30, "日本 と 中国", "the end of the talks",
)  # fmt: skip


def plain_words(text):
    letters = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in letters if not unicodedata.combining(c)))


@pytest.fixture
def sentences(record):
    """A record of the sentences, each in an event of its own."""
    record.add([article(ATTACK)])
    with record.writing() as connection:
        row = connection.execute(select(schema.events)).first()._asdict()
        events = [{**row, "id": 100 + n, "quote": quote} for n, quote in enumerate(_SENTENCES)]
        connection.execute(update(schema.events).where(schema.events.c.id < 100).values(live=0))
        connection.execute(insert(schema.events), events)
        if connection.dialect.name == "sqlite":
            from readout.record.writing import index_words

            index_words(connection, "events", ("quote",), 100, 100 + len(events))
    return record


_WORD = st.sampled_from(sorted({word for text in _SENTENCES for word in plain_words(text)} | {"absent", "talk"}))
_patiently = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@_patiently
@given(words=st.lists(_WORD, min_size=1, max_size=3), prefix=st.booleans())
def test_words_are_found_as_said(sentences, words, prefix):
    phrase = " ".join(words) + "*" * prefix
    expected = set()
    for quote in _SENTENCES:
        there = plain_words(quote)
        for at in range(len(there) - len(words) + 1):
            part = there[at : at + len(words)]
            last = part[-1].startswith(words[-1]) if prefix else part[-1] == words[-1]
            if part[:-1] == words[:-1] and last:
                expected.add(quote)
    assert {event.quote for event in sentences.events(text=phrase)} == expected
    assert {event.quote for event in sentences.events(not_text=phrase)} == set(_SENTENCES) - expected
    each = {quote for quote in _SENTENCES if set(words) <= set(plain_words(quote))}
    assert {event.quote for event in sentences.events(" ".join(f"text:{word}" for word in words))} == each


@_patiently
@given(text=st.text(min_size=1) | st.text(alphabet="\"'*()-+^:{}\\&|!<>~%_ aNDOR0", min_size=1))
def test_nothing_that_is_typed_breaks_the_search(sentences, text):
    try:
        filters = Filters.of(text=text)
    except UsageError:  # nothing but blanks
        return
    found = {event.quote for event in sentences.events(filters)}
    assert found <= set(_SENTENCES)
    if not any(map(str.isalnum, text)):
        assert not found
    names = Filters.of(actor=text, place=text, publisher=text, report=text)
    assert list(sentences.events(names)) == []


def made(record, claims=640):
    """Fills a record as the benchmark does."""
    spec = importlib.util.spec_from_file_location("asking_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(record, claims)
    with record.writing() as connection:  # some that nothing dates
        for table in (schema.events, schema.figures):
            undated = update(table).where(table.c.id % 9 == 0).values(day=None, published=None)
            connection.execute(undated)


def reference(record, kind, filters, order):
    """The numbers of the claims that answer, as plain Python finds them."""
    table = schema.CLAIMS[kind]
    with record.asking() as connection:
        rows = connection.execute(select(table)).all()
        parties, places = {}, {}
        for row in connection.execute(select(schema.parties).where(schema.parties.c.claim == kind)):
            parties.setdefault(row.claim_id, []).append(row)
        for row in connection.execute(select(schema.claim_places).where(schema.claim_places.c.claim == kind)):
            places.setdefault(row.claim_id, []).append(row)

    def holds(row, name, value):
        mine, there = parties.get(row.id, ()), places.get(row.id, ())
        if name in ("actor", "recipient", "source"):
            sides = {"speaker" if kind == "statements" else name}
            return any(party.side in sides and party.name == value for party in mine)
        if name == "country":
            return value in {item.country for item in (*mine, *there)}
        if name == "place":
            return value in {item.name for item in there}
        if name in ("date", "published"):
            day, (first, last) = row.day if name == "date" else row.published, bounds(name, value)
            return day is not None and (first or "") <= day <= (last or "9")
        if name == "text":
            return value in row.quote.split()
        if name == "attribution":
            said = any(party.side in ("source", "speaker") for party in mine)
            return said is (value == "any")
        if name == "context":
            return f'"{value}"' in (row.contexts or "")
        if name == "act":
            return value in (row.act_type, f"{row.act_type}/{row.act_mode}")
        if name == "news":
            return row.news is (value == "yes")
        if name == "confidence":
            return row.confidence >= float(value)
        return str(getattr(row, name)) == value

    found = [
        row
        for row in rows
        if row.live == 2
        and all(
            any(holds(row, name, v) for v in wanted.values) is not wanted.negated for name, wanted in filters.items()
        )
    ]
    column = {"date": "day", "added": "id"}.get(order.removeprefix("-"), order.removeprefix("-"))
    key = lambda row: ((v := getattr(row, column)) is not None, v if v is not None else 0, row.id)  # noqa: E731
    return [row.id for row in sorted(found, key=key, reverse=order.startswith("-"))]


#: Questions of every kind: the reference has to be met whichever way is taken to the page.
ASKED = [
    ("events", "", "-date"), ("events", "", "date"), ("events", "", "added"), ("events", "", "-confidence"),
    ("events", "actor:Actor0", "-date"), ("events", "actor:Actor0,Actor1 -status:occurred", "date"),
    ("events", "actor:Actor0 recipient:Actor1", "-published"), ("events", "type:ASSAULT", "-date"),
    ("events", "type:AGREE,CONSULT,ASSAULT news:yes", "published"), ("events", "status:planned type:AGREE", "-date"),
    ("events", "date:2005..2015", "-date"), ("events", "date:2005..2015 actor:Actor2", "confidence"),
    ("events", "published:2003..2011 date:..2009-06", "-date"), ("events", "-date:2005..2015", "-date"),
    ("events", "w2 w5", "-date"), ("events", "text:w3,w7 actor:Actor0", "-published"), ("events", "-w2 w3", "date"),
    ("events", "country:NOR,USA", "-date"), ("events", "country:EGY place:Place1", "-date"), ("events", "-country:USA", "date"),
    ("events", "mode:visit", "-date"), ("events", "-mode:visit", "date"), ("events", "act:CONSULT/visit,AGREE", "-date"),
    ("events", "-act:CONSULT/visit", "-added"), ("events", "context:military confidence:0.5", "-date"),
    ("events", "attribution:none type:AGREE", "-date"), ("events", "attribution:any -type:AGREE", "-date"),
    ("events", 'publisher:"Paper 3"', "-date"), ("events", "-confidence:0.5 quad:1,2", "-date"),
    ("statements", "actor:Actor1", "-date"), ("statements", "kind:direct sourcing:named w2", "date"),
    ("figures", "measure:killed", "-value"), ("figures", "-measure:killed", "value"), ("figures", "place:Place0", "-date"),
    ("figures", "source:Actor0 published:2001..", "-published"),
]  # fmt: skip
#: So many rows are looked up without more ado, at most, and looked at along an index: each way by itself, and from one to the other.
WAYS = {
    "as always": (2_000, 60_000, 6_000),
    "walking": (0, 0, 0),
    "looking up": (10**6, 10**6, 0),
    "giving up": (0, 10**6, 25),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_leads_to_the_same_page(record, monkeypatch, way):
    made(record)
    for name, value in zip(("_RARE", "_MOST", "_PATIENCE"), WAYS[way], strict=True):
        monkeypatch.setattr(rows_in_order, name, value)
    if way == "giving up":  # always after some steps along the index
        choose = rows_in_order.choose

        def impatient(*given):
            chosen = choose(*given)
            return replace(chosen, patience=15 if chosen.looked_up else None, walk_step=8)

        monkeypatch.setattr(rows_in_order, "choose", impatient)
    monkeypatch.setattr(rows_in_order, "_STEP", 20)
    monkeypatch.setattr(rows_in_order, "_STRIDE", 30)
    for kind, query, order in ASKED:
        filters = Filters() & Filters.from_pairs([("q", query)])
        expected = reference(record, kind, filters, order)
        assert [item.id for item in getattr(record, kind)(query, order=order)] == expected, (query, order)
        assert record.count(kind, query) == len(expected), query
        found, cursor = [], None
        for _ in range(4):
            page = record.page(kind, query, order=order, limit=7, cursor=cursor)
            found += [item.id for item in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert found == expected[: len(found)], (query, order)
        assert cursor is not None or len(found) == len(expected)


@pytest.mark.parametrize("order", ["-date", "date", "-published", "published", "added", "-confidence"])
@pytest.mark.parametrize("day", ["2006-05-04", "2014-01-01T12:00:00Z", "2031-01-01"])
def test_as_of_a_day_nothing_is_lost(record, order, day):
    made(record, 320)
    articles, events = schema.articles.c, schema.events
    until = day if "T" in day else f"{day}T23:59:59Z"
    with record.asking() as connection:
        rows = connection.execute(
            select(events, articles.known, articles.replaced).where(articles.id == events.c.article_id)
        ).all()
    known = {row.id for row in rows if row.known <= until and (row.replaced is None or row.replaced > until)}
    found = [item.id for item in record.events(as_of=day, order=order)]
    assert len(found) == len(set(found))
    assert set(found) == known
    live = [item.id for item in record.events(order=order)]
    assert [number for number in found if number in set(live)] == [number for number in live if number in known]


def test_answers_come_as_they_are_wanted(news):
    first = list(islice(news.events(), 2))
    news.add([article(f"{VISIT} It was trip number {n}.", published="2024-01-01") for n in range(3)])
    assert first == list(islice(news.events(), 2))
    assert [item.id for item in news.events(limit=3)] == [item.id for item in news.events()][:3]
    assert list(news.events(limit=0)) == []


def test_a_cursor_is_of_its_question(news):
    page = news.page("events", limit=1)
    assert page.next
    assert [item.id for item in news.events(cursor=page.next)] == [item.id for item in news.events()][1:]
    for more in ({"order": "date"}, {"filters": "type:ASSAULT"}, {"as_of": "2025-03-11"}):
        with pytest.raises(UsageError, match="another question"):
            news.page("events", cursor=page.next, **more)
    with pytest.raises(UsageError, match="another question"):
        news.page("figures", cursor=page.next)
    for limit in (0, -1, 1_001):
        with pytest.raises(UsageError, match="from 1 to 1000"):
            news.page("events", limit=limit)


@_patiently
@given(
    cursor=st.text(min_size=1)
    | st.binary(min_size=1).map(lambda raw: __import__("base64").urlsafe_b64encode(raw).decode())
)
def test_no_text_makes_a_cursor(sentences, cursor):
    with pytest.raises(UsageError, match="cursor"):
        sentences.page("events", cursor=cursor)


def test_words_are_looked_up_by_their_index(news):
    table = schema.events
    with news.asking() as connection:
        words = word_set(connection, table, Filters.of(text=["shelled", "cease-fire talks"]).text)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        start = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"

        @event.listens_for(connection, "before_cursor_execute", retval=True)
        def explain(_, __, statement, parameters, ___, ____):
            return f"{start} {statement}", parameters

        plan = str(connection.execute(words.ids).all())
    assert ("VIRTUAL TABLE INDEX" if "QUERY" in start else "Bitmap Index Scan on events_words") in plan


def test_large_values_are_gone_through(record):
    record.add([article(ATTACK)])
    with record.writing() as connection:
        row = connection.execute(select(schema.figures)).first()._asdict()
        values = (5e9, 4.25e11, 1e300, -3.0)
        connection.execute(insert(schema.figures), [{**row, "id": 50 + n, "value": v} for n, v in enumerate(values)])
    found, cursor = [], None
    while True:
        page = record.page("figures", order="-value", limit=1, cursor=cursor)
        found += [item.value for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert found == [1e300, 4.25e11, 5e9, 12.0, -3.0]
