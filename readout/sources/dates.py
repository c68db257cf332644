"""Dates as sources write them, to ISO."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_EXTENDED = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = re.compile(r"(\d{4})[/.]?(\d{1,2})[/.]?(\d{1,2})$")
_URL_DAY = re.compile(
    r"[/_-]((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2]|[a-z]{3})[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)", re.IGNORECASE
)
_FORMATS = ("%B %d, %Y", "%b %d, %Y", "%b. %d, %Y", "%d %B %Y", "%d %b %Y")


def iso_date(value: str) -> str | None:
    """An ISO date or datetime from what a source wrote, or None where it is no date that can be read one way only."""
    value = " ".join(value.split())
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        pass
    else:
        if _EXTENDED.match(value):
            return value
        return moment.isoformat() if "T" in value else moment.date().isoformat()
    if match := _DAY.match(value):
        return _day(*match.groups())
    for style in _FORMATS:
        try:
            return dt.datetime.strptime(value, style).date().isoformat()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def url_date(url: str) -> str | None:
    """The day in a web address such as /2024/09/16/ or /2024/sep/16/, or None."""
    found = {day for match in _URL_DAY.finditer(url) if (day := _url_day(match)) is not None}
    return found.pop() if len(found) == 1 else None


def _url_day(match: re.Match[str]) -> str | None:
    year, month, day = match.groups()
    if month.isalpha():
        try:
            month = str(dt.datetime.strptime(month, "%b").month)  # noqa: DTZ007 - a month's name
        except ValueError:
            return None
    return _day(year, month, day)


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
