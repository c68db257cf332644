"""A map of places, drawn by the server: points where a place is one, squares with a dash where only an area is known."""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from readout import knowledge
from readout.errors import UsageError
from readout.record.tallies import PlaceTally
from readout.web.wording import POINTS, clean, words

_LEAST = 6.0  # degrees: a map shows so many at least, or one town would fill it with nothing around it
_LATITUDE = 4  # where it stands in a line of the gazetteer
_SHAPE = 2.6  # times as wide as high
_COLUMNS = 240  # squares of the ground
_EDGE = 0.12  # the share of its size that is left free around the outermost places


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that is shown, in degrees: x is the longitude, y the latitude with its sign turned."""

    left: float
    top: float
    width: float
    height: float


def view_of(places: Sequence[PlaceTally]) -> View:
    """The part of the world that holds all places, in the shape that a page has room for."""
    xs, ys = [place.lon or 0.0 for place in places], [-(place.lat or 0.0) for place in places]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    height = max(_LEAST, high * (1 + 2 * _EDGE), wide * (1 + 2 * _EDGE) / _SHAPE)
    width = min(height * _SHAPE, 360.0)
    height = min(max(width / _SHAPE, high), 180.0)
    left = min(max((min(xs) + max(xs)) / 2 - width / 2, -180.0), 180.0 - width)
    top = min(max((min(ys) + max(ys)) / 2 - height / 2, -90.0), 90.0 - height)
    return View(round(left, 2), round(top, 2), round(width, 2), round(height, 2))


def map_svg(places: Sequence[PlaceTally], link: Callable[[PlaceTally], str | None]) -> Markup:
    """The map; nothing where no place has coordinates."""
    known = [place for place in places if place.lat is not None and place.lon is not None]
    if not known:
        return Markup("")
    view, most = view_of(known), max(place.number for place in known)
    unit = view.height / 100
    # What has more events lies below, so that the smaller stays in reach.
    parts = [_shape(place, link(place), unit, most) for place in known]
    box = f"{view.left} {view.top} {view.width} {view.height}"
    land = Markup(
        '<image href="/map/land.svg?box={}" x="{}" y="{}" width="{}" height="{}" preserveAspectRatio="none"/>'
    ).format(box.replace(" ", ","), view.left, view.top, view.width, view.height)
    return Markup(
        '<svg class="map" viewBox="{}" role="group" aria-label="Map of the places below">{}{}{}</svg>'
    ).format(box, land, _graticule(view, unit), Markup("").join(parts))


def _shape(place: PlaceTally, link: str | None, unit: float, most: int) -> Markup:
    assert place.lat is not None
    assert place.lon is not None
    size = unit * (1.0 + 3.6 * (place.number / most) ** 0.5)
    x, y = place.lon, -place.lat
    point = place.kind in POINTS
    said = f"{clean(place.name)}: {place.number:,}{'' if point else f' (somewhere in this {words(place.kind)})'}"
    if point:
        shape = Markup('<circle class="point" cx="{:.3f}" cy="{:.3f}" r="{:.3f}" stroke-width="{:.3f}"/>').format(
            x, y, size, unit * 0.3
        )
    else:
        shape = Markup(
            '<rect class="area" x="{:.3f}" y="{:.3f}" width="{:.3f}" height="{:.3f}" stroke-width="{:.3f}"'
            ' stroke-dasharray="{:.3f} {:.3f}"/>'
        ).format(x - size, y - size, 2 * size, 2 * size, unit * 0.35, unit * 0.9, unit * 0.6)
    body = Markup("<title>{}</title>{}").format(said, shape)
    return Markup('<a href="{}" tabindex="-1">{}</a>').format(link, body) if link else Markup("<g>{}</g>").format(body)


def _graticule(view: View, unit: float) -> Markup:
    step = next(step for step in (1, 2, 5, 10, 30, 60) if view.width / step <= 12 or step == 60)
    lines = [f"M{lon} {view.top}v{view.height}" for lon in range(-180, 181, step)]
    lines += [f"M{view.left} {lat}h{view.width}" for lat in range(-90, 91, step)]
    return Markup('<path class="grid" d="{}" stroke-width="{:.3f}"/>').format("".join(lines), unit * 0.15)


@lru_cache(maxsize=128)
def land_svg(view: View) -> bytes:
    """Where people live in a part of the world, as squares with a town of the gazetteer in them: the ground of a map."""
    step = max(view.width, view.height) / _COLUMNS
    towns = _towns()
    xs, ys = (towns[:, 1] - view.left) / step, (-towns[:, 0] - view.top) / step
    inside = (xs >= 0) & (xs < view.width / step) & (ys >= 0) & (ys < view.height / step)
    rows: dict[int, set[int]] = {}
    for x, y in zip(xs[inside].astype(int).tolist(), ys[inside].astype(int).tolist(), strict=True):
        rows.setdefault(y, set()).add(x)
    path = "".join(f"M{x} {y}h{many}v1h-{many}z" for y in sorted(rows) for x, many in _runs(sorted(rows[y])))
    box = f"0 0 {view.width / step:.3f} {view.height / step:.3f}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="none">'
        f'<path fill="#8a8f98" fill-opacity="0.35" d="{path}"/></svg>'
    )
    return svg.encode()


def view_named(text: str) -> View:
    """A part of the world as an address has it: left, top, width and height in degrees.

    Raises:
        UsageError: it is none.
    """
    try:
        left, top, width, height = (float(part) for part in text.split(","))
    except ValueError:
        left = top = width = height = math.nan
    if not (-180 <= left < 180 and -90 <= top < 90 and 0.1 <= width <= 360 and 0.1 <= height <= 180):
        raise UsageError(f"{text!r} is no part of the world: write left,top,width,height in degrees")
    return View(left, top, width, height)


@cache
def _towns() -> Any:
    """Latitudes and longitudes of all towns of the gazetteer, a row each."""
    found = []
    with gzip.open(Path(knowledge.__file__).parent / "places" / "cities.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) > _LATITUDE + 1:  # others are further names of a town of another line
                found.append((float(fields[_LATITUDE]), float(fields[_LATITUDE + 1])))
    return np.array(found, dtype=np.float32)


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Columns that lie side by side, as the first and how many."""
    start, many = columns[0], 0
    for column in columns:
        if column != start + many:
            yield start, many
            start, many = column, 0
        many += 1
    yield start, many
