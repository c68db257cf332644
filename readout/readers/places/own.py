"""A gazetteer that a user adds: the towns and villages of a GeoNames dump, in one SQLite file that `readout import` made.

meta(key, value)     format, digest (of the content: the same dump gives the same one, whatever its order), counts
towns(id, name, country, admin1, lat, lon, population)      id is GeoNames'; country alpha-2
names(key, id, own)  folded names; `own` is 0 for a name that is not the place's main one
regions(country, code, name)                                first-level regions
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from readout.errors import UsageError

FORMAT = "gazetteer/1"


@dataclass(frozen=True, slots=True)
class Row:
    """A town under a name; `region` is the name of its first-level region where the dump had it."""

    id: int
    name: str
    country: str
    admin1: str
    region: str | None
    lat: float
    lon: float
    population: int
    own: int  # 1 where it is the place's main name


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """An open gazetteer file, read only."""

    digest: str
    _database: sqlite3.Connection = field(repr=False, compare=False)

    def named(self, key: str) -> tuple[Row, ...]:
        """The towns under a folded name, by their ids."""
        rows = self._database.execute(
            "SELECT t.id, t.name, t.country, t.admin1, r.name, t.lat, t.lon, t.population, MAX(n.own) FROM names n"
            " JOIN towns t ON t.id = n.id LEFT JOIN regions r ON r.country = t.country AND r.code = t.admin1"
            " WHERE n.key = ? GROUP BY t.id ORDER BY t.id",
            (key,),
        )
        return tuple(Row(*row) for row in rows)


@cache
def open_gazetteer(path: Path) -> Gazetteer:
    """Opens a gazetteer file, once a process; it must not change while it is in use.

    Raises:
        UsageError: it is not there, or `readout import geonames` did not write it.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        meta = dict(database.execute("SELECT key, value FROM meta"))
    except sqlite3.Error as error:
        raise UsageError(f"{path}: not a gazetteer: {error} (`readout import geonames` makes one)") from error
    if meta.get("format") != FORMAT:
        raise UsageError(f"{path}: a gazetteer of format {meta.get('format')!r}, not of {FORMAT!r}")
    return Gazetteer(str(meta["digest"]), database)
