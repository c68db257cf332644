"""Copies and stories of reports that were read and kept."""

from __future__ import annotations

from readout.across.copies import find_copies, independent
from readout.across.loading import load_facts
from readout.across.stories import find_stories
from readout.record import open_record
from readout.sources.article import Article

SPILL = (
    "A tank ruptured at a paper mill in Grenmark on Monday and killed 12 workers, the Norland fire service said.\n"
    "Lye ran into the river Elva, and towns downstream shut their waterworks, mayor Kari Aune told Norpress.\n"
    "The mill, which employs 400 people, had been fined twice last year for rusted valves.\n"
)
MORE = "The mill's owners said that they would pay for the funerals.\n"


def test_notes_links_and_stories_of_a_record(tmp_path):
    with open_record(tmp_path / "readout.db") as record:
        record.add(
            [
                Article(
                    text=SPILL,
                    title="Tank kills 12 in Grenmark",
                    published="2025-03-10",
                    publisher="Norpress",
                    source_id="1",
                ),
                Article(
                    text=SPILL.replace("12", "15") + MORE,
                    title="Tank kills 15 in Grenmark",
                    published="2025-03-10",
                    publisher="Norpress",
                    source_id="2",
                    note="CORRECTS toll in first paragraph; ADDS owners",
                ),
            ]
        )
        facts = list(load_facts(record))
    assert [report.notes for report in facts] == [(), ("CORRECTS toll in first paragraph; ADDS owners",)]
    (link,) = find_copies(facts)
    assert link.kind == "correction"
    assert {"changes 12 to 15", "adds 1 sentence", 'says "CORRECTS"'} <= set(link.reasons)
    (story,) = find_stories(facts, [link])
    assert [member.report for member in story.members] == [1, 2]
    assert independent(facts, [link]).independent == 1
