"""Lemmas: a table from the treebanks for words they have, English inflection rules for the rest.

The table maps "form|TAG" to the lemma where the two differ and the rules would not find it. A regular inflection with two
possible stems ("rated": rat, rate) is settled by which stem is a known word of the treebanks.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

_PREFIXES = ("", "re", "over", "under", "out", "mis", "un", "with", "fore")
_VOWELS = frozenset("aeiou")


@cache
def is_ordinary(word: str) -> bool:
    """Whether a lower-case word, or what it is a plural or participle of, is a word of the treebanks: "leaders", but not "sarin"."""
    known = _words_of_treebanks()
    return any(stem in known for stem in (word, *plural_stems(word), *past_stems(word), *ing_stems(word)))


@cache
def _words_of_treebanks() -> frozenset[str]:
    table = Path(__file__).parent / "model" / "lemmas.json"
    return frozenset(json.loads(table.read_text(encoding="utf-8"))["known"])


class Lemmatizer:
    """Form and tag in, lemma out; the table lies beside the pipeline as `lemmas.json`."""

    def __init__(self, folder: Path):
        tables = json.loads((folder / "lemmas.json").read_text(encoding="utf-8"))
        self._forms: dict[str, str] = tables["forms"]
        self._known = frozenset(tables["known"])
        self.lemma = lru_cache(maxsize=65536)(self._lemma)

    def _lemma(self, form: str, tag: str, pos: str) -> str:
        """The lemma of a word: lower case but for proper nouns, which keep their letters."""
        lower = form.lower()
        found = self._forms.get(f"{lower}|{tag}")
        if found is not None and pos != "PROPN":
            return found
        if pos == "PROPN":
            return form
        if tag == "NNS":
            return self._first_known(plural_stems(lower), lower)
        if tag in ("VBD", "VBN"):
            return self._past(lower)
        if tag in ("VB", "VBP") and lower not in self._known and (past := self._past(lower)) in self._known:
            return past  # the tagger takes a rare past form for a present: "Russia vetoed"
        if tag == "VBG":
            return self._first_known(ing_stems(lower), lower)
        if tag == "VBZ":
            return self._first_known(plural_stems(lower), lower)
        return lower

    def _past(self, form: str) -> str:
        """The base of a past form; of an irregular one behind a prefix too ("retook", "overthrew")."""
        for prefix in _PREFIXES:
            if form.startswith(prefix):
                for tag in ("VBD", "VBN"):
                    base = self._forms.get(f"{form.removeprefix(prefix)}|{tag}")
                    if base is not None:
                        return prefix + base
        return self._first_known(past_stems(form), form)

    def _first_known(self, stems: list[str], form: str) -> str:
        for stem in stems:
            if stem in self._known:
                return stem
        return stems[0] if stems else form


def plural_stems(form: str) -> list[str]:
    """Possible singulars of a plural (or bases of a third person), likeliest first."""
    if form.endswith("ies") and len(form) > 4:
        return [form[:-3] + "y", form[:-1]]
    if form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        return [form[:-2], form[:-1]]
    if form.endswith("men"):
        return [form[:-2] + "an"]
    if form.endswith("s") and not form.endswith("ss"):
        return [form[:-1], form]
    return []


def past_stems(form: str) -> list[str]:
    """Possible bases of a regular past form, likeliest first."""
    if form.endswith("ied") and len(form) < 5:
        return [form[:-1], form[:-3] + "y"]  # tied, lied
    if form.endswith("ied"):
        return [form[:-3] + "y"]
    if not form.endswith("ed") or len(form) < 4:
        return []
    return _stems(form[:-2])


def ing_stems(form: str) -> list[str]:
    """Possible bases of a present participle, likeliest first."""
    if not form.endswith("ing") or len(form) < 5:
        return []
    return _stems(form[:-3])


def _stems(stem: str) -> list[str]:
    """The base, the base with a silent e, the base with its last consonant single, likeliest first."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        single = [stem[:-1], stem]
        return single[::-1] if stem[-1] in "lszf" else single
    return [stem + "e", stem] if _drops_e(stem) else [stem, stem + "e"]


def _drops_e(stem: str) -> bool:
    """Whether a base most likely lost a silent e before its ending: "widen" did not, "settl" and "fre" did."""
    if (stem.endswith("e") and len(stem) > 2) or (
        stem.endswith("l") and len(stem) > 2 and stem[-2] not in _VOWELS and stem[-2] not in "lrw"
    ):
        return True
    if stem.endswith("ong") or stem[-1] in "wxy":
        return False
    if stem[-1] in "cvzsug" or stem.endswith(("rc", "nc")):
        return True
    if (
        len(stem) < 3
        or stem[-1] in _VOWELS
        or stem[-2] not in _VOWELS
        or (stem[-3] in _VOWELS and stem[-3:-1] not in ("ui", "ia"))
    ):
        return False  # a cluster of consonants or a pair of vowels before the last letter
    several = len(_SYLLABLE.findall(stem)) > 1
    return not (several and stem.endswith(_UNSTRESSED)) or stem.endswith(_STRESSED)


_SYLLABLE = re.compile(r"[aeiouy]+")
#: Ends of bases of several syllables that have no silent e ("widen", "summon", "visit"), and those that have one after all.
_UNSTRESSED = ("er", "en", "on", "om", "el", "it", "or", "et", "ol", "op", "ip", "il", "im")
_STRESSED = ("ven", "pon", "don", "ton", "plor", "stor", "nor", "ador", "vit", "nit", "cit", "plet", "scop")
