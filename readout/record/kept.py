"""What is counted beside the record: the tables of the counts, and what each count is of.

`tallies` has how many there are of a value; `shares` how many of these fall on each part (of an actor's reports on each kind that it is
said to be of); `daily` how many more there came to be on each day on which something became known, or fewer: all up to a day is how many
there were then. What is counted now is what is live; what is counted by days is what stands, whether something newer took its place or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from readout.record.schema import HIDDEN, LIVE

metadata = MetaData()
more = MetaData()  # what a later migration makes


def _counts(name: str, metadata: MetaData, *parts: str) -> Table:
    keys = (Column(part, Text, primary_key=True) for part in ("of", "value", *parts))
    number = Column("number", Integer, nullable=False)
    found = Table(name, metadata, *keys, number, sqlite_with_rowid=False)
    Index(f"{name}_none", found.c.of, sqlite_where=number == 0, postgresql_where=number == 0)
    return found


tallies = _counts("tallies", metadata)
Index("tallies_order", tallies.c.of, tallies.c.number.desc(), tallies.c.value)
shares = _counts("shares", more, "part")
Index("shares_order", shares.c.of, shares.c.part, shares.c.number.desc(), shares.c.value)
daily = _counts("daily", more, "day")
_FEWER = daily.c.number < 0
Index("daily_fewer", daily.c.of, daily.c.value, sqlite_where=_FEWER, postgresql_where=_FEWER)

#: By which columns each table is counted, beside all of it.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "events": ("type", "mode", "status", "publisher", "day", "published"),
    "statements": ("kind", "sourcing", "publisher", "day", "published"),
    "figures": ("kind", "measure", "publisher", "day", "published"),
    "reports": ("publisher", "agency", "published"),
}
#: Where actors and places are named by claims: what the count is of, the claims, the table that names them, and the side.
NAMED = (
    ("actors.acts", "events", "parties", "actor"),
    ("actors.acted", "events", "parties", "recipient"),
    ("actors.speaks", "statements", "parties", "speaker"),
    ("places.events", "events", "claim_places", None),
    ("places.figures", "figures", "claim_places", None),
)
#: Which fields of claims and reports are counted by days, too.
_BY_DAYS = ("day", "published")


@dataclass(frozen=True, slots=True)
class Counted:
    """A count, in SQL.

    Attributes:
        table: in which table it is kept.
        of: what it is of.
        value, part: of a row that is counted the value, and what it falls on; of `daily` that is the day.
        number: what is summed up.
        rows: the rows that are counted, FROM and WHERE.
        reading: their readings' number, in SQL.
        fewer: it counts what leaves.
    """

    table: str
    of: str
    value: str
    number: str
    rows: str
    reading: str = "c.reading_id"
    part: str | None = None
    fewer: bool = False

    def statement(self, sign: str, *, whole: bool) -> str:
        """What writes the count: of everything, or of some readings, given as `:readings`."""
        rows = self.rows if whole else f"{_by_reading(self.rows)} AND {self.reading} IN :readings"
        sign = {"": "-", "-": ""}[sign] if self.fewer else sign
        columns = {"tallies": ("value",), "shares": ("value", "part"), "daily": ("value", "day")}[self.table]
        selected = ", ".join(filter(None, (self.value, self.part)))
        groups = ", ".join(str(n) for n in range(2, len(columns) + 2))
        return (
            f"INSERT INTO {self.table} (of, {', '.join(columns)}, number)"
            f" SELECT '{self.of}', {selected}, {sign}{self.number} {rows} GROUP BY {groups}"
            f" ON CONFLICT (of, {', '.join(columns)}) DO UPDATE SET number = {self.table}.number + excluded.number"
        )

    def found(self) -> str:
        """What selects value, part and number of everything."""
        by = "1, 2" if self.part else "1"
        return f"SELECT {self.value}, {self.part or 'NULL'}, {'-' * self.fewer}{self.number} {self.rows} GROUP BY {by}"

    def of_some(self) -> str:
        """What selects value, part and number of some readings, given as `:readings`; of `daily` without its days."""
        part = self.part if self.table == "shares" else None
        rows = f"{_by_reading(self.rows)} AND {self.reading} IN :readings GROUP BY {'1, 2' if part else '1'}"
        return f"SELECT {self.value}, {part or 'NULL'}, {self.number} {rows}"


def _by_reading(rows: str) -> str:
    """The same rows, looked up by their readings: for the sake of `live` SQLite would go through all that is live."""
    return rows.replace("c.live", "+c.live")


@cache
def counts() -> tuple[Counted, ...]:
    """Every count that is kept."""
    now = [*_claims(f"c.live = {LIVE}"), *_named_in_reports(f"c.live = {LIVE}"), *_named_by_claims(f"c.live = {LIVE}")]
    stands = f"c.live <> {HIDDEN}"
    then = [*_claims(stands), *_named_in_reports(stands), *_named_by_claims(stands)]
    return (*now, *_shared(), *(found for item in then if _is_by_days(item.of) for found in _by_days(item)))


@cache
def counted(of: str, *, by_days: bool = False) -> Counted:
    """The count that is of something, as it is now, or by days."""
    return next(item for item in counts() if item.of == of and (item.table == "daily") == by_days)


def _claims(stands: str) -> Iterator[Counted]:
    for kind, fields in FIELDS.items():
        table = "readings" if kind == "reports" else kind
        reading = "c.id" if kind == "reports" else "c.reading_id"
        rows = f"FROM {table} c WHERE {stands}" + ("" if kind == "reports" else _NOT_REJECTED)
        yield Counted("tallies", kind, "''", "count(*)", rows, reading)
        for field in fields:
            yield Counted("tallies", f"{kind}.{field}", f"coalesce(c.{field}, '')", "count(*)", rows, reading)


_NOT_REJECTED = " AND coalesce(c.review, '') <> 'rejected'"


def _named_in_reports(stands: str) -> Iterator[Counted]:
    for kind in ("actors", "places"):
        rows = f"FROM {kind} c WHERE {stands}"
        yield Counted("tallies", f"{kind}.reports", "c.key", "count(DISTINCT c.reading_id)", rows)


def _named_by_claims(stands: str) -> Iterator[Counted]:
    for of, claims, names, side in NAMED:
        on = f"p.claim = '{claims}' AND p.claim_id = c.id" + (f" AND p.side = '{side}'" if side else "")
        # A cross join is made in the order in which it is written: SQLite would begin with all names, for the claims of a few readings.
        rows = f"FROM {claims} c CROSS JOIN {names} p WHERE {on} AND {stands}{_NOT_REJECTED} AND p.key <> ''"
        for what in (of, f"{of.partition('.')[0]}.claims"):
            yield Counted("tallies", what, "p.key", "count(*)", rows)


def _shared() -> Iterator[Counted]:
    """What of actors and places falls on kinds, states and names."""
    for kind in ("actors", "places"):
        rows = f"FROM {kind} c WHERE c.live = {LIVE}"
        stated = f"{rows} AND c.country IS NOT NULL"
        for name, part, among in (
            ("kind", "c.kind", rows),
            ("country", "c.country", stated),
            ("both", "c.kind || '/' || c.country", stated),
        ):
            number = "count(DISTINCT c.reading_id)"
            yield Counted("shares", f"{kind}.{name}", "c.key", number, among, part=part)
        yield Counted("shares", f"{kind}.name", "c.key", "count(*)", rows, part="c.name")


def _is_by_days(of: str) -> bool:
    kind, _, what = of.partition(".")
    return what != "claims" if kind in ("actors", "places") else not what or what in _BY_DAYS


def _by_days(item: Counted) -> Iterator[Counted]:
    """The same by the days on which readings enter and leave."""
    head, _, where = item.rows.partition(" WHERE ")
    rows = f"{head} CROSS JOIN spans s WHERE s.reading_id = {item.reading} AND {where}"
    for column, fewer in (("enters", False), ("leaves", True)):
        among = f"{rows} AND s.leaves IS NOT NULL" if fewer else rows
        day = f"substr(s.{column}, 1, 10)"
        yield Counted("daily", item.of, item.value, item.number, among, item.reading, day, fewer)
