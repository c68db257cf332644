"""Readings of stretches of days and years ("May 3-5", "1991-2003"), of days named by their place in a month, of feasts."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from readout import knowledge
from readout.readers.times.calendar import days_of
from readout.readers.times.dates import calendar_date, month, named_day, weekday
from readout.readers.times.setting import Setting, Value, dated

_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def year_range(setting: Setting) -> Value | None:
    """ "1991-2003", and "2003-04" where the second is the year after; the value is an ISO 8601 interval."""
    first, last = int(setting.parts["from"]), int(setting.parts["to"])
    if last < 100:
        last += first // 100 * 100 + (100 if first % 100 == 99 else 0)
        if last != first + 1:
            return None
    if not first < last <= first + 200:
        return None
    return Value(f"{first:04}/{last:04}", "DATE", dt.date(first, 1, 1), dt.date(last, 12, 31))


def day_range(setting: Setting) -> Value | None:
    """ "May 3-5", "3 to 5 March 2024": the value is an ISO 8601 interval."""
    start = calendar_date(setting)
    if start is None or not setting.parts["to"].isdigit() or int(setting.parts["to"]) <= int(setting.parts["day"]):
        return None
    last = f"{start.value[:-2]}{int(setting.parts['to']):02}"
    days = days_of(last)
    if start.start is None or days is None:
        return Value(f"{start.value}/{last}") if start.start is None and int(setting.parts["to"]) <= 31 else None
    return Value(f"{start.value}/{last}", "DATE", start.start, days[1])


def quarter_code(setting: Setting) -> Value | None:
    """ "Q2 2024", "2024 H1"."""
    code = str(setting.part("code", "code2")).upper()
    return dated(f"{setting.parts['year']}-{code}")


def nth_weekday(setting: Setting) -> Value | None:
    """ "The first Monday of November", "the last day of May 2023"."""
    parts, words = setting.parts, knowledge.load("times/words.yaml")
    found = calendar_date(setting._replace(parts={**parts, "day": "1"}))
    if found is None or found.start is None:
        return None
    first, nth = found.start, _NTH[parts["nth"]]
    days = [first.replace(day=n + 1) for n in range(calendar.monthrange(first.year, first.month)[1])]
    if "weekday" in parts:
        days = [day for day in days if day.isoweekday() == words["weekdays"][parts["weekday"].capitalize()]]
    return dated(days[nth].isoformat())


def nth_of_month(setting: Setting) -> Value | None:
    """ "On the 5th", "Tuesday the 5th": of the month that the tense and the day of the week allow, the nearest."""
    number = int(re.sub(r"\D", "", setting.parts["nth"]))
    published = setting.published
    if published is None or not 1 <= number <= 31:
        return None
    months = [divmod(published.year * 12 + published.month - 1 + n, 12) for n in range(-2, 3)]
    days = [found for year, month in months if (found := _day(year, month + 1, number))]
    if name := setting.part("weekday"):
        number = knowledge.load("times/words.yaml")["weekdays"][name.capitalize()]
        days = [day for day in days if day.isoweekday() == number]
    way = setting.direction()
    days = [day for day in days if way == 0 or (day <= published if way < 0 else day >= published)]
    return dated(min(days, key=lambda day: abs((day - published).days)).isoformat()) if days else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def week_of(setting: Setting) -> Value | None:
    """ "The week of June 10": the week that the day is in, or that begins with it."""
    found = calendar_date(setting)
    if found is None or found.start is None:
        return found
    year, week, _ = found.start.isocalendar()
    return dated(f"{year:04}-W{week:02}")


def nth_week(setting: Setting) -> Value | None:
    """ "The first week of May": so many sevens of days of the month, the last seven for the last."""
    found = month(setting)
    if found is None or found.start is None or found.end is None:
        return found
    nth = _NTH[setting.parts["nth"]]
    first = found.end - dt.timedelta(days=6) if nth < 0 else found.start + dt.timedelta(days=7 * nth)
    return dated(found.value, (first, min(found.end, first + dt.timedelta(days=6))))


def half_of_month(setting: Setting) -> Value | None:
    """ "The first half of March": the days to the 15th, or those from the 16th on."""
    found = month(setting)
    if found is None or found.start is None or found.end is None:
        return found
    middle = found.start.replace(day=15)
    days = (found.start, middle) if setting.parts["nth"] == "first" else (middle + dt.timedelta(days=1), found.end)
    return dated(found.value, days)


def holiday(setting: Setting) -> Value | None:
    """A feast of a fixed day: "Christmas Eve", "New Year's Day 2023"."""
    days = knowledge.load("times/words.yaml")["holidays"]
    if " " not in setting.parts["holiday"] and setting.document.relations[setting.first] == "compound":
        return None  # "Christmas trees"
    name = setting.parts["holiday"].replace("’", "'")
    month, day = str(days[next(n for n in days if n.casefold() == name)]).split("-")
    month_name = calendar.month_name[int(month)].lower()
    return calendar_date(setting._replace(parts={**setting.parts, "month": month_name, "day": str(int(day))}))


def early_hours(setting: Setting) -> Value | None:
    """ "The early hours of Friday", "dawn on Friday": a part of the day that follows it, or was named last."""
    parts = {"part": "morning"} | setting.parts
    if "weekday" not in parts and "named" not in parts:
        day = setting.last_day(sentences=2) or setting.published
        return Value("XXXX-XX-XXTMO", "TIME") if day is None else dated(f"{day.isoformat()}TMO")
    return (weekday if "weekday" in parts else named_day)(setting._replace(parts=parts))


def day_beside(setting: Setting) -> Value | None:
    """ "The day before yesterday", "the day after tomorrow"."""
    if setting.published is None:
        return Value("XXXX-XX-XX")
    days = dt.timedelta(days=-2 if setting.parts["sign"] == "before" else 2)
    return dated((setting.published + days).isoformat())


def week_from(setting: Setting) -> Value | None:
    """ "A week from Friday", "Friday week": the day of the week after the coming one."""
    published = setting.published
    if published is None:
        return None
    number = knowledge.load("times/words.yaml")["weekdays"][setting.parts["weekday"].capitalize()]
    return dated((published + dt.timedelta(days=(number - published.isoweekday()) % 7 + 7)).isoformat())
