"""Reports of invented wire copy, made from their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from readout.across.facts import EventFact, ReportFacts, Who

Wire = Callable[..., ReportFacts]


def _wire(
    number: int,
    text: str,
    *,
    day: str = "2025-03-10",
    title: str | None = None,
    publisher: str | None = "Norpress",
    agency: str | None = None,
    notes: Sequence[str] = (),
    document: int | None = None,
    cites: Sequence[str] = (),
) -> ReportFacts:
    text = " ".join(text.split())
    sentences = tuple((found.start(), found.end()) for found in re.finditer(r"\S(?:.*?[.!?][\"”]?(?= |$)|.*$)", text))
    sources = tuple(Who(f"name:{name.lower()}", name) for name in cites)
    events = (
        (EventFact(1, "CONSULT", None, "CONSULT", None, "occurred", sources=sources, span=(0, 5)),) if cites else ()
    )
    return ReportFacts(
        id=number,
        document=number if document is None else document,
        report_id=f"report-{number}",
        text=text,
        known=day,
        title=title,
        published=day,
        publisher=publisher,
        agency=agency,
        sentences=sentences,
        events=events,
        notes=tuple(notes),
    )


@pytest.fixture(scope="session")
def wire() -> Wire:
    """Makes a report of a number and a text; what else it takes has defaults."""
    return _wire
