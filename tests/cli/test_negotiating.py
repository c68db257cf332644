"""Negotiations over time, as a user asks for them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import readout
from readout.cli import app
from readout.errors import UsageError
from readout.record import open_record
from readout.sources.article import Article

NEWS = [
    ("2025-03-06", "Nordpost", "Peace talks between Chad and the Sahel Liberation Front opened in Tunis on Thursday."),
    ("2025-03-10", "Kystradio", "Peace talks between Chad and the Sahel Liberation Front have stalled over the fate of prisoners."),
    ("2025-03-11", "Kystradio", "Border talks between Norway and Iceland opened in Bergen on Tuesday."),
]  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Runs the verb on a record of the news."""
    path = tmp_path_factory.mktemp("negotiations") / "readout.db"
    with open_record(path) as record:
        record.add(
            [
                Article(text=text, published=day, publisher=publisher, source_id=str(n))
                for n, (day, publisher, text) in enumerate(NEWS)
            ]
        )
        readout.link(record)
    return lambda *arguments: CliRunner().invoke(app, ["negotiations", "--record", str(path), *arguments])


def test_a_negotiation_and_what_it_was_read_from(ask):
    done = ask()
    assert done.exit_code == 0, done.stderr
    assert "Chad – Sahel Liberation Front: peace talks" in done.stdout
    assert "2 reports · 2 independent sources" in done.stdout
    assert "2025-03-06 in Tunis" in done.stdout
    assert "the fate of prisoners" in done.stdout
    assert "Norway" not in done.stdout


def test_as_json_and_those_of_one_report(ask):
    found = [json.loads(line) for line in ask("--least", "1", "--json").stdout.splitlines()]
    assert [(item["subject"], item["state"]) for item in found] == [("peace", "stalled"), ("border", "under_way")]
    assert "1 of 2 negotiations" in ask("--least", "1", "--limit", "1").stderr


def test_as_it_was_known(ask):
    done = ask("--least", "1", "--as-of", "2025-03-07", "--json")
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["under_way"]
    assert isinstance(ask("--as-of", "spring").exception, UsageError)


def test_one_by_its_id_and_those_with_a_report_that_answers(ask):
    peace, border = (json.loads(line) for line in ask("--least", "1", "--json").stdout.splitlines())
    assert json.loads(ask(border["id"][:8], "--json").stdout)["title"] == border["title"]
    (found,) = ask("publisher:Nordpost", "--json").stdout.splitlines()  # whole, with what the other outlet tells
    assert json.loads(found) == peace
    assert [house["reports"] for house in peace["houses"]] == [[2], [1]]


def test_none(ask):
    done = ask("publisher:Nowhere")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no negotiations" in done.stderr
