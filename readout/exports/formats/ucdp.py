"""UCDP GED: the 49 columns for happenings in which people were killed, with the number by side and on whose word it stands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from readout.across.incidents.tolls import group_of
from readout.exports.asked import Asked, happenings
from readout.exports.codes import gleditsch_ward, region
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field, empty
from readout.exports.told import Happening, Told

#: Types of events in which those who act can kill.
_VIOLENT = frozenset(("ASSAULT", "PROTEST", "COERCE"))
_SIDES = {"military": "state", "police": "state", "armed group": "armed", "civilians": "civilian"}
_PRECISION = {"point": 1, "area": 4, "country": 6}


def _lethal(asked: Asked) -> Iterator[Happening]:
    for item in happenings(asked):
        toll = parts.killed(item)
        if toll is None or item.lead.claim.type not in _VIOLENT or not (toll.best or toll.high):
            asked.left_out["not lethal"] += 1
        else:
            yield item


def _force(item: Happening, side: str) -> str | None:
    """What a side is: state, armed (group), civilian; None where it is not known or several."""
    beings = item.lead.actors if side == "a" else item.lead.recipients
    found = parts.force_of(beings)
    return "armed" if found in ("rebel", "militia") else found


def _violence(item: Happening) -> int | None:
    """1 where a state fights another or an armed group, 2 where two armed groups do, 3 where civilians are the other side."""
    sides = {_force(item, "a"), _force(item, "b")}
    if None in sides:
        return None
    if "civilian" in sides:
        return 3 if len(sides) > 1 else None
    return 1 if "state" in sides else 2


def _names(item: Happening, side: str) -> str | None:
    if side == "b" and _force(item, "b") == "civilian":
        return "Civilians"
    return "; ".join(b.name for b in (item.lead.actors if side == "a" else item.lead.recipients)) or None


def _dyad(item: Happening) -> str | None:
    one, other = _names(item, "a"), _names(item, "b")
    return f"{one} - {other}" if one and other else None


def _state_of_side(item: Happening, side: str) -> int | None:
    states = parts.countries(item.lead.actors if side == "a" else item.lead.recipients)
    return gleditsch_ward(states[0]) if _force(item, side) == "state" and len(states) == 1 else None


def _deaths(item: Happening) -> dict[str, int]:
    """Of those killed, how many of each side, by whom the claims count on which the number rests; the rest is unknown.

    A number by side is given only where all of them together are no more than the whole.
    """
    toll = parts.killed(item)
    found = {"a": 0, "b": 0, "civilians": 0, "unknown": 0}
    best = round(toll.best) if toll else 0
    told = _last(item, toll.claims if toll else ())
    seen: set[tuple[str | None, float]] = set()
    for figure in told.figures if told else ():
        if figure.measure != "killed" or (figure.population, figure.value) in seen:
            continue
        seen.add((figure.population, figure.value))
        side = _SIDES.get(group_of(figure.population))
        name = "civilians" if side == "civilian" else next((s for s in "ab" if side and _force(item, s) == side), None)
        if name and not (name in "ab" and _force(item, "a") == _force(item, "b")):
            found[name] += round(figure.value)
    known = sum(found.values())
    if known > best:
        found = dict.fromkeys(found, 0)
        known = 0
    found["unknown"] = best - known
    return found


def _last(item: Happening, claims: tuple[int, ...]) -> Told | None:
    """The claim on which a number rests, of several the one that was known last."""
    return next((member for member in reversed(item.members) if member.claim.id in claims), None)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _date_precision(item: Happening) -> int:
    """1 a day, 2 up to six, 3 a week, 4 a month, 5 more; 5 too where only the report's day is known."""
    days = item.days
    if days is None:
        return 5
    return next((code for code, most in ((1, 1), (2, 6), (3, 8), (4, 31)) if days <= most), 5)


def _cell(item: Happening) -> int | None:
    """The cell of PRIO-GRID, of half a degree, counted from the south-west."""
    place = item.place
    if place is None or place.precision != "point" or place.lat is None or place.lon is None:
        return None
    return math.floor((place.lat + 90) * 2) * 720 + math.floor((place.lon + 180) * 2) + 1


def _point(item: Happening) -> str | None:
    place = item.place
    return f"POINT ({place.lon} {place.lat})" if place and place.lat is not None and place.lon is not None else None


def _articles(item: Happening) -> str:
    stories = (member.story for member in item.members)
    return "; ".join(
        parts.unique(
            ", ".join(part for part in (s.publisher or s.agency, s.published, s.title or s.url) if part)
            for s in stories
        )
    )


def _relid(item: Happening) -> str:
    state = item.place.country if item.place and item.place.country else "XXX"
    return f"{state}-{(item.day or '0000')[:4]}-{_violence(item) or 0}-{item.number}"


def _id(name: str, about: str) -> tuple[Field, Field]:
    return empty(f"{name}_dset_id", f"UCDP's id of the {about}", "whole"), empty(
        f"{name}_new_id", "the same, newer", "whole"
    )


_FIELDS: tuple[Field, ...] = (
    Field("id", "whole", "a number of 63 bits, the same in every record", "id of the incident, or of the claim", lambda i: i.number),
    Field("relid", "text", "the same to be read: state, year, type of violence, id", "place, date", _relid),
    Field("year", "whole", "of the event", "date, else the report's day", lambda i: int(i.day[:4]) if i.day else None),
    empty("active_year", "whether the conflict reached 25 deaths that year", "whole"),
    Field("code_status", "text", "the revision: the number of the article's version, behind it that of a correction",
              "version, correction",
          lambda i: f"revision {i.lead.revision}"),
    Field("type_of_violence", "whole", "1 state-based, 2 non-state, 3 one-sided; empty where a side is not known",
              "sectors and kinds of both sides",
          _violence),
    *_id("conflict", "conflict"),
    empty("conflict_name", "UCDP's name of the conflict"),
    *_id("dyad", "dyad"),
    Field("dyad_name", "text", "both sides", "actors, recipients", _dyad),
    *_id("side_a", "side"),
    Field("side_a", "text", "who did it", "actors of the claim that was known first", lambda i: _names(i, "a")),
    *_id("side_b", "side"),
    Field("side_b", "text", "to whom; Civilians where they are", "recipients of the claim that was known first", lambda i: _names(i,
              "b")),
    Field("number_of_sources", "whole", "independent sources: copies and reports of one outlet count once", "sources of the incident",
              lambda i: i.sources),
    Field("source_article", "text", "every report: who printed it, day, title or address", "reports", _articles),
    Field("source_office", "text", "who printed them", "publisher, agency",
          lambda i: "; ".join(parts.unique(m.story.publisher or m.story.agency for m in i.members)) or None),
    Field("source_date", "text", "the day of the first report, ISO", "published", lambda i: i.lead.claim.published),
    Field("source_headline", "text", "the title of the first report", "title", lambda i: i.lead.story.title),
    Field("source_original", "text", "on whose word: who counted, and to whom the reports attribute it", "sources of events and figures",
          lambda i: "; ".join(_originals(i)) or None),
    Field("where_prec", "whole", "1 a town or site, 4 a region, 6 a state or wider; empty where nobody says", "kind of the place",
          lambda i: _PRECISION.get(i.place.precision) if i.place else None),
    Field("where_coordinates", "text", "the place", "place", lambda i: i.place and i.place.name),
    Field("where_description", "text", "the sentence of the first report", "quote", lambda i: i.lead.claim.quote or None),
    Field("adm_1", "text", "first-level region", "admin1 of the place", lambda i: parts.province(i.place)),
    Field("adm_2", "text", "second-level region", "the place, if it is one", lambda i: parts.district(i.place)),
    Field("latitude", "number", "degrees, WGS 84; of a region or state a point in its middle (where_prec)", "lat",
              lambda i: i.place and i.place.lat),
    Field("longitude", "number", "the same", "lon", lambda i: i.place and i.place.lon),
    Field("geom_wkt", "text", "the point as WKT", "lat, lon", _point),
    Field("priogrid_gid", "whole", "cell of PRIO-GRID; of a town or site alone", "lat, lon", _cell),
    Field("country", "text", "where the gazetteer keeps the place", "country of the place", lambda i: parts.country(i.place)),
    Field("country_id", "whole", "Gleditsch and Ward's number of it", "country of the place",
              lambda i: i.place and gleditsch_ward(i.place.country)),
    Field("region", "text", "UCDP's region", "country of the place", lambda i: i.place and region(i.place.country)),
    Field("event_clarity", "whole", "1 where a day or some days are known, 2 where it is a sum over more", "date",
          lambda i: 1 if i.days is not None and i.days <= 8 else 2),
    Field("date_prec", "whole", "1 a day, 2 up to six, 3 a week, 4 a month, 5 more, or only the report's day", "date", _date_precision),
    Field("date_start", "text", "the first day, else the first report's; ISO", "date, published", lambda i: i.day),
    Field("date_end", "text", "the last day, else the first report's; ISO", "date, published", lambda i: i.end or i.day),
    Field("deaths_a", "whole", "of those killed, people of side_a", "figures of the claim that the number rests on",
              lambda i: _deaths(i)["a"]),
    Field("deaths_b", "whole", "people of side_b", "the same", lambda i: _deaths(i)["b"]),
    Field("deaths_civilians", "whole", "civilians", "the same", lambda i: _deaths(i)["civilians"]),
    Field("deaths_unknown", "whole", "of whom it is not known", "best, less the three", lambda i: _deaths(i)["unknown"]),
    Field("best", "whole", "killed, by the rule", "figures by the rule of aggregation",
              lambda i: _whole(parts.killed(i).best)),  # type: ignore[union-attr]
    Field("high", "whole", "the most that it can mean; where that is open the best", "the same", lambda i: _end(i, "high")),
    Field("low", "whole", "the least that it can mean; where that is open the best", "the same", lambda i: _end(i, "low")),
    Field("gwnoa", "whole", "Gleditsch and Ward's number of side_a, if it is a state's", "country of the actors",
              lambda i: _state_of_side(i, "a")),
    Field("gwnob", "whole", "the same of side_b", "country of the recipients", lambda i: _state_of_side(i, "b")),
)  # fmt: skip


def _originals(item: Happening) -> list[str]:
    """Who counted, and on whose word the event stands, over all claims."""
    counted = (party.name for m in item.members for f in m.figures if f.measure == "killed" for party in f.sources)
    return parts.unique((*counted, *(being.name for m in item.members for being in m.sources)))


def _end(item: Happening, name: str) -> int | None:
    toll: Any = parts.killed(item)
    value = getattr(toll, name)
    return _whole(toll.best if value is None else value)


EXPORT = Export(
    name="ucdp",
    about="UCDP GED's 49 columns for happenings in which people were killed; a row an incident.",
    row="an incident of all reports that tell of it, in which somebody was killed",
    kind="events",
    layouts=("csv", "tab", "jsonl", "parquet"),
    extension="csv",
    fields=_FIELDS,
    rows=_lethal,
    loses=(
        "Only acts of ASSAULT, PROTEST and COERCE that a number of people killed sizes are in it.",
        "UCDP's ids of conflicts, dyads and sides are its own, and are empty; whether a conflict is active is not known.",
        "best is by --rule (low and high are what the reports that it rests on leave open, and best where an end is"
        " open); the numbers of other"
        " reports are in incidents.",
        "Deaths by side are of the one claim that best rests on last, and 0 where it does not say; then all are unknown.",
        "Status, confidence and the other events of the same reports have no column.",
        "Of a date that nobody gives, the report's day stands, with date_prec 5.",
    ),
    merged=True,
    status=False,
)
