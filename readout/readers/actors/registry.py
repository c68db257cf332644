"""The actor registry: who is known under a name, and what he or she was on a day. Reads `readout/knowledge/actors`."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from readout import knowledge
from readout.language.kept import Kept
from readout.readers.actors.entries import Known, Office, built_in_entries, fold_name, squash_name
from readout.readers.actors.own import Conflict, merge, read_actor_file
from readout.readers.added import current, remembered

__all__ = [
    "Beginning",
    "Known",
    "Noun",
    "Office",
    "Phrase",
    "Title",
    "beginnings",
    "by_id",
    "by_name",
    "by_surname",
    "canonical_role",
    "conflicts",
    "everyone",
    "fold_name",
    "holder_of",
    "in_capitals",
    "leader_role",
    "longest_match",
    "ministries",
    "office_on",
    "role_nouns",
    "role_phrases",
    "titles",
]

#: No name of the registry has more words than this, however they are cut.
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun says of whom it names: "rebels" are an armed group, REB."""

    lemma: str
    form: str
    plural: bool
    kind: str
    sectors: tuple[str, ...]
    role: str | None = None  # the office that it names: "premier" is "prime minister"
    slot: str | None = None  # what it stands with: "affiliation" (a spokesman), "portfolio" (a minister), "country"


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name: "Gen.", "President", "Mr."."""

    form: str
    role: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Another way to name an office: "top {country} diplomat"; `country` is set where the phrase itself says it."""

    words: str
    role: str
    country: str | None = None


@remembered
def _merged() -> tuple[tuple[Known, ...], tuple[Conflict, ...]]:
    files = current().actors
    if not files:
        return built_in_entries(), ()
    return merge(built_in_entries(), (known for path in files for known in read_actor_file(path).entries))


def everyone() -> tuple[Known, ...]:
    """The whole registry: what the user added, then the built-in entries in the order of their files."""
    return _merged()[0]


def conflicts() -> tuple[Conflict, ...]:
    """Where entries that the user added and built-in ones bear one name."""
    return _merged()[1]


@remembered
def _ids() -> Mapping[str, Known]:
    return {known.id: known for known in everyone()}


def by_id(id_: str) -> Known | None:
    """The entry of an id, or None."""
    return _ids().get(id_)


@remembered
def _by_key() -> Mapping[str, tuple[Known, ...]]:
    found: dict[str, list[Known]] = {}
    for known in everyone():
        for name in known.names:
            for key in (*_keys(name), *_as_word(known, name)):
                entries = found.setdefault(key, [])
                if known not in entries and (known.own or not any(entry.own for entry in entries)):
                    entries.append(known)  # what a user added stands first, and alone has the names that it bears
    return {key: tuple(entries) for key, entries in found.items()}


def _keys(name: str) -> tuple[str, ...]:
    """How a name may be written: as it is, with a capital where a sentence starts with it, with a small article."""
    key = squash_name(name)
    if name[:3] in ("Al-", "El-"):
        return (key, key[:1].lower() + key[1:])
    return (key,) if key[:1].isupper() else (key, key[:1].upper() + key[1:])


def _as_word(known: Known, name: str) -> tuple[str, ...]:
    """An abbreviation that some papers write as a word: "Unicef"."""
    spoken = name.isalpha() and name.isupper() and name not in _plain_words()
    return (name.capitalize(),) if spoken and known.kind != "person" and (len(name) > 4 or name in _spoken()) else ()


@cache
def _spoken() -> frozenset[str]:
    """Short abbreviations that are spoken, and written, as words."""
    return frozenset(knowledge.load("actors/nouns.yaml")["spoken"])


@cache
def _plain_words() -> frozenset[str]:
    """Names that in a line of capitals are rather a word of the language: "WHO", "IS"."""
    return frozenset(knowledge.load("actors/nouns.yaml")["plain_words"])


@remembered
def _by_capitals() -> Mapping[str, tuple[Known, ...]]:
    """Names of more than one word, or of six letters or more, as a headline in capitals writes them."""
    found: dict[str, list[Known]] = {}
    for key, entries in _by_key().items():
        capitals = key.upper()
        if len(key) >= 6 and not key.isupper() and capitals not in _plain_words():
            listed = found.setdefault(capitals, [])
            listed += [e for e in entries if e not in listed]
    return {key: tuple(entries) for key, entries in found.items()}


def by_name(name: str) -> tuple[Known, ...]:
    """Every entry that this exact name may mean; several where it is shared, none where it is unknown.

    Case counts ("US" is no "us"), accents, points, hyphens and spaces do not. Persons are found by full names and the
    aliases that their entry lists, never by a bare surname.
    """
    return _entries_of(squash_name(name))


def _entries_of(key: str) -> tuple[Known, ...]:
    found = _by_key().get(key)
    if found is None and key.isupper():
        found = _by_capitals().get(key)
    return found or ()


@remembered
def _by_surname() -> Mapping[str, tuple[Known, ...]]:
    found: dict[str, list[Known]] = {}
    for known in everyone():
        if known.kind == "person":
            for surname in known.surnames:
                for key in _keys(surname):
                    entries = found.setdefault(key, [])
                    if known not in entries:
                        entries.append(known)
    return {key: tuple(entries) for key, entries in found.items()}


def by_surname(surname: str) -> tuple[Known, ...]:
    """Every person whom the news may call by this surname ("Assad", "al-Assad", "Kim"), in the order of the files."""
    key = squash_name(surname)
    found = _by_surname().get(key, ())
    if not found and key.isupper() and len(key) >= 5:
        return tuple(p for name, people in _by_surname().items() if name.upper() == key for p in people)
    return found


@remembered
def _sorted_keys() -> list[str]:
    return sorted({*_by_key(), *_by_capitals()})


class Beginning(NamedTuple):
    """A word that names of the registry begin with, or with whose letters they do.

    `key` is the word as the keys have it, which stand at `[first, end)` among the sorted ones; `known` is whom the word alone may mean;
    `letters` those that go on behind it.
    """

    key: str
    first: int
    end: int
    known: tuple[Known, ...]
    letters: frozenset[str]


@remembered
def beginnings() -> Mapping[str, Beginning | None]:
    """What names of the registry begin with, by words as written; None for a word that none begins with."""
    return Kept(_beginning)


def _beginning(word: str) -> Beginning | None:
    key, keys = squash_name(word), _sorted_keys()
    if not key:
        return None
    first = bisect_left(keys, key)
    end = bisect_left(keys, key[:-1] + chr(ord(key[-1]) + 1), first)
    if first == end:
        return None
    letters = frozenset(other[len(key)] for other in keys[first:end] if other != key)
    return Beginning(key, first, end, _entries_of(key), letters)


def longest_match(words: Sequence[str], at: int) -> tuple[int, tuple[Known, ...]] | None:
    """The longest registry name that starts at `words[at]`: its number of words, and whom it may mean; else None.

    Words may be cut in any way inside a name ("al-Qaida", "al - Qaida"), but a name ends where a word ends. "WHO" among
    words in capitals is the pronoun.
    """
    beginning = beginnings()[words[at]]
    if beginning is None:
        return None  # as mostly
    key, first, end, known, _ = beginning
    goes_on: frozenset[str] | None = beginning.letters
    best = (1, known) if known and not _is_plain(words, at, at + 1, key) else None
    for count in range(2, min(_MOST_WORDS, len(words) - at) + 1):
        piece = squash_name(words[at + count - 1])
        if not piece:
            continue
        if goes_on is not None and piece[0] not in goes_on:
            break  # as mostly
        key, goes_on, keys = key + piece, None, _sorted_keys()
        first = bisect_left(keys, key, first, end)
        if first == end or not keys[first].startswith(key):
            break
        if keys[first] == key and not _is_plain(words, at, at + count, key):
            best = count, _entries_of(key)
    return best


def _is_plain(words: Sequence[str], first: int, end: int, key: str) -> bool:
    """Whether a name is rather a word of the language here."""
    return key in _plain_words() and _in_capitals(words, first, end)


def _in_capitals(words: Sequence[str], first: int, end: int) -> bool:
    """Whether the two words before or after `words[first:end]` are in capitals, and not as names that are known so."""
    before = [word for word in words[max(0, first - 4) : first] if any(c.isalpha() for c in word)][-2:]
    after = [word for word in words[end : end + 4] if any(c.isalpha() for c in word)][:2]
    return any(
        side and all(word.isupper() for word in side) and any(squash_name(word) not in _by_key() for word in side)
        for side in (before, after)
    )


def office_on(known: Known, day: dt.date | None) -> Office | None:
    """What the entry was on a day. Without a day: its office if it never had but one.

    Of several on one day, the one listed first: entries put the main office first.
    """
    if day is None:
        return known.offices[0] if len(known.offices) == 1 else None
    return next((office for office in known.offices if _covers(office, day)), None)


def _covers(office: Office, day: dt.date) -> bool:
    return (office.start is None or office.start <= day) and (office.end is None or day <= office.end)


@cache
def _role_names() -> Mapping[tuple[str, str], str]:
    """(country or "", role) -> canonical role."""
    found: dict[tuple[str, str], str] = {}
    for role, row in knowledge.load("actors/nouns.yaml")["roles"].items():
        found["", role] = role
        for same in row.get("same", ()):
            found["", same] = role
        for country, names in row.get("in", {}).items():
            for name in names:
                found[country, name] = role
    return found


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def canonical_role(role: str, country: str | None = None) -> str:
    """The name under which an office is the same everywhere: "premier" is "prime minister", and in the USA "secretary
    of state" is "foreign minister". A role that the data does not know is returned in lower case.
    """
    plain = " ".join(fold_name(role).lower().replace("defence", "defense").split())
    names = _role_names()
    return names.get((country or "", plain)) or names.get(("", plain)) or plain


@remembered
def _holders() -> Mapping[tuple[str, str], tuple[tuple[Known, Office], ...]]:
    found: dict[tuple[str, str], list[tuple[Known, Office]]] = {}
    for known in everyone():
        for office in (office for office in known.offices if office.role):
            role = canonical_role(office.role, office.country)
            organizations = by_name(office.affiliation) if office.affiliation else ()
            places = [office.country] if office.country and not organizations else []
            for place in [*places, *(organization.id for organization in organizations)]:
                found.setdefault((role, place), []).append((known, office))
    return {key: tuple(pairs) for key, pairs in found.items()}


def is_office(role: str) -> bool:
    """Whether somebody of the registry held an office under this name, which `canonical_role` gave."""
    return any(name == role for name, _ in _holders())


def holder_of(role: str, country: str, day: dt.date | None) -> Known | None:
    """Who held an office on a day; None if nobody is known to have, or more than one may have.

    Args:
        role: the office in any of its names; "leader" is whoever leads that state.
        country: alpha-3 code, or the id of an organization ("united-nations").
        day: without it, the office must have had one holder in all.
    """
    name = canonical_role(role, country)
    if name == "leader":
        name = leader_role(country) or name
    pairs = _holders().get((name, country), ())
    ids = dict.fromkeys(known.id for known, office in pairs if day is None or _covers(office, day))
    return by_id(next(iter(ids))) if len(ids) == 1 else None


@cache
def _leaders() -> Mapping[str, str]:
    return {row["id"]: row["leader"] for row in knowledge.load("actors/states.yaml")["states"] if "leader" in row}


def leader_role(country: str) -> str | None:
    """The office that "the Israeli leader" names: "prime minister" there, "president" in Peru; None where unclear."""
    return _leaders().get(country)


@cache
def role_nouns() -> Mapping[str, Noun]:
    """Common nouns for people and bodies by each form, in lower case."""
    found: dict[str, Noun] = {}
    for row in knowledge.load("actors/nouns.yaml")["nouns"]:
        sectors, role, slot = tuple(row.get("sectors", ())), row.get("role"), row.get("slot")
        for lemma, plural in row["words"].items():
            for form, many in ((lemma, False), (plural, True)):
                if form is not None:
                    found[form] = Noun(lemma, form, many or lemma == plural, row["kind"], sectors, role, slot)
    return MappingProxyType(found)


@cache
def titles() -> Mapping[str, Title]:
    """What stands before a name, by its form as written and without its point ("Gen", "President")."""
    found: dict[str, Title] = {}
    for row in knowledge.load("actors/nouns.yaml")["titles"]:
        for form in row["forms"]:
            found[form] = Title(form, row.get("role"), tuple(row.get("sectors", ())))
    return MappingProxyType(found)


@lru_cache(maxsize=1 << 10)
def in_capitals(word: str) -> tuple[Known, ...]:
    """The one group, party or body that some write in capitals: "HAMAS"; () where there is none."""
    found = _by_key().get(word.capitalize(), ())
    named = len(found) == 1 and word.capitalize() in found[0].names
    return found if named and found[0].kind in ("armed_group", "party", "ngo", "igo") else ()


@cache
def role_phrases() -> tuple[Phrase, ...]:
    """Phrases for an office; "{country}" stands for a country's name or adjective."""
    rows = knowledge.load("actors/nouns.yaml")["phrases"]
    return tuple(Phrase(words, row["role"], row.get("country")) for row in rows for words in row["say"])


@cache
def ministries() -> Mapping[str, tuple[str, ...]]:
    """Sectors of a ministry by the words of its portfolio, in lower case: "foreign", "defense", "health"."""
    rows = knowledge.load("actors/nouns.yaml")["portfolios"]
    return MappingProxyType({word: tuple(row["sectors"]) for row in rows for word in row["of"]})
