"""Negotiations over time: what reports tell of talks, put together into processes with everything that is told of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from readout.across.copies.families import order_of
from readout.across.copies.sourcing import independent
from readout.across.facts import Link, ReportFacts
from readout.across.negotiations.agreeing import find_agreements, find_effects, find_obstacles, find_proposals
from readout.across.negotiations.joining import join
from readout.across.negotiations.merging import merge, weigh
from readout.across.negotiations.naming import holds, make_roles, make_title
from readout.across.negotiations.piecing import changes, track_id
from readout.across.negotiations.rounding import make_planned, make_rounds, next_of
from readout.across.negotiations.sides import Side
from readout.across.negotiations.standing import find_moves, find_stands
from readout.across.negotiations.strands import Strand, find_strands
from readout.across.negotiations.telling import days_between
from readout.across.negotiations.turning import find_ahead, find_points, find_states
from readout.across.negotiations.types import Agreement, Basis, Membership, StateChange, Track

_LOOKED_AT = 10  # strands before and after one among which the nearest is looked for
_RECENT = 30  # days in which a deal that is told of without a day was made


def find_negotiations(
    reports: Iterable[ReportFacts], copies: Iterable[Link] = (), *, as_of: str | None = None
) -> tuple[Track, ...]:
    """The negotiations that reports tell of, in the order in which they were first known; what one report alone tells of is one, too.

    Args:
        reports: with their claims, in any order: the same reports give the same negotiations.
        copies: from `find_copies`: copies are one source.
        as_of: a day (ISO): only what was known until its end counts, and what was planned for later lies ahead. All reports, and the day
            of the last of them, where it is not given.
    """
    known = [report for report in reports if as_of is None or report.known[:10] <= as_of]
    ordered = sorted(known, key=lambda report: (report.known, report.report_id, report.id))
    today = as_of or max(((report.published or report.known)[:10] for report in ordered), default="")
    links = list(copies)
    groups = [
        group
        for group in merge([s for report in ordered for s in find_strands(report)])
        if holds(group, make_roles(group)[0])
    ]
    groups.sort(key=lambda group: min((order_of(strand.report), strand.identity) for strand in group))
    more = join(groups, ordered)
    made = [_track(group, more.get(number, []), links, today) for number, group in enumerate(groups)]
    return tuple(made)


def _track(
    group: Sequence[Strand], more: Sequence[tuple[Strand, tuple[str, ...]]], links: Sequence[Link], today: str
) -> Track:
    strands = sorted((*group, *(strand for strand, _ in more)), key=lambda strand: (strand.day, strand.identity))
    parties, mediators = make_roles(group)
    keys = {role.who.key for role in parties}
    sides = frozenset(side for strand in group for side in strand.sides if side.key in keys)
    between = frozenset(n.side for strand in group for n in strand.namings if n.role == "mediator" and n.side) - sides
    subject = _subject(group)
    title, named = make_title(group, parties, subject)
    points = [point for strand in strands for point in find_points(strand, sides)]
    rounds = make_rounds(points)
    agreements = _agreements(strands, sides)
    told = sorted(
        [
            *(effect for strand in strands for effect in find_effects(strand, sides)),
            *(state for strand in group for state in find_states(strand)),
            *(_agreed(one) for one in agreements if one.day),
        ],
        key=lambda one: (one.day, one.basis.day, one.basis.report, one.basis.span),
    )
    states = changes(told)
    stands = [stand for strand in strands for stand in find_stands(strand, sides)]
    first = min((strand.report for strand in strands), key=order_of)
    days = [strand.day for strand in strands]
    planned = make_planned([a for strand in group for a in find_ahead(strand, sides)], rounds, today)
    numbers = {strand.report.id for strand in strands}
    return Track(
        id=_id(first, group),
        title=title,
        named=named,
        subject=subject,
        start=min(days),
        end=max(days),
        reports=_memberships(group, more),
        sources=independent(
            {strand.report.id: strand.report for strand in strands}.values(),
            [link for link in links if {link.first, link.second} <= numbers],
        ).independent,
        parties=parties,
        mediators=mediators,
        rounds=rounds,
        states=states,
        state=states[-1].state if states else None,
        latest=told[-1] if told else None,
        positions=tuple(stands),
        moves=find_moves(stands),
        proposals=tuple(proposal for strand in strands for proposal in find_proposals(strand, sides, between)),
        agreements=agreements,
        obstacles=_obstacles(group),
        planned=planned,
        next=next_of(planned),
    )


def _id(first: ReportFacts, group: Sequence[Strand]) -> str:
    """From the report that was known first, and which of its negotiations it is."""
    number = min((strand.number for strand in group if strand.report.id == first.id), default=0)
    return track_id(first.report_id, number)


def _subject(group: Sequence[Strand]) -> str | None:
    said = [strand.subject for strand in group if strand.subject]
    return min(set(said), key=lambda one: (-said.count(one), one), default=None)


def _memberships(group: Sequence[Strand], more: Sequence[tuple[Strand, tuple[str, ...]]]) -> tuple[Membership, ...]:
    """Each report once, with what ties it to the one that it is nearest to."""
    found: dict[int, Membership] = {}
    ordered = sorted(group, key=lambda strand: (strand.day, strand.identity))
    for at, strand in enumerate(ordered):
        near = ordered[max(0, at - _LOOKED_AT) : at + _LOOKED_AT + 1]
        others = [other for other in near if other.report.id != strand.report.id]
        best = max(
            ((weigh(strand, other), other) for other in others),
            key=lambda pair: (pair[0].points, pair[1].identity),
            default=None,
        )
        if best is None:
            member = Membership(strand.report.id, "alone", 1.0, ("no other report tells of it",))
        else:
            score = round(min(best[0].points / 6.0, 1.0), 2)
            member = Membership(
                strand.report.id, "the same talks", score, (*best[0].reasons, f"as in report {best[1].report.id}")
            )
        kept = found.get(strand.report.id)
        if kept is None or kept.score < member.score:
            found[strand.report.id] = member
    for strand, reasons in more:
        found[strand.report.id] = Membership(strand.report.id, "an act of the parties", 0.6, reasons, tells=False)
    return tuple(found[number] for number in sorted(found))


def _agreed(agreement: Agreement) -> StateChange:
    return StateChange("agreed", agreement.day or "", agreement.voice, agreement.bases[0])


def _agreements(strands: Sequence[Strand], sides: frozenset[Side]) -> tuple[Agreement, ...]:
    """Agreements by their day, each day's one; what tells of a deal without a day tells of the last before it."""
    found = [agreement for strand in strands for agreement in find_agreements(strand, sides)]
    found.sort(key=lambda one: (one.day or "", one.bases[0].day, one.bases[0].report, one.bases[0].span))
    kept: dict[str, list[Agreement]] = {}
    for one in sorted(found, key=lambda one: -len(one.day or "")):
        if one.day:
            same = [day for day in kept if day.startswith(one.day)]
            kept.setdefault(max(same, default=one.day), []).append(one)
    for one in found:
        if one.day is None:
            told = one.bases[0].day
            near = [day for day in kept if len(day) == len(told) and 0 <= days_between(day, told) <= _RECENT]
            kept.setdefault(max(near, default=""), []).append(one)
    return tuple(
        Agreement(day or None, some[0].voice, tuple(one.bases[0] for one in some)) for day, some in sorted(kept.items())
    )


def _obstacles(group: Sequence[Strand]) -> tuple[Basis, ...]:
    found: dict[str, Basis] = {}
    for basis in sorted(
        (b for strand in group for b in find_obstacles(strand)), key=lambda b: (b.day, b.report, b.span)
    ):
        found.setdefault(basis.words.casefold(), basis)
    return tuple(found.values())
