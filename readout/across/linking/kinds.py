"""What a kind of group must be able to do, to be stored and kept up: found, described, taken apart and put together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readout.across.facts import ReportFacts
from readout.across.whole import Across


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A member of a group: a report, by the number of its reading, or a claim of it."""

    reading: int
    claim: str = ""  # events, statements, figures; "" for the report itself
    number: int = 0  # the claim's


@dataclass(frozen=True, slots=True)
class Belonging:
    """A member of a group, by which rule it is in it, how surely (None where nothing was weighed), and why."""

    piece: Piece
    rule: str
    score: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """What is stored of a group beside the whole of it. Days are ISO dates; `sources` is how many reports do not come from each other."""

    key: str
    title: str
    start: str
    end: str
    reports: int
    sources: int
    members: tuple[Belonging, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """What is known of a report whose text is not at hand."""

    report_id: str
    known: str
    content: str
    published: str | None
    title: str | None

    @classmethod
    def of(cls, report: ReportFacts) -> Outside:
        """The same of a report that is at hand."""
        return cls(report.report_id, report.known, report.content, report.published, report.title)

    @property
    def day(self) -> str:
        """The day of the report."""
        return (self.published or self.known)[:10]

    @property
    def order(self) -> tuple[str, str, str]:
        """What sorts reports as they became known."""
        return self.known, self.report_id, self.content


Reports = Mapping[int, Outside]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of group.

    Attributes:
        name: "story"; what it is called in the record.
        plural: "stories".
        body: the dataclass that its items are; it must go to JSON and back (`readout.json_values`), and every report of whose words it
            has any must be among its members: what is forgotten is found by them.
        items: all of them that some reports make.
        describe: what is stored beside the body.
        renamed: an item with another id, for the case that two have the same.
        part: an item of some of its members alone, in a record of which only a part is looked at; its id is that of its first member.
        join: one item of several that have no member in common, the one of most of whose members it is certain that they belong
            together first. Without `part` and `join`, groups that reach beyond the part that is looked at stay until all is linked anew.
        referring: an item whose mentions of other groups' ids follow where these changed: from kind and id to id.
        decided: the kind of people's decisions that hold for it, "" for none.
    """

    name: str
    plural: str
    body: type[Any]
    items: Callable[[Across], Sequence[Any]]
    describe: Callable[[Any], Described]
    renamed: Callable[[Any, str], Any]
    part: Callable[[Any, Collection[Piece], Reports], Any] | None = None
    join: Callable[[Sequence[Any], Reports], Any] | None = None
    referring: Callable[[Any, Mapping[tuple[str, str], str]], Any] | None = None
    decided: str = ""
