"""The addresses that `benchmarks/web.py` times: a row for each route of the site. A route without a row is named by `without_row`.

What stands in braces is filled in from the record (`Chosen`). A list as a file is cut to as many rows as a page may have: all that is found
is as long as it is. What changes the record has the form that is sent, and is undone by its twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import quote

from readout.record import Record
from readout.record.kinds import FACETS, HAS
from readout.web import api
from readout.web.pages import PAGES

_LISTS = ("events", "statements", "figures", "reports", "actors", "places", "problems")
_GROUPS = {"stories": "story", "incidents": "incident", "ledgers": "ledger", "negotiations": "negotiation"}
_FILES = ("csv", "jsonl", "parquet")
_CUT = "?limit=500"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a record stands in the addresses: the commonest actor and place, the newest report that has an event, the largest groups, a
    day in the middle of those from which reports were known and one near their end, and the name of a saved search."""

    actor: str
    place: str
    report: str
    event: str
    middle: str
    late: str
    stories: str
    incidents: str
    ledgers: str
    negotiations: str
    search: str = "benchmark"


def chosen_of(record: Record) -> Chosen:
    """What is asked for of a record that has reports, and claims of them."""
    event = record.page("events", order="-published", limit=1).items[0]
    with record.asking() as connection:
        days = connection.exec_driver_sql("SELECT substr(known, 1, 10) AS day FROM articles ORDER BY day").scalars()
        known = list(days)
    largest = {plural: record.group_page(kind, limit=1).items for plural, kind in _GROUPS.items()}
    return Chosen(
        actor=next(record.actors(limit=1)).key,
        place=next(record.places(limit=1)).key,
        report=event.report,
        event=str(event.id),
        middle=known[len(known) // 2],
        late=known[len(known) * 19 // 20],
        **{plural: found[0].key if found else "none" for plural, found in largest.items()},
    )


def _lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind in _LISTS:
        past = () if kind == "problems" else (f"/{kind}?as_of={{late}}", f"/{kind}?as_of={{middle}}")
        yield f"/{kind}", (f"/{kind}", *past, *_NARROWED.get(kind, ()))
        yield f"/{kind}.json", (f"/{kind}.json",)
        yield from ((f"/{kind}.{ending}", (f"/{kind}.{ending}{_CUT}",)) for ending in _FILES)
        yield f"/api/{kind}", (f"/api/{kind}", *((f"/api/{kind}?q=type:ASSAULT",) if kind == "events" else ()))
    for plural in _GROUPS:
        yield f"/{plural}", (f"/{plural}", *_NARROWED.get(plural, ()))
        yield f"/{plural}.json", (f"/{plural}.json",)
        yield from ((f"/{plural}.{ending}", (f"/{plural}.{ending}{_CUT}",)) for ending in _FILES)
        yield f"/{plural}/{{key}}", (f"/{plural}/{{{plural}}}",)
        yield f"/api/{plural}", (f"/api/{plural}",)
        yield f"/api/{plural}/{{key}}", (f"/api/{plural}/{{{plural}}}",)
        yield from (
            (f"/{plural}/{{key}}.{ending}", (f"/{plural}/{{{plural}}}.{ending}",)) for ending in ("json", *_FILES)
        )


#: What narrows a list, beside the whole of it.
_NARROWED: Mapping[str, tuple[str, ...]] = {
    "events": (
        "/events?q=type:ASSAULT",
        '/events?q=actor:"{actor}"',
        '/events?q=place:"{place}"',
        "/events?q=type:ASSAULT status:planned country:EGY",
        "/events?q=type:ASSAULT&as_of={middle}",
    ),
    "actors": (
        "/actors?order=name",
        "/actors?order=-name",
        "/actors?order=-claims",
        "/actors?q=kind:person",
        "/actors?q=kind:government",
        "/actors?q=country:NOR",
        "/actors?q=kind:government country:NOR",
        "/actors?q=body",
    ),
    "places": ("/places?order=name", "/places?q=kind:city", "/places?q=country:NOR"),
    "incidents": ("/incidents?q=type:ASSAULT", "/incidents?q=type:ASSAULT country:NOR"),
}

#: Addresses by the path of their route.
ROWS: Mapping[str, tuple[str, ...]] = {
    "/": ("/",),
    "/brief": ("/brief",),
    **{f"/brief.{ending}": (f"/brief.{ending}",) for ending in ("md", "html", "json")},
    **dict(_lists()),
    "/events.geojson": ("/events.geojson?q=type:ASSAULT",),
    "/map/land.svg": ("/map/land.svg",),
    "/export": ("/export", "/export?q=type:ASSAULT"),
    "/export/{name}/schema.json": ("/export/events/schema.json",),
    "/export/{name}/{layout}": ("/export/events/csv?rows=500&claims=yes",),
    "/reports/{id:path}": ("/reports/{report}",),
    "/claims/{kind}/{number}": ("/claims/events/{event}",),
    "/actor": ("/actor?key={actor}",),
    "/sources": ("/sources",),
    "/sources.json": ("/sources.json",),
    "/doctor": ("/doctor",),
    "/searches": ("/searches",),
    "/searches.json": ("/searches.json",),
    "/searches/{name}.atom": ("/searches/{search}.atom",),
    "/searches/{name}.json": ("/searches/{search}.json",),
    "/review": ("/review", "/review?q=type:ASSAULT"),
    **{path: (path,) for path in ("/corrections", "/corrections.json", "/corrections.csv")},
    **{path: (path,) for path in ("/decisions", "/decisions.json", "/help", "/login", "/api", "/api/openapi.json")},
    "/api/facets/{kind}/{field}": tuple(f"/api/facets/{kind}/{FACETS[kind][0]}" for kind in FACETS),
    "/api/reports/{id:path}": ("/api/reports/{report}",),
    "/api/claims/{kind}/{number}": ("/api/claims/events/{event}",),
    "/api/corrections": ("/api/corrections",),
}  # fmt: skip

#: What takes as long as it takes, for it has to be whole and of now: a brief as a file.
WAITED = ("/brief.md", "/brief.html", "/brief.json")


@dataclass(frozen=True, slots=True)
class Sent:
    """What changes the record: the path of its route, what is sent, as a form or as JSON, and the path of the route that undoes it, with
    what that is sent."""

    path: str
    values: Mapping[str, str]
    undone_by: str
    then: Mapping[str, str]


SENT: tuple[Sent, ...] = (
    Sent("/corrections", {"claim": "events/{event}", "action": "confirm"}, "/corrections/{number}/undo", {}),
    Sent("/api/corrections", {"claim": "events/{event}", "action": "confirm"}, "/api/corrections/{number}/undo", {}),
    Sent("/searches", {"name": "once", "list": "events", "query": "type:AID"}, "/searches/remove", {"name": "once"}),
    Sent(
        "/decisions",
        {"kind": "story", "word": "apart", "one": "{report}", "other": "{stories}"},
        "/decisions/{number}/undo",
        {"back": "log"},
    ),
    Sent("/login", {"name": "timed", "password": "{password}", "next": "/help"}, "/logout", {}),
)  # fmt: skip


def addresses(chosen: Chosen) -> Iterator[str]:
    """Every address that is timed, filled in."""
    values = {name: quote(str(value), safe="") for name, value in asdict(chosen).items()}
    for row in ROWS.values():
        for address in row:
            path, mark, asked = address.partition("?")
            yield path.format(**values) + mark + quote(asked, safe="{}&=").format(**values)


def routes() -> set[tuple[str, str]]:
    """The routes of the site: method and path."""
    found = [*(route for family in PAGES for route in family.router.routes), *api.router.routes]
    return {(method, route.path) for route in found for method in route.methods}  # type: ignore[attr-defined]


def without_row(there: Iterable[tuple[str, str]]) -> list[str]:
    """The routes that have no row: they are not timed."""
    sent = {path for item in SENT for path in (item.path, item.undone_by)}
    return sorted(f"{method} {path}" for method, path in there if path not in (ROWS if method == "GET" else sent))


def without_route(there: Iterable[tuple[str, str]]) -> list[str]:
    """The rows that have no route any more."""
    paths = {path for _, path in there}
    return sorted({*ROWS, *(path for item in SENT for path in (item.path, item.undone_by))} - paths)


assert set(_LISTS) == set(HAS), "a list without a row"
