"""Spellings of one name: what other alphabets give in several ways has one key, by `knowledge/actors/reading/spellings.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from readout import knowledge
from readout.language.kept import Kept
from readout.readers.actors.registry import Known, everyone, fold_name
from readout.readers.added import remembered

_MOST_WORDS = 12  # of a person's name, however they are cut
_SURE_NAME = 8  # letters in the key of a full name, _SURE_SURNAME in a surname's: shorter ones are too many people's
_SURE_SURNAME = 5
_HYPHENS = "-–‐"
_CUT = re.compile(r"[\s–‐-]+")


@cache
def _book() -> Any:
    return knowledge.load("actors/reading/spellings.yaml")


@cache
def _same() -> Mapping[str, str]:
    return MappingProxyType({word: row[0] for row in _book()["same"] for word in row})


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), becomes) for pattern, becomes in _book()["rules"])


@cache
def _articles() -> frozenset[str]:
    return frozenset(_book()["articles"])


@cache
def _prefixes() -> re.Pattern[str]:
    return re.compile(_book()["prefixes"])


def _key_of_word(word: str) -> str:
    """The key of one word of a name, the same for all its spellings; "" for a word that some leave out."""
    plain = fold_name(word).lower().strip(".")
    if plain in _articles():
        return ""
    known = _same().get(plain.replace("'", ""))
    key = known or _prefixes().sub("", plain)
    for pattern, becomes in _rules():
        key = pattern.sub(becomes, key)
    return key


_KEYS = Kept(_key_of_word)


def key_of_name(words: Iterable[str]) -> tuple[str, ...]:
    """The key of a whole name, word by word; hyphens cut words."""
    pieces = (piece for word in words for piece in _CUT.split(word))
    return tuple(key for key in map(_KEYS.__getitem__, pieces) if key)


def _is_joined(name: str) -> bool:
    """Whether small words and hyphens join a group's name: "Lashkar-e-Taiba"."""
    return any(piece.islower() for piece in name.split("-")[1:-1])


@remembered
def _by_first_word() -> Mapping[str, list[tuple[list[str], Known]]]:
    """Full names of persons and of groups whose name hyphens join, in pieces, by the key of the first piece that has one."""
    found: dict[str, list[tuple[list[str], Known]]] = {}
    for known in everyone():
        for name in known.names:
            if known.kind != "person" and not (known.kind == "armed_group" and _is_joined(name)):
                continue
            pieces = [piece for piece in _CUT.split(name) if known.kind == "person" or len(piece) > 1]
            first = next(filter(None, map(_KEYS.__getitem__, pieces)), "")
            found.setdefault(first, []).append((pieces, known))
    return found


@remembered
def _names_beginning(first: str) -> Mapping[tuple[str, ...], Known | None]:
    """Full names of persons whose key begins so, by their keys; None where two share one."""
    found: dict[tuple[str, ...], Known | None] = {}
    for pieces, known in _by_first_word().get(first, ()):
        key = key_of_name(pieces)
        if len(key) > 1 and min(map(len, key)) > 1 and sum(map(len, key)) >= _SURE_NAME:
            found[key] = known if found.get(key, known) is known else None
    return found


@remembered
def _surnames() -> Mapping[str, tuple[Known, ...]]:
    found: dict[str, dict[Known, None]] = {}
    for known in everyone():
        for surname in known.surnames if known.kind == "person" else ():
            key = key_of_name(surname.split())
            if len(key) == 1 and len(key[0]) >= _SURE_SURNAME:
                found.setdefault(key[0], {})[known] = None
    return {key: tuple(people) for key, people in found.items()}


@remembered
def spelled_beginnings() -> Mapping[str, bool]:
    """By words as written: whether a full name of a person may begin so, in any spelling."""
    firsts = _by_first_word()
    return Kept(lambda word: _KEYS[word] in firsts or word.startswith("Abd"))


def spelled_match(words: Sequence[str], at: int, end: int) -> tuple[int, Known] | None:
    """The longest full name of a person that starts at `words[at]`, in any spelling: its number of words, and who it is.

    Two words or more that begin with a capital, up to word `end`, articles and hyphens between; None where two persons
    sound so.
    """
    if at + 1 >= end or not (words[at + 1][:1].isupper() or words[at + 1] in _HYPHENS or not _KEYS[words[at + 1]]):
        return None
    firsts = _by_first_word()
    if _KEYS[words[at]] not in firsts and not words[at].startswith("Abd"):
        return None
    key: tuple[str, ...] = ()
    best = None
    for i in range(at, min(end, at + _MOST_WORDS)):
        inner = i > at and words[i - 1] in _HYPHENS and len(words[i]) < 3 and words[i].islower()
        piece = "" if words[i] in _HYPHENS or inner else _KEYS[words[i]]
        if not piece:
            continue
        if not words[i][:1].isupper() or (not key and piece not in firsts):
            break
        key = (*key, piece)
        known = _names_beginning(key[0]).get(key)
        if known is not None:
            best = i + 1 - at, known
    return best


def by_spelled_surname(surname: str) -> tuple[Known, ...]:
    """Every person whose surname sounds so ("Kadhafi"), in the order of the files; nobody where the name is short."""
    key = key_of_name((surname,)) if surname[:1].isupper() else ()
    return _surnames().get(key[0], ()) if len(key) == 1 else ()
