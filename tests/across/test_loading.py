"""Facts as they are in a record."""

from __future__ import annotations

from readout.across.loading import load_facts
from readout.record import open_record
from readout.sources.article import Article

ATTACK = (
    "Rebels shelled the town of Osthavn on Monday, killing at least 12 people, the health ministry said.\n"
    "Norwegian Foreign Minister Elin Sorvik will fly to Cairo on Wednesday for talks with Egypt."
)


def test_a_report_as_facts(tmp_path):
    with open_record(tmp_path / "readout.db") as record:
        record.add([Article(text=ATTACK, published="2025-03-11", publisher="Nordpost", source_id="1")])
        record.add([Article(text="", publisher="Nordpost", source_id="2", status="canceled")])
        (facts,) = load_facts(record)
        assert list(load_facts(record, [1])) == [facts]
    assert (facts.published, facts.publisher, facts.known, facts.document) == (
        "2025-03-11",
        "Nordpost",
        "2025-03-11",
        1,
    )
    assert len(facts.sentences) == 2
    assault = next(event for event in facts.events if event.type == "ASSAULT")
    assert assault.start == "2025-03-10"
    (figure,) = [figure for figure in facts.figures if figure.measure == "killed"]
    assert (figure.value, figure.bound) == (12, "at_least")
    assert figure.source is not None
    assert figure.source.name == "health ministry"
    visit = next(event for event in facts.events if event.act_mode == "visit")
    assert [who.name for who in visit.actors] == ["Elin Sorvik"]
    assert {place.name for place in visit.places} == {"Cairo"}
    assert visit.places[0].lat is not None


def test_what_is_under_embargo_is_not_told_of(tmp_path):
    with open_record(tmp_path / "readout.db") as record:
        record.add([Article(text=ATTACK, published="2025-03-11", embargoed="2999-01-01T00:00:00Z")])
        record.add([Article(text="Police arrested four men in Osthavn on Tuesday.", published="2025-03-11")])
        assert [facts.text[:6] for facts in load_facts(record)] == ["Police"]
        assert [facts.text[:6] for facts in load_facts(record, versions=True)] == ["Police"]
