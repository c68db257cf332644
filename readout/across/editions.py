"""What a wire says of a report's place among its versions: urgent, second lead, updated, corrects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from readout.across.facts import ReportFacts

_EARLY = re.compile(r"^\W*(?:urgent|flash|bulletin|snap|news ?alert|alert|breaking)(?=\W|[A-Z])", re.I)
_LEAD = re.compile(
    r"\b(?P<nth>\d+)(?:st|nd|rd|th)\s+(?:lead|ld|writethru|update)\b|\b(?:lead|ld|update)[ -]?(?P<number>\d+)\b", re.I
)
_LATER = re.compile(
    r"\bwrite-?th?rou?gh\b|\bwrite-?thru\b|\((?:re)?lead\)|\b(?:re)?lead(?:s|ing)?\s*:|\bupdate[ds]?(?:\s*:|\s*\)|\s+with\b)|\(updated?[^)]{0,12}\)|"
    r"\brecast(?:s|ing)?\b|\bnew series\b|\brefil(?:es|ed|ing)\b|^\W*update\b|\brepeat(?:s|ing)\b|\brepetition\b",
    re.I,
)
_ADDS = re.compile(r"\bATTENTION\b|\badds\b|\(adds\b|\bADDITION\b|\brecasts\b")
_CORRECTS = re.compile(
    r"\bcorrect(?:s|ed|ion|ions|ing)\b(?!\s+(?:officer|facilit|department|cent))|\bcorrigend(?:um|a)\b|\berrat(?:um|a)\b|\bamends\b|"
    r"\bfixes (?:spelling|typo|name|date|figure|number|toll)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """`rank` orders versions: 0 an alert, 1 unmarked, 2 and more leads and updates. `said` are the words that say so; `corrects` holds
    the words that say that something was wrong."""

    rank: int = 1
    said: str | None = None
    corrects: str | None = None


def edition_of(report: ReportFacts) -> Edition:
    """What a report's title and notes say of its place among versions."""
    return _edition((report.title or "", *report.notes))


@lru_cache(maxsize=1 << 16)
def _edition(lines: tuple[str, ...]) -> Edition:
    title, notes = lines[0], lines[1:]
    rank, said = 1, None
    for line in lines:
        if found := _LEAD.search(line):
            rank, said = max(rank, 1 + int(found["nth"] or found["number"])), said or found[0]
        elif found := _LATER.search(line) or _ADDS.search(line):
            rank, said = max(rank, 2), said or found[0]
    if rank == 1 and (found := _EARLY.search(title)):
        rank, said = 0, found[0]
    # A headline may be about a correction ("court corrects ruling"): it speaks of itself only in brackets or before a colon.
    asides = re.findall(r"\(([^()]{1,80})\)", title) + re.findall(r"^\W*(\w+(?: \w+)?)\s*:", title)
    corrected = next((found for line in (*notes, *asides) if (found := _CORRECTS.search(line))), None)
    return Edition(rank, said.strip(" ():") if said else None, corrected[0] if corrected else None)
