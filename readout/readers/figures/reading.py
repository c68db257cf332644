"""Reads figures: amounts from the text, what they count from the tree, who counted them from statements."""

from __future__ import annotations

import dataclasses
import datetime as dt
from bisect import bisect_right
from functools import cache

from readout import knowledge
from readout.language.document import Document, bits_of
from readout.readers.figures.amounts import Amount, find_amounts
from readout.readers.figures.counted import Counted, counted, listed
from readout.readers.figures.measures import measure_of
from readout.readers.findings import Findings
from readout.readers.lookup import places_by_head
from readout.readers.presuming import is_presumed
from readout.readers.stretches import Holders, Stretches
from readout.types import Figure, FigureKind, Span, Statement, Time

_OBLIQUE = bits_of("obl", "nmod")


def read_figures(document: Document, found: Findings) -> Findings:
    """Findings with `figures`.

    Method: numbers in words and digits with their bounds (knowledge/figures, numbers.yaml) outside time expressions;
    the noun counted, the verb, adjective or noun that says what happened to them, the place of their clause, and the
    speaker of the statement that covers them.
    """
    amounts = find_amounts(document.text)
    if not amounts:
        return dataclasses.replace(found, figures=())
    around = _Around(document, found)
    figures: list[Figure] = []
    for amount in amounts:
        span = amount.first, amount.end
        words = document.tokens_in(span)
        if not words or around.times.meet(span) or _skipped(document, words[0], words[-1]):
            continue
        figure = _figure(document, around, amount, words[-1])
        if figure is not None:
            figures.append(figure)
    return dataclasses.replace(found, figures=tuple(figures))


class _Around:
    """What was read before and stands around the numbers of a document, by where it stands."""

    def __init__(self, document: Document, found: Findings) -> None:
        self.found = found
        self.places = places_by_head(document, found.places)
        self.times = Stretches([time.span for time in found.times])
        #: The times behind "since", by sentence; with the first word of each.
        self.since: dict[int, list[tuple[int, Time]]] = {}
        if "since" in document.vocabulary:
            for time in found.times:
                first = bisect_right(document.ends, time.span[0])
                if time.start and 0 < first < len(document.tokens) and document.words[first - 1] == "since":
                    self.since.setdefault(document.tokens[first].sentence, []).append((first, time))
        spoken = [statement for statement in found.statements if statement.speaker is not None]
        self._contents = [(end - start, statement) for statement in spoken for start, end in statement.content]
        self._holders = Holders([span for statement in spoken for span in statement.content])

    def covering(self, document: Document, span: Span, number: int) -> Statement | None:
        """The innermost statement with a known speaker whose content holds the span of a number (its word is `number`), and tells it."""
        best: tuple[int, Statement] | None = None
        for n in self._holders.around(span):
            length, statement = self._contents[n]
            if (best is None or length < best[0]) and not is_presumed(document, statement, number):
                best = length, statement
        return best[1] if best else None


def _figure(document: Document, around: _Around, amount: Amount, last: int) -> Figure | None:
    """What the amount whose number ends with word `last` counts; None where it counts nothing."""
    first = document.tokens_in((amount.start, amount.end))[0]
    thing = counted(document, amount, last)
    if amount.kind == "ordinal" and (thing.noun is None or thing.unit in listed("ordinal_skip")):
        return None
    kind, unit = _kind(amount, thing)
    measure = measure_of(document, first, last, thing.noun) if kind in ("count", "share") else None
    if unit is None and measure is not None:
        unit = "people"
    if unit is None and kind == "count" and amount.value == 1:
        return None
    if (
        kind == "count"
        and amount.value == 1
        and document.text[amount.first : amount.end].lower() == "one"
        and not measure
    ):
        return None
    statement = around.covering(document, (amount.start, amount.end), last)
    as_of = _as_of(document, around.found, statement) if measure else None
    return Figure(
        span=(amount.start, amount.end),
        value=amount.value,
        low=amount.low,
        high=amount.high,
        bound=amount.bound,
        kind=kind,
        unit=unit,
        measure=measure,
        population=thing.population if kind in ("count", "share") else None,
        place=_place(document, thing.noun if thing.noun is not None else last, around.places),
        since=_since(document, around, last, as_of),
        as_of=as_of,
        source=statement.speaker if statement else None,
    )


def _kind(amount: Amount, thing: Counted) -> tuple[FigureKind, str | None]:
    if amount.kind == "ordinal":
        return "ordinal", thing.unit
    if amount.kind is not None:
        return amount.kind, amount.unit
    if thing.unit in _currencies():
        return "money", thing.unit
    if thing.unit in ("percent", "percentage"):
        return "share", "percent"
    if thing.unit in listed("quantities"):
        return "quantity", thing.unit
    return "count", thing.unit


@cache
def _currencies() -> frozenset[str]:
    words = knowledge.load("figures/words.yaml")
    return frozenset((*words["currencies"], "USD", "EUR", *words["currency_words"].values()))


def _skipped(document: Document, first: int, last: int) -> bool:
    """Whether the words around a number say that it names something or dates it, and counts nothing."""
    tokens = document.tokens
    before = tokens[first - 1].lower if first else ""
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if before in listed("skip_before") or after in listed("skip_after") or after in ("-year", "years", "year"):
        return True
    if last + 1 < len(tokens) and after == "-" and tokens[last + 1].start == tokens[last].end:
        return True
    age = (
        before == ","
        and after == ","
        and tokens[first].text.isdigit()
        and first > 1
        and tokens[first - 2].pos == "PROPN"
    )
    named = tokens[first].pos == "PROPN" and tokens[first].dep in ("flat", "compound")
    return age or named or tokens[first].pos == "PRON" or tokens[first].dep in ("det", "list")


def _place(document: Document, head: int, places: dict[int, int]) -> int | None:
    """The place of the clause: "in Gaza" below the noun counted or below a word that governs it, the nearest first."""
    if not places:
        return None
    prepositions = listed("place_prepositions")
    chain = [head]
    for i in document.ancestors(head):
        chain.append(i)
        if document.tokens[i].pos == "VERB":
            break
    for governor in chain:
        for child in document.children(governor, "obl", "nmod") if document.below[governor] & _OBLIQUE else ():
            if child in places and document.preposition(child) in prepositions:
                return places[child]
    return None


def _since(document: Document, around: _Around, last: int, as_of: str | None) -> str | None:
    """The day behind "since", where it is none that comes after the figure."""
    for first, time in around.since.get(document.tokens[last].sentence, ()):
        if first > last and first - last <= 20:
            return time.start if as_of is None or (time.start or "") <= as_of else None
    return None


def _as_of(document: Document, found: Findings, statement: Statement | None) -> str | None:
    """The day of the statement that counts them, else of publication."""
    if statement is not None and statement.time is not None and (day := found.times[statement.time].end):
        return day
    return document.published.isoformat() if isinstance(document.published, dt.date) else None
