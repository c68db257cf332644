"""Rows of a file of actors: made by an importer, merged where one id has several, written in order of their ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

from readout.readers.actors.own import FORMAT
from readout.types import ActorKind

_MOST_NAMES = 60  # an entity with more is a list of spellings that print never uses


@dataclass(frozen=True, slots=True)
class Held:
    """An office and its time ("2001-02..2003", as knowledge/actors writes it); `role` is "" where only its sectors are known."""

    role: str
    time: str
    of: str | None = None
    sectors: tuple[str, ...] = ()
    country: str | None = None

    def to_json(self) -> Any:
        """The office as a file of actors has it."""
        if self.role:
            return " ".join(filter(None, (self.role, "@ " + self.of if self.of else "", self.time)))
        found = {"time": self.time, "sectors": list(self.sectors), "country": self.country}
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as its file has it."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    of: str | None = None
    offices: tuple[Held, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The row as a file of actors has it. A person's surname alone names no one: lists are long, surnames are few."""
        row: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "of": self.of,
        }
        row |= {"sectors": list(self.sectors), "also": list(self.also), "as": [held.to_json() for held in self.offices]}
        surname: dict[str, Any] = {"surname": []} if self.kind == "person" else {}
        return {key: value for key, value in row.items() if value} | surname


@dataclass(frozen=True, slots=True)
class NounRow:
    """A common noun as its file has it."""

    noun: str
    kind: ActorKind
    sectors: tuple[str, ...]
    one: bool

    @property
    def id(self) -> str:
        """What it is merged by."""
        return f"noun:{self.noun}"

    def to_json(self) -> dict[str, Any]:
        """The row as a file of actors has it."""
        return {"noun": self.noun, "kind": self.kind, "sectors": list(self.sectors), "one": self.one}


Row = ActorRow | NounRow


def merged(one: Row, other: Row) -> Row:
    """Two rows of one id as one: the same whichever comes first."""
    first, second = sorted((one, other), key=lambda row: json.dumps(row.to_json(), sort_keys=True))
    if isinstance(first, NounRow) or isinstance(second, NounRow):
        return first
    names = sorted({*first.also, *second.also, second.name} - {first.name})
    return ActorRow(
        first.id,
        first.name,
        first.kind,
        first.country if first.country == second.country else first.country or second.country,
        tuple(sorted({*first.sectors, *second.sectors})),
        tuple(names),
        first.of or second.of,
        in_order({*first.offices, *second.offices}),
    )


def in_order(offices: Iterable[Held]) -> tuple[Held, ...]:
    """Offices as readers want them: those still held and the latest first."""
    return tuple(
        sorted(offices, key=lambda held: (held.time.endswith(".."), held.time, held.role, str(held)), reverse=True)
    )


def write_rows(path: Path, source: str, rows: Iterable[Row]) -> None:
    """Writes a file of actors: its format and where it came from, then the rows by id."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps({"readout": FORMAT, "from": source}) + "\n")
        for row in sorted(rows, key=lambda row: row.id):
            out.write(json.dumps(row.to_json(), ensure_ascii=False) + "\n")


def usable_names(names: Iterable[str], kind: ActorKind) -> Iterator[str]:
    """The names that English print may use, each once, capitals made as print has them: letters of the Latin script, and
    for a person two words or more."""
    seen: set[str] = set()
    for name in names:
        plain = " ".join(name.replace("\u200e", "").split())
        if kind == "person":
            family, comma, given = plain.partition(", ")
            plain = f"{given} {family}" if comma and given and "," not in given else plain
        plain = _as_printed(plain, kind)
        if plain not in seen and len(seen) < _MOST_NAMES and _is_usable(plain, kind):
            seen.add(plain)
            yield plain


def _is_usable(name: str, kind: ActorKind) -> bool:
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or len(name) > 100 or any(not _is_latin(c) for c in letters):
        return False
    return name[:1].isalnum() and (kind != "person" or " " in name)


@cache
def _is_latin(letter: str) -> bool:
    return letter.isascii() or "ª" <= letter <= "ɏ" or "Ḁ" <= letter <= "ỿ"


#: Words that keep a small letter inside a name written in capitals.
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "de", "da", "di", "del", "la", "le", "des", "du", "van", "von", "der")
)


def _as_printed(name: str, kind: ActorKind) -> str:
    """ "PUTIN Vladimir", "HARBOUR TRADING CO": words in capitals as print writes them; a short one alone stays as it is."""
    words = name.split()
    shouted = [word for word in words if word.isupper() and sum(map(str.isalpha, word)) > 1]
    if kind != "person" and len(words) > 1 and words[0] in ("The", "THE"):
        words = words[1:]
    if kind != "person" and (len(words) == 1 or len(shouted) < len([w for w in words if any(map(str.isalpha, w))])):
        return " ".join(words)
    return " ".join(_capitalised(word, n > 0) if word in shouted else word for n, word in enumerate(words))


def _capitalised(word: str, inside: bool) -> str:
    if inside and word.lower() in _SMALL:
        return word.lower()
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


@cache
def alpha3(code: str) -> str | None:
    """The alpha-3 code of a country's alpha-2 code, or None."""
    if code.upper() == "XK":
        return "XKX"
    country = pycountry.countries.get(alpha_2=code.upper())
    return country.alpha_3 if country else None


def only(values: Iterable[str | None]) -> str | None:
    """The one value of several that are the same; None where they differ or there is none."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else None
