"""The report's schema: each part with its fields, their types from the code, and what each means."""

from __future__ import annotations

import dataclasses
import types as _types
import typing
from collections.abc import Iterator
from typing import Any, Literal

from readout import types
from reference_parts.report_words import MEANS
from reference_parts.tables import cell, table

_HEAD = """# The report

A report is what Readout makes of one article: `readout read FILE --format jsonl` prints one a line, `readout.read(text)` returns
it as typed objects, `/api/reports/ID` answers with it. Its schema is `readout/1`: more fields may be added; a name that stands
here keeps its meaning. Made from `readout/types.py` by `python docs/reference.py`.

A `span` is `[start, end)` in Unicode code points of the report's own `text`. An *index* is the number, from 0, of an entry in the
report's list of that name. Days are ISO dates. In JSON all fields are written; *without* is what a field is where there is
nothing to say.
"""


def written() -> str:
    """The page as the code has it.

    Raises:
        AssertionError: a field of the code has no meaning here, or a meaning no field.
    """
    parts = {
        name: kind for name, kind in vars(types).items() if dataclasses.is_dataclass(kind) and isinstance(kind, type)
    }
    assert set(MEANS) == set(parts), set(MEANS) ^ set(parts)
    order = ["Report", *(name for name in MEANS if name != "Report")]
    return "\n".join([_HEAD, *(line for name in order for line in _part(name, parts[name]))]).rstrip() + "\n"


def _part(name: str, kind: type) -> Iterator[str]:
    about, fields = MEANS[name]
    known = {one.name: one for one in dataclasses.fields(kind)}
    assert set(fields) == set(known), f"{name}: {set(fields) ^ set(known)}"
    hints = typing.get_type_hints(kind)
    yield f"## {name}\n\n{about}\n"
    rows = [[f"`{one}`", _type(hints[one]), _default(known[one]), cell(fields[one])] for one in known]
    yield table(["field", "is", "without", "means"], rows) + "\n"


def _type(hint: Any) -> str:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint == types.Span:
        return "span"
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (typing.Union, _types.UnionType):
        named = list(dict.fromkeys(_type(one) for one in inner if one is not type(None)))
        kinds = ["number"] if set(named) == {"number", "whole number"} else named
        return " or ".join([*kinds, *(["null"] if type(None) in inner else [])])
    if origin is tuple:
        many = len(inner) == 2 and inner[1] is Ellipsis
        return f"list of {_plural(_type(inner[0]))}" if many else f"[{', '.join(map(_type, inner))}]"
    if dataclasses.is_dataclass(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "whole number", float: "number", bool: "true or false"}[hint]


def _plural(kind: str) -> str:
    return f"{kind}s" if kind in ("span", "whole number", "number") else kind


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING:
        return ""
    if field.default == ():
        return "empty list"
    return (
        "null"
        if field.default is None
        else f"`{str(field.default).lower() if field.default is False else field.default}`"
    )
