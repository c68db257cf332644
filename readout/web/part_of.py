"""What a report, a claim or an actor is part of: stories, incidents, ledgers and negotiations, for the links on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from readout.across.linking import LINKED
from readout.record.filters import Filters
from readout.record.groups import GroupRow
from readout.record.together import parts_of_claims, parts_of_readings
from readout.web.asked import Asked
from readout.web.site import Site

_FEW = 5
#: What an actor takes part in: a title, the kind, what the filter chooses, and the filter.
_SIDES = (
    ("Incidents in which it acts", "incident", "events", "actor"),
    ("Incidents in which it is acted on", "incident", "events", "recipient"),
    ("Stories that name it", "story", "reports", "actor"),
    ("Tolls that it counted", "ledger", "figures", "source"),
)
#: The lists of groups of each kind.
PATHS: Mapping[str, str] = {kind.name: kind.plural for kind in LINKED}


@dataclass(frozen=True, slots=True)
class PartOf:
    """What a report is part of: stories and negotiations, and for each of its claims ("events/12") its incidents and ledgers."""

    whole: tuple[GroupRow, ...] = ()
    claims: Mapping[str, tuple[GroupRow, ...]] | None = None

    def of(self, claim: str) -> tuple[GroupRow, ...]:
        """What a claim is part of."""
        return (self.claims or {}).get(claim, ())


@dataclass(frozen=True, slots=True)
class Taking:
    """The groups that an actor takes part in, in one way: those of most reports, and the address of all, None where these are all."""

    title: str
    path: str
    groups: tuple[GroupRow, ...]
    all: str | None


def of_report(site: Site, reading: int) -> PartOf:
    """What a report is part of, with others; by the number of its reading."""
    claims: dict[str, tuple[GroupRow, ...]] = {}
    whole: list[GroupRow] = []
    for part in parts_of_readings(site.record, [reading]):
        if part.claim is None:
            whole.append(part.group)
        else:
            claims[part.claim] = (*claims.get(part.claim, ()), part.group)
    return PartOf(tuple(whole), claims)


def of_claim(site: Site, kind: str, number: int, reading: int) -> tuple[GroupRow, ...]:
    """What a claim is part of, alone or with others: its incident and ledger, and the story of its report."""
    own = parts_of_claims(site.record, kind, [number]) if kind != "statements" else ()
    stories = parts_of_readings(site.record, [reading], kind="story")
    return tuple(part.group for part in (*own, *stories))


def of_actor(site: Site, key: str) -> tuple[Taking, ...]:
    """What an actor takes part in, of what several reports tell."""
    found = []
    for title, kind, of, name in _SIDES:
        filters = Filters.of(**{name: key})
        page = site.record.group_page(kind, filters, least=2, of=of, limit=_FEW)
        if page.items:
            link = Asked(of, f"/{PATHS[kind]}", filters).link() if page.next else None
            found.append(Taking(title, PATHS[kind], page.items, link))
    return tuple(found)
