"""What titles and notes say of a report's place among its versions."""

from __future__ import annotations

import pytest

from readout.across.copies.editions import Edition, edition_of
from readout.across.facts import ReportFacts


@pytest.mark.parametrize(
    ("title", "notes", "edition"),
    [
        ("Ferry sinks off Osthavn", (), Edition()),
        ("URGENT: Ferry sinks", (), Edition(0, "URGENT")),
        ("URGENTFerry sinks", (), Edition(0, "URGENT")),
        ("Urgent - ferry sinks", (), Edition(0, "Urgent")),
        ("Urgent talks on ferries open", (), Edition()),
        ("Flash floods close Osthavn road", (), Edition()),
        ("1st lead: ferry sinks", (), Edition(2, "1st lead")),
        ("3rd Ld-Writethru: ferry sinks", (), Edition(4, "3rd Ld")),
        ("UPDATE-2: Ferry sinks", (), Edition(3, "UPDATE-2")),
        ("Ferry sinks (updated 3)", (), Edition(2, "updated")),
        ("Writethru: ferry sinks", (), Edition(2, "Writethru")),
        ("Ferry sinks (new series)", (), Edition(2, "new series")),
        ("Ferry sinks", ("ATTENTION - ADDS quotes",), Edition(2, "ATTENTION")),
        ("Ferry sinks", ("RECASTS with toll",), Edition(2, "RECASTS")),
        ("Norland adds ferries to island route", (), Edition()),
        ("Party leads in Norland polls", (), Edition()),
        ("Ferry sinks (corrects toll)", (), Edition(corrects="corrects")),
        ("Ferry sinks (repetition, correcting date)", (), Edition(2, "repetition", "correcting")),
        ("CORRECTION: ferry sinks", (), Edition(corrects="CORRECTION")),
        ("Ferry sinks", ("CORRECTS spelling in first paragraph",), Edition(corrects="CORRECTS")),
        ("Court corrects its ruling on ferries", (), Edition()),
        ("Chronology of ferry accidents", (), Edition(standing="Chronology")),
        ("Osthavn shares close higher", (), Edition(standing="shares close")),
        (None, (), Edition()),
    ],
)
def test_editions(title, notes, edition):
    assert edition_of(ReportFacts(1, 1, "r", "Text.", "2025-03-10", title=title, notes=notes)) == edition
