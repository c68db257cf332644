"""What can be asked for, by which filters, in which orders. Nothing is imported here: `--help` is made of it."""

from __future__ import annotations

#: What each filter asks for, in a line.
ABOUT: dict[str, str] = {
    "actor": "who does it; who speaks",
    "recipient": "to whom it is done or said",
    "source": "on whose word: who an event is attributed to, who speaks, who counted",
    "country": "the state of anybody or any place in it",
    "type": "what the event is (PLOVER): ASSAULT, AGREE, …",
    "mode": "how: abduct, visit, …",
    "act": "the act below a promise or threat: RETREAT, RETREAT/withdraw",
    "status": "whether it happened: occurred, planned, denied, …",
    "date": "the day of the event, statement or figure",
    "published": "the day of the report",
    "place": "where",
    "publisher": "who printed it",
    "attribution": "none: the report's own voice; any: on somebody's word; or a name",
    "news": "yes: brought as new; no: background",
    "kind": "of statements, figures, actors, places; the stage of problems",
    "sourcing": "of statements: named, official, institutional, anonymous, hearsay",
    "measure": "what figures count: killed, injured, …; of events: the figures that size them",
    "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    "context": "what the text around an event is about: military, election, …",
    "confidence": "at least, from 0 to 1",
    "report": "the report's id, or how it begins",
    "review": "what people said of it: confirmed, rejected, …, none, any",
    "text": "words of the sentence; of reports, of the whole text",
}
_ALL = ("country", "date", "published", "publisher", "attribution", "text", "report", "review")
#: The filters that each kind of thing has.
HAS: dict[str, tuple[str, ...]] = {
    "events": (
        "actor", "recipient", "source", "type", "mode", "act", "status", "place", "news", "measure", "quad", "context",
        "confidence", *_ALL,
    ),
    "statements": ("actor", "recipient", "source", "kind", "sourcing", *_ALL),
    "figures": ("source", "place", "kind", "measure", *_ALL),
    "reports": ("actor", "country", "place", "date", "published", "publisher", "text", "report"),
    "actors": ("actor", "country", "kind", "text"),
    "places": ("place", "country", "kind", "text"),
    "problems": ("kind", "text"),
}  # fmt: skip
_CLAIMS = {"date": "day", "published": "published", "added": "id"}
#: The orders of each kind of thing, with the column that each sorts by; the first is the default, from the greatest down.
ORDERS: dict[str, dict[str, str]] = {
    "events": {**_CLAIMS, "confidence": "confidence"},
    "statements": _CLAIMS,
    "figures": {**_CLAIMS, "value": "value"},
    "reports": {"published": "published", "added": "id"},
    "actors": {"reports": "reports", "claims": "claims", "name": "name"},
    "places": {"reports": "reports", "claims": "claims", "name": "name"},
    "problems": {"added": "id"},
}


_COUNTED = ("date", "published", "publisher", "review", "country")
#: What answers can be counted by.
FACETS: dict[str, tuple[str, ...]] = {
    "events": (
        "type", "mode", "act", "status", "quad", "news", "context", "actor", "recipient", "source", "place", *_COUNTED,
    ),
    "statements": ("kind", "sourcing", "channel", "actor", "recipient", "source", *_COUNTED),
    "figures": ("kind", "measure", "unit", "bound", "source", "place", *_COUNTED),
    "reports": ("published", "publisher", "agency"),
}  # fmt: skip
