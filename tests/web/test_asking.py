"""What is asked in an address is what is asked in a query, and the description of the API is true of its answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

from small_site import Client

from readout.web import openapi


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
