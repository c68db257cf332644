"""A version that a newer one replaced in the record counts as before."""

from __future__ import annotations

from readout.across.loading import load_facts
from readout.across.novelty import find_novelty
from readout.record import open_record
from readout.sources.article import Article

TOLD = "Police arrested four men in Osthavn on Monday."
MORE = "The harbour office closed the northern quay on Tuesday."


def test_versions_of_one_article(tmp_path):
    with open_record(tmp_path / "readout.db") as record:
        for day, text in (("2025-03-10", TOLD), ("2025-03-11", f"{TOLD} {MORE}")):
            record.add([Article(text=text, published=day, publisher="Nordpost", source_id="urn:quay")])
        assert len(list(load_facts(record))) == 1
        reports = list(load_facts(record, versions=True))
    assert len(reports) == 2
    first, second = find_novelty(reports)
    assert {item.mark for item in first.items} == {"new"}
    assert second.before == first.report
    marks = {(item.quote, item.mark) for item in second.items}
    assert {mark for quote, mark in marks if quote == TOLD} == {"repeated"}
    assert {mark for quote, mark in marks if quote == MORE} <= {"new"}
    assert second.text_share == 0.5
