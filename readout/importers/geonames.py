"""A GeoNames dump (allCountries, a country's file, cities500 …) to one compact gazetteer of every town and village.

Read line by line; sorting is left to SQLite, so that memory stays small whatever the dump's size. Columns: see the
readme of https://download.geonames.org/export/dump/ (CC BY 4.0). Feature class P is kept, but for places that are no
more; ADM1 lines name the first-level regions.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from readout.importers.lines import Line, LineProblem, numbered_lines
from readout.readers.places.names import fold_name
from readout.readers.places.own import FORMAT

_COLUMNS = 19
_LARGE, _MIDDLE = (
    200_000,
    20_000,
)  # so many inhabitants open a table of every language's names, as the built-in one was made
_GONE = frozenset(("PPLCH", "PPLH", "PPLQ", "PPLW"))  # historical, abandoned, destroyed
_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL, population INTEGER);
CREATE TABLE found (key TEXT, id INTEGER, own INTEGER);
CREATE TABLE regions (country TEXT, code TEXT, name TEXT, PRIMARY KEY (country, code)) WITHOUT ROWID;
"""
#: Names are sorted once, at the end: SQLite does it in files where they are too many for memory.
_FINISH = """
CREATE TABLE names (key TEXT, id INTEGER, own INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
INSERT INTO names SELECT key, id, MAX(own) FROM found WHERE id IN (SELECT id FROM towns) GROUP BY key, id ORDER BY key, id;
DROP TABLE found;
"""
_Found = tuple[int, Counter[str], list[LineProblem]]


@dataclass(frozen=True, slots=True)
class _Town:
    """A line of the dump that is a town."""

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    others: str

    def row(self) -> tuple[int, str, str, str, float, float, int]:
        """Its row in the table of towns."""
        return self.id, self.name, self.country, self.admin1, self.lat, self.lon, self.population


def write_gazetteer(target: Path, sources: Sequence[Path], alternates: Path | None) -> _Found:
    """Writes a gazetteer file; the order of sources and of their lines does not change its content.

    Args:
        target: a file that is not there yet.
        sources: dumps, as text or packed.
        alternates: the table of alternate names, of which the English ones and those of no language are taken; without
            it, names that the dump lists for larger towns, in plain letters.

    Returns:
        How many towns were written, what was left out, and the lines that could not be used.
    """
    left_out: Counter[str] = Counter()
    problems: list[LineProblem] = []
    with closing(sqlite3.connect(target)) as database:
        database.executescript(_TABLES)
        database.execute("BEGIN")
        for source in sources:
            for item in _places(source, left_out):
                if isinstance(item, LineProblem):
                    problems.append(item)
                else:
                    _insert(database, item, alternates is None)
        if alternates is not None:
            problems += _add_alternates(database, alternates)
        database.execute("COMMIT")
        database.executescript(_FINISH)
        written = int(database.execute("SELECT COUNT(*) FROM towns").fetchone()[0])
        meta = {"format": FORMAT, "digest": _digest(database), "towns": str(written)}
        database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        database.commit()
        database.execute("VACUUM")
    return written, left_out, problems


def _places(source: Path, left_out: Counter[str]) -> Iterator[_Town | tuple[str, str, str] | LineProblem]:
    """The towns and regions, (country, code, name), of a dump."""
    for line in numbered_lines(source):
        if isinstance(line, LineProblem):
            yield line
            continue
        fields = line.text.split("\t")
        if len(fields) != _COLUMNS:
            yield line.problem(f"{len(fields)} columns, not the {_COLUMNS} of a GeoNames dump")
        elif fields[7] == "ADM1" and fields[8] and fields[10]:
            yield fields[8], fields[10], fields[1]
        elif fields[6] != "P":
            left_out["no town or village"] += 1
        elif fields[7] in _GONE:
            left_out["a place that is no more"] += 1
        else:
            yield _town(line, fields)


def _town(line: Line, fields: list[str]) -> _Town | LineProblem:
    try:
        number, lat, lon, people = int(fields[0]), float(fields[4]), float(fields[5]), int(fields[14] or 0)
    except ValueError:
        return line.problem("its id, its coordinates or its population are no numbers")
    if not (math.isfinite(lat) and math.isfinite(lon)) or abs(lat) > 90 or abs(lon) > 180:
        return line.problem("its coordinates are not on the Earth")
    if not fields[1].strip() or number < 1 or number >> 63 or people < 0 or people >> 63:
        return line.problem("it has no name, or an id or a population that none can have")
    return _Town(number, " ".join(fields[1].split()), fields[8], fields[10], lat, lon, people, fields[3])


def _insert(database: sqlite3.Connection, item: _Town | tuple[str, str, str], listed: bool) -> None:
    """Adds a town with its names, or a region; of two that say something else of one id the greater stays, whatever
    the order."""
    if isinstance(item, tuple):
        database.execute(
            "INSERT INTO regions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = MAX(name, excluded.name)", item
        )
        return
    columns = "name, country, admin1, lat, lon, population"
    database.execute(
        f"INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ({columns}) ="  # noqa: S608 - no input
        " (excluded.name, excluded.country, excluded.admin1, excluded.lat, excluded.lon, excluded.population)"
        " WHERE (excluded.name, excluded.country, excluded.admin1, excluded.lat, excluded.lon, excluded.population)"
        f" > ({columns.replace('name', 'towns.name', 1)})",
        item.row(),
    )
    names = [(fold_name(item.name), item.id, 1)]
    if listed:
        names += [(key, item.id, 0) for key in _listed_names(item)]
    database.executemany("INSERT INTO found VALUES (?, ?, ?)", names)


def _listed_names(town: _Town) -> Iterator[str]:
    """Folded alternate names that English print may use, of a list in every language: for a large town all in plain
    letters, for a middling one those that begin as its own name does, for a small one none."""
    if town.population < _MIDDLE:
        return
    own = fold_name(town.name)
    for name in town.others.split(","):
        if not name.isascii() or len(name) < 4 or not name[:1].isalpha() or name.isupper() or name.count(" ") > 3:
            continue
        key = fold_name(name)
        if key != own and (town.population >= _LARGE or key[:3] == own[:3]):
            yield key


def _add_alternates(database: sqlite3.Connection, path: Path) -> Iterator[LineProblem]:
    for line in numbered_lines(path):
        if isinstance(line, LineProblem):
            yield line
            continue
        fields = line.text.split("\t")
        if len(fields) < 4 or not fields[1].isdigit() or len(fields[1]) > 18:
            yield line.problem("not a line of alternate names: id, GeoNames id, language and name are wanted")
        elif fields[2] in ("", "en") and len(fields[3].strip()) > 1:
            database.execute("INSERT INTO found VALUES (?, ?, 0)", (fold_name(fields[3]), int(fields[1])))


def _digest(database: sqlite3.Connection) -> str:
    """A hash over the content, in the order of ids and names."""
    digest = hashlib.sha256()
    for table, order in (("towns", "id"), ("names", "key, id"), ("regions", "country, code")):
        for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608 - no input
            digest.update(repr(row).encode())
    return digest.hexdigest()[:12]
