"""FollowTheMoney: persons, bodies, events and articles as statements, a property of an entity a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from readout.exports.asked import Asked, events
from readout.exports.codes import two_letters
from readout.exports.formats import parts
from readout.exports.formats.fields import Export, Field
from readout.exports.stories import Being, Story
from readout.exports.told import Told

_DATASET = "readout"
#: Schemas by kind of actor; those of other kinds have no name of their own and are no entities.
_SCHEMAS = {
    "person": "Person", "government": "PublicBody", "country": "PublicBody", "organization": "Organization",
    "armed_group": "Organization",
    "party": "Organization", "igo": "Organization", "ngo": "Organization", "company": "Company", "media": "Organization",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One property of an entity, with one value."""

    entity: str
    schema: str
    prop: str
    value: str
    seen: str
    origin: str

    @property
    def id(self) -> str:
        """The id that FollowTheMoney gives it."""
        key = f"{_DATASET}.{self.entity}.{self.prop}.{self.value}"
        return hashlib.sha1(key.encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()


def _id(kind: str, key: str) -> str:
    return f"{_DATASET}-{kind}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def _actor_id(being: Being) -> str | None:
    """The entity of an actor; who is not known by a name ("the army" of no state), or only within one report, has none."""
    if (
        being.kind not in _SCHEMAS
        or not being.key
        or being.key.startswith(("unnamed:", "redacted:"))
        or being.name.islower()
    ):
        return None
    return _id("actor", f"{_SCHEMAS[being.kind]} {being.key}")


def _rows(asked: Asked) -> Iterator[Statement]:
    story: str | None = None
    said: set[str] = set()
    for item in events(asked):
        if item.claim.report != story:
            story, said = item.claim.report, set()
        for statement in _statements(item):
            if statement.value and statement.id not in said:
                said.add(statement.id)
                yield statement


def _statements(item: Told) -> Iterator[Statement]:
    article = _id("article", item.story.report)
    event = f"{_DATASET}-event-{item.id.replace('_', '-')}"  # an id of an entity has no underscore
    yield from _entity(article, "Article", item.story, _article(item.story))
    for being in (*item.actors, *item.recipients, *item.sources):
        if (entity := _actor_id(being)) is not None:
            yield from _entity(entity, _SCHEMAS[being.kind], item.story, _being(being))
    yield from _entity(event, "Event", item.story, _event(item, article))
    about = [("document", article), ("entity", event), ("role", "tells of it"), ("date", item.claim.published),
             ("status", item.claim.status), ("recordId", f"revision {item.revision}")]  # fmt: skip
    yield from _entity(_id("documentation", f"{article} {event}"), "Documentation", item.story, about)


def _entity(entity: str, schema: str, story: Story, values: list[tuple[str, str | None]]) -> Iterator[Statement]:
    # The statement "id" says that there is the entity; its value stands for all its others.
    filled = [(prop, value) for prop, value in values if value]
    mark = hashlib.sha1(repr(filled).encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()
    for prop, value in (("id", mark), *filled):
        yield Statement(entity, schema, prop, value, story.known, story.report)


def _article(story: Story) -> list[tuple[str, str | None]]:
    return [
        ("name", story.title or f"report {story.report}"), ("title", story.title), ("publisher", story.publisher or story.agency),
        ("sourceUrl", story.url), ("publishedAt", story.published), ("contentHash", None),
    ]  # fmt: skip


def _being(being: Being) -> list[tuple[str, str | None]]:
    country = two_letters(being.country) or None
    if being.kind == "person":
        return [("name", being.name), ("position", being.role), ("country", country)]
    return [("name", being.name), ("country", country)]


def _event(item: Told, article: str) -> list[tuple[str, str | None]]:
    claim = item.claim
    what = f"{claim.type} {claim.mode}" if claim.mode else claim.type
    who = ", ".join(b.name for b in item.actors if b.name)
    whom = ", ".join(b.name for b in item.recipients if b.name)
    sides = " → ".join(part for part in (who, whom) if part)
    states = parts.unique((*(p.country for p in item.places), *parts.countries((*item.actors, *item.recipients))))
    involved = parts.unique(_actor_id(b) for b in (*item.actors, *item.recipients))
    nameless = [b.name for b in (*item.actors, *item.recipients) if b.name and _actor_id(b) is None]
    return [
        ("name", f"{what}: {sides}" if sides else what),
        ("startDate", claim.start), ("endDate", claim.end), ("date", claim.day),
        *(("country", two_letters(state)) for state in states),
        *(("location", place.name) for place in item.places),
        *(("organizer", found) for found in parts.unique(_actor_id(b) for b in item.actors)),
        *(("involved", found) for found in involved),
        *(("namesMentioned", name) for name in dict.fromkeys(nameless)),
        *(("keywords", word) for word in parts.unique((claim.type, claim.mode, claim.status, *claim.contexts))),
        ("summary", claim.quote or None), ("recordId", item.id), ("sourceUrl", item.story.url), ("publisher",
         item.story.publisher or item.story.agency),
        ("proof", article),
    ]  # fmt: skip


def _same(name: str) -> Any:
    return lambda statement: getattr(statement, name)


_FIELDS: tuple[Field, ...] = (
    Field("canonical_id", "text", "the entity; no two are merged here", "as entity_id", _same("entity")),
    Field("entity_id", "text", "the same in every record: of an actor its schema and key, of an event its id, of an article the report",
              "key, id, report", _same("entity")),
    Field("prop", "text", "the property; id says that there is the entity", "what it is made from", _same("prop")),
    Field("schema", "text", "Person, PublicBody, Organization, Company, Event, Article, Documentation",
              "kind of the actor", _same("schema")),
    Field("value", "text", "its value", "name, role, country, date, place, sentence, …", _same("value")),
    Field("dataset", "text", "readout", "always", lambda _: _DATASET),
    Field("lang", "text", "empty", "always", lambda _: None),
    Field("original_value", "text", "empty: values are as they were read", "always", lambda _: None),
    Field("first_seen", "text", "when the report became known, ISO", "known", _same("seen")),
    Field("last_seen", "text", "the same", "known", _same("seen")),
    Field("external", "yes", "false", "always", lambda _: False),
    Field("origin", "text", "the report", "report", _same("origin")),
    Field("id", "text", "of the statement, as FollowTheMoney makes it", "dataset, entity, property, value", _same("id")),
)  # fmt: skip

EXPORT = Export(
    name="followthemoney",
    about="FollowTheMoney statements as JSON lines: Person, PublicBody, Organization, Company, Event, Article, Documentation.",
    row="a property of an entity",
    kind="events",
    layouts=("jsonl", "csv"),
    extension="jsonl",
    fields=_FIELDS,
    rows=_rows,
    loses=(
        "Who does what to whom becomes organizer (who acts) and involved (all of them): the model has no recipient.",
        "Actors without a name (a gunman, residents) are no entities: they stand in namesMentioned.",
        "People of one name whom the registry does not know are one entity; merge and part them where you work with them.",
        "A statement stands once for each report that makes it, with one id; tools that gather statements by their id take them as one.",
        "Figures, attribution, confidence and the parts of a date that are not known are lost; status is a keyword,"
        " and stands in Documentation.",
        "--limit counts lines only after the events that they are of.",
    ),
)
