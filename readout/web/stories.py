"""Stories: the list of them, and one with what each of its reports added, copies and updates under the report that they were made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from readout.across.facts import Link
from readout.across.linking import load_plain
from readout.across.linking.of_stories import SourcedStory
from readout.across.loading import load_facts
from readout.across.novelty import Novelty, find_novelty
from readout.across.novelty.items import ADDING, MARKS, Item
from readout.exports.members import StoryReport, story_reports
from readout.json_values import to_json
from readout.record.claims import ReportRow
from readout.record.groups import CopyRow, GroupRow
from readout.record.together import copies_among, parts_of_readings
from readout.web.decisions import is_linking, just_decided, on_members
from readout.web.grouped import Family, Found, group_asked, groups_in, routed
from readout.web.site import Site, site_of

#: What the reports of a story add is worked out unasked where they have so many claims at most: it takes a millisecond or two each.
_UNASKED = 70
_MOST = 1_500  # and when it is asked for, so many
_SHOWN = 60  # reports on a page, unless all are asked for
_SENTENCES = 3  # that a report adds, those that hold most
_HOUSES = 3
_BESIDE = 8  # incidents and ledgers
SIGNS: Mapping[str, str] = {"new": "+", "changed": "~", "contradicted": "!"}
_WORDS: Mapping[str, str] = {
    "new": "new", "changed": "changed", "contradicted": "contradicted", "repeated": "told before", "background": "background",
    "dropped": "dropped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in the list, with the first of its independent sources."""

    row: GroupRow
    houses: tuple[str, ...]


def lines_of(site: Site, rows: tuple[GroupRow, ...]) -> tuple[StoryLine, ...]:
    """The lines of the list."""
    found = load_plain(site.record, "story", [row.key for row in rows])
    return tuple(
        StoryLine(row, tuple(source["house"] for source in found[row.key]["sources"][:_HOUSES]))
        for row in rows
        if row.key in found
    )


FAMILY = Family(
    "story",
    "stories",
    "reports",
    "reports",
    "published",
    "Reports about one course of events over days and weeks, under a title in the reports’ own words.",
    'publisher:Xinhua "cease-fire talks"',
    lines_of,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that adds something: the strongest mark of its claims, the claim, and what is said of it."""

    mark: str
    words: str
    claim: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """What a report adds to those before it in the story: how many claims of each mark, and the sentences that hold most."""

    counts: tuple[tuple[str, int], ...]
    sentences: tuple[Sentence, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Told:
    """A report of a story, with what it adds where that was worked out, and the copies and updates that were made from it."""

    row: StoryReport
    added: Added | None
    copies: tuple[Told, ...] = ()


def added_of(found: Novelty) -> Added:
    """What a report adds, in short."""
    marks = Counter(item.mark for item in found.items)
    by_quote: dict[str, list[Item]] = {}
    for item in found.items:
        if item.mark in ADDING and item.weight:
            by_quote.setdefault(item.quote, []).append(item)
    groups = sorted(by_quote.values(), key=lambda items: (-sum(item.weight for item in items), items[0].span))
    shown = sorted(groups[:_SENTENCES], key=lambda items: items[0].span)
    counts = tuple((_WORDS[mark], marks[mark]) for mark in MARKS if marks[mark])
    return Added(counts, tuple(map(_sentence, shown)), len(groups) - len(shown))


def _sentence(items: Sequence[Item]) -> Sentence:
    first = min(items, key=lambda item: (("contradicted", "changed", "new").index(item.mark), item.span))
    claim = f"{first.kind}s/{first.claim}" if first.kind != "negotiation" else None
    return Sentence(first.mark, first.quote, claim, "" if first.mark == "new" else first.reasons[0])


def work_of(reports: Mapping[int, ReportRow]) -> int:
    """How many claims some reports have."""
    return sum(row.events + row.statements + row.figures for row in reports.values())


def novelty_of(site: Site, readings: Sequence[int], copies: Sequence[CopyRow]) -> dict[int, Added]:
    """What some reports add to those of them that came before, by the numbers of their readings."""
    links = [Link(one.first_reading, one.second_reading, one.kind, one.rule, one.score, one.reasons) for one in copies]
    found = find_novelty(load_facts(site.record, sorted(readings)), links)
    return {item.report: added_of(item) for item in found}


def folded(rows: Iterable[StoryReport], copies: Sequence[CopyRow], added: Mapping[int, Added]) -> tuple[Told, ...]:
    """Reports in their order, each with those that are made from its words, at first or further hand."""
    listed = list(rows)
    root = {row.reading: row.reading for row in listed}
    place = {row.reading: n for n, row in enumerate(listed)}

    def find(number: int) -> int:
        while root[number] != number:
            number = root[number]
        return number

    for copy in copies:
        if copy.first_reading in root and copy.second_reading in root:
            one, other = sorted((find(copy.first_reading), find(copy.second_reading)), key=lambda n: place[n])
            root[other] = one
    under: dict[int, list[Told]] = {}
    for row in listed:
        if find(row.reading) != row.reading:
            under.setdefault(find(row.reading), []).append(Told(row, added.get(row.reading)))
    return tuple(
        Told(row, added.get(row.reading), tuple(under.get(row.reading, ())))
        for row in listed
        if find(row.reading) == row.reading
    )


def story_page(request: Request, key: str) -> Response:
    """A story."""
    site = site_of(request)
    found: Found[SourcedStory] = group_asked(site, request, "story", key)
    readings = sorted(found.reports)
    copies = copies_among(site.record, readings)
    work, asked = work_of(found.reports), request.query_params.get("compare") == "yes"
    added: dict[int, Added] = {}
    if work <= (_MOST if asked else _UNASKED):
        added = site.remembered.get(("added", found.told.key, found.as_of), lambda: novelty_of(site, readings, copies))
    told = folded(story_reports(found.item, found.reports, copies), copies, added)
    parts = parts_of_readings(site.record, readings)
    names = [row.id for row in found.reports.values()]
    return site.page(
        request, "story.html", found=found, item=found.item, told=found.told, as_of=found.as_of,
        reports=told if request.query_params.get("all") == "yes" else told[:_SHOWN], origins=len(told), compared=bool(added),
        too_many=work > _MOST, signs_of=SIGNS, sources=found.item.sources, rows=found.reports, first=found.item.story.members[0],
        incidents=groups_in(part for part in parts if part.group.kind == "incident"),
        ledgers=groups_in(part for part in parts if part.group.kind == "ledger"), beside=_BESIDE,
        done=just_decided(site, request), linking=is_linking(), decisions=on_members(site, ("story", "copy"), names),
    )  # fmt: skip


def rows(site: Site, request: Request, key: str) -> tuple[Any, tuple[StoryReport, ...]]:
    """A story as JSON, and its reports."""
    found: Found[SourcedStory] = group_asked(site, request, "story", key)
    copies = copies_among(site.record, sorted(found.reports))
    value = to_json(found.item)
    listed = story_reports(found.item, found.reports, copies)
    return {**value.pop("story"), **value, "reports": [row.to_json() for row in listed], "as_of": found.as_of}, listed


router = routed(FAMILY, story_page, "reports of a story", rows)
