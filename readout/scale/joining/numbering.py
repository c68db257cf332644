"""Groups in other numbers: a record's own numbers of reports and claims, wherever a group has them, for those of another."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

from readout.across.copies.sourcing import Source
from readout.across.facts import EventFact, FigureFact
from readout.across.incidents.finding import Member
from readout.across.incidents.tolls import Toll
from readout.across.ledger.revisions import DayRange, Entry, Remark, Step
from readout.across.linking.of_stories import SourcedStory
from readout.across.negotiations.types import Basis, Membership, Role, Track
from readout.across.stories.finding import Member as StoryMember

#: The other number of a report ("", or "mention") or of a claim ("events", "statements", "figures").
Numbers = Callable[[str, int], int]
_Walk = Callable[[Any, Numbers], Any]

REPORT, EVENT, FIGURE = "", "events", "figures"
#: The other number of a report that is only mentioned in words; 0 where it is none of the group's any more.
MENTION = "mention"
#: Which fields hold numbers, and of what.
NUMBERED: Mapping[tuple[type, str], str] = {
    (StoryMember, "report"): REPORT, (SourcedStory, "titled"): REPORT, (Source, "reports"): REPORT,
    (Member, "report"): REPORT, (Member, "twins"): EVENT, (Member, "beside"): EVENT, (Member, "of"): EVENT,
    (EventFact, "id"): EVENT, (EventFact, "figures"): FIGURE, (FigureFact, "id"): FIGURE, (Toll, "figures"): FIGURE,
    (Entry, "report"): REPORT, (Entry, "figure"): FIGURE, (Step, "figures"): FIGURE, (DayRange, "figures"): FIGURE,
    (Remark, "figures"): FIGURE, (Membership, "report"): REPORT, (Basis, "report"): REPORT, (Role, "naming"): REPORT,
    (Role, "otherwise"): REPORT,
}  # fmt: skip
#: Fields that name a claim as "events/12".
NAMED = frozenset({(Basis, "claim")})
#: Lists of reasons that end with the number of a report.
_SAYING = frozenset({(Membership, "reasons")})
_AS_IN = re.compile(r"(?<=\bas in report )\d+$")
#: Lists in the order of their numbers.
_SORTED = frozenset({(Source, "reports"), (DayRange, "figures"), (Role, "naming"), (Role, "otherwise")})


def renumbered(body: type[Any], value: Any, numbers: Numbers) -> Any:
    """A group as JSON values, of the type of which its kind's items are, with other numbers; what has none is not copied."""
    walk = _walk(typing.cast(Hashable, body))
    return walk(value, numbers) if walk else value


@cache
def _walk(expected: Any) -> _Walk | None:
    """What renumbers a value of a type; None where nothing of it is numbered."""
    if dataclasses.is_dataclass(expected):
        return _of_object(typing.cast(type[Any], expected))
    if typing.get_origin(expected) is tuple:
        return _of_list(typing.get_args(expected))
    for option in typing.get_args(expected):  # of a union
        if walk := _walk(option):
            return _unless_none(walk)
    return None


def _unless_none(walk: _Walk) -> _Walk:
    return lambda value, numbers: None if value is None else walk(value, numbers)


def _of_list(items: tuple[Any, ...]) -> _Walk | None:
    if len(items) == 2 and items[1] is Ellipsis:
        walk = _walk(items[0])
        return (lambda value, numbers: [walk(item, numbers) for item in value]) if walk else None
    walks = [_walk(item) for item in items]
    if not any(walks):
        return None
    return lambda value, numbers: [
        walk(item, numbers) if walk else item for walk, item in zip(walks, value, strict=True)
    ]


def _of_object(cls: type[Any]) -> _Walk | None:
    hints = typing.get_type_hints(cls)
    walks: dict[str, _Walk] = {}
    for field in dataclasses.fields(cls):
        at = (cls, field.name)
        known = _numbered(at) if at in NUMBERED else _named if at in NAMED else _said if at in _SAYING else None
        walk = known or _walk(hints[field.name])
        if walk:
            walks[field.name] = walk
    if not walks:
        return None

    def of(value: Any, numbers: Numbers) -> Any:
        found = {name: walks[name](item, numbers) if name in walks else item for name, item in value.items()}
        if cls is Track:
            found["reports"].sort(key=lambda member: member["report"])
        return found

    return of


def _numbered(at: tuple[type, str]) -> _Walk:
    what, in_order = NUMBERED[at], at in _SORTED

    def of(value: Any, numbers: Numbers) -> Any:
        if isinstance(value, int):
            return numbers(what, value)
        if value is None:
            return None
        found = [numbers(what, number) for number in value]
        return sorted(found) if in_order else found

    return of


def _named(value: Any, numbers: Numbers) -> Any:
    claim, stroke, number = (value or "").partition("/")
    return f"{claim}/{numbers(claim, int(number))}" if stroke else value  # "negotiations" has no number


def _said(value: Any, numbers: Numbers) -> Any:
    return [_AS_IN.sub(lambda found: str(numbers(MENTION, int(found[0]))), reason) for reason in value]
