"""Which of the places of one name is meant: what the words beside it say, what else the article names, how large it is.

After the usual features of toponym resolution (containment, one sense a discourse, context, population; Leidner 2007),
as fixed scores written down here.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from readout.language.document import Document
from readout.readers.places.gazetteer import DEMONYM, Entry, find_senses, is_capital
from readout.readers.places.matching import Candidate
from readout.readers.places.names import fold_name
from readout.readers.places.words import words

_NEAR_KM, _CLEAR, _SURE = 250.0, 0.35, 1.0
#: Words from the adjective of a state to the name of its capital: "the Congolese capital of Brazzaville".
_TO_CAPITAL = 4
_NEAR_DEGREES = 2.3  # of latitude: more than `_NEAR_KM`
#: What a place can be said to lie in, and how far from the middle of an area or island.
_HOLDERS = frozenset({"country", "territory", "admin1", "admin2", "area", "island"})
_WIDE_KM = 450.0
_SIDES = frozenset(
    (
        *(
            "the",
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "north",
            "south",
            "east",
            "west",
            "northeast",
        ),
        *("northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern"),
        *("far", "rural", "upper", "lower", "mid"),
    )
)
#: A town bears the name of its region with this share of its people, or so many.
_SHARE, _TOWN = 8.0, 200_000
_BROAD = frozenset({"country", "territory", "admin1", "admin2", "area", "region", "continent", "island"})


@dataclass(slots=True)
class Context:
    """What the article has named so far: states and regions with their counts, and points on the map."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    points: dict[tuple[str, str, float, float], Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Takes one resolved mention into account."""
        if entry.country:
            self.countries[entry.country] += 1
        if entry.admin1:
            self.regions[entry.country, entry.admin1] += 1
        if entry.kind not in ("country", "continent", "area", "region", "sea"):
            self.points[entry.key] = entry


def resolve(document: Document, found: list[Candidate]) -> list[Entry | None]:
    """The place that each candidate means, or None where nothing decides between two."""
    answers = [_contained(document, found, n) or _of_capital(document, found, n) for n in range(len(found))]
    context = Context()
    if document.dateline:
        for sense in find_senses(fold_name(document.dateline), document.dateline)[:1]:
            context.add(sense.entry)
    by_capital: dict[str, Entry | None] = {}  # adjectives of two states, of which one's capital was named behind it
    unlisted = {found[n].key for n in range(len(found)) if answers[n] is None and holder_of(document, found, n)}
    for n, candidate in enumerate(found):
        if candidate.demonym and answers[n] is not None:
            by_capital.setdefault(candidate.key, answers[n])
        if candidate.key not in unlisted:
            answers[n] = answers[n] or by_capital.get(candidate.key) or _only(candidate)
    for answer in answers:
        if answer is not None:
            context.add(answer)
    _spread(found, answers)
    for margin in (_SURE, _CLEAR):
        for n, candidate in enumerate(found):
            if answers[n] is None and candidate.key not in unlisted:
                answers[n] = _best(candidate, context, margin)
                _take(context, answers[n])
        _spread(found, answers)
    return answers


def _take(context: Context, entry: Entry | None) -> None:
    if entry is not None:
        context.add(entry)


def _only(candidate: Candidate) -> Entry | None:
    entries = [sense.entry for sense in candidate.senses]
    demonym = next((s.entry for s in candidate.senses if s.use == DEMONYM), None)
    if demonym is not None and not any(s.entry.known and s.use != DEMONYM for s in candidate.senses):
        return demonym
    return entries[0] if len(entries) == 1 else None


def _contained(document: Document, found: list[Candidate], n: int) -> Entry | None:
    """ "Paris, Texas", "Athens (Ga.)": the name after it is what it lies in."""
    owner = _of_state(document, found, n)
    inside = [s.entry for s in found[n].senses if owner is not None and s.entry.country == owner.country]
    if inside:
        return max(inside, key=lambda e: (e.kind == "admin1", e.weight))
    if n + 1 >= len(found):
        return None
    this, other = found[n], found[n + 1]
    if other.demonym or not _is_in(document, this, other):
        return None
    modifies = any(document.relations[i] in ("compound", "amod") for i in (other.first, other.last))
    if modifies and other.key.replace(".", "") in ("us", "uk"):
        return None
    state = any(s.entry.kind in ("country", "continent") for s in this.senses)
    for holder in other.senses:
        if state and holder.entry.kind in ("country", "territory"):
            continue
        if holder.entry.kind not in _HOLDERS:
            continue
        inside = [s.entry for s in this.senses if _holds(holder.entry, s.entry)]
        if inside:
            return max(inside, key=lambda e: (e.kind not in _BROAD, e.weight))
    return None


def _of_capital(document: Document, found: list[Candidate], n: int) -> Entry | None:
    """The state of an adjective that two states share, by the capital that is named behind it: "the *Congolese* capital Brazzaville"."""
    senses = [s.entry for s in found[n].senses if s.use == DEMONYM]
    if len(senses) < 2 or n + 1 >= len(found) or document.words[found[n].last + 1] != "capital":
        return None
    behind = found[n + 1]
    if behind.first - found[n].last > _TO_CAPITAL:
        return None
    seats = {s.entry.country for s in behind.senses if is_capital(s.entry)}
    return next((entry for entry in senses if entry.country in seats), None)


def _of_state(document: Document, found: list[Candidate], n: int) -> Entry | None:
    """The state in which a region is told to lie by whose it is: "*Nepal's* Palpa district", "western Nepal's Palpa district"."""
    if not n:
        return None
    owner, between = found[n - 1], document.text[found[n - 1].span[1] : found[n].span[0]].split()
    behind = document.words[found[n].last + 1 : found[n].last + 2]
    region = bool(behind) and behind[0] in words().districts
    if owner.demonym or not region or between not in (["'s"], ["’s"]):
        return None
    return next((s.entry for s in owner.senses if s.entry.kind in ("country", "territory")), None)


def _is_in(document: Document, this: Candidate, other: Candidate) -> bool:
    """Whether the words between two names say that the first lies in the second: "Paris, Texas", "Holm *in northern* Kansas"."""
    between = document.text[this.span[1] : other.span[0]].lower().split()
    if between[:1] == [","]:
        between = between[1:]
        return not between or (between[0] == "in" and _SIDES.issuperset(between[1:])) or _SIDES.issuperset(between)
    return between == ["("] or (between[:1] == ["in"] and _SIDES.issuperset(between[1:]))


def holder_of(document: Document, found: list[Candidate], n: int) -> Entry | None:
    """What a town is said to lie in where the gazetteer has none of its name there: "Holm, Kan.", "Holm in southern England"."""
    owner = _of_state(document, found, n)
    if owner is not None and all(s.entry.country != owner.country for s in found[n].senses):
        return owner
    if n + 1 >= len(found) or any(s.entry.kind in _BROAD or s.entry.known for s in found[n].senses):
        return None
    this, other = found[n], found[n + 1]
    if other.demonym or not _is_in(document, this, other):
        return None
    states = [s.entry for s in other.senses if s.entry.kind == "admin1" and s.entry.known]
    if document.text[this.span[1] : other.span[0]] == ", ":
        return states[0] if states else None
    return next((s.entry for s in other.senses if s.entry.kind in _HOLDERS and s.entry.country is not None), None)


def _holds(holder: Entry, held: Entry) -> bool:
    if holder.key == held.key or holder.country != held.country:
        return False
    if holder.kind in ("country", "territory"):
        return held.kind != "country"
    if holder.kind in ("area", "island"):
        return held.kind not in ("country", "admin1") and _km(holder, held) < _WIDE_KM
    if holder.kind == "admin2":
        return held.kind not in ("admin1", "admin2") and _km(holder, held) < 80
    return (
        held.admin1 is not None
        and held.kind != "admin1"
        and fold_name(held.admin1) == fold_name(holder.admin1 or holder.name)
    )


def _spread(found: list[Candidate], answers: list[Entry | None]) -> None:
    """One sense a discourse: a name means what it meant at its nearest resolved mention before, else after."""
    last: dict[str, Entry] = {}
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        for n in order:
            answer = answers[n]
            if answer is not None:
                last[found[n].key] = answer
            elif found[n].key in last:
                answers[n] = last[found[n].key]
            elif (region := last.get(f"{found[n].key} region")) is not None and not _is_town_too(found[n], region):
                answers[n] = region


def _is_town_too(candidate: Candidate, region: Entry) -> bool:
    """Whether a name that the article gives a region is more likely its town where it stands alone: "Odesa", not "Bihar"."""
    if any(s.entry.known and s.entry.kind == "country" for s in candidate.senses):
        return True  # nor Zaire
    least = _TOWN if region.known else max(region.weight / _SHARE, 1.0)
    return any(
        s.entry.country == region.country and s.entry.kind == "city" and s.entry.weight >= least
        for s in candidate.senses
    )


def _best(candidate: Candidate, context: Context, margin: float) -> Entry | None:
    named = sum(context.countries.values()) or 1
    scored = sorted(
        [(_score(s.entry, context, named), s.entry) for s in candidate.senses], key=lambda pair: (-pair[0], pair[1].key)
    )
    if not scored:
        return None
    top, entry = scored[0]
    for score, other in scored[1:]:
        if top - score >= margin:
            break
        if _km(entry, other) > 50:
            return _whole(candidate) if margin == _CLEAR else None
    return entry


def _whole(candidate: Candidate) -> Entry | None:
    """Of regions of one name on two sides of a border the area that they are parts of: "Punjab", "Kashmir"; None where there is none."""
    areas = [s.entry for s in candidate.senses if s.entry.known and s.entry.kind == "area" and s.entry.country is None]
    return areas[0] if len(areas) == 1 else None


def _score(entry: Entry, context: Context, named: int) -> float:
    """How likely an entry is meant, where states were named so many times in all."""
    score = math.log10(entry.weight + 10)
    if entry.country and context.countries[entry.country]:
        score += 0.5 + 1.7 * context.countries[entry.country] / named
    if entry.admin1 and context.regions[entry.country, entry.admin1]:
        score += 1.5
    if entry.kind not in ("country", "continent") and _is_beside(entry, context):
        score += 1.0
    if entry.kind == "admin2" or (entry.kind == "admin1" and not entry.known):
        score -= 1.5
    return score


def _is_beside(entry: Entry, context: Context) -> bool:
    """Whether another place that was named lies near."""
    lat, key = entry.lat, entry.key
    for point in context.points.values():
        if -_NEAR_DEGREES < point.lat - lat < _NEAR_DEGREES and point.key != key and _km(point, entry) < _NEAR_KM:
            return True
    return False


def _km(one: Entry, other: Entry) -> float:
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    d = math.radians(other.lon - one.lon)
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(d)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))
