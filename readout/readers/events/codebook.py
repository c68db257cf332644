"""The codebook as typed values: types with quad class, score and CAMEO code, and what an act becomes when it is only talked of."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from readout import knowledge
from readout.types import Act, EventType, Status

Fold = Literal["ahead", "offered", "decided", "declined", "refused", "undone"]


def _plover() -> dict[str, Any]:
    content: dict[str, Any] = knowledge.load("plover.yaml")
    return content


def quad_of(kind: EventType) -> int:
    """The quad class, 1 to 4."""
    return int(_plover()["types"][kind]["quad"])


def score_of(kind: EventType, mode: str | None) -> float | None:
    """PLOVER's conflict-cooperation score from -10 to 10; the mode's where it has one."""
    entry = _plover()["types"][kind]
    found = entry["modes"].get(mode, {}).get("score") if mode else None
    return float(found if found is not None else entry["score"])


def cameo_of(kind: EventType, mode: str | None) -> str:
    """The CAMEO code that loses least."""
    entry = _plover()["types"][kind]
    return str(entry["modes"][mode]["cameo"]) if mode in entry["modes"] else str(entry["cameo"])


def own_status(kind: EventType) -> Status | None:
    """The status of a type that is talk, where it is told as done: what is demanded is "requested"; None for deeds."""
    found: Status | None = _plover()["own_status"].get(kind)
    return found


@cache
def modes_of(kind: EventType) -> frozenset[str]:
    """The modes of a type."""
    return frozenset(_plover()["types"][kind]["modes"])


def fold(act: Act, how: Fold) -> tuple[EventType, str | None]:
    """The type and mode that an act becomes when its own actor announces, refuses or undoes it."""
    row: dict[str, EventType] = _plover()["fold"][act.type]
    kind = row.get("refused" if how == "declined" and "declined" not in row else how, row["ahead"])
    if kind == act.type:
        return kind, act.mode
    if kind in ("REQUEST", "REJECT"):
        return kind, asked_mode(act)
    if kind == "THREATEN":
        return kind, threatened_mode(act)
    return kind, None


def asked_mode(act: Act) -> str | None:
    """The mode of a request for an act, or of its refusal."""
    table: dict[str, str] = _plover()["asked"]
    return table.get(f"{act.type}/{act.mode}", table.get(act.type))


def threatened_mode(act: Act) -> str | None:
    """The mode of a threat of an act."""
    table: dict[str, str] = _plover()["threatened"]
    return table.get(f"{act.type}/{act.mode}", table.get(act.type))


@cache
def allowing() -> frozenset[str]:
    """Verbs of allowing, whose negation restricts."""
    return frozenset(str(word) for word in _plover()["allowing"])


@cache
def readiness() -> frozenset[str]:
    """Words for being ready to act, by which a conflict is threatened."""
    return frozenset(str(word) for word in _plover()["readiness"])


@cache
def vowing() -> frozenset[str]:
    """Verbs of solemn promise, by which a conflict is threatened."""
    return frozenset(str(word) for word in _plover()["vowing"])


@cache
def decisions() -> frozenset[str]:
    """Words for a decision that is taken: what is given way in words is conceded, not promised."""
    return frozenset(str(word) for word in _plover()["decisions"])
