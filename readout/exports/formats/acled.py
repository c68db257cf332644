"""ACLED: the 31 columns, for what its public codebook has a type for. Only the shape: nothing of its data was used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from readout.exports.asked import Asked, happenings
from readout.exports.codes import acled_actor, acled_disorder, acled_types, iso_number, region
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field, empty
from readout.exports.stories import Being
from readout.exports.told import Happening

_PRECISION = {"point": 1, "area": 2, "country": 3}


def _rows(asked: Asked) -> Iterator[Happening]:
    for item in happenings(asked):
        if _types(item) is None:
            asked.left_out["of no type that ACLED has"] += 1
        else:
            yield item


def _types(item: Happening) -> tuple[str, str] | None:
    lead = item.lead
    return acled_types(lead.claim.type, lead.claim.mode, parts.force_of(lead.actors), parts.force_of(lead.recipients))


def _event(item: Happening) -> str:
    return (_types(item) or ("", ""))[0]


def _actor(beings: tuple[Being, ...]) -> str | None:
    return beings[0].name if beings else None


def _inter(item: Happening, beings: tuple[Being, ...]) -> str | None:
    return acled_actor(parts.force_of(beings), _event(item)) or None if beings else None


def _interaction(item: Happening) -> str | None:
    one, other = _inter(item, item.lead.actors), _inter(item, item.lead.recipients)
    return f"{one}-{other}" if one and other else None


def _precision(item: Happening) -> int:
    days = item.days
    return 3 if days is None or days > 8 else 1 if days == 1 else 2


def _stamp(item: Happening) -> int | None:
    known = item.members[-1].story.known
    moment = dt.datetime.fromisoformat(known)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp())


def _id(item: Happening) -> str:
    return f"{item.place.country if item.place and item.place.country else 'XXX'}{item.number}"


def _dead(item: Happening) -> int:
    toll = parts.killed(item)
    return round(toll.best) if toll else 0


_FIELDS: tuple[Field, ...] = (
    Field("event_id_cnty", "text", "the state's ISO letters and a number of 63 bits", "id of the incident, or of the claim", _id),
    Field("event_date", "text", "the first day, else the first report's; ISO", "date, published", lambda i: i.day),
    Field("year", "whole", "of the event", "the same", lambda i: int(i.day[:4]) if i.day else None),
    Field("time_precision", "whole", "1 a day, 2 up to a week, 3 longer, or only the report's day", "date", _precision),
    Field("disorder_type", "text", "by event type", "type and mode", lambda i: acled_disorder(_event(i))),
    Field("event_type", "text", "one of six", "type, mode, sides", _event),
    Field("sub_event_type", "text", "its sub-type", "type, mode, sides", lambda i: (_types(i) or ("", ""))[1]),
    Field("actor1", "text", "the first actor", "actors of the claim that was known first", lambda i: _actor(i.lead.actors)),
    Field("assoc_actor_1", "words", "the others", "the same", lambda i: [b.name for b in i.lead.actors[1:]]),
    Field("inter1", "text", "what the actors are", "sectors and kinds", lambda i: _inter(i, i.lead.actors)),
    Field("actor2", "text", "the first recipient", "recipients of the claim that was known first", lambda i: _actor(i.lead.recipients)),
    Field("assoc_actor_2", "words", "the others", "the same", lambda i: [b.name for b in i.lead.recipients[1:]]),
    Field("inter2", "text", "what the recipients are", "sectors and kinds", lambda i: _inter(i, i.lead.recipients)),
    Field("interaction", "text", "both, where both are known", "inter1, inter2", _interaction),
    Field("civilian_targeting", "text", "Civilian targeting, where civilians are the recipients of an assault",
              "sectors of the recipients",
          lambda i: "Civilian targeting" if i.lead.claim.type == "ASSAULT" and parts.force_of(i.lead.recipients) == "civilian" else None),
    Field("iso", "whole", "ISO 3166 number of the state", "country of the place", lambda i: i.place and iso_number(i.place.country)),
    Field("region", "text", "UCDP's region, as ACLED's are not known", "country of the place",
              lambda i: i.place and region(i.place.country)),
    Field("country", "text", "English name of the state", "country of the place", lambda i: parts.country(i.place)),
    Field("admin1", "text", "first-level region", "admin1 of the place", lambda i: parts.province(i.place)),
    Field("admin2", "text", "second-level region", "the place, if it is one", lambda i: parts.district(i.place)),
    empty("admin3", "third-level region"),
    Field("location", "text", "the place", "place", lambda i: i.place and i.place.name),
    Field("latitude", "number", "degrees, WGS 84; of a region or state a point in its middle (geo_precision)", "lat",
              lambda i: i.place and i.place.lat),
    Field("longitude", "number", "the same", "lon", lambda i: i.place and i.place.lon),
    Field("geo_precision", "whole", "1 a town or site, 2 a region, 3 a state or wider; empty where nobody says", "kind of the place",
          lambda i: _PRECISION.get(i.place.precision) if i.place else None),
    Field("source", "words", "who printed the reports", "publisher, agency",
              lambda i: parts.unique(m.story.publisher or m.story.agency for m in i.members)),
    empty("source_scale", "how far the sources are read"),
    Field("notes", "text", "the sentence of the first report", "quote", lambda i: i.lead.claim.quote or None),
    Field("fatalities", "whole", "killed, by the rule; 0 where nobody gives a number", "figures by the rule of aggregation", _dead),
    Field("tags", "words", "status, revision, numbers of reports and of independent sources", "status, version, reports, sources",
          lambda i: [f"status={i.lead.claim.status}", f"revision={i.lead.revision}", f"reports={i.reports}", f"sources={i.sources}"]),
    Field("timestamp", "whole", "seconds since 1970: when the last report became known", "known", _stamp),
)  # fmt: skip

EXPORT = Export(
    name="acled",
    about="ACLED's 31 columns, for what its public codebook has a type for; a row an incident.",
    row="an incident of all reports that tell of it",
    kind="events",
    layouts=("csv", "tab", "jsonl", "parquet"),
    extension="csv",
    fields=_FIELDS,
    rows=_rows,
    loses=(
        "Only the shape is ACLED's: types are made from PLOVER's, and nobody there has looked at them.",
        "What its codebook has no type for is left out: all diplomacy, and assaults of which the other side is not"
        " known and no weapon is named.",
        "fatalities is 0 both where nobody was killed and where nobody gives a number; low, high and who counted are"
        " in ucdp and incidents.",
        "actor1 and actor2 stand for who did it and to whom, which there mean no direction; side by side further ones"
        " are listed with them.",
        "Without a date the first report's day stands, with time_precision 3.",
    ),
    merged=True,
    between="; ",
)
