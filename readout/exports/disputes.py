"""Contested territories for a person: what each side holds of those that a report names, side by side and unjudged."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from readout.readers.places.contested import party_name
from readout.readers.places.gazetteer import DEMONYM, find_senses
from readout.readers.places.names import fold_name
from readout.types import Administration, Claim, Place, Report


def dispute_lines(report: Report) -> Iterator[Text]:
    """One line a territory, in order of first mention: its places in the report, the claims, who governs it in fact.

    A territory of which the report has but an adjective ("a Taiwanese firm") is left out: that names whose, not where.
    """
    by_territory: dict[str, list[Place]] = {}
    for place in report.places:
        if place.territory is not None and _is_named(report, place):
            by_territory.setdefault(place.territory, []).append(place)
    for territory, places in by_territory.items():
        text = Text(territory, style="bold")
        within = list(dict.fromkeys(place.name for place in places if place.name != territory))
        text.append(f" ({', '.join(within)})" if within else "")
        said = [_claim(claim) for claim in places[0].claims]
        if places[0].administered_by:
            said.append(f"governed in fact by {', '.join(map(_governing, places[0].administered_by))}")
        yield text.append(f": {'; '.join(said)}", style="dim")


def _is_named(report: Report, place: Place) -> bool:
    for span in place.mentions:
        written = " ".join(report.slice(span).split())
        known = [sense for sense in find_senses(fold_name(written), written) if sense.entry.known]
        if not known or any(sense.use != DEMONYM for sense in known):
            return True
    return False


def _claim(claim: Claim) -> str:
    when = f" ({_when(claim)})" if claim.until else ""
    return f"{party_name(claim.by)} {claim.says}{when}"


def _governing(item: Administration) -> str:
    details = ", ".join(part for part in ("in part" if item.part else "", _when(item)) if part)
    return f"{party_name(item.by)} ({details})" if details else party_name(item.by)


def _when(item: Claim | Administration) -> str:
    if item.since and item.until:
        return f"{item.since} to {item.until}"
    return f"since {item.since}" if item.since else f"until {item.until}" if item.until else ""
