"""What a wire says of a report's place among its versions: urgent, second lead, updated, corrects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from readout.across.facts import ReportFacts

_EARLY = re.compile(
    r"^\W*(?:(?i:urgent|flash|bulletin|snap|news ?alert|alert|breaking(?: news)?)\s*[:-]|(?:URGENT|FLASH|BULLETIN|ALERT)(?=\W|[A-Z][a-z]))"
)
_LEAD = re.compile(
    r"\b(?P<nth>\d+)(?:st|nd|rd|th)\s+(?:lead|ld|writethru|update)\b|\b(?:lead|ld|update)[ -]?(?P<number>\d+)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\bwrite-?th?rou?gh\b|\bwrite-?thru\b|\b(?:re)?leads?\b|\bupdate[ds]?\b|\brecast(?:s|ing)?\b|\bnew series\b|\brefil(?:e|es|ed|ing)\b|"
    r"\brepeat(?:s|ing|ed)?\b|\brepetition\b|\badds\b|\baddition\b|\bATTENTION\b",
    re.IGNORECASE,
)
#: Where a headline speaks of itself: in brackets, before a colon, behind a desk's call.
_ASIDE = re.compile(
    r"\(([^()]{1,80})\)?|^\W*([\w-]+(?: [\w-]+)?)\s*:|(\bATTENTION\b.*)|^\W*((?:UPDATE|RECAST|WRITETHRU)\b)"
)
_CORRECTS = re.compile(
    r"\bcorrect(?:s|ed|ion|ions|ing)\b(?!\s+(?:officer|facilit|department|cent))|\bcorrigend(?:um|a)\b|\berrat(?:um|a)\b|\bamends\b|"
    r"\bfixes (?:spelling|typo|name|date|figure|number|toll)",
    re.IGNORECASE,
)
#: What desks print day after day in the same form.
_STANDING = re.compile(
    r"^\W*(?:results?|schedule|forecast|calendar)\b|"
    r"\b(?:chronology|timeline|fixtures|standings|advisory|diary|digest|news (?:summary|budget|items?)|weather forecast|"
    r"exchange rates?|(?:stocks?|shares?|index|bourse) (?:close|end|open|finish|up|down|rise|fall)\w*|on this day|today in history)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """`rank` orders versions: 0 an alert, 1 unmarked, 2 and more leads and updates. `said` are the words that say so; `corrects` holds
    the words that say that something was wrong; `standing` those of a form that is printed day after day ("chronology")."""

    rank: int = 1
    said: str | None = None
    corrects: str | None = None
    standing: str | None = None


def edition_of(report: ReportFacts) -> Edition:
    """What a report's title and notes say of its place among versions."""
    return _edition((report.title or "", *report.notes))


@lru_cache(maxsize=1 << 16)
def _edition(lines: tuple[str, ...]) -> Edition:
    title, notes = lines[0], lines[1:]
    # "Court corrects ruling" is news, "(corrects ruling)" speaks of the report.
    of_itself = [*notes, *(next(filter(None, found)) for found in _ASIDE.findall(title))]
    rank, said = 1, None
    for line in (title, *of_itself):
        if found := _LEAD.search(line):
            rank, said = max(rank, 1 + int(found["nth"] or found["number"])), said or found[0]
        elif line is not title and (found := _LATER.search(line)):
            rank, said = max(rank, 2), said or found[0]
    if rank == 1 and (found := _EARLY.search(title)):
        rank, said = 0, found[0]
    corrected = next((found for line in of_itself if (found := _CORRECTS.search(line))), None)
    standing = _STANDING.search(title)
    return Edition(
        rank,
        said.strip(" ():-") if said else None,
        corrected[0] if corrected else None,
        standing[0] if standing else None,
    )
