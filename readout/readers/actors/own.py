"""Entries that a user adds to the registry: files of actors, and how they stand beside the built-in ones.

A file is JSON lines, `{"readout": "actors/1"}` first, one entry a line with the fields of knowledge/actors
(docs/importing.md lists them), or YAML with the lists `organizations`, `groups`, `parties` and `people` as there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast, get_args

from readout.errors import KnowledgeError, UsageError
from readout.readers.actors.entries import Known, Office, entry_of, person_of, read_time, slug, squash_name
from readout.readers.added import remembered
from readout.types import ActorKind

FORMAT = "actors/1"
_FIELDS = {
    "id": str, "name": str, "kind": str, "country": str, "of": str, "sectors": list, "also": list, "says": list, "as": list,
    "surname": (list, str),
}  # fmt: skip
_KINDS = frozenset(get_args(ActorKind)) - {"country", "unnamed", "population"}
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class OwnNoun:
    """A common noun and the sectors of whoever it names; `one` where that is a human being, not a body."""

    noun: str
    kind: ActorKind
    sectors: tuple[str, ...]
    one: bool


@dataclass(frozen=True, slots=True)
class Own:
    """What one file adds."""

    entries: tuple[Known, ...] = ()
    nouns: tuple[OwnNoun, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A name that a user's entry and a built-in one bear. `replaced`: they are one actor, and the user's entry stands for
    both; else the name alone is the user's entry's, or stays with a state."""

    name: str
    own: str
    built_in: str
    replaced: bool


@remembered
def read_actor_file(path: Path) -> Own:
    """The entries of a file.

    Raises:
        UsageError: it is not there, or neither JSON lines of actors nor YAML.
        KnowledgeError: an entry breaks the rules; the message says which and why.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not a file of actors: it is not UTF-8") from error
    rows = _json_rows(path, text) if text.lstrip().startswith("{") else _yaml_rows(path, text)
    entries: dict[str, Known] = {}
    nouns: list[OwnNoun] = []
    for where, row in rows:
        try:
            if "noun" in row:
                nouns.append(_noun(row))
                continue
            known = _known(row)
        except (KnowledgeError, ValueError) as error:
            raise KnowledgeError(f"{where}: {error}") from error
        if known.id in entries:
            raise KnowledgeError(f"{where}: two entries have the id {known.id}")
        entries[known.id] = known
    return Own(tuple(entries.values()), tuple(nouns))


def _json_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path} line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise KnowledgeError(f"{where}: not JSON: {str(error)[:100]}") from error
        if not isinstance(row, dict):
            raise KnowledgeError(f"{where}: not an entry: a JSON object is wanted")
        if "readout" not in row:
            yield where, row
        elif row["readout"] != FORMAT:
            raise UsageError(f"{where}: a file of {row['readout']!r}, not of {FORMAT!r}")


def _yaml_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    import yaml

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError(
            f"{path}: neither JSON lines of actors nor YAML: {' '.join(str(error).split())[:200]}"
        ) from error
    if not isinstance(content, dict) or not content.keys() <= {"organizations", "groups", "parties", "people"}:
        raise UsageError(
            f"{path}: not a file of actors: organizations, groups, parties and people are what it may list"
        )
    kinds = {"organizations": "organization", "groups": "armed_group", "parties": "party"}
    for field, kind in kinds.items():
        yield from _listed(f"{path} {field}", content.get(field), {"kind": kind})
    people = content.get("people") or {}
    if not isinstance(people, dict):
        raise UsageError(f"{path}: people are listed by the alpha-3 code of their state")
    for country, rows in people.items():
        state = {} if country == "INT" else {"country": country}
        yield from _listed(f"{path} people {country}", rows, {"kind": "person", **state})


def _listed(where: str, rows: Any, given: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a list with what the list itself says of them."""
    if not isinstance(rows or [], list):
        raise UsageError(f"{where}: not a list")
    for n, row in enumerate(rows or [], 1):
        if not isinstance(row, dict):
            raise KnowledgeError(f"{where} {n}: not an entry: fields and values are wanted")
        yield f"{where} {n}", {**given, **row}


def _known(row: Mapping[str, Any]) -> Known:
    for field, value in row.items():
        if field not in _FIELDS:
            raise KnowledgeError(f"no field of an actor: {field!r}")
        if not isinstance(value, cast(type, _FIELDS[field])):
            raise KnowledgeError(f"its {field!r} is {value!r}")
    if not str(row.get("name", "")).strip() or row.get("kind") not in _KINDS:
        raise KnowledgeError(f"an actor has a name and one of these kinds: {', '.join(sorted(_KINDS))}")
    if "id" not in row and not slug(row["name"]):
        raise KnowledgeError("its name makes no id: give it one")
    _check_codes(row)
    if any(not isinstance(name, str) or not name.strip() for field in ("also", "says") for name in row.get(field, ())):
        raise KnowledgeError("a name is text")
    if row["kind"] != "person":
        sectors = {"armed_group": ("REB",), "party": ("PTY",)}.get(row["kind"], ())
        return entry_of(row, row["kind"], tuple(row.get("sectors", sectors)), (), own=True)
    stated = tuple(_office(item) for item in row.get("as", ()) if not isinstance(item, str))
    return person_of(row, row.get("country"), stated=stated, own=True)


def _check_codes(row: Mapping[str, Any]) -> None:
    codes = [row["country"]] if row.get("country") else []
    for code in (*codes, *row.get("sectors", ())):
        if not _CODE.fullmatch(str(code)):
            raise KnowledgeError(f"no code of three capitals: {code!r}")


def _office(item: Mapping[str, Any]) -> Office:
    """An office of which only the days and the sectors are known."""
    if not isinstance(item, dict) or not item.keys() <= {"time", "sectors", "country"}:
        raise KnowledgeError(f"not an office: {item!r}")
    _check_codes(item)
    start, end = read_time(str(item.get("time", "")))
    return Office("", start, end, item.get("country"), None, tuple(item.get("sectors", ())))


def _noun(row: Mapping[str, Any]) -> OwnNoun:
    if (
        not row.keys() <= {"noun", "kind", "sectors", "one"}
        or not str(row["noun"]).strip()
        or row.get("kind") not in _KINDS
    ):
        raise KnowledgeError(f"not a noun: {dict(row)!r}")
    _check_codes(row)
    return OwnNoun(str(row["noun"]).lower(), row["kind"], tuple(row.get("sectors", ())), bool(row.get("one")))


def merge(built_in: Iterable[Known], own: Iterable[Known]) -> tuple[tuple[Known, ...], tuple[Conflict, ...]]:
    """The registry with a user's entries first, and where the two meet.

    A user's entry of the same actor (the same main name or id, persons and bodies apart, no other state) replaces the
    built-in one, and takes over its further names, and its offices where it states none. On any other name that both
    bear the user's entry alone is meant; but the names of states stay theirs.
    """
    mine: dict[str, Known] = {known.id: known for known in reversed(list(own))}
    bearing: dict[str, list[str]] = {}
    for known in mine.values():
        for name in known.names:
            bearing.setdefault(squash_name(name), []).append(known.id)
    rest: list[Known] = []
    conflicts: list[Conflict] = []
    for known in built_in:
        same = _same(known, mine, bearing)
        if same is None:
            rest.append(known)
        else:
            mine[same.id] = _joined(same, known)
        shared = {(name, id_) for name in known.names for id_ in bearing.get(squash_name(name), ())}
        if same is not None and not shared:
            shared = {(known.name, same.id)}
        conflicts += [Conflict(n, i, known.id, same is not None and same.id == i) for n, i in sorted(shared)]
    states = frozenset(squash_name(name) for known in rest if known.kind == "country" for name in known.names)
    kept = (_without(known, states) for known in reversed(mine.values()))
    return (*(known for known in kept if known.names), *rest), tuple(conflicts)


def _without(known: Known, states: frozenset[str]) -> Known:
    """An entry without the names that are a state's."""
    names = tuple(name for name in known.names if squash_name(name) not in states)
    return known if len(names) == len(known.names) else replace(known, names=names)


def _same(known: Known, mine: Mapping[str, Known], bearing: Mapping[str, list[str]]) -> Known | None:
    """The user's entry of a built-in actor; None where there is none, or more than one."""
    if known.kind == "country":
        return None
    if known.id in mine:
        return mine[known.id]
    own_names = {squash_name(name) for name in known.names}
    found = [
        other
        for id_ in dict.fromkeys(bearing.get(squash_name(known.name), ()))
        if (other := mine[id_])
        and (other.kind == "person") == (known.kind == "person")
        and squash_name(other.name) in own_names
    ]
    found = [other for other in found if None in (other.country, known.country) or other.country == known.country]
    return found[0] if len(found) == 1 else None


def _joined(own: Known, built_in: Known) -> Known:
    return replace(
        own,
        country=own.country or built_in.country,
        sectors=own.sectors or built_in.sectors,
        affiliation=own.affiliation or built_in.affiliation,
        names=tuple(dict.fromkeys((*own.names, *built_in.names))),
        descriptions=own.descriptions or built_in.descriptions,
        offices=own.offices or built_in.offices,
        surnames=own.surnames or built_in.surnames,
    )
