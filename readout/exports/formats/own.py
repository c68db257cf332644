"""Readout's own tables: events, statements, figures and reports as the record has them, claims with their incident, incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from readout.exports.asked import Asked, claims, happenings
from readout.exports.columns import COLUMNS
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field, Kind, Layout
from readout.exports.told import Happening, Told, Toll

_LAYOUTS: tuple[Layout, ...] = ("csv", "jsonl", "parquet", "tab")
_PRECISION = {"point": 1, "area": 2, "country": 3}


def _table(kind: Kind, row: str, loses: tuple[str, ...], layouts: tuple[Layout, ...] = _LAYOUTS) -> Export:
    def rows(asked: Asked) -> Iterator[Any]:
        yield from claims(asked, kind)

    fields = tuple(Field(c.name, c.type, c.about, f"{kind} in the record", c.value) for c in COLUMNS[kind])
    return Export(kind, f"The record's {kind}; a row {row}.", row, kind, layouts, layouts[0], fields, rows, loses)


_LISTS = (
    "Names, keys and states of a list stand in three columns, in line with each other; in CSV they are"
    " joined, and a ; within becomes a comma."
)
EVENTS = _table(
    "events", "an event of one report", (_LISTS, "Coordinates of places and sectors of actors are in polecat.")
)
STATEMENTS = _table(
    "statements", "a statement of one report", (_LISTS, "Spans of the words in quotation marks are in gkg-quotations.")
)
FIGURES = _table("figures", "a figure of one report", (_LISTS,))
REPORTS = _table(
    "reports", "a report", ("Texts are not in it: `readout show --json` has them.",), ("jsonl", "csv", "parquet", "tab")
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """One claim of a happening."""

    of: Happening
    told: Told

    def toll(self, measure: str) -> Any:
        """What the claim itself says, None where it says nothing."""
        return next((toll for toll in self.told.tolls if toll.measure == measure), None)


def _claims(asked: Asked) -> Iterator[_Claim]:
    for item in happenings(asked):
        for told in item.members:
            yield _Claim(item, told)


def _of(measure: str, end: str) -> Callable[[_Claim], float | None]:
    return lambda claim: (toll := claim.toll(measure)) and getattr(toll, end)


def _said(name: str, measure: str) -> tuple[Field, ...]:
    about = (
        ("best", "the number"),
        ("low", "the least that it can mean; empty where open"),
        ("high", "the most; empty where open"),
    )
    return tuple(
        Field(
            f"{name}_{end}",
            "number",
            f"{measure}, as this report says: {words}",
            f"figures of {measure}",
            _of(measure, end),
        )
        for end, words in about
    )


def _spot(claim: _Claim, name: str) -> Any:
    place = parts.first(claim.told.best_places)
    return place and getattr(place, name)


_CLAIMS: tuple[Field, ...] = (
    Field("id", "text", "the claim, the same in every record", "document and code", lambda c: c.told.id),
    Field("event_id", "text", "the incident: the same for all claims of one happening", "id of the incident, or of the claim",
              lambda c: c.of.id),
    Field("revision", "text", "the number of the article's version, behind it that of a correction", "version, correction",
              lambda c: c.told.revision),
    Field("type", "text", "PLOVER type", "type", lambda c: c.told.claim.type),
    Field("mode", "text", "PLOVER mode", "mode", lambda c: c.told.claim.mode),
    Field("status", "text", "whether it happened", "status", lambda c: c.told.claim.status),
    Field("date_start", "text", "the first day, ISO; empty where this report gives none", "date", lambda c: c.told.claim.start),
    Field("date_end", "text", "the last day, ISO", "date", lambda c: c.told.claim.end),
    Field("country", "text", "of the place, English name", "finest place of the claim",
              lambda c: parts.country(parts.first(c.told.best_places))),
    Field("iso3", "text", "the same, ISO 3166 alpha-3", "the same", lambda c: _spot(c, "country")),
    Field("city", "text", "the town or site", "the same", lambda c: parts.city(parts.first(c.told.best_places))),
    Field("location", "text", "the place", "the same", lambda c: _spot(c, "name")),
    Field("latitude", "number", "degrees, WGS 84; of a region or state a point in its middle", "the same", lambda c: _spot(c, "lat")),
    Field("longitude", "number", "the same", "the same", lambda c: _spot(c, "lon")),
    Field("geo_precision", "whole", "1 a town or site, 2 a region, 3 a state or wider; empty where nobody says", "the same",
          lambda c: _PRECISION.get(_spot(c, "precision") or "")),
    Field("actors", "words", "who does it", "actors", lambda c: [b.name for b in c.told.actors]),
    Field("actor_keys", "words", "their keys, the same in every report", "actors", lambda c: [b.key for b in c.told.actors]),
    Field("recipients", "words", "to whom", "recipients", lambda c: [b.name for b in c.told.recipients]),
    Field("recipient_keys", "words", "their keys", "recipients", lambda c: [b.key for b in c.told.recipients]),
    *_said("deaths", "killed"),
    *_said("injuries", "injured"),
    Field("source", "text", "who printed it, else the agency", "publisher, agency",
              lambda c: c.told.story.publisher or c.told.story.agency),
    Field("attribution", "words", "on whose word, outermost first", "sources", lambda c: [b.name for b in c.told.sources]),
    Field("counted_by", "words", "who counted", "sources of its figures",
          lambda c: parts.unique(p.name for f in c.told.figures for p in f.sources)),
    Field("number_of_sources", "whole", "independent sources of the incident", "sources of the incident", lambda c: c.of.sources),
    Field("number_of_reports", "whole", "reports of the incident", "reports of the incident", lambda c: c.of.reports),
    Field("published", "text", "the report's day, ISO", "published", lambda c: c.told.claim.published),
    Field("known", "text", "when it became known, ISO, UTC", "known", lambda c: c.told.story.known),
    Field("report", "text", "the report's id", "report", lambda c: c.told.claim.report),
    Field("url", "text", "its address", "url", lambda c: c.told.story.url),
    Field("sentence", "text", "the sentence", "quote", lambda c: c.told.claim.quote or None),
    Field("confidence", "number", "0 to 1", "confidence", lambda c: c.told.claim.confidence),
    Field("review", "text", "what people said of it", "review", lambda c: c.told.claim.review),
)  # fmt: skip

CLAIMS = Export(
    name="claims",
    about="Claims of events, each with the incident that it is of (event_id) and the dead and injured that it"
    " tells: reports side by side, as the R"
    " package eventreport reads them.",
    row="an event as one report tells it",
    kind="events",
    layouts=_LAYOUTS,
    extension="csv",
    fields=_CLAIMS,
    rows=_claims,
    loses=(
        "Of several places the finest is written; contexts and the act below a promise or threat are in events.",
        "Claims that one report makes twice are one row, the first.",
        "An incident is in it with all its claims where one of them answers the question.",
    ),
    merged=True,
)


def _toll(measure: str, end: str) -> Callable[[Happening], float | None]:
    def value(item: Happening) -> float | None:
        toll: Toll | None = item.tolls.get(measure)
        return getattr(toll, end) if toll else None

    return value


def _spread(measure: str) -> Callable[[Happening], list[str]]:
    def value(item: Happening) -> list[str]:
        found = {toll.best for told in item.members for toll in told.tolls if toll.measure == measure}
        return [str(int(n)) if float(n).is_integer() else str(n) for n in sorted(found)]

    return value


def _tolls(measure: str) -> tuple[Field, ...]:
    of = f"figures of {measure}, by the rule"
    return (
        Field(
            f"{measure}_low",
            "number",
            "the least that the number can mean; empty where open",
            of,
            _toll(measure, "low"),
        ),
        Field(f"{measure}_best", "number", f"how many were {measure}, by the rule", of, _toll(measure, "best")),
        Field(f"{measure}_high", "number", "the most that it can mean; empty where open", of, _toll(measure, "high")),
        Field(
            f"{measure}_said", "words", "every number that a report gives", f"figures of {measure}", _spread(measure)
        ),
    )


def _where(item: Happening, name: str) -> Any:
    return item.place and getattr(item.place, name)


_INCIDENTS: tuple[Field, ...] = (
    Field("id", "text", "the same in every record, as long as the claim that was known first is in it",
              "id of the incident, or of the claim", lambda i: i.id),
    Field("revision", "text", "of the claim that was known first", "version, correction", lambda i: i.lead.revision),
    Field("reality", "text", "happened, ahead, not, imagined", "statuses", lambda i: i.reality),
    Field("status", "text", "of the claim that was known first", "status", lambda i: i.lead.claim.status),
    Field("type", "text", "PLOVER type of the same", "type", lambda i: i.lead.claim.type),
    Field("mode", "text", "PLOVER mode of the same", "mode", lambda i: i.lead.claim.mode),
    Field("day", "text", "the first day, else the first report's; ISO", "date, published", lambda i: i.day),
    Field("start", "text", "the first day by the rule, ISO; empty where nobody says", "date", lambda i: i.start),
    Field("end", "text", "the last day by the rule", "date", lambda i: i.end),
    Field("actors", "words", "who does it, over all claims", "actors",
              lambda i: parts.unique(b.name for m in i.members for b in m.actors)),
    Field("recipients", "words", "to whom, over all claims", "recipients",
              lambda i: parts.unique(b.name for m in i.members for b in m.recipients)),
    Field("sources", "words", "on whose word, over all claims", "sources",
              lambda i: parts.unique(b.name for m in i.members for b in m.sources)),
    Field("place", "text", "where, by the rule", "places", lambda i: _where(i, "name")),
    Field("precision", "text", "point, area or country: how finely it is known", "kind of the place", lambda i: _where(i, "precision")),
    Field("country", "text", "ISO 3166 alpha-3", "country of the place", lambda i: _where(i, "country")),
    Field("admin1", "text", "first-level region", "admin1 of the place", lambda i: parts.province(i.place)),
    Field("latitude", "number", "degrees, WGS 84; of a region or state a point in its middle", "lat", lambda i: _where(i, "lat")),
    Field("longitude", "number", "the same", "lon", lambda i: _where(i, "lon")),
    *_tolls("killed"),
    *_tolls("injured"),
    Field("rule", "text", "by which one value was made of those that reports differ in; empty for one claim", "the rule",
              lambda i: i.rule),
    Field("differing", "words", "in what its reports differ: type, toll, date, place, actor, recipient", "all claims",
              lambda i: list(i.differing)),
    Field("reports", "whole", "reports that tell of it", "reports of the incident", lambda i: i.reports),
    Field("independent_sources", "whole", "of them those that do not come from each other or one outlet", "sources of the incident",
              lambda i: i.sources),
    Field("publishers", "words", "who printed them", "publisher, agency",
              lambda i: parts.unique(m.story.publisher or m.story.agency for m in i.members)),
    Field("first_known", "text", "when the first report became known, ISO, UTC", "known", lambda i: i.lead.story.known),
    Field("last_known", "text", "when the last one did", "known", lambda i: i.members[-1].story.known),
    Field("claims", "words", "its claims, by their ids in claims", "document and code", lambda i: [m.id for m in i.members]),
    Field("report", "text", "the first report", "report", lambda i: i.lead.claim.report),
    Field("url", "text", "its address", "url", lambda i: i.lead.story.url),
    Field("sentence", "text", "its sentence", "quote", lambda i: i.lead.claim.quote or None),
)  # fmt: skip

INCIDENTS = Export(
    name="incidents",
    about="Incidents: what several reports tell of one event, with the numbers of reports and of independent"
    " sources apart, and the toll by a stated"
    " rule.",
    row="an incident of all reports that tell of it",
    kind="events",
    layouts=_LAYOUTS,
    extension="csv",
    fields=_INCIDENTS,
    rows=parts.happened,
    loses=(
        "Why claims were merged is in `readout incidents`; the claims one by one are in claims.",
        "Type, mode and status are of the claim that was known first.",
        "Of tolls only killed and injured have columns.",
    ),
    merged=True,
)
