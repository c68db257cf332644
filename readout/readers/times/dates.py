"""Readings of calendar dates, days of the week, clock times and parts of the day."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from readout import knowledge
from readout.readers.times.calendar import days_of, edge_of, nearest, period
from readout.readers.times.direction import either_way, was_set
from readout.readers.times.setting import Setting, Value, dated

#: Where nothing but the tense decides between years: prepositions of what happens then, and how far off, in days, a date
#: may be that a past verb puts ahead.
_SURE_AFTER = ("in", "on", "and", "or")
_NEAR = 7
#: So many years back the report tells history; so many days old is what is still told by the hour.
_HISTORY, _HOURLY = 8, 30
_BEFORE_NOUNS = ("compound", "nmod:unmarked", "nmod:desc", "amod")


def iso_date(setting: Setting) -> Value | None:
    """ "2011-04-02"."""
    value = setting.parts["iso"]
    return dated(value) if days_of(value) else None


def calendar_date(setting: Setting) -> Value | None:
    """A day of a month, with or without its year ("Sept. 5", "last Oct. 7", "3 March 1997")."""
    month, day = _month(setting.parts["month"]), _ordinal(setting.parts["day"])
    year = setting.part("year")
    if day is None or not 1 <= day <= 31:
        return None
    year = year or _shared_year(setting)
    if year:
        value = f"{year}-{month:02}-{day:02}"
        return dated(value) if days_of(value) else None
    if setting.published is None:
        return Value(f"XXXX-{month:02}-{day:02}")
    return _chosen(setting, [f"{setting.published.year + n:04}-{month:02}-{day:02}" for n in (-1, 0, 1)])


def month(setting: Setting) -> Value | None:
    """A month, with or without its year; alone it must stand where a month stands ("in May", not "he may")."""
    number, edge = _month(setting.parts["month"]), setting.part("edge")
    words = knowledge.load("times/words.yaml")
    which = words["which"].get(setting.part("which") or "")
    year = setting.part("year") or (_shared_year(setting) if which is None else None)
    if year is None and which is None and edge is None and not _stands_alone(setting):
        return None
    if year is None and (setting.published is None or setting.part("that")):
        return Value(f"XXXX-{number:02}")  # "June of that year" where none was told
    if year is None and re.search(r"year\b", setting.parts.get("all", "")) and setting.published:
        year = f"{setting.published.year + which:04}"
    if year:
        found: Value | None = dated(f"{year}-{number:02}")
    else:
        assert setting.published is not None
        found = _chosen(setting, [f"{setting.published.year + n:04}-{number:02}" for n in (-1, 0, 1)])
    if found is None or found.start is None or found.end is None:
        return found
    return dated(found.value, edge_of((found.start, found.end), words["edges"].get(edge or "")))


def _shared_year(setting: Setting) -> str | None:
    """The year that two dates share: "between June 1 and June 4, 2023"; the year named last for "June 4 of that year"."""
    if setting.part("which"):
        return None
    if setting.part("that"):
        said = setting.last_said(r"\d{4}(-.*)?")
        return said.value[:4] if said else None
    found = _second_date().match(setting.document.text, setting.end)
    return found[1] if found else None


@cache
def _second_date() -> re.Pattern[str]:
    months = "|".join(knowledge.load("times/words.yaml")["months"])
    joint = r"\s*(?:,?\s(?:and|or|to|through|until)\s|[-–])\s*"
    return re.compile(
        rf"{joint}(?:(?:{months})\b\.?(?:\s\d{{1,2}},?)?|\d{{1,2}}\s(?:{months})\b\.?)\s((?:1[5-9]|20)\d\d)\b"
    )


def _chosen(setting: Setting, values: list[str]) -> Value | None:
    """The one of the same day or month in successive years that is meant."""
    published = setting.published
    assert published is not None
    candidates = [(value, days) for value in values if (days := days_of(value))]
    which = setting.part("which")
    if which == "last":
        candidates = [c for c in candidates if c[1][1] < published][-1:]
    elif which == "next":
        candidates = [c for c in candidates if c[1][0] > published][:1]
    elif which == "this":
        candidates = [c for c in candidates if c[1][0].year == published.year]
    before = setting.document.words[setting.first - 1] if setting.first else ""
    if before == "since":  # what goes on since then has begun
        candidates = [c for c in candidates if c[1][0] <= published]
    sure = setting.sure() if before in _SURE_AFTER else 0
    narrated = _narrated(setting, candidates[0][0][4:]) if which is None and candidates else None
    if narrated is not None:
        return narrated
    if sure and which is None:
        found = nearest(candidates, published, sure, reach=_NEAR if "day" in setting.parts else 0)
    elif which is None and _names_what_was(setting):
        found = nearest(candidates, published, -1, reach=0)
    else:
        planned = was_set(setting.document, setting.first)
        found = nearest(candidates, published, setting.direction()) if planned is None else None
        found = found or nearest(candidates, published, planned or 0)
    return dated(*found) if found else None


def _narrated(setting: Setting, rest: str) -> Value | None:
    """A month or day of a year long gone by that is being told of: "He won in *1960*. Arrested in *December*, he fled".

    The year, or a day or month of it, stands in the sentence before or the same one, behind "in" or "on", and the verb is
    past. What comes before the month named last is of the year after.
    """
    document, published = setting.document, setting.published
    said = setting.earlier[-1] if setting.earlier else None
    if said is None or published is None or document.tokens[setting.first].sentence - said.sentence > 1:
        return None
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", said.value.value) or not said.first:
        return None
    opens = setting.first == document.sentence(setting.first).first
    if document.words[said.first - 1] not in _SURE_AFTER[:2] or setting.direction() >= 0:
        return None
    if not opens and document.words[setting.first - 1] not in _SURE_AFTER[:2]:
        return None
    if document.sentence(said.first).paragraph != document.sentence(setting.first).paragraph:
        return None  # another paragraph, another story
    above = [*document.ancestors(setting.first), *document.ancestors(said.first)]
    verb = document.tokens[setting.first].head
    if document.parts[verb] != "VERB" or any(document.relations[a] == "acl:relcl" for a in above):
        return None  # "the envoy, who died *in June*"
    if document.tags[verb] == "VB" or "to" in [document.words[c] for c in document.children(verb, "mark")]:
        return None  # "a vote to be held *in May*"
    year = int(said.value.value[:4])
    if published.year - year < _HISTORY:
        return None  # of the years just gone by, the month last past is as likely meant
    day = said.value.value[4:]
    value = f"{year if rest[: len(day)] >= day else year + 1:04}{rest}"
    days = days_of(value)
    return dated(value) if days and days[1] < published else None


def _names_what_was(setting: Setting) -> bool:
    """Whether a date stands before the noun of a thing that was, where nothing plans it: "a *November* truce"."""
    document, noun = setting.document, setting.first
    while document.relations[noun] in _BEFORE_NOUNS and document.tokens[noun].head > noun:
        noun = document.tokens[noun].head
    planned = {document.words[c] for c in document.children(noun, "amod")} & set(
        knowledge.load("times/words.yaml")["future_words"]
    )
    was = knowledge.load("times/words.yaml")["what_was"]
    named = {document.lemmas[noun], *(document.lemmas[c] for c in document.children(noun, "compound"))}
    return noun > setting.first and not named.isdisjoint(was) and not planned


def _stands_alone(setting: Setting) -> bool:
    tokens = setting.document.tokens
    first = setting.first
    following = tokens[first + 1] if first + 1 < len(tokens) else None
    if following is not None and following.pos == "PROPN" and following.dep in ("flat", "flat:name"):
        return False
    if tokens[first].pos in ("AUX", "VERB"):
        return False
    before = tokens[first - 1].lower if first else ""
    if before in knowledge.load("times/words.yaml")["bare_month_after"]:
        return True
    return (
        setting.parts["month"].rstrip(".") not in ("may", "march", "mar", "april", "june", "august")
        and len(setting.parts["month"]) > 3
    )


def weekday(setting: Setting) -> Value | None:
    """A day of the week: that of publication or before it, unless the verb or a word looks ahead."""
    words = knowledge.load("times/words.yaml")
    number = words["weekdays"][setting.parts["weekday"].capitalize()]
    suffix = _part_suffix(setting)
    if setting.published is None:
        return Value(f"XXXX-WXX-{number}{suffix}", "TIME" if suffix else "DATE")
    week = setting.part("week", "week_of")
    if week:
        monday = setting.published - dt.timedelta(days=setting.published.isoweekday() - 1)
        day = monday + dt.timedelta(weeks=words["which"][week], days=number - 1)
    else:
        day = weekday_near(setting, number)
    return dated(day.isoformat() + suffix)


def weekday_near(setting: Setting, number: int) -> dt.date:
    """The day that a weekday's number (Monday is 1) means here."""
    published, which = setting.published, setting.part("which")
    assert published is not None
    back = dt.timedelta(days=(published.isoweekday() - number) % 7)
    ahead = dt.timedelta(days=(number - published.isoweekday()) % 7)
    if which in ("last", "this past"):
        return published - (back or dt.timedelta(days=7))
    if which in ("next", "this coming"):
        return published + (ahead or dt.timedelta(days=7))
    anchor = setting.last_day() if which in ("the previous", "the following") else None
    if anchor is not None:
        days = (anchor.isoweekday() - number) % 7 if which == "the previous" else (number - anchor.isoweekday()) % 7
        return anchor + dt.timedelta(days=(days or 7) * (-1 if which == "the previous" else 1))
    looks_ahead = setting.direction() > 0
    if looks_ahead and back < ahead and either_way(setting.document, setting.first):
        looks_ahead = False
    return published + ahead if looks_ahead else published - back


def named_day(setting: Setting) -> Value | None:
    """ "Today", "tonight", "yesterday", "tomorrow", with or without a part of the day."""
    named, suffix = setting.parts["named"], _part_suffix(setting)
    if named == "tonight":
        suffix = "TNI"
    if setting.published is None:
        return Value("XXXX-XX-XX" + suffix, "TIME" if suffix else "DATE")
    value = period("D", setting.published, knowledge.load("times/words.yaml")["named_days"][named])
    return dated(value + suffix) if value else None


def part_of_day(setting: Setting) -> Value | None:
    """ "This morning", "last night", "overnight"."""
    suffix = _part_suffix(setting) or "TNI"
    when = setting.part("when")
    if setting.published is None:
        return Value("XXXX-XX-XX" + suffix, "TIME")
    value = period("D", setting.published, 0 if when == "this" else -1)
    return dated(value + suffix) if value else None


def clock(setting: Setting) -> Value | None:
    """A time of day, as written and in the zone that it is written in, on the day that is named or was named last."""
    time = _clock_time(setting)
    if time is None:
        return None
    day: str | None = None
    if setting.part("weekday"):
        found = weekday(setting)
    elif setting.part("named"):
        found = named_day(setting)
    elif setting.part("month"):
        found = calendar_date(setting)
    else:
        nearby = setting.last_day(sentences=0) or _near_day(setting)
        found = dated(nearby.isoformat()) if nearby else None
        if found is None and setting.published:
            found = dated(setting.published.isoformat())
    day = found.value.split("T")[0] if found else "XXXX-XX-XX"
    return dated(f"{day}T{time}")


def _near_day(setting: Setting) -> dt.date | None:
    """The day named in the sentence before, unless that is background: what is told by the hour is of late."""
    day, published = setting.last_day(sentences=1), setting.published
    return day if day is None or published is None or abs((published - day).days) <= _HOURLY else None


def _clock_time(setting: Setting) -> str | None:
    named = setting.part("named_hour")
    if named:
        return "24:00" if named == "midnight" else "12:00"
    if setting.part("hour"):
        hour, minute = int(setting.parts["hour"]), int(setting.part("minute") or 0)
        if not 1 <= hour <= 12 or minute > 59:
            return None
        hour = hour % 12 + (12 if setting.parts["half"].startswith("p") else 0)
    else:
        digits = re.sub(r"\D", "", setting.parts["world"]).zfill(4)
        hour, minute = int(digits[:2]), int(digits[2:])
        if hour > 24 or minute > 59:
            return None
    return f"{hour:02}:{minute:02}"


def _part_suffix(setting: Setting) -> str:
    part = setting.part("part")
    return "T" + knowledge.load("times/words.yaml")["parts"][part] if part else ""


def _month(word: str) -> int:
    number = knowledge.load("times/words.yaml")["months"][word.rstrip(".").capitalize()]
    assert isinstance(number, int)
    return number


def _ordinal(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    number = knowledge.load("numbers.yaml")["ordinals"].get(word)
    return number if isinstance(number, int) else None
