"""What the record has of the reports that claims stand in: their actors and places in full, their versions, their words."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, select

from readout.across.incidents.telling import WIDE
from readout.record import schema
from readout.types import Span


@dataclass(frozen=True, slots=True)
class Being:
    """Somebody, with all that the record has. `raw` are the words that name it in the claim's sentence, else its name; `at` is where
    they begin in the report's text, -1 where they are not known."""

    name: str
    key: str
    country: str | None = None
    kind: str = ""
    sectors: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    mentions: int = 0
    raw: str = ""
    at: int = -1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, with all that the record has; `raw` as in `Being`."""

    name: str
    key: str
    country: str | None = None
    kind: str = ""
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    raw: str = ""

    @property
    def precision(self) -> str:
        """How fine it is: "point" (a town or site), "area", "country" or what is wider, or "" where its kind is not known."""
        if not self.kind:
            return ""
        if self.kind in ("country", "continent", "sea"):
            return "country"
        return "area" if self.kind in WIDE else "point"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a report and where they name whom."""

    text: str
    sentences: tuple[Span, ...]
    actors: tuple[tuple[Span, ...], ...]
    places: tuple[tuple[Span, ...], ...]
    quoted: Mapping[str, tuple[Span, ...]]  # spans within quotation marks, by the code of the statement
    content: Mapping[str, tuple[Span, ...]]
    language: str


@dataclass(frozen=True, slots=True)
class Story:
    """A report: `document` is the same for all versions of the piece of news and in every record, `version` counts them from 1.

    `names` are the folded names under which its private persons were met, by key; only where they are wanted.
    """

    report: str
    reading: int
    document: str
    version: int
    known: str
    title: str | None
    publisher: str | None
    agency: str | None
    url: str | None
    published: str | None
    length: int
    reader: str
    actors: tuple[Being, ...]
    places: tuple[Spot, ...]
    words: Words | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_stories(
    connection: Connection, readings: Iterable[int], *, words: bool = False, names: bool = False
) -> dict[int, Story]:
    """The reports of some readings, by their numbers.

    Args:
        connection: to the record.
        readings: their numbers.
        words: their texts too, and where these name whom.
        names: the names under which their actors were met.
    """
    ids = sorted(set(readings))
    reading, article, document, reader = (
        schema.readings.c, schema.articles.c, schema.documents.c, schema.readers.c,
    )  # fmt: skip
    columns: list[Any] = [
        reading.id, reading.report_id, reading.title, reading.publisher, reading.agency, reading.url, reading.published,
        document.key, article.number, article.known, reader.version, func.length(reading.text).label("length"),
    ]  # fmt: skip
    if words:
        columns += [reading.text, reading.report]
    stmt = (
        select(*columns)
        .select_from(schema.readings)
        .join(schema.articles, article.id == reading.article_id)
        .join(schema.documents, document.id == article.document_id)
        .join(schema.readers, reader.id == reading.reader_id)
        .where(reading.id.in_(ids))
    )
    rows = connection.execute(stmt).all()
    actors, places = _actors(connection, ids), _places(connection, ids)
    met = _names(connection, actors) if names else {}
    return {row.id: _story(row, actors[row.id], places[row.id], met, words) for row in rows}


def document_id(key: str) -> str:
    """A short id of a piece of news, the same in every record; it tells nothing of the address that it is made of."""
    return hashlib.sha256(f"document\n{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _story(
    row: Row[Any],
    actors: Sequence[Being],
    places: Sequence[Spot],
    met: Mapping[str, tuple[str, ...]],
    words: bool,
) -> Story:
    return Story(
        report=row.report_id,
        reading=row.id,
        document=document_id(row.key),
        version=row.number,
        known=row.known,
        title=row.title,
        publisher=row.publisher,
        agency=row.agency,
        url=row.url,
        published=row.published,
        length=row.length,
        reader=row.version,
        actors=tuple(actors),
        places=tuple(places),
        words=_words(row.report, row.text) if words else None,
        names={actor.key: met[actor.key] for actor in actors if actor.key in met},
    )


def _actors(connection: Connection, readings: Sequence[int]) -> Mapping[int, list[Being]]:
    table = schema.actors
    found: dict[int, list[Being]] = defaultdict(list)
    stmt = select(table).where(table.c.reading_id.in_(readings)).order_by(table.c.reading_id, table.c.idx)
    for row in connection.execute(stmt):
        sectors = tuple(json.loads(row.sectors)) if row.sectors else ()
        being = Being(
            row.name, row.key, row.country, row.kind, sectors, row.role, row.affiliation, row.mentions, row.name
        )
        found[row.reading_id].append(being)
    return found


def _places(connection: Connection, readings: Sequence[int]) -> Mapping[int, list[Spot]]:
    table = schema.places
    found: dict[int, list[Spot]] = defaultdict(list)
    stmt = select(table).where(table.c.reading_id.in_(readings)).order_by(table.c.reading_id, table.c.idx)
    for row in connection.execute(stmt):
        spot = Spot(row.name, row.key, row.country, row.kind, row.admin1, row.lat, row.lon, row.geonames_id, row.name)
        found[row.reading_id].append(spot)
    return found


def _names(connection: Connection, actors: Mapping[int, Sequence[Being]]) -> dict[str, tuple[str, ...]]:
    table = schema.actor_names
    people = {being.key for beings in actors.values() for being in beings if being.kind in ("person", "organization")}
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in connection.execute(select(table).where(table.c.key.in_(sorted(people))).order_by(table.c.folded)):
        found[row.key] += (row.folded,)
    return found


def _words(packed: bytes, text: str) -> Words:
    report = json.loads(zlib.decompress(packed))

    def spans(values: Iterable[Sequence[int]]) -> tuple[Span, ...]:
        return tuple((start, end) for start, end in values)

    return Words(
        text=text,
        sentences=spans(report["sentences"]),
        actors=tuple(spans(actor["mentions"]) for actor in report["actors"]),
        places=tuple(spans(place["mentions"]) for place in report["places"]),
        quoted={item["id"]: spans(item["quoted"]) for item in report["statements"]},
        content={item["id"]: spans(item["content"]) for item in report["statements"]},
        language=report.get("language", "en"),
    )
