"""Whether an event was told before: the same happening, with the same or another toll, day, place and party; or its denial."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from readout.across.facts import EventFact
from readout.across.incidents.evidence import ENOUGH, Evidence, weigh
from readout.across.incidents.outcomes import weigh_outcome
from readout.across.incidents.placing import kilometres
from readout.across.incidents.rare_words import likeness
from readout.across.incidents.telling import Told, is_point
from readout.across.incidents.tolls import Toll, same_people
from readout.across.novelty.items import Earlier, Mark
from readout.across.novelty.past import Past, Ready
from readout.across.novelty.words import Weigher, day_in_words, plural

#: Points that a denial and what it denies have at least, and how alike their sentences are at least.
_DENIES, _ALIKE = ENOUGH + 0.4, 0.25
#: What is needed besides where others act, or are acted on, in the one than in the other; where the day is another; for an outcome.
_OTHERS, _OTHER_DAY, _OUTCOME = 1.0, 1.8, 3.0
#: Points by which what is near may miss what is needed, to be named as the nearest.
_FAR = 2.0
#: By how much a number that leaves open how many more may miss an earlier one, and tell nothing new.
_ROUNDED = 1.25
#: Towns farther from each other than this are different places.
_APART_KM = 15.0
#: Earlier claims that are shown of those that tell the same.
SHOWN = 5
#: Days by which two sources speak at one time.
_AT_ONCE = 1

Compared = tuple[Ready, Told, Evidence]


@dataclass(frozen=True, slots=True)
class Found:
    """A mark, and what it rests on."""

    mark: Mark
    rule: str
    score: float
    reasons: tuple[str, ...]
    compared: tuple[Earlier, ...]


class Judge:
    """Compares the events of one report with those of the reports before it."""

    def __init__(self, ready: Ready, past: Past, weigher: Weigher, copied: frozenset[int]) -> None:
        self.ready, self.past, self.weigher, self.copied = ready, past, weigher, copied

    def compare(self, told: Told, others: Sequence[tuple[Ready, Told]]) -> list[Compared]:
        """Earlier claims with the evidence that they are of one happening, what speaks most for it first; what cannot be is left out."""
        mine = self._weighed(self.ready, told)
        found = []
        for ready, other in others:
            copied = ready.report.id in self.copied
            evidence = weigh(mine, self._weighed(ready, other), self.weigher.rarity, copied=copied)
            if evidence.veto is None:
                found.append((ready, other, evidence))
        return sorted(found, key=lambda item: (-item[2].points, item[1].known, item[1].identity))

    def _weighed(self, ready: Ready, told: Told) -> Told:
        """A claim with the weights that its words have now."""
        story = self.weigher.story(ready.report.id, ready.words)
        return replace(told, sentences=(self.weigher.of(told.event.quote),), story=story)

    def judge(self, told: Told) -> Found:
        """What an event adds to those before it."""
        others = self.past.told_near(told, self.weigher.rarity)
        compared = self.compare(told, [item for item in others if item[1].reality == told.reality])
        same = [item for item in compared if item[2].points >= _least(told, item[1])]
        against = self._against(told, others)
        if against and (not same or against[0][2].points > same[0][2].points):
            return _denied(told, against)
        if same:
            return judged(told, same)
        if told.reality == "happened" and (ahead := self._ahead(told, others)):
            return _came_about(ahead)
        return nothing_before(compared)

    def _ahead(self, told: Told, others: Sequence[tuple[Ready, Told]]) -> Compared | None:
        """The earlier claim that what happened was ahead."""
        mine, found = self._weighed(self.ready, told), []
        for ready, other in others:
            if other.reality != "ahead" or told.event.status not in _SAID_SO:
                continue
            evidence = weigh_outcome(self._weighed(ready, other), mine, self.weigher.rarity)
            if evidence is not None and evidence.veto is None and evidence.points >= _OUTCOME:
                found.append((ready, other, evidence))
        return max(found, key=lambda item: (item[2].points, item[1].identity), default=None)

    def _against(self, told: Told, others: Sequence[tuple[Ready, Told]]) -> list[Compared]:
        """Earlier claims that one denies, or that denied it."""
        if told.reality not in ("happened", "not"):
            return []
        some = [item for item in others if _opposed(told, item[1])]
        mine = self.weigher.of(told.event.quote)
        return [
            item
            for item in self.compare(told, some)
            if item[2].points >= _DENIES and likeness(mine, self.weigher.of(item[1].event.quote)) >= _ALIKE
        ]


_SAID_NOT = frozenset({"denied", "not_occurring"})
_SAID_SO = frozenset({"occurred", "ongoing"})


def _opposed(one: Told, other: Told) -> bool:
    """Whether the one says that something happened and the other that it did not, of one act and no long time. What somebody calls off
    or turns down is no denial: then it is told as another type than the act."""
    said, types = {one.event.status, other.event.status}, {one.event.type, other.event.type}
    if not (said & _SAID_NOT and said & _SAID_SO) or types != {one.event.act_type} or types != {other.event.act_type}:
        return False
    return not {one.precision, other.precision} & {"month", "year"}


def _least(told: Told, other: Told) -> float:
    """The points from which two claims are one: more where somebody else acts or is acted on."""
    least = ENOUGH
    for mine, theirs in ((told.actors, other.actors), (told.recipients, other.recipients)):
        if mine and theirs and not any(a.key == b.key or a.words & b.words for a in mine for b in theirs):
            least += _OTHERS
    if told.precision == other.precision == "day" and told.start != other.start:
        least += _OTHER_DAY
    return least


def earlier(ready: Ready, event: EventFact, score: float) -> Earlier:
    """An event of an earlier report as what one was compared with."""
    return Earlier(ready.report.id, event.id, ready.report.known, round(score, 3), event.span, event.quote)


def told_by(items: Sequence[tuple[Ready, object, object]]) -> str:
    """By how many reports, and by whom first, in words."""
    reports = {ready.report.id: ready for ready, _, _ in items}
    first = min(reports.values(), key=lambda ready: (ready.report.known, ready.report.id)).report
    by = first.agency or first.publisher or f"report {first.id}"
    many = f"told by {plural(len(reports), 'report')} before, first" if len(reports) > 1 else "told before"
    return f"{many} by {by} on {day_in_words(first.known)}"


def _listed(items: Sequence[Compared]) -> tuple[Earlier, ...]:
    return tuple(earlier(ready, other.event, evidence.score) for ready, other, evidence in items[:SHOWN])


def _denied(told: Told, against: Sequence[Compared]) -> Found:
    evidence = against[0][2]
    words = "denies what was" if told.event.status in _SAID_NOT else "is told, and was denied by what was"
    reason = f"{words} {told_by(against)}"
    return Found("contradicted", "denied", evidence.score, (reason, *evidence.reasons), _listed(against))


def _came_about(plan: Compared) -> Found:
    _, other, evidence = plan
    reason = f"was {other.event.status}: {told_by([plan])}"
    return Found("new", "was ahead", evidence.score, (reason, *evidence.reasons), _listed([plan]))


def nothing_before(compared: Sequence[Compared]) -> Found:
    """What was not told before, with the nearest that was."""
    if not compared or compared[0][2].points < ENOUGH - _FAR:
        return Found("new", "nothing like it", 1.0, ("no report before tells anything like it",), ())
    evidence = compared[0][2]
    points = f"{evidence.points:.1f} of {ENOUGH:g} points"
    reason = f"the nearest told before is not the same ({points})"
    return Found("new", "none the same", 1 - evidence.score, (reason, *evidence.reasons), _listed(compared[:1]))


def judged(told: Told, same: Sequence[Compared]) -> Found:
    """What an event adds to the same happening as it was told before."""
    listed, evidence = _listed(same), same[0][2]
    before = told_by(same)
    checks: tuple[Callable[[Told, Sequence[Compared]], tuple[Mark, str, str] | None], ...] = (
        toll_changed,
        _day_changed,
        _place_changed,
    )
    for check in checks:
        if found := check(told, same):
            mark, rule, words = found
            return Found(mark, rule, evidence.score, (words, before, *evidence.reasons), listed)
    return Found("repeated", evidence.rule or "told before", evidence.score, (before, *evidence.reasons), listed)


def toll_changed(told: Told, same: Sequence[Compared]) -> tuple[Mark, str, str] | None:
    """Whether a toll is another than all that were told of the happening."""
    for toll in told.tolls:
        known = [
            (ready, other, before)
            for ready, other, _ in same
            for before in other.tolls
            if before.measure == toll.measure and same_people(before.population, toll.population)
        ]
        if not known or any(_tells_nothing_new(toll, before) for _, _, before in known):
            continue
        ready, other, before = max(known, key=lambda item: (item[1].known, item[0].report.id))
        return _revised(told, toll, ready, other, before)
    return None


def _tells_nothing_new(toll: Toll, before: Toll) -> bool:
    """Whether a toll is one that was told, or only rounds it: "more than 100" after 110, but not 100 after "more than 80"."""
    if toll.best == before.best:
        return True
    if toll.best > before.best and before.high is None:
        return False
    low, high = toll.low or 0.0, float("inf") if toll.high is None else toll.high
    large, small = max(toll.best, before.best), min(toll.best, before.best)
    return low < high and low <= before.best <= high and large <= small * _ROUNDED


def _revised(told: Told, toll: Toll, ready: Ready, other: Told, before: Toll) -> tuple[Mark, str, str]:
    one, two = _counter(other, before), _counter(told, toll)
    apart = abs((told.day or 0) - (other.day or 0))
    if one and two and one != two and apart <= _AT_ONCE and not told.update and not _agree(before, toll):
        words = f"{two} says {toll.best:g} {toll.measure}, and {one} {before.best:g} at the same time (report {ready.report.id})"
        return "contradicted", "toll", words
    return "changed", "toll", revised(before.best, toll.best, toll.measure, ready)


def revised(was: float, now: float, measure: str, ready: Ready) -> str:
    """A number that changed, in words."""
    verb = "raised" if now > was else "lowered"
    return f"{measure}: {verb} from {was:g} to {now:g} since report {ready.report.id} of {day_in_words(ready.report.known)}"


def _counter(told: Told, toll: Toll) -> str | None:
    for figure in told.figures:
        if figure.id in toll.figures and figure.source is not None and figure.source.name:
            return figure.source.name
    return told.event.sources[-1].name or None if told.event.sources else None


def _agree(one: Toll, other: Toll) -> bool:
    """Whether one number could be what both say."""
    low = max(one.low or 0.0, other.low or 0.0)
    high = min(float("inf") if one.high is None else one.high, float("inf") if other.high is None else other.high)
    return low <= high


def _day_changed(told: Told, same: Sequence[Compared]) -> tuple[Mark, str, str] | None:
    """Whether the day is another than all that were told of the happening."""
    if told.precision != "day" or told.event.start is None:
        return None
    known = [(ready, other) for ready, other, _ in same if other.precision == "day" and other.event.start]
    if not known or any(other.start == told.start for _, other in known):
        return None
    ready, other = max(known, key=lambda item: (item[1].known, item[0].report.id))
    assert other.event.start is not None
    verb = "moved" if told.reality == "ahead" else "dated"
    days = f"from {day_in_words(other.event.start)} to {day_in_words(told.event.start)}"
    return "changed", "date", f"{verb} {days} since report {ready.report.id} of {day_in_words(ready.report.known)}"


def _place_changed(told: Told, same: Sequence[Compared]) -> tuple[Mark, str, str] | None:
    """Whether the town is another than all that were told of the happening."""
    here = [place for place in told.event.places if is_point(place)]
    known = [(ready, place) for ready, other, _ in same for place in other.event.places if is_point(place)]
    if not here or not known:
        return None
    if any((kilometres(place, other) or 0.0) <= _APART_KM for place in here for _, other in known):
        return None
    ready, place = known[0]
    since = f"since report {ready.report.id} of {day_in_words(ready.report.known)}"
    return "changed", "place", f"placed in {here[0].name}, and in {place.name} before, {since}"
