"""The HTTP API, from its description: each address with its parameters, answers and errors, and each type of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from readout.record.kinds import ABOUT
from readout.web.failing import ERRORS
from readout.web.openapi import document
from reference_parts.report_words import MEANS
from reference_parts.tables import BAR, bare, cell, table

_NOTHING: Mapping[str, str] = {}
_HEAD = """# HTTP API

What `readout serve` answers to programs, made by `python docs/reference.py` from the description that the server itself has at
`/api/openapi.json` (OpenAPI 3.1). All answers are JSON in UTF-8. [Pages and API](web.md) says who may ask, and how a page of a
list leads to the next.
"""
_ERRORS = """## Errors

Whatever is wrong is said in one shape: `{"error": {"code": "…", "message": "…", "hint": "…"}}`. `code` stays the same; `message`
says what is wrong, `hint` what to do.
"""


def written() -> str:
    """The page as the code has it."""
    found = document()
    parts = [_HEAD, "## Addresses\n"]
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            parts += _operation(method, path, operation)
    rows = [[f"`{code}`", str(status), cell(about)] for code, (status, about) in ERRORS.items()]
    parts += [_ERRORS, table(["code", "status", "when"], rows), "", "## Types\n"]
    for name, schema in sorted(found["components"]["schemas"].items()):
        parts += _type(name, schema)
    return "\n".join(parts).rstrip() + "\n"


def _operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"### `{method.upper()} {path}`\n\n{bare(operation['summary'])}.\n"
    filters = [one["name"] for one in operation["parameters"] if one["in"] == "query" and one["name"] in ABOUT]
    others = [one for one in operation["parameters"] if one["name"] not in filters]
    if others:
        yield table(["parameter", "in", "is", "says"], [_parameter(one) for one in others]) + "\n"
    if filters:
        named = ", ".join(f"`{name}`" for name in filters)
        yield f"Filters, each as a parameter of its own, with a `-` before it for what is to be left out ([asking](asking.md)): {named}.\n"
    body = operation.get("requestBody")
    if body:
        yield "Takes an object of JSON:\n"
        yield _fields(body["content"]["application/json"]["schema"], sent=True) + "\n"
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            yield from _answer(status, answer["content"]["application/json"]["schema"])


def _answer(status: str, schema: dict[str, Any]) -> Iterator[str]:
    more = [part for part in schema.get("allOf", [schema]) if part.get("properties")]
    refs = [_named(part) for part in schema.get("allOf", [schema]) if "$ref" in part]
    said = f" {' with'.join(refs)}" if refs else " an object of JSON" if not more else ""
    yield f"Answers {status}:{said}{', and beside its fields' if refs and more else ''}\n".replace(":,", ":")
    for part in more:
        yield _fields(part) + "\n"


def _parameter(one: dict[str, Any]) -> list[str]:
    kind = _kind(one["schema"]) + (
        f", {one['schema']['default']} where not given" if "default" in one["schema"] else ""
    )
    return [f"`{one['name']}`", one["in"], kind, cell(one.get("description", ""))]


def _type(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    if about := schema.get("description"):
        yield "\n\n".join(bare(" ".join(part.split())) for part in about.split("\n\n")) + "\n"
    if schema.get("properties"):
        _, means = MEANS.get(name, ("", _NOTHING))
        yield _fields(schema, means if set(means) == set(schema["properties"]) else _NOTHING) + "\n"


def _fields(schema: dict[str, Any], means: Mapping[str, str] = _NOTHING, *, sent: bool = False) -> str:
    must = set(schema.get("required", ()))
    said = {name: means.get(name) or one.get("description", "") for name, one in schema["properties"].items()}
    rows = [
        [f"`{name}`", _kind(one) + (", may be left out" if sent and name not in must else ""), cell(said[name])]
        for name, one in schema["properties"].items()
    ]
    return (
        table(["field", "is", "says"], rows)
        if any(said.values())
        else table(["field", "is"], [row[:2] for row in rows])
    )


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _named(schema)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    options = schema.get("anyOf") or [{"type": kind} for kind in schema["type"]] if _several(schema) else []
    if options:
        return " or ".join(_kind(one) for one in options)
    if schema.get("type") == "array":
        parts = schema.get("prefixItems")
        return (
            f"[{', '.join(map(_kind, parts))}]".replace("|", BAR)
            if parts
            else f"list of {_kind(schema.get('items', {}))}"
        )
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_kind(schema['additionalProperties'])}"
    if schema.get("type") == "object" and schema.get("properties"):
        return "object: " + ", ".join(f"`{name}`" for name in schema["properties"])
    low, high = schema.get("minimum"), schema.get("maximum")
    limits = f" from {low}" * (low is not None) + f" to {high}" * (high is not None)
    return str(schema.get("type", "any value")) + limits


def _several(schema: dict[str, Any]) -> bool:
    return "anyOf" in schema or isinstance(schema.get("type"), list)


def _named(schema: dict[str, Any]) -> str:
    name = schema["$ref"].rpartition("/")[2]
    return f"[{name}](#{name.lower()})"
