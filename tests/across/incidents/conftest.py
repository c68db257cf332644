"""Invented reports of invented happenings, as facts."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from readout.across.facts import EventFact, FigureFact, ReportFacts, Where, Who

PLACES = {
    "Vestrand": Where("place:vestrand", "Vestrand", "VES", "country"),
    "Osthavn": Where("place:osthavn", "Osthavn", "VES", "city", 61.0, 9.0),
    "Norvik": Where("place:norvik", "Norvik", "VES", "city", 63.4, 12.0),
    "Upper Vestrand": Where("place:upper", "Upper Vestrand", "VES", "admin1", 61.5, 9.5),
    "Maravia": Where("place:maravia", "Maravia", "MAR", "country"),
    "Sant Orel": Where("place:orel", "Sant Orel", "MAR", "city", 12.0, 44.0),
}
OPEN = {"at_least": (True, False), "more_than": (True, False), "at_most": (False, True), "exact": (True, True)}


class Teller:
    """Makes reports; numbers are given out as they are made."""

    def __init__(self):
        self.numbers = count(1)

    def report(
        self, text, day="2025-05-03", *, at="12:00:00", outlet="Nordpost", agency=None, title=None, claims=None, **claim
    ):
        """A report that tells one thing, or several: `claims` are keywords of each, all in a sentence of their own."""
        number = next(self.numbers)
        told = [(text, claim)] if claims is None else [(c.pop("text"), c) for c in map(dict, claims)]
        whole = " ".join(dict.fromkeys(sentence for sentence, _ in told))
        events, figures = [], []
        for sentence, fields in told:
            event, counted = self._claim(sentence, whole.index(sentence), whole, **fields)
            events += event
            figures += counted
        return ReportFacts(
            id=number,
            document=number,
            report_id=f"report {number}",
            text=whole,
            known=f"{day}T{at}Z",
            title=title,
            published=day,
            publisher=outlet,
            agency=agency,
            events=tuple(events),
            figures=tuple(figures),
        )

    def _claim(
        self, text, start, whole, *, kind="ASSAULT", act=None, mode=None, status="occurred", by=(), to=(), place=(), on=None,
        source=None, event=True, bound="exact", people=None, since=None, word=None, news=True, **tolls,
    ):  # fmt: skip
        """One claim; `word` is the word that tells its act, where that is not the whole sentence."""
        figures = [
            self._figure(measure, value, text, start, whole, bound, people, since, source)
            for measure, values in tolls.items()
            for value in (values if isinstance(values, tuple) else (values,))
        ]
        days = (on, on) if on is None or isinstance(on, str) else on
        told = EventFact(
            id=next(self.numbers),
            type=kind,
            mode=mode,
            act_type=act or kind,
            act_mode=mode,
            status=status,
            actors=_who(by),
            recipients=_who(to),
            sources=_who(source or ()),
            places=tuple(PLACES[name] for name in ((place,) if isinstance(place, str) else place)),
            start=days[0],
            end=days[1],
            figures=tuple(figure.id for figure in figures),
            news=news,
            span=_span(start, text, word),
            quote=text,
        )
        return ([told] if event else []), figures

    def _figure(self, measure, value, text, start, whole, bound, people, since, source):
        at = text.find(str(value))
        begin = start + max(at, 0)
        low, high = OPEN[bound]
        return FigureFact(
            id=next(self.numbers),
            value=value,
            low=value if low else None,
            high=value if high else None,
            bound=bound,
            kind="count",
            measure=measure,
            population=people,
            since=since,
            source=_who(source)[0] if source else None,
            span=(begin, begin + len(str(value))),
            quote=text,
        )


def _span(start, text, word):
    return (
        (start, start + len(text)) if word is None else (start + text.index(word), start + text.index(word) + len(word))
    )


def _who(names):
    """Parties; those written in small letters have no name of their own."""
    names = (names,) if isinstance(names, str) else names
    return tuple(Who(f"unnamed::{name}" if name.islower() else name.lower().replace(" ", "-"), name) for name in names)


@pytest.fixture
def tell():
    return Teller()


@pytest.fixture
def market(tell):
    """A bomb in a market, as four outlets have it over three days."""
    bomb = {"mode": "explosives", "by": "Red Dawn Front", "place": "Osthavn"}
    return [
        tell.report(
            "A Red Dawn Front bomb tore through the fish market in Osthavn on Saturday, killing 12 people, police said.",
            "2025-05-03", outlet="Nordpost", on="2025-05-03", killed=12, source="police", **bomb,
        ),
        tell.report(
            "At least 14 people died when a Red Dawn Front bomb exploded in the Osthavn fish market, the hospital said.",
            "2025-05-03", at="20:00:00", outlet="Kystradio", on="2025-05-03", killed=14, bound="at_least", source="the hospital", **bomb,
        ),
        tell.report(
            "The bomb that the Red Dawn Front set off in the fish market of Osthavn on Saturday killed 17, the health ministry said.",
            "2025-05-04", outlet="Vestrand Times", on="2025-05-03", killed=17, source="health ministry", **bomb,
        ),
        tell.report(
            "Osthavn buried 17 victims of the Red Dawn Front bomb in its fish market.",
            "2025-05-05", outlet="Kystradio", place="Osthavn", mode="explosives", by="Red Dawn Front", killed=17,
        ),
    ]  # fmt: skip


@pytest.fixture
def village(tell):
    """Another attack, elsewhere."""
    return tell.report(
        "A Red Dawn Front bomb killed 3 people in a village near Norvik on Saturday, police said.",
        on="2025-05-03", mode="explosives", by="Red Dawn Front", place="Norvik", killed=3, outlet="Vestrand Times",
    )  # fmt: skip


@pytest.fixture
def changed():
    """A report with other values."""
    return replace
