"""The description of the API, as OpenAPI 3.1: made of the types of the answers and of the filters that there are."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from readout.record.claims import ActorRow, EventClaim, FigureClaim, PlaceRow, ProblemRow, ReportRow, StatementClaim
from readout.record.kinds import ABOUT, FACETS, HAS, ORDERS
from readout.types import Report
from readout.version import __version__
from readout.web.asked import LIMIT, MOST

ITEMS: dict[str, type] = {
    "events": EventClaim,
    "statements": StatementClaim,
    "figures": FigureClaim,
    "reports": ReportRow,
    "actors": ActorRow,
    "places": PlaceRow,
    "problems": ProblemRow,
}
_REF = "#/components/schemas/{model}"
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
    for model in (*ITEMS.values(), Report):
        made = TypeAdapter(model).json_schema(ref_template=_REF, mode="serialization")
        schemas |= made.pop("$defs", {})
        schemas[model.__name__] = made
    paths: dict[str, Any] = {
        "/api": {"get": _operation("index", "What there is, and who asks", [], {"type": "object"})}
    }
    for kind, model in ITEMS.items():
        paths[f"/api/{kind}"] = {"get": _list(kind, model.__name__)}
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


def _list(kind: str, model: str) -> dict[str, Any]:
    orders = [sign + name for name in ORDERS[kind] for sign in ("", "-")]
    parameters = [
        _query("q", "a whole query in the language of filters"),
        *(_query(name, f"{ABOUT[name]}; `-{name}` is without") for name in HAS[kind]),
        *([_query("as_of", "what was known at the end of a day, or at a moment")] if kind != "problems" else []),
        _query("order", "the order, with a minus for the greatest first", {"type": "string", "enum": orders}),
        _query("limit", "so many on a page", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}),
        _query("cursor", "`next` of the page before"),
        _query("total", "`yes`: count all", {"type": "string", "enum": ["yes"]}),
    ]
    page = {
        "type": "object",
        "required": ["items", "next", "total", "query", "next_url"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": _REF.format(model=model)}},
            "next": {"type": ["string", "null"]},
            "total": {"type": ["integer", "null"]},
            "query": _TEXT,
            "next_url": {"type": ["string", "null"]},
        },
    }
    return _operation(f"list_{kind}", f"The {kind} that are asked for, a page", parameters, page)


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
                {"$ref": _REF.format(model="Report")},
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
    failed = {"description": "what is wrong, and what to do", "content": _content({"$ref": _REF.format(model="Error")})}
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


def _query(name: str, about: str, schema: Any = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema or _TEXT}


def _path(name: str, choices: list[str] | None = None) -> dict[str, Any]:
    schema = {"type": "string", "enum": choices} if choices else _TEXT
    return {"name": name, "in": "path", "required": True, "schema": schema}
