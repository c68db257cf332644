"""A query, an order, a column, a name in an address or the syntax of full-text search is SQL, and finds more than it may.

Promised: values are bound and never written into SQL; filters, orders and columns are of fixed lists; words of a search are quoted for the
index. Whatever is asked gets an answer or a sentence that says what is wrong, and never a row that the filter does not let through.
Not promised: that a question is cheap: who may ask may ask for a lot.
"""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import quote, urlencode

import pytest
from forms import scaled
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_site import ATTACK, OTHER, Client

from readout.errors import UsageError
from readout.record import Record, open_record
from readout.record.filters import CHECKS
from readout.record.kinds import HAS, ORDERS
from readout.sources.article import Article

EXAMPLES = scaled(80, 2_000)
_NASTY = st.sampled_from(
    [
        "'\"]);--",
        "' OR 1=1 --",
        '") OR ("1',
        "a AND b",
        "NEAR(a b)",
        "a*",
        "*",
        "^a",
        "{a b}",
        "-",
        "--",
        "text:",
        ":",
        "type:ASSAULT",
        "\x00",
        "\ud800",
        "%",
        "_",
        "\\",
        "(" * 40,
        "' UNION SELECT name FROM sqlite_master --",
        "1; DROP TABLE events",
        "text:NEAR(a b, 2)",
        "a OR b NOT c",
        'text:"a" * ^',
        "quote:x",
        "id:1",
        "rowid:1",
        "date:2005..",
        "date:9999-12-31..",
        'actor:"',
        "é",
        "\u202e",
        "confidence:nan",
        "confidence:1e999",
        "quad:1,2,3",
        "report:",
        "news:yes",
    ]
)
_TEXT = st.one_of(_NASTY, st.text(max_size=30), st.lists(_NASTY, max_size=4).map(" ".join))
_NAMES = st.sampled_from(
    [
        *CHECKS,
        *(f"-{name}" for name in CHECKS),
        "q",
        "as_of",
        "order",
        "limit",
        "cursor",
        "axis",
        "by",
        "total",
        "why",
        "done",
    ]
)
_PATHS = st.sampled_from(
    [
        *(f"/{kind}" for kind in HAS),
        *(f"/{kind}.json" for kind in HAS),
        *(f"/{kind}.csv" for kind in HAS),
        *(f"/api/{kind}" for kind in HAS),
        "/events.geojson",
        "/api/facets/events/type",
    ]
)


def asked(path: str, pairs: list[tuple[str, str]]) -> str:
    """An address."""
    return path + "?" + urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])


@given(_PATHS, st.lists(st.tuples(_NAMES, _TEXT), max_size=4))
@example("/events", [("cursor", "W" * 3_000)])
@example("/events", [("q", "a " * 1_900)])
@example("/events", [("as_of", "9999-12-31")])
@example("/events", [("as_of", "0001-01-01")])
@example("/reports", [("q", " ".join(f"-w{n}" for n in range(300)))])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_breaks_a_page(shared: Client, figure, path: str, pairs: list[tuple[str, str]]) -> None:
    answer = shared.get(asked(path, pairs))
    assert answer.status in (200, 400), (path, pairs)
    if answer.status == 400 and path.startswith("/api/"):
        assert json.loads(answer.body)["error"]["message"]
    figure(1, "questions to pages: 200 or 400")


@given(st.text(max_size=40))
@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_breaks_a_page(shared: Client, figure, name: str) -> None:
    text = quote(name.encode("utf-8", "surrogatepass"), safe="")
    for path in (
        f"/reports/{text}",
        f"/claims/events/{text}",
        f"/actor?key={text}",
        f"/api/reports/{text}",
        f"/{text}",
        f"/api/facets/{text}/x",
        f"/static/{text}",
    ):
        assert shared.get(path).status in (200, 303, 400, 404, 405), path
        figure(1, "names in addresses")


@pytest.mark.parametrize("bad", ["') OR 1=1 --", '" OR "" = "', "x' UNION SELECT * FROM events --"])
def test_no_text_finds_more_than_it_says(shared: Client, bad: str) -> None:
    for name in ("actor", "place", "publisher", "report", "q"):
        value = f'"{bad.replace(chr(34), chr(34) * 2)}"'
        assert json.loads(shared.get(asked("/events.json", [(name, value)])).body)["items"] == []


@pytest.fixture
def asked_of(where: str) -> Record:
    """A small record on each database."""
    with open_record(where, clock=lambda: dt.datetime(2025, 3, 13, tzinfo=dt.UTC)) as record:
        record.add(
            [
                Article(ATTACK, published="2025-03-11", publisher="Nordpost", id="a1"),
                Article(OTHER, published="2025-03-12", id="b2"),
            ]
        )
        yield record


TEXTS = st.sampled_from(["'\"]);--", "' OR 1=1 --", '" OR "" = "', "a AND b", "a OR b", "NEAR(a b)", "Osthavn*", "^a", "{a b}: c", "-",
"%", "_", "\\",
                         "quote : Osthavn", "*", "events_words", "\x00", "1) OR (1=1", "é", "Osthavn' --",
                         "'osthavn'"]) | st.text(max_size=12)  # fmt: skip


def test_a_filter_lets_through_what_it_says_on_both_databases(asked_of: Record, figure) -> None:
    """What a filter finds and what it leaves are parts of all there is, and no row is in both: a condition that is true of all would be."""
    everything = {kind: {row.id for row in getattr(asked_of, kind)()} for kind in ("events", "statements", "figures")}
    assert all(everything.values())
    names = st.sampled_from(
        [(kind, name) for kind in everything for name in HAS[kind] if name not in ("date", "published")]
    )

    @settings(max_examples=scaled(60, 1_500), deadline=None, database=None)
    @given(names, TEXTS)
    def ask(of: tuple[str, str], text: str) -> None:
        kind, name = of
        value = text.replace('"', '""')
        try:
            found, left = ({row.id for row in getattr(asked_of, kind)(f'{sign}{name}:"{value}"')} for sign in ("", "-"))
        except UsageError:
            found = left = set()
        assert found <= everything[kind]
        assert left <= everything[kind]
        assert not found & left, (name, text)
        figure(1, "filters asked of both databases")

    ask()
    for kind in everything:
        for order in ("id; DROP TABLE events", "id", "quote", "1", "day DESC, id", "(SELECT 1)", "published'--"):
            if order not in ORDERS[kind]:
                with pytest.raises(UsageError):
                    list(asked_of.page(kind, order=order).items)
                figure(1, "orders refused")
    assert {row.id for row in asked_of.events()} == everything["events"]
