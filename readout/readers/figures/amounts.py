"""Finds amounts in text: the number, its bound, its currency or percent sign; not yet what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from readout import knowledge
from readout.readers.either import either
from readout.readers.letters import is_inside_letter
from readout.readers.numbers import number_pattern, parse_number, plain
from readout.types import Bound, FigureKind

Number = float | int


class Amount(NamedTuple):
    """A number in the text: `start` and `end` are code points, bound words included; the number begins at `first`."""

    start: int
    first: int
    end: int
    value: Number
    low: Number | None
    high: Number | None
    bound: Bound
    kind: FigureKind | None = None
    unit: str | None = None


#: In more than so many nobody counts a share in words: "one in 2004" is a year.
_ALL = 100
#: Verbs of which "over" is a part: "handed *over* 20 bodies".
_HANDED = re.compile(r"\b(?:hand|turn|t[ao]k|carr)\w* $", re.IGNORECASE)
#: Verbs and nouns behind which a word is no bound: "served *under* three kings", "based *around* three pillars", "spoke *about* two cases".
_GOVERNED = {
    word: re.compile(rf"\b(?:{stems})\w* $", re.IGNORECASE)
    for word, stems in {
        "under": "serv|work|operat|liv|fought|fight|train|stud|suffer",
        "around": "bas|cent[er]|revolv|buil|rall|gather|organi[sz]|wrap|form|walk|drive|drove",
        "about": "talk|spoke|speak|think|thought|worr|complain|concern|doubt|question|detail|discussion|information|brag|boast",
        "over": "disagree|differ|divi[ds]|disput|clash|argu|quarrel|negotiat|talks|row|concern|conflict|rul",
    }.items()
}
#: What counts as many as before, and how far behind it stands at most.
_EQUAL = re.compile(r"\b(?:and|or|,)\s+(as many)\s+(?!as\b)(?=[a-z])")
_REACH = 80
#: The word before a "from" or "by" that a number follows.
_FROM = re.compile(r"(?:(\w+)\s+)?(from|by)\s+$", re.IGNORECASE)


def find_amounts(text: str) -> list[Amount]:
    """The amounts of a text in order; none overlap."""
    found: list[Amount] = []
    for hit in _expression().finditer(text):
        if is_inside_letter(text, hit.end()):
            continue
        was = _was(text, hit)
        if was is not None and (not found or was.first >= found[-1].end):
            found.append(was)
        amount = _amount(text, hit, moved=was is not None)
        if amount is not None and (not found or amount.first >= found[-1].end):
            found.append(amount)
    return _with_equals(text, found) if "as many " in text else found


def stands_alone(text: str, amount: Amount) -> bool:
    """Whether a number is one of the words for no exact number, and nothing follows it: "killing *hundreds*."."""
    vague = text[amount.first : amount.end].lower() in knowledge.load("numbers.yaml")["vague"]
    return vague and not text[amount.end : amount.end + 2].strip().isalpha()


def _with_equals(text: str, found: list[Amount]) -> list[Amount]:
    """The amounts with those that are told by the one before: "a dozen soldiers and *as many* civilians"."""
    for hit in _EQUAL.finditer(text):
        start, end = hit.span(1)
        before = [amount for amount in found if amount.end <= start]
        if not before or before[-1].kind is not None or start - before[-1].end > _REACH:
            continue
        if not re.search(r"[.;:]", text[before[-1].end : start]):
            found = [*found, before[-1]._replace(start=start, first=start, end=end)]
    return sorted(found, key=lambda amount: amount.first)


def _was(text: str, hit: re.Match[str]) -> Amount | None:
    """The former of two numbers of which one became the other: "12" in "rose from 12 to 31"; None where there is none."""
    if not hit["lower"] or not re.fullmatch(
        r"\s+to\s+\W*", text[hit.end("lower") : hit.start("number")], re.IGNORECASE
    ):
        return None
    before = _FROM.search(text, max(0, hit.start("body") - 40), hit.start("body"))
    words, word = knowledge.load("figures/words.yaml"), (before[1] or "").lower() if before else ""
    if before is None or (word not in words["stepping"] if before[2].lower() == "by" else word in words["ranging"]):
        return None
    value = _lower(hit)
    if value is None:
        return None
    kind: FigureKind | None = "money" if hit["currency"] else "share" if hit["percent"] else None
    unit = _currency(hit["currency"]) if hit["currency"] else None
    if kind == "share":
        unit = "percent"
    return Amount(hit.start("body"), hit.start("body"), hit.end("lower"), value, value, value, "exact", kind, unit)


def _amount(text: str, hit: re.Match[str], *, moved: bool) -> Amount | None:
    """What an expression says; of two numbers of which one became the other (`moved`) the latter."""
    value, low, high, bound = _value(hit, moved=moved)
    if value is None:
        return None
    first, end = hit.start("number" if moved else "body"), hit.end()
    if hit["between"] and not hit["lower"]:
        first = hit.end("between")  # "between 35 for the cheapest and 600"
    start = first
    if bound == "exact":
        before, start = _before(text, start)
        after, end = _after(text, end)
        bound = before if before != "exact" else after
        low, high = limits(bound, value)
    if hit["ordinal"]:
        return Amount(hit.start("body"), hit.start("body"), hit.end(), value, value, value, "exact", "ordinal")
    if hit["percent"] or hit["fraction"]:
        return Amount(start, first, end, value, low, high, bound, "share", "percent")
    if hit["currency"]:
        unit = _currency(hit["currency"])
        return Amount(start, first, end, value, low, high, bound, "money", unit)
    return Amount(start, first, end, value, low, high, bound)


def _currency(sign: str) -> str:
    """The currency of a sign, however it is written ("US$", "us$")."""
    return _currencies()[sign.upper()]


@cache
def _currencies() -> dict[str, str]:
    return {sign.upper(): str(unit) for sign, unit in knowledge.load("figures/words.yaml")["currencies"].items()}


def _value(hit: re.Match[str], *, moved: bool) -> tuple[Number | None, Number | None, Number | None, Bound]:
    book = knowledge.load("numbers.yaml")
    if word := hit["ordinal"]:
        digits = re.match(r"\d+", word)
        return (int(digits[0]) if digits else book["ordinals"][word.lower()]), None, None, "exact"
    if hit["fraction"]:
        if hit["every"]:  # "one in four"
            share, every = book["ones"][hit["share"].lower()], parse_number(hit["every"]) or 0
            return (plain(100 * share / every) if 0 < share < every <= _ALL else None), None, None, "exact"
        over = parse_number(hit["over"] or "one") or 1
        under = hit["under"] or hit["under_one"] or "half"
        return plain(100 * over * book["fractions"][under.lower()]), None, None, "exact"
    if hit["some"]:  # "several hundred" says what "hundreds" does
        value: Number = 2 * (parse_number(hit["scores"]) or 1)
        return value, value, None, "at_least"
    if hit["piece"]:  # "half a million"
        share = 0.5 if hit["piece"].lower() == "half" else 0.25
        part = share * book["scales"][hit["pieces"].lower()]
        return plain(part), plain(part), plain(part), "exact"
    if hit["vague"]:
        value = book["vague"].get(hit["vague"].lower(), {"value": 20})["value"]
        if hit["times"]:
            value *= book["vague"][hit["times"].lower()]["value"] // 2
        return value, value, None, "at_least"
    scale = book["short_scales"].get((hit["scale"] or "").lower(), 1)
    last = parse_number(hit["number"])
    if last is None:
        return None, None, None, "exact"
    last = plain(last * scale)
    lower = None if moved else _lower(hit)
    if lower is not None:
        if lower < last:
            return plain((lower + last) / 2), lower, last, "range"
        return None, None, None, "exact"
    return last, last, last, "exact"


def _lower(hit: re.Match[str]) -> Number | None:
    """The first of two numbers, in the scale of the second: "2 to 3 million"."""
    lower = parse_number(hit["lower"]) if hit["lower"] else None
    if lower is None:
        return None
    book = knowledge.load("numbers.yaml")
    if hit["lower_scale"]:
        return plain(lower * book["short_scales"][hit["lower_scale"].lower()])
    word = re.search(r"(million|billion|thousand|hundred)\s*$", hit["number"], re.I)
    if word and lower < 1000 and not hit["lower"].lower().endswith(word[1].lower()):
        lower *= book["scales"][word[1].lower()]
    return plain(lower * book["short_scales"].get((hit["scale"] or "").lower(), 1))


def limits(bound: Bound, value: Number) -> tuple[Number | None, Number | None]:
    """The lowest and the highest number that a value with a bound allows; None where it is open."""
    if bound in ("more_than", "at_least"):
        return value, None
    if bound in ("less_than", "at_most"):
        return None, value
    return (None, None) if bound == "about" else (value, value)


def _before(text: str, start: int) -> tuple[Bound, int]:
    for phrase, bound in _ending().get(text[max(start - 3, 0) : max(start - 1, 0)].lower(), ()):  # mostly none
        at = start - len(phrase) - 1
        if at >= 0 and text[at : start - 1].lower() == phrase and not text[max(at - 1, 0) : at].isalpha():
            if phrase == "over" and _HANDED.search(text, max(0, at - 10), at):
                continue
            if phrase in _GOVERNED and _GOVERNED[phrase].search(text, max(0, at - 14), at):
                continue
            return bound, (at if bound != "exact" else start)
    return "exact", start


def _after(text: str, end: int) -> tuple[Bound, int]:
    if text[end : end + 3].lower() not in _beginnings():
        return "exact", end
    for phrase, bound in _phrases("bounds_after"):
        gap = "" if phrase.startswith("-") else " "
        after = end + len(phrase) + len(gap)
        if text[end:after].lower() == gap + phrase and text[after : after + 5].lower() != " than":
            return bound, after
    return "exact", end


@cache
def _ending() -> dict[str, list[tuple[str, Bound]]]:
    """The phrases that may stand before a number, by their last two letters."""
    found: dict[str, list[tuple[str, Bound]]] = {}
    for phrase, bound in _phrases("bounds_before"):
        found.setdefault(phrase[-2:], []).append((phrase, bound))
    return found


@cache
def _beginnings() -> frozenset[str]:
    """The first three letters, a blank among them, of what may stand behind a number."""
    return frozenset(
        [(phrase if phrase.startswith("-") else f" {phrase}")[:3] for phrase, _ in _phrases("bounds_after")]
    )


@cache
def _phrases(kind: str) -> tuple[tuple[str, Bound], ...]:
    book = knowledge.load("figures/words.yaml")[kind]
    pairs = [(phrase, bound) for bound, phrases in book.items() for phrase in phrases]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _expression() -> re.Pattern[str]:
    book, words = knowledge.load("numbers.yaml"), knowledge.load("figures/words.yaml")
    number, vague = number_pattern(), either([*book["vague"], "tens"])
    ordinals = rf"\d+(?:st|nd|rd|th)|{either(book['ordinals'])}"
    under = either(word for word in book["fractions"] if word != "half")
    fraction = (
        rf"(?P<over>one|two|three|four|five)[- ](?P<under>{under})s?|half(?= (?:of|the|its|their)\b)"
        rf"|an?\s(?P<under_one>{under})(?=\s+of\b)"
        rf"|(?P<share>{either(list(book['ones']))})\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<every>{number})(?=\s+[a-z])"
        r"(?!\s+(?:second|minute|hour|day|week|month|year|round|game|match|(?:with|and|or|to|as|at|by|for|from|on|in|when)\b))"
    )
    scale, currency = either(book["scales"]), either(words["currencies"])
    # What stands between the two numbers of a range; "and" does only after "between".
    between = rf"(?:\s+(?:to|or)\s+|(?<=\d)[-–](?=\W?\d)|(?(between)\s+and\s+|(?!)))(?:{currency}\s?)?"
    body = (
        rf"(?P<vague>{vague})(?:\s+of\s+(?P<times>{either(book['vague'])})|(?=\s+(?:of\b|more\b|[a-z])|[.,;)]|$))"
        rf"|(?P<some>several|(?:a\s)?few|a\scouple(?:\sof)?)\s+(?P<scores>{scale}(?:\s+{scale})?)\b"
        rf"|(?P<piece>half|a\s+(?:third|quarter)\s+of)\s+an?\s+(?P<pieces>{scale})"
        rf"|(?P<fraction>{fraction})"
        rf"|(?P<ordinal>{ordinals})"
        rf"|(?P<between>between\s+)?(?:(?P<currency>{currency})\s?)?"
        rf"(?:(?P<lower>{number})(?P<lower_scale>{either(book['short_scales'])})?{between})?"
        rf"(?P<number>{number})(?P<scale>{either(book['short_scales'])})?(?P<percent>\s?%|[\s-]?per\s?cent\b)?"
    )
    begins = [*book["vague"], *book["ordinals"], *book["ones"], *book["tens"], *book["scales"], *words["currencies"]]
    begins += ["tens", "half", "one", "two", "three", "four", "five", "between", "several", "few"]
    return re.compile(
        rf"(?<![\w/-])(?<!\d[.,:])(?=\d|an?\s|{_openings(begins)})(?P<body>{body})(?![\w/%]|[.,:]\d|-\d|-thirds?\b)",
        re.IGNORECASE,
    )


def _openings(words: Iterable[str]) -> str:
    """What words begin with: most words of a text begin like no number, and three letters tell so in a fraction of the time."""
    behind: dict[str, set[str]] = {}
    for word in words:
        behind.setdefault(word[0], set()).add(word[1:3])
    return "|".join(f"{re.escape(first)}{either(behind[first])}" for first in sorted(behind))
