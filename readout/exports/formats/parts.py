"""What the formats make of a happening alike: lists of parties, days, the one place that a format has room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readout.exports.asked import Asked, events, happenings
from readout.exports.codes import plover_state, sector_words, state_name
from readout.exports.stories import Being, Spot
from readout.exports.told import Happening, Told, Toll

#: What PLOVER's auxiliary modes say of an event that did not happen, by its status.
AUXILIARY = {
    "planned": "future", "proposed": "future", "requested": "future", "threatened": "future", "refused": "negation",
    "denied": "negation", "not_occurring": "negation", "hypothetical": "hypothetical", "uncertain": "hypothetical",
}  # fmt: skip
#: The types that acts of words have: that they were said has happened, whatever becomes of the act below.
_WORDS = {
    "requested": "REQUEST",
    "refused": "REJECT",
    "threatened": "THREATEN",
    "planned": "AGREE",
    "proposed": "AGREE",
}
#: Kinds of actors that are bodies.
BODIES = frozenset(("government", "organization", "armed_group", "party", "igo", "ngo", "company", "media"))


def claims_alone(asked: Asked) -> Iterator[Told]:
    """Events, one claim a row."""
    yield from events(asked)


def claims_in_words(asked: Asked) -> Iterator[Told]:
    """Events, one claim a row, with the words of their reports."""
    yield from events(asked, words=True)


def happened(asked: Asked) -> Iterator[Happening]:
    """Incidents, or claims where these are asked for."""
    yield from happenings(asked)


def auxiliary(item: Told) -> str | None:
    """PLOVER's auxiliary mode of an event that did not happen; None for one that did, and for an act of words that was made."""
    claim = item.claim
    return None if _WORDS.get(claim.status) == claim.type else AUXILIARY.get(claim.status)


def day_of(item: Told) -> str | None:
    """The day of an event: its first, else that of the report."""
    return item.claim.day


def countries(beings: Iterable[Being]) -> list[str]:
    """The states of some actors, once each."""
    return list(dict.fromkeys(being.country for being in beings if being.country))


def plover_states(beings: Iterable[Being]) -> list[str]:
    """What PLOVER has in the place of their states, once each."""
    return unique(plover_state(being.country, being.kind, being.key, being.affiliation) for being in beings)


def sectors(beings: Iterable[Being]) -> list[str]:
    """The PLOVER sectors of some actors, once each."""
    return list(dict.fromkeys(code for being in beings for code in being.sectors))


def words_of_sectors(beings: Iterable[Being], name: str) -> list[str]:
    """Sectors of some actors as another format has them."""
    return list(dict.fromkeys(word for being in beings for word in sector_words(being.sectors, being.kind, name)))


def force_of(beings: Sequence[Being]) -> str | None:
    """On which side of a fight some actors stand; None where they stand on several or none is known."""
    found = {word for being in beings for word in sector_words(being.sectors, being.kind, "force")[:1]}
    return found.pop() if len(found) == 1 else None


def first(places: Sequence[Spot]) -> Spot | None:
    """The finest of some places, the first of those that are as fine."""
    return places[0] if places else None


def city(place: Spot | None) -> str | None:
    """The town or site."""
    return place.name if place and place.precision == "point" and place.kind != "district" else None


def district(place: Spot | None) -> str | None:
    """The second-level region."""
    return place.name if place and place.kind in ("admin2", "district") else None


def province(place: Spot | None) -> str | None:
    """The first-level region."""
    if place is None:
        return None
    return place.name if place.kind == "admin1" else place.admin1


def country(place: Spot | None) -> str | None:
    """The name of the state where the gazetteer keeps a place."""
    return state_name(place.country) or None if place else None


def further(item: Told) -> tuple[str, ...]:
    """What a format with room for one actor, one recipient and one place leaves out."""
    sides = (("further actors", item.actors), ("further recipients", item.recipients), ("further places", item.places))
    return tuple(name for name, found in sides if len(found) > 1)


def further_places(item: Told) -> tuple[str, ...]:
    """What a format with room for one place leaves out."""
    return ("further places",) if len(item.places) > 1 else ()


def killed(item: Happening) -> Toll | None:
    """The toll of those killed."""
    return item.tolls.get("killed")


def unique(values: Iterable[str | None]) -> list[str]:
    """Values once each, in their order, without those that are nothing."""
    return list(dict.fromkeys(value for value in values if value))
