"""What Readout says: the report and its parts, as frozen typed values, to and from JSON.

The names are the public contract ("readout/1"). Every `Span` is `[start, end)` in Unicode code points of the report's
own `text`; every reference to an actor, place, time or figure is an index into the report's list of that name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from readout.errors import ReportError
from readout.json_values import from_json, to_json

SCHEMA = "readout/1"

#: `[start, end)` in code points of the report's text.
Span = tuple[int, int]

PublishedFrom = Literal["argument", "metadata", "url", "text", "file"]
RemovedKind = Literal[
    "agency_tag", "byline", "dateline", "editor_note", "related_link", "promotion", "copyright", "widget", "whitespace"
]
ActorKind = Literal[
    "person", "government", "organization", "armed_group", "party", "igo", "ngo", "company", "media", "population",
    "country", "unnamed",
]  # fmt: skip
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Bound = Literal["exact", "about", "more_than", "less_than", "at_least", "at_most", "range"]
FigureKind = Literal["count", "ordinal", "share", "money", "quantity"]
Status = Literal[
    "occurred", "ongoing", "planned", "proposed", "requested", "threatened", "refused", "denied", "not_occurring",
    "hypothetical", "uncertain",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
StatementKind = Literal["direct", "indirect", "mixed"]
Sourcing = Literal["named", "official", "institutional", "anonymous", "hearsay"]
NegotiationState = Literal["proposed", "under_way", "stalled", "suspended", "agreed", "implemented", "collapsed"]
EntityKind = Literal["actor", "place", "time", "figure", "facility", "weapon", "vehicle", "document"]
Stance = Literal["supports", "opposes", "refuses", "demands", "offers"]


@dataclass(frozen=True, slots=True)
class Removed:
    """Furniture that was cleaned away: put back at `at`, last first, the pieces restore the article to the letter."""

    kind: RemovedKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts, speaks or is acted on."""

    name: str
    kind: ActorKind
    id: str | None = None
    country: str | None = None  # ISO 3166 alpha-3
    sectors: tuple[str, ...] = ()  # PLOVER sector codes
    role: str | None = None
    affiliation: str | None = None
    mentions: tuple[Span, ...] = ()
    members: tuple[int, ...] = ()  # whom "the two sides" gathers, as indexes into the same list


@dataclass(frozen=True, slots=True)
class Claim:
    """What a party to a dispute holds of a territory, as it puts it and not as it is: `says` is a verb and what follows
    it, "holds it to be its territory", of which `by` is the subject.

    `by` is a state (ISO 3166 alpha-3, XKX for Kosovo), the id of an actor of the registry, or the name of the territory for its
    own authorities. `since` and `until` are a year, a month or a day, both included; None where open or not known.
    """

    by: str
    says: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Administration:
    """Who governs a contested territory in fact, whoever claims it; `part`: others hold parts of it too. The rest as in
    `Claim`."""

    by: str
    since: str | None = None
    until: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map; coordinates in degrees, WGS 84.

    `territory` is the contested territory that it is or lies in; `claims` and `administered_by` are what holds for it on the
    article's day (where it has none: at any time). `country` is where the gazetteer keeps it, and decides nothing.
    """

    name: str
    kind: str
    country: str | None = None  # ISO 3166 alpha-3
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    mentions: tuple[Span, ...] = ()
    territory: str | None = None
    claims: tuple[Claim, ...] = ()
    administered_by: tuple[Administration, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 value, and the days it covers, first and last included. The value of one expression for a
    stretch ("May 3-5") is the two ends as an ISO 8601 interval, "2024-05-03/2024-05-05"."""

    span: Span
    type: TimeType
    value: str
    start: str | None = None  # ISO date
    end: str | None = None  # ISO date


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that says something; `low` and `high` are None where the bound is open."""

    span: Span
    value: float | int
    low: float | int | None
    high: float | int | None
    bound: Bound
    kind: FigureKind
    unit: str | None = None
    measure: str | None = None
    population: str | None = None
    place: int | None = None
    since: str | None = None
    as_of: str | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A phrase that names something: no two of a report's share a word.

    `index` is the entry in the report's list of its kind (actors, places, times, figures); None for a thing, and for a
    pronoun or noun of which the report does not say for whom or what it stands.
    """

    span: Span
    kind: EntityKind
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """The act itself, below the promise, threat, refusal or request."""

    type: EventType
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days, first and last included; None where open."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """On whose word: an actor where one is known, and the words that say so."""

    source: int | None
    cue: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, and whether it happened."""

    id: str
    type: EventType
    mode: str | None
    act: Act
    status: Status
    quad: int
    cameo: str | None
    contexts: tuple[str, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    places: tuple[int, ...]
    time: int | None
    date: DateRange | None
    figures: tuple[int, ...]
    attribution: tuple[Attribution, ...]
    span: Span
    sentence: int
    news: bool
    rule: str
    confidence: float
    spans: tuple[Span, ...] = ()  # further triggers of the same event, told again


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says, writes, believes or fears what.

    `sourcing` is on whose word it stands: "named" (a person with a name), "official" (one given by office alone: "a
    senior official"), "institutional" (a body, a medium or a document: "the ministry", "a statement by the army"),
    "anonymous" (one with neither: "a source close to the palace", "residents"), "hearsay" (nobody at all: "is said
    to", "reportedly", "rumours"); None where the text does not tell.
    """

    id: str
    speaker: int | None
    speaker_span: Span | None
    addressees: tuple[int, ...]
    kind: StatementKind
    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    cue: Span | None
    channel: str | None = None
    time: int | None = None
    sourcing: Sourcing | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands on an issue."""

    party: int
    stance: Stance
    span: Span


@dataclass(frozen=True, slots=True)
class Issue:
    """An open issue of a negotiation."""

    label: str
    span: Span
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the talks have come, from 0 to 1, and who says so."""

    value: float
    source: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Negotiation:
    """A negotiation as the article shows it."""

    topic: str
    parties: tuple[int, ...]
    mediators: tuple[int, ...]
    state: NegotiationState
    progress: Progress | None
    issues: tuple[Issue, ...]
    obstacles: tuple[Span, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb that claims something, from 3 (certainly happened) to -3 (certainly did not, or has not yet)."""

    span: Span
    factuality: float


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and why."""

    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class ReaderVersion:
    """The versions that made a report, so that it can be made again."""

    version: str
    model: str
    knowledge: str


@dataclass(frozen=True, slots=True)
class Report:
    """What Readout makes of one article."""

    id: str
    text: str
    reader: ReaderVersion
    schema: str = SCHEMA
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: tuple[str, ...] = ()
    language: str = "en"
    published: str | None = None
    published_from: PublishedFrom | None = None
    published_range: tuple[str, str] | None = None
    removed: tuple[Removed, ...] = ()
    related: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    negotiations: tuple[Negotiation, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    entities: tuple[Entity, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values, in the order of the contract."""
        plain: dict[str, Any] = to_json(self)
        return {"schema": plain.pop("schema"), **plain}

    @classmethod
    def from_json(cls, value: object) -> Report:
        """A report from JSON values; unknown fields are ignored, as the contract allows more.

        Raises:
            ReportError: a field is missing or has another type than the contract says.
        """
        if not isinstance(value, dict) or value.get("schema") != SCHEMA:
            raise ReportError(f"not a {SCHEMA} report")
        try:
            report = from_json(cls, value, "report")
        except RecursionError as error:
            raise ReportError("report: nested more deeply than any report is") from error
        assert isinstance(report, cls)
        return report

    def slice(self, span: Span) -> str:
        """The words that a span points to."""
        return self.text[span[0] : span[1]]
