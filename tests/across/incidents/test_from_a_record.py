"""From text to incident and ledger: reports are read into a record, and what comes out of it is brought together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from readout.across.incidents import aggregate, find_incidents, find_outcomes
from readout.across.ledger import make_ledger
from readout.across.loading import load_facts
from readout.record import open_record
from readout.sources.article import Article

ROOT = Path(__file__).resolve().parents[3]
REPORTS = [
    (
        "2025-03-11",
        "Nordpost",
        "Rebels shelled the town of Osthavn on Monday, killing 12 people, the health ministry said.\n"
        "Norwegian Foreign Minister Elin Sorvik will fly to Cairo on Wednesday for talks with Egypt.",
    ),
    (
        "2025-03-12",
        "Kystradio",
        "The health ministry said that 15 people were killed when rebels shelled the town of Osthavn on Monday.",
    ),
    (
        "2025-03-13",
        "Nordpost",
        "Norwegian Foreign Minister Elin Sorvik arrived in Cairo on Wednesday for talks with Egypt.",
    ),
]


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    with open_record(tmp_path_factory.mktemp("record") / "readout.db") as record:
        record.add(
            [
                Article(text=text, published=day, publisher=outlet, source_id=str(number))
                for number, (day, outlet, text) in enumerate(REPORTS)
            ]
        )
        return list(load_facts(record))


def test_the_shelling_and_its_deaths_are_one_incident(facts):
    found = [incident for incident in find_incidents(facts) if incident.reports == 2 and incident.type == "ASSAULT"]
    (incident,) = found
    assert (incident.reality, incident.sources, len(incident.claims)) == ("happened", 2, 4)
    assert aggregate(incident, "most_cited").start == "2025-03-10"
    assert [toll.values for toll in incident.spread.tolls] == [(12, 15)]
    assert aggregate(incident, "most_recent").tolls[0].best == 15


def test_the_flight_came_about(facts):
    links = find_outcomes(find_incidents(facts), facts)
    modes = {event.id: event.act_mode for report in facts for event in report.events}
    assert {link.kind for link in links} == {"came about"}
    assert ("visit", "visit") in {(modes[link.first], modes[link.second]) for link in links}


def test_its_toll_was_raised(facts):
    (ledger,) = [found for found in make_ledger(facts) if found.measure == "killed"]
    assert [remark.words for remark in ledger.remarks] == [
        "raised from 12 to 15 by the health ministry between 11 and 12 March 2025"
    ]
    assert len(ledger.incidents) == 1


def test_the_benchmark_runs_and_says_what_it_skipped(tmp_path):
    command = [sys.executable, str(ROOT / "benchmarks" / "incidents.py"), "--bench", str(tmp_path), "--sizes", "50,100"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    said = done.stdout.splitlines()
    assert said[0].startswith("quality: skipped")
    assert [line.split()[1] for line in said[1:]] == ["50", "100"]
