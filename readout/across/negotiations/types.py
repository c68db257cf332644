"""A negotiation over time, as reports tell of it: each thing that is said of it, with the words that say it and why they are taken so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from readout.across.facts import Who
from readout.across.negotiations.roles import RoleName
from readout.types import NegotiationState, Span, Stance

Response = Literal["accepted", "rejected"]
#: What became of a planned move: it lies ahead, its day has come and a report tells of it, or its day is past and none does.
Outcome = Literal["ahead", "came about", "overdue"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an entry was read from: the report, its day, the words and where they stand, and the claim ("events/12") where it was one.

    `rule` is how it was read, `score` how surely (0 to 1; it is the rule's, and no probability), `reasons` say why.
    """

    report: int
    day: str
    span: Span
    words: str
    rule: str
    score: float
    reasons: tuple[str, ...] = ()
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A report of a negotiation: how well it belongs to it, and why; `tells` is whether it speaks of the talks by that word."""

    report: int
    rule: str
    score: float
    reasons: tuple[str, ...]
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """A party or mediator, and how many reports name it as such. `also` counts those that name it as the other; `naming` and
    `otherwise` are their numbers."""

    who: Who
    role: RoleName
    reports: int
    also: int
    bases: tuple[Basis, ...]
    naming: tuple[int, ...] = ()
    otherwise: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Talks in one sitting: days are ISO dates, None where no report tells; `ordinal` is the reports' own number."""

    start: str | None
    end: str | None
    venue: str | None
    ordinal: int | None
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposed, and who accepted or rejected it: one entry for each answer, none where nobody is known to have answered."""

    by: Who
    basis: Basis
    answers: tuple[tuple[Who, Response, Basis], ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a party stands on an issue, as one report tells it; `voice` is on whose word, None for the report's own."""

    party: Who
    issue: str
    stance: Stance
    voice: Who | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Move:
    """A party that stood otherwise on an issue later than before."""

    party: Who
    issue: str
    before: Stand
    after: Stand


@dataclass(frozen=True, slots=True)
class StateChange:
    """A state of the talks that was told of: since which day (of the words, else of the report), and on whose word."""

    state: NegotiationState
    day: str
    voice: Who | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something that was agreed, and all that tells of it, the earliest first; `day` is that of the words (a month or year where they
    tell no more), None where they tell none."""

    day: str | None
    voice: Who | None
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A move that was planned or proposed, for days that the words tell, and what became of it."""

    start: str
    end: str
    firm: bool
    outcome: Outcome
    basis: Basis


@dataclass(frozen=True, slots=True)
class Track:
    """A negotiation over time.

    `id` is made of the report that was known first, and stays while that report is in it. `title` is the name that most reports use,
    `named` whether it is one: otherwise it is made of the parties. `states` are in the order of their days, one entry for each change;
    `state` is the last, None where no report tells one, and `latest` the last telling of any. `next` is the move ahead that became known
    last. `sources` counts independent sources.
    """

    id: str
    title: str
    named: bool
    subject: str | None
    start: str
    end: str
    reports: tuple[Membership, ...]
    sources: int
    parties: tuple[Role, ...]
    mediators: tuple[Role, ...]
    rounds: tuple[Round, ...]
    states: tuple[StateChange, ...]
    state: NegotiationState | None
    latest: StateChange | None
    positions: tuple[Stand, ...]
    moves: tuple[Move, ...]
    proposals: tuple[Proposal, ...]
    agreements: tuple[Agreement, ...]
    obstacles: tuple[Basis, ...]
    planned: tuple[Planned, ...]
    next: Planned | None
