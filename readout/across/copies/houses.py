"""Who wrote a report and which other media it rests on: agencies, papers and stations under one name each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from readout import knowledge
from readout.across.facts import ReportFacts, Who
from readout.clean.opening import agency_name
from readout.readers.places.names import fold_name

#: A medium that is called by its name and what it is: "the left-leaning Morgenbladet newspaper", "official Sundland television".
_NAMED = re.compile(
    r"\b(?P<name>(?:(?!(?:The|Local|State|Private|National|US|TV|Daily|News|Press|Radio|Television)\b)[A-Z][\w'’.-]*\s+)+)"
    r"(?:(?P<printed>(?:daily )?newspaper|daily|weekly|magazine)|"
    r"(?:(?:official |state )?(?:[Nn]ews|[Pp]ress) (?:[Aa]gency|[Ss]ervice)|(?:state |national )?(?:[Rr]adio|[Tt]elevision|TV|broadcaster)|"
    r"[Nn]ews [Cc]hannel))\b(?! (?:report|crew|station|agenc)\w*)"
    r"|\b(?:Radio|Voice of|Television) (?:[A-Z]\w+ ?)+\b"
)
_MEDIUM = re.compile(r"\b(?:agency|newspaper|daily|radio|television|tv)\b", re.IGNORECASE)
_WHAT_IT_IS = re.compile(r"(?: daily| state)?(?: (?:news|press))? (?:agency|service|newspaper|daily|weekly|magazine)$")
_SIGNED = re.compile(r"\(([A-Za-z][\w. -]{1,30})\)\W*$")
_LEAD = 2  # sentences; what a report rests on is said there, further down media are quoted in passing


def house_of(report: ReportFacts) -> str | None:
    """Who wrote a report: its agency, the agency that signs it at its end, else its publisher. None where nobody is named."""
    if report.agency:
        return agency_name(report.agency) or report.agency
    signed = _SIGNED.search(report.text[-60:].rstrip())
    if signed and (name := agency_name(signed[1])):
        return name
    return (agency_name(report.publisher) or report.publisher) if report.publisher else None


def cited_by(report: ReportFacts) -> tuple[str, ...]:
    """The media on whose word a report stands, as its first two sentences say ("…, Norpress reported"), without the house itself."""
    end = report.sentences[:_LEAD][-1][1] if report.sentences else len(report.text)
    house = house_of(report)
    found = dict.fromkeys(name for who in _quoted(report, end) if (name := medium(who)) and not same_house(name, house))
    return tuple(found)


def _quoted(report: ReportFacts, end: int) -> Iterator[Who]:
    for event in report.events:
        if event.span[0] < end and event.sources:
            yield from event.sources
    for statement in report.statements:
        if statement.span[0] < end and statement.speaker is not None:
            yield statement.speaker


def same_house(one: str | None, other: str | None) -> bool:
    """Whether two names are of one house."""
    return one is not None and other is not None and house_key(one) == house_key(other)


def house_key(name: str) -> str:
    """What all names of a house share: "Norpress" and "Norpress news agency"."""
    folded = fold_name(name).removeprefix("the ")
    return _WHAT_IT_IS.sub("", folded) or folded


def medium(who: Who) -> str | None:
    """The name of a medium, or None where somebody else is meant or the medium has no name ("a local newspaper")."""
    return _medium(who.key, who.name)


@lru_cache(maxsize=1 << 14)
def _medium(key: str, name: str) -> str | None:
    if known := _agency_in(name) or _media().get(fold_name(name).removeprefix("the ")):
        return known
    found = _NAMED.search(name)
    if found is None:
        return None
    return found["name"].strip() if found["printed"] else found[0].strip()


def _agency_in(name: str) -> str | None:
    """The agency whose signature a name is or holds: "Russia's Interfax news agency"."""
    if known := agency_name(name):
        return known
    words = name.split()
    for length in (3, 2, 1):
        for at in range(len(words) - length + 1):
            part = " ".join(words[at : at + length])
            if part[0].isupper() and (known := agency_name(part)) and (len(words) == length or _MEDIUM.search(name)):
                return known
    return None


@cache
def _media() -> dict[str, str]:
    """The media that are known by name, by each of their folded names."""
    entries = knowledge.load("actors/organizations.yaml")["organizations"]
    media = [entry for entry in entries if entry["kind"] == "media"]
    return {fold_name(form): entry["name"] for entry in media for form in (entry["name"], *entry.get("also", ()))}
