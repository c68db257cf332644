"""From the actor files to typed entries: every state, body, organization, group, party and person that is known."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from readout import knowledge
from readout.errors import KnowledgeError
from readout.types import ActorKind


@dataclass(frozen=True, slots=True)
class Office:
    """What someone was, from the first day that it may have been to the last; None where open.

    `role` is "" where only the sectors are known.
    """

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
    surnames: tuple[str, ...] = ()  # by which the news may call a person
    own: bool = False  # added by a user
    since: dt.date | None = None  # nothing is called so before


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


_BETWEEN = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in "&+"}


@lru_cache(maxsize=1 << 16)
def squash_name(name: str) -> str:
    """A name without its accents, spaces, points, hyphens and apostrophes, so that no way of cutting words matters."""
    plain = fold_name(name)
    return plain.translate(_BETWEEN) if plain.isascii() else "".join(c for c in plain if c.isalnum() or c in "&+")


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def slug(name: str) -> str:
    """The name as an id: "Amal Movement" is "amal-movement"."""
    return _NO_LETTERS.sub("-", fold_name(name).lower().replace("'", "")).strip("-")


@cache
def built_in_entries() -> tuple[Known, ...]:
    """Every entry of the knowledge files, in their order.

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
        yield entry_of(row, row["kind"], tuple(row.get("sectors", ())), ())
    groups = knowledge.load("actors/armed_groups.yaml")
    for row in groups["groups"]:
        said = tuple(word for name in row["class"] for word in groups["classes"][name])
        yield entry_of(row, row.get("kind", "armed_group"), tuple(row.get("sectors", ("REB",))), said)
    for row in knowledge.load("actors/parties.yaml")["parties"]:
        yield entry_of(row, "party", tuple(row.get("sectors", ("PTY",))), ("party",))
    for file in knowledge.names("actors"):
        if file.startswith("actors/people_"):
            content = knowledge.load(file)
            for country, rows in content["people"].items():
                family_first = country in content.get("family_first", ())
                for row in rows:
                    yield person_of(row, None if country == "INT" else country, family_first)


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


def entry_of(
    row: Mapping[str, Any], kind: str, sectors: tuple[str, ...], said: tuple[str, ...], own: bool = False
) -> Known:
    """The entry of a row for a body; `said`: what the news calls all of its sort; `own`: a user's."""
    return Known(
        row.get("id") or slug(row["name"]), row["name"], cast(ActorKind, kind), row.get("country"), sectors,
        row.get("of"), (row["name"], *row.get("also", ())), tuple(dict.fromkeys((*row.get("says", ()), *said))), (), (), own,
        first_day(str(row["since"])) if "since" in row else None,
    )  # fmt: skip


def person_of(
    row: Mapping[str, Any],
    country: str | None,
    family_first: bool = False,
    stated: tuple[Office, ...] = (),
    own: bool = False,
) -> Known:
    """The entry of a row for a person.

    Args:
        row: its fields, as the comments of people_world.yaml explain them.
        country: whose it is.
        family_first: the surname stands first in the names, where the row lists no surname.
        stated: offices besides those of the row.
        own: a user's.

    Raises:
        KnowledgeError: an office is not written as the comments say.
    """
    offices = (
        *(
            _office(text, country, tuple(row.get("sectors", ("GOV",))))
            for text in row.get("as", ())
            if isinstance(text, str)
        ),
        *stated,
    )
    latest = max((o for o in offices if o.role), key=lambda office: office.start or dt.date.min, default=None)
    sectors = tuple(row.get("sectors", ())) or (latest.sectors if latest else ())
    of = latest.affiliation if latest else None
    given = row.get("surname")
    surnames = _guess_surnames(row, family_first) if given is None else [given] if isinstance(given, str) else given
    return Known(
        row.get("id") or slug(row["name"]), row["name"], "person", country, sectors, of,
        (row["name"], *row.get("also", ())), (), offices, tuple(surnames), own,
    )  # fmt: skip


def _office(text: str, country: str | None, otherwise: tuple[str, ...]) -> Office:
    said, _, time = text.rpartition(" ")
    if not time or _TIME.fullmatch(time) is None:
        said, time = text, ""
    start, end = read_time(time)
    role, _, of = said.partition(" @ ")
    if not role or "@" in role:
        raise KnowledgeError(f"not an office: {text!r}")
    if country is None and " of " in role:  # "prime minister of Norway", of somebody who has led an organization too
        office, _, state = role.partition(" of ")
        country = _states_by_name().get(state.removeprefix("the "))
        role = office if country else role
    return Office(role, start, end, country, of or None, role_sectors(role, otherwise))


def read_time(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day of "2001", "2001-02..2003", "2001..", "..2003-04-05"; None where open.

    Raises:
        KnowledgeError: it is not written so.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise KnowledgeError(f"not a time: {text!r}")
    start, end = found["from"], found["end"] if found["to"] else found["from"]
    try:
        return first_day(start), last_day(end)
    except ValueError as error:
        raise KnowledgeError(f"not a time: {text!r}") from error


@cache
def _states_by_name() -> Mapping[str, str]:
    places = knowledge.load("places/countries.yaml")
    return {name: row["id"] for row in places["countries"] for name in (row["name"], *row["names"])}


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def first_day(date: str | None) -> dt.date | None:
    """The first day of "2001", "2001-02" or "2001-02-03"."""
    if date is None:
        return None
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
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


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def role_sectors(role: str, otherwise: tuple[str, ...] = ("GOV",)) -> tuple[str, ...]:
    """Sectors of an office by the words in its name, the first rule that fits; `otherwise` where none does."""
    rules = ((word, sectors) for word, sectors in _sectors_by_role() if word in role)
    return next((sectors for word, sectors in rules if _stands_alone(word, role)), otherwise)


def _stands_alone(word: str, text: str) -> bool:
    """Whether a word that a text holds stands in it as a word, with no letter or figure beside it."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
            return True
        at = text.find(word, at + 1)
    return False


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
