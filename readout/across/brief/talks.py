"""Negotiations of a period: who talks with whom, how it stands, the last move and the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readout.across.brief.ground import Ground
from readout.across.brief.labels import labels_of
from readout.across.brief.lexicon import pattern
from readout.across.brief.passages import Passage, day_of, lead_of
from readout.across.brief.plans import Plan
from readout.across.brief.shape import Line
from readout.across.brief.weighing import weight_of
from readout.across.facts import Who
from readout.types import NegotiationState

#: States that words tell of, each with words without which it is not believed.
_STATES: tuple[NegotiationState, ...] = ("collapsed", "suspended", "stalled", "agreed", "under_way", "proposed")
#: Names that say nothing of who it is.
_NOBODY = re.compile(
    r"(?:the |both |all |two )?(?:sides?|part(?:y|ies)|delegations?|north|south|negotiators?|officials?|military|army|police|"
    r"government|rebels|\w*\d\w*)$",
    re.IGNORECASE,
)
#: So many parties at most.
_PARTIES = 4
_LEAST = 2.0
_ACTS = frozenset({"CONSULT", "AGREE", "REJECT", "CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Talks:
    """A negotiation: its parties by name, how it stands by the words of its last move, that move, and the next where one is planned."""

    parties: tuple[str, ...]
    state: str
    last: Passage
    next: Passage | None = None


def talks_of(ground: Ground, plans: Iterable[Plan]) -> list[Talks]:
    """The negotiations that reports of the period open with, the last report of each, as they stand by its own words.

    Args:
        ground: the reports.
        plans: what is planned, among which the next moves are.
    """
    found: list[Passage] = []
    for report in reversed(ground.period):
        lead = lead_of(report)
        if lead is None or not pattern("talks").search(lead.words) or (weight_of(lead) or 0.0) < _LEAST:
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
    """The lines of negotiations, the weightiest first: one for the last move, one for the next."""
    ordered = sorted(
        talks, key=lambda item: (-(weight_of(item.last) or 0.0), day_of(item.last.report), item.last.report.report_id)
    )
    lines = []
    for item in ordered[:most]:
        head = "; ".join(part for part in (" – ".join(item.parties), item.state) if part)
        lines.append(ground.line(item.last, head=head, labels=labels_of(item.last)))
        if item.next is not None:
            lines.append(ground.line(item.next, head="next", labels=labels_of(item.next)))
    return tuple(lines)
