"""Invented reports, sentence by sentence, as facts."""

from __future__ import annotations

from itertools import count

import pytest

from readout.across.facts import EventFact, FigureFact, NegotiationFact, ReportFacts, StatementFact, Where, Who

PLACES = {
    "Vestrand": Where("place:vestrand", "Vestrand", "VES", "country"),
    "Osthavn": Where("place:osthavn", "Osthavn", "VES", "city", 61.0, 9.0),
    "Norvik": Where("place:norvik", "Norvik", "VES", "city", 63.4, 12.0),
    "Maravia": Where("place:maravia", "Maravia", "MAR", "country"),
    "Sant Orel": Where("place:orel", "Sant Orel", "MAR", "city", 12.0, 44.0),
}


class Teller:
    """Makes reports of sentences, each with its claims; numbers are given out as they are made."""

    def __init__(self):
        self.numbers = count(1)

    def report(
        self, *sentences, day="2025-05-03", at="12:00:00", outlet="Nordpost", title=None, document=None, number=None
    ):
        """A report. A sentence is its text, or its text with a list of claims: `event`, `said`, `count`, `talks`."""
        number = number or next(self.numbers)
        text, spans, claims = "", [], []
        for sentence in sentences:
            words, mine = (sentence, ()) if isinstance(sentence, str) else (sentence[0], sentence[1:])
            text += " " if text else ""
            spans.append((len(text), len(text) + len(words)))
            claims += [(claim, len(text), words) for claim in mine]
            text += words
        found = [claim(self, start, words) for claim, start, words in claims]
        facts = [item for some in found for item in some]

        def of(kind):
            return tuple(item for item in facts if isinstance(item, kind))

        return ReportFacts(
            id=number,
            document=document or number,
            report_id=f"report {number}",
            text=text,
            known=f"{day}T{at}Z",
            title=title,
            published=day,
            publisher=outlet,
            sentences=tuple(spans),
            events=of(EventFact),
            statements=of(StatementFact),
            figures=of(FigureFact),
            negotiations=of(NegotiationFact),
        )


def who(*names):
    """Parties; those written in small letters have no name of their own."""
    return tuple(
        Who(f"unnamed::{name}" if name.islower() else name.lower().replace(" ", "-"), name) for name in names if name
    )


def event(
    kind="ASSAULT", *, act=None, mode=None, status="occurred", by=None, to=None, place=None, on=None, news=True,
    source=None, bound="exact", **tolls,
):  # fmt: skip
    """An event, and the figures that size it."""

    def make(tell, start, words):
        low, high = bound != "at_most", bound == "exact"
        figures = [
            FigureFact(
                next(tell.numbers), value, value if low else None, value if high else None, bound, "count", "people", measure,
                source=who(source)[0] if source else None, span=(start, start + 1), quote=words,
            )
            for measure, value in tolls.items()
        ]  # fmt: skip
        told = EventFact(
            next(tell.numbers), kind, mode, act or kind, mode, status, who(by), who(to), who(source),
            (PLACES[place],) if place else (), on, on, tuple(figure.id for figure in figures), news,
            span=(start, start + len(words)), quote=words,
        )  # fmt: skip
        return [told, *figures]

    return make


def said(by, content=None):
    """A statement; it says all of its sentence where no more is given."""

    def make(tell, start, words):
        speaker = who(by)[0] if by else None
        return [StatementFact(next(tell.numbers), speaker, content or words, span=(start, start + 1), quote=words)]

    return make


def number(value, unit, kind="count", population=None):
    """A figure that is no toll."""

    def make(tell, start, words):
        of = (value, value, value, "exact", kind, unit, None, population)
        return [FigureFact(next(tell.numbers), *of, span=(start, start + 1), quote=words)]

    return make


def talks(topic, *parties, state="under_way", progress=None):
    """A negotiation."""

    def make(_, start, words):
        return [NegotiationFact(topic, who(*parties), (), state, progress, spans=((start, start + len(words)),))]

    return make


@pytest.fixture
def tell():
    return Teller().report


@pytest.fixture
def claim():
    """What makes claims: `claim.event(…)`, `claim.said(…)`, `claim.number(…)`, `claim.talks(…)`."""

    class Claims:
        pass

    Claims.event, Claims.said, Claims.number, Claims.talks = map(staticmethod, (event, said, number, talks))
    return Claims
