"""What corrections make, as rows: those of a reading, with values from the claims they were made of and from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from readout.readers.events.codebook import cameo_of, quad_of
from readout.record.overlay import BY_HAND, State
from readout.record.rows import Row, as_json, sentence_at
from readout.record.schema import CLAIMS, HIDDEN
from readout.record.told import SIDES, ToldReading, span_of
from readout.types import EventType, Span


@dataclass(frozen=True, slots=True)
class MadeRows:
    """The rows of a claim that a correction made."""

    row: Row
    parties: list[Row] = field(default_factory=list)
    claim_places: list[Row] = field(default_factory=list)
    made_spans: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Indexes:
    """The first place in the report's lists of each actor and place, by key."""

    actors: Mapping[str, int]
    places: Mapping[str, int]


def made_rows(reading: ToldReading, states: Iterable[State], indexes: Indexes) -> dict[str, dict[int, MadeRows]]:
    """The rows of what corrections made, by kind and number; `states` in the order of the log."""
    found: dict[str, dict[int, MadeRows]] = {claim: {} for claim in CLAIMS}
    lengths = {claim: sum(told.claim == claim for told in reading.claims) for claim in CLAIMS}
    for state in states:
        if state.correction is not None:
            idx = lengths[state.claim] + len(found[state.claim])
            found[state.claim][state.id] = _rows(reading, state, idx, indexes)
    return found


def _rows(reading: ToldReading, state: State, idx: int, indexes: Indexes) -> MadeRows:
    span = _in_text(reading, state.values["span"])
    sentence = sentence_at(reading.sentences, span)
    row = {
        "id": state.id,
        "reading_id": reading.id,
        "article_id": reading.article_id,
        "idx": idx,
        "code": state.code,
        "live": reading.live if state.standing else HIDDEN,
        "review": state.review,
        "correction_id": state.correction,
        "published": reading.published,
        "publisher": reading.publisher,
        "sentence": sentence,
        "start": span[0],
        "end": span[1],
        "quote": reading.ground.words(reading.sentences[sentence] if sentence >= 0 else span),
        **_OWN[state.claim](state, reading.published),
    }
    return MadeRows(row, _parties(reading, state, indexes), _places(state, indexes), _spans(reading, state))


def _event(state: State, published: str | None) -> Row:
    values = state.values
    kind, mode = cast(EventType, values["type"]), values["mode"]
    act, _, act_mode = values["act"].partition("/")
    coded = state.kept.get("coded", (None, None, None))
    start, end = days_of(values["date"])
    return {
        "type": kind,
        "mode": mode,
        "act_type": act,
        "act_mode": act_mode or None,
        "status": values["status"],
        "quad": quad_of(kind),
        "cameo": coded[2] if [kind, mode] == list(coded[:2]) else cameo_of(kind, mode),
        "contexts": as_json(values["contexts"]),
        "day": start or end or published,
        "date_start": start,
        "date_end": end,
        "news": values["news"],
        "rule": state.kept.get("rule", BY_HAND),
        "confidence": state.kept["confidence"],
    }


def _statement(state: State, published: str | None) -> Row:
    values = state.values
    return {
        "kind": values["kind"],
        "sourcing": values["sourcing"],
        "channel": values["channel"],
        "cue": values["cue"]["words"] if values["cue"] else None,
        "content": " … ".join(part["words"] for part in values["content"]),
        "day": values["day"] or published,
    }


def _figure(state: State, published: str | None) -> Row:
    names = ("kind", "value", "low", "high", "bound", "unit", "measure", "population", "since", "as_of")
    return {**{name: state.values[name] for name in names}, "day": state.values["as_of"] or published}


_OWN = {"events": _event, "statements": _statement, "figures": _figure}


def days_of(value: str | None) -> tuple[str | None, str | None]:
    """First and last day of days that are written as one word."""
    if value is None:
        return None, None
    start, slash, end = value.partition("/")
    first, last = start, end if slash else start
    return (None if first == ".." else first), (None if last == ".." else last)


def _in_text(reading: ToldReading, value: Any) -> Span:
    found = reading.ground.in_text(span_of(value))
    assert found is not None, "spans of a reading's own claims stand in its text; those of a log were found there"
    return found


def _parties(reading: ToldReading, state: State, indexes: Indexes) -> list[Row]:
    rows: list[Row] = []
    for name, (side, single) in SIDES[state.claim].items():
        value = state.values[name]
        people: Sequence[Mapping[str, Any]] = ([value] if value else []) if single else value
        for n, person in enumerate(people):
            cue = _in_text(reading, person["cue"]) if "cue" in person else (None, None)
            rows.append(
                {
                    "claim": state.claim,
                    "claim_id": state.id,
                    "side": side,
                    "n": n,
                    "actor": person["actor"] if "actor" in person else indexes.actors.get(person["key"]),
                    "key": person["key"],
                    "name": person["name"],
                    "country": person["country"],
                    "cue_start": cue[0],
                    "cue_end": cue[1],
                }
            )
    return sorted(rows, key=lambda row: (row["side"], row["n"]))


def _places(state: State, indexes: Indexes) -> list[Row]:
    return [
        {
            "claim": state.claim,
            "claim_id": state.id,
            "n": n,
            "place": place["place"] if "place" in place else indexes.places.get(place["key"]),
            "key": place["key"],
            "name": place["name"],
            "country": place["country"],
        }
        for n, place in enumerate(state.values.get("places", ()))
    ]


def _spans(reading: ToldReading, state: State) -> list[Row]:
    kinds = (("content", state.values.get("content", ())), ("further", state.kept.get("further", ())))
    rows = []
    for kind, parts in kinds:
        for n, part in enumerate(parts):
            start, end = _in_text(reading, part)
            mine = {"claim": state.claim, "claim_id": state.id}
            rows.append({**mine, "kind": kind, "n": n, "start": start, "end": end})
    return rows


def links_of(states: Sequence[State], read: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which events and figures of which a correction made one at least belong together: as those did of which they were made.

    `read` are the pairs that were read: an event's number and a figure's.
    """
    products: dict[tuple[str, int], list[int]] = {}
    for state in states:
        if state.correction is not None:
            for origin in state.origins:
                products.setdefault((state.claim, origin), []).append(state.id)
    found: set[tuple[int, int]] = set()
    for event, figure in read:
        events = [event, *products.get(("events", event), ())]
        figures = [figure, *products.get(("figures", figure), ())]
        found.update((one, other) for one in events for other in figures)
        found.discard((event, figure))
    return found
