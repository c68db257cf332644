"""Negotiations of a period: who talks with whom, how it stands, the last move and the next.

Those that are followed across reports come first; of reports that belong to none of them, what they open with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from readout.across.brief.ground import Ground
from readout.across.brief.labels import labels_of
from readout.across.brief.lexicon import pattern
from readout.across.brief.passages import Passage, day_of, lead_of
from readout.across.brief.plans import Plan, passages_of
from readout.across.brief.shape import Line
from readout.across.brief.weighing import weight_of
from readout.across.facts import Who
from readout.across.negotiations.types import Basis, Role, Track
from readout.types import NegotiationState

#: States that words tell of, each with words without which it is not believed.
_STATES: tuple[NegotiationState, ...] = ("collapsed", "suspended", "stalled", "agreed", "under_way", "proposed")
#: Names that say nothing of who it is.
_NOBODY = re.compile(
    r"(?:the |both |all |two )?(?:sides?|part(?:y|ies)|delegations?|north|south|negotiators?|officials?|military|army|police|"
    r"government|rebels|[^\W\d]*\d\w*)$",
    re.IGNORECASE,
)
#: So many parties at most, as one sentence and as several reports name them.
_PARTIES, _MANY = 4, 6
_LEAST = 2.0
_ACTS = frozenset({"CONSULT", "AGREE", "REJECT", "CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Talks:
    """A negotiation: its name where reports have one, its parties and mediators, how it stands, the passage of its last move, and that of
    the next where one is planned. `reports` is how many reports are of it."""

    parties: tuple[str, ...]
    state: str
    last: Passage
    next: Passage | None = None
    name: str = ""
    mediators: tuple[str, ...] = ()
    reports: int = 1


def talks_of(ground: Ground, plans: Iterable[Plan]) -> list[Talks]:
    """The negotiations of which reports of the period tell.

    Args:
        ground: the reports.
        plans: what is planned, among which the next moves are where negotiations have none of their own.
    """
    followed = list(_followed(ground))
    taken = {number for _, numbers in followed for number in numbers}
    return [*(talks for talks, _ in followed), *_opened_with(ground, plans, taken)]


def _followed(ground: Ground) -> Iterator[tuple[Talks, frozenset[int]]]:
    """The negotiations that are followed across reports and have one in the period, each with the numbers of its reports."""
    inside = {report.id for report in ground.period}
    for track in ground.across.negotiations:
        last = next(
            (
                found
                for basis in _latest_first(track)
                if basis.report in inside and (found := _at(ground, basis, track))
            ),
            None,
        )
        if last is None or len(track.parties) < 2:
            continue  # whoever negotiates with nobody known is no news
        upcoming = track.next if track.next is not None and track.next.end > ground.until else None
        ahead = _at(ground, upcoming.basis, track) if upcoming is not None else None
        yield (
            Talks(
                parties=_names(track.parties, least=2),
                state=(track.state or "").replace("_", " "),
                last=last,
                next=ahead if ahead is None or not ground.same(ahead, last) else None,
                name=track.title if track.named else "",
                mediators=_names(track.mediators, least=1),
                reports=len(track.reports),
            ),
            frozenset(membership.report for membership in track.reports),
        )


def _names(roles: Sequence[Role], least: int) -> tuple[str, ...]:
    """The parties or mediators that several reports name; those that one report alone names only where there are fewer than `least`
    others, and then no more than two."""
    most = [role for role in roles if role.reports > 1 and role.reports > role.also]
    return tuple(role.who.name for role in (most[:_MANY] if len(most) >= least else roles[:2]))


def _latest_first(track: Track) -> list[Basis]:
    """What was told of the course of a negotiation, the latest first."""
    bases = [
        *(change.basis for change in track.states),
        *([track.latest.basis] if track.latest is not None else ()),
        *(stand.basis for stand in track.positions),
        *(proposal.basis for proposal in track.proposals),
        *(basis for agreement in track.agreements for basis in agreement.bases),
        *(basis for sitting in track.rounds for basis in sitting.bases),
    ]
    return sorted(bases, key=lambda basis: (basis.day, basis.report, basis.span), reverse=True)


def _at(ground: Ground, basis: Basis, track: Track) -> Passage | None:
    """The sentence in which something was told, if it can be read without the others; else the first such of its report that speaks of
    talks and names a party of them."""
    passages = list(passages_of(ground.across.reports[basis.report]))
    for passage in passages:
        if passage.span[0] <= basis.span[0] < passage.span[1]:
            return passage
    named = [role.who.name for role in track.parties]
    speaking = (passage for passage in passages if pattern("talks").search(passage.words))
    return next((passage for passage in speaking if any(_is_in(name, passage.words) for name in named)), None)


def _opened_with(ground: Ground, plans: Iterable[Plan], taken: Collection[int]) -> list[Talks]:
    """The negotiations that other reports of the period open with, the last report of each, as they stand by its own words."""
    found: list[Passage] = []
    for report in reversed(ground.period):
        lead = lead_of(report)
        if report.id in taken or lead is None or not pattern("talks").search(lead.words):
            continue
        if (weight_of(lead) or 0.0) < _LEAST:
            continue
        if not any(_one(ground, lead, other) for other in found):
            found.append(lead)
    return [Talks(_parties(lead), _state(lead), lead, _next(ground, lead, plans)) for lead in reversed(found)]


def _one(ground: Ground, one: Passage, other: Passage) -> bool:
    """Whether two passages are of one course of talks: one story, and a party in both."""
    if ground.same(one, other):
        return True
    if ground.stories[one.report.id].id != ground.stories[other.report.id].id:
        return False
    left, right = (set(_parties(passage)) for passage in (one, other))
    return not left or not right or bool(left & right)


def _parties(passage: Passage) -> tuple[str, ...]:
    """Those between whom it is, as far as the words name them."""
    acts = [
        event
        for event in passage.news
        if event.act_type in ("CONSULT", "AGREE") and event.type in _ACTS and event.act_mode != "visit"
    ]
    sides = [who for event in acts for who in (*event.actors, *event.recipients)]
    named = dict.fromkeys(who.name for who in sides if who.name.split()[-1:] and who.name.split()[-1] in passage.words)
    between = {who.name for item in passage.report.negotiations for who in item.mediators}
    host = pattern("chaired").search(passage.words)
    between |= {name for name in named if host and name.split()[-1] in passage.words[host.start() :]}
    named = {name: None for name in named if not _NOBODY.match(name) and name not in between}
    if 1 < len(named) <= _PARTIES and not _one_state([who for who in sides if who.name in named]):
        return tuple(named)
    for item in passage.report.negotiations:
        if any(passage.span[0] <= span[0] < passage.span[1] for span in item.spans):
            there = [who for who in item.parties if _is_in(who.name, passage.words) and not _NOBODY.match(who.name)]
            if len(there) > 1 and not _one_state(there):
                return tuple(who.name for who in there)
    return ()


def _one_state(parties: Sequence[Who]) -> bool:
    """Whether all are of one state, as a negotiator and his country are; a state and nameless rebels are two sides."""
    named = all(word[0].isupper() for who in parties for word in who.name.split())
    return named and len({who.country or who.key for who in parties}) < 2


def _is_in(name: str, words: str) -> bool:
    """Whether a name or what it is made of ("Philippines", "Philippine") stands in some words."""
    last = name.split()[-1] if name.split() else ""
    return len(last) > 3 and last[: max(4, len(last) - 2)] in words


def _state(passage: Passage) -> str:
    """How the talks stand, where the words say it once; "" where they do not, or say two things."""
    said = [state for state in _STATES if pattern(f"state {state}").search(passage.words)]
    return said[0].replace("_", " ") if len(said) == 1 else ""


def _next(ground: Ground, last: Passage, plans: Iterable[Plan]) -> Passage | None:
    """The next move: what is planned in the same course of talks for after the last, the first by day."""
    story = ground.stories[last.report.id].id
    mine = [
        plan
        for plan in plans
        if plan.event.act_type in _ACTS
        and (plan.event.start or "") > max(day_of(last.report), ground.until)
        and ground.stories[plan.passage.report.id].id == story
        and not ground.same(plan.passage, last)
        and set(_parties(plan.passage)) & set(_parties(last))
    ]
    first = min(mine, key=lambda plan: (plan.event.start or "", plan.passage.report.report_id), default=None)
    return first.passage if first else None


def lines_of(ground: Ground, talks: Sequence[Talks], most: int) -> tuple[Line, ...]:
    """The lines of negotiations, those of most reports first, then the weightiest: one for the last move, one for the next."""
    ordered = sorted(
        talks,
        key=lambda item: (
            -item.reports,
            -(weight_of(item.last) or 0.0),
            day_of(item.last.report),
            item.last.report.report_id,
        ),
    )
    lines = []
    for item in ordered[:most]:
        by = f"mediated by {', '.join(item.mediators)}" if item.mediators else ""
        head = "; ".join(part for part in (item.name, " – ".join(item.parties), by, item.state) if part)
        lines.append(ground.line(item.last, head=head, labels=labels_of(item.last)))
        if item.next is not None:
            lines.append(ground.line(item.next, head="next", labels=labels_of(item.next)))
    return tuple(lines)
