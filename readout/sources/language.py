"""Is it English? A cheap check before any parsing: the share of English function words among words of running text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from readout import knowledge
from readout.errors import UnknownLanguage

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE = 20_000
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,3}$")
_OPEN_TAGS = frozenset({"en", "eng", "und", "mul", "mis", "zxx"})


@cache
def _rules() -> tuple[frozenset[str], dict[str, float]]:
    data = knowledge.load("furniture/language.yaml")
    return frozenset(data["words"].split()), data["limits"]


def check_declared(language: str) -> None:
    """Passes English, and tags that name no language (und, mul, zxx).

    Raises:
        UnknownLanguage: the tag ("fr", "de-AT") names another language.
    """
    found = _TAG.match(language.strip())
    if found and found[1].lower() not in _OPEN_TAGS:
        raise UnknownLanguage(f"its source says that it is in {found[0]!r}; Readout reads English only so far")


def check_language(text: str) -> None:
    """Passes English, and what is too short or too bare of running text to tell (headlines, tables, lists of names).

    Raises:
        UnknownLanguage: the text is prose in another language.
    """
    words, limits = _rules()
    sample = text[:_SAMPLE]
    letters = _LETTER.findall(sample)
    if len(letters) >= limits["letters"]:
        latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
        if latin < limits["latin"] * len(letters):
            raise UnknownLanguage("not in English, the only language that Readout reads so far (another script)")
    if len(text) < limits["characters"]:
        return
    found = _WORD.findall(sample)
    running = [word for word in found if word[0].islower()]
    if sum(word.isupper() for word in found) > 0.7 * len(found):
        running = [word.lower() for word in found]
    if len(running) < limits["running"]:
        return
    share = sum(word in words for word in running) / len(running)
    if share < limits["share"]:
        raise UnknownLanguage("not in English, the only language that Readout reads so far")
