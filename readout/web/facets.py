"""What a list can be narrowed by: the values of its fields with their counts, each a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from readout.record.counted import FIELDS
from readout.record.kinds import FACETS, HAS
from readout.web.asked import Asked
from readout.web.site import Site
from readout.web.wording import QUADS, STATUS_SIGNS, state, words

#: The fields that a page counts by unasked, in their order; the others are counted when they are asked for.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "events": ("type", "status", "actor", "recipient", "country", "place", "publisher", "date"),
    "statements": ("source", "sourcing", "kind", "country", "publisher", "date"),
    "figures": ("measure", "kind", "source", "place", "publisher", "date"),
    "reports": ("publisher", "agency", "published"),
}
TITLES: Mapping[str, str] = {
    "type": "what is done",
    "mode": "how",
    "act": "the act below",
    "status": "whether it happened",
    "actor": "who",
    "recipient": "to whom",
    "source": "on whose word",
    "country": "state",
    "place": "where",
    "publisher": "printed by",
    "date": "year",
    "published": "year of the report",
    "context": "about",
    "quad": "class",
    "news": "brought as new",
    "review": "people's review",
    "kind": "kind",
    "sourcing": "sourcing",
    "measure": "what happened to them",
    "channel": "channel",
    "unit": "unit",
    "bound": "bound",
    "agency": "agency",
}
_SPEAKING = {"actor": "who speaks", "source": "who speaks"}
_FEW, _MANY = 8, 200
#: Fields of which the lack of a value can be asked for.
_NONE = ("measure", "sourcing", "review")
#: Above so many answers, what is not counted by an index alone is counted when it is asked for.
LARGE = 15_000
#: Columns of events that one index has together.
_TOGETHER = ("type", "status", "publisher")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field: how it is shown, its count, and the addresses with it, without it, and back; None where there is none."""

    name: str
    number: int
    more: str | None
    less: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with its commonest values; `all` leads to all of them, None where these are all."""

    field: str
    title: str
    values: tuple[Value, ...]
    all: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that holds, in words, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Panel:
    """All that a list can be narrowed by; `others` are fields that are counted when they are asked for."""

    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    others: tuple[tuple[str, str], ...]


#: Counts answers by a field, so many values at most.
Count = Callable[[str, int], Mapping[str, int]]


def panel_of(
    site: Site,
    asked: Asked,
    total: int | None,
    count: Count | None = None,
    *,
    large: int = LARGE,
    numbers: Sequence[int] | None = None,
) -> Panel:
    """The panel of a question.

    Args:
        site: the site.
        asked: the question.
        total: how many answers it has; where these are very many, fewer fields are counted.
        count: what counts them, where they are no claims or reports but groups of these.
        large: of so many answers not all fields are counted unasked.
        numbers: those of the answers, where they are known.
    """
    counting = count or (
        lambda field, limit: site.record.facets(asked.kind, field, asked.filters, as_of=asked.as_of, limit=limit)
    )
    chips = tuple(
        Chip(f"{'not ' * wanted.negated}{name}: {' or '.join(map(words, wanted.values))}", asked.without(name, wanted))
        for name, wanted in asked.filters.items()
    )
    known = FACETS.get(asked.kind, ())
    few = (total or 0) < large
    unasked = [
        field for field in SHOWN.get(asked.kind, ()) if few or asked.all or (count is None and _is_cheap(asked, field))
    ]
    fields = list(dict.fromkeys([*([asked.by] if asked.by in known else []), *unasked]))
    several = [field for field in fields if field != asked.by]
    counted = several and count is None and (few or numbers is not None)
    together = _together(site, asked, several, numbers) if counted else {}
    facets = tuple(
        facet for field in fields if (facet := _facet(site, asked, field, counting, together.get(field))) is not None
    )
    others = tuple((_title(asked, field), asked.link(by=field)) for field in known if field not in fields)
    return Panel(chips, facets, others)


def _title(asked: Asked, field: str) -> str:
    return _SPEAKING.get(field, TITLES[field]) if asked.kind == "statements" else TITLES[field]


def _is_cheap(asked: Asked, field: str) -> bool:
    """Whether an index alone counts the answers by a field."""
    if not asked.filters:
        return asked.as_of is None and field in (*FIELDS[asked.kind], "date")
    names = [name for name, _ in asked.filters.items()]
    return asked.kind == "events" and len(names) == 1 and names[0] in _TOGETHER and field in _TOGETHER


def _together(
    site: Site, asked: Asked, fields: list[str], numbers: Sequence[int] | None
) -> Mapping[str, dict[str, int]]:
    key = ("facets", asked.kind, tuple(fields), asked.filters.to_text(), asked.as_of)
    return site.remembered.get(
        key,
        lambda: site.record.facets_of(
            asked.kind, fields, asked.filters, as_of=asked.as_of, limit=_FEW + 1, numbers=numbers
        ),
    )


def _facet(site: Site, asked: Asked, field: str, count: Count, counted: Mapping[str, int] | None) -> Facet | None:
    limit = _MANY if asked.by == field else _FEW
    key = ("facet", asked.path, asked.kind, field, asked.filters.to_text(), asked.as_of, asked.least, limit)
    counts = counted if counted is not None else site.remembered.get(key, lambda: count(field, limit + 1))
    if not counts or set(counts) == {""}:
        return None
    values = tuple(_value(asked, field, name, number) for name, number in list(counts.items())[:limit])
    return Facet(field, _title(asked, field), values, asked.link(by=field) if len(counts) > limit else None)


def _value(asked: Asked, field: str, value: str, number: int) -> Value:
    chosen = any(value in item.values and not item.negated for item in getattr(asked.filters, field, ()))
    shown = words(value) if value else "none"
    if field == "status":
        shown = f"{STATUS_SIGNS.get(value, '')} {shown}".strip()
    elif field == "country":
        shown = state(value)
    elif field == "quad":
        shown = QUADS.get(int(value), value) if value.isdecimal() else shown
    if (not value and field not in _NONE) or field not in HAS[asked.kind] or chosen:
        return Value(shown, number, None, None, chosen)
    asks = value or "none"
    return Value(shown, number, asked.with_(**{field: asks}), asked.with_(**{f"not_{field}": asks}), chosen)
