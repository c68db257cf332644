"""How many independent sources some reports have: by who wrote them and whom they cite, and not by how often they were printed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from readout.across.copies.families import Family, families
from readout.across.copies.houses import cited_by, house_key, medium
from readout.across.facts import Link, ReportFacts, in_order


@dataclass(frozen=True, slots=True)
class Source:
    """One independent source: the house, the reports that rest on it, and why they count as one."""

    house: str
    reports: tuple[int, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sourcing:
    """How many independent sources some reports have: `sources`. `circles` are houses that cite each other in a ring, each ring one
    source. `voices` are those outside the media on whose word the reports stand, by key and name, with how many reports quote each."""

    reports: int
    sources: tuple[Source, ...]
    circles: tuple[tuple[str, ...], ...]
    voices: tuple[tuple[str, str, int], ...]

    @property
    def independent(self) -> int:
        """The number of independent sources."""
        return len(self.sources)


#: A medium without a name, or its report: nobody who could be asked.
_SOME_MEDIUM = re.compile(
    r"^unnamed:.*\b(?:reports?|media|papers?|newspapers?|dail(?:y|ies)|radio|television|tv|(?:news|press) agenc(?:y|ies)|agency)$"
)


@dataclass(slots=True)
class _Houses:
    """The houses behind some families, folded: how each is written, whom it cites, and whether it has something of its own."""

    names: dict[str, str] = field(default_factory=dict)
    cites: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    own: set[str] = field(default_factory=set)

    def house(self, name: str) -> str:
        key = house_key(name)
        self.names.setdefault(key, name)
        return key

    def reached(self, house: str) -> set[str]:
        """The houses whose word a house passes on, at first or further hand, itself among them where they cite it back."""
        found: set[str] = set()
        pending = sorted(self.cites[house])
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(self.cites[name])
        return found

    def roots(self, cited: Iterable[str]) -> set[str]:
        """Where the word of some houses comes from: the first on each way that has something of its own or cites nobody; of a ring
        of which none has, the first by name."""
        seen: set[str] = set()
        ends: set[str] = set()
        pending = list(cited)
        while pending:
            name = pending.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.own or not self.cites[name]:
                ends.add(name)
            else:
                pending.extend(self.cites[name])
        return ends or {min(seen)}

    def rings(self) -> set[tuple[str, ...]]:
        """Houses that cite each other, directly or through others."""
        reached = {house: self.reached(house) for house in sorted(self.cites)}
        rings = {
            tuple(sorted(other for other in ways if house in reached.get(other, ())))
            for house, ways in reached.items()
            if house in ways
        }
        return {ring for ring in rings if len(ring) > 1}


def independent(reports: Iterable[ReportFacts], links: Iterable[Link]) -> Sourcing:
    """How many independent sources some reports have.

    A family of copies is its origin's. Several reports of one house are one source. A report that stands on another medium's word, as its
    first two sentences say, is that medium's, followed on through the reports given. Houses that cite each other in a ring, and of which
    none has anything of its own, are one source together. A family of which nobody is named as the writer is a source by itself:
    there may be fewer, and its reason says so.

    Args:
        reports: in any order; the same reports give the same answer.
        links: from `find_copies`; those with other reports are left out.
    """
    known = {report.id: report for report in reports}
    found = families(known.values(), links)
    houses = _Houses()
    wrote: dict[str, str] = {}
    rests: dict[str, tuple[str, ...]] = {}
    for family in found:
        wrote[family.id] = house = houses.house(_writer(family, known))
        rests[family.id] = tuple(
            name for name in map(houses.house, cited_by(known[family.reports[0]])) if name != house
        )
        houses.cites[house].update(rests[family.id])
        if not rests[family.id]:
            houses.own.add(house)
    why: dict[str, dict[int, str]] = defaultdict(dict)
    for family in found:
        for root in sorted(houses.roots(rests[family.id]) if rests[family.id] else {wrote[family.id]}):
            reason = _reason(family, wrote[family.id], root, rests[family.id], houses)
            why[root].update(dict.fromkeys(family.reports, reason))
    sources = [
        Source(
            houses.names[root], tuple(sorted(found)), tuple(dict.fromkeys(found[number] for number in sorted(found)))
        )
        for root, found in sorted(why.items())
    ]
    circles = tuple(tuple(houses.names[house] for house in ring) for ring in sorted(houses.rings()))
    return Sourcing(len(known), tuple(sources), circles, _voices(known.values()))


def _writer(family: Family, known: Mapping[int, ReportFacts]) -> str:
    return family.origin.house or f"unnamed ({known[family.origin.report].report_id})"


def _reason(family: Family, house: str, root: str, rests: tuple[str, ...], houses: _Houses) -> str:
    name = houses.names[house]
    if family.origin.house is None:
        name = "nobody who is named"
    if not rests:
        printed = f", printed {len(family.reports)} times" if len(family.reports) > 1 else ""
        unsure = "; it may be another's" if family.origin.house is None else ""
        return f"by {name}{printed}{unsure}"
    said = f"{name} cites {', '.join(houses.names[one] for one in rests)}"
    return said if root in rests else f"{said}, which passes on {houses.names[root]}"


def _voices(reports: Iterable[ReportFacts]) -> tuple[tuple[str, str, int], ...]:
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for report in sorted(reports, key=in_order):
        speakers = [statement.speaker for statement in report.statements if statement.speaker is not None]
        said = [who for event in report.events for who in event.sources] + speakers
        quoted = {
            who.key: who.name for who in said if who.key and medium(who) is None and not _SOME_MEDIUM.search(who.key)
        }
        counts.update(quoted.keys())
        for key, name in quoted.items():
            names.setdefault(key, name)
    return tuple(
        (key, names[key], count) for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
