"""GeoJSON: a feature for each incident, with a point only where a town or site is named; of what is wider no pin stands on a map."""

from __future__ import annotations

from typing import Any

from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field
from readout.exports.stories import Spot
from readout.exports.told import Happening


def _points(item: Happening) -> list[Spot]:
    """The town or site of an incident; of one claim all that it names."""
    if item.rule is not None:
        return [item.place] if item.place and item.place.precision == "point" and item.place.lat is not None else []
    return [p for p in item.lead.places if p.precision == "point" and p.lat is not None and p.lon is not None]


def _geometry(item: Happening) -> dict[str, Any] | None:
    found = [[place.lon, place.lat] for place in _points(item)]
    if not found:
        return None
    if len(found) == 1:
        return {"type": "Point", "coordinates": found[0]}
    return {"type": "MultiPoint", "coordinates": found}


def _precision(item: Happening) -> str:
    if item.place is None:
        return "unknown"
    return item.place.precision or "unknown"


def _middle(item: Happening) -> list[float] | None:
    place = item.place
    if place is None or place.precision == "point" or place.lat is None or place.lon is None:
        return None
    return [place.lon, place.lat]


def _toll(item: Happening) -> dict[str, Any]:
    return {name: {"low": t.low, "best": t.best, "high": t.high} for name, t in item.tolls.items()}


_FIELDS: tuple[Field, ...] = (
    Field("id", "text", "the feature's id, the same in every record", "id of the incident, or of the claim", lambda i: i.id),
    Field("geometry", "object",
              "Point of the town or site, MultiPoint of several that one claim names; null where only a region or state is named,"
          " or nothing", "places", _geometry),
    Field("precision", "text", "point, area, country or unknown: how finely the place is known", "kind of the place", _precision),
    Field("middle", "object",
              "longitude and latitude of a point in the middle of a region or state, where only that is named: no place of the event",
          "lat, lon", _middle),
    Field("place", "text", "the place", "place", lambda i: i.place and i.place.name),
    Field("country", "text", "ISO 3166 alpha-3, where the gazetteer keeps it", "country of the place",
              lambda i: i.place and i.place.country),
    Field("places", "words", "all places that any claim names", "places",
              lambda i: parts.unique(p.name for m in i.members for p in m.places)),
    Field("type", "text", "PLOVER type", "type", lambda i: i.lead.claim.type),
    Field("mode", "text", "PLOVER mode", "mode", lambda i: i.lead.claim.mode),
    Field("status", "text", "whether it happened", "status", lambda i: i.lead.claim.status),
    Field("quad", "whole", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", "quad",
              lambda i: i.lead.claim.quad),
    Field("day", "text", "the first day, else the first report's; ISO", "date, published", lambda i: i.day),
    Field("start", "text", "the first day, ISO; null where nobody says", "date", lambda i: i.start),
    Field("end", "text", "the last day, ISO; null where nobody says", "date", lambda i: i.end),
    Field("actors", "words", "who does it", "actors of the claim that was known first", lambda i: [b.name for b in i.lead.actors]),
    Field("recipients", "words", "to whom", "recipients of the same", lambda i: [b.name for b in i.lead.recipients]),
    Field("sources", "words", "on whose word, over all claims", "sources",
              lambda i: parts.unique(b.name for m in i.members for b in m.sources)),
    Field("tolls", "object", "by measure: low, best, high by the rule; null where an end is open",
              "figures by the rule of aggregation", _toll),
    Field("rule", "text", "by which one value was made of several; null for one claim", "the rule", lambda i: i.rule),
    Field("reports", "whole", "reports that tell of it", "reports of the incident", lambda i: i.reports),
    Field("independent_sources", "whole", "of them those that do not come from each other or one outlet", "sources of the incident",
              lambda i: i.sources),
    Field("revision", "text", "the number of the article's version, behind it that of a correction", "version, correction",
              lambda i: i.lead.revision),
    Field("report", "text", "the first report", "report", lambda i: i.lead.claim.report),
    Field("publisher", "text", "who printed it", "publisher, agency", lambda i: i.lead.story.publisher or i.lead.story.agency),
    Field("url", "text", "its address", "url", lambda i: i.lead.story.url),
    Field("sentence", "text", "its sentence", "quote", lambda i: i.lead.claim.quote or None),
)  # fmt: skip

EXPORT = Export(
    name="geojson",
    about="A GeoJSON FeatureCollection (RFC 7946) for maps; a feature an incident, with how finely its place is known.",
    row="an incident of all reports that tell of it",
    kind="events",
    layouts=("geojson",),
    extension="geojson",
    fields=_FIELDS,
    rows=parts.happened,
    loses=(
        "What is known to be in a region or state, or nowhere, has no geometry, so that no map shows it in the middle"
        " of that; a point of the"
        " middle is in the properties.",
        "An incident has the one place that the rule chooses; --claims gives each claim all points that it names.",
        "Times of day are not read.",
    ),
    merged=True,
)
