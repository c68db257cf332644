"""Statements are those of the model: schemas with their properties, ids that are entities' and statements'."""

from __future__ import annotations

import hashlib
import json
import re

#: Facts of the model (FollowTheMoney 4): of each schema that is written, the properties that are.
PROPERTIES = {
    "Person": {"name", "position", "country"},
    "PublicBody": {"name", "country"},
    "Organization": {"name", "country"},
    "Company": {"name", "country"},
    "Article": {"name", "title", "publisher", "sourceUrl", "publishedAt"},
    "Documentation": {"document", "entity", "role", "date", "status", "recordId"},
    "Event": {
        "name", "startDate", "endDate", "date", "country", "location", "organizer", "involved", "namesMentioned", "keywords", "summary",
        "recordId", "sourceUrl", "publisher", "proof",
    },
}  # fmt: skip
KEYS = [
    "canonical_id", "entity_id", "prop", "schema", "value", "dataset", "lang", "original_value", "first_seen", "last_seen", "external",
    "origin", "id",
]  # fmt: skip
LINKS = {"document", "entity", "organizer", "involved", "proof"}


def test_statements_are_those_of_the_model(written):
    found = [json.loads(line) for line in written("followthemoney", everything=True)[0].decode().splitlines()]
    entities = {row["entity_id"]: row["schema"] for row in found}
    for row in found:
        assert list(row) == KEYS
        assert row["prop"] in PROPERTIES[row["schema"]] | {"id"}
        assert isinstance(row["value"], str)
        assert row["value"]
        assert entities[row["entity_id"]] == row["schema"], "an entity has one schema"
        key = f"{row['dataset']}.{row['entity_id']}.{row['prop']}.{row['value']}"
        assert row["id"] == hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.\-]*", row["entity_id"])
        if row["prop"] in LINKS:
            assert row["value"] in entities
        if row["prop"] == "country":
            assert re.fullmatch("[a-z]{2}", row["value"])
    assert set(entities.values()) >= {"Event", "Article", "Documentation"}
    assert sum(schema == "Event" for schema in entities.values()) == len(
        {r["entity_id"] for r in found if r["schema"] == "Event"}
    )


def test_an_actor_without_a_name_is_no_entity(written):
    found = [json.loads(line) for line in written("followthemoney", "type:ASSAULT")[0].decode().splitlines()]
    names = {row["value"] for row in found if row["prop"] == "name" and row["schema"] not in ("Event", "Article")}
    assert "suicide bomber" not in {name.casefold() for name in names}
    assert any(row["prop"] == "namesMentioned" and "bomber" in row["value"] for row in found)
