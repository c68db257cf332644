"""What is asked for in an export, and the claims, reports and happenings that answer, as they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import select

from readout.across.facts import FigureFact
from readout.across.incidents.tolls import tolls_of
from readout.exports.redacting import Redaction
from readout.exports.stories import Story, load_stories
from readout.exports.told import Happening, Told, Toll, told
from readout.record import Record, schema
from readout.record.asking import Day, conditions_of
from readout.record.claims import EventClaim, FigureClaim, StatementClaim
from readout.record.conditions import understand
from readout.record.fetching import FETCH
from readout.record.filters import Filters, Wanted
from readout.record.moments import AsOf, as_of

T = TypeVar("T")
_AT_ONCE = 200  # claims whose reports are in memory together
#: What happened, by the status of a claim.
HAPPENED = ("occurred", "ongoing")
#: Acts of words that happened in being said, by type: what is only wanted, turned down or held out is the act below them.
SPOKEN = {
    "requested": ("REQUEST",), "refused": ("REJECT",), "threatened": ("THREATEN",), "planned": ("AGREE",), "proposed": ("AGREE",),
}  # fmt: skip
_REALITIES = {
    "occurred": "happened", "ongoing": "happened", "uncertain": "happened", "planned": "ahead", "proposed": "ahead",
    "requested": "ahead", "threatened": "ahead", "refused": "not", "denied": "not", "not_occurring": "not",
    "hypothetical": "imagined",
}  # fmt: skip


@dataclass(slots=True)
class Asked:
    """What is asked for.

    Attributes:
        record: of which.
        filters: as everywhere.
        known: what was known at the end of a day, or at a moment.
        limit: so many rows at most.
        spoken: beside what happened, acts of words that were made.
        everything: whatever its status.
        merged: incidents, and not claims.
        rule: by which one value is made of those that reports of an incident differ in.
        order: of classes of sources, for the rule that needs one.
        redact: what is taken out: "persons", "text".
        left_out: counts of what was found and is not in the file, by the reason.
    """

    record: Record
    filters: Filters
    known: Day | None = None
    limit: int | None = None
    spoken: bool = False
    everything: bool = False
    merged: bool = False
    rule: str = "most_cited"
    order: tuple[str, ...] = ()
    redact: frozenset[str] = frozenset()
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def by_status(self) -> bool:
        """Whether only what happened is asked for: nothing else is said of the status."""
        return not self.everything and not self.filters.status

    def event_filters(self) -> Filters:
        """The filters, with those statuses that can answer."""
        if not self.by_status:
            return self.filters
        statuses = (*HAPPENED, *(SPOKEN if self.spoken else ()))
        return self.filters & Filters(status=(Wanted(statuses),))

    def answers(self, claim: EventClaim) -> bool:
        """Whether an event that these filters found is one of those that are asked for."""
        if not self.by_status or claim.status in HAPPENED:
            return True
        return claim.type in SPOKEN.get(claim.status, ())

    def moment(self, connection: Any) -> AsOf:
        """From which moment the record is asked."""
        return as_of(connection, self.known, self.record.now())


def parts(items: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """Items in lists of so many."""
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some


def events(asked: Asked, *, words: bool = False) -> Iterator[Told]:
    """The events that answer, in the order in which they were added, each with all that belongs to it."""
    found = asked.record.events(asked.event_filters(), as_of=asked.known, order="added")
    chosen = (claim for claim in found if asked.answers(claim))
    for some in parts(islice(chosen, asked.limit)):
        with asked.record.asking() as connection:
            yield from in_full(connection, asked, some, words=words)


def in_full(connection: Any, asked: Asked, claims: Sequence[EventClaim], *, words: bool = False) -> list[Told]:
    """Events with all that belongs to them, redacted where that is asked for."""
    stories = stories_of(connection, asked, [claim.reading for claim in claims], words=words)
    numbers = sorted({number for claim in claims for number in claim.figures})
    figures: dict[int, FigureClaim] = {}
    for some in parts(numbers, 5000):
        for figure in _figures(connection, asked, some):
            figures[figure.id] = figure
    redacted = {reading: _story(asked, redaction) for reading, redaction in stories.items()}
    texts = _texts(connection, [claim.reading for claim in claims if claim.figures])
    found = []
    for claim in claims:
        mine = [figures[number] for number in claim.figures if number in figures]
        tolls = tolls_of([_fact(figure) for figure in mine], texts[claim.reading]) if mine else ()
        found.append(
            told(_redacted(asked, stories, claim), redacted[claim.reading],
                 tuple(_redacted(asked, stories, figure) for figure in mine), tolls)
        )  # fmt: skip
    return found


def _texts(connection: Any, readings: Sequence[int]) -> dict[int, str]:
    """The texts of some reports: how many there were is read off the words between figures."""
    table = schema.readings.c
    stmt = select(table.id, table.text).where(table.id.in_(sorted(set(readings))))
    return {row.id: row.text for row in connection.execute(stmt)}


def _figures(connection: Any, asked: Asked, numbers: Sequence[int]) -> list[FigureClaim]:
    table = schema.figures
    when = asked.moment(connection)
    stands = [table.c.live.in_(when.lives), *when.conditions(table)]
    stmt = select(table).where(table.c.id.in_(numbers), *stands).order_by(table.c.id)
    rows = [row for row in connection.execute(stmt) if row.review != "rejected"]
    return FETCH["figures"](connection, rows, when) if rows else []


def stories_of(connection: Any, asked: Asked, readings: Iterable[int], *, words: bool = False) -> dict[int, Redaction]:
    """The reports of some readings, each with what is to be taken out of it."""
    loaded = load_stories(connection, readings, words=words, names="persons" in asked.redact)
    return {number: Redaction(story) for number, story in loaded.items()}


def _story(asked: Asked, redaction: Redaction) -> Story:
    return redaction.redacted_story() if "persons" in asked.redact else redaction.story


def _redacted(asked: Asked, stories: dict[int, Redaction], claim: Any) -> Any:
    if "persons" in asked.redact:
        claim = stories[claim.reading].claim(claim)
    return without_text(claim) if "text" in asked.redact else claim


def without_text(claim: Any) -> Any:
    """A claim or a report in a list without the words of the article: these are empty."""
    texts = {"title": None, "quote": "", "content": "", "cue": None, "population": None, "opening": ""}
    return replace(claim, **{name: value for name, value in texts.items() if hasattr(claim, name)})


def claims(asked: Asked, kind: str) -> Iterator[Any]:
    """Statements, figures or reports that answer, in the order in which they were added; events too, as the record has them."""
    if kind == "events":
        found: Iterator[Any] = (
            claim
            for claim in asked.record.events(asked.event_filters(), as_of=asked.known, order="added")
            if asked.answers(claim)
        )
    else:
        found = getattr(asked.record, kind)(asked.filters, as_of=asked.known, order="added")
    for some in parts(islice(found, asked.limit)):
        if not asked.redact:
            yield from some
            continue
        with asked.record.asking() as connection:
            stories = stories_of(connection, asked, [claim.reading for claim in some])
        yield from (_redacted(asked, stories, claim) for claim in some)


def spoken(asked: Asked) -> Iterator[tuple[StatementClaim, Story, Redaction | None]]:
    """The statements that answer, each with its report and the words of that."""
    found = asked.record.statements(asked.filters, as_of=asked.known, order="added")
    for some in parts(islice(found, asked.limit)):
        with asked.record.asking() as connection:
            stories = stories_of(connection, asked, [claim.reading for claim in some], words=True)
        redacted = {reading: _story(asked, redaction) for reading, redaction in stories.items()}
        for claim in some:
            redaction = stories[claim.reading] if "persons" in asked.redact else None
            yield _redacted(asked, stories, claim), redacted[claim.reading], redaction


def happenings(asked: Asked, *, words: bool = False) -> Iterator[Happening]:
    """Incidents where they are asked for, else each claim alone."""
    if asked.merged:
        from readout.exports.merging import incidents

        yield from incidents(asked, words=words)
        return
    for item in events(asked, words=words):
        yield alone(item)


def alone(item: Told) -> Happening:
    """One claim as a happening."""
    claim = item.claim
    tolls = {toll.measure: Toll(toll.measure, toll.low, toll.best, toll.high, (claim.id,)) for toll in item.tolls}
    best = item.best_places
    return Happening(
        id=item.id,
        lead=item,
        members=(item,),
        reports=1,
        sources=1,
        reality=_REALITIES[claim.status],
        start=claim.start,
        end=claim.end,
        place=best[0] if best else None,
        tolls=tolls,
    )


def _fact(figure: FigureClaim) -> FigureFact:
    return FigureFact(
        id=figure.id, value=figure.value, low=figure.low, high=figure.high, bound=figure.bound, kind=figure.kind,  # type: ignore[arg-type]
        unit=figure.unit, measure=figure.measure, population=figure.population, span=figure.span,
    )  # fmt: skip


def answering(asked: Asked, kind: str, filters: Filters) -> set[int]:
    """The numbers of all claims of a kind that answer some filters."""
    with asked.record.asking() as connection:
        understood = understand(connection, kind, filters, asked.moment(connection))
        stmt = select(understood.table.c.id).where(*conditions_of(connection, understood))
        return set(connection.execute(stmt).scalars())
