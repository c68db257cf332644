"""Finds time expressions: the patterns of times/patterns.yaml with the word lists of times/words.yaml put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

from readout import knowledge
from readout.language.kept import Kept
from readout.readers.either import either
from readout.readers.letters import is_inside_letter
from readout.readers.numbers import number_pattern

_BEFORE = r"(?<![\w$€£#/@-])(?<!\d[.,:])"
_AGAIN = re.compile(r"_x\d+$")  # what `_unique` adds to a name
_AFTER = r"(?![\w$€£]|[-/]\d|%|[.,:]\d)"


@dataclass(frozen=True)
class Pattern:
    """One entry of patterns.yaml: `read` names the reading, `given` holds the entry's own settings."""

    name: str
    written: str
    needs: tuple[frozenset[str], ...]
    read: str
    given: dict[str, Any]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern ready to match, compiled when it is first tried: most are for times that few articles have."""
        return re.compile(self.written, re.IGNORECASE)


class Match(NamedTuple):
    """Where a pattern matched: the code points, and the words of its named parts, lower-cased, spaces made single."""

    pattern: Pattern
    start: int
    end: int
    parts: dict[str, str]


def find(text: str) -> list[Match]:
    """The time expressions of a text in order: leftmost first, of those that begin together the longest, of those that
    are as long the one whose pattern stands first. None overlap."""
    found: list[tuple[int, int, int, re.Match[str]]] = []
    for start, end, tried in _worth_trying(text):
        for order in tried:
            for hit in patterns()[order].expression.finditer(text, start, end):
                found.append((hit.start(), -hit.end(), order, hit))  # noqa: PERF401 - mostly there is none
    found.sort()  # no pattern matches twice from one place
    kept: list[Match] = []
    for start, end, order, hit in found:
        if (not kept or start >= kept[-1].end) and not is_inside_letter(text, -end):
            kept.append(Match(patterns()[order], start, -end, _parts(hit)))
    return kept


def _parts(hit: re.Match[str]) -> dict[str, str]:
    named = hit.groupdict().items()
    return {_AGAIN.sub("", k): " ".join(v.lower().split()) for k, v in named if v is not None}


#: What no time expression goes over: quotation marks, and the end of a clause but for the points of abbreviations.
_CUT = re.compile(
    r"(?!:(?<=\d:)\s\d\d\b)[\"“”!?;:….](?:(?<=[\"“”])|(?=\s)(?:(?<!\.)|(?<=[a-z]{3}\.)))"
)  # one set first: the text is skimmed for it
_WORD = re.compile(r"\w+")
#: What becomes of the bytes of a plain clause: small letters, and blanks between words. It takes a third of what `_WORD` takes.
_PLAIN = bytes(ord(chr(code).lower()) if _WORD.match(chr(code)) else 0x20 for code in range(128)) + bytes(128)


def _worth_trying(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Clauses of a text that hold words of times, with the patterns that they may match, by number."""
    for start, end in _clauses(text):
        clause = text[start:end]
        words = clause.encode().translate(_PLAIN).split() if clause.isascii() else _WORD.findall(clause.casefold())
        if tried := _TRIED[reduce(or_, map(_MET.__getitem__, words), 0)]:
            yield start, end, tried


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        end = cut.end()
        if cut[0] == "." and _WORD.findall(text, max(0, end - 12), end)[-1].casefold() in _before_a_point():
            continue
        yield start, end
        start = end
    yield start, len(text)


#: What words with a mark begin with, but for figures.
_MARKED = frozenset({"am", "pm", "no", "mi", "m", "gm", "ut", "fy"})


def _marks(word: str) -> tuple[str, ...]:
    """The marks for a word with figures: "1984" is <year> and <digits>, "1980s" <decade>, "3pm" <clock>, "2000gmt" <gmt>, "3rd" <nth>."""
    if word in ("am", "pm", "noon", "midday", "midnight"):
        return ("<clock>",)
    if not (word[0].isdigit() or word == "m" or word[-3:] in ("gmt", "utc") or word[:2] == "fy"):
        return ()
    digits = ("<digits>",) if word.isdigit() else ()
    if len(word) == 4 and digits:
        return ("<year>", *digits)
    if word.endswith("0s"):
        return ("<decade>",)
    if word.endswith("m"):
        return ("<clock>",)
    if word.endswith(("gmt", "utc")):
        return ("<gmt>",)
    if word.startswith("fy"):
        return ("<year>",)
    return ("<nth>",) if word.endswith(("st", "nd", "rd", "th")) else digits


@cache
def _before_a_point() -> frozenset[str]:
    return frozenset(month.casefold() for month in knowledge.load("times/words.yaml")["months"])


@cache
def _bits() -> tuple[Mapping[str, int], tuple[int, ...]]:
    """The needs that a word meets, a bit each, and all the needs of each pattern."""
    met: dict[str, int] = {}
    wanted, bit = [], 1
    for pattern in patterns():
        wanted.append(bit * ((1 << len(pattern.needs)) - 1))
        for need in pattern.needs:
            for word in need:
                met[word] = met.get(word, 0) | bit
            bit <<= 1
    return met, tuple(wanted)


def _met_by(word: str | bytes) -> int:
    """The needs that a word of a clause meets, by itself or by its marks."""
    met, _ = _bits()
    word = word.decode() if isinstance(word, bytes) else word
    marked = word[:2] in _MARKED or not "a" <= word[0] <= "z"
    return reduce(or_, (met.get(mark, 0) for mark in (word, *(_marks(word) if marked else ()))))


def _tried_for(met: int) -> tuple[int, ...]:
    """The patterns all of whose needs are met, by number."""
    return tuple(n for n, wanted in enumerate(_bits()[1]) if wanted & met == wanted)


_MET, _TRIED = Kept(_met_by), Kept(_tried_for)


def _needs(entry: Mapping[str, Any]) -> tuple[frozenset[str], ...]:
    words = knowledge.load("times/words.yaml")
    units = {*words["units"], *words["plurals"]}
    forms = {"units": units | {f"{unit}s" for unit in units}}
    forms["holidays"] = {name.split("'")[0].split()[0] for name in words["holidays"]}
    forms["ordinals"] = knowledge.load("numbers.yaml")["ordinals"].keys()
    forms["weekdays"] = {day + ending for day in words["weekdays"] for ending in ("", "s")}
    found = []
    for need in entry["needs"].split(";"):
        here: set[str] = set()
        for item in map(str.strip, need.split(",")):
            here.update(forms.get(item) or words.get(item) or (item,))
        found.append(frozenset(word.casefold() for word in here))
    return tuple(found)


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns in the file's order."""
    lists = _macros()

    def macro(hit: re.Match[str]) -> str:
        return lists[hit[1]]

    made = []
    for entry in knowledge.load("times/patterns.yaml"):
        spaced = entry["pattern"].replace("<month> <day>", r"<month>(?: |(?<=\.))<day>")  # "Sept.12"
        body = re.sub(r"(?<!\?P)<([a-z_]+)>", macro, spaced).replace(" ?", r"\s*").replace(" ", r"\s+")
        body = body.replace(r"\s+", r"\s{1,9}").replace(r"\s*", r"\s{0,9}")  # pages of blanks are read in linear time
        written = f"{_BEFORE}(?:{_unique(body)}){_AFTER}"
        given = {k: v for k, v in entry.items() if k not in ("name", "pattern", "needs", "read", "examples")}
        made.append(Pattern(entry["name"], written, _needs(entry), entry["read"], given))
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
        "zone": rf"(?P<zone>{_either(words['zones'])}|(?-i:[A-Z][a-z]+) (?:standard |daylight )?time)",
        "decade": rf"(?P<decade>(?:(?:1[5-9]|20)\d|['’]\d)0s|{_either(words['decades'])})",
        "clock": (
            r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap]\.?m\b\.?)"
            r"|(?P<named_hour>noon|midday|midnight))"
        ),
        "holiday": rf"(?P<holiday>(?-i:{_either([*words['holidays'], *(h.replace(chr(39), '’') for h in words['holidays'])])}))",
        "set": rf"(?P<set>{_either(words['set_adverbs'])})",
    }


def _either(words: Iterable[str]) -> str:
    return either(words, blank=r"\s+")
