"""What one report tells of one happening, made ready for comparison with what others tell."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from readout.across.facts import EventFact, FigureFact, ReportFacts, Where, Who
from readout.across.incidents import cues
from readout.across.incidents.rare_words import Rarity, Weighed, weigh_words, words_of
from readout.across.incidents.tolls import Toll, tolls_of
from readout.knowledge import load
from readout.types import EventType, Status

#: Whether what is told happened, is ahead (planned, asked for, threatened), did not or will not happen, or is only imagined.
Reality = Literal["happened", "ahead", "not", "imagined"]
_REALITIES: dict[Status, Reality] = {
    "occurred": "happened", "ongoing": "happened", "uncertain": "happened", "planned": "ahead", "proposed": "ahead",
    "requested": "ahead", "threatened": "ahead", "refused": "not", "denied": "not", "not_occurring": "not",
    "hypothetical": "imagined",
}  # fmt: skip
_SAID: dict[Status, EventType] = {"requested": "REQUEST", "refused": "REJECT", "threatened": "THREATEN"}
#: Acts that reports of one happening are known to take for one another.
_FAMILIES: dict[EventType, str] = {"CONCEDE": "RETREAT"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
_OTHERS = re.compile(r"\b(?:other|another|more|further|additional)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b(?!\s*(?:people|dead|soldiers|troops))")
_NAMED_DAY = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?\s?-?(\d{1,2})\b"
)
_UPDATE = re.compile(
    r"\btoll\b[^.]{0,60}\b(?:rose|risen|rises|rising|climb\w*|reach\w*|stands?|stood|raised|lowered|revised|cut)\b|"
    r"\b(?:rais|lower|revis|bring|brought)\w*\b[^.]{0,30}\btoll\b",
    re.IGNORECASE,
)
#: How far apart the first and last day of a date may be for it to be of a day, of some days, of a month; longer is a year.
_DAYS, _MONTH = 7, 31
Precision = Literal["none", "day", "days", "month", "year"]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a claim. `known` where the key says who it is; `words` are those of the name, without numbers; `anybody` where it is
    only people ("57 others"), `common` where it is only people of a kind ("gunmen"), `others` where they are beside those told of
    before ("three other guards")."""

    key: str
    name: str
    known: bool
    country: str | None
    words: frozenset[str]
    anybody: bool = False
    common: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim in what a report tells of a happening. `tolls` are those of all that happened, `parts` those that are a part of another that
    the report gives. `twins` are the numbers of claims of the report that say the same by all. `of` is the number of the claim that it was
    put with, and `why` says in words why; None and "" for the first."""

    event: EventFact
    figures: tuple[FigureFact, ...]
    tolls: tuple[Toll, ...]
    identity: str
    twins: tuple[int, ...]
    parts: tuple[Toll, ...] = ()
    of: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of one happening, in one claim or several. Days are ordinals; `day` is the report's, None where it is not known;
    `start` and `end` are of the date.

    `types` are what is told, `acts` what was done, `triggers` the words that tell each act, in the form in which words are compared.
    `sentences` are the words of each sentence, `quotes` the sentences. `update` where one tells that a toll was changed: then its day is
    no sign of when it happened. `said_days` are the days that weekdays in the sentences mean, `named_days` the days of months in them,
    `said_years` the years before that of the report, whatever they belong to. `background` is no news, `usual` no happening; `aside` is
    told of what is usual, of a period, or as something beside what was told before. `identity` is the same in every record of the report.
    """

    claims: tuple[Claim, ...]
    report: int
    document: int
    known: str
    identity: str
    reality: Reality
    family: str
    day: int | None
    start: int | None
    end: int | None
    precision: Precision
    types: frozenset[EventType]
    acts: frozenset[EventType]
    modes: frozenset[str]
    places: tuple[Where, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    tolls: tuple[Toll, ...]
    update: bool
    triggers: tuple[frozenset[str], ...]
    sentences: tuple[Weighed, ...]
    story: Weighed
    said_days: frozenset[int]
    named_days: frozenset[str]
    said_years: frozenset[int]
    background: bool
    usual: bool
    aside: bool
    quotes: frozenset[str]

    @property
    def event(self) -> EventFact:
        """The event of the first claim, which is all where a claim is looked at by itself."""
        return self.claims[0].event

    @property
    def figures(self) -> tuple[FigureFact, ...]:
        """The figures of the first claim."""
        return self.claims[0].figures

    @property
    def twins(self) -> tuple[int, ...]:
        """The numbers of the first claim, and of those that say the same by all."""
        return self.claims[0].twins

    @property
    def words(self) -> Weighed:
        """The words of the first sentence."""
        return self.sentences[0]


def names_in(report: ReportFacts) -> frozenset[str]:
    """The words of those whom a report's claims name, which are in its text but for a report without one."""
    return words_of(" ".join(who.name for event in report.events for who in (*event.actors, *event.recipients)))


def claims_of(report: ReportFacts, story: Weighed, rarity: Rarity) -> Iterable[Told]:
    """The claims of a report, each made ready; those that are the same by all become one."""
    figures = {figure.id: figure for figure in report.figures}
    sentences: dict[str, Weighed] = {}
    same: dict[object, list[EventFact]] = defaultdict(list)
    for event in report.events:
        same[_all_that_is_said(event)].append(event)
    for events in same.values():
        event = min(events, key=lambda event: (event.span, event.id))
        if event.quote not in sentences:
            sentences[event.quote] = weigh_words(words_of(event.quote), rarity)
        yield _told(report, event, figures, sentences[event.quote], story, tuple(sorted(e.id for e in events)))


def _all_that_is_said(event: EventFact) -> object:
    """What two claims of a report must share to be one: all, and enough to know what is meant."""
    sides = (event.actors, event.recipients, event.sources, event.places, event.start, event.end, event.figures)
    vague = not (event.actors or event.recipients) or (event.start is None and not event.places)
    return (event.type, event.mode, event.act_type, event.act_mode, event.status, sides, event.id if vague else 0)


def _told(
    report: ReportFacts,
    event: EventFact,
    figures: dict[int, FigureFact],
    words: Weighed,
    story: Weighed,
    twins: tuple[int, ...],
) -> Told:
    start, end = _ordinal(event.start), _ordinal(event.end)
    start, end = (end if start is None else start), (start if end is None else end)
    if start is not None and end is not None and end < start:
        start, end = end, start
    day = _ordinal(report.published or report.known[:10])
    sizes = tuple(figures[number] for number in event.figures if number in figures)
    claim = Claim(event, sizes, tolls_of(sizes, report.text), claim_identity(report, event), twins)
    return Told(
        claims=(claim,),
        report=report.id,
        document=report.document,
        known=report.known,
        identity=claim.identity,
        reality=_reality(event),
        family=_FAMILIES.get(event.act_type, event.act_type),
        day=day,
        start=start,
        end=end,
        precision=precision_of(start, end),
        types=frozenset({event.type}),
        acts=frozenset({event.act_type}),
        modes=frozenset({event.act_mode} if event.act_mode else ()),
        places=event.places,
        actors=_parties(event.actors, event.places),
        recipients=_parties(event.recipients, event.places),
        tolls=claim.tolls,
        update=bool(_UPDATE.search(event.quote)),
        triggers=(words_of(report.text[event.span[0] : event.span[1]]),),
        sentences=(words,),
        story=story,
        said_days=_said_days(event, day),
        named_days=frozenset(f"{month} {number}" for month, number in _NAMED_DAY.findall(event.quote)),
        said_years=_said_years(event, day),
        background=not event.news,
        usual=cues.is_usual(event.quote),
        aside=cues.is_usual(event.quote) or cues.tells_another(event.quote) or cues.is_over_time(event.quote),
        quotes=frozenset({event.quote}),
    )


def _reality(event: EventFact) -> Reality:
    """Whether it happened. Where nothing is known of what is asked for, refused or threatened, the asking itself is what happened."""
    if _SAID.get(event.status) == event.act_type:
        return "happened"
    return _REALITIES[event.status]


def claim_identity(report: ReportFacts, event: EventFact) -> str:
    """What names a claim in every record that the report is in: the report's id, where the claim stands, and what it is of."""
    said = f"{report.report_id}\n{event.span[0]}\n{event.span[1]}\n{event.act_type}\n{event.type}\n{event.status}"
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _ordinal(day: str | None) -> int | None:
    try:
        return dt.date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:  # a year that is in no calendar
        return None


def _said_days(event: EventFact, day: int | None) -> frozenset[int]:
    """The days that weekdays in a claim's sentence mean: the last before its report, or the next where it tells of what is ahead."""
    if day is None:
        return frozenset()
    today = dt.date.fromordinal(day).weekday()
    ahead = _reality(event) == "ahead"
    found = set()
    for match in _WEEKDAY.finditer(event.quote):
        number = _WEEKDAYS.index(match.group())
        found.add(day + (number - today) % 7 if ahead else day - (today - number) % 7)
    return frozenset(found)


def _said_years(event: EventFact, day: int | None) -> frozenset[int]:
    """The years before that of its report which a claim's sentence names."""
    if day is None:
        return frozenset()
    now = dt.date.fromordinal(day).year
    return frozenset(year for year in map(int, _YEAR.findall(event.quote)) if year < now)


def days_before(day: int, name: str) -> int:
    """How many days before a day the last of a month's days lies that is named ("Oct 3")."""
    month, number = name.split()
    today = dt.date.fromordinal(day)
    for year in (today.year, today.year - 1):
        try:
            named = dt.date(year, _MONTHS.index(month) + 1, int(number)).toordinal()
        except ValueError:
            continue
        if named <= day + 7:
            return day - named
    return 0


def precision_of(start: int | None, end: int | None) -> Precision:
    """How precise a date is, by how far apart its first and last day are."""
    if start is None or end is None:
        return "none"
    days = end - start
    return "day" if days == 0 else "days" if days <= _DAYS else "month" if days <= _MONTH else "year"


def _parties(parties: Iterable[Who], places: Iterable[Where]) -> tuple[Party, ...]:
    """Those on a side, but for a town or area that stands there and is the place already: it says nothing twice."""
    here = {place.name for place in places if place.kind != "country"}
    return tuple(_party(who) for who in parties if who.name not in here)


def _party(who: Who) -> Party:
    kind = who.key.partition(":")[0]
    known = bool(who.key) and kind not in ("unnamed", "name")
    words = frozenset(word for word in words_of(who.name) if not word[0].isdigit())
    # A name that no registry has, such as "the protesters", is known where it is written as a name.
    named = kind == "name" and bool(re.search(r"[A-Z]\w+(?: [A-Z]\w+)+", who.name))
    return Party(
        key=who.key,
        name=who.name,
        known=known or named,
        country=who.country,
        words=words,
        anybody=bool(who.name) and words <= _people(),
        common=not known and words <= _kinds(),
        others=bool(_OTHERS.search(who.name)),
    )


@cache
def _people() -> frozenset[str]:
    """Words for people of whom no more is said."""
    return words_of(" ".join(next(entry["words"] for entry in load("across/people.yaml") if entry["group"] == "all")))


@cache
def _kinds() -> frozenset[str]:
    """Words for kinds of people."""
    return words_of(" ".join(word for entry in load("across/people.yaml") for word in entry["words"]))


def is_point(place: Where) -> bool:
    """Whether a place is a town, village or site and no country, region or area."""
    return place.kind not in WIDE


#: Kinds of places that contain others.
WIDE = frozenset(
    {
        "country",
        "area",
        "admin1",
        "admin2",
        "region",
        "continent",
        "territory",
        "sea",
        "river",
        "line",
        "island",
        "mountains",
        "lake",
    }
)
