"""Incidents: the list of them, and one with the words of each claim, what differs, what it comes to by a rule, and why it is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from readout.across.incidents.aggregating import RULES, Aggregated, aggregate, check_rule
from readout.across.incidents.finding import Incident
from readout.across.linking import load_plain
from readout.across.source_classes import CLASSES
from readout.errors import UsageError
from readout.exports.members import IncidentClaim, between, incident_claims
from readout.json_values import to_json
from readout.record.groups import GroupRow
from readout.record.tallies import PlaceTally
from readout.record.together import parts_of_claims, parts_of_readings, texts_of
from readout.web import maps
from readout.web.decisions import is_linking, just_decided, on_members
from readout.web.grouped import Family, Found, group_asked, groups_in, routed
from readout.web.marking import sentence_in
from readout.web.site import Site, site_of
from readout.web.wording import asking, quoted

#: So many claims are on a page of one incident, unless all are asked for.
_SHOWN = 60
_RULE = "most_cited"  # as exports have it
#: The rules, each in words.
RULE_WORDS = {
    "most_recent": "what was said last",
    "most_cited": "what most independent sources say, of these the last",
    "most_conservative": "the lowest number, the widest dates and place",
    "median": "the middle of the last word of each source",
    "by_source_class": "the last word of the class of sources that is believed most",
}


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in the list."""

    row: GroupRow
    reality: str
    act: str
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    tolls: tuple[str, ...]
    differing: tuple[str, ...]
    quote: str


def lines_of(site: Site, rows: tuple[GroupRow, ...]) -> tuple[IncidentLine, ...]:
    """The lines of the list."""
    found = load_plain(site.record, "incident", [row.key for row in rows])
    return tuple(_line(row, found[row.key]) for row in rows if row.key in found)


def _line(row: GroupRow, plain: dict[str, Any]) -> IncidentLine:
    spread = plain["spread"]
    return IncidentLine(
        row,
        plain["reality"],
        plain["mode"] or plain["type"].lower(),
        plain["type"],
        tuple(spread["actors"][:3]),
        tuple(spread["recipients"][:3]),
        tuple(place["name"] for place in spread["places"][:3]),
        tuple(f"{between(toll['low'], toll['high'])} {toll['measure']}" for toll in spread["tolls"]),
        tuple(spread["differing"]),
        plain["claims"][0]["event"]["quote"],
    )


FAMILY = Family(
    "incident",
    "incidents",
    "events",
    "events",
    "date",
    "Happenings, and what is planned or denied; all that reports say of one is one line.",
    "type:ASSAULT -status:planned country:EGY",
    lines_of,
)


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim of an incident: its row, its sentence with its words marked, and the claim that it could be parted from."""

    claim: IncidentClaim
    sentence: Markup
    other: int | None


@dataclass(frozen=True, slots=True)
class ByRule:
    """What an incident comes to by a rule: a line each of what it is, the value, and the claims that it rests on."""

    rule: str
    words: str
    classes: tuple[str, ...]
    values: tuple[tuple[str, str, tuple[int, ...]], ...]
    choices: tuple[tuple[str, str], ...]


def rule_asked(request: Request) -> tuple[str, tuple[str, ...]]:
    """The rule of aggregation and the classes of sources that an address names.

    Raises:
        UsageError: they are none.
    """
    said = request.query_params.get("rule", "").strip()
    classes = tuple(
        name.strip().replace("_", " ") for name in request.query_params.get("prefer", "").split(",") if name.strip()
    )
    rule = said or ("by_source_class" if classes else _RULE)
    if rule == "by_source_class" and not classes:
        raise UsageError(
            f"by_source_class needs classes of sources, most believed first, as prefer=medical,government; there are {', '.join(CLASSES)}"
        )
    check_rule(rule, classes)
    return rule, classes if rule == "by_source_class" else ()


def by_rule(item: Incident, request: Request) -> ByRule:
    """What an incident comes to by the rule that is asked for."""
    rule, classes = rule_asked(request)
    found = aggregate(item, rule, order=classes)  # type: ignore[arg-type]  # checked
    return ByRule(
        rule, RULE_WORDS[rule], classes, tuple(_values(found)), tuple((name, RULE_WORDS[name]) for name in RULES)
    )


def _values(found: Aggregated) -> Iterable[tuple[str, str, tuple[int, ...]]]:
    for toll in found.tolls:
        ends = between(toll.low, toll.high, toll.best)
        best = between(toll.best, toll.best)
        yield toll.measure, best if ends == best else f"{best} ({ends})", toll.claims
    if found.start or found.end:
        start, end = found.start or "…", found.end or "…"
        yield "date", start if start == end else f"{start} to {end}", found.date_claims
    if found.place is not None:
        yield "place", found.place.name, found.place_claims


def shown_claims(site: Site, found: Found[Incident], *, all_: bool) -> tuple[ShownClaim, ...]:
    """The claims of a page."""
    rows = incident_claims(found.item, found.reports)[: None if all_ else _SHOWN]
    texts = texts_of(site.record, [row.reading for row in rows])
    first, others = found.item.claims[0].event.id, [member.event.id for member in found.item.claims[1:2]]
    return tuple(
        ShownClaim(
            row,
            sentence_in(texts.get(row.reading, ""), row.quote, row.span),
            (row.beside or next(iter(others), None)) if row.id == first else first,
        )
        for row in rows
    )


def places_of(item: Incident) -> tuple[PlaceTally, ...]:
    """The places of an incident, with how many claims name each."""
    named = Counter(place.key for member in item.claims for place in member.event.places)
    return tuple(
        PlaceTally(place.key, place.name, place.kind, place.country, place.lat, place.lon, named[place.key])
        for place in item.spread.places
    )


def others_like(item: Incident) -> str:
    """The address of a list in which incidents may be that this one could be one with."""
    days = sorted(day for date in item.spread.dates for day in date if day)
    asked = [f"type:{item.type}"]
    if item.spread.places:
        asked.append("place:" + _quoted(item.spread.places[0].key))
    if days:
        asked.append(f"date:{days[0]}..{days[-1]}")
    return "/incidents?least=1&q=" + quoted(" ".join(asked))


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def ledgers_and_stories(site: Site, found: Found[Incident]) -> tuple[tuple[GroupRow, ...], tuple[GroupRow, ...]]:
    """The ledgers that have figures of an incident's claims, and the stories that its reports are in."""
    figures = sorted({figure.id for member in found.item.claims for figure in member.figures})
    ledgers = parts_of_claims(site.record, "figures", figures, least=1) if figures else ()
    stories = parts_of_readings(site.record, sorted(found.reports), kind="story")
    return groups_in(ledgers), groups_in(stories)


def incident_page(request: Request, key: str) -> Response:
    """An incident."""
    site = site_of(request)
    found: Found[Incident] = group_asked(site, request, "incident", key)
    all_ = request.query_params.get("all") == "yes"
    places = places_of(found.item)
    ledgers, stories = ledgers_and_stories(site, found)
    names = [f"events/{number}" for member in found.item.claims for number in member.twins or (member.event.id,)]
    return site.page(
        request, "incident.html", found=found, item=found.item, told=found.told, as_of=found.as_of,
        claims=shown_claims(site, found, all_=all_), by_rule=by_rule(found.item, request), ledgers=ledgers, stories=stories,
        map=maps.map_svg(places, lambda place: f"/incidents?q={asking(place.key, 'place')}"), others=others_like(found.item),
        done=just_decided(site, request), linking=is_linking(), decisions=on_members(site, ("incident",), names),
        classes=CLASSES, numbers={member.event.id for member in found.item.claims[: None if all_ else _SHOWN]},
    )  # fmt: skip


def rows(site: Site, request: Request, key: str) -> tuple[Any, tuple[IncidentClaim, ...]]:
    """An incident as JSON, with what it comes to by the rule that is asked for; and its claims."""
    found: Found[Incident] = group_asked(site, request, "incident", key)
    rule, classes = rule_asked(request)
    value = to_json(found.item)
    value["aggregated"] = to_json(aggregate(found.item, rule, order=classes))  # type: ignore[arg-type]  # checked
    value["as_of"] = found.as_of
    return value, incident_claims(found.item, found.reports)


router = routed(FAMILY, incident_page, "claims of an incident", rows)
