"""`readout brief` as it is asked for."""

from __future__ import annotations

import json
import os

import forked
import pytest

BLAST = "A Red Dawn bomb exploded in the market of Osthavn on Monday, killing {} people, {} said.\n"
NEWS = [
    ("a", "2025-03-10", "Nordpost", "Bomb kills 12 in Osthavn market", BLAST.format(12, "the health ministry")),
    ("b", "2025-03-11", "Sundmark Wire", "Osthavn market bomb: toll rises", BLAST.format(14, "the health ministry")),
    ("c", "2025-03-11", "Lindal Daily", "Ministers meet in Bergen", "Ministers of Norway and Iceland held peace talks in Bergen.\n"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief")
    lines = [
        json.dumps({"id": id_, "published": day, "publisher": publisher, "title": title, "text": text})
        for id_, day, publisher, title, text in NEWS
    ]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(folder, "add", "news.jsonl").returncode == 0
    return folder


def run(folder, *arguments, **environment):
    return forked.text(forked.readout(*arguments, cwd=folder, env={**os.environ, **environment}))


def test_a_brief_in_markdown(folder):
    done = run(folder, "brief", "--since", "2025-03-10", "--until", "2025-03-12")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Brief: 10 to 12 Mar 2025\n")
    assert "killed: 12 to 14" in done.stdout
    assert "1 day without a report: 2025-03-12" in done.stdout


def test_the_same_record_gives_the_same_brief_to_the_byte(folder):
    asked = ("brief", "--since", "2025-03-10", "--until", "2025-03-12", "--format", "html")
    one, other = (run(folder, *asked, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one.returncode == 0, one.stderr
    assert one.stdout == other.stdout
    assert one.stdout.startswith("<!DOCTYPE html>")


def test_json_to_a_file(folder):
    done = run(
        folder, "brief", "--since", "2025-03-10", "--until", "2025-03-11", "--format", "json", "--output", "x.json"
    )
    assert (done.returncode, done.stdout) == (0, "")
    found = json.loads((folder / "x.json").read_text(encoding="utf-8"))
    assert found["head"]["reports"] == 3
    assert found["developments"][0]["lines"][0]["span"]


def test_what_was_known_by_the_end_and_no_later(folder):
    done = run(folder, "brief", "--since", "2025-03-10", "--until", "2025-03-10")
    assert "1 report of 1 publisher (Nordpost)" in done.stdout
    assert "14" not in done.stdout


def test_what_it_is_about(folder):
    done = run(folder, "brief", "--since", "2025-03-10", "--until", "2025-03-11", "--about", "publisher:Nordpost")
    assert "about publisher:Nordpost" in done.stdout
    assert "1 report of 1 publisher (Nordpost)" in done.stdout
    words = run(folder, "brief", "--since", "2025-03-10", "--until", "2025-03-11", "--about", "Bergen")
    assert "Ministers meet in Bergen" in words.stdout
    assert "Osthavn" not in words.stdout


def test_an_empty_period(folder):
    done = run(folder, "brief", "--since", "2030-01-01", "--until", "2030-01-02")
    assert done.returncode == 0
    assert "No report of this period" in done.stdout
    assert "no reports of this period" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--since"),
        (("--since", "10 March"), "--since is no day"),
        (("--since", "2025-03-10", "--until", "x"), "--until is no day"),
        (("--since", "2025-03-10", "--until", "2025-03-09"), "ends before it begins"),
        (("--since", "2025-03-10", "--until", "2025-03-11", "--about", "publishr:x"), "publishr"),
        (("--since", "2025-03-10", "--until", "2025-03-11", "--format", "pdf"), "pdf"),
        (("--since", "2025-03-10", "--until", "2025-03-11", "--output", "nowhere/x.md"), "cannot be written"),
        (("--since", "2025-03-10", "--length", "0"), "--length"),
    ],
)
def test_bad_usage(folder, arguments, said):
    done = run(folder, "brief", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_record_that_is_not_there(folder):
    assert run(folder, "brief", "--since", "2025-03-10", "--record", "none.db").returncode == 1
