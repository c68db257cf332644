"""PLOVER: events as JSON lines with the names of the manual's record."""

from __future__ import annotations

from typing import Any

from readout.exports.codes import plover_state
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field
from readout.exports.stories import Being, Spot
from readout.exports.told import Told
from readout.version import __version__

_FINENESS = {"point": 4, "area": 2, "country": 1}


def _entity(being: Being) -> dict[str, Any]:
    return _filled({
        "code": plover_state(being.country, being.kind, being.key, being.affiliation), "sector": list(being.sectors),
        "entity_text": being.name, "identifier_text": being.key,
        "office": being.role,
    })  # fmt: skip


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if part not in (None, "", [], {})}


def _location(place: Spot) -> dict[str, Any]:
    return _filled({
        "extracted_place": place.raw, "resolved_place": place.name, "geonameid": place.geonames_id, "lat": place.lat, "lon": place.lon,
        "city": parts.city(place), "district": parts.district(place), "province": parts.province(place), "country": parts.country(place),
        "country_code": place.country, "feature_class": place.kind, "resolution": _FINENESS.get(place.precision),
    })  # fmt: skip


def _sizes(item: Told) -> list[dict[str, Any]]:
    names = {"killed": "dead", "injured": "injured", "detained": "arrested"}
    return [
        _filled({"size": names.get(f.measure or "", f.measure), "value": f.value, "low": f.low, "high": f.high,
                 "population": f.population, "source": [party.name for party in f.sources]})
        for f in item.figures
        if f.measure
    ]  # fmt: skip


def _text_info(item: Told) -> dict[str, Any]:
    sizes = _sizes(item)
    found = {
        "sequence": item.claim.sentence + 1 if item.claim.sentence >= 0 else None, "start": item.claim.span[0], "end": item.claim.span[1],
        "size": sizes, "attribution": [being.name for being in item.sources],
    }  # fmt: skip
    return _filled(found)


def _cite(item: Told) -> dict[str, Any]:
    story = item.story
    return _filled({
        "citation": item.claim.report, "url": story.url, "title": story.title, "publication": story.publisher or story.agency,
        "language": story.words.language if story.words else None, "coder": f"readout {story.reader or __version__}",
        "codebook": "PLOVER 2.0",
        "version": item.revision,
    })  # fmt: skip


_FIELDS: tuple[Field, ...] = (
    Field("id", "text", "the same in every record", "document and code", lambda i: i.id),
    Field("date", "text", "the first day, else the report's; ISO", "date, published", parts.day_of),
    Field("enddate", "text", "the last day, ISO; null where it is not known", "date", lambda i: i.claim.end),
    Field("actor", "objects", "who does it: code, sector, entity_text, identifier_text (Readout's key), office", "actors",
          lambda i: [_entity(b) for b in i.actors]),
    Field("recipient", "objects", "to whom, likewise", "recipients", lambda i: [_entity(b) for b in i.recipients]),
    Field("event", "text", "type", "type", lambda i: i.claim.type),
    Field("has_event", "yes", "true: every line has one", "always", lambda _: True),
    Field("mode", "words", "mode, and where it did not happen the auxiliary mode: future, negation, hypothetical", "mode, status",
          lambda i: parts.unique((i.claim.mode, parts.auxiliary(i)))),
    Field("context", "words", "what the text around it is about", "contexts", lambda i: list(i.claim.contexts)),
    Field("status", "text", "whether it happened; Readout's own key", "status", lambda i: i.claim.status),
    Field("quad_code", "whole", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", "quad",
              lambda i: i.claim.quad),
    Field("event_scale", "number", "conflict-cooperation score, -10 to 10", "type and mode", lambda i: i.score),
    Field("event_loc", "objects",
              "where: extracted_place, resolved_place, geonameid, lat, lon, city, …, resolution (4 town or site, 2 region, 1 state)",
          "places", lambda i: [_location(p) for p in i.best_places]),
    Field("event_text", "text", "the sentence", "quote", lambda i: i.claim.quote or None),
    Field("text_info", "object", "sequence (the sentence's number from 1), start and end in the text, size, attribution",
              "sentence, span, figures, sources",
          _text_info),
    Field("cite_info", "object", "citation (the report), url, title, publication, language, coder, codebook, version (the revision)",
              "the report", _cite),
    Field("link", "text", "the article's address", "url", lambda i: i.story.url),
    Field("coder", "text", "what read it", "reader", lambda i: f"readout {i.story.reader or __version__}"),
    Field("comment", "text", "the knowledge entry that recognised it, and how sure that is", "rule, confidence",
          lambda i: f"rule {i.claim.rule}, confidence {i.claim.confidence}"),
)  # fmt: skip

EXPORT = Export(
    name="plover",
    about="PLOVER's record of an event as JSON lines, with the names of its manual.",
    row="an event of one report",
    kind="events",
    layouts=("jsonl",),
    extension="jsonl",
    fields=_FIELDS,
    rows=parts.claims_in_words,
    loses=(
        "status, and attribution and size within text_info, are keys of Readout's own.",
        "coded_date and coded_time are left out, so that the same record gives the same bytes; time, endtime,"
        " religion, ethnicity, gender and age"
        " are not read.",
        "identifier_id (Wikidata) is not known.",
    ),
)
