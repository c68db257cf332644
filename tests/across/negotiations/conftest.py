"""Invented reports of invented negotiations, as facts."""

from __future__ import annotations

import re
from itertools import count

import pytest

from readout.across.facts import (
    EventFact,
    NamedActor,
    NamedPlace,
    NamedTime,
    ReportFacts,
    StatementFact,
    Where,
    Who,
)

#: Who is known by which words: kind, key, country, sectors, affiliation.
ACTORS = {
    "Norway": ("country", "NOR", "NOR", ("GOV",), None, ("Norway", "Norwegian government")),
    "Iceland": ("country", "ISL", "ISL", ("GOV",), None, ("Iceland",)),
    "Chad": ("country", "TCD", "TCD", ("GOV",), None, ("Chad", "Chadian government")),
    "Algeria": ("country", "DZA", "DZA", ("GOV",), None, ("Algeria", "Algerian")),
    "Qatar": ("country", "QAT", "QAT", ("GOV",), None, ("Qatar",)),
    "Red Heron Front": ("armed_group", "red-heron-front", "TCD", ("REB",), None, ("Red Heron Front", "the rebels")),
    "Blue Dune Army": ("armed_group", "blue-dune-army", "TCD", ("REB",), None, ("Blue Dune Army",)),
    "Idriss Sorvik": ("person", "idriss-sorvik", "TCD", ("REB",), "Red Heron Front", ("Idriss Sorvik",)),
    "Anna Berg": ("person", "name:anna berg", None, (), None, ("Anna Berg",)),
    "European Union": ("igo", "european-union", None, (), None, ("European Union", "EU")),
    "both sides": ("unnamed", "unnamed::both sides", None, (), None, ("Both sides", "both sides", "the two sides")),
    "dockers": ("unnamed", "unnamed::dockers", None, ("LAB",), None, ("dockers",)),
}
PLACES = {
    "Tunis": Where("geonames:1", "Tunis", "TUN", "city"),
    "Geneva": Where("geonames:2", "Geneva", "CHE", "city"),
    "Sundby": Where("geonames:3", "Sundby", "NOR", "city"),
}
_SENTENCE = re.compile(r"[^.!?]+[.!?][”\"]?")


class Teller:
    """Makes reports; numbers are given out as they are made."""

    def __init__(self):
        self.numbers = count(1)

    def report(self, text, day="2025-03-03", *, outlet="Nordpost", days=(), acts=(), said=(), dateline=None):
        """A report. `days` are words with the day that they stand for; `acts` are events: (type, act type, status, who, to whom, the
        word, days); `said` are statements: (who, word of saying, words)."""
        number = next(self.numbers)
        found = {name: _spans(text, entry[5]) for name, entry in ACTORS.items()}
        return ReportFacts(
            id=number,
            document=number,
            report_id=f"report {number}",
            text=text,
            known=f"{day}T12:00:00Z",
            published=day,
            publisher=outlet,
            dateline=dateline,
            sentences=tuple(_trimmed(text, match.span()) for match in _SENTENCE.finditer(text)),
            actors=tuple(
                NamedActor(who(name), entry[0], entry[3], None, entry[4], (), found[name])
                for name, entry in ACTORS.items()
                if found[name]
            ),
            places=tuple(NamedPlace(place, _spans(text, (name,))) for name, place in PLACES.items() if name in text),
            times=tuple(
                NamedTime(span, *(value if isinstance(value, tuple) else (value, value)))
                for word, value in days
                for span in _spans(text, (word,))
            ),
            events=tuple(self._event(text, *act) for act in acts),
            statements=tuple(self._statement(text, *one) for one in said),
        )

    def _event(self, text, kind, act, status, actors, recipients, word, on=None, mode=None):
        at = text.index(word)
        days = on if isinstance(on, tuple) else (on, on)
        return EventFact(
            id=next(self.numbers),
            type=kind,
            mode=None,
            act_type=act,
            act_mode=mode,
            status=status,
            actors=tuple(map(who, actors)),
            recipients=tuple(map(who, recipients)),
            start=days[0],
            end=days[1],
            span=(at, at + len(word)),
            quote=text,
        )

    def _statement(self, text, speaker, word, content):
        at = text.index(word)
        return StatementFact(next(self.numbers), who(speaker), content, span=(at, at + len(word)))


def who(name):
    """An actor of the table."""
    _, key, country, *_ = ACTORS[name]
    return Who(key, name, country)


def _spans(text, words):
    """Where words stand, none within another."""
    found = sorted({m.span() for word in words for m in re.finditer(rf"\b{re.escape(word)}\b", text)})
    return tuple(span for span in found if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in found))


def _trimmed(text, span):
    start = span[0] + len(text[slice(*span)]) - len(text[slice(*span)].lstrip())
    return start, span[1]


@pytest.fixture
def tell():
    return Teller()


@pytest.fixture
def course(tell):
    """Peace talks between Chad and the Red Heron Front, as outlets tell of them over a month."""
    return [
        tell.report(
            "Peace talks between the Chadian government and the Red Heron Front are due to start in Tunis on Thursday.",
            "2025-03-03",
            days=[("Thursday", "2025-03-06")],
        ),
        tell.report(
            "Peace talks between Chad and the Red Heron Front opened in Tunis on Thursday. "
            "The talks are mediated by Algeria. The Red Heron Front rejected a cease-fire.",
            "2025-03-06",
            outlet="Kystradio",
            days=[("Thursday", "2025-03-06")],
            acts=[("REJECT", "CONCEDE", "refused", ["Red Heron Front"], [], "rejected")],
        ),
        tell.report(
            "The Chad peace talks have stalled over the fate of prisoners, Anna Berg said. "
            "Chad rejected Algeria's proposal for an exchange.",
            "2025-03-10",
            outlet="Sundmark Wire",
            said=[("Anna Berg", "said", "The Chad peace talks have stalled over the fate of prisoners")],
        ),
        tell.report(
            "The Red Heron Front agreed to a cease-fire in the peace talks with Chad on Monday, it was told in Tunis.",
            "2025-03-17",
            days=[("Monday", "2025-03-17")],
            acts=[("AGREE", "CONCEDE", "occurred", ["Red Heron Front"], ["Chad"], "agreed")],
        ),
        tell.report(
            "The second round of peace talks between Chad and the Red Heron Front began in Geneva on Thursday. "
            "Chad and the Red Heron Front will meet again on April 8.",
            "2025-03-27",
            outlet="Kystradio",
            days=[("Thursday", "2025-03-27"), ("April 8", "2025-04-08")],
            acts=[("AGREE", "CONSULT", "planned", ["Chad"], ["Red Heron Front"], "meet", "2025-04-08")],
        ),
    ]
