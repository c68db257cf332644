"""Stories as groups of reports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from readout.across.copies.sourcing import Source
from readout.across.linking.kinds import Belonging, Described, Kind, Piece, Reports
from readout.across.stories.finding import Story, story_id
from readout.across.stories.headlines import plain_headline
from readout.across.whole import Across


@dataclass(frozen=True, slots=True)
class SourcedStory:
    """A story and the independent sources that it has. `titled` is the number of the report whose words its title is in."""

    story: Story
    sources: tuple[Source, ...]
    titled: int


def _items(across: Across) -> list[SourcedStory]:
    found = []
    for story in across.stories:
        numbers = [member.report for member in story.members]
        headed = (number for number in numbers if plain_headline(across.reports[number].title or "") == story.title)
        found.append(SourcedStory(story, across.sourcing(numbers).sources, next(headed, numbers[0])))
    return found


def _describe(item: SourcedStory) -> Described:
    story = item.story
    members = tuple(Belonging(Piece(one.report), one.rule, one.score, one.reasons) for one in story.members)
    days = (story.start[:10], story.end[:10])
    return Described(story.id, story.title, *days, len(members), len(item.sources), members)


def _renamed(item: SourcedStory, key: str) -> SourcedStory:
    return replace(item, story=replace(item.story, id=key))


def _part(item: SourcedStory, pieces: Collection[Piece], reports: Reports) -> SourcedStory:
    story = item.story
    members = tuple(member for member in story.members if Piece(member.report) in pieces)
    kept = {member.report for member in members}
    first = min(kept, key=lambda number: reports[number].order)
    sources = tuple(
        replace(source, reports=tuple(number for number in source.reports if number in kept)) for source in item.sources
    )
    titled = item.titled if item.titled in kept else first
    days = sorted(reports[number].day for number in kept)
    return SourcedStory(
        replace(
            story,
            id=story.id if first == story.members[0].report else story_id(reports[first].report_id),
            title=story.title if titled == item.titled else _title(titled, reports),
            members=members,
            start=days[0],
            end=days[-1],
        ),
        tuple(source for source in sources if source.reports),
        titled,
    )


def _title(report: int, reports: Reports) -> str:
    return plain_headline(reports[report].title or "") or f"report {reports[report].report_id}"


def _join(items: Sequence[SourcedStory], reports: Reports) -> SourcedStory:
    largest = max(items, key=lambda item: len(item.story.members))
    members = sorted((one for item in items for one in item.story.members), key=lambda one: reports[one.report].order)
    earliest = next(item for item in items if members[0] in item.story.members)
    houses: dict[str, Source] = {}
    for item in items:
        for source in item.sources:
            before = houses.get(source.house)
            numbers = (*before.reports, *source.reports) if before else source.reports
            reasons = (*before.reasons, *source.reasons) if before else source.reasons
            houses[source.house] = Source(source.house, tuple(sorted(numbers)), tuple(dict.fromkeys(reasons)))
    return SourcedStory(
        Story(
            id=earliest.story.id,
            title=largest.story.title,
            members=tuple(members),
            start=min(item.story.start for item in items),
            end=max(item.story.end for item in items),
            merged=tuple(dict.fromkeys(name for item in items for name in item.story.merged)),
        ),
        tuple(houses[name] for name in sorted(houses)),
        largest.titled,
    )


STORY = Kind("story", "stories", SourcedStory, _items, _describe, _renamed, _part, _join, decided="story")
