"""Whether a figure was given before: tolls as ledgers bring them together, other figures by what they count and their sentence."""

from __future__ import annotations

from collections.abc import Sequence

from readout.across.facts import FigureFact
from readout.across.incidents.evidence import ENOUGH, Evidence
from readout.across.incidents.rare_words import likeness
from readout.across.incidents.tolls import same_people
from readout.across.ledger.toll_claims import Counted
from readout.across.novelty.events import SHOWN, Found, Judge, revised, told_by
from readout.across.novelty.items import Earlier
from readout.across.novelty.past import Past, Ready
from readout.across.novelty.words import Weigher, days_between, words_in

#: How alike the sentences of two equal figures are at least for both to be one: of numbers that say much, of those that many things have
#: (small ones, shares), and where days lie between.
_ALIKE, _COMMON, _LATER = 0.42, 0.55, 0.6
#: How alike two reports of one story are at least, and how alike the sentences then have to be.
_ONE_STORY, _COUNTED_THERE = 0.25, 0.3
#: Days after which what is counted anew each day has another number, and numbers below which many things are counted.
_SOON, _SMALL = 3, 20
#: By how much a number that leaves open how many more may miss an earlier one, and tell nothing new.
_ROUNDED = 1.25
#: Days by which two sources speak at one time.
_AT_ONCE = 1


def judge_tolls(ready: Ready, judge: Judge, past: Past, weigher: Weigher) -> dict[int, Found]:
    """What the tolls of a report add to those before it, by the numbers of their figures."""
    found: dict[int, Found] = {}
    for told in ready.counted:
        compared = judge.compare(told, past.counted_near(told, weigher.rarity))
        same = [(other, claim, evidence) for other, claim, evidence in compared if evidence.points >= ENOUGH]
        behind = [
            (other, item, evidence) for other, claim, evidence in same for n in claim.twins for item in other.behind[n]
        ]
        for number in told.twins:
            found.update((item.figure.id, _toll(item, behind)) for item in ready.behind[number])
    return found


def _toll(item: Counted, behind: Sequence[tuple[Ready, Counted, Evidence]]) -> Found:
    """What one toll adds to those of the same happening or period that were given before."""
    figure = item.figure
    known = [
        entry
        for entry in behind
        if entry[1].figure.measure == figure.measure
        and same_people(entry[1].figure.population, figure.population)
        and (entry[1].over_time, entry[1].part) == (item.over_time, item.part)
    ]
    if not known:
        return Found("new", "nothing like it", 1.0, ("no report before counts it",), ())
    equal = [entry for entry in known if _tells_nothing_new(figure, entry[1].figure)]
    if equal:
        if item.denied != equal[0][1].denied:
            reason = f"{figure.value:g} {figure.measure} is denied, {told_by(equal)}"
            return Found("contradicted", "denied", equal[0][2].score, (reason,), _listed(equal))
        reasons = (told_by(equal), *equal[0][2].reasons)
        return Found("repeated", "toll", equal[0][2].score, reasons, _listed(equal))
    ready, last, evidence = max(known, key=lambda entry: (entry[0].report.known, entry[0].report.id))
    if _differ(item, last, ready):
        words = f"{_by(item)} counts {figure.value:g} {figure.measure}, and {_by(last)} {last.figure.value:g} at the same time"
        return Found("contradicted", "toll", evidence.score, (words, *evidence.reasons), _listed(known))
    words = revised(last.figure.value, figure.value, figure.measure or "", ready)
    return Found("changed", "toll", evidence.score, (words, *evidence.reasons), _listed(known))


def _tells_nothing_new(figure: FigureFact, before: FigureFact) -> bool:
    """Whether a number is one that was given, or only rounds it: "more than 100" after 110, but not 100 after "more than 80"."""
    if figure.value == before.value:
        return True
    if figure.value > before.value and before.high is None:
        return False
    low, high = figure.low or 0.0, float("inf") if figure.high is None else figure.high
    large, small = max(figure.value, before.value), min(figure.value, before.value)
    return low < high and low <= before.value <= high and large <= small * _ROUNDED


def _differ(item: Counted, last: Counted, ready: Ready) -> bool:
    """Whether two sources give numbers at one time that leave none in common."""
    one, two = _by(item), _by(last)
    if not one or not two or one == two:
        return False
    days = days_between(item.report.published or item.report.known, ready.report.published or ready.report.known)
    low = max(item.figure.low or 0.0, last.figure.low or 0.0)
    highs = [figure.high for figure in (item.figure, last.figure) if figure.high is not None]
    return days <= _AT_ONCE and bool(highs) and low > min(highs)


def _by(item: Counted) -> str | None:
    if item.figure.source is not None:
        return item.figure.source.name or None
    return item.event.sources[-1].name or None if item.event is not None and item.event.sources else None


def _listed(items: Sequence[tuple[Ready, Counted, Evidence]]) -> tuple[Earlier, ...]:
    return tuple(
        Earlier(
            ready.report.id,
            item.figure.id,
            ready.report.known,
            round(evidence.score, 3),
            item.figure.span,
            item.figure.quote,
        )
        for ready, item, evidence in items[:SHOWN]
    )


def judge_figure(figure: FigureFact, now: Ready, past: Past, weigher: Weigher) -> Found:
    """What a figure that is no toll adds: it was given before where the same number of the same thing stands in a like sentence."""
    mine = weigher.of(figure.quote)
    compared = []
    for ready, other in past.figures_near(figure, weigher.rarity):
        if (other.kind, other.unit, other.value) == (figure.kind, figure.unit, figure.value):
            alike = likeness(mine, weigher.of(other.quote))
            compared.append((alike, ready, other))
    compared.sort(key=lambda item: (-item[0], item[1].report.known, item[2].id))
    same = [
        item
        for item in compared
        if item[0] >= _least(figure, now, item[1], item[2], weigher) and _same_population(figure, item[2])
    ]
    if not same:
        return Found("new", "nothing like it", 1.0, ("no report before gives it of the same thing",), ())
    listed = tuple(
        Earlier(ready.report.id, other.id, ready.report.known, round(alike, 3), other.span, other.quote)
        for alike, ready, other in same[:SHOWN]
    )
    words = f"{figure.value:g} {figure.unit or ''}".strip() + f" in a like sentence ({same[0][0]:.2f})"
    before = told_by([(ready, None, None) for _, ready, _ in same])
    return Found("repeated", "same number and words", same[0][0], (before, words), listed)


def _least(figure: FigureFact, now: Ready, before: Ready, other: FigureFact, weigher: Weigher) -> float:
    """How alike the sentences have to be: less where both count the same people or things in reports of one story."""
    if figure.population is not None and other.population is not None and _same_population(figure, other):
        stories = (weigher.story(ready.report.id, ready.words) for ready in (now, before))
        if likeness(*stories) >= _ONE_STORY:
            return _COUNTED_THERE
    common = figure.kind in ("share", "ordinal") or figure.value < _SMALL
    days = days_between(now.report.known, before.report.known)
    return max(_COMMON if common else _ALIKE, _LATER if days > _SOON else 0.0)


def _same_population(one: FigureFact, other: FigureFact) -> bool:
    if one.population is None or other.population is None:
        return True
    return bool(words_in(one.population) & words_in(other.population)) or one.population == other.population
