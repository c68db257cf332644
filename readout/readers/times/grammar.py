"""Finds time expressions: the patterns of times/patterns.yaml with the word lists of times/words.yaml put in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from readout import knowledge
from readout.readers.numbers import number_pattern

_BEFORE = r"(?<![\w$€£#/@-])(?<!\d[.,:])"
_AFTER = r"(?![\w$€£]|[-/]\d|%|[.,:]\d)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of patterns.yaml, ready to match: `read` names the reading, `given` holds the entry's own settings."""

    name: str
    expression: re.Pattern[str]
    read: str
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: the code points, and the words of its named parts, lower-cased, spaces made single."""

    pattern: Pattern
    start: int
    end: int
    parts: dict[str, str]


def find(text: str) -> list[Match]:
    """The time expressions of a text in order: leftmost first, of those that begin together the longest, of those that
    are as long the one whose pattern stands first. None overlap."""
    found: list[tuple[int, int, int, Match]] = []
    for order, pattern in enumerate(patterns()):
        for hit in pattern.expression.finditer(text):
            parts = {
                re.sub(r"_x\d+$", "", k): " ".join(v.lower().split())
                for k, v in hit.groupdict().items()
                if v is not None
            }
            found.append((hit.start(), -hit.end(), order, Match(pattern, hit.start(), hit.end(), parts)))
    kept: list[Match] = []
    for _, _, _, match in sorted(found, key=lambda item: item[:3]):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns in the file's order."""
    lists = _macros()

    def macro(hit: re.Match[str]) -> str:
        return lists[hit[1]]

    made = []
    for entry in knowledge.load("times/patterns.yaml"):
        body = re.sub(r"(?<!\?P)<([a-z_]+)>", macro, entry["pattern"]).replace(" ?", r"\s*").replace(" ", r"\s+")
        body = body.replace(r"\s+", r"\s{1,9}").replace(r"\s*", r"\s{0,9}")  # pages of blanks are read in linear time
        expression = re.compile(f"{_BEFORE}(?:{_unique(body)}){_AFTER}", re.IGNORECASE)
        given = {k: v for k, v in entry.items() if k not in ("name", "pattern", "read", "examples")}
        made.append(Pattern(entry["name"], expression, entry["read"], given))
    return tuple(made)


def _unique(body: str) -> str:
    """The expression with the second and later groups of one name renamed, as `re` allows each name once."""
    seen: dict[str, int] = {}

    def rename(hit: re.Match[str]) -> str:
        seen[hit[1]] = seen.get(hit[1], 0) + 1
        return hit[0] if seen[hit[1]] == 1 else f"(?P<{hit[1]}_x{seen[hit[1]]}>"

    return re.sub(r"\(\?P<([a-z_0-9]+)>", rename, body)


def _macros() -> dict[str, str]:
    words = knowledge.load("times/words.yaml")
    ordinals = knowledge.load("numbers.yaml")["ordinals"]
    units = [*words["units"], *words["plurals"]]
    number = number_pattern()
    return {
        "month": rf"(?P<month>(?-i:{_either(words['months'])}|{_either(m.upper() for m in words['months'])})\b)\.?",
        "weekday": rf"(?P<weekday>(?-i:{_either(words['weekdays'])}|{_either(d.upper() for d in words['weekdays'])}))",
        "day": rf"(?P<day>\d{{1,2}}|{_either(ordinals)})(?:st|nd|rd|th)?(?![:.]\d| ?[ap]\.?m)",
        "year": r"(?P<year>(?:1[5-9]|20)\d\d)",
        "unit": rf"(?P<unit>{_either(units)})s?",
        "long": rf"(?P<unit>{_either(u for u in units if words['units'].get(u, '')[:1] != 'T')})s?",
        "one_unit": rf"(?P<unit>{_either(u for u in words['units'] if words['units'][u][0] != 'T')})",
        "n": rf"(?P<n>{_either(words['vague_numbers'])}|a couple of|a couple|{number}|an?|one)",
        "number": rf"(?P<n>{number}|several|many)",
        "approx": rf"(?:{_either(words['approximators'])}\s+)?",
        "part": rf"(?P<part>{_either(words['parts'])})",
        "season": rf"(?P<season>{_either(words['seasons'])})",
        "named": rf"(?P<named>{_either(words['named_days'])})",
        "which": rf"(?P<which>{_either(words['which'])})",
        "edge": rf"(?:the )?(?P<edge>{_either(words['edges'])})",
        "nth": rf"(?P<nth>{_either(ordinals)}|\d{{1,2}}(?:st|nd|rd|th))",
        "zone": rf"(?P<zone>{_either(words['zones'])})",
        "decade": rf"(?P<decade>(?:(?:1[5-9]|20)\d|['’]\d)0s|{_either(words['decades'])})",
        "clock": (
            r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap]\.?m\b\.?)"
            r"|(?P<named_hour>noon|midday|midnight))"
        ),
        "set": rf"(?P<set>{_either(words['set_adverbs'])})",
    }


def _either(words: Iterable[str]) -> str:
    """Longest first, so that no word hides a longer one that begins with it."""
    return (
        "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)) + ")"
    )
