"""What a record answers with: claims, reports, actors, places and problems, typed, each with where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from readout.json_values import to_json
from readout.types import Act, Span

T = TypeVar("T")


class _Json:
    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values, in their order."""
        plain: dict[str, Any] = to_json(self)
        return plain


@dataclass(frozen=True, slots=True)
class Party(_Json):
    """Somebody in a claim. `key` is the same for the same actor in every report; `actor` is the index in the report's own list (None
    for what a correction brought); `cue` the words that say on whose word. Who speaks and is not known has an empty name and key."""

    name: str
    key: str
    country: str | None = None
    actor: int | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class ClaimPlace(_Json):
    """Where a claim takes place; `place` is the index in the report's own list."""

    name: str
    key: str
    country: str | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class _Claim(_Json):
    """What claims of all kinds have.

    Attributes:
        id: its number in the record.
        code: the same for the same claim in every reading of the article.
        day: where it stands in time, None where nothing is dated: an event's first day, the day on which a statement was made or until
            which was counted, else the day of the report.
        report: the report's id.
        reading, article, document: numbers in the record: of the reading, the version of the article, the piece of news.
        title, url, publisher, agency: as the article gives them.
        published: the day of the report.
        sentence: the index of the sentence in the report, -1 where it is in none.
        span: where in the report's text.
        quote: the sentence.
        review: what people said of it, None where nobody did.
        correction: the correction that made it, None for what was read.
    """

    id: int
    code: str
    day: str | None
    report: str
    reading: int
    article: int
    document: int
    title: str | None
    url: str | None
    publisher: str | None
    agency: str | None
    published: str | None
    sentence: int
    span: Span
    quote: str
    review: str | None
    correction: int | None


@dataclass(frozen=True, slots=True)
class EventClaim(_Claim):
    """One report's word that somebody did something, will do it, or did not. Fields are those of `readout.Event`, and:

    Attributes:
        start, end: its date, None where open or not known.
        sources: on whose word, outermost first; empty: the report's own voice.
        figures: numbers of the figures that size it.
    """

    type: str
    mode: str | None
    act: Act
    status: str
    quad: int
    cameo: str | None
    contexts: tuple[str, ...]
    start: str | None
    end: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    sources: tuple[Party, ...]
    places: tuple[ClaimPlace, ...]
    figures: tuple[int, ...]
    news: bool
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class StatementClaim(_Claim):
    """One report's word that somebody said something. `content` is what was said, its parts joined with " … "; `cue` the word for
    saying it. The rest as in `readout.Statement`."""

    kind: str
    sourcing: str | None
    channel: str | None
    cue: str | None
    content: str
    speakers: tuple[Party, ...]
    addressees: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class FigureClaim(_Claim):
    """One report's figure: what was counted, by whom (`sources`), where, since when and until when. `events` are the numbers of the
    events that it sizes. The rest as in `readout.Figure`."""

    kind: str
    value: float
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    measure: str | None
    population: str | None
    since: str | None
    as_of: str | None
    sources: tuple[Party, ...]
    places: tuple[ClaimPlace, ...]
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportRow(_Json):
    """A report in a list. `version` counts the versions of its piece of news from 1; `known` is the moment from which it was known;
    `status` what its publisher says of it; `opening` how its text begins; `words` the length of that."""

    id: str
    title: str | None
    publisher: str | None
    agency: str | None
    url: str | None
    published: str | None
    known: str
    version: int
    status: str
    opening: str
    words: int
    events: int
    statements: int
    figures: int
    reading: int
    article: int
    document: int


@dataclass(frozen=True, slots=True)
class ActorRow(_Json):
    """An actor over all reports: in how many it is named, in how many events it acts (`events_out`) or is acted on (`events_in`),
    how many statements it makes. `claims` is the sum of the three."""

    key: str
    name: str
    kind: str
    country: str | None
    reports: int
    events_out: int
    events_in: int
    statements: int
    claims: int


@dataclass(frozen=True, slots=True)
class PlaceRow(_Json):
    """A place over all reports: in how many it is named, and how many events take place there."""

    key: str
    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    reports: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class ProblemRow(_Json):
    """What could not be read, or only in part: `name` is the input, `when` the moment when the run began that met it (`batch`)."""

    id: int
    name: str
    stage: str
    message: str
    report: str | None
    batch: int
    when: str


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of an answer. `next` is the cursor of the next one, None at the end; `total` how many there are in all, where it was asked
    for."""

    items: tuple[T, ...]
    next: str | None
    total: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The page as JSON values."""
        items = [item.to_json() if hasattr(item, "to_json") else item for item in self.items]
        return {"items": items, "next": self.next, "total": self.total}


Claim = EventClaim | StatementClaim | FigureClaim
Item = Claim | ReportRow | ActorRow | PlaceRow | ProblemRow
