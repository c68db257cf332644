"""States by the words of an article: their names, adjectives, inhabitants and capitals, from `knowledge/places`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from readout import knowledge
from readout.language.kept import Kept
from readout.readers.places.names import fold_name

Use = Literal["name", "adjective", "inhabitant", "inhabitants", "capital"]
_LONGEST = 6
_WORD = re.compile(r"[\w'’.-]+")
_PIECE = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class StateWord:
    """How a word or phrase stands for a state. An adjective may also be the word for one inhabitant ("an Israeli")."""

    country: str
    use: Use
    capitals: str | None = None  # to be written letter by letter as here


@cache
def _table() -> Mapping[str, tuple[StateWord, ...]]:
    data = knowledge.load("places/countries.yaml")
    found: dict[str, list[StateWord]] = {}

    def add(form: str, country: str, use: Use) -> None:
        letters = form.replace(".", "")
        fixed = form if letters.isupper() and len(letters) <= 5 else None
        entries = found.setdefault(fold_name(form), [])
        if all(entry.country != country or entry.use != use for entry in entries):
            entries.append(StateWord(country, use, fixed))

    for row in (*data["countries"], *data["territories"]):
        for name in (row["name"], *row["names"], *(former["name"] for former in row.get("former", ()))):
            add(name, row["id"], "name")
        for former in ({}, *row.get("former", ())):
            source = former or row
            for name in source.get("adjectives", ()):
                add(name, row["id"], "adjective")
            for name in source.get("inhabitants", ()):
                add(name, row["id"], "inhabitants" if name.endswith(("s", "ese", "ish")) else "inhabitant")
        if row.get("capital"):
            add(row["capital"], row["id"], "capital")
    for name, country in knowledge.load("actors/reading/words.yaml")["states_called"].items():
        add(name, country, "name")
    for seat, country in knowledge.load("actors/reading/words.yaml")["seats"].items():
        add(seat, country, "capital")
    return {key: tuple(entries) for key, entries in found.items()}


@cache
def _firsts() -> Mapping[str, int]:
    """What a phrase for a state begins with, cut at a hyphen or apostrophe, and how many pieces the longest such phrase has."""
    found: dict[str, int] = {}
    for key in _table():
        first = key.split()[0].split("-")[0].split("'")[0]
        found[first] = max(found.get(first, 0), len(_PIECE.findall(key)))
    return found


def _longest_from(word: str) -> int:
    """How many words a phrase for a state that begins with a word can have; 0 where none does."""
    return min(_LONGEST, _firsts().get(fold_name(word).split("-")[0].split("'")[0].split("’")[0], 0))


#: By words as written: how many words a phrase for a state has that begins so; 0 where none does.
STATE_LENGTHS = Kept(_longest_from)


@cache
def joined_states() -> Mapping[str, str]:
    """What stands for a state before a hyphen and another one, lower case: "sino" in "Sino-American"."""
    words: Mapping[str, str] = knowledge.load("actors/reading/words.yaml")["joined_states"]
    return words


@cache
def state_names() -> Mapping[str, str]:
    """The common English name of each state, by alpha-3 code."""
    data = knowledge.load("places/countries.yaml")
    return {row["id"]: row["name"] for row in (*data["countries"], *data["territories"])}


@lru_cache(maxsize=1 << 14)
def _state_called(written: str) -> StateWord | None:
    """What a phrase is that begins as one for a state does, its likeliest use first; None where it is none."""
    entries = [e for e in _table().get(fold_name(written), ()) if e.capitals in (None, written)]
    uses = ("name", "adjective", "inhabitant", "inhabitants", "capital")
    return min(entries, key=lambda e: uses.index(e.use), default=None)


def state_of_dateline(dateline: str | None) -> str | None:
    """The state that a dateline names or whose capital it names: "GEORGETOWN, Guyana"."""
    words = [word.title() if word.isupper() and len(word) > 3 else word for word in _WORD.findall(dateline or "")]
    found = (find_state(words, [True] * len(words), at, len(words)) for at in range(len(words)))
    return next((state.country for _, state in filter(None, found) if state.use in ("name", "capital")), None)


def find_state(words: Sequence[str], spaces: Sequence[bool], at: int, end: int) -> tuple[int, StateWord] | None:
    """The longest phrase for a state that starts at `words[at]`: (number of words, what it is); else None.

    Args:
        words: the words as written.
        spaces: whether white space follows each word.
        at, end: where the phrase starts, and before which word it must end.
    """
    longest = STATE_LENGTHS[words[at]] if words[at][:1].isupper() else 0
    written = ""
    best: tuple[int, StateWord] | None = None
    for count in range(1, min(longest, end - at) + 1):
        written += words[at + count - 1]
        state = _state_called(written)
        if state is not None:
            best = count, state
        if spaces[at + count - 1]:
            written += " "
    return best
