"""What shows across reports, as a user asks for it."""

from __future__ import annotations

import json

import forked
import pytest

from readout.across import linking
from readout.errors import RecordLocked

BLAST = "A bomb exploded in the market of Osthavn on Monday, killing {} people, {} said."
NEWS = [
    ("a", "2025-03-10", "Nordpost", "Bomb kills 12 in Osthavn market", BLAST.format(12, "the health ministry")),
    ("b", "2025-03-11", "Sundmark Wire", "Osthavn market bomb: toll rises", BLAST.format(14, "the health ministry")),
    ("c", "2025-03-11", "Lindal Daily", "Talks on fishing", "Ministers of Norway and Iceland met in Bergen on Tuesday."),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("across")
    lines = [
        json.dumps({"id": id_, "published": day, "publisher": publisher, "title": title, "text": text})
        for id_, day, publisher, title, text in NEWS
    ]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(folder, "add", "news.jsonl").returncode == 0
    return folder


def run(folder, *arguments):
    return forked.text(forked.readout(*arguments, cwd=folder))


def test_an_incident_and_its_claims(folder):
    done = run(folder, "incidents")
    assert done.returncode == 0, done.stderr
    assert "2 reports · 2 independent sources" in done.stdout
    assert "12–14 killed" in done.stdout
    assert "they differ in toll" in done.stdout
    assert "2025-03-10  Nordpost" in done.stdout
    assert "2025-03-11  Sundmark Wire" in done.stdout
    assert "the same day" in done.stdout  # why they are one
    found = [json.loads(line) for line in run(folder, "incidents", "--json").stdout.splitlines()]
    assert {(item["reports"], item["sources"], item["type"]) for item in found} == {(2, 2, "ASSAULT")}


def test_every_incident_of_one_report_too(folder):
    found = [json.loads(line) for line in run(folder, "incidents", "--least", "1", "--json").stdout.splitlines()]
    assert len(found) > 1
    assert found[0]["reports"] == 2


def test_a_story(folder):
    done = run(folder, "stories")
    assert done.returncode == 0, done.stderr
    assert "Bomb kills 12 in Osthavn market" in done.stdout
    assert "Talks on fishing" not in done.stdout


def test_a_ledger(folder):
    done = run(folder, "ledger")
    assert done.returncode == 0, done.stderr
    assert "people killed" in done.stdout
    assert "12, by health ministry" in done.stdout
    assert "! raised from 12 to 14" in done.stdout


def test_those_that_a_report_of_a_query_tells_of_are_whole(folder):
    done = run(folder, "incidents", "publisher:Nordpost")
    assert done.returncode == 0
    assert "Sundmark Wire" in done.stdout
    done = run(folder, "incidents", 'publisher:"Lindal Daily"')
    assert (done.returncode, done.stdout) == (0, "")
    assert "no incidents" in done.stderr
    assert run(folder, "incidents", "publishr:x").returncode == 2


def test_one_by_its_id(folder):
    (story,) = [json.loads(line) for line in run(folder, "stories", "--json").stdout.splitlines()]
    assert [source["house"] for source in story["sources"]] == ["Nordpost", "Sundmark Wire"]
    done = run(folder, "stories", story["id"][:12])
    assert story["title"] in done.stdout
    assert "shared features" in done.stdout
    assert run(folder, "stories", "0" * 16).returncode == 2


def test_what_an_incident_comes_to_by_a_rule(folder):
    done = run(folder, "incidents", "--rule", "most_conservative")
    assert "rule most_conservative: 12 killed" in done.stdout
    chosen = run(folder, "incidents", "--prefer", "government,report", "--json")
    (found,) = [json.loads(line)["aggregated"] for line in chosen.stdout.splitlines() if '"killed"' in line]
    assert (found["rule"], found["order"]) == ("by_source_class", ["government", "report"])
    assert found["tolls"][0]["best"] == 14
    for wrong in (
        ["--rule", "by_source_class"],
        ["--prefer", "neighbours"],
        ["--rule", "median", "--prefer", "police"],
    ):
        assert run(folder, "incidents", *wrong).returncode == 2, wrong


def test_as_of_an_earlier_day(folder):
    done = run(folder, "incidents", "--as-of", "2025-03-10", "--least", "1", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found
    assert {item["reports"] for item in found} == {1}
    assert all(member["published"] <= "2025-03-10" for item in found for member in item["claims"])


def test_linking_is_left_out_and_made_up_for(tmp_path, folder):
    (tmp_path / "news.jsonl").write_text((folder / "news.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    done = run(tmp_path, "add", "news.jsonl", "--no-link")
    assert (done.returncode, "linked" in done.stderr) == (0, False)
    done = run(tmp_path, "stories")
    assert done.stdout == ""
    assert "3 reports are not linked yet: `readout link` does it" in done.stderr
    assert "3 reports not linked yet" in run(tmp_path, "doctor").stdout
    done = run(tmp_path, "link")
    assert done.returncode == 0, done.stderr
    assert "3 reports linked, 3 of them new: 1 story, " in done.stderr
    assert "nothing to link" in run(tmp_path, "link", "--new").stderr


def test_a_decision_and_its_undoing(tmp_path, folder):
    (tmp_path / "readout.db").write_bytes((folder / "readout.db").read_bytes())
    (story,) = [json.loads(line) for line in run(tmp_path, "stories", "--json").stdout.splitlines()]
    done = run(tmp_path, "link", "apart", "story", "a", "b", "--by", "Mara Lind", "--why", "two bombs")
    assert (done.returncode, done.stdout) == (0, "decision 1: story: a and b apart\n"), done.stderr
    assert run(tmp_path, "stories").stdout == ""
    assert "Mara Lind: story: a and b apart – two bombs" in run(tmp_path, "link", "decisions").stdout
    assert run(tmp_path, "link", "undo", "1", "--by", "Ada").returncode == 0
    assert [json.loads(line) for line in run(tmp_path, "stories", "--json").stdout.splitlines()] == [story]
    (logged,) = run(tmp_path, "link", "decisions", "--json").stdout.splitlines()
    assert json.loads(logged)["undone_by"] == "Ada"
    assert run(tmp_path, "link", "undo", "1").returncode == 1
    assert run(tmp_path, "link", "apart", "story", "a", "x").returncode == 2


@pytest.fixture
def broken(monkeypatch, tmp_path, folder):
    """Adds news while linking breaks with an error."""
    (tmp_path / "news.jsonl").write_text((folder / "news.jsonl").read_text(encoding="utf-8"), encoding="utf-8")

    def add(error):
        def link(record):
            raise error("no such luck")

        monkeypatch.setattr(linking, "link", link)
        return run(tmp_path, "add", "news.jsonl")

    return add


def test_a_record_that_cannot_be_linked_now_is_said_and_fails_nothing(broken):
    done = broken(RecordLocked)
    assert done.returncode == 0
    assert "not linked (no such luck); `readout link` does it" in done.stderr
    assert "3 added" in done.stderr


def test_a_bug_in_linking_crashes_and_what_was_added_stays(broken, tmp_path):
    done = broken(ValueError)
    assert done.returncode not in (0, 2, 3)
    assert "ValueError: no such luck" in done.stderr
    assert len(run(tmp_path, "reports", "--format", "jsonl").stdout.splitlines()) == 3
