"""Invented news as it would have been read, for benchmarks of large records: nothing is parsed.

The reports are those of `benchmarks/across.py` (their words, stories, copies and days), with claims in the proportion of real news: about
sixteen a report. Some hundred states and bodies are in most reports, the people of a story in its reports, and each report
names one or two whom no other does, so that there are more actors than reports.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from across import synthetic

from readout.across.facts import ReportFacts
from readout.record import Record
from readout.record.identity import content_id
from readout.record.rows import rows_of
from readout.record.runs import start_batch
from readout.record.vocabulary import _plover
from readout.record.writing import Prepared, write_batch
from readout.sources.article import Article
from readout.types import (
    Act,
    Actor,
    Attribution,
    DateRange,
    Event,
    Figure,
    Negotiation,
    Place,
    Problem,
    ReaderVersion,
    Report,
    Span,
    Statement,
)

_READER = ReaderVersion("0", "none", "none")
_STATES = (
    "USA",
    "ISR",
    "PSE",
    "RUS",
    "UKR",
    "IRN",
    "FRA",
    "GBR",
    "NOR",
    "EGY",
    "SYR",
    "TUR",
    "CHN",
    "IND",
    "SDN",
    "COL",
)
_UNNAMED = (
    "officials",
    "police",
    "people",
    "rebels",
    "the army",
    "civilians",
    "a spokesman",
    "gunmen",
    "protesters",
    "soldiers",
)
_STATUSES = ("occurred",) * 12 + ("planned",) * 3 + ("ongoing", "denied", "refused", "requested", "threatened")
_ROLES = ("minister", "president", "spokesman", "general", None, None)
_KINDS: Any = ("direct", "indirect", "mixed")
_SOURCING: Any = ("named", "named", "official", "institutional", "anonymous")
_MEASURES = ("killed", "injured", "detained", None)


@dataclass
class _Cast:
    """Who and what turns up everywhere, the commonest first."""

    chance: random.Random
    bodies: tuple[Actor, ...]
    places: tuple[Place, ...]
    kinds: tuple[tuple[str, str | None], ...]

    def pick(self, among: tuple[Any, ...]) -> Any:
        """One of some, the nth as often as 1/(n + 3)."""
        return self.chance.choices(among, cum_weights=list(accumulate(1 / (n + 3) for n in range(len(among)))))[0]


def _cast(chance: random.Random) -> _Cast:
    bodies = tuple(
        Actor(f"Body {n}", "government" if n % 3 else "armed_group", id=f"body-{n}", country=_STATES[n % len(_STATES)])
        for n in range(300)
    )
    places = tuple(
        Place(
            f"Town {n}", "city" if n % 4 else "admin1", _STATES[n % len(_STATES)],
            lat=chance.uniform(-40, 65), lon=chance.uniform(-100, 140),
        )
        for n in range(2_000)
    )  # fmt: skip
    kinds = tuple((kind, mode) for kind, modes in _plover().items() for mode in (None, *modes))
    return _Cast(chance, bodies, places, kinds)


def as_report(facts: ReportFacts, cast: _Cast) -> Report:
    """Facts as a reader would have read them."""
    chance, spans = cast.chance, facts.sentences
    people = [facts.text[slice(*span)].split()[2].title() for span in spans[:2]]
    actors = [
        Actor(facts.events[0].actors[0].name, "person", role=chance.choice(_ROLES), mentions=(_word(spans[0], 5),)),
        *(cast.pick(cast.bodies) for _ in range(3)),
        *(Actor(name, "unnamed") for name in chance.sample(_UNNAMED, 2)),
        *(Actor(f"{name} {chance.randrange(10**6)}", "person") for name in people),
    ]
    places = [cast.pick(cast.places) for _ in range(2)]
    figures = tuple(_figure(span, facts, chance) for span in spans if chance.random() < 0.35)
    return Report(
        id=facts.report_id,
        text=facts.text,
        reader=_READER,
        title=facts.title,
        publisher=facts.publisher,
        published=facts.published,
        sentences=spans,
        actors=tuple(dict.fromkeys(actors)),
        places=tuple(dict.fromkeys(places)),
        figures=figures,
        events=tuple(_event(n, span, facts, cast, len(figures)) for n, span in enumerate(spans) if chance.random() < 0.9),
        statements=tuple(_statement(span, chance) for span in spans if chance.random() < 0.5),
        negotiations=(_talks(spans),) if chance.random() < 0.1 else (),
        problems=(Problem("events", "left out as too doubtful: made up"),) if chance.random() < 0.02 else (),
    )  # fmt: skip


def _word(sentence: Span, at: int) -> Span:
    return sentence[0] + at, sentence[0] + at + 6


def _event(n: int, span: Span, facts: ReportFacts, cast: _Cast, figures: int) -> Event:
    chance = cast.chance
    kind, mode = cast.pick(cast.kinds)
    who = chance.sample(range(5), 3)
    day = DateRange(facts.published, facts.published) if chance.random() < 0.5 else None
    return Event(
        id=f"{kind}:{span[0]}", type=kind, mode=mode, act=Act(kind, mode), status=chance.choice(_STATUSES),
        quad=1 + len(kind) % 4, cameo=None, contexts=("military",) if chance.random() < 0.4 else (), actors=(who[0],),
        recipients=(who[1],) if chance.random() < 0.6 else (), places=(0,) if chance.random() < 0.6 else (), time=None, date=day,
        figures=(chance.randrange(figures),) if figures and chance.random() < 0.2 else (),
        attribution=(Attribution(who[2], _word(span, 2)),) if chance.random() < 0.4 else (), span=_word(span, 8), sentence=n,
        news=chance.random() < 0.7, rule="made up", confidence=round(chance.uniform(0.65, 1), 2),
    )  # fmt: skip


def _statement(span: Span, chance: random.Random) -> Statement:
    return Statement(
        f"said:{span[0]}", chance.randrange(5), None, (), chance.choice(_KINDS), (span,), (), _word(span, 1),
        sourcing=chance.choice(_SOURCING),
    )  # fmt: skip


def _figure(span: Span, facts: ReportFacts, chance: random.Random) -> Figure:
    value = chance.randint(2, 5_000)
    return Figure(
        _word(span, 12), value, value, value, "exact", "count", unit="people", measure=chance.choice(_MEASURES),
        place=0 if chance.random() < 0.5 else None, as_of=facts.published, source=chance.choice((None, 1, 2)),
    )  # fmt: skip


def _talks(spans: tuple[Span, ...]) -> Negotiation:
    return Negotiation("peace", (1, 2), (3,), "under_way", None, (), (), (spans[0],))


def fill(record: Record, count: int) -> None:
    """Writes so many reports into an empty record, a thousand a transaction."""
    cast, waiting = _cast(random.Random(5)), iter(synthetic(count))
    while some := list(islice(waiting, 1_000)):
        prepared = list(_prepared(some, cast))
        with record.writing() as connection:
            write_batch(connection, start_batch(connection, "made up", record.now()), prepared, (), record.now())
        print(f"\r{some[-1].report_id} of {count:,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _prepared(some: Iterable[ReportFacts], cast: _Cast) -> Iterator[Prepared]:
    for facts in some:
        own = {"title": facts.title, "publisher": facts.publisher, "published": facts.published}
        article = Article(facts.text, facts.report_id, **own)
        yield Prepared(content_id(article), article, False, rows_of(as_report(facts, cast)), _READER)
