"""Readings of weeks, months, quarters, seasons, years and longer, and of times counted from another time."""

from __future__ import annotations

import datetime as dt
from functools import cache

from readout import knowledge
from readout.readers.numbers import parse_number
from readout.readers.times.calendar import DAYS, SEASONS, Days, days_of, edge_of, nearest, period
from readout.readers.times.setting import Setting, Value, dated, within

_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
_THIRDS = {"early": "first", "late": "last", "mid": "middle", "the end": "last", "the start": "first"}
_THIRDS |= {"the beginning": "first", "the middle": "middle"}


def unit_code(word: str) -> str:
    """The letter of a unit, singular or plural: "weeks" is "W"."""
    words = knowledge.load("times/words.yaml")
    singular = words["plurals"].get(word, word.removesuffix("s"))
    code = words["units"][{"centurie": "century"}.get(singular, singular)]
    assert isinstance(code, str)
    return code


def this_period(setting: Setting) -> Value | None:
    """This, last or next week, month, year …; "the year"; and the early, late, past or coming part of one."""
    unit = unit_code(setting.part("unit", "unit2", "unit3") or "year")
    which = setting.part("which")
    offset = knowledge.load("times/words.yaml")["which"].get(which or "", 0)
    if setting.published is None or unit[0] == "T":
        return None if unit[0] == "T" else Value(_UNKNOWN.get(unit, "XXXX"))
    value = period(unit, setting.published, offset)
    if value is None:
        return None
    found = dated(value)
    edge = setting.part("edge", "edge2")
    if edge == "earlier" and offset == 0:
        return within(found, None, setting.published)
    if edge == "later" and offset == 0:
        return within(found, setting.published, None)
    third = _THIRDS.get(setting.part("bound") or edge or "")
    if third is None and "unit3" in setting.parts:
        third = "last"
    days = _up_to_now(setting, unit, which) or days_of(value)
    if days and unit == "Y" and setting.part("bound") == "the end":
        return dated(value, (days[1].replace(month=11, day=1), days[1])) if days[1].month == 12 else dated(value, days)
    return dated(value, edge_of(days, third)) if days else found


def _up_to_now(setting: Setting, unit: str, which: str | None) -> Days | None:
    """The days of "the past year", which are those up to the present; None where the calendar's unit is meant."""
    decades = unit in ("E", "C") and which in ("last", "the last")
    if which not in ("the past", "this past") and not decades:
        return None
    published = setting.published
    assert published is not None
    try:
        return published - dt.timedelta(days=round(DAYS[unit])), published
    except OverflowError:
        return None


def weekend(setting: Setting) -> Value | None:
    """The weekend last past, or the coming one where the verb looks ahead."""
    if setting.published is None:
        return Value("XXXX-WXX-WE")
    which = setting.part("which", "which2")
    late = setting.published.isoweekday() >= 6
    offset = -1 if not late else 0
    if which in ("this", "this coming", "next", "the coming") or (which is None and setting.direction() > 0):
        offset = 0
    if which == "next" and late:
        offset = 1
    elif which == "last" and late:
        offset = -1
    value = period("WE", setting.published, offset)
    return dated(value) if value else None


def season(setting: Setting) -> Value | None:
    """A season, of the year named or the nearest that fits."""
    words = knowledge.load("times/words.yaml")
    code, year, which = words["seasons"][setting.parts["season"]], setting.part("year"), setting.part("which")
    if setting.parts["season"] == "fall" and not (which or year or setting.part("edge")):
        return None
    if year:
        return dated(f"{year}-{code}")
    published = setting.published
    if published is None:
        return Value(f"XXXX-{code}")
    candidates = [(v, days) for n in (-1, 0, 1) if (days := days_of(v := f"{published.year + n:04}-{code}"))]
    if which == "last":
        candidates = [c for c in candidates if c[1][1] < published][-1:]
    elif which == "next":
        candidates = [c for c in candidates if c[1][0] > published][:1]
    elif which and "this" in which:
        shift = -1 if code == "WI" and published.month < SEASONS["SP"] else 0
        candidates = [c for c in candidates if c[0] == f"{published.year + shift:04}-{code}"]
    found = nearest(candidates, published, setting.direction())
    if found is None:
        return None
    return dated(found[0], edge_of(found[1], words["edges"].get(setting.part("edge") or "")))


def quarter(setting: Setting) -> Value | None:
    """A quarter or half of a year: of the year named, or the nearest that fits."""
    number = knowledge.load("numbers.yaml")["ordinals"][setting.parts["nth"]]
    half = setting.parts["kind"] == "half"
    if half and number > 2:
        return None
    code, year = f"{'H' if half else 'Q'}{number}", setting.part("year")
    which, published = setting.part("which") or ("this" if setting.part("whole") else None), setting.published
    if year:
        return dated(f"{year}-{code}")
    if published is None:
        return Value(f"XXXX-{code}")
    if which:
        return dated(f"{published.year + knowledge.load('times/words.yaml')['which'][which]:04}-{code}")
    candidates = [(v, days) for n in (-1, 0, 1) if (days := days_of(v := f"{published.year + n:04}-{code}"))]
    found = nearest(candidates, published, setting.direction(), reach=60)
    if found is None:
        return None
    return dated(f"{int(found[0][:4]) - (1 if setting.part('ago') else 0):04}-{code}")


def quarter_again(setting: Setting) -> Value | None:
    """ "The quarter": the one named last."""
    return setting.last_said(r"\d{4}-[QH]\d", sentences=6)


def year_earlier(setting: Setting) -> Value | None:
    """The same period a year before the one named last; without one, the year before publication."""
    said = setting.last_said(r"\d{4}-[QH]\d", sentences=3)
    if said:
        return dated(f"{int(said.value[:4]) - 1:04}{said.value[4:]}")
    if setting.published is None:
        return Value("XXXX")
    return dated(f"{setting.published.year - 1:04}")


def ago(setting: Setting) -> Value | None:
    """So many units before or after the present ("two years ago") or what was named last ("a day earlier")."""
    count, unit, sign = count_of(setting.parts["n"]), unit_code(setting.parts["unit"]), setting.parts["sign"]
    if count is None:
        return Value(
            "PAST_REF" if sign in ("ago", "earlier", "before", "previously") else "FUTURE_REF", end=setting.published
        )
    steps = round(count) * (1 if sign in ("later", "after that", "from now", "hence") else -1)
    if unit == "Y" and steps == -1 and sign in ("ago", "earlier"):
        said = setting.last_said(r"\d{4}-[QH]\d", sentences=2)
        if said:
            return dated(f"{int(said.value[:4]) - 1:04}{said.value[4:]}")
    anchor = setting.published
    if sign in ("earlier", "before", "previously", "later", "after that"):
        said_day = _anchor(setting, unit)
        if said_day is None and sign in ("later", "after that") and setting.direction() < 0:
            return Value(f"P{'T' if unit[0] == 'T' else ''}{round(count)}{unit[-1]}", "DURATION")  # than what was told
        anchor = said_day or anchor
    if anchor is None:
        return Value(_UNKNOWN.get(unit, "XXXX"))
    if unit == "F":
        unit, steps = "W", steps * 2
    if unit == "E":
        unit, steps = "Y", steps * 10
    value = period("Y" if unit == "C" else unit, anchor, steps * (100 if unit == "C" else 1))
    return dated(value) if value else None


def count_of(words: str) -> float | None:
    """The number that words say: "a couple of" is 2; None where they say none."""
    if words in ("a couple", "a couple of"):
        return 2
    return 1 if words in ("a", "an") else parse_number(words)


def _anchor(setting: Setting, unit: str) -> dt.date | None:
    """The time named last that is at least as exact as the unit."""
    forms = {"D": r"\d{4}-\d\d-\d\d.*", "W": r"\d{4}-(\d\d-\d\d.*|W\d\d)", "M": r"\d{4}-\d\d(-\d\d.*)?"}
    form = forms.get(unit, r"\d{4}(-.*)?")
    said = setting.last_said(form, sentences=4, told=unit == "D") or setting.last_said(form, sentences=4)
    return said.start if said else None


def next_to(setting: Setting) -> Value | None:
    """ "The following day", "the previous year": next to the time named last; without one, to publication."""
    unit = unit_code(setting.parts["unit"])
    anchor = _anchor(setting, unit) or setting.published
    if anchor is None:
        return Value(_UNKNOWN.get(unit, "XXXX"))
    value = period(unit, anchor, -1 if setting.parts["sign"] in ("previous", "preceding") else 1)
    return dated(value) if value else None


def same(setting: Setting) -> Value | None:
    """ "The same day", "that year": the time named last, at the unit's grain; without one, publication's."""
    unit = unit_code(setting.part("unit", "unit2") or "day")
    anchor = _anchor(setting, unit)
    if anchor is None and setting.part("same"):
        anchor = setting.published
    if anchor is None:
        return None
    value = period(unit, anchor)
    return dated(value) if value else None


def year(setting: Setting) -> Value | None:
    """A year in four digits, where nothing says that it counts something."""
    value, all_words = setting.parts["year"], setting.parts.get("all", "")
    if all_words == value and _counts(setting):
        return None
    edge = knowledge.load("times/words.yaml")["edges"].get(setting.part("edge") or "")
    days = days_of(value)
    said = setting.last_said(r"\d{4}-Q\d", sentences=3)
    if all_words.endswith(("period", "quarter")) and said:
        return dated(value + said.value[4:])
    if " half of " in f" {all_words}":
        return dated(f"{value}-H{1 if 'first' in all_words else 2}")
    return dated(value, edge_of(days, edge)) if days else None


@cache
def _events() -> frozenset[str]:
    """Nouns for what comes once in a year, or several times, and is told by it: "the 2009 *elections*"."""
    return frozenset(knowledge.load("times/words.yaml")["told_by_year"])


def _counts(setting: Setting) -> bool:
    """Whether a bare number of four digits counts the noun that it stands before ("1950 soldiers")."""
    document, i = setting.document, setting.first
    token = document.tokens[i]
    head = document.tokens[token.head]
    if int(token.text) < 1700 if token.text.isdigit() else True:
        return True
    before = document.words[i - 1] if i else ""
    if before in ("no", "no.", "number", "resolution", "flight", "least", "than", "nearly", "almost", "some"):
        return True
    if token.dep != "nummod" or head.i != i + 1 or head.tag != "NNS":
        return False
    return not (before in ("the", "'s", "’s") and head.lemma in _events())


def decade(setting: Setting) -> Value | None:
    """ "The 1980s", "the '80s", "the nineties"."""
    word = setting.parts["decade"].lstrip("'’")
    named = knowledge.load("times/words.yaml")["decades"].get(word)
    value = f"19{named}" if named else (word[:3] if len(word) == 5 else f"{'20' if word[0] in '01' else '19'}{word[0]}")
    days = days_of(value)
    return dated(value, edge_of(days, _THIRDS.get(setting.part("edge") or ""))) if days else None


def century(setting: Setting) -> Value | None:
    """ "The 19th century" is 18, the first two digits of its years."""
    nth = setting.parts["nth"]
    number = knowledge.load("numbers.yaml")["ordinals"].get(nth) or int("".join(c for c in nth if c.isdigit()) or 0)
    if not 1 <= number <= 30:
        return None
    value = f"{number - 1:02}"
    days = days_of(value)
    return dated(value, edge_of(days, _THIRDS.get(setting.part("edge") or ""))) if days else None
