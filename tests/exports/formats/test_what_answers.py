"""Incidents are of what answers: nothing that was rejected, is under embargo, or was not known then."""

from __future__ import annotations

import csv
import io

import pytest

from readout.across.linking import decide, link
from readout.exports.exporting import export
from readout.record import open_record
from readout.sources.article import Article


def incidents(record, **options):
    stream = io.BytesIO()
    export(record, "incidents", "mode:suicide-attack", stream, **options)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


@pytest.fixture
def fresh(tmp_path, clock, told):
    """A record of two reports of one happening."""
    with open_record(tmp_path / "fresh.db", clock=clock) as record:
        for who, day, title, url, text in told[:2]:
            record.add([Article(text=text, publisher=who, published=day, title=title, url=url)])
        yield record


def test_what_was_rejected_is_in_no_incident(fresh):
    assert [row["reports"] for row in incidents(fresh)] == ["2"]
    second = [event.id for event in fresh.events("mode:suicide-attack publisher:Kystradio")]
    fresh.correct.reject([f"events/{number}" for number in second], by="Tester")
    (left,) = incidents(fresh)
    assert (left["reports"], left["killed_said"], left["publishers"]) == ("1", "12", "Nordpost")


def test_what_is_under_embargo_is_in_no_incident(fresh, told):
    text = told[1][4].replace("14", "19")
    fresh.add(
        [Article(text=text, publisher="Vestrand Times", published="2025-03-11", embargoed="2025-04-01T00:00:00Z")]
    )
    (found,) = incidents(fresh)
    assert (found["reports"], found["killed_said"]) == ("2", "12; 14")


def test_incidents_as_of_a_day(fresh, told):
    text = told[1][4].replace("14", "19").replace("on Monday", "on 10 March")
    fresh.add([Article(text=text, publisher="Vestrand Times", published="2025-03-13")])
    assert [row["killed_said"] for row in incidents(fresh, as_of="2025-03-12")] == ["12; 14"]
    assert incidents(fresh, as_of="2025-03-09") == []
    assert sum(int(row["reports"]) for row in incidents(fresh)) == 3


def test_what_is_stored_is_written_as_if_it_had_been_worked_out(fresh, told):
    text = told[1][4].replace("14", "19").replace("on Monday", "on 10 March")
    fresh.add([Article(text=text, publisher="Vestrand Times", published="2025-03-13")])
    anew = incidents(fresh)
    link(fresh)
    assert not fresh.unlinked()
    assert incidents(fresh) == anew
    first, second = (event.id for event in list(fresh.events("mode:suicide-attack", order="added"))[:2])
    decide(fresh, "incident", f"events/{first}", f"events/{second}", together=False, by="Tester", why="two attacks")
    apart = incidents(fresh)  # worked out anew, as the decision came after the last linking
    assert len(apart) > len(anew)
    link(fresh)
    assert incidents(fresh) == apart
