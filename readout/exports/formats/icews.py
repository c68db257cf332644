"""ICEWS: the 20 columns of the Dataverse files, parted by tabs, an event as one report tells it a row."""

from __future__ import annotations

from readout.exports.codes import cameo_words, state_name
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field
from readout.exports.stories import Being, Spot
from readout.exports.told import Told, number_of


def _source(item: Told) -> Being | None:
    return item.actors[0] if item.actors else None


def _target(item: Told) -> Being | None:
    return item.recipients[0] if item.recipients else None


def _sectors(being: Being | None) -> list[str]:
    return parts.words_of_sectors((being,), "icews") if being else []


def _country(being: Being | None) -> str | None:
    return state_name(being.country) or None if being else None


def _place(item: Told) -> Spot | None:
    return parts.first(item.best_places)


_FIELDS: tuple[Field, ...] = (
    Field("Event ID", "whole", "a number of 63 bits, the same in every record", "document and code", lambda i: number_of(i.id)),
    Field("Event Date", "text", "the event's first day, else the report's; ISO", "date, published", parts.day_of),
    Field("Source Name", "text", "the first actor", "actors", lambda i: (b := _source(i)) and b.name),
    Field("Source Sectors", "words", "its sectors in words", "sectors of the first actor", lambda i: _sectors(_source(i))),
    Field("Source Country", "text", "the English name of its state", "country of the first actor", lambda i: _country(_source(i))),
    Field("Event Text", "text", "what CAMEO calls the code", "cameo", lambda i: cameo_words(i.claim.cameo)),
    Field("CAMEO Code", "text", "text, for its leading zero", "cameo", lambda i: i.claim.cameo),
    Field("Intensity", "number", "PLOVER's score, -10 to 10, in place of Goldstein's", "type and mode", lambda i: i.score),
    Field("Target Name", "text", "the first recipient", "recipients", lambda i: (b := _target(i)) and b.name),
    Field("Target Sectors", "words", "its sectors in words", "sectors of the first recipient", lambda i: _sectors(_target(i))),
    Field("Target Country", "text", "the English name of its state", "country of the first recipient", lambda i: _country(_target(i))),
    Field("Story ID", "whole", "a number of 63 bits, the same for all events of the piece of news", "document",
          lambda i: number_of(i.story.document)),
    Field("Sentence Number", "whole", "from 1; empty where it is in no sentence", "sentence",
          lambda i: i.claim.sentence + 1 if i.claim.sentence >= 0 else None),
    Field("Publisher", "text", "who printed it, else the agency", "publisher, agency", lambda i: i.story.publisher or i.story.agency),
    Field("City", "text", "the town or site", "the finest of the event's places", lambda i: parts.city(_place(i))),
    Field("District", "text", "second-level region", "the same", lambda i: parts.district(_place(i))),
    Field("Province", "text", "first-level region", "the same", lambda i: parts.province(_place(i))),
    Field("Country", "text", "the English name of the state", "the same", lambda i: parts.country(_place(i))),
    Field("Latitude", "number", "degrees, WGS 84; of a country or region a point in its middle", "the same",
              lambda i: (p := _place(i)) and p.lat),
    Field("Longitude", "number", "as Latitude", "the same", lambda i: (p := _place(i)) and p.lon),
)  # fmt: skip

EXPORT = Export(
    name="icews",
    about="ICEWS's 20 columns (Dataverse DVN/28075), an event as one report tells it a row.",
    row="an event of one report",
    kind="events",
    layouts=("tab", "csv", "jsonl", "parquet"),
    extension="tab",
    fields=_FIELDS,
    rows=parts.claims_alone,
    loses=(
        "There is room for one actor and one recipient: the first of each is written, and no row is made for every pair.",
        "PLOVER's types and modes become the CAMEO codes that lose least: modes and contexts are lost where CAMEO has no code of theirs.",
        "Status, attribution, confidence, figures and the address of the article have no column: with --all what did"
        " not happen cannot be told"
        " from what did.",
        "Intensity is PLOVER's score and not Goldstein's, on a scale of the same length.",
        "Statements are no events here, where ICEWS has CAMEO 010 for them: see statements and gkg-quotations.",
        "The key is Event ID with Event Date, as there; here Event ID alone is one too.",
    ),
    between=",",
    status=False,
    lost=parts.further,
)
