"""`readout add` as a user runs it."""

from __future__ import annotations

import json

import forked

PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said."


def run(folder, *arguments, given=""):
    return forked.text(forked.readout(*arguments, cwd=folder, given=given.encode()))


def test_what_was_added_is_said_and_asked(tmp_path):
    lines = [json.dumps({"id": str(n), "text": PROSE.format(n + 2), "published": "2025-03-11"}) for n in range(3)]
    (tmp_path / "news.jsonl").write_text("\n".join([*lines, "not JSON"]), encoding="utf-8")
    planned = run(tmp_path, "add", "news.jsonl", "--dry-run")
    assert (planned.returncode, planned.stdout) == (3, "")
    assert "3 to add" in planned.stderr
    first = run(tmp_path, "add", "news.jsonl")
    assert first.returncode == 3
    assert "news.jsonl line 4: not JSON" in first.stderr
    assert "3 added" in first.stderr
    assert "0 in the record already, 1 not read" in first.stderr
    again = run(tmp_path, "add", "news.jsonl", "-", given=PROSE.format(40))
    assert "1 added" in again.stderr
    assert "3 in the record already, 1 not read" in again.stderr
    asked = run(tmp_path, "figures", "measure:killed", "--order", "value", "--format", "jsonl")
    assert [json.loads(line)["value"] for line in asked.stdout.splitlines()] == [2, 3, 4, 40]
    problems = run(tmp_path, "problems", "--format", "jsonl")
    named = [json.loads(line)["name"] for line in problems.stdout.splitlines()]
    assert named.count("news.jsonl line 4") == 1


def test_nothing_to_add(tmp_path):
    done = run(tmp_path, "add", "none.txt")
    assert done.returncode == 1
    assert "none.txt: there is no such file" in done.stderr


def test_wrong_numbers(tmp_path):
    for option in ("--workers", "--batch"):
        done = run(tmp_path, "add", "none.txt", option, "0")
        assert done.returncode == 2, done.stderr
        assert not (tmp_path / "readout.db").exists()
