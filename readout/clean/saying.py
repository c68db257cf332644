"""What furniture says of an article: its agency, publisher, writers, day and related headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readout import knowledge
from readout.clean.furniture import Found
from readout.clean.opening import Opening, agency_name
from readout.sources.dates import iso_date

_BETWEEN_WRITERS = re.compile(r",\s*(?:and\s+)?|\s+(?:and|with|&)\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def related_of(found: list[Found]) -> tuple[str, ...]:
    """The headlines that the article points to, in text order, each once."""
    return tuple(dict.fromkeys(item.groups["related"] for item in found if "related" in item.groups))


def agency_of(opening: Opening | None, found: list[Found]) -> str | None:
    """The agency that wrote the article: as its opening signs, else the only one its furniture names."""
    if opening is not None and opening.agency:
        return opening.agency
    signed = [item.groups.get(name) for item in found for name in ("agency", "agency2", "agency3", "outlet")]
    signed += [agency for item in found for _, agency in _writers(item)]
    named = dict.fromkeys(name for sign in signed if sign and (name := agency_name(sign)))
    return next(iter(named)) if len(named) == 1 else None


def publisher_of(found: list[Found], agency: str | None) -> str | None:
    """Who printed the article: as its promotion says, else its notes or copyright line; never the agency."""
    named = [item.groups.get(name) for item in found for name in ("publisher", "publisher2")]
    holders = [item.groups.get("holder") for item in found]
    names = [name.split(". ")[0].strip(" .,") for name in (*named, *holders) if name]
    names = [name for name in names if not _is_agency(name, agency) and name not in _platforms()]
    return next((name for name in names if " " in name), names[0] if names else None)


def byline_of(found: list[Found]) -> tuple[str, ...]:
    """Who wrote the article, in order."""
    return tuple(dict.fromkeys(name for item in found for name, _ in _writers(item) if name))


def _writers(item: Found) -> Iterator[tuple[str, str | None]]:
    """Each writer of a byline, and the agency that stands behind the name without a comma: "By ANNA BERG Associated Press"."""
    for name in _BETWEEN_WRITERS.split(item.groups.get("byline", "")):
        words = name.strip(" .").split(" ")
        behind = [n for n in range(2, len(words)) if agency_name(" ".join(words[n:]))]
        yield " ".join(words[: behind[0]] if behind else words), " ".join(words[behind[0] :]) if behind else None


def published_of(opening: Opening | None, found: list[Found]) -> str | None:
    """The ISO day that the text itself gives: a printed date, or a dateline's day in the year of the copyright line."""
    for item in found:
        if "date" in item.groups and (day := _iso(item.groups["date"])):
            return day
    if opening is None or opening.day is None:
        return None
    if _YEAR.search(opening.day):
        return _iso(opening.day)
    years = {year for item in found for name in ("year", "year2") for year in _YEAR.findall(item.groups.get(name, ""))}
    return _iso(f"{opening.day} {years.pop()}") if len(years) == 1 else None


def _iso(day: str) -> str | None:
    words = _ORDINAL.sub("", day).replace(",", " ").replace(".", " ").replace("-", " ").split()
    if len(words) == 3 and all(word.isdigit() for word in words):
        return iso_date("-".join(words))
    words = ["Sep" if word == "Sept" else word for word in words]
    if len(words) == 3 and words[0].isalpha():
        return iso_date(f"{words[0]} {words[1]}, {words[2]}")
    return iso_date(" ".join(words))


def _is_agency(name: str, agency: str | None) -> bool:
    return bool(agency_name(name)) or (agency is not None and agency.lower() in name.lower())


def _platforms() -> frozenset[str]:
    return frozenset(knowledge.load("furniture/promotion.yaml")["platforms"])
