"""What a report is about, as weighted features: rare words, names, actors, places and kinds of events."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from readout.across.copies.wording import CALENDAR
from readout.across.facts import ReportFacts

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LEAD = 60  # words; what a report is about is said there
_KEPT = 60  # features of a report; further ones add noise and cost
#: Words that are in every report, and so no feature even of the first.
_COMMON_WORDS = """
a about after again against all also although am among an and another any are as at away back be became because been before being below
between both but by came can cannot could day days did do does during each earlier either end even ever every few first for former
from further gave get give go going got had has have he her here him his how however i if in including into is it its itself just
known last late later least less like made make many may me meanwhile members might more most much must my near new news next no nor
not now of off officials on once one only or other others our out over own part people per quoted report reported reporters reports
said same saying says second see seen she should since so some still such take taken than that the their them themselves then there
these they third this those though three through time times to today told took toward towards two under until up us use used very
via was way we week weeks well went were what when where which while who whom whose why will with within without would year years
yet you your according added statement spokesman spokeswoman agency minister president government country official four five six
seven eight nine ten million billion percent monday yesterday
"""
_COMMON = frozenset(_COMMON_WORDS.split()) | CALENDAR

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Features:
    """How much a report speaks of each thing, before it is known how rare that is, and each thing as the report writes it.

    Things are words ("w:ceasefir", without endings), names ("n:kinshasa"), actors and places by their key ("k:…") and kinds of events
    ("e:ASSAULT/abduct").
    """

    weights: Vector
    written: Mapping[str, str]


def features_of(report: ReportFacts) -> Features:
    """What a report is about."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text, first in ((report.text, _LEAD), (report.title or "", 1 << 20)):
        for at, found in enumerate(_WORD.finditer(text)):
            word = found[0]
            forms = _forms(word)
            if forms is not None:
                feature = forms[0] if word[0].isupper() and not _opens(text, found.start()) else forms[1]
                counts[feature] += 2 if at < first else 1
                written.setdefault(feature, word)
    weights = {
        feature: (1 + math.log(count)) * (1.3 if feature[0] == "n" else 1.0) for feature, count in counts.items()
    }
    keys = Counter[str]()
    for key, name in _keys(report):
        if not key or key.startswith("unnamed:"):
            continue
        keys[f"k:{key}"] += 1
        written.setdefault(f"k:{key}", name)
    weights |= {key: 1.2 * (1 + math.log(count)) for key, count in keys.items()}
    kinds = Counter(f"e:{event.act_type}/{event.act_mode}" for event in report.events if event.act_mode)
    weights |= {kind: 0.5 * (1 + math.log(count)) for kind, count in kinds.items()}
    return Features(weights, written)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or quotation begins at a place of a text."""
    before = text[max(0, at - 2) : at]
    return not before or before[-1] in '\n"“' or before[0] in ".!?:"


@lru_cache(maxsize=1 << 17)
def _forms(word: str) -> tuple[str, str] | None:
    """A word as a name and as a word, or None where it says nothing."""
    folded = word.casefold().replace("’", "'").removesuffix("'s")
    return None if len(folded) < 3 or folded in _COMMON else (f"n:{folded}", f"w:{_stem(folded)}")


def headline_features(title: str) -> frozenset[str]:
    """The words of a headline, as words and as names: headlines are written with and without capitals."""
    forms = (_forms(found[0]) for found in _WORD.finditer(title))
    return frozenset(form for both in forms if both for form in both)


def _stem(word: str) -> str:
    """A word without the endings that make rebels of a rebel, and voted of vote."""
    for ending, kept in (("ies", 3), ("ing", 4), ("es", 4), ("ed", 4), ("s", 3)):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= kept:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word


def _keys(report: ReportFacts) -> Iterator[tuple[str, str]]:
    for event in report.events:
        for who in (*event.actors, *event.recipients, *event.sources):
            yield who.key, who.name
        for place in event.places:
            yield place.key, place.name
    for statement in report.statements:
        if statement.speaker is not None:
            yield statement.speaker.key, statement.speaker.name


def vector_of(weights: Mapping[str, float], spread: Mapping[str, int], total: int) -> Vector:
    """The features that tell a report from others, weighted by how rare they are, the whole of length one.

    Args:
        weights: from `features_of`.
        spread: in how many reports each feature is, this one's included.
        total: of how many.
    """
    rare = {}
    for feature, weight in weights.items():
        rarity = math.log(
            (total + 8) / (spread[feature] + 4)
        )  # as if it had been in some before: one report makes nothing rare
        if rarity > 0:
            rare[feature] = weight * rarity
    kept = sorted(rare.items(), key=lambda item: (-item[1], item[0]))[:_KEPT]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {feature: weight / length for feature, weight in kept}


def likeness(one: Vector, other: Vector) -> float:
    """How alike two reports are: the cosine of their features, from 0 to 1 for two of length one."""
    return math.fsum(one[feature] * other[feature] for feature in one.keys() & other.keys())
