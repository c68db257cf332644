"""GDELT 2.0: events with the 61 columns, and their mentions with the 16, parted by tabs, without a header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from readout.exports.asked import Asked, happenings
from readout.exports.codes import cameo_quad, fips, letters, sector_words, state_name
from readout.exports.formats import parts
from readout.exports.formats.fields import NOTHING, Export, Field, FieldType, empty
from readout.exports.stories import Being, Spot
from readout.exports.told import Happening, Told


def _digits(day: str | None, length: int) -> int | None:
    return int(day.replace("-", "")[:length]) if day else None


def _fraction(day: str | None) -> float | None:
    """The share of the year that is over, as GDELT reckons it: of twelve months of thirty days."""
    if not day:
        return None
    year, month, date = (int(part) for part in day.split("-"))
    return round(year + min((month * 30 + date) / 365, 0.9999), 4)


def _moment(value: str | None) -> int | None:
    """A day or moment as fourteen digits."""
    if not value:
        return None
    digits = "".join(sign for sign in value if sign.isdigit())
    return int(digits[:14].ljust(14, "0"))


def _types(being: Being) -> list[str]:
    return sector_words(being.sectors, being.kind, "cameo")[:3]


def _actor(n: int, beings: Callable[[Told], tuple[Being, ...]]) -> Iterator[Field]:
    who = "actor" if n == 1 else "recipient"

    def first(item: Happening) -> Being | None:
        found = beings(item.lead)
        return found[0] if found else None

    def code(item: Happening) -> str | None:
        being = first(item)
        return "".join((letters(being.country), *_types(being))) if being else None

    def nth(number: int) -> Callable[[Happening], str | None]:
        def value(item: Happening) -> str | None:
            being = first(item)
            found = _types(being) if being else []
            return found[number] if len(found) > number else None

        return value

    of = f"Actor{n}"
    yield Field(
        f"{of}Code",
        "text",
        f"CAMEO's code of the first {who}: state and types",
        f"country, sectors of the first {who}",
        code,
    )
    yield Field(
        f"{of}Name",
        "text",
        "its name in capitals",
        f"name of the first {who}",
        lambda i: (b := first(i)) and b.name.upper(),
    )
    yield Field(
        f"{of}CountryCode",
        "text",
        "CAMEO's three letters of its state",
        "country",
        lambda i: (b := first(i)) and letters(b.country),
    )
    yield empty(f"{of}KnownGroupCode", "CAMEO's code of a group")
    yield empty(f"{of}EthnicCode", "CAMEO's code of an ethnic group")
    yield empty(f"{of}Religion1Code", "CAMEO's code of a religion")
    yield empty(f"{of}Religion2Code", "the next one")
    for number in range(3):
        yield Field(f"{of}Type{number + 1}Code", "text", "CAMEO's code of what it is", "sectors and kind", nth(number))


def _geo(prefix: str, about: str, place: Callable[[Happening], Spot | None]) -> Iterator[Field]:
    """Eight columns of a place. 1 is a state, 3 a town in the United States, 4 another town, 2 and 5 a region there or elsewhere."""

    def kind(item: Happening) -> int | None:
        spot = place(item)
        american = spot is not None and spot.country == "USA"
        if spot is None or not spot.precision:
            return None
        return {"country": 1, "area": 2 if american else 5, "point": 3 if american else 4}[spot.precision]

    def full(item: Happening) -> str | None:
        spot = place(item)
        if spot is None:
            return None
        return ", ".join(parts.unique((spot.name, spot.admin1, state_name(spot.country))))

    columns: list[tuple[str, FieldType, str, str, Callable[[Happening], Any]]] = [
        ("Type", "whole", f"{about}: 1 state, 2 region in the United States, 3 town there, 4 other town, 5 other region", "kind", kind),
        ("Fullname", "text", "name, region, state", "name, admin1, country", full),
        ("CountryCode", "text", "FIPS 10-4", "country", lambda i: (p := place(i)) and fips(p.country)),
        ("ADM1Code", "text", "FIPS 10-4; of a state alone, as regions' codes are not known", "country",
         lambda i: (p := place(i)) and fips(p.country)),
        ("ADM2Code", "text", "code of the second-level region", NOTHING, lambda _: None),
        ("Lat", "number", "degrees, WGS 84", "lat", lambda i: (p := place(i)) and p.lat),
        ("Long", "number", "degrees, WGS 84", "lon", lambda i: (p := place(i)) and p.lon),
        ("FeatureID", "text", "of a state its FIPS code; of others nothing, as they stand in GNS and GNIS and not in GeoNames", "country",
         lambda i: (p := place(i)) and (fips(p.country) if p.precision == "country" else None)),
    ]  # fmt: skip
    for name, type_, says, source, value in columns:
        yield Field(f"{prefix}_{name}", type_, says, source, value)


def _seat(beings: Callable[[Told], tuple[Being, ...]]) -> Callable[[Happening], Spot | None]:
    """The state of the first actor as a place: where it is, is not known."""

    def place(item: Happening) -> Spot | None:
        found = beings(item.lead)
        state = found[0].country if found else None
        return Spot(state_name(state), state or "", state, "country") if state else None

    return place


_EVENTS: tuple[Field, ...] = (
    Field("GlobalEventID", "whole", "a number of 63 bits, the same in every record", "id of the incident, or of the claim",
              lambda i: i.number),
    Field("Day", "whole", "YYYYMMDD: the first day, else that of the first report", "date, published", lambda i: _digits(i.day, 8)),
    Field("MonthYear", "whole", "YYYYMM", "the same", lambda i: _digits(i.day, 6)),
    Field("Year", "whole", "YYYY", "the same", lambda i: _digits(i.day, 4)),
    Field("FractionDate", "number", "the year and the share of it that is over, of months of thirty days", "the same",
              lambda i: _fraction(i.day)),
    *_actor(1, lambda told: told.actors),
    *_actor(2, lambda told: told.recipients),
    Field("IsRootEvent", "whole", "1 where it stands in the first sentence of a report", "sentence",
          lambda i: int(any(m.claim.sentence == 0 for m in i.members))),
    Field("EventCode", "text", "CAMEO; text, for its leading zero", "cameo", lambda i: i.lead.claim.cameo),
    Field("EventBaseCode", "text", "its first three digits", "cameo", lambda i: (i.lead.claim.cameo or "")[:3] or None),
    Field("EventRootCode", "text", "its first two digits", "cameo", lambda i: (i.lead.claim.cameo or "")[:2] or None),
    Field("QuadClass", "whole", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, by the CAMEO root",
              "cameo",
          lambda i: cameo_quad(i.lead.claim.cameo)),
    Field("GoldsteinScale", "number", "PLOVER's score, -10 to 10, in place of Goldstein's", "type and mode", lambda i: i.lead.score),
    Field("NumMentions", "whole", "how often it is told, all claims of all reports", "claims", lambda i: len(i.members)),
    Field("NumSources", "whole", "independent sources: copies and reports of one outlet count once", "sources of the incident",
              lambda i: i.sources),
    Field("NumArticles", "whole", "reports that tell of it", "reports of the incident", lambda i: i.reports),
    empty("AvgTone", "tone of the reports", "number"),
    *_geo("Actor1Geo", "the state of the first actor", _seat(lambda told: told.actors)),
    *_geo("Actor2Geo", "the state of the first recipient", _seat(lambda told: told.recipients)),
    *_geo("ActionGeo", "where it took place", lambda i: i.place),
    Field("DATEADDED", "whole", "YYYYMMDDHHMMSS, UTC: when it was first known", "known", lambda i: _moment(i.lead.story.known)),
    Field("SOURCEURL", "text", "of the report that was known first", "url", lambda i: i.lead.story.url),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One claim of a happening."""

    of: Happening
    told: Told


def _mentions(asked: Asked) -> Iterator[Mention]:
    for item in happenings(asked, words=True):
        for told in item.members:
            yield Mention(item, told)


def _at(beings: tuple[Being, ...]) -> int:
    return beings[0].at if beings else -1


_MENTIONS: tuple[Field, ...] = (
    Field("GlobalEventID", "whole", "as in gdelt-events", "id of the incident, or of the claim", lambda m: m.of.number),
    Field("EventTimeDate", "whole", "YYYYMMDDHHMMSS, UTC: when the event was first known", "known",
              lambda m: _moment(m.of.lead.story.known)),
    Field("MentionTimeDate", "whole", "the same of this report", "known", lambda m: _moment(m.told.story.known)),
    Field("MentionType", "whole", "1 where the article has a web address, else 2, a citation", "url",
              lambda m: 1 if m.told.story.url else 2),
    Field("MentionSourceName", "text", "who printed it, else the agency", "publisher, agency",
              lambda m: m.told.story.publisher or m.told.story.agency),
    Field("MentionIdentifier", "text", "the address, else the report's id", "url, report",
              lambda m: m.told.story.url or m.told.claim.report),
    Field("SentenceID", "whole", "from 1", "sentence", lambda m: m.told.claim.sentence + 1 if m.told.claim.sentence >= 0 else -1),
    Field("Actor1CharOffset", "whole",
              "where the first actor is named, nearest to the act, in code points of the report's text; -1 where it is not",
          "mentions of the first actor", lambda m: _at(m.told.actors)),
    Field("Actor2CharOffset", "whole", "the same of the first recipient", "mentions of the first recipient",
              lambda m: _at(m.told.recipients)),
    Field("ActionCharOffset", "whole", "where the act is named", "span", lambda m: m.told.claim.span[0]),
    Field("InRawText", "whole", "1: nothing is rewritten before it is read", "always", lambda _: 1),
    Field("Confidence", "whole", "percent", "confidence", lambda m: round(m.told.claim.confidence * 100)),
    Field("MentionDocLen", "whole", "length of the report's text in code points", "text", lambda m: m.told.story.length),
    empty("MentionDocTone", "tone of the report", "number"),
    empty("MentionDocTranslationInfo", "how it was translated"),
    Field("Extras", "text", "the claim's status and id", "status, id", lambda m: f"status:{m.told.claim.status};claim:{m.told.id}"),
)  # fmt: skip

_LOSES = (
    "An incident is a row, with all reports that tell of it; --claims makes each claim an event of its own.",
    "There is room for one actor and one recipient: the first of the claim that was known first.",
    "PLOVER's types and modes become the CAMEO codes that lose least; codes of groups, peoples and religions are not known.",
    "There is no header, and no quotation marks: tabs and ends of lines within a value become blanks, double quotation marks single ones.",
)
EVENTS = Export(
    name="gdelt-events",
    about="GDELT 2.0's 61 columns of events, without a header; a row an incident.",
    row="an incident of all reports that tell of it",
    kind="events",
    layouts=("bare", "tab", "csv", "jsonl", "parquet"),
    extension="CSV",
    fields=_EVENTS,
    rows=parts.happened,
    loses=(
        *_LOSES,
        "Status, attribution, figures and the sentence have no column: with --all what did not happen cannot be told from what did.",
        "GoldsteinScale is PLOVER's score and not Goldstein's; tone is not measured.",
        "Where actors are is not known: Actor1Geo and Actor2Geo are their states, without a point.",
    ),
    merged=True,
    status=False,
    lost=lambda item: parts.further(item.lead),
)
MENTIONS = Export(
    name="gdelt-mentions",
    about="GDELT 2.0's 16 columns of mentions, without a header; a row a claim, with the number of its incident.",
    row="a claim, with the number of the incident that it is of",
    kind="events",
    layouts=("bare", "tab", "csv", "jsonl", "parquet"),
    extension="CSV",
    fields=_MENTIONS,
    rows=_mentions,
    loses=(
        *_LOSES[:1],
        "What happened, to whom and where stands in gdelt-events.",
        "Offsets count code points of Readout's text of the article, from which furniture was removed.",
        _LOSES[3],
    ),
    merged=True,
)
