"""Families of copies, and who began each."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readout.across.copies.editions import edition_of
from readout.across.copies.houses import cited_by, house_of, same_house
from readout.across.facts import Link, ReportFacts, in_order
from readout.clean.opening import agency_name


@dataclass(frozen=True, slots=True)
class Origin:
    """Who began a family: the house (agency, paper, station), None where nobody is named; the number of the report that came
    first; why."""

    house: str | None
    report: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that are made from each other's words, by their numbers, in order. `id` stays the same while the first report does."""

    id: str
    reports: tuple[int, ...]
    origin: Origin


def families(reports: Iterable[ReportFacts], links: Iterable[Link]) -> tuple[Family, ...]:
    """The families of copies among some reports, each report in exactly one; one without copies is a family by itself.

    Args:
        reports: in any order.
        links: from `find_copies`; those with a report that is not among `reports` are left out.
    """
    known = {report.id: report for report in reports}
    parent = {number: number for number in known}
    for link in links:
        if link.first in parent and link.second in parent:
            one, other = _root(parent, link.first), _root(parent, link.second)
            parent[max(one, other)] = min(one, other)
    members: dict[int, list[ReportFacts]] = defaultdict(list)
    for number, report in known.items():
        members[_root(parent, number)].append(report)
    return tuple(sorted((_family(found) for found in members.values()), key=lambda family: family.reports))


def _root(parent: dict[int, int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _family(members: Sequence[ReportFacts]) -> Family:
    ordered = sorted(members, key=order_of)
    number = hashlib.sha256(ordered[0].report_id.encode("utf-8")).hexdigest()[:16]
    return Family(number, tuple(report.id for report in ordered), _origin(ordered))


def order_of(report: ReportFacts) -> tuple[str, str, int, tuple[str, str, str, int]]:
    """What was first: known first, then published first, then marked as the earlier version, then by the reports' ids."""
    return report.known, report.published or report.known[:10], edition_of(report).rank, in_order(report)


def _origin(ordered: Sequence[ReportFacts]) -> Origin:
    """The agency that most of those who name one name; else one of the printers whom another cites; else who printed first."""
    first = ordered[0]
    agencies = Counter(name for report in ordered if (name := _agency(report)))
    if agencies:
        name, count = min(agencies.items(), key=lambda item: (-item[1], item[0]))
        return Origin(name, first.id, (f"{count} of {len(ordered)} name the agency {name}",))
    printed = dict.fromkeys(report.publisher for report in ordered if report.publisher)
    cited = [name for report in ordered for name in cited_by(report)]
    for name in printed:
        if any(same_house(name, other) for other in cited):
            return Origin(name, first.id, (f"another of its printers cites {name}",))
    if first.publisher:
        return Origin(house_of(first), first.id, (f"{first.publisher} printed it first",))
    return Origin(None, first.id, ("nobody is named as its writer",))


def _agency(report: ReportFacts) -> str | None:
    house = house_of(report)
    return house if house and (report.agency or agency_name(house)) else None
