"""Which claims are compared at all: those of one act that share a day and something that tells happenings apart."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from readout.across.incidents.rare_words import Rarity
from readout.across.incidents.telling import Told, is_point

#: Claims of a block up to which all are compared with each other; in a larger one each is compared with so many after it in order.
_BLOCK, _NEXT = 40, 12
#: Days before its report that a claim without a date may be of.
_BACK = 3
#: Words by which a sentence is found on its day, and those by two of which it is found on any.
_WORDS, _PAIRED = 8, 4
#: Sentences of an account that are looked at.
_SENTENCES = 4
#: Days of a date that are named each; a longer date is found by its month, one longer than a month by its year.
_NAMED = 8


def candidates(told: Sequence[Told], rarity: Rarity) -> Iterator[tuple[int, int]]:
    """Pairs of claims of different reports that may be of one happening, as places in the list, each once and in order.

    The number of pairs grows with the number of claims and no faster: a block is split where it is large.
    """
    numbers: dict[tuple[str, ...], int] = {}
    blocks: list[list[int]] = []
    keys: list[list[int]] = []
    for index, item in enumerate(told):
        mine = [numbers.setdefault(key, len(numbers)) for key in sorted(_keys(item, rarity))]
        blocks.extend([] for _ in range(len(numbers) - len(blocks)))
        for number in mine:
            blocks[number].append(index)
        keys.append(mine)
    places = _split(told, blocks)
    for index, mine in enumerate(keys):
        near: set[int] = set()
        for number in mine:
            near.update(_near(index, blocks[number], places.get(number)))
        yield from ((index, other) for other in sorted(near) if told[other].report != told[index].report)


def _split(told: Sequence[Told], blocks: Sequence[list[int]]) -> dict[int, dict[int, int]]:
    """Puts large blocks in the order in which likely the same stand next to each other, and says where each claim of them stands."""
    places: dict[int, dict[int, int]] = {}
    for number, members in enumerate(blocks):
        if len(members) > _BLOCK:
            members.sort(key=lambda index: _order(told[index]))
            places[number] = {index: place for place, index in enumerate(members)}
    return places


def _near(index: int, members: Sequence[int], places: dict[int, int] | None) -> Iterator[int]:
    """The claims of a block with which one is compared and that come after it in the list."""
    if places is not None:
        place = places[index]
        members = members[max(0, place - _NEXT) : place + _NEXT + 1]
    return (other for other in members if other > index)


def _order(item: Told) -> tuple[object, ...]:
    """Likely the same stand next to each other: by place, toll, parties, and the rarest words."""
    weights = item.sentences[0].weights
    return (
        sorted(place.key for place in item.places if is_point(place)),
        [(toll.measure, toll.best) for toll in item.tolls],
        sorted(party.key for party in (*item.actors, *item.recipients)),
        heapq.nsmallest(3, weights, key=lambda word: (-weights[word], word)),
        item.identity,
    )


def _keys(item: Told, rarity: Rarity) -> set[tuple[str, ...]]:
    days, anchors = _when(item), _anchors(item, rarity)
    found: set[tuple[str, ...]] = {(item.family, item.reality, day, anchor) for day in days for anchor in anchors}
    # What is told again long after is found by its toll, where that is large enough to say something.
    for toll in item.tolls:
        if toll.best >= 10:
            others = [anchor for anchor in anchors if not anchor.startswith("toll:")]
            found |= {(item.family, item.reality, f"{toll.measure}:{toll.best:g}", anchor) for anchor in others}
    # What is told again and again in the same words is found by its rarest words, two at a time, whenever it was.
    for words in item.sentences[:_SENTENCES]:
        rarest = sorted(_rarest(words.weights, rarity, _PAIRED))
        found |= {(item.family, item.reality, one, other) for one, other in combinations(rarest, 2)}
    # What was years ago is told whenever it matters: it is found by its year.
    known = [anchor for anchor in anchors if anchor.startswith(("word:", "where:"))]
    found |= {(item.family, item.reality, f"year:{year}", anchor) for year in _years(item) for anchor in known}
    # A day is found by its month, too, as one may name only that.
    if item.precision in ("day", "days") and item.start is not None and item.end is not None:
        where = [anchor for anchor in anchors if anchor.startswith(("where:", "who:"))]
        months = range(item.start // 31, item.end // 31 + 1)
        found |= {(item.family, item.reality, f"31:{month}", anchor) for month in months for anchor in where}
    return found


def _years(item: Told) -> set[int]:
    """The years before that of its report of which a claim may be."""
    if item.start is None or item.end is None or item.day is None:
        return set(item.said_years)
    year = dt.date.fromordinal(item.end).year
    return {year} if year < dt.date.fromordinal(item.day).year else set()


def _rarest(weights: Mapping[str, float], rarity: Rarity, most: int) -> list[str]:
    """The rarest words of a sentence that more than one report has."""
    known = (word for word in weights if rarity.counts.get(word, 0) > 1)
    return heapq.nsmallest(most, known, key=lambda word: (-weights[word], word))


def _when(item: Told) -> list[str]:
    if item.start is not None and item.end is not None:
        if item.end - item.start < _NAMED:
            return [f"day:{day}" for day in range(item.start, item.end + 1)]
        wide = 31 if item.precision == "month" else 366
        return [f"{wide}:{part}" for part in range(item.start // wide, item.end // wide + 1)][:3]
    if item.day is None:
        return ["never"]
    return [f"day:{day}" for day in range(item.day - _BACK, item.day + 1)]


def _anchors(item: Told, rarity: Rarity) -> set[str]:
    found = {f"who:{party.key}" for party in (*item.actors, *item.recipients) if party.key}
    found |= {f"where:{place.key}" for place in item.places}
    found |= {f"cell:{cell}" for place in item.places if is_point(place) for cell in _cells(place.lat, place.lon)}
    found |= {f"toll:{toll.measure}:{toll.best:g}" for toll in item.tolls if toll.best >= 2}
    words = (word for said in item.sentences[:_SENTENCES] for word in _rarest(said.weights, rarity, _WORDS))
    return found | {f"word:{word}" for word in words}


def _cells(lat: float | None, lon: float | None) -> list[str]:
    """Two grids of about 30 km, one half a cell off the other, so that what is near shares a cell of one of them."""
    if lat is None or lon is None:
        return []
    size = 0.3
    return [
        f"{n}:{int((lat + 90 + off) / size)}:{int((lon + 180 + off) / size)}" for n, off in enumerate((0.0, size / 2))
    ]
