"""What publishers say may be done with an item, and who they say wrote it: their words to ours."""

from __future__ import annotations

import re

from readout.errors import SourceError
from readout.sources.article import PubStatus

_STATUS: dict[str, PubStatus] = {
    "usable": "usable", "embargoed": "usable", "published": "usable", "publish": "usable", "active": "usable", "ok": "usable",
    "withheld": "withheld", "hold": "withheld", "held": "withheld", "draft": "withheld",
    "canceled": "canceled", "cancelled": "canceled", "cancel": "canceled", "killed": "canceled", "kill": "canceled",
    "withdrawn": "canceled", "retracted": "canceled", "recalled": "canceled", "deleted": "canceled", "spiked": "canceled",
}  # fmt: skip
_PARTS = re.compile(r"\s*(?:;|\||\n|\band\b|&)\s*", re.IGNORECASE)
_BY = re.compile(r"\s*(?:by|from|written by|reporting by)\b[:\s]+", re.IGNORECASE)


def status_of(value: str | None) -> PubStatus:
    """The publishing status that a word, a QCode ("stat:canceled") or a URI (".../pubstatusg2/canceled") names; usable where none
    is given, as IPTC's standards say.

    Raises:
        SourceError: it is another word. An item is not taken for usable on a word that is not known.
    """
    if value is None or not value.strip():
        return "usable"
    word = re.split(r"[:/#]", value.strip())[-1].lower()
    if word not in _STATUS:
        raise SourceError(f"its publishing status is none of usable, withheld and canceled: {value.strip()[:40]!r}")
    return _STATUS[word]


def loose_status(value: object) -> PubStatus:
    """The status in a field of that name of no standard, where it speaks of publishing: its makers use it for their own ends too, an
    answer of a server (200), a step of their work ("evergreen")."""
    try:
        return status_of(value) if isinstance(value, str) else "usable"
    except SourceError:
        return "usable"


def names_of(byline: str | None) -> tuple[str, ...]:
    """The names in a byline: "By Anna Berg and Ole Lund" has two. What stands behind a comma may be an office, and stays."""
    if not byline:
        return ()
    parts = _PARTS.split(_BY.sub("", byline, count=1))
    return tuple(name for part in parts if (name := " ".join(part.split()).strip(" ,")))


def noted(*notes: str | None) -> str | None:
    """What editors say, one note a line, each once."""
    return "\n".join(dict.fromkeys(note.strip() for note in notes if note and note.strip())) or None
