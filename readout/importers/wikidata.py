"""Wikidata entity documents, one a line as in the JSON dumps (a comma may end a line, brackets stand alone): persons and
bodies with English labels and aliases, and the positions that they held from when to when.

What a class or a position is called, and whose it is, is read from its own document in the same files; countries and the
usual classes are known (knowledge/importing/wikidata.yaml), so that an extract need not hold them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from readout import knowledge
from readout.importers.lines import Line, LineProblem, numbered_lines
from readout.importers.roles import plain_role
from readout.importers.rows import ActorRow, Held, in_order, only, usable_names
from readout.types import ActorKind

_INSTANCE, _SUBCLASS, _CITIZEN, _COUNTRY, _JURISDICTION = "P31", "P279", "P27", "P17", "P1001"
_ALPHA3, _POSITION, _START, _END = "P298", "P39", "P580", "P582"
_LENGTH = {9: 4, 10: 7, 11: 10}  # letters of a date by its precision: year, month, day
#: What reading a value raises where a document lacks the parts, or has others in their place.
_MALFORMED = (AttributeError, KeyError, TypeError, IndexError)
_DEEPEST = 8  # so many classes up a chain of "subclass of"


@dataclass(slots=True)
class _Classes:
    """What the documents of classes, positions and states say, by id."""

    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    states: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


def read_wikidata(sources: Sequence[Path]) -> Iterator[ActorRow | LineProblem | str]:
    """The actors of files of entity documents; what is no actor is left out with its reason."""
    classes = _Classes()
    for source in sources:
        for item in _documents(source):
            if not isinstance(item, LineProblem):
                with suppress(*_MALFORMED):  # named below
                    _collect(item[1], classes)
    for source in sources:
        for item in _documents(source):
            yield item if isinstance(item, LineProblem) else _checked_row(*item, classes)


def _checked_row(line: Line, document: Mapping[str, Any], classes: _Classes) -> ActorRow | LineProblem | str:
    """The row of a document, or the problem of one whose values are not where an entity document has them."""
    try:
        _collect(document, _Classes())
        return _row(document, classes)
    except _MALFORMED:
        return line.problem("its labels, aliases or claims are not those of an entity document")


def _documents(source: Path) -> Iterator[tuple[Line, Mapping[str, Any]] | LineProblem]:
    for line in numbered_lines(source):
        if isinstance(line, LineProblem):
            yield line
        elif line.text.strip() not in ("[", "]"):
            yield _document(line)


def _document(line: Line) -> tuple[Line, Mapping[str, Any]] | LineProblem:
    try:
        document = json.loads(line.text.strip().removesuffix(","))
    except (ValueError, RecursionError) as error:
        return line.problem(f"not JSON: {str(error)[:100]}")
    if not isinstance(document, dict) or not isinstance(document.get("id"), str) or not document["id"]:
        return line.problem('an entity document has an "id"')
    for name in ("labels", "aliases", "claims"):
        if document.get(name) == []:  # how dumps write an empty table
            document[name] = {}
        if not isinstance(document.setdefault(name, {}), dict):
            return line.problem(f'its "{name}" are no table')
    return line, document


def _collect(document: Mapping[str, Any], classes: _Classes) -> None:
    """Keeps a document that others refer to: a class, a position, a state."""
    id_, above = document["id"], tuple(_items(document, _SUBCLASS))
    code = next((value for value in _values(document, _ALPHA3) if isinstance(value, str)), None)
    if code:
        classes.codes[id_] = code
    positions = knowledge.load("importing/wikidata.yaml")["positions"]
    if above or _JURISDICTION in document["claims"] or any(item in positions for item in _items(document, _INSTANCE)):
        classes.above[id_] = above
        classes.states[id_] = (*_items(document, _JURISDICTION), *_items(document, _COUNTRY))
        classes.labels[id_] = _label(document) or ""


def _statements(document: Mapping[str, Any], property_: str) -> Iterator[Mapping[str, Any]]:
    """The statements of a property that hold, the preferred first."""
    found = [s for s in document["claims"].get(property_, ()) if s.get("rank") != "deprecated"]
    yield from sorted(found, key=lambda s: s.get("rank") != "preferred")


def _value(snak: Mapping[str, Any]) -> Any:
    return snak["datavalue"]["value"] if snak.get("snaktype", "value") == "value" else None


def _values(document: Mapping[str, Any], property_: str) -> Iterator[Any]:
    return (_value(statement["mainsnak"]) for statement in _statements(document, property_))


def _items(document: Mapping[str, Any], property_: str) -> Iterator[str]:
    return (str(value["id"]) for value in _values(document, property_) if isinstance(value, dict) and "id" in value)


def _label(document: Mapping[str, Any]) -> str | None:
    for language in ("en", "mul", "en-gb", "en-us"):
        if language in document["labels"]:
            return str(document["labels"][language].get("value", ""))
    return None


def _row(document: Mapping[str, Any], classes: _Classes) -> ActorRow | str:
    found = _sort(document, classes)
    if found is None:
        return "no actor by its classes"
    kind, sectors = found
    aliases = (alias.get("value", "") for language in ("en", "mul") for alias in document["aliases"].get(language, ()))
    names = list(usable_names([_label(document) or "", *map(str, aliases)], kind))
    if not names:
        return "no name that English print uses"
    held = tuple(_offices(document, classes)) if kind == "person" else ()
    states = _items(document, _CITIZEN if kind == "person" else _COUNTRY)
    served = only(place for _, place in held)
    country = served or only(_code(item, classes) for item in states)
    offices = in_order(
        {Held(role, time) for name, time, place in _named(held) if (role := plain_role(name, place or country))}
    )
    return ActorRow(f"wikidata:{document['id']}", names[0], kind, country, sectors, tuple(names[1:]), None, offices)


def _sort(document: Mapping[str, Any], classes: _Classes) -> tuple[ActorKind, tuple[str, ...]] | None:
    """Kind and sectors by the nearest class that is known, up the chain of "subclass of"."""
    known = knowledge.load("importing/wikidata.yaml")["classes"]
    level, seen = list(_items(document, _INSTANCE)), set[str]()
    for _ in range(_DEEPEST):
        rows = [known[item] for item in level if item in known]
        if rows:
            first = min(rows, key=lambda row: row["rank"])
            return cast(ActorKind, first["kind"]), tuple(first["sectors"])
        seen.update(level)
        level = [above for item in level for above in classes.above.get(item, ()) if above not in seen]
    return None


def _offices(document: Mapping[str, Any], classes: _Classes) -> Iterator[tuple[tuple[str, str], str | None]]:
    """((name, time), state) of each position held whose name and time are known."""
    for statement in _statements(document, _POSITION):
        value = _value(statement["mainsnak"])
        item = str(value["id"]) if isinstance(value, dict) and "id" in value else ""
        label, time = classes.labels.get(item), _time(statement.get("qualifiers") or {})
        if label and time:
            yield (label, time), only(_code(state, classes) for state in classes.states.get(item, ()))


def _named(held: Sequence[tuple[tuple[str, str], str | None]]) -> Iterator[tuple[str, str, str | None]]:
    return ((name, time, place) for (name, time), place in held)


def _time(qualifiers: Mapping[str, Any]) -> str | None:
    """The time of a statement; None where it has none, or ended on a day that is not known."""
    ends = qualifiers.get(_END, ())
    start, end = (_date(snaks) for snaks in (qualifiers.get(_START, ()), ends))
    if (not start and not end) or (ends and not end):
        return None
    return f"{start}..{end}"


def _date(snaks: Sequence[Mapping[str, Any]]) -> str:
    """The first date of several as "2001", "2001-02" or "2001-02-03"; "" where it is less exact, or none of our era."""
    for snak in snaks:
        value = _value(snak)
        if isinstance(value, dict) and str(value.get("time", "")).startswith("+"):
            length = _LENGTH.get(value.get("precision", 0), 10 if value.get("precision", 0) > 11 else 0)
            return str(value["time"])[1 : 1 + length]
    return ""


def _code(item: str, classes: _Classes) -> str | None:
    return classes.codes.get(item) or knowledge.load("importing/wikidata.yaml")["states"].get(item)
