"""How an article opens: place, day and agency before its first sentence ("CAIRO, Sept. 16 (Xinhua) -- ")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from readout import knowledge
from readout.clean.rules import expand
from readout.types import RemovedKind

_LONGEST = 160
_DASH = r"(?:\s*(?:--+|[–—]|- |-(?=[A-Z\"“‘'])|[_―]+)[-–—]*\s*)"


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the first sentence: its length, kind, and what it says."""

    length: int
    kind: RemovedKind
    place: str | None
    day: str | None
    agency: str | None


@lru_cache(maxsize=1 << 14)  # asked for whatever a text says
def agency_name(signature: str) -> str | None:
    """The agency that signs so, or None: "Agence France-Presse" is AFP."""
    return _signatures().get(signature.strip().lower())


def opening_of(line: str) -> Opening | None:
    """What opens a paragraph besides its first sentence, or None."""
    for pattern in _patterns():
        found = pattern.match(line[:_LONGEST])
        if found is None:
            continue
        groups = found.groupdict()
        signature, place, day = groups.get("agency"), groups.get("place"), groups.get("day")
        agency = signature and (agency_name(signature) or (signature if groups.get("unknown") else None))
        if signature and not agency:
            continue
        if place is not None and not _is_place(place):
            continue
        kind: RemovedKind = "agency_tag" if agency and not day else "dateline"
        return Opening(found.end(), kind, place and place.strip(" ,:"), day, agency)
    return None


def _is_place(text: str) -> bool:
    return not any(word.lower().strip(".,") in _not_places() for word in text.replace("/", " ").split())


@cache
def _not_places() -> frozenset[str]:
    return frozenset(knowledge.load("furniture/openings.yaml")["not_places"].split())


@cache
def _signatures() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in knowledge.load("furniture/agencies.yaml")["agencies"]:
        for form in (entry["name"], *entry.get("forms", ())):
            found.setdefault(form.lower(), entry["name"])
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    macros = {"dash": _DASH, "agency": r"(?P<agency>[A-Z][\w.&/'’ -]{1,40}?|dpa)"}
    found = []
    for entry in knowledge.load("furniture/openings.yaml")["openings"]:
        pattern = entry["pattern"]
        for name, written in macros.items():
            pattern = re.sub(rf"(?<!\?P)<{name}>", written.replace("\\", r"\\"), pattern)
        found.append(re.compile(expand(pattern)))
    return tuple(found)
