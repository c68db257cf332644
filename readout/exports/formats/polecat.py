"""POLECAT: the 40 columns of the successor of ICEWS, parted by tabs, an event as one report tells it a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from readout.exports.codes import cow
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field, FieldType, empty
from readout.exports.stories import Being, Spot
from readout.exports.told import Told
from readout.version import __version__

_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def _modes(item: Told) -> list[str]:
    return parts.unique((item.claim.mode, parts.auxiliary(item)))


def _side(side: str, beings: Callable[[Told], tuple[Being, ...]]) -> list[Field]:
    low = side.lower()

    def primary(item: Told) -> str | None:
        found = parts.sectors(beings(item))
        return found[0] if found else None

    columns: list[tuple[str, FieldType, str, str, Callable[[Told], Any]]] = [
        (f"{side} Name", "words", f"who; all of the {low}s", f"name of the event's {low}s", lambda i: [b.name for b in beings(i)]),
        (f"{side} Country", "words",
         "their states, ISO 3166 alpha-3, once each; IGO, UNO, EUR, NGO for bodies of none", f"country, kind of the {low}s",
         lambda i: parts.plover_states(beings(i))),
        (f"{side} COW", "words", "their states' numbers, Correlates of War", f"country of the {low}s",
         lambda i: [str(n) for state in parts.countries(beings(i)) if (n := cow(state)) is not None]),
        (f"Primary {side} Sector", "text", "the first of the sectors", f"sectors of the {low}s", primary),
        (f"{side} Sectors", "words", "PLOVER sectors, once each", f"sectors of the {low}s", lambda i: parts.sectors(beings(i))),
        (f"{side} Title", "words", "what they are on the report's day, as it says", f"role of the {low}s",
         lambda i: parts.unique(b.role for b in beings(i))),
        (f"{side} Name Raw", "words", "the words of the sentence that name them", f"mentions of the {low}s",
         lambda i: [b.raw for b in beings(i)]),
    ]  # fmt: skip
    return [
        *(Field(*column) for column in columns),
        empty(f"Wikipedia {'Actor' if side == 'Actor' else 'Recipient'} ID", "their pages in Wikipedia"),
    ]


def _place(item: Told) -> Spot | None:
    return parts.first(item.best_places)


def _people(item: Told, *kinds: str) -> list[str]:
    return parts.unique(being.name for being in item.story.actors if being.kind in kinds)


_WHERE = "the finest of the event's places, the first of those as fine"
_FIELDS: tuple[Field, ...] = (
    Field("Event ID", "text", "the same in every record; before _ stands what all events of the piece of news share", "document and code",
          lambda i: i.id),
    Field("Event Date", "text", "the event's first day, else the report's; ISO", "date, published", parts.day_of),
    Field("Event Type", "text", "PLOVER type", "type", lambda i: i.claim.type),
    Field("Event Mode", "words", "PLOVER mode, and where the event did not happen the auxiliary mode: future, negation, hypothetical",
          "mode, status", _modes),
    Field("Intensity", "number", "PLOVER's conflict-cooperation score, -10 to 10", "type and mode", lambda i: i.score),
    Field("Quad Code", "text", "verbal or material cooperation or conflict", "quad", lambda i: _QUADS[i.claim.quad]),
    Field("Contexts", "words", "what the text around it is about", "contexts", lambda i: list(i.claim.contexts)),
    *_side("Actor", lambda i: i.actors),
    *_side("Recipient", lambda i: i.recipients),
    Field("Placename", "text", "where", _WHERE, lambda i: (p := _place(i)) and p.name),
    Field("City", "text", "the town or site", "its name, if it is one", lambda i: parts.city(_place(i))),
    Field("District", "text", "second-level region", "its name, if it is one", lambda i: parts.district(_place(i))),
    Field("Province", "text", "first-level region", "admin1 of the place", lambda i: parts.province(_place(i))),
    Field("Country", "text", "ISO 3166 alpha-3, where the gazetteer keeps it", "country of the place",
              lambda i: (p := _place(i)) and p.country),
    Field("Latitude", "number", "degrees, WGS 84; of a country or region a point in its middle", "lat of the place",
          lambda i: (p := _place(i)) and p.lat),
    Field("Longitude", "number", "as Latitude", "lon of the place", lambda i: (p := _place(i)) and p.lon),
    Field("GeoNames ID", "whole", "in GeoNames", "geonames_id of the place", lambda i: (p := _place(i)) and p.geonames_id),
    Field("Raw Placename", "text", "the words that name it", "mentions of the place", lambda i: (p := _place(i)) and p.raw),
    Field("Feature Type", "text", "what the place is, in Readout's words: city, admin1, country, …", "kind of the place",
          lambda i: (p := _place(i)) and p.kind),
    Field("Source", "text", "who printed it, else the agency", "publisher, agency", lambda i: i.story.publisher or i.story.agency),
    Field("Publication Date", "text", "the report's day, ISO", "published", lambda i: i.claim.published),
    Field("Story People", "words", "persons of the report", "actors of the report", lambda i: _people(i, "person")),
    Field("Story Organizations", "words", "bodies and groups of the report", "actors of the report",
              lambda i: _people(i, *sorted(parts.BODIES))),
    Field("Story Locations", "words", "places of the report", "places of the report",
              lambda i: parts.unique(p.name for p in i.story.places)),
    Field("Language", "text", "ISO 639-1", "language of the report", lambda i: i.story.words.language if i.story.words else None),
    Field("Version", "text", "what read it, and the revision: the number of the article's version, behind it that of a correction",
          "reader, version, correction", lambda i: f"readout {i.story.reader or __version__} r{i.revision}"),
)  # fmt: skip

EXPORT = Export(
    name="polecat",
    about="POLECAT's 40 columns (Dataverse DVN/AJGVIT), an event as one report tells it a row.",
    row="an event of one report",
    kind="events",
    layouts=("tab", "csv", "jsonl", "parquet"),
    extension="tsv",
    fields=_FIELDS,
    rows=parts.claims_in_words,
    loses=(
        "On whose word an event stands, the sentence it was read from, its confidence and its figures have no column.",
        "Status has none either: what did not happen (with --all or a status) has an auxiliary mode of PLOVER's in Event Mode.",
        "Of several places the finest is written, of those as fine the first; of a date the first day.",
        "Lists have ; and a blank between their parts; a ; within a name becomes a comma. States and sectors are named"
        " once each, so they do not"
        " stand in line with the names.",
        "Countries stand as ISO codes; Germany has the number 255 of the Correlates of War, where POLECAT has 260.",
        "Wikipedia's pages of actors are not known.",
    ),
    lost=parts.further_places,
)
