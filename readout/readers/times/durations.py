"""Readings of durations, sets of times, and the present, past and future without a date."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache

from readout import knowledge
from readout.readers.numbers import parse_number
from readout.readers.times.calendar import DAYS, days_of, period
from readout.readers.times.periods import unit_code
from readout.readers.times.setting import Setting, Value
from readout.types import TimeType

_LARGER = {"F": ("W", 2), "E": ("Y", 10), "C": ("Y", 100), "WE": ("W", 1)}
_HALF = {"Y": "6M", "M": "2W", "TM": "30S", "TH": "30M", "D": "T12H", "E": "5Y"}


def iso_duration(count: float | None, unit: str) -> str:
    """The TIMEX3 duration of so many units; X where the number is not known: `iso_duration(2, "W")` is "P2W"."""
    if unit in _LARGER and count is not None:
        unit, times = _LARGER[unit]
        count *= times
    head, letter = ("PT", unit[1]) if unit[0] == "T" else ("P", unit)
    if count is not None and count != int(count):
        half = _HALF.get(unit)
        if count % 1 == 0.5 and half:
            whole = f"{int(count)}{letter}" if count > 1 else ""
            return f"{head}{whole}{half}"
        return f"{head}{count:g}{letter}"
    return f"{head}{'X' if count is None else int(count)}{letter}"


def _count(words: str | None) -> float | None:
    if words is None:
        return None
    if words in ("a", "an"):
        return 1
    if words.startswith("a couple"):
        return 2
    return parse_number(words)


def duration(setting: Setting) -> Value | None:
    """ "22 months", "two-week", "a year and a half"; None where the words before the unit are no number."""
    words = setting.part("n")
    count = _count(words) if words else 1
    vague = knowledge.load("times/words.yaml")["vague_numbers"]
    if count is None and words not in vague:
        return None
    unit = unit_code(setting.parts["unit"])
    if setting.part("more") and count is not None:
        count += 0.5
    if unit == "TS" and words in ("a", "one"):
        return None
    return Value(iso_duration(count, unit), "DURATION", *_ahead(setting, count, unit))


def _ahead(setting: Setting, count: float | None, unit: str) -> tuple[dt.date | None, dt.date | None]:
    """The days that "in two weeks" and "within 48 hours" mean where the verb looks ahead; none else."""
    before = setting.document.words[setting.first - 1] if setting.first else ""
    if setting.parts.get("all", "").startswith("within "):
        before = "within"
    if before not in ("in", "within") or not count or setting.published is None:
        return None, None
    if (setting.sure() if before == "in" else setting.direction()) <= 0:
        return None, None
    if unit not in DAYS or "to" in setting.parts:  # "in two or three weeks" has no one end
        return None, None
    last = _moved(setting.published, math.ceil(count * DAYS[unit]))
    if before == "within" or count != int(count):
        return setting.published, last
    value = period({"F": "W", "TH": "D", "E": "Y", "C": "Y"}.get(unit, unit), last) if last else None
    return (days_of(value) if value else None) or (None, None)


def span(setting: Setting) -> Value | None:
    """ "The past two weeks", "the next 14 months": a duration that ends or begins with publication."""
    count, unit, side = _count(setting.part("n")), unit_code(setting.parts["unit"]), setting.parts["side"]
    if setting.part("more") and count is not None:
        count += 0.5
    start = end = None
    if setting.published and count and unit in DAYS:
        days = round(count * DAYS[unit])
        if side in ("past", "last", "latest", "previous"):
            start, end = _moved(setting.published, -days), setting.published
        elif side in ("next", "coming"):
            start, end = setting.published, _moved(setting.published, days)
    return Value(iso_duration(count, unit), "DURATION", start, end)


def half_more(setting: Setting) -> Value | None:
    """ "Two and a half years", "the past three and half months"."""
    return (span if "side" in setting.parts else duration)(setting)


def vague_span(setting: Setting) -> Value | None:
    """ "The coming days", "recent weeks": counted from the day of speaking where one is named."""
    unit = unit_code(setting.part("unit", "unit2") or "day")
    side, vague = setting.part("side") or "coming", setting.part("vague")
    ahead = side in ("coming", "next", "following")
    anchor = (setting.last_day(sentences=0) or setting.published) if ahead else setting.published
    value, kind = iso_duration(None, unit), "DURATION"
    if side == "coming" and not vague:
        value, kind = "FUTURE_REF", "DATE"
    count = knowledge.load("times/words.yaml")["reach"].get(unit)
    start = end = None
    if anchor and count and side not in ("first", "early"):
        days = max(1, round(count * DAYS.get(unit, 1)))
        start, end = (_moved(anchor, 1), _moved(anchor, days)) if ahead else (_moved(anchor, -days), anchor)
    time_type: TimeType = "DATE" if kind == "DATE" else "DURATION"
    return Value(value, time_type, start, end)


def plural(setting: Setting) -> Value | None:
    """ "For weeks", "in months": a duration without a number."""
    following = setting.document.words[min(setting.first + 2, len(setting.document.tokens) - 1)]
    if following in ("of", "old"):
        return None
    return Value(iso_duration(None, unit_code(setting.parts["unit"])), "DURATION")


def every(setting: Setting) -> Value | None:
    """ "Every week", "each Thursday", "on Tuesdays"."""
    words = knowledge.load("times/words.yaml")
    part = setting.part("part")
    suffix = f"T{words['parts'][part]}" if part else ""
    if weekday := setting.part("weekday"):
        return Value(f"XXXX-WXX-{words['weekdays'][weekday.capitalize()]}{suffix}", "SET")
    if month := setting.part("month"):
        return Value(f"XXXX-{words['months'][month.capitalize()]:02}", "SET")
    if part:
        return Value(f"XXXX-XX-XX{suffix}", "SET")
    unit = unit_code(setting.parts["unit"])
    if number := setting.part("n"):
        return Value(iso_duration(_count(number), unit), "SET")
    return Value(iso_duration(2 if "other " in setting.parts.get("all", "") else 1, unit), "SET")


#: What a newspaper is called by how often it comes out.
_PAPERS = frozenset({"daily", "weekly", "monthly"})


def _speaks(setting: Setting) -> bool:
    """Whether a name stands before a word and a verb behind it, or a day and then a verb: "the Kora *daily* on Monday reported"."""
    tokens, first, document = setting.document.tokens, setting.first, setting.document
    last = document.sentence(first).last
    at = first + 1
    while at < last and (tokens[at].tag in ("RB", "IN") or tokens[at].text.capitalize() in _weekdays()):
        at += 1
    called = first + 1 < last and document.capitals[first + 1] and tokens[first + 1].pos == "PROPN"
    if called and document.words[first - 1] in ("the", "a", "newspaper", "leading", "local", "influential"):
        return tokens[first + 1].text.capitalize() not in _weekdays()  # "told the *daily* Le Monde"
    finite = at < last and tokens[at].pos == "VERB" and tokens[at].tag in ("VBD", "VBZ")
    return finite and first > 0 and tokens[first - 1].pos == "PROPN" and document.relations[first - 1] != "obj"


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(knowledge.load("times/words.yaml")["weekdays"])


def set_adverb(setting: Setting) -> Value | None:
    """ "Daily", "annually"; not in the name of a paper: "the China *Daily*"."""
    tokens, first = setting.document.tokens, setting.first
    if tokens[first].lower in _PAPERS and (tokens[first].pos in ("NOUN", "PROPN") or _speaks(setting)):
        return None  # "the *daily* said"
    around = [tokens[i] for i in (first - 1, first + 1) if 0 <= i < len(tokens)]
    if tokens[first].text.istitle() and any(
        near.pos in ("PROPN", "NOUN", "ADJ") and near.text[:1].isupper() for near in around
    ):
        return None
    return Value(knowledge.load("times/words.yaml")["set_adverbs"][setting.parts["set"]], "SET")


def fixed(setting: Setting) -> Value | None:
    """The value that the pattern names; past, present and future end, lie or begin at publication."""
    value, published = setting.given["value"], setting.published
    start = published if value in ("PRESENT_REF", "FUTURE_REF") else None
    end = published if value in ("PRESENT_REF", "PAST_REF") else None
    return Value(value, "DATE", start, end)


def no_time(setting: Setting) -> Value | None:
    """Nothing: words that look like a time and are none, such as an age."""
    return None


def _moved(day: dt.date, days: int) -> dt.date | None:
    """The day so many days on; None for what no calendar holds ("the past 99 billion days")."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None
