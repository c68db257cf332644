"""What shows across reports, as a user asks for it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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
    code = "from readout.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, cwd=folder
    )


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


def test_only_the_reports_that_are_asked_for(folder):
    done = run(folder, "incidents", "publisher:Nordpost")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no incidents" in done.stderr
    assert run(folder, "incidents", "publishr:x").returncode == 2
