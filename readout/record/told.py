"""The claims of a reading with their values in one form, whatever their kind: what is compared, corrected and logged.

A value is what JSON has. Whoever stands in a claim is {key, name, country}, a place too; words of the text are {at, words} with
`at` their span in the article as it came, which is the same in every reading of it; days are "2025-03-10" or
"2025-03-10/2025-03-12", with ".." for an end that is open.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from readout.record import schema
from readout.record.ground import Ground
from readout.types import Span

Values = Mapping[str, Any]

#: The values of each kind of claim, in the order in which they are shown.
FIELDS: dict[str, tuple[str, ...]] = {
    "events": (
        "type", "mode", "act", "status", "actors", "recipients", "sources", "places", "date", "contexts", "news",
    ),
    "statements": ("kind", "sourcing", "channel", "speaker", "addressees", "cue", "content", "day"),
    "figures": (
        "kind", "value", "low", "high", "bound", "unit", "measure", "population", "places", "source", "since", "as_of",
    ),
}  # fmt: skip

#: Who stands on which side of a claim, by the name of the value; `True` where there is one at most.
SIDES: dict[str, dict[str, tuple[str, bool]]] = {
    "events": {"actors": ("actor", False), "recipients": ("recipient", False), "sources": ("source", False)},
    "statements": {"speaker": ("speaker", True), "addressees": ("addressee", False)},
    "figures": {"source": ("source", True)},
}


@dataclass(frozen=True, slots=True)
class Told:
    """One claim that was read: its number, its place in the article and its values (`FIELDS`, and `span`, its trigger).

    `kept` is what goes with it and no person sets: the rule, confidence and CAMEO code of an event (with the type and mode that it
    is of), its further triggers.
    """

    claim: str
    id: int
    code: str
    values: Values
    kept: Values

    @property
    def at(self) -> Span:
        """Its trigger in the article as it came."""
        return span_of(self.values["span"])


@dataclass(frozen=True, slots=True)
class ToldReading:
    """A reading with its claims; `live` is the reading's."""

    id: int
    article_id: int
    reader_id: int
    report_id: str
    live: int
    title: str | None
    publisher: str | None
    published: str | None
    ground: Ground
    sentences: tuple[Span, ...]
    claims: tuple[Told, ...]


def readings_told(connection: Connection, reading_ids: Sequence[int]) -> dict[int, ToldReading]:
    """Some readings with the claims that were read in them, by their number; what corrections made is left out."""
    table = schema.readings
    rows = connection.execute(select(table).where(table.c.id.in_(reading_ids))).mappings().all()
    reports = {row["id"]: json.loads(zlib.decompress(row["report"])) for row in rows}
    grounds = {row["id"]: Ground.of_report(row["text"], reports[row["id"]]) for row in rows}
    claims: dict[int, list[Told]] = {row["id"]: [] for row in rows}
    for claim in schema.CLAIMS:
        for told, reading_id in _claims(connection, claim, reading_ids, grounds, reports):
            claims[reading_id].append(told)
    return {
        row["id"]: ToldReading(
            **{name: row[name] for name in _AS_IS},
            ground=grounds[row["id"]],
            sentences=tuple(span_of(span) for span in reports[row["id"]]["sentences"]),
            claims=tuple(claims[row["id"]]),
        )
        for row in rows
    }


_AS_IS = ("id", "article_id", "reader_id", "report_id", "live", "title", "publisher", "published")


def _claims(
    connection: Connection, claim: str, reading_ids: Sequence[int], grounds: dict[int, Ground], reports: dict[int, Any]
) -> Iterable[tuple[Told, int]]:
    table = schema.CLAIMS[claim]
    chosen = (table.c.reading_id.in_(reading_ids), table.c.correction_id.is_(None))
    ids = select(table.c.id).where(*chosen)
    people = _by_claim(connection, schema.parties, claim, ids)
    places = _by_claim(connection, schema.claim_places, claim, ids)
    rows = connection.execute(select(table).where(*chosen).order_by(table.c.reading_id, table.c.idx)).mappings()
    for row in rows:
        ground = grounds[row["reading_id"]]
        item = reports[row["reading_id"]][claim][row["idx"]]
        values = {
            "span": here(ground, (row["start"], row["end"])),
            **_VALUES[claim](row, item, ground),
            **_people(claim, people.get(row["id"], ()), ground),
        }
        if claim != "statements":
            values["places"] = [
                {"key": p["key"], "name": p["name"], "country": p["country"], "place": p["place"]}
                for p in places.get(row["id"], ())
            ]
        yield Told(claim, row["id"], row["code"], values, _kept(claim, row, item, ground)), row["reading_id"]


def _by_claim(connection: Connection, table: Any, claim: str, ids: Any) -> dict[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = {}
    rows = connection.execute(
        select(table).where(table.c.claim == claim, table.c.claim_id.in_(ids)).order_by(table.c.n)
    )
    for row in rows.mappings():
        found.setdefault(row["claim_id"], []).append(row)
    return found


def here(ground: Ground, span: Span) -> dict[str, Any]:
    """The words at a span of a reading's text, as a value."""
    return {"at": list(ground.in_article(span)), "words": ground.words(span)}


def span_of(value: Any) -> Span:
    """A span from JSON values: a list of two, or an object that has one in `at`."""
    start, end = value["at"] if isinstance(value, Mapping) else value
    return int(start), int(end)


def _people(claim: str, rows: Sequence[RowMapping], ground: Ground) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, (side, single) in SIDES[claim].items():
        people = [_person(row, ground) for row in rows if row["side"] == side]
        values[name] = (people[0] if people else None) if single else people
    return values


def _person(row: RowMapping, ground: Ground) -> dict[str, Any]:
    person = {"key": row["key"], "name": row["name"], "country": row["country"], "actor": row["actor"]}
    if row["cue_start"] is not None:
        person["cue"] = list(ground.in_article((row["cue_start"], row["cue_end"])))
    return person


def _event(row: RowMapping, _: Any, __: Ground) -> dict[str, Any]:
    return {
        "type": row["type"],
        "mode": row["mode"],
        "act": act_as_text(row["act_type"], row["act_mode"]),
        "status": row["status"],
        "date": days_as_text(row["date_start"], row["date_end"]),
        "contexts": json.loads(row["contexts"] or "[]"),
        "news": row["news"],
    }


def _statement(row: RowMapping, item: Any, ground: Ground) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "sourcing": row["sourcing"],
        "channel": row["channel"],
        "cue": here(ground, span_of(item["cue"])) if item["cue"] else None,
        "content": [here(ground, span_of(span)) for span in item["content"]],
        "day": row["day"],
    }


def _figure(row: RowMapping, _: Any, __: Ground) -> dict[str, Any]:
    names = ("kind", "value", "low", "high", "bound", "unit", "measure", "population", "since", "as_of")
    return {name: row[name] for name in names}


_VALUES: dict[str, Callable[[RowMapping, Any, Ground], dict[str, Any]]] = {
    "events": _event, "statements": _statement, "figures": _figure,
}  # fmt: skip


def _kept(claim: str, row: RowMapping, item: Any, ground: Ground) -> dict[str, Any]:
    if claim != "events":
        return {}
    further = [here(ground, span_of(span)) for span in item.get("spans", ())]
    coded = [row["type"], row["mode"], row["cameo"]]
    return {"rule": row["rule"], "confidence": row["confidence"], "coded": coded, "further": further}


def act_as_text(kind: str, mode: str | None) -> str:
    """An act as one word: "ASSAULT/aerial"."""
    return f"{kind}/{mode}" if mode else kind


def days_as_text(start: str | None, end: str | None) -> str | None:
    """Days, first and last included, as one word; None where neither is known."""
    if start is None and end is None:
        return None
    return start if start == end else f"{start or '..'}/{end or '..'}"


def plain(value: Any) -> Any:
    """A value without what only its reading knows: the numbers of actors and places in the report's lists, and cues."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: item for name, item in value.items() if name not in ("actor", "place", "cue")}
    return value


def essence(value: Any) -> Any:
    """What of a value is compared: the keys of whoever stands there, the span of words."""
    if isinstance(value, list):
        return [essence(item) for item in value]
    if isinstance(value, Mapping):
        return value["key"] if "key" in value else tuple(value["at"])
    return value


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of one name say the same; the order of topics and places says nothing."""
    first, second = essence(one), essence(other)
    if name in ("contexts", "places") and isinstance(first, list) and isinstance(second, list):
        return sorted(first) == sorted(second)
    return bool(first == second)
