"""What became of what was planned, asked for or threatened: links from it to what happened later, or to its denial."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from readout.across.facts import Link, Who
from readout.across.incidents.finding import Incident, Member
from readout.across.incidents.placing import nearness

#: What is said to have happened; what is uncertain is no outcome.
_DONE = frozenset({"occurred", "ongoing"})
#: Days after it became known in which what was planned without a date may come about, and days by which a date may be missed.
_WAITS, _LATE = 14, 1
#: Incidents that are compared with one, of those that share a party or place with it.
_COMPARED = 40
#: Points for a party of both that is known by name, and for one that is a country or nobody's name; how long a country's key is.
_KNOWN, _UNKNOWN, _COUNTRY = 1.0, 0.5, 3
#: How long a date may be to be of days.
_SOME_DAYS = 7
#: Points from which one is the outcome of the other, and by which it must be ahead of the next that could be.
_ENOUGH, _AHEAD = 2.0, 0.5


def find_outcomes(incidents: Iterable[Incident]) -> tuple[Link, ...]:
    """Links from incidents that were ahead to what became of them; `first` and `second` are the numbers of their first claims.

    The kind is "came about" where the same act by the same parties happened on the day or after it was told of, and "did not come about"
    where it was refused, denied or called off. What two incidents could be the outcome of, or none is clearly, has no link.
    """
    blocks: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    ahead: list[Incident] = []
    for incident in sorted(incidents, key=lambda incident: (incident.claims[0].known, incident.id)):
        if incident.reality == "ahead":
            ahead.append(incident)
        elif incident.reality == "not" or any(member.event.status in _DONE for member in incident.claims):
            for anchor in _anchors(incident):
                blocks[incident.claims[0].event.act_type, anchor].append(incident)
    found = [link for incident in ahead for link in _outcomes(incident, blocks)]
    return tuple(sorted(found, key=lambda link: (link.first, link.second)))


def _anchors(incident: Incident) -> list[str]:
    """Whom and where all claims of an incident name."""
    found = {who.key for member in incident.claims for who in _parties(member) if who.key}
    return sorted(found | {place.key for member in incident.claims for place in member.event.places})


def _parties(member: Member) -> Sequence[Who]:
    return (*member.event.actors, *member.event.recipients)


def _outcomes(plan: Incident, blocks: dict[tuple[str, str], list[Incident]]) -> list[Link]:
    act = plan.claims[0].event.act_type
    near: dict[str, Incident] = {}
    for anchor in _anchors(plan):
        later = [other for other in blocks.get((act, anchor), ()) if _may_follow(plan, other)]
        near.update((other.id, other) for other in later[:_COMPARED])
    links = []
    for reality, kind in (("happened", "came about"), ("not", "did not come about")):
        scored = sorted(
            ((*_weigh(plan, other), other) for other in near.values() if other.reality == reality),
            key=lambda item: (-item[0], item[2].claims[0].known, item[2].id),
        )
        if not scored or scored[0][0] < _ENOUGH or (len(scored) > 1 and scored[0][0] - scored[1][0] < _AHEAD):
            continue
        points, reasons, other = scored[0]
        score = round(points / (points + 1), 3)
        links.append(
            Link(plan.claims[0].event.id, other.claims[0].event.id, kind, "same act and parties", score, reasons)
        )
    return links


def _may_follow(plan: Incident, other: Incident) -> bool:
    """Whether one can be what became of the other, by when both were known and what days they name."""
    told, known = plan.claims[0].known[:10], other.claims[-1].known[:10]
    if known < told or {member.report for member in plan.claims} & {member.report for member in other.claims}:
        return False
    start, end = _days(plan)
    late = _LATE
    if start is None or end is None:
        start, end, late = _day(told), _day(told) + _WAITS, 0
    if other.reality == "not":
        return _day(known) <= end + late
    happened, until = _days(other)
    if happened is None or until is None:
        # Without a date it is of its report's day or before: after the plan only where that report came later.
        return told < known and _day(known) >= start and _day(other.claims[0].known) <= end + _WAITS
    if happened > _day(other.claims[-1].known):
        return False  # read as done, and it was still to come
    return happened <= end + late and until >= start


def _days(incident: Incident) -> tuple[int | None, int | None]:
    dated = [(e.start or e.end, e.end or e.start) for member in incident.claims if ((e := member.event).start or e.end)]
    if not dated:
        return None, None
    return min(_day(start) for start, _ in dated if start), max(_day(end) for _, end in dated if end)


def _day(day: str) -> int:
    return dt.date.fromisoformat(day[:10]).toordinal()


def _weigh(plan: Incident, other: Incident) -> tuple[float, tuple[str, ...]]:
    """Points for one being the outcome of the other: two parties that are known, or one and the town or the day, are enough."""
    mine = {who.key: who.name for member in plan.claims for who in _parties(member) if who.key}
    theirs = {who.key for member in other.claims for who in _parties(member)}
    if not _same_actor(plan, theirs) or not _same_actor(other, mine):
        return 0.0, ()
    points, reasons = 0.0, []
    for key in sorted(mine.keys() & theirs):
        points += _KNOWN if not key.startswith(("unnamed:", "name:")) and len(key) != _COUNTRY else _UNKNOWN
        reasons.append(f"{mine[key]} in both")
    if not reasons:
        return 0.0, ()
    left = [place for member in plan.claims for place in member.event.places]
    right = [place for member in other.claims for place in member.event.places]
    how, name = nearness(left, right)
    if how in ("apart", "other country"):
        return 0.0, ()
    if how in ("same point", "near", "same area") and f"{name} in both" not in reasons:
        points += 1.0
        reasons.append(f"both in {name}")
    if _of_days(plan) and _of_days(other):
        points += 1.0
        reasons.append("on the day that was named")
    mode = plan.claims[0].event.act_mode
    if mode is not None and mode == other.claims[0].event.act_mode:
        points += 0.5
        reasons.append(f"both {plan.claims[0].event.act_type} by {mode}")
    return points, tuple(reasons)


def _same_actor(incident: Incident, others: Iterable[str]) -> bool:
    """Whether one of those who act in an incident is among others; so too where nobody is known to act."""
    actors = {who.key for member in incident.claims for who in member.event.actors if who.key}
    return not actors or not actors.isdisjoint(others)


def _of_days(incident: Incident) -> bool:
    start, end = _days(incident)
    return start is not None and end is not None and end - start <= _SOME_DAYS
