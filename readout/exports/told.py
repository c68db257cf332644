"""Events as exports see them: a claim with all that belongs to it, and a happening, which is one claim or an incident of several."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from readout.across.incidents import tolls
from readout.exports.stories import Being, Spot, Story
from readout.readers.events.codebook import score_of
from readout.record.claims import ClaimPlace, EventClaim, FigureClaim, Party
from readout.types import Span


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one report tells it. `id` is the same in every record, and stays while a newer version of the article has the same
    sentence; `revision` counts those versions, with the correction behind it that made the claim."""

    claim: EventClaim
    id: str
    revision: str
    story: Story
    actors: tuple[Being, ...]
    recipients: tuple[Being, ...]
    sources: tuple[Being, ...]
    places: tuple[Spot, ...]
    figures: tuple[FigureClaim, ...]
    tolls: tuple[tolls.Toll, ...]

    @property
    def best_places(self) -> tuple[Spot, ...]:
        """Its places, the finest first, those that are as fine in their order."""
        order = {"point": 0, "area": 1, "country": 2, "": 3}
        return tuple(sorted(self.places, key=lambda place: order[place.precision]))

    @property
    def score(self) -> float | None:
        """PLOVER's conflict-cooperation score of its type and mode."""
        return score_of(self.claim.type, self.claim.mode)  # type: ignore[arg-type]  # a type of the record


@dataclass(frozen=True, slots=True)
class Toll:
    """How many, by the happening's rule: an end that is open is None."""

    measure: str
    low: float | None
    best: float
    high: float | None
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """What several reports tell of one event, or one report alone.

    Attributes:
        id: of the claim, or of the incident.
        lead: the claim that was known first.
        members: all claims, in the order in which they became known.
        reports: how many reports tell of it.
        sources: how many of them do not come from each other or from one outlet.
        reality: happened, ahead, not, imagined; of one claim what its status comes to.
        start, end: the days of its date, None where not known.
        place: where, by the rule; None where nobody says.
        tolls: by what they count.
        rule: by which one value was made of those that reports differ in; None for one claim.
        differing: in what the reports differ.
    """

    id: str
    lead: Told
    members: tuple[Told, ...]
    reports: int
    sources: int
    reality: str
    start: str | None
    end: str | None
    place: Spot | None
    tolls: Mapping[str, Toll]
    rule: str | None = None
    differing: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The id as a whole number of 63 bits, for formats whose ids are numbers."""
        return number_of(self.id)

    @property
    def day(self) -> str | None:
        """Its first day, else the day of the first report."""
        return self.start or self.end or self.lead.claim.published

    @property
    def days(self) -> int | None:
        """How many days its date covers; None where it has none."""
        start, end = self.start or self.end, self.end or self.start
        if start is None or end is None:
            return None
        return abs((dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days) + 1


def number_of(id_: str) -> int:
    """An id as a whole number of 63 bits."""
    return int(hashlib.sha256(id_.encode()).hexdigest()[:16], 16) >> 1


def told(claim: EventClaim, story: Story, figures: tuple[FigureClaim, ...], counted: tuple[tolls.Toll, ...]) -> Told:
    """A claim with all that belongs to it."""
    sides = [
        tuple(_being(party, story, claim) for party in parties)
        for parties in (claim.actors, claim.recipients, claim.sources)
    ]
    return Told(
        claim=claim,
        id=f"{story.document}_{claim.code}",
        revision=f"{story.version}" + (f".{claim.correction}" if claim.correction is not None else ""),
        story=story,
        actors=sides[0],
        recipients=sides[1],
        sources=sides[2],
        places=tuple(_spot(place, story, claim) for place in claim.places),
        figures=figures,
        tolls=counted,
    )


def being_of(party: Party, story: Story) -> Being:
    """Somebody in a claim with what the report says of it."""
    if party.actor is not None and party.actor < len(story.actors):
        return story.actors[party.actor]
    known = next((being for being in story.actors if being.key == party.key), None)
    return known or Being(party.name, party.key, party.country, raw=party.name)


def _being(party: Party, story: Story, claim: EventClaim) -> Being:
    being = being_of(party, story)
    words = story.words
    if words is None or party.actor is None or party.actor >= len(words.actors):
        return being
    span = nearest(words.actors[party.actor], claim.span, _sentence(story, claim))
    if span is None:
        return being
    return replace(being, raw=being.raw if being.raw.startswith("[") else words.text[span[0] : span[1]], at=span[0])


def _spot(place: ClaimPlace, story: Story, claim: EventClaim) -> Spot:
    number = place.place
    if number is None or number >= len(story.places):
        known = next((spot for spot in story.places if spot.key == place.key), None)
        return known or Spot(place.name, place.key, place.country, raw=place.name)
    spot, words = story.places[number], story.words
    span = (
        nearest(words.places[number], claim.span, _sentence(story, claim))
        if words and number < len(words.places)
        else None
    )
    return replace(spot, raw=words.text[span[0] : span[1]]) if words and span else spot


def _sentence(story: Story, claim: EventClaim) -> Span | None:
    words = story.words
    if words is None or not 0 <= claim.sentence < len(words.sentences):
        return None
    return words.sentences[claim.sentence]


def nearest(spans: Sequence[Span], to: Span, within: Span | None) -> Span | None:
    """Of some spans the one that is nearest to another, those within a sentence before all others."""
    here = [span for span in spans if within is not None and within[0] <= span[0] < within[1]]
    return min(here or spans, key=lambda span: (abs(span[0] - to[0]), span), default=None)
