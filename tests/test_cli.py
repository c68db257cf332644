"""The command line as a user meets it: real files, real processes where the exit status matters."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import forked
import pytest

from readout.types import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TEXT = "Norway will send an envoy to Cairo, a spokesman said Monday. Police arrested four men in Oslo."


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`readout` in a process of its own."""
    return forked.readout(*arguments, given=given)


def test_standard_input_to_jsonl() -> None:
    done = run("read", "-", "--published", "2025-03-10", "--format", "jsonl", given=TEXT.encode())
    assert done.returncode == 0, done.stderr
    report = Report.from_json(json.loads(done.stdout))
    assert report.published == "2025-03-10"
    assert report.published_from == "argument"
    assert {event.status for event in report.events} >= {"planned", "occurred"}


def test_the_same_answer_twice() -> None:
    arguments = ("read", str(EXAMPLES / "border.txt"), "--published", "2022-01-17", "--format", "json")
    command = [sys.executable, "-m", "readout.cli", *arguments]
    started = subprocess.run(command, capture_output=True, check=False)
    assert (started.returncode, started.stdout) == (0, run(*arguments).stdout)


def test_bad_inputs_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 40)
    french = "Le ministre a annoncé lundi que les négociations avec les rebelles reprendront dans la capitale la semaine prochaine. "
    (tmp_path / "french.txt").write_text(french * 5)
    names = [str(tmp_path / name) for name in ("empty.txt", "binary.bin", "french.txt", "gone.txt")]
    done = run("read", *names, str(good), "--format", "jsonl")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 1
    for name in names:
        assert sum(name in line for line in done.stderr.decode().splitlines()) == 1, name
    assert "Traceback" not in done.stderr.decode()
    assert "1 read, 4 not" in done.stderr.decode()


def test_withdrawn_items_are_named_and_not_read(tmp_path: Path) -> None:
    lines = [
        {"text": TEXT, "source_id": "a"},
        {"text": TEXT, "source_id": "b", "status": "canceled", "note": "Kill: there is no envoy.\nDo not use."},
        {"source_id": "c", "status": "withheld"},
    ]
    source = tmp_path / "wire.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)))
    done = run("read", str(source), "--format", "jsonl")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 1
    said = done.stderr.decode().splitlines()
    assert said[0].endswith("wire.jsonl line 2: withdrawn by its publisher (canceled): Kill: there is no envoy.")
    assert said[1].endswith("wire.jsonl line 3: withdrawn by its publisher (withheld)")
    assert said[2] == "readout: 1 read, 2 not"


def test_nothing_read_is_exit_1(tmp_path: Path) -> None:
    done = run("read", str(tmp_path / "gone.txt"))
    assert done.returncode == 1
    assert done.stdout == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "x", "--format", "xml"),
        ("read", "x", "--published", "yesterday"),
        ("explain", "x", "-1"),
        ("fly",),
        ("import", "ships", "x", "--into", "y"),
        ("import", "ftm", "gone.json", "--into", "y"),
        ("import", "ftm", "x"),
        ("read", "x", "--actors", "gone.jsonl"),
        ("read", "x", "--gazetteer", "gone.gaz"),
    ],
)
def test_bad_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_jsonl_ids_are_kept_and_bad_lines_named() -> None:
    lines = [
        json.dumps({"id": "a1", "text": TEXT, "published": "2025-03-10"}),
        "{not json",
        json.dumps({"id": "a2", "text": "Rebels fled."}),
    ]
    done = run("read", "-", "--format", "jsonl", given="\n".join(lines).encode())
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a1", "a2"]
    assert done.returncode == 3
    assert b"line 2" in done.stderr


def test_keep_text_keeps_every_letter() -> None:
    text = "  OSLO (AP) — Police arrested  four men.\r\n\r\n(c) AP\n"
    done = run("read", "-", "--keep-text", "--format", "jsonl", given=json.dumps({"id": "a", "text": text}).encode())
    assert json.loads(done.stdout)["text"] == text


FILES = Path(__file__).resolve().parent / "importers" / "files"


def test_import_then_read(tmp_path: Path) -> None:
    mine, towns = tmp_path / "mine.jsonl", tmp_path / "NO.gaz"
    done = run("import", "ftm", str(FILES / "entities.ftm.json"), "--into", str(mine))
    assert done.returncode == 0, done.stderr
    assert b"State Department: ftm:b-1 replaces USA.state-department" in done.stderr
    assert b"5 imported, 2 left out, 0 lines not used, 1 names that built-in entries bear" in done.stderr
    alternates = ("--alternates", str(FILES / "alternateNames.txt"))
    assert run("import", "geonames", str(FILES / "NO.txt"), "--into", str(towns), *alternates).returncode == 0
    text = b"The State Department said on Monday that police had arrested Tormund Varg in Skar Bay."
    added = ("--published", "2020-03-10", "--format", "jsonl", "--actors", str(mine), "--gazetteer", str(towns))
    done = run("read", "-", *added, given=text)
    assert done.returncode == 0, done.stderr
    assert b"1 names are built-in too, yours win: State Department" in done.stderr
    report = Report.from_json(json.loads(done.stdout))
    assert {actor.id: actor.role for actor in report.actors}["ftm:h-1"] == "defense minister"
    assert [place.geonames_id for place in report.places if place.kind == "village"] == [9900001]
    assert run("read", "-", *added, given=text).stdout == done.stdout
    assert run("explain", "-", "0", *added[:2], *added[4:], given=text).returncode == 0


def test_import_says_what_it_could_not_use(tmp_path: Path) -> None:
    source = tmp_path / "in.json"
    source.write_bytes((FILES / "entities.ftm.json").read_bytes() + b"{oops\n")
    done = run("import", "ftm", str(source), "--into", str(tmp_path / "made"))
    assert done.returncode == 3
    assert b"in.json line 13: not JSON" in done.stderr
    source.write_bytes(b"{oops\n")
    assert run("import", "ftm", str(source), "--into", str(tmp_path / "none")).returncode == 1
    assert not (tmp_path / "none").exists()


def test_the_readable_report_has_its_parts() -> None:
    done = run("read", str(EXAMPLES / "attack.txt"), "--published", "2024-03-14")
    shown = done.stdout.decode()
    for part in ("What is new", "Who says what", "Figures", "14 Mar 2024", "occurred"):
        assert part in shown
    assert "\x1b[" not in shown, "no colour codes into a pipe"


def test_explain_names_rule_tree_and_words() -> None:
    done = run("explain", str(EXAMPLES / "border.txt"), "0", "--published", "2022-01-17")
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for part in ("rule", "status", "news", "confidence", "▶"):
        assert part in shown
    assert run("explain", str(EXAMPLES / "border.txt"), "999").returncode == 2
