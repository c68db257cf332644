"""The columns of the tables that claims, reports, actors, places and problems are written as; docs/asking.md lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from readout.record.claims import ClaimPlace, Party

#: What a column holds; `words` is a list of them.
ColumnType = Literal["text", "whole", "number", "yes", "words", "wholes"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, what it says, and its value in an entry."""

    name: str
    type: ColumnType
    about: str
    value: Callable[[Any], Any]


def _own(name: str, type_: ColumnType, about: str) -> Column:
    return Column(name, type_, about, lambda item: getattr(item, name))


def _names(name: str, about: str) -> list[Column]:
    """The names, keys and states of those on a side, one behind the other in the same order; none is empty text."""
    one = name.removesuffix("s")

    def values(field: str) -> Callable[[Any], Any]:
        return lambda item: [getattr(who, field) or "" for who in _listed(item, name)]

    return [
        Column(name, "words", about, values("name")),
        Column(f"{one}_keys", "words", f"their keys, the same in every report ({name})", values("key")),
        Column(
            f"{one}_countries", "words", f"their states, ISO 3166 alpha-3, empty where none ({name})", values("country")
        ),
    ]


def _listed(item: Any, name: str) -> Sequence[Party | ClaimPlace]:
    found: Sequence[Party | ClaimPlace] = getattr(item, name)
    return found


_SOURCE = [
    _own("report", "text", "the report's id"),
    _own("publisher", "text", "who printed it"),
    _own("agency", "text", "the agency that wrote it"),
    _own("published", "text", "the day of the report, ISO"),
    _own("title", "text", "the article's title"),
    _own("url", "text", "its address"),
    _own("quote", "text", "the sentence"),
    _own("sentence", "whole", "its index in the report, -1 where it is in none"),
    Column("span_start", "whole", "where the claim's words begin in the report's text, in code points", lambda c: c.span[0]),
    Column("span_end", "whole", "where they end", lambda c: c.span[1]),
    _own("review", "text", "what people said of it; empty where nobody did"),
    _own("correction", "whole", "the correction that made it; empty for what was read"),
    _own("code", "text", "the same for the same claim in every reading of the article"),
    _own("article", "whole", "the number of the article's version in the record"),
    _own("document", "whole", "the number of the piece of news in the record"),
]  # fmt: skip

_PRINTED = [
    _own("report", "text", "the report's id"),
    _own("title", "text", "its title"),
    _own("publisher", "text", "who printed it"),
    _own("agency", "text", "the agency that wrote it"),
    _own("published", "text", "its day, ISO"),
    _own("known", "text", "the moment from which it was known, ISO, UTC"),
    _own("url", "text", "its address"),
]  # fmt: skip
_WHY = [
    _own("rule", "text", "the rule by which it is in it"),
    _own("score", "number", "how surely, 0 to 1"),
    _own("reasons", "words", "why, in words"),
]
_WORDS = [
    _own("quote", "text", "the sentence"),
    Column("span_start", "whole", "where the words begin in the report's text, in code points", lambda c: c.span[0]),
    Column("span_end", "whole", "where they end", lambda c: c.span[1]),
]


def _group(of: str) -> tuple[Column, ...]:
    return (
        _own("key", "text", "its id, the same in every record of the same reports"),
        _own("title", "text", "what it is about"),
        _own("start", "text", "its first day, ISO"),
        _own("end", "text", "its last day, ISO"),
        _own("reports", "whole", "how many reports it has"),
        _own("sources", "whole", "how many of them do not come from each other"),
        _own("members", "whole", f"how many {of}"),
    )


#: By what is asked for.
COLUMNS: dict[str, tuple[Column, ...]] = {
    "events": (
        _own("id", "whole", "the event's number in the record"),
        _own("day", "text", "where it stands in time: its first day, else the day of the report; ISO"),
        _own("start", "text", "the first day of its date"),
        _own("end", "text", "the last day of its date"),
        _own("type", "text", "PLOVER type"),
        _own("mode", "text", "PLOVER mode"),
        Column("act_type", "text", "the type of the act below a promise, threat, refusal", lambda event: event.act.type),
        Column("act_mode", "text", "its mode", lambda event: event.act.mode),
        _own("status", "text", "whether it happened: occurred, planned, denied, …"),
        _own("quad", "whole", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
        _own("cameo", "text", "CAMEO code; text, for its leading zero"),
        _own("contexts", "words", "what the text around it is about"),
        *_names("actors", "who does it"),
        *_names("recipients", "to whom"),
        *_names("sources", "on whose word, outermost first; none: the report's own voice"),
        *_names("places", "where"),
        _own("figures", "wholes", "numbers of the figures that size it"),
        _own("news", "yes", "brought as new"),
        _own("confidence", "number", "0 to 1"),
        _own("rule", "text", "the knowledge entry that recognised it"),
        *_SOURCE,
    ),
    "statements": (
        _own("id", "whole", "the statement's number in the record"),
        _own("day", "text", "when it was made, else the day of the report; ISO"),
        *_names("speakers", "who speaks"),
        *_names("addressees", "to whom"),
        _own("kind", "text", "direct, indirect, mixed"),
        _own("sourcing", "text", "named, official, institutional, anonymous, hearsay"),
        _own("channel", "text", "interview, post, …"),
        _own("cue", "text", "the word for saying it"),
        _own("content", "text", "what is said"),
        *_SOURCE,
    ),
    "figures": (
        _own("id", "whole", "the figure's number in the record"),
        _own("day", "text", "until when was counted, else the day of the report; ISO"),
        _own("value", "number", "the number"),
        _own("low", "number", "the least that it can mean; empty where open"),
        _own("high", "number", "the most that it can mean; empty where open"),
        _own("bound", "text", "exact, about, more_than, less_than, at_least, at_most, range"),
        _own("kind", "text", "count, ordinal, share, money, quantity"),
        _own("unit", "text", "people, percent, USD, …"),
        _own("measure", "text", "what happened to those counted: killed, injured, …"),
        _own("population", "text", "who is counted, in the words of the report"),
        _own("since", "text", "counted since; ISO date"),
        _own("as_of", "text", "counted until; ISO date"),
        *_names("sources", "who counted"),
        *_names("places", "where"),
        _own("events", "wholes", "numbers of the events that it sizes"),
        *_SOURCE,
    ),
    "reports": (
        _own("id", "text", "the report's id"),
        _own("published", "text", "its day, ISO"),
        _own("title", "text", "the article's title"),
        _own("publisher", "text", "who printed it"),
        _own("agency", "text", "the agency that wrote it"),
        _own("url", "text", "its address"),
        _own("known", "text", "the moment from which this version was known, ISO, UTC"),
        _own("version", "whole", "which version of the piece of news, from 1"),
        _own("status", "text", "what its publisher says of it: usable, withheld, canceled"),
        _own("opening", "text", "how its text begins"),
        _own("words", "whole", "the length of its text, in words"),
        _own("events", "whole", "how many events were read in it"),
        _own("statements", "whole", "how many statements"),
        _own("figures", "whole", "how many figures"),
        _own("reading", "whole", "the number of the reading in the record"),
        _own("article", "whole", "the number of the article's version in the record"),
        _own("document", "whole", "the number of the piece of news in the record"),
    ),
    "actors": (
        _own("key", "text", "the same for the same actor in every report"),
        _own("name", "text", "the name"),
        _own("kind", "text", "person, government, armed_group, …"),
        _own("country", "text", "ISO 3166 alpha-3"),
        _own("reports", "whole", "in how many reports it is named"),
        _own("events_out", "whole", "in how many events it acts"),
        _own("events_in", "whole", "in how many it is acted on"),
        _own("statements", "whole", "how many statements it makes"),
        _own("claims", "whole", "the sum of the three"),
    ),
    "places": (
        _own("key", "text", "the same for the same place in every report"),
        _own("name", "text", "the name"),
        _own("kind", "text", "country, city, town, …"),
        _own("country", "text", "where the gazetteer keeps it, ISO 3166 alpha-3"),
        _own("lat", "number", "degrees, WGS 84; empty where not known"),
        _own("lon", "number", "degrees, WGS 84; empty where not known"),
        _own("reports", "whole", "in how many reports it is named"),
        _own("events", "whole", "how many events take place there"),
        _own("claims", "whole", "how many events and figures"),
    ),
    "problems": (
        _own("id", "whole", "the problem's number in the record"),
        _own("name", "text", "the input"),
        _own("stage", "text", "where in the work"),
        _own("message", "text", "what could not be read, and why"),
        _own("report", "text", "the report's id; empty where there is none"),
        _own("batch", "whole", "the number of the run that met it"),
        _own("when", "text", "the moment when that began, ISO, UTC"),
    ),
    "stories": _group("reports"),
    "incidents": _group("claims"),
    "ledgers": _group("numbers"),
    "negotiations": _group("reports"),
    "reports of a story": (
        *_PRINTED,
        *_WHY,
        _own("sources", "words", "whose word it is, of the independent sources"),
        _own("made_from", "text", "the report from whose words it was made; empty where none"),
        _own("made_how", "text", "identical, edited_copy, update, correction"),
    ),
    "entries of a negotiation": (
        _own("kind", "text", "party, mediator, round, state, position, proposal, answer, agreement, obstacle, planned"),
        _own("day", "text", "the day that the words tell, else the report's; ISO, or a month or year where they tell no more"),
        _own("end", "text", "the last day, of rounds and what is planned"),
        _own("who", "text", "whose role, position, proposal or answer it is"),
        _own("who_key", "text", "its key, the same in every report"),
        _own("what", "text", "the state, stance, venue, answer or outcome"),
        _own("issue", "text", "the issue of a position"),
        _own("voice", "text", "on whose word; empty: the report's own"),
        _own("words", "text", "the words that tell it"),
        _own("span_start", "whole", "where they begin in the report's text, in code points"),
        _own("span_end", "whole", "where they end"),
        _own("claim", "text", "the claim, as events/12, where it was one"),
        *_WHY,
        *_PRINTED,
    ),
    "claims of an incident": (
        _own("id", "whole", "the event's number in the record"),
        _own("type", "text", "PLOVER type"),
        _own("mode", "text", "PLOVER mode"),
        _own("status", "text", "whether it happened"),
        _own("start", "text", "the first day of its date"),
        _own("end", "text", "the last day of its date"),
        _own("actors", "words", "who does it"),
        _own("recipients", "words", "to whom"),
        _own("sources", "words", "on whose word, outermost first"),
        _own("places", "words", "where"),
        _own("tolls", "words", "how many, as this claim says"),
        *_WORDS,
        _own("origin", "text", "from whom the report comes"),
        _own("beside", "whole", "the number of the event that it goes with most surely"),
        *_WHY,
        *_PRINTED,
    ),
    "numbers of a ledger": (
        _own("id", "whole", "the figure's number in the record"),
        _own("as_of", "text", "until when was counted, ISO"),
        _own("low", "number", "the least that it can mean; empty where open"),
        _own("best", "number", "the number"),
        _own("high", "number", "the most that it can mean; empty where open"),
        _own("bound", "text", "exact, about, more_than, less_than, at_least, at_most, range"),
        _own("source", "text", "who counted; empty: the report's own words"),
        _own("source_class", "text", "what kind of source that is"),
        _own("outlet", "text", "whose report"),
        _own("denied", "yes", "denied by its source, and no count"),
        _own("part", "yes", "a part of another number, and no count of all"),
        *_WORDS,
        *_PRINTED,
    ),
}  # fmt: skip
