"""A negotiation of some of its reports alone, several as one, and one as of another day: from what is told of them, without the texts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from readout.across.facts import Who
from readout.across.negotiations.rounding import at_day, next_of
from readout.across.negotiations.standing import find_moves
from readout.across.negotiations.telling import days_between
from readout.across.negotiations.types import (
    Agreement,
    Basis,
    Planned,
    Proposal,
    Role,
    Round,
    Stand,
    StateChange,
    Track,
)

_SITTING = 3  # days between two tellings of one round
_MOST = 3  # bases that a party keeps


class _Told(Protocol):
    @property
    def basis(self) -> Basis: ...


T = TypeVar("T", bound=_Told)


def as_of_day(track: Track, today: str) -> Track:
    """A negotiation with what became of its planned moves by a day (ISO)."""
    planned = at_day(track.planned, track.rounds, today)
    return replace(track, planned=planned, next=next_of(planned))


def track_id(report_id: str, number: int = 0) -> str:
    """The id of a negotiation: of the report that was known first, and which of its negotiations it is."""
    return hashlib.sha256(f"negotiation\n{report_id}\n{number}".encode()).hexdigest()[:16]


def only(track: Track, kept: Collection[int]) -> Track:
    """What some reports of a negotiation tell of it; its id, days and independent sources are for the caller to say.

    Nothing stays that was told by the others: neither a name nor a place nor a title in their words.
    """

    def told(items: Iterable[T]) -> tuple[T, ...]:
        return tuple(item for item in items if item.basis.report in kept)

    parties, mediators = (_roles(roles, kept) for roles in (track.parties, track.mediators))
    states, stands = told(track.states), told(track.positions)
    latest = track.latest if track.latest and track.latest.basis.report in kept else None
    rounds = tuple(found for one in track.rounds if (found := _round(one, kept)))
    planned = told(track.planned)
    part = replace(
        track,
        reports=tuple(member for member in track.reports if member.report in kept),
        parties=parties,
        mediators=mediators,
        rounds=rounds,
        states=states,
        state=states[-1].state if states else None,
        latest=latest or (states[-1] if states else None),
        positions=stands,
        moves=find_moves(stands),
        proposals=tuple(
            replace(one, answers=tuple(answer for answer in one.answers if answer[2].report in kept))
            for one in told(track.proposals)
        ),
        agreements=tuple(
            replace(one, bases=bases)
            for one in track.agreements
            if (bases := tuple(basis for basis in one.bases if basis.report in kept))
        ),
        obstacles=tuple(basis for basis in track.obstacles if basis.report in kept),
        planned=planned,
        next=next_of(planned),
    )
    return _titled(part)


def _roles(roles: Iterable[Role], kept: Collection[int]) -> tuple[Role, ...]:
    """Roles with who of some reports names them. Where the words that are kept of a role are all of others, it has none until it is
    put together with what more reports tell."""
    found = []
    for role in roles:
        naming, otherwise = (tuple(n for n in some if n in kept) for some in (role.naming, role.otherwise))
        if naming:
            bases = tuple(basis for basis in role.bases if basis.report in kept)
            found.append(Role(role.who, role.role, len(naming), len(otherwise), bases, naming, otherwise))
    return tuple(sorted(found, key=_rank))


def _rank(role: Role) -> tuple[int, str, str]:
    return -role.reports, role.who.name, role.who.key


def _round(one: Round, kept: Collection[int]) -> Round | None:
    bases = tuple(basis for basis in one.bases if basis.report in kept)
    if not bases or len(bases) == len(one.bases):
        return one if bases else None
    named = one.venue is not None and any(one.venue in basis.words for basis in bases)
    return replace(one, bases=bases, venue=one.venue if named else None)


def _titled(track: Track) -> Track:
    """With its title where its own reports have these words, else with one made of the parties."""
    title = track.title.casefold()
    if track.named and any(title in basis.words.casefold() for role in track.parties for basis in role.bases):
        return track
    who = " – ".join(role.who.name for role in track.parties[:4])
    what = f"{track.subject} talks" if track.subject else "talks"
    return replace(track, title=f"{who}: {what}" if who else what[:1].upper() + what[1:], named=False)


def together(tracks: Sequence[Track]) -> Track:
    """Several negotiations that have no report in common as one, the one of most reports first in what they are called.

    Its id is that of the first given; its independent sources are for the caller to say.
    """
    largest = max(tracks, key=lambda track: len(track.reports))
    named = next((track for track in sorted(tracks, key=lambda t: -len(t.reports)) if track.named), largest)
    parties, mediators = _all_roles([role for track in tracks for role in (*track.parties, *track.mediators)])
    told: list[StateChange] = sorted(
        {one for track in tracks for one in (*track.states, *((track.latest,) if track.latest else ()))},
        key=lambda one: (one.day, *_place(one)),
    )
    states = changes(told)
    stands = _in_order(stand for track in tracks for stand in track.positions)
    rounds = _rounds([one for track in tracks for one in track.rounds])
    end = max(track.end for track in tracks)
    planned = at_day(_planned([one for track in tracks for one in track.planned]), rounds, end)
    return replace(
        tracks[0],
        title=named.title,
        named=named.named,
        subject=largest.subject or next((track.subject for track in tracks if track.subject), None),
        start=min(track.start for track in tracks),
        end=end,
        reports=tuple(sorted((m for track in tracks for m in track.reports), key=lambda member: member.report)),
        parties=parties,
        mediators=mediators,
        rounds=rounds,
        states=states,
        state=states[-1].state if states else None,
        latest=told[-1] if told else None,
        positions=stands,
        moves=find_moves(stands),
        proposals=_in_order(one for track in tracks for one in track.proposals),
        agreements=_agreements([one for track in tracks for one in track.agreements]),
        obstacles=_obstacles([basis for track in tracks for basis in track.obstacles]),
        planned=planned,
        next=next_of(planned),
    )


def changes(told: Iterable[StateChange]) -> tuple[StateChange, ...]:
    """Of states in the order of their days each once until another is told."""
    kept: list[StateChange] = []
    for state in told:
        if not kept or kept[-1].state != state.state:
            kept.append(state)
    return tuple(kept)


def _place(told: _Told) -> tuple[str, int, tuple[int, int]]:
    return told.basis.day, told.basis.report, told.basis.span


S = TypeVar("S", Stand, Proposal)


def _in_order(items: Iterable[S]) -> tuple[S, ...]:
    return tuple(sorted(items, key=_place))


def _all_roles(roles: Sequence[Role]) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """Parties and mediators; who is named as both is what more reports call it."""
    by_key: dict[str, list[Role]] = defaultdict(list)
    for role in roles:
        by_key[role.who.key].append(role)
    found = [_role(some) for some in by_key.values()]
    parties = sorted((role for role in found if role.role == "party"), key=_rank)
    return tuple(parties), tuple(sorted((role for role in found if role.role != "party"), key=_rank))


def _role(some: Sequence[Role]) -> Role:
    as_party = _numbers(some, lambda one: one.naming if one.role == "party" else one.otherwise)
    as_mediator = _numbers(some, lambda one: one.naming if one.role == "mediator" else one.otherwise)
    mine = [one for one in some if one.role == ("party" if len(as_party) >= len(as_mediator) else "mediator")]
    chosen = max(mine, key=lambda one: one.reports)
    naming, otherwise = (as_party, as_mediator) if chosen.role == "party" else (as_mediator, as_party)
    bases = sorted((basis for one in mine for basis in one.bases), key=lambda basis: (-basis.score, basis.day))
    return Role(
        Who(chosen.who.key, chosen.who.name, chosen.who.country),
        chosen.role,
        len(naming),
        len(otherwise),
        tuple(bases[:_MOST]),
        naming,
        otherwise,
    )


def _numbers(some: Iterable[Role], of: Callable[[Role], tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({number for one in some for number in of(one)}))


def _rounds(rounds: Iterable[Round]) -> tuple[Round, ...]:
    kept: list[Round] = []
    for one in sorted(rounds, key=lambda r: (r.start or r.end or "9999", r.ordinal or 0)):
        if kept and _same(kept[-1], one):
            before = kept[-1]
            kept[-1] = Round(
                before.start,
                max(filter(None, (before.end, one.end)), default=None),
                before.venue or one.venue,
                before.ordinal or one.ordinal,
                (*before.bases, *one.bases),
            )
        else:
            kept.append(one)
    return tuple(kept)


def _same(before: Round, one: Round) -> bool:
    if before.ordinal is not None and one.ordinal is not None:
        return before.ordinal == one.ordinal
    return bool(before.start and one.start) and days_between(str(before.start), str(one.start)) <= _SITTING


def _agreements(found: Iterable[Agreement]) -> tuple[Agreement, ...]:
    by_day: dict[str, list[Agreement]] = defaultdict(list)
    for one in found:
        by_day[one.day or ""].append(one)
    merged = []
    for day, some in sorted(by_day.items()):
        some.sort(key=lambda one: (one.bases[0].day, one.bases[0].report, one.bases[0].span))
        merged.append(Agreement(day or None, some[0].voice, tuple(basis for one in some for basis in one.bases)))
    return tuple(merged)


def _obstacles(found: Iterable[Basis]) -> tuple[Basis, ...]:
    kept: dict[str, Basis] = {}
    for basis in sorted(found, key=lambda one: (one.day, one.report, one.span)):
        kept.setdefault(basis.words.casefold(), basis)
    return tuple(kept.values())


def _planned(found: Iterable[Planned]) -> tuple[Planned, ...]:
    kept: dict[tuple[str, str], Planned] = {}
    for one in sorted(found, key=lambda one: (one.basis.day, -one.basis.score, one.basis.report, one.basis.span)):
        kept.setdefault((one.start, one.end), one)
    return tuple(kept.values())
