"""Arithmetic of TIMEX3 values: the period of a day, the period so many units on, and the days that a value covers."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

Days = tuple[dt.date, dt.date]
#: How many days a unit has.
DAYS = {"D": 1, "W": 7, "F": 14, "M": 30.44, "Q": 91.31, "Y": 365.25, "E": 3652.5, "C": 36525, "TH": 1 / 24}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the month that each begins with (northern half of the Earth)


def period(unit: str, day: dt.date, offset: int = 0) -> str | None:
    """The value of the unit that holds `day`, or of the one `offset` units on.

    `period("M", 2024-09-16, -1)` is "2024-08".

    None for what no calendar holds (years before 1 or after 9999) and for parts of a day.
    """
    try:
        if unit == "D":
            return (day + dt.timedelta(days=offset)).isoformat()
        if unit in ("W", "WE"):
            year, week, _ = (day + dt.timedelta(weeks=offset)).isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    except OverflowError:
        return None
    months = day.year * 12 + day.month - 1
    if unit == "M":
        return _in_range((months + offset) // 12, f"-{(months + offset) % 12 + 1:02}")
    if unit == "Q":
        quarters = months // 3 + offset
        return _in_range(quarters // 4, f"-Q{quarters % 4 + 1}")
    year = day.year + offset * {"Y": 1, "E": 10, "C": 100}.get(unit, 0)
    if unit not in ("Y", "E", "C") or not 1 <= year <= 9999:
        return None
    return f"{year:04}"[: {"Y": 4, "E": 3, "C": 2}[unit]]


def _in_range(year: int, rest: str) -> str | None:
    return f"{year:04}{rest}" if 1 <= year <= 9999 else None


@lru_cache(maxsize=1 << 12)
def days_of(value: str) -> Days | None:
    """The first and last day that a TIMEX3 date covers; None for a value that names no days."""
    value = value.split("T")[0]
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            day = dt.date.fromisoformat(value)
            return day, day
        if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return monday + dt.timedelta(days=5 if match[3] else 0), monday + dt.timedelta(days=6)
        if match := re.fullmatch(r"(\d{4})-(\d\d|Q[1-4]|H[12]|SP|SU|FA|WI)", value):
            return _part_of_year(int(match[1]), match[2])
        if re.fullmatch(r"\d{2,4}", value):
            scale = 10 ** (4 - len(value))
            first = int(value) * scale
            return dt.date(max(first, 1), 1, 1), dt.date(first + scale - 1, 12, 31)
    except ValueError:
        return None
    return None


def _part_of_year(year: int, part: str) -> Days:
    if part[0] == "Q":
        return months(year, int(part[1]) * 3 - 2, 3)
    if part[0] == "H":
        return months(year, int(part[1]) * 6 - 5, 6)
    if part in SEASONS:
        return months(year, SEASONS[part], 3)
    return months(year, int(part), 1)


def months(year: int, first: int, count: int) -> Days:
    """The days of `count` months from month `first` of `year` on."""
    last = year * 12 + first - 1 + count - 1
    end_year, end_month = last // 12, last % 12 + 1
    return dt.date(year, first, 1), dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def edge_of(days: Days, edge: str | None) -> Days:
    """The first, middle or last third of a period ("early", "mid-", "late"); all of it without an edge."""
    if edge is None:
        return days
    third = dt.timedelta(days=((days[1] - days[0]).days + 1) // 3)
    if edge == "first":
        return days[0], days[0] + third
    if edge == "last":
        return days[1] - third, days[1]
    return days[0] + third, days[1] - third


def nearest(candidates: list[tuple[str, Days]], to: dt.date, way: int, reach: int = 90) -> tuple[str, Days] | None:
    """The period nearest to a day.

    Where the nearest is more than `reach` days off, the tense decides instead: `way` -1 wants what began by that day,
    1 what ends on it or later, 0 has no opinion.
    """
    if not candidates:
        return None
    best = min(candidates, key=lambda item: _distance(item[1], to))
    if way == 0 or _distance(best[1], to) <= reach:
        return best
    fitting = [c for c in candidates if (c[1][0] <= to if way < 0 else c[1][1] >= to)]
    return min(fitting, key=lambda item: _distance(item[1], to)) if fitting else best


def _distance(days: Days, to: dt.date) -> int:
    if days[0] <= to <= days[1]:
        return 0
    return min(abs((days[0] - to).days), abs((days[1] - to).days))
