"""What shows across reports, as the description of the API has it: the types that are in one, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from readout.across.copies.sourcing import Source
from readout.across.incidents.aggregating import RULES, Aggregated
from readout.across.incidents.finding import Incident
from readout.across.ledger.making import Ledger
from readout.across.negotiations.types import Track
from readout.across.source_classes import CLASSES
from readout.across.stories.finding import Story
from readout.exports.members import StoryReport

REF = "#/components/schemas/{model}"
_TEXT: dict[str, Any] = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Whole:
    """How a group is described as a whole.

    Attributes:
        of: what the filters of its list choose.
        about: what is in it.
        models: its type, and those of what stands beside its fields.
        beside: the schemas of these, by name.
        asked: what more can be asked of one: a name, what it says, a schema.
    """

    of: str
    about: str
    models: tuple[type, ...]
    beside: Mapping[str, Any]
    asked: tuple[tuple[str, str, Any], ...] = ()


_AS_OF = {"as_of": {"type": ["string", "null"], "description": "the day that was asked for"}}


def _many(model: type, about: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": REF.format(model=model.__name__)}, "description": about}


#: What shows across reports, by the name of its list.
WHOLE: dict[str, Whole] = {
    "stories": Whole(
        "reports",
        "its members, its independent sources and its reports in the order in which they became known",
        (Story, Source, StoryReport),
        {
            "sources": _many(Source, "independent sources"),
            "titled": {"type": "integer", "description": "the number of the report whose words its title is in"},
            "reports": _many(StoryReport, "its reports, in the order in which they became known"),
            **_AS_OF,
        },
    ),
    "incidents": Whole(
        "events",
        "its claims, where they differ, and what it comes to by a rule",
        (Incident, Aggregated),
        {"aggregated": {"$ref": REF.format(model="Aggregated")}, **_AS_OF},
        (
            ("rule", "how one value is made of those that reports differ in", {"type": "string", "enum": list(RULES)}),
            ("prefer", f"for by_source_class: classes of sources, most believed first, of {', '.join(CLASSES)}", None),
        ),
    ),
    "ledgers": Whole("figures", "its numbers, each source's over time, and what changed or differs", (Ledger,), _AS_OF),
    "negotiations": Whole(
        "reports",
        "its parties, rounds, states, positions, proposals, agreements and what is next",
        (Track, Source),
        {
            "houses": _many(Source, "independent sources"),
            "ids": {
                "type": "object",
                "description": "ids of its reports by their numbers",
                "additionalProperties": _TEXT,
            },
            **_AS_OF,
        },
    ),
}
