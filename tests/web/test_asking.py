"""Whatever is asked, a page answers: 200, or 400 with what is wrong; never 500, and never more rows than were asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_site import Client

from readout.record.filters import CHECKS
from readout.record.kinds import HAS
from readout.web import openapi

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
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_breaks_a_page(shared: Client, path: str, pairs: list[tuple[str, str]]) -> None:
    answer = shared.get(asked(path, pairs))
    assert answer.status in (200, 400), (path, pairs)
    if answer.status == 400 and path.startswith("/api/"):
        assert json.loads(answer.body)["error"]["message"]


@given(st.text(max_size=40))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_breaks_a_page(shared: Client, name: str) -> None:
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


@pytest.mark.parametrize("bad", ["') OR 1=1 --", '" OR "" = "', "x' UNION SELECT * FROM events --"])
def test_no_text_finds_more_than_it_says(shared: Client, bad: str) -> None:
    for name in ("actor", "place", "publisher", "report", "q"):
        value = f'"{bad.replace(chr(34), chr(34) * 2)}"'
        assert json.loads(shared.get(asked("/events.json", [(name, value)])).body)["items"] == []


def test_filters_in_an_address_are_those_of_a_query(shared: Client) -> None:
    one = json.loads(shared.get("/api/events?q=" + quote("type:ASSAULT -status:planned")).body)
    other = json.loads(shared.get("/api/events?type=ASSAULT&-status=planned").body)
    assert one["items"] == other["items"] != []
    assert one["query"] == other["query"] == "type:ASSAULT -status:planned"


def test_the_description_has_every_address_of_the_api(shared: Client) -> None:
    from readout.web import api

    described = json.loads(shared.get("/api/openapi.json").body)
    assert described["openapi"] == "3.1.0"
    routes = {
        (route.path.replace(":path", ""), method.lower())
        for route in api.router.routes
        for method in route.methods
        if method != "HEAD"
    }
    assert routes == {(path, method) for path, methods in described["paths"].items() for method in methods}
    names = [operation["operationId"] for methods in described["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_the_description_is_true_of_the_answers(shared: Client) -> None:
    schemas = openapi.document()["components"]["schemas"]
    for kind, model in openapi.ITEMS.items():
        for item in json.loads(shared.get(f"/api/{kind}").body)["items"]:
            check(item, schemas[model.__name__], schemas)
    check(json.loads(shared.get("/api/reports/a1").body), schemas["Report"], schemas)


def check(value: object, schema: dict, schemas: dict) -> None:
    """Whether a value is of a schema, as far as types, required fields and choices go."""
    if "$ref" in schema:
        check(value, schemas[schema["$ref"].rpartition("/")[2]], schemas)
        return
    if "anyOf" in schema:
        assert any(_holds(value, one, schemas) for one in schema["anyOf"]), (value, schema)
        return
    kinds: dict[str, Callable[[object], bool]] = {
        "object": lambda v: isinstance(v, dict),
        "array": lambda v: isinstance(v, list),
        "string": lambda v: isinstance(v, str),
        "integer": lambda v: isinstance(v, int),
        "number": lambda v: isinstance(v, int | float),
        "boolean": lambda v: isinstance(v, bool),
        "null": lambda v: v is None,
    }
    if "type" in schema:
        assert kinds[schema["type"]](value), (value, schema)
    if "enum" in schema:
        assert value in schema["enum"]
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), (value, schema)
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                check(value[name], inner, schemas)
    if isinstance(value, list):
        for item in value:
            check(item, schema.get("items", {}), schemas)


def _holds(value: object, schema: dict, schemas: dict) -> bool:
    try:
        check(value, schema, schemas)
    except AssertionError:
        return False
    return True
