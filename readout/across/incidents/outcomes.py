"""What became of what was planned, asked for or threatened: links from it to what happened later, to its denial, or to its putting off."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from readout.across.facts import Link, ReportFacts
from readout.across.incidents.evidence import Evidence, weigh
from readout.across.incidents.finding import Incident, Member
from readout.across.incidents.placing import nearness
from readout.across.incidents.rare_words import Rarity, likeness, words_of
from readout.across.incidents.retelling import tell_claims
from readout.across.incidents.telling import Party, Told
from readout.knowledge import load

#: What is said to have happened; what is uncertain is no outcome.
_DONE = frozenset({"occurred", "ongoing"})
#: Days after it became known in which what was planned without a date may come about, and days by which a date may be missed.
_WAITS, _LATE = 14, 1
#: Incidents that are compared with one, of those that share a party, a place or the words of a name with it.
_COMPARED = 40
#: Claims of an incident that are compared, those known last.
_CLAIMS = 4
#: Points from which one is the outcome of the other, and by which it must be ahead of the next that could be.
_ENOUGH, _AHEAD = 3.2, 0.5
#: How alike the sentences are at least where the act is words: it matters what is said.
_SAID_ALIKE = 0.35
#: What a visit needs less where the visitor, by name, and the country are the same; what other acts than words need less.
_VISIT, _DEED = 1.8, 0.6
#: Acts that a plan of one kind is dropped by: who refuses a meeting does not meet.
_DROPPED_BY = {"CONSULT": "REJECT", "AGREE": "REJECT", "COOPERATE": "REJECT", "AID": "REJECT"}
#: Types in which what is one side's matters little.
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a later incident can end a plan: the kind and rule of the link, and whether its day has to be the plan's."""

    kind: str
    rule: str
    on_its_day: bool


def find_outcomes(incidents: Iterable[Incident], reports: Iterable[ReportFacts] = ()) -> tuple[Link, ...]:
    """Links from incidents that were ahead to what became of them; `first` and `second` are the numbers of their first claims.

    The kind is "came about" where the same act by the same parties happened on the day or after it was told of, "did not come
    about" where it was refused, denied or called off, "was put off" where it was postponed or given another day; the rule says
    which. What two incidents could be the outcome of, or none is clearly, has no link.

    Args:
        incidents: all of some reports, from `find_incidents`.
        reports: those reports: with them, the words that they are about speak for and against; without, those of the sentences alone.
    """
    whole = sorted(incidents, key=lambda incident: (incident.claims[0].known, incident.id))
    ready, rarity = _ready(whole, list(reports))
    blocks: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    for incident in whole:
        for anchor in _anchors(incident):
            blocks[incident.claims[0].event.act_type, anchor].append(incident)
    ahead = [incident for incident in whole if incident.reality == "ahead"]
    found = [link for plan in ahead for link in _outcomes(plan, _near(plan, blocks), ready, rarity)]
    return tuple(sorted(found, key=lambda link: (link.first, link.second)))


def _ready(incidents: Sequence[Incident], reports: Sequence[ReportFacts]) -> tuple[dict[int, Told], Rarity]:
    """The claims of incidents made ready for comparison, by their numbers."""
    told, rarity = tell_claims(sorted(reports or _stand_ins(incidents), key=lambda r: (r.known, r.report_id, r.id)))
    return {number: claim for claim in told for number in claim.twins}, rarity


def _stand_ins(incidents: Iterable[Incident]) -> list[ReportFacts]:
    """Reports as far as the claims of incidents tell them."""
    claims: dict[int, list[Member]] = defaultdict(list)
    for incident in incidents:
        for member in incident.claims:
            claims[member.report].append(member)
    found = []
    for number, members in claims.items():
        first = members[0]
        found.append(
            ReportFacts(
                id=number,
                document=number,
                report_id=min(member.identity for member in members),
                text="",
                known=first.known,
                published=first.published,
                events=tuple(member.event for member in members),
                figures=tuple({figure.id: figure for member in members for figure in member.figures}.values()),
            )
        )
    return found


def _anchors(incident: Incident) -> list[str]:
    """Whom and where all claims of an incident name, by key and by the words of names."""
    found = set()
    for member in incident.claims:
        for who in (*member.event.actors, *member.event.recipients):
            found |= {who.key} if who.key else set()
            found |= {f"word:{word}" for word in re.findall(r"[A-Z]\w{3,}", who.name)}
        found |= {place.key for place in member.event.places}
    return sorted(found)


def _near(plan: Incident, blocks: Mapping[tuple[str, str], Sequence[Incident]]) -> list[Incident]:
    """Later incidents that share somebody or some place with a plan, those known soonest after it first."""
    act = plan.claims[0].event.act_type
    near: dict[str, Incident] = {}
    for anchor in _anchors(plan):
        for kind in (act, _DROPPED_BY.get(act, act)):
            later = [other for other in blocks.get((kind, anchor), ()) if _is_later(plan, other)]
            near.update((other.id, other) for other in later[:_COMPARED])
    return list(near.values())


def _is_later(plan: Incident, other: Incident) -> bool:
    if other.id == plan.id or {member.report for member in plan.claims} & {member.report for member in other.claims}:
        return False
    return other.claims[-1].known[:10] >= plan.claims[0].known[:10]


def _outcomes(plan: Incident, near: Sequence[Incident], ready: Mapping[int, Told], rarity: Rarity) -> list[Link]:
    scored: dict[str, list[tuple[float, Evidence, str, Incident]]] = defaultdict(list)
    for other in near:
        way = _way(plan, other)
        if way is None or (way.on_its_day and not _may_follow(plan, other)):
            continue
        evidence = _weigh(plan, other, ready, rarity, dated=way.on_its_day)
        if evidence is not None and evidence.points >= _least(plan, other):
            scored[way.kind].append((evidence.points, evidence, way.rule, other))
    links = []
    for kind, some in sorted(scored.items()):
        some.sort(key=lambda item: (-item[0], item[3].claims[0].known, item[3].id))
        if len(some) > 1 and some[0][0] - some[1][0] < _AHEAD and not _one(some[0][3], some[1][3]):
            continue
        _, evidence, rule, other = some[0]
        number = other.claims[0].event.id
        links.append(Link(plan.claims[0].event.id, number, kind, rule, round(evidence.score, 3), evidence.reasons))
    return links


def _least(plan: Incident, other: Incident) -> float:
    """The points that are enough."""
    event, then = plan.claims[-1].event, other.claims[-1].event
    if event.act_type in _SAYING:
        return _ENOUGH
    known = {who.key for who in event.actors if not who.key.startswith(("unnamed:", "name:"))}
    if event.act_mode == then.act_mode == "visit" and known & {who.key for who in then.actors}:
        return _ENOUGH - _VISIT
    return _ENOUGH - _DEED


def _one(one: Incident, other: Incident) -> bool:
    """Whether two incidents say the same as far as a plan is concerned: the same people did it there, on days that do not exclude each
    other."""
    days = _days(one), _days(other)
    if (
        days[0][0] is not None
        and days[1][0] is not None
        and (days[0][0] > (days[1][1] or 0) or days[1][0] > (days[0][1] or 0))
    ):
        return False
    mine, theirs = _people(one), _people(other)
    where = [{place.key for m in some.claims for place in m.event.places} for some in (one, other)]
    shared = mine & theirs
    return len(shared) >= 2 or (bool(shared) and bool(where[0] & where[1]))


def _people(incident: Incident) -> set[str]:
    return {who.key for m in incident.claims for who in (*m.event.actors, *m.event.recipients) if who.key}


def _way(plan: Incident, other: Incident) -> _Ways | None:
    """How one can be what became of the other, by what is said of both."""
    act, last = plan.claims[0].event.act_type, other.claims[-1].event
    said = said_to_end(last.quote)
    if last.act_type != act:
        if other.reality != "happened" or said is None:
            return None
        return (
            _Ways("was put off", "postponed", False)
            if said == "postponed"
            else _Ways("did not come about", "cancelled", False)
        )
    if other.reality == "happened" and any(member.event.status in _DONE for member in other.claims):
        return _Ways("came about", "reported as happened", True)
    if other.reality == "not":
        since = _days(other)[0]
        if since is not None and since < _day(plan.claims[0].known) - _LATE:
            return None  # what was not so before it was planned
        if said == "postponed":
            return _Ways("was put off", "postponed", False)
        rule = "cancelled" if said == "cancelled" else "refused" if last.status == "refused" else "denied"
        return _Ways("did not come about", rule, False)
    if other.reality == "ahead" and said == "postponed":
        mine, theirs = _days(plan), _days(other)
        if theirs[0] is not None and mine[0] is not None and mine != theirs:
            return _Ways("was put off", "another day", False)
    return None


@cache
def _words_of_ends() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["outcome"], re.compile(rf"\b(?:{'|'.join(entry['words'])})", re.IGNORECASE))
        for entry in load("across/outcomes.yaml")
    )


def said_to_end(sentence: str) -> str | None:
    """Whether a sentence says that something was "postponed" or "cancelled"; None where it says neither."""
    return next((name for name, pattern in _words_of_ends() if pattern.search(sentence)), None)


def _may_follow(plan: Incident, other: Incident) -> bool:
    """Whether a happening can be what came of a plan, by when both were known and what days they name."""
    told, known = plan.claims[0].known[:10], other.claims[-1].known[:10]
    start, end = plan_days(plan)
    late = _LATE
    if start is None or end is None:
        start, end, late = _day(told), _day(told) + _WAITS, 0
    happened, until = _days(other)
    if happened is None or until is None:
        # Without a date it is of its report's day or before: after the plan only where that report came later.
        return told < known and _day(known) >= start and _day(other.claims[0].known) <= end + _WAITS
    if happened > _day(other.claims[-1].known):
        return False  # read as done, and it was still to come
    return happened <= end + late and until >= start


def plan_days(plan: Incident) -> tuple[int | None, int | None]:
    """The days of a plan as ordinals: those of its last claim that names some, if they were still to come when it was told."""
    for member in reversed(plan.claims):
        start, end = member.event.start or member.event.end, member.event.end or member.event.start
        if start and end and _is_ahead(member, end):
            return _day(start), _day(end)
    return None, None


_SAYING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT"})


def _is_ahead(member: Member, end: str) -> bool:
    """Whether a day was to come when a claim was told. The day of the report itself is often that of the promise or request."""
    told = (member.published or member.known)[:10]
    if end[:10] == told:
        return member.event.status == "planned" and member.event.act_type not in _SAYING
    return end[:10] > told


def _days(incident: Incident) -> tuple[int | None, int | None]:
    dated = [(e.start or e.end, e.end or e.start) for member in incident.claims if ((e := member.event).start or e.end)]
    if not dated:
        return None, None
    return min(_day(start) for start, _ in dated if start), max(_day(end) for _, end in dated if end)


def _day(day: str) -> int:
    return dt.date.fromisoformat(day[:10]).toordinal()


def _weigh(
    plan: Incident, other: Incident, ready: Mapping[int, Told], rarity: Rarity, *, dated: bool
) -> Evidence | None:
    """What speaks most for a later incident being the outcome of a plan, over their claims; None where something rules it out."""
    best: Evidence | None = None
    for one, two in product(plan.claims[-_CLAIMS:], other.claims[-_CLAIMS:]):
        if one.event.id not in ready or two.event.id not in ready:
            continue
        evidence = weigh_outcome(ready[one.event.id], ready[two.event.id], rarity, dated=dated)
        if evidence is None:
            continue
        if evidence.veto is not None:
            return None
        if best is None or evidence.points > best.points:
            best = evidence
    return best


def weigh_outcome(plan: Told, other: Told, rarity: Rarity, *, dated: bool = True) -> Evidence | None:
    """What speaks for and against a later claim telling what became of a plan; None where they are not tied by two things.

    Args:
        plan: a claim that something is ahead.
        other: a claim of a report that became known later.
        rarity: how rare words are.
        dated: whether the days matter: they do for what happened, and do not for what was dropped or put off.
    """
    if dated and not _in_time(plan, other):
        return None
    if plan.event.act_type in _SAYING and likeness(plan.words, other.words) < _SAID_ALIKE:
        return None
    first, later = _alike(plan, other, dated=dated)
    return weigh(first, later, rarity) if _tied(first, later, dated=dated) else None


def _in_time(plan: Told, other: Told) -> bool:
    """Whether a happening can be that of a plan: on its day, as far as both name one, or soon after, and in the same way."""
    if "third-party" in (plan.event.act_mode, other.event.act_mode) and plan.event.act_mode != other.event.act_mode:
        return False  # who is mediated between does not meet
    if plan.day is None or other.day is None:
        return True
    start, end = plan.start, plan.end
    if start is None or end is None or end < plan.day:
        start, end = plan.day, plan.day + _WAITS
    if other.start is None or other.end is None:
        return start - _LATE <= other.day <= end + _WAITS
    return other.start <= end + _LATE and other.end >= max(start - _LATE, plan.day)


def _alike(plan: Told, other: Told, *, dated: bool) -> tuple[Told, Told]:
    """A plan and what may have become of it as if both were told as the same act, and where days do not matter, without days."""
    modes = other.modes if other.acts == plan.acts else plan.modes
    # Told before it happened, as a plan is: that it was counts for nothing here, and whether the days fit was looked at before.
    first = replace(plan, types=plan.acts, day=None, reality=other.reality)
    later = replace(other, types=plan.acts, acts=plan.acts, modes=modes, family=plan.family)
    past = plan.end is not None and plan.day is not None and plan.end < plan.day
    if not dated or past:
        first = replace(first, start=None, end=None, precision="none")
    if not dated:
        later = replace(later, start=None, end=None, precision="none")
    return first, later


def _tied(plan: Told, other: Told, *, dated: bool) -> bool:
    """Whether a plan and what may have become of it are tied by two things, of: who acts; to or with whom, or where; on which day. Nobody
    known may stand in another's place."""
    actor = _share(plan.actors, other.actors)
    to = _share(plan.recipients, other.recipients)
    if plan.family in _MUTUAL:
        actor, to = _both_sides(plan, other)
    elif not all(
        tied or not one or not two
        for tied, one, two in ((actor, plan.actors, other.actors), (to, plan.recipients, other.recipients))
    ):
        return False
    how, _ = nearness(plan.places, other.places)
    there = to or how in ("same point", "near", "same area") or (how == "same country" and actor)
    there = there or bool(_countries(plan) & _countries(other))
    if not dated:
        return actor and (there or not (plan.recipients or plan.places))
    on_the_day = (
        plan.start is not None and other.start is not None and {plan.precision, other.precision} <= {"day", "days"}
    )
    return actor + there + on_the_day >= 2 and (actor or not (plan.actors and other.actors))


def _countries(told: Told) -> set[str]:
    """To whose country somebody goes, or whose people are met."""
    mine = {party.country for party in told.actors}
    found = {party.country for party in told.recipients} | {place.country for place in told.places}
    return {country for country in found - mine if country}


def _share(ones: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether two sides name somebody in common, by key or by name."""
    return any((one.key and one.key == two.key) or _same_name(one, two) for one in ones for two in others)


def _same_name(one: Party, two: Party) -> bool:
    shared = (one.words & two.words) - _anybody()
    return bool(shared) and 2 * len(shared) >= min(len(one.words), len(two.words)) and not (one.known and two.known)


@cache
def _anybody() -> frozenset[str]:
    """Words of names that many have: troops, rebels, residents."""
    return words_of(" ".join(word for entry in load("across/people.yaml") for word in entry["words"]))


def _both_sides(plan: Told, other: Told) -> tuple[bool, bool]:
    """Of meetings, in which both sides do the same: whether one who meets is in both, and whether a second is."""
    mine, theirs = (*plan.actors, *plan.recipients), (*other.actors, *other.recipients)
    shared = [one for one in mine if _share((one,), theirs)]
    names = {party.key or party.name for party in shared}
    return any(party in shared for party in plan.actors or plan.recipients), len(names) >= 2
