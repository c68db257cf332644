"""The description of the API, as OpenAPI 3.1: made of the types of the answers and of the filters that there are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from readout.exports.columns import COLUMNS
from readout.record.claims import ActorRow, EventClaim, FigureClaim, PlaceRow, ProblemRow, ReportRow, StatementClaim
from readout.record.groups import ORDERS as GROUP_ORDERS
from readout.record.groups import GroupRow
from readout.record.kinds import ABOUT, FACETS, HAS, ORDERS
from readout.types import Report
from readout.version import __version__
from readout.web.asked import LIMIT, MOST
from readout.web.openapi_groups import REF, WHOLE, Whole

ITEMS: dict[str, type] = {
    "events": EventClaim,
    "statements": StatementClaim,
    "figures": FigureClaim,
    "reports": ReportRow,
    "actors": ActorRow,
    "places": PlaceRow,
    "problems": ProblemRow,
}
_TEXT: dict[str, Any] = {"type": "string"}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": {"code": _TEXT, "message": _TEXT, "hint": _TEXT},
        }
    },
}


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    schemas: dict[str, Any] = {"Error": _ERROR}
    schemas |= _models((*ITEMS.values(), Report, GroupRow, *(part for one in WHOLE.values() for part in one.models)))
    paths: dict[str, Any] = {
        "/api": {"get": _operation("index", "What there is, and who asks", [], {"type": "object"})}
    }
    for kind, model in ITEMS.items():
        paths[f"/api/{kind}"] = {"get": _list(kind, model.__name__)}
    for plural, whole in WHOLE.items():
        paths |= _groups(plural, whole)
    paths |= _others()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Readout",
            "version": __version__,
            "description": "Questions to a record and corrections of it. `q` is a query as in the search box: "
            '`actor:Hamas -status:planned date:2005-11 "cease-fire talks"`.',
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _query(name: str, about: str, schema: Any = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema or _TEXT}


def _models(models: Iterable[type]) -> dict[str, Any]:
    """The schemas of types and of all that they are made of, by name; of two of one name each has that of its folder before it."""
    inputs: list[tuple[type, Literal["serialization"], TypeAdapter[Any]]] = [
        (model, "serialization", TypeAdapter(model)) for model in dict.fromkeys(models)
    ]
    _, made = TypeAdapter.json_schemas(inputs, ref_template=REF)
    text, found = json.dumps(made["$defs"]), made["$defs"]
    for name in found:
        if "__" in name:
            folder, _, short = name.rsplit("__", 2)
            text = text.replace(f'{name}"', f'{folder.rpartition("__")[2].title()}{short}"')
    schemas: dict[str, Any] = json.loads(text)
    for kind, model in (*ITEMS.items(), *((plural, GroupRow) for plural in WHOLE)):
        for column in COLUMNS.get(kind, ()):
            schemas[model.__name__]["properties"].get(column.name, {}).setdefault("description", column.about)
    return schemas


_PAGED = [
    _query("limit", "so many on a page", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}),
    _query("cursor", "`next` of the page before"),
    _query("total", "`yes`: count all", {"type": "string", "enum": ["yes"]}),
]


def _list(kind: str, model: str) -> dict[str, Any]:
    orders = [sign + name for name in ORDERS[kind] for sign in ("", "-")]
    parameters = [
        _query("q", "a whole query in the language of filters"),
        *(_query(name, f"{ABOUT[name]}; `-{name}` is without") for name in HAS[kind]),
        *([_query("as_of", "what was known at the end of a day, or at a moment")] if kind != "problems" else []),
        _query("order", "the order, with a minus for the greatest first", {"type": "string", "enum": orders}),
        *_PAGED,
    ]
    return _operation(f"list_{kind}", f"The {kind} that are asked for, a page", parameters, _page_of(model))


def _page_of(model: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "next", "total", "query", "next_url"],
        "properties": {
            "items": {
                "type": "array",
                "items": {"$ref": REF.format(model=model)},
                "description": "what is on the page",
            },
            "next": {
                "type": ["string", "null"],
                "description": "the cursor of the next page; null where there is none",
            },
            "total": {
                "type": ["integer", "null"],
                "description": "how many answer; null where they were not to be counted",
            },
            "query": {"type": "string", "description": "the question in the language of filters"},
            "next_url": {
                "type": ["string", "null"],
                "description": "the address of the next page; null where there is none",
            },
        },
    }


def _groups(plural: str, whole: Whole) -> dict[str, Any]:
    """The list of a kind of groups, and one of them."""
    orders = [sign + name for name in GROUP_ORDERS for sign in ("", "-")]
    listed = [
        _query(
            "q", f"a whole query, of which {whole.of} it is about: a group is in the answer where one of its own is"
        ),
        *(_query(name, f"{ABOUT[name]}; `-{name}` is without") for name in HAS[whole.of]),
        _query("least", "of so many reports at least", {"type": "integer", "minimum": 1, "default": 2}),
        _query("order", "the order, with a minus for the greatest first", {"type": "string", "enum": orders}),
        *_PAGED,
    ]
    asked = [_path("key"), _query("as_of", "what it has now of what was known at the end of a day, or at a moment")]
    asked += [_query(name, about, schema) for name, about, schema in whole.asked]
    own = {"type": "object", "required": list(whole.beside), "properties": dict(whole.beside)}
    value = {"allOf": [{"$ref": REF.format(model=whole.models[0].__name__)}, own]}
    summary = f"One of the {plural}, by its key or how that begins: {whole.about}"
    return {
        f"/api/{plural}": {
            "get": _operation(
                f"list_{plural}", f"The {plural} that are asked for, a page", listed, _page_of("GroupRow")
            )
        },
        f"/api/{plural}/{{key}}": {"get": _operation(f"one_of_{plural}", summary, asked, value)},
    }


def _others() -> dict[str, Any]:
    log: dict[str, Any] = {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object"}}}}
    made: dict[str, Any] = {
        "type": "object",
        "properties": {"corrections": {"type": "array", "items": {"type": "object"}}},
    }
    counts = {
        "type": "object",
        "properties": {
            "field": _TEXT,
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "query": _TEXT,
        },
    }
    fields = sorted({field for known in FACETS.values() for field in known})
    claim = [_path("kind", ["events", "statements", "figures"]), _path("number")]
    return {
        "/api/facets/{kind}/{field}": {
            "get": _operation(
                "facets",
                "How many there are of each value of a field",
                [_path("kind", list(FACETS)), _path("field", fields), _query("q", "a query")],
                counts,
            )
        },
        "/api/reports/{id}": {
            "get": _operation(
                "report",
                "A report, as readout/1",
                [_path("id"), _query("as_of", "as known on")],
                {"$ref": REF.format(model="Report")},
            )
        },
        "/api/claims/{kind}/{number}": {
            "get": _operation("claim", "A claim with its history", claim, {"type": "object"})
        },
        "/api/corrections": {
            "get": _operation("log", "The log of corrections", [], log),
            "post": _sent(_operation("correct", "Confirm, reject or edit a claim", [], made, "201"), _CORRECTION),
        },
        "/api/corrections/{number}/undo": {
            "post": _sent(_operation("undo", "Undo a correction", [_path("number")], made, "201"), _UNDO)
        },
        "/api/openapi.json": {"get": _operation("described", "This description", [], {"type": "object"})},
    }


_CORRECTION = {
    "type": "object",
    "required": ["claim", "action"],
    "properties": {
        "claim": {"type": "string", "description": "as events/12"},
        "action": {"type": "string", "enum": ["confirm", "reject", "edit"]},
        "set": {"type": "object", "description": "values by their names, of an edit"},
        "why": _TEXT,
        "seen": {
            "type": "integer",
            "description": "the last correction that was seen: nothing is done if a later one touched the claim",
        },
    },
}
_UNDO = {
    "type": "object",
    "properties": {"why": _TEXT, "later": {"type": "boolean", "description": "undo what builds on it, too"}},
}


def _operation(name: str, summary: str, parameters: list[Any], schema: Any, status: str = "200") -> dict[str, Any]:
    failed = {"description": "what is wrong, and what to do", "content": _content({"$ref": REF.format(model="Error")})}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {status: {"description": "the answer", "content": _content(schema)}, "4XX": failed, "503": failed},
    }


def _sent(operation: dict[str, Any], schema: Any) -> dict[str, Any]:
    return {**operation, "requestBody": {"required": True, "content": _content(schema)}}


def _content(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


_PATHS = {
    "key": "its key, or how that begins",
    "kind": "of what",
    "field": "what is counted by; not every kind has every field",
    "id": "the id of the report",
    "number": "the number in the record",
}


def _path(name: str, choices: list[str] | None = None) -> dict[str, Any]:
    schema = {"type": "string", "enum": choices} if choices else _TEXT
    return {"name": name, "in": "path", "required": True, "description": _PATHS[name], "schema": schema}
