"""Filters as conditions on rows: what can be looked up by an index, and what has to be seen row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, false, func, not_, or_, select
from sqlalchemy.sql.elements import False_

from readout.errors import UsageError
from readout.record import schema
from readout.record.filters import Filters, Wanted
from readout.record.kinds import HAS
from readout.record.moments import AsOf
from readout.record.vocabulary import ANY, NONE, bounds
from readout.record.whom import actor_keys, place_keys, publisher_names
from readout.record.words import word_set
from readout.types import ActorKind

#: What can be asked for, with the table that it is in; the others are gathered from several rows.
TABLES: dict[str, Table] = {**schema.CLAIMS, "reports": schema.readings}

#: On which sides of a claim each filter looks.
_SIDES: dict[str, dict[str, tuple[str, ...]]] = {
    "events": {"actor": ("actor",), "recipient": ("recipient",), "source": ("source",)},
    "statements": {"actor": ("speaker",), "recipient": ("addressee",), "source": ("speaker",)},
    "figures": {"source": ("source",)},
}
_KINDS = {
    "statements": ("direct", "indirect", "mixed"), "figures": ("count", "ordinal", "share", "money", "quantity"),
    "actors": get_args(ActorKind),
}  # fmt: skip

#: A select of the numbers of rows.
Numbers = Any


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A filter whose rows an index finds.

    Attributes:
        ids: a select of their numbers; one may come more than once.
        holds: the same of a row that is at hand.
        equal: where it is one value of a column, that; rows with it lie in order in an index.
        dear: `holds` costs ten times what others do.
    """

    ids: Numbers
    holds: ColumnElement[bool]
    equal: ColumnElement[bool] | None = None
    dear: bool = False


@dataclass(slots=True)
class Asked:
    """A question: the rows of a table for which everything in it holds."""

    kind: str
    table: Table
    when: AsOf
    found: list[Found] = field(default_factory=list)
    rest: list[ColumnElement[bool]] = field(default_factory=list)
    ranges: dict[str, Found] = field(default_factory=dict)  # by column
    nothing: bool = False  # no row can answer: a name is nobody's
    with_rejected: bool = False  # they are asked for

    @property
    def lives(self) -> tuple[int, ...]:
        """The values of `live` that may answer; what was rejected is put aside."""
        return (*self.when.lives, schema.HIDDEN) if self.with_rejected else self.when.lives

    @property
    def standing(self) -> ColumnElement[bool]:
        """Whether a row may answer at all, as far as it says so itself; one that was rejected, if its report does."""
        table, lives = self.table.c, self.when.lives
        if not self.with_rejected:
            return table.live == lives[0] if len(lives) == 1 else table.live.in_(lives)
        reading = schema.readings.c
        there = table.reading_id.in_(select(reading.id).where(reading.live.in_(lives)))
        return and_(table.live.in_(self.lives), or_(table.live.in_(lives), and_(table.review == "rejected", there)))


def understand(connection: Connection, kind: str, filters: Filters, when: AsOf) -> Asked:
    """What filters mean for claims or reports.

    Raises:
        UsageError: the kind has no such filter.
    """
    check_filters(kind, filters)
    asked = Asked(kind, TABLES[kind], when)
    asked.rest += when.conditions(asked.table)
    asked.with_rejected = kind in schema.CLAIMS and any(
        not item.negated and {"rejected", ANY} & set(item.values) for item in filters.review
    )
    if kind in schema.CLAIMS and all(item.negated for item in filters.review):
        asked.rest.insert(0, func.coalesce(asked.table.c.review, "") != "rejected")
    for name, wanted in filters.items():
        if name in ("date", "published"):
            _interval(asked, name, wanted)
        elif name != "text":
            _take(asked, wanted, _MEANING[name](connection, asked, name, wanted))
    # All words that have to stand there are looked up together: the database has their rows at hand in order.
    for some in (
        *([item] for item in filters.text if item.negated),
        [item for item in filters.text if not item.negated],
    ):
        if some:
            words = word_set(connection, asked.table, some)
            _take(asked, some[0], Found(words.ids, words.holds, dear=True))
    return asked


def check_filters(kind: str, filters: Filters) -> None:
    """Sees that a kind of thing has all filters that are asked for.

    Raises:
        UsageError: it lacks one, or has another list of kinds.
    """
    if kind not in HAS:
        raise UsageError(f"there are no {kind!r} to ask for: there are {', '.join(HAS)}")
    for name, wanted in filters.items():
        if name not in HAS[kind]:
            raise UsageError(f"{kind} have no {name!r}: they have {', '.join(HAS[kind])}")
        allowed = _KINDS.get(kind)
        if name == "kind" and allowed and (other := [value for value in wanted.values if value not in allowed]):
            raise UsageError(f"kind: there are no {other[0]!r} {kind}: they are {', '.join(allowed)}")


def _take(asked: Asked, wanted: Wanted, meaning: Found | ColumnElement[bool]) -> None:
    if isinstance(meaning, Found):
        if wanted.negated:
            asked.rest.append(not_(meaning.holds))
        else:
            asked.found.append(meaning)
    else:
        asked.nothing |= isinstance(meaning, False_) and not wanted.negated
        asked.rest.append(not_(meaning) if wanted.negated else meaning)


def _interval(asked: Asked, name: str, wanted: Wanted) -> None:
    column = asked.table.c["published" if name == "published" or asked.kind == "reports" else "day"]
    parts = []
    for value in wanted.values:
        first, last = bounds(name, value)
        ends = ([column >= first] if first else []) + ([column <= last] if last else [])
        parts.append(and_(*ends))
    holds = or_(*parts) if len(parts) > 1 else parts[0]
    if wanted.negated:
        asked.rest.append(or_(column.is_(None), not_(holds)))
        return
    if column.name in asked.ranges:
        holds = and_(asked.ranges[column.name].holds, holds)
    asked.ranges[column.name] = Found(_ids_where(asked, holds), holds)


def _ids_where(asked: Asked, *conditions: ColumnElement[bool]) -> Numbers:
    return select(asked.table.c.id).where(asked.standing, *conditions)


def _column(name: str, number: Callable[[str], object] = str) -> Any:
    """A filter on a column; "none" is the lack of a value."""

    def meaning(_: Connection, asked: Asked, __: str, wanted: Wanted) -> Found | ColumnElement[bool]:
        column = asked.table.c[name]
        named = [number(value) for value in wanted.values if value not in (NONE, ANY)]
        holds = column.in_(named) if len(named) != 1 else column == named[0]
        parts = [holds] if named else []
        parts += [column.is_(None)] if NONE in wanted.values else []
        parts += [column.is_not(None)] if ANY in wanted.values else []
        # A value that is not there equals no value: neither does it differ from any, by SQL's reckoning.
        whole = parts[0] if len(parts) == 1 else or_(*parts)
        if wanted.negated and not column.nullable:
            return whole
        if wanted.negated:
            return func.coalesce(whole, false())
        if NONE in wanted.values or name not in _INDEXED[asked.kind]:
            return whole
        equal = holds if len(named) == 1 and len(parts) == 1 else None
        return Found(_ids_where(asked, whole), whole, equal)

    return meaning


_INDEXED = {
    "events": ("type", "mode", "status", "publisher", "review"),
    "statements": ("publisher", "review"),
    "figures": ("measure", "publisher", "review"),
    "reports": ("publisher",),
}


def _act(_: Connection, asked: Asked, __: str, wanted: Wanted) -> Found:
    parts, table = [], asked.table
    for value in wanted.values:
        kind, _slash, mode = value.partition("/")
        # An act without a mode is not one of which nothing is known: `not` has to find it.
        own = [table.c.act_type == kind, *([func.coalesce(table.c.act_mode, "") == mode] if mode else [])]
        parts.append(and_(*own))
    holds = or_(*parts)
    return Found(_ids_where(asked, table.c.act_type.in_([v.partition("/")[0] for v in wanted.values]), holds), holds)


def _yes(_: Connection, asked: Asked, name: str, wanted: Wanted) -> ColumnElement[bool]:
    return asked.table.c[name].in_([value == "yes" for value in wanted.values])


def _confidence(_: Connection, asked: Asked, __: str, wanted: Wanted) -> Found:
    holds = asked.table.c.confidence >= float(wanted.values[0])
    return Found(_ids_where(asked, holds), holds)


def _context(_: Connection, asked: Asked, __: str, wanted: Wanted) -> ColumnElement[bool]:
    listed = func.coalesce(asked.table.c.contexts, "")
    return or_(*(listed.contains(f'"{value}"', autoescape=True) for value in wanted.values))


def _publisher(connection: Connection, asked: Asked, name: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    written = publisher_names(connection, wanted.values)
    if not written:
        return false()
    found: Found | ColumnElement[bool] = _column(name)(connection, asked, name, Wanted(tuple(written), wanted.negated))
    return found


def _measure(connection: Connection, asked: Asked, name: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    if asked.kind == "figures":
        figures: Found | ColumnElement[bool] = _column(name)(connection, asked, name, wanted)
        return figures
    link, figure, own = schema.event_figures.c, schema.figures.c, asked.table.c.id
    measured = [figure.measure.in_(wanted.values), figure.live.in_(asked.when.lives)]
    # One within the other: the database would else begin with all figures of the measure, for each event.
    sized = exists(
        select(1).where(link.event_id == own, exists(select(1).where(figure.id == link.figure_id, *measured)))
    )
    if NONE in wanted.values:
        return or_(sized, not_(exists(select(1).where(link.event_id == own))))
    return Found(select(link.event_id).join(schema.figures, figure.id == link.figure_id).where(*measured), sized)


def _party(connection: Connection, asked: Asked, name: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    keys = actor_keys(connection, wanted.values)
    if not keys:
        return false()
    if asked.kind == "reports":
        return _within(asked, schema.actors, keys)
    return _sides(asked, schema.parties.c.key.in_(keys), _SIDES[asked.kind][name])


def _sides(asked: Asked, condition: ColumnElement[bool], sides: tuple[str, ...]) -> Found:
    party, own = schema.parties.c, asked.table.c.id
    one = party.side == sides[0] if len(sides) == 1 else party.side.in_(sides)
    ids = select(party.claim_id).where(condition, party.claim == asked.kind, one)
    return Found(ids, exists(select(1).where(party.claim == asked.kind, party.claim_id == own, one, condition)))


def _within(asked: Asked, table: Table, keys: list[str]) -> Found:
    """Reports that name one of some actors or places."""
    named = [table.c.key.in_(keys), table.c.live.in_(asked.when.lives)]
    holds = exists(select(1).where(table.c.reading_id == asked.table.c.id, *named))
    return Found(select(table.c.reading_id).where(*named), holds)


def _place(connection: Connection, asked: Asked, _: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    keys = place_keys(connection, wanted.values)
    if not keys:
        return false()
    if asked.kind == "reports":
        return _within(asked, schema.places, keys)
    place = schema.claim_places.c
    named = [place.key.in_(keys), place.claim == asked.kind]
    holds = exists(select(1).where(place.claim_id == asked.table.c.id, *named))
    return Found(select(place.claim_id).where(*named), holds)


def _country(_: Connection, asked: Asked, __: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    own = asked.table.c.id
    if asked.kind == "reports":
        tables = (schema.actors, schema.places)
        return or_(*(exists(select(1).where(t.c.reading_id == own, t.c.country.in_(wanted.values))) for t in tables))
    ids, holds = [], []
    for table in (schema.parties, schema.claim_places):
        there = [table.c.country.in_(wanted.values), table.c.claim == asked.kind]
        ids.append(select(table.c.claim_id).where(*there))
        holds.append(exists(select(1).where(table.c.claim_id == own, *there)))
    return Found(ids[0].union_all(ids[1]), or_(*holds))


def _attribution(connection: Connection, asked: Asked, _: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    names = [value for value in wanted.values if value not in (ANY, NONE)]
    sides = _SIDES[asked.kind]["source"]
    party = schema.parties.c
    of = [party.claim == asked.kind, party.claim_id == asked.table.c.id, party.side.in_(sides)]
    said = exists(select(1).where(*of))
    parts: list[ColumnElement[bool]] = []
    if names:
        named = _party(connection, asked, "source", Wanted(tuple(names)))
        if len(names) == len(wanted.values):
            return named
        parts.append(named.holds if isinstance(named, Found) else named)
    parts += [said] if ANY in wanted.values else []
    parts += [not_(said)] if NONE in wanted.values else []
    return or_(*parts)


def _report(connection: Connection, asked: Asked, _: str, wanted: Wanted) -> Found | ColumnElement[bool]:
    numbers = [number for value in wanted.values for number in readings_named(connection, value)]
    column = asked.table.c.id if asked.kind == "reports" else asked.table.c.reading_id
    holds = column.in_(numbers)
    return Found(_ids_where(asked, holds), holds) if numbers else false()


def readings_named(connection: Connection, report: str) -> list[int]:
    """The readings of a report, by its whole id or by how it begins."""
    table = schema.readings
    named = [table.c.report_id == report]
    if connection.dialect.name == "sqlite":  # LIKE would look at every id
        named.append(and_(table.c.report_id >= report, table.c.report_id < report + "\U0010ffff"))
    else:
        named.append(table.c.report_id.startswith(report, autoescape=True))
    for condition in named:
        if found := list(connection.execute(select(table.c.id).where(condition).order_by(table.c.id)).scalars()):
            return found
    return []


_MEANING: dict[str, Callable[[Connection, Asked, str, Wanted], Found | ColumnElement[bool]]] = {
    "actor": _party,
    "recipient": _party,
    "source": _party,
    "country": _country,
    "type": _column("type"),
    "mode": _column("mode"),
    "act": _act,
    "status": _column("status"),
    "place": _place,
    "publisher": _publisher,
    "attribution": _attribution,
    "news": _yes,
    "kind": _column("kind"),
    "sourcing": _column("sourcing"),
    "measure": _measure,
    "quad": _column("quad", int),
    "context": _context,
    "confidence": _confidence,
    "report": _report,
    "review": _column("review"),
}
