"""From the actor files to typed entries: every state, body, organization, group, party and person that is known."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from readout import knowledge
from readout.errors import KnowledgeError
from readout.types import ActorKind


@dataclass(frozen=True, slots=True)
class Office:
    """What someone was, from the first day that it may have been to the last; None where open."""

    role: str
    start: dt.date | None
    end: dt.date | None
    country: str | None
    affiliation: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the registry: an actor of the news, all its names, and the words that the news calls it by."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    affiliation: str | None
    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    offices: tuple[Office, ...]


#: Letters that have no accent to lose, and the marks that stand for an apostrophe.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "’": "'", "‘": "'"}
)

_TIME = re.compile(r"(?P<from>\d{4}[\d-]*)?(?P<to>\.\.(?P<end>\d{4}[\d-]*)?)?")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")

#: Sectors of the bodies of a state by the key that lists them.
_BODIES = {"gov": "GOV", "leg": "LEG", "jud": "JUD", "mil": "MIL", "spy": "SPY", "cop": "COP"}


def fold_name(name: str) -> str:
    """A name without accents and with plain apostrophes; its case stays."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c))


@cache
def slug(name: str) -> str:
    """The name as an id: "Amal Movement" is "amal-movement"."""
    return _NO_LETTERS.sub("-", fold_name(name).lower().replace("'", "")).strip("-")


@cache
def load_entries() -> tuple[Known, ...]:
    """Every entry, in the order of the files.

    Raises:
        KnowledgeError: two entries have one id, or an office is not written as the files' comments say.
    """
    found: dict[str, Known] = {}
    for known in _all_entries():
        if known.id in found:
            raise KnowledgeError(f"two actors have the id {known.id}")
        found[known.id] = known
    return tuple(found.values())


def _all_entries() -> Iterator[Known]:
    yield from _states()
    for row in knowledge.load("actors/organizations.yaml")["organizations"]:
        yield _entry(row, row["kind"], tuple(row.get("sectors", ())), ())
    groups = knowledge.load("actors/armed_groups.yaml")
    for row in groups["groups"]:
        said = tuple(word for name in row["class"] for word in groups["classes"][name])
        yield _entry(row, row.get("kind", "armed_group"), tuple(row.get("sectors", ("REB",))), said)
    for row in knowledge.load("actors/parties.yaml")["parties"]:
        yield _entry(row, "party", tuple(row.get("sectors", ("PTY",))), ("party",))
    for file in _people_files():
        for country, rows in knowledge.load(file)["people"].items():
            for row in rows:
                yield _person(row, None if country == "INT" else country)


def _people_files() -> tuple[str, ...]:
    return tuple(name for name in knowledge.names("actors") if name.startswith("actors/people_"))


def _states() -> Iterator[Known]:
    rows = {row["id"]: row for row in knowledge.load("actors/states.yaml")["states"]}
    places = knowledge.load("places/countries.yaml")
    for place in (*places["countries"], *places["territories"]):
        former = (row["name"] for row in place.get("former", ()))
        names = tuple(dict.fromkeys((place["name"], *place["names"], *former)))
        yield Known(place["id"], place["name"], "country", place["id"], (), None, names, (), ())
        for key, sector in _BODIES.items():
            for name, also in rows.get(place["id"], {}).get(key, {}).items():
                yield _body(place["id"], sector, name, tuple(also or ()))


def _body(country: str, sector: str, name: str, also: tuple[str, ...]) -> Known:
    return Known(f"{country}.{slug(name)}", name, "government", country, (sector,), None, (name, *also), (), ())


def _entry(row: Mapping[str, Any], kind: str, sectors: tuple[str, ...], said: tuple[str, ...]) -> Known:
    return Known(
        row.get("id") or slug(row["name"]), row["name"], cast(ActorKind, kind), row.get("country"), sectors,
        row.get("of"), (row["name"], *row.get("also", ())), tuple(dict.fromkeys((*row.get("says", ()), *said))), (),
    )  # fmt: skip


def _person(row: Mapping[str, Any], country: str | None) -> Known:
    offices = tuple(_office(text, country, tuple(row.get("sectors", ("GOV",)))) for text in row.get("as", ()))
    latest = max(offices, key=lambda office: office.start or dt.date.min, default=None)
    sectors = tuple(row.get("sectors", ())) or (latest.sectors if latest else ())
    of = latest.affiliation if latest else None
    return Known(
        row.get("id") or slug(row["name"]), row["name"], "person", country, sectors, of,
        (row["name"], *row.get("also", ())), (), offices,
    )  # fmt: skip


def _office(text: str, country: str | None, otherwise: tuple[str, ...]) -> Office:
    said, _, time = text.rpartition(" ")
    found = _TIME.fullmatch(time)
    if found is None or not time:
        said, start, end = text, None, None
    else:
        start, end = found["from"], found["end"] if found["to"] else found["from"]
    role, _, of = said.partition(" @ ")
    if not role or "@" in role:
        raise KnowledgeError(f"not an office: {text!r}")
    if country is None and " of " in role:  # "prime minister of Norway", of somebody who has led an organization too
        office, _, state = role.partition(" of ")
        country = _states_by_name().get(state.removeprefix("the "))
        role = office if country else role
    return Office(role, first_day(start), last_day(end), country, of or None, role_sectors(role, otherwise))


@cache
def _states_by_name() -> Mapping[str, str]:
    places = knowledge.load("places/countries.yaml")
    return {name: row["id"] for row in places["countries"] for name in (row["name"], *row["names"])}


@cache
def first_day(date: str | None) -> dt.date | None:
    """The first day of "2001", "2001-02" or "2001-02-03"."""
    if date is None:
        return None
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


@cache
def last_day(date: str | None) -> dt.date | None:
    """The last day of "2001", "2001-02" or "2001-02-03"."""
    if date is None:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


@cache
def _sectors_by_role() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = knowledge.load("actors/nouns.yaml")["role_sectors"]
    return tuple((word, tuple(row["sectors"])) for row in rows for word in row["words"])


@cache
def role_sectors(role: str, otherwise: tuple[str, ...] = ("GOV",)) -> tuple[str, ...]:
    """Sectors of an office by the words in its name, the first rule that fits; `otherwise` where none does."""
    rules = ((word, sectors) for word, sectors in _sectors_by_role() if word in role)
    return next((sectors for word, sectors in rules if re.search(rf"\b{word}\b", role)), otherwise)


@cache
def _surnames() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for file in _people_files():
        content = knowledge.load(file)
        for country, rows in content["people"].items():
            family_first = country in content.get("family_first", ())
            for row in rows:
                given = row.get("surname")
                own = [given] if isinstance(given, str) else given
                found[row.get("id") or slug(row["name"])] = tuple(own or _guess_surnames(row, family_first))
    return found


#: Words that belong to the surname after them.
_PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "ben", "abu", "de", "da", "dos", "del", "della", "di", "du", "la", "le", "van", "von",
    "der", "den", "ter", "ould", "st.", "mac", "san",
})  # fmt: skip


def _guess_surnames(row: Mapping[str, Any], family_first: bool) -> list[str]:
    found: dict[str, None] = {}
    for name in (row["name"], *row.get("also", ())):
        words = name.removesuffix(" Jr.").removesuffix(" Sr.").split()
        if family_first:
            found[words[0]] = None
            continue
        at = len(words) - 1
        while at > 1 and words[at - 1].lower() in _PARTICLES:
            at -= 1
        found[" ".join(words[at:])] = None
        found[words[-1]] = None
        if words[-1][:3].lower() in ("al-", "el-"):
            found[words[-1][3:]] = None
    return list(found)


def surnames_of(id_: str) -> tuple[str, ...]:
    """The surnames by which the news may call a person: as listed, or the last word of each of the names."""
    return _surnames()[id_]
