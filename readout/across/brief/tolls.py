"""Tolls of a period: what was counted, from lowest to highest, and by whom, each happening once."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.across.brief.ground import Ground
from readout.across.brief.labels import is_somebody, labels_of, statements_in, tells
from readout.across.brief.lexicon import pattern
from readout.across.brief.passages import Passage, day_of
from readout.across.brief.plans import passages_of
from readout.across.brief.shape import Line
from readout.across.brief.weighing import is_accident, weight_of
from readout.across.facts import FigureFact
from readout.across.ledger import Ledger
from readout.across.ledger.revisions import Entry

_LETHAL = ("killed", "injured")
_MEASURES = (*_LETHAL, "missing", "captive", "released", "detained", "displaced", "evacuated")
_REAL = frozenset({"occurred", "ongoing", "uncertain", "denied"})
#: What a toll's sentence weighs at least, and where nobody was hurt; how long before the period it can have happened.
_LEAST, _HEAVY, _BEFORE = 3.0, 5.0, 7
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(slots=True)
class _Toll:
    passage: Passage
    figures: list[tuple[FigureFact, Ledger]]
    weight: float
    when: tuple[str | None, str | None]
    towns: frozenset[str]


def tolls(ground: Ground, most: int) -> tuple[Line, ...]:
    """The tolls of what happened in the period, the highest first, each as the sentence that counts most of it; what other reports count
    differently is in the line's values."""
    chosen: list[_Toll] = []
    for toll in sorted(_found(ground), key=_order):
        at = next((at for at, other in enumerate(chosen) if _one(ground, toll, other)), None)
        if at is None:
            chosen.append(toll)
        elif _is_newer(toll, chosen[at]):
            chosen[at] = toll
    return tuple(_line(ground, toll) for toll in chosen[:most])


def _order(toll: _Toll) -> tuple[object, ...]:
    report = toll.passage.report
    return -toll.weight, *(-ord(letter) for letter in day_of(report)), report.id, toll.passage.span


def _found(ground: Ground) -> list[_Toll]:
    ledgers = {entry.figure: ledger for ledger in ground.across.ledgers for entry in ledger.entries if not entry.part}
    found = []
    for report in ground.period:
        for passage in passages_of(report):
            weight = weight_of(passage)
            if weight is None or weight < _LEAST or _is_beside(passage, ground.since):
                continue
            figures = [
                (figure, ledgers[figure.id])
                for figure in report.figures
                if figure.id in ledgers
                and passage.span[0] <= figure.span[0] < passage.span[1]
                and _counts(ground, passage, figure)
            ]
            lethal = any(figure.measure in _LETHAL for figure, _ in figures)
            if figures and (lethal or (passage.first and weight >= _HEAVY)):
                when, towns = _when(passage), _towns(passage)
                found.append(_Toll(passage, figures, weight + sum(_size(f) for f, _ in figures), when, towns))
    return found


def _is_beside(passage: Passage, since: str) -> bool:
    """Whether a passage tells of what is long past, of a whole time, or of an accident: by its words, or a year before the period's."""
    if pattern("long past").search(passage.words) or is_accident(passage.words):
        return True
    return any(year < since[:4] for year in _YEAR.findall(passage.words))


def _size(figure: FigureFact) -> float:
    return math.sqrt(math.sqrt(min(figure.value, 10_000.0))) * (2.0 if figure.measure == "killed" else 1.0)


def _counts(ground: Ground, passage: Passage, figure: FigureFact) -> bool:
    """Whether a figure is the toll of something that is told as done and is of the period."""
    if figure.measure not in _MEASURES or (figure.measure not in _LETHAL and figure.value < 2):
        return False
    sized = [event for event in passage.events if figure.id in event.figures]
    if not sized:
        return passage.first and figure.measure in _LETHAL and bool(passage.news)
    if pattern("on trial").search(passage.words) and not any((event.start or "") >= ground.since for event in sized):
        return False  # what somebody is tried for was before
    if not passage.first and not any((event.start or "") >= ground.since for event in passage.events):
        return False  # inside a report what has no day may be of any time
    earliest = (dt.date.fromisoformat(ground.since) - dt.timedelta(days=_BEFORE)).isoformat()
    return any(
        event.status in _REAL and (event.news or passage.first) and (event.end or event.start or earliest) >= earliest
        for event in sized
    )


def _when(passage: Passage) -> tuple[str | None, str | None]:
    dated = [event for event in passage.events if event.start]
    return (dated[0].start, dated[0].end) if dated else (None, None)


def _towns(passage: Passage) -> frozenset[str]:
    return frozenset(
        place.key for event in passage.events for place in event.places if place.kind not in ("country", "area")
    )


def _one(ground: Ground, toll: _Toll, other: _Toll) -> bool:
    """Whether two tolls are of one happening: one ledger or incident, or of one story and nothing that sets them apart."""
    if {ledger.id for _, ledger in toll.figures} & {ledger.id for _, ledger in other.figures}:
        return True
    if ground.same(toll.passage, other.passage):
        return True
    if ground.stories[toll.passage.report.id].id != ground.stories[other.passage.report.id].id:
        return False
    apart = bool(toll.when[0] and other.when[0] and toll.when != other.when)
    apart |= bool(toll.towns and other.towns and not toll.towns & other.towns)
    return not apart


def _is_newer(toll: _Toll, other: _Toll) -> bool:
    """Whether a toll is a later count of the same by a report that opens with it."""
    same = {ledger.id for _, ledger in toll.figures} >= {ledger.id for _, ledger in other.figures}
    return same and toll.passage.first and day_of(toll.passage.report) > day_of(other.passage.report)


def _line(ground: Ground, toll: _Toll) -> Line:
    values, counts, changed = [], [], []
    also: set[int] = set()
    for figure, ledger in toll.figures:
        entries = _entries(ground, toll.passage, ledger)
        values.append(f"{figure.measure}{_whom(figure)}: {_range(entries)}")
        counts += [(str(figure.measure), _figure(e), who) for e in entries if (who := _by(ground, e)) is not None]
        numbers = {entry.figure for entry in entries}
        changed += [remark.words for remark in ledger.remarks if set(remark.figures) <= numbers]
        also |= {entry.report for entry in entries}
    labels = dict.fromkeys([*_counted_by(counts), *changed, *labels_of(toll.passage)])
    return ground.line(toll.passage, head="; ".join(dict.fromkeys(values)), labels=tuple(labels), also=also)


def _counted_by(counts: Sequence[tuple[str, str, str]]) -> list[str]:
    """Who counted: once where one did and said one number of each measure, else with each number."""
    sources, measures = {who for _, _, who in counts}, {measure for measure, _, _ in counts}
    if len(sources) == 1 and len({(measure, number) for measure, number, _ in counts}) == len(measures):
        return [f"counted by {next(iter(sources))}"]
    return [f"{measure + ' ' if len(measures) > 1 else ''}{number} by {who}" for measure, number, who in counts]


def _entries(ground: Ground, passage: Passage, ledger: Ledger) -> list[Entry]:
    """The counts of a ledger that are of the story of a passage, up to the end of the period."""
    story = ground.stories[passage.report.id].id
    return [
        entry
        for entry in ledger.entries
        if not entry.part
        and not entry.denied
        and entry.day <= ground.until
        and ground.stories[entry.report].id == story
    ]


def _whom(figure: FigureFact) -> str:
    return f" ({figure.population})" if figure.population else ""


def _range(entries: list[Entry]) -> str:
    """The lowest and the highest number, and between them the last."""
    lows = [entry.low if entry.low is not None else entry.best for entry in entries]
    highs = [entry.high for entry in entries]
    low = min(lows)
    if None in highs:
        most = max(entry.best for entry in entries)
        if any(entry.best == most and entry.high is not None for entry in entries) and most > low:
            return f"{_number(low)} to {_number(most)}"
        return f"{_number(low)} or more" if most == low else f"{_number(low)} to {_number(most)} or more"
    high = max(h for h in highs if h is not None)
    if low == high:
        return _number(low)
    last = max(entries, key=lambda entry: (entry.day, entry.known, entry.report, entry.figure)).best
    return f"{_number(low)} to {_number(high)}" + (f", last {_number(last)}" if low < last < high else "")


def _by(ground: Ground, entry: Entry) -> str | None:
    """Who counted, where the sentence says that somebody tells it."""
    if entry.source is None:
        return None
    report = ground.across.reports[entry.report]
    for passage in passages_of(report):
        if passage.span[0] <= entry.span[0] < passage.span[1]:
            said = [
                s for s in statements_in(passage) if s.speaker and s.speaker.name == entry.source and tells(passage, s)
            ]
            if said and said[0].speaker and is_somebody(said[0].speaker):
                return entry.source
    return None


def _figure(entry: Entry) -> str:
    return _number(entry.best) + (" or more" if entry.high is None else "")


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
