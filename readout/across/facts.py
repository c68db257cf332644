"""What the steps across reports look at: a report with its claims, as plain values, whether they come from a record or a test.

Everything is known by the record's own numbers; `key` is the same for the same actor or place in every report. Days are ISO dates.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from readout.types import ActorKind, Bound, EventType, FigureKind, NegotiationState, Span, Stance, Status


@dataclass(frozen=True, slots=True)
class Who:
    """An actor in a claim; `key` is "" where somebody is meant and not known."""

    key: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a claim. `kind` is the gazetteer's ("country", "city", …)."""

    key: str
    name: str
    country: str | None = None
    kind: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class EventFact:
    """An event as a report tells it. `start` and `end` are the days of its date, None where it has none; `figures` are numbers
    of the report's figures that size it; `sources` are those on whose word it stands, outermost first."""

    id: int
    type: EventType
    mode: str | None
    act_type: EventType
    act_mode: str | None
    status: Status
    actors: tuple[Who, ...] = ()
    recipients: tuple[Who, ...] = ()
    sources: tuple[Who, ...] = ()
    places: tuple[Where, ...] = ()
    start: str | None = None
    end: str | None = None
    figures: tuple[int, ...] = ()
    news: bool = True
    confidence: float = 1.0
    span: Span = (0, 0)
    quote: str = ""


@dataclass(frozen=True, slots=True)
class StatementFact:
    """A statement as a report tells it."""

    id: int
    speaker: Who | None
    content: str
    sourcing: str | None = None
    day: str | None = None
    span: Span = (0, 0)
    quote: str = ""


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A figure as a report tells it; `source` is who counted."""

    id: int
    value: float
    low: float | None
    high: float | None
    bound: Bound
    kind: FigureKind
    unit: str | None = None
    measure: str | None = None
    population: str | None = None
    place: Where | None = None
    since: str | None = None
    as_of: str | None = None
    source: Who | None = None
    span: Span = (0, 0)
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PositionFact:
    """Where a party stands on an issue of a negotiation, and the words that say so."""

    issue: str
    party: Who
    stance: Stance
    span: Span


@dataclass(frozen=True, slots=True)
class NegotiationFact:
    """A negotiation as a report tells it; `progress` is from 0 to 1."""

    topic: str
    parties: tuple[Who, ...]
    mediators: tuple[Who, ...]
    state: NegotiationState
    progress: float | None = None
    positions: tuple[PositionFact, ...] = ()
    obstacles: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor of a report: what it is, and everywhere that the text speaks of it, pronouns included. `members` are those whom a
    word like "both sides" stands for."""

    who: Who
    kind: ActorKind
    sectors: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    members: tuple[Who, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place of a report, and everywhere that the text names it."""

    where: Where
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a report names: the first and the last day that it covers, None where open."""

    span: Span
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report: `id` is the number of its reading in the record, `document` that of the piece of news whose version it is.

    `known` is the moment from which it was known (ISO, UTC; a bare day where no more is known), `published` its day. `notes` are what
    its source and its editors say of it: "ADDS quotes", "corrects spelling". `dateline` is where it was written, as it says. `content` is
    the id of the article's content, which no other article has, and which is the same in every record.
    """

    id: int
    document: int
    report_id: str
    text: str
    known: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    agency: str | None = None
    url: str | None = None
    sentences: tuple[Span, ...] = ()
    events: tuple[EventFact, ...] = ()
    statements: tuple[StatementFact, ...] = ()
    figures: tuple[FigureFact, ...] = ()
    negotiations: tuple[NegotiationFact, ...] = ()
    notes: tuple[str, ...] = ()
    actors: tuple[NamedActor, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    times: tuple[NamedTime, ...] = ()
    dateline: str | None = None
    content: str = ""


def in_order(report: ReportFacts) -> tuple[str, str, str, int]:
    """What sorts reports as they became known. Those of one moment come in the same order in every record, whatever their numbers
    are there."""
    return report.known, report.report_id, report.content, report.id


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two things: that they belong together, or that they do not.

    `kind` is what they are put together to, or kept apart in: "incident" (then `first` and `second` are numbers of events), "story" or
    "copy" (numbers of reports). `by` is whose word it is, `why` the reason given.
    """

    kind: str
    together: bool
    first: int
    second: int
    by: str
    why: str | None = None

    @property
    def rule(self) -> str:
        """The rule by which things stand together that were put together."""
        return f"decided by {self.by}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reason given, for a link."""
        return (self.why,) if self.why else (f"{self.by} put them together",)

    def among(self, ones: Collection[int], others: Collection[int]) -> bool:
        """Whether one of the two is among some, and the other among others."""
        return (self.first in ones and self.second in others) or (self.first in others and self.second in ones)


@dataclass(frozen=True, slots=True)
class Link:
    """Two things of one kind that belong together: by which rule, how surely (0 to 1), and why, in words. `first` is before `second`
    in the order of numbers unless the rule has a direction ("an update of")."""

    first: int
    second: int
    kind: str
    rule: str
    score: float
    reasons: tuple[str, ...] = ()
