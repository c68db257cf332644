"""The main developments of a period: stories, each with the sentences that say most of it and no two that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readout.across.brief.ground import Ground, words_of
from readout.across.brief.labels import statements_in, tells
from readout.across.brief.passages import Passage, day_of, lead_of, sentences_of, stands_alone
from readout.across.brief.shape import Development
from readout.across.brief.weighing import is_of_several, weight_of
from readout.across.facts import ReportFacts
from readout.across.stories.headlines import plain_headline

#: What a development weighs at least to be one, and how many lines it has at most.
_LEAST, _LINES = 2.5, 4
#: What a sentence from inside a report weighs at least, and by how much less than a lead it counts.
_BODY_LEAST, _BODY_LESS = 5.0, 2.5
#: By how much less the later of two that tell the same may weigh.
_NEWER = 1.5
#: How alike reports of one story are to be told of together.
_TOGETHER, _SURELY = 0.2, 0.3
#: How many words they share at least that are no names of people.
_FEWEST = 2
#: What "here" costs, as nobody knows where it is; what a flash costs beside a full report.
_HERE, _FLASH, _FEW = 0.5, 0.25, 9
#: How much each further line adds to a development's weight, and being new.
_FURTHER, _NEW, _EACH = 0.35, 0.5, 0.3


@dataclass(slots=True)
class _Candidate:
    passage: Passage
    weight: float
    also: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Block:
    candidates: list[_Candidate]
    reports: list[ReportFacts]
    leads: list[Passage]


def developments(ground: Ground, most: int) -> tuple[Development, ...]:
    """The weightiest developments of the period, the weightiest first.

    Args:
        ground: the reports.
        most: so many at most.
    """
    blocks = [block for reports in ground.by_story(ground.period).values() for block in _blocks(ground, reports)]
    made = [made for block in _without_twins(ground, blocks) if (made := _development(ground, block))]
    made.sort(key=lambda item: (-item.weight, item.lines[0].day, item.story, item.title))
    return tuple(made[:most])


def _blocks(ground: Ground, reports: Sequence[ReportFacts]) -> list[_Block]:
    """The reports of a story of the period in groups that can be told of together: each shares much of what it says with another."""
    blocks: list[_Block] = []
    for report in reports:
        candidates = _candidates(ground, report)
        lead = next((candidate.passage for candidate in candidates if candidate.passage.first), None)
        near = [block for block in blocks if lead and any(_together(ground, lead, other) for other in block.leads)]
        blocks = [block for block in blocks if block not in near]
        mine = _Block(candidates, [report], [lead] if lead else [])
        for block in near:
            mine = _Block(
                [*block.candidates, *mine.candidates], [*block.reports, *mine.reports], [*block.leads, *mine.leads]
            )
        blocks.append(mine)
    return blocks


def _together(ground: Ground, one: Passage, other: Passage) -> bool:
    left, right = (words_of(f"{p.report.title or ''} {p.words}") - _tellers(p) for p in (one, other))
    alike = ground.alike(left, right)
    people = {word for who in _people(one) | _people(other) for word in words_of(who)}
    # One person does many things in a week: a name is not enough for two reports to be of one thing.
    return alike >= _SURELY or (alike >= _TOGETHER and len((left & right) - people) >= _FEWEST)


def _people(passage: Passage) -> set[str]:
    """The names of those who act or are acted on, of more than one word."""
    return {who.name for event in passage.events for who in (*event.actors, *event.recipients) if " " in who.name}


def _tellers(passage: Passage) -> frozenset[str]:
    """The words of those who only tell what a passage says: one spokesman speaks of many things."""
    return frozenset(
        word
        for said in statements_in(passage)
        if said.speaker and tells(passage, said)
        for word in words_of(said.speaker.name)
    )


def _candidates(ground: Ground, report: ReportFacts) -> list[_Candidate]:
    """The sentences of a report that could be lines, with their weight."""
    found = []
    lead = lead_of(report)
    if lead is not None and (weight := weight_of(lead)) is not None:
        short = len(lead.words.split()) < _FEW
        found.append(_Candidate(lead, weight - (_HERE if lead.here else 0.0) - (_FLASH if short else 0.0)))
    for passage in sentences_of(report):
        if passage.first or not _heavy(passage, ground.since) or not stands_alone(passage):
            continue
        weight = weight_of(passage)
        if weight is not None and weight >= _BODY_LEAST:
            found.append(_Candidate(passage, weight - _BODY_LESS))
    return found


def _heavy(passage: Passage, since: str) -> bool:
    """Whether a sentence from inside tells of violence or its end that is new and of the period."""
    return any(
        event.act_type in ("ASSAULT", "RETREAT", "COERCE", "MOBILIZE")
        and event.status in ("occurred", "ongoing")
        and (event.start or "") >= since
        for event in passage.news
    )


def _without_twins(ground: Ground, blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks without sentences that another tells already, in any block: the weightier stays, or the later where they weigh alike."""
    every = [(candidate, block) for block in blocks for candidate in block.candidates]
    every.sort(key=lambda pair: (-pair[0].weight, *_age(pair[0])))
    kept: list[tuple[_Candidate, _Block]] = []
    for pair in every:
        at = next((at for at, (other, _) in enumerate(kept) if ground.same(pair[0].passage, other.passage)), None)
        if at is None:
            kept.append(pair)
            continue
        stays, goes = kept[at], pair
        if _replaces(goes[0], stays[0]):
            stays, goes = goes, stays
            kept[at] = stays
        if ground.confirms(stays[0].passage, goes[0].passage):
            stays[0].also |= {goes[0].passage.report.id, *goes[0].also}
        goes[1].candidates.remove(goes[0])
    return [block for block in blocks if block.candidates]


def _replaces(candidate: _Candidate, other: _Candidate) -> bool:
    """Whether one that tells the same is the better: later, a lead, and not much lighter."""
    return _age(candidate) > _age(other) and candidate.weight >= other.weight - _NEWER and candidate.passage.first


def _age(candidate: _Candidate) -> tuple[str, str, int, int]:
    report = candidate.passage.report
    return day_of(report), report.known, report.id, candidate.passage.span[0]


def _development(ground: Ground, block: _Block) -> Development | None:
    ordered = sorted(
        block.candidates,
        key=lambda c: (-c.weight, day_of(c.passage.report), c.passage.report.report_id, c.passage.span),
    )
    best = ordered[0]
    if best.weight < _LEAST:
        return None
    chosen = [candidate for candidate in ordered[:_LINES] if candidate.weight >= _LEAST - 1]
    chosen = [best, *sorted(chosen[1:], key=_age)]
    numbers = {report.id for report in block.reports} | {number for c in chosen for number in c.also}
    story = ground.stories[best.passage.report.id]
    new = story.start >= ground.since
    sources = ground.across.sourcing(sorted(numbers)).independent
    weight = best.weight + sum(_FURTHER * max(c.weight, 0.0) / at for at, c in enumerate(ordered[1:5], 2))
    weight += _NEW * new + _EACH * (len(numbers) - 1) + _EACH * (sources - 1)
    return Development(
        title=title_of(best.passage, [c.passage for c in ordered[1:]]),
        story=story.id,
        lines=tuple(ground.line(c.passage, also=c.also) for c in chosen),
        reports=tuple(ground.across.reports[number].report_id for number in sorted(numbers, key=ground.order)),
        sources=sources,
        new=new,
        weight=round(weight, 2),
    )


def title_of(best: Passage, others: Iterable[Passage]) -> str:
    """The headline of the best report that has one, without what desks put around it; else the beginning of its words."""
    for passage in (best, *others):
        if passage.first and (title := headline_of(passage.report)):
            return title
    words = best.words.split()
    return best.words if len(words) <= 12 else " ".join(words[:12]) + " …"


def headline_of(report: ReportFacts) -> str:
    """A report's headline if it says something by itself; "" for a slug."""
    title = plain_headline(report.title or "")
    if is_of_several(title):
        return ""
    words = len(title.split())
    return title if words >= 6 or (words >= 4 and title[0].isupper()) else ""


__all__ = ["developments", "headline_of", "title_of"]
