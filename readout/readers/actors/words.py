"""What words say of an actor: role nouns, words in organizations' names, given names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from readout import knowledge
from readout.readers.actors.own import read_actor_file
from readout.readers.added import current, remembered
from readout.types import ActorKind

#: No noun of the lists has more words than this.
_LONGEST = 5
#: The class whose nouns are plurals as they stand: "Hutus".
_PEOPLES = "peoples and believers"
#: A day glued to its month: "sept.12".
_DATE = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\d{1,2}")
_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{0,3}[aeiouyw]{1,3}(?:ng|n|k|ck|l|m|p|h|r|t)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that denotes an actor. `one`: a human being in the singular; else a body, unless `title`: "Mr"."""

    lemma: str
    kind: ActorKind
    sectors: tuple[str, ...]
    one: bool
    group: str  # the class of the noun
    title: bool = False


@dataclass(frozen=True, slots=True)
class OrganizationWord:
    """What a word makes of the name that holds it."""

    kind: ActorKind
    sectors: tuple[str, ...]


@remembered
def _nouns() -> Mapping[str, Noun]:
    found: dict[str, Noun] = {}
    for row in knowledge.load("actors/reading/nouns.yaml")["classes"]:
        for field in ("one", "body", "titles"):
            for word in row.get(field, ()):
                noun = Noun(word, row["kind"], tuple(row["sectors"]), field != "body", row["class"], field == "titles")
                found.setdefault(word, noun)
    for own in (noun for path in reversed(current().actors) for noun in read_actor_file(path).nouns):
        known = found.get(own.noun)
        found[own.noun] = (
            replace(known, sectors=own.sectors) if known else Noun(own.noun, own.kind, own.sectors, own.one, "own")
        )
    return MappingProxyType(found)


@remembered
def first_words() -> Mapping[str, int]:
    """The lower-case words that a role noun can begin with, and how many words the longest such noun has, hyphens counted."""
    found: dict[str, int] = {}
    for noun in (*_nouns(), *body_nouns("irregular_plurals")):
        words = noun.replace("-", " - ").split()
        for first in (words[0], _plural(words[0])):
            found[first] = max(found.get(first, 0), min(len(words), _LONGEST))
    return found


@remembered
def _noun_called(phrase: str) -> tuple[Noun, bool] | None:
    """The role noun that a phrase is, in the singular or plural, and whether it is a plural; else None."""
    for form in singulars(phrase):
        noun = _nouns().get(form)
        if noun is not None:
            many = form != phrase or form in word_list("always_plural") or noun.group == _PEOPLES
            return noun, many
    return None


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeou" else word + "s"


def singulars(word: str) -> tuple[str, ...]:
    """The forms whose plural a lower-case word can be, itself first."""
    forms = [word]
    irregular = body_nouns("irregular_plurals").get(word)
    if irregular is not None:
        forms.append(irregular)
    head, of, rest = word.partition(" of ")
    if of:
        forms += [f"{one} of {rest}" for one in singulars(head)[1:]]
    if word.endswith("men"):
        forms.append(word[:-3] + "man")
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    return tuple(forms)


def find_noun(words: Sequence[str], at: int, end: int) -> tuple[int, Noun, bool] | None:
    """The longest role noun that starts at `words[at]`: (number of words, the noun, whether it is a plural); else None.

    Args:
        words: lower-case words of the sentence.
        at: where to look.
        end: the noun ends before this word.
    """
    longest = first_words().get(words[at], 0)
    for count in range(min(longest, end - at), 0, -1):
        found = _noun_called(" ".join(words[at : at + count]).replace(" - ", "-"))
        if found is not None:
            return count, *found
    return None


@cache
def _names() -> Mapping[str, frozenset[str]]:
    data = knowledge.load("actors/reading/names.yaml")
    return {
        key: frozenset(data[key]) for key in ("things", "particles", "articles", "suffixes", "never", "thing_openers")
    }


@cache
def _months() -> frozenset[str]:
    return frozenset(month.lower() for month in knowledge.load("times/words.yaml")["months"])


def is_thing(word: str) -> bool:
    """Whether a name that ends in this lower-case word is an event, a work or a place, which never act."""
    return word in _names()["things"] or word.rstrip(".") in _months() or _DATE.fullmatch(word) is not None


def ends_as_thing(words: Sequence[str]) -> bool:
    """Whether a name of these lower-case words is a thing's, although one of them is a body's: "Orsk Air Force *Base*"."""
    return (is_thing(words[-1]) and words[-1] in vocabulary("things_of_bodies")) or " ".join(words) in vocabulary(
        "craft"
    )


def starts_thing(word: str) -> bool:
    """Whether a name that begins with this lower-case word is an event or a work: "Operation Iron Hammer"."""
    return word in _names()["thing_openers"]


def particles() -> frozenset[str]:
    """The lower-case words that can stand inside a person's name."""
    return _names()["particles"]


def is_particle(word: str) -> bool:
    """Whether a lower-case word can stand inside a person's name."""
    return word in _names()["particles"]


def is_article(word: str) -> bool:
    """Whether a lower-case word is an Arabic article, which a hyphen joins to the name after it: "al-Shabaab"."""
    return word in _names()["articles"]


def is_suffix(word: str) -> bool:
    """Whether a lower-case word can end a person's name ("Jr.")."""
    return word in _names()["suffixes"]


def is_function_word(word: str) -> bool:
    """Whether a capital does not make this lower-case word a name."""
    return word in _names()["never"]


@cache
def _organization_words() -> Mapping[str, OrganizationWord]:
    found: dict[str, OrganizationWord] = {}
    for row in knowledge.load("actors/reading/names.yaml")["organizations"]:
        for word in row["words"]:
            found.setdefault(word, OrganizationWord(row["kind"], tuple(row["sectors"])))
    return found


def organization_word(word: str) -> OrganizationWord | None:
    """What a lower-case word says of the name that holds it, if it is one of an organization's name."""
    return _organization_words().get(word)


@cache
def _given_names() -> Mapping[str, str]:
    data = knowledge.load("actors/reading/given.yaml")
    found = {name: sex for sex in ("he", "she") for name in data[sex].split()}
    return found | dict.fromkeys((*data["both"].split(), *(set(data["he"].split()) & set(data["she"].split()))), "both")


def given_name(word: str) -> str | None:
    """Whether a word is a given name: "he", "she" or "both" by who bears it; None if it is none."""
    return _given_names().get(word.lower())


@lru_cache(maxsize=1 << 12)
def is_syllable(word: str) -> bool:
    """Whether a word can be one syllable of a Korean or Chinese given name: "Myung", "jong", "te"."""
    return _SYLLABLE.fullmatch(word) is not None


def is_portfolio(word: str) -> bool:
    """Whether an office can be over this lower-case word: "foreign", "defense"."""
    return word in vocabulary("portfolios")


def is_office_of(words: Sequence[str], at: int) -> bool:
    """Whether "of" at `words[at]` joins an office and what it is over: "Minister of Defense"."""
    if not 0 < at < len(words) - 1 or words[at] != "of":
        return False
    return words[at - 1] in vocabulary("offices_over") and is_portfolio(words[at + 1])


@cache
def _sexes() -> Mapping[str, str]:
    data = knowledge.load("actors/reading/nouns.yaml")["sexes"]
    return {noun: sex for sex in ("he", "she") for noun in data[sex]}


def sex_of_noun(lemma: str) -> str | None:
    """The pronoun that goes with a noun ("king": "he"), or None where it says nothing."""
    return _sexes().get(lemma)


@cache
def word_list(name: str) -> frozenset[str]:
    """A further list of nouns.yaml, by its name there: `state_bodies`, `always_bare`."""
    return frozenset(knowledge.load("actors/reading/nouns.yaml")[name])


@cache
def body_nouns(name: str) -> Mapping[str, Any]:
    """A further table of nouns.yaml, by its name there: `body_kinds`, `body_words`, `irregular_plurals`."""
    return MappingProxyType(knowledge.load("actors/reading/nouns.yaml")[name])


@cache
def vocabulary(name: str) -> frozenset[str]:
    """A list of words.yaml, by its name there: `speech`, `settings`, `definite`."""
    return frozenset(knowledge.load("actors/reading/words.yaml")[name])


@cache
def pronouns() -> Mapping[str, str]:
    """Forms of the third person, lower case, and the pronoun that each is a form of: "him" is "he"."""
    return MappingProxyType(knowledge.load("actors/reading/words.yaml")["pronouns"])


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def is_count(word: str) -> bool:
    """Whether a lower-case word tells one group from another: "two", "dozens", "several"."""
    book = knowledge.load("numbers.yaml")
    return word in vocabulary("quantifiers") or any(
        word in book[field] for field in ("ones", "tens", "scales", "vague")
    )
