"""Scoring against gold: what is right counts, what is wrong is named, what cannot be used is said."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import forked
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.cli.evaluate import GoldTask
from readout.errors import UsageError
from readout.evaluation import TASKS, evaluate
from readout.evaluation.measures import (
    brier,
    calibration_error,
    distance_km,
    likeness,
    pair_up,
    precision_recall,
    reliability,
)

SENTENCE = "France sent aid to Mali. Norway accused Chad."
#: One gold item of each task, the report that is right, and the path to a figure that is 1 for it and 0 for none.
PERFECT: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]] = {
    "events": (
        {"sentence": SENTENCE, "source_spans": [[0, 6]], "target_spans": [[19, 23]], "root": "AID"},
        {
            "actors": [{"mentions": [[0, 6]]}, {"mentions": [[19, 23]]}],
            "events": [{"type": "AID", "status": "occurred", "actors": [0], "recipients": [1], "span": [7, 11]}],
        },
        ("strict", "macro_f1"),
    ),
    "attribution": (
        {
            "text": "It is over, he said.",
            "attributions": [{"source": [[12, 14]], "cue": [[15, 19]], "content": [[0, 10]]}],
        },
        {"statements": [{"speaker": None, "speaker_span": [12, 14], "cue": [15, 19], "content": [[0, 10]]}]},
        ("content_source_and_cue", "f1"),
    ),
    "time": (
        {
            "text": "Friday, two weeks on.",
            "dct": "1998-08-07",
            "timexes": [{"span": [0, 6], "type": "DATE", "value": "1998-08-07"}],
        },
        {"times": [{"span": [0, 6], "type": "DATE", "value": "1998-08-07"}]},
        ("value", "f1"),
    ),
    "place": (
        {
            "text": "Ankara is cold.",
            "toponyms": [{"span": [0, 6], "name": "Ankara", "lat": 39.92, "lon": 32.85, "country": "Turkey"}],
        },
        {"places": [{"name": "Ankara", "country": "TUR", "lat": 39.9, "lon": 32.9, "mentions": [[0, 6]]}]},
        ("end_to_end_161km", "f1"),
    ),
    "factuality": (
        {
            "text": "He left but would not return.",
            "predicates": [{"span": [3, 7], "value": 3.0}, {"span": [22, 28], "value": -2.0}],
        },
        {"predicates": [{"span": [3, 7], "factuality": 3.0}, {"span": [22, 28], "factuality": -2.0}]},
        ("coverage",),
    ),
    "entities": (
        {"text": "The Kurdish YPG left", "entities": [{"span": [4, 15], "type": "Organisation"}]},
        {"entities": [{"span": [4, 15]}]},
        ("span_exact", "f1"),
    ),
}


def lines(path: Path, *objects: Any) -> Path:
    """A JSONL file of the objects; a string is a line as it is."""
    path.write_text("".join((o if isinstance(o, str) else json.dumps(o)) + "\n" for o in objects), encoding="utf-8")
    return path


def figure(figures: Any, path: tuple[str, ...]) -> float:
    for key in path:
        figures = figures[key]
    return float(figures)


@pytest.mark.parametrize("task", sorted(PERFECT))
def test_gold_given_back_is_perfect_and_nothing_is_nothing(task: str, tmp_path: Path) -> None:
    item, report, path = PERFECT[task]
    text = item.get("sentence") or item["text"]
    gold = lines(tmp_path / "gold.jsonl", {"id": "a"} | item)
    best = evaluate(task, gold, reports=lines(tmp_path / "best.jsonl", {"id": "a", "text": text} | report))
    assert figure(best.score.figures, path) == 1.0
    assert best.score.mistakes == ()
    bare = evaluate(task, gold, reports=lines(tmp_path / "bare.jsonl", {"id": "a", "text": text}))
    assert figure(bare.score.figures, path) == 0.0
    assert bare.score.mistakes
    none = evaluate(task, gold, reports=lines(tmp_path / "none.jsonl"))
    assert (none.unanswered, figure(none.score.figures, path)) == (1, 0.0)


def test_every_task_is_tested_and_named_on_the_command_line() -> None:
    assert sorted(PERFECT) == sorted(TASKS) == sorted(GoldTask)


def test_the_wrong_type_is_a_confusion_with_its_sentence(tmp_path: Path) -> None:
    item, report, _ = PERFECT["events"]
    wrong = report | {"events": [report["events"][0] | {"type": "ASSAULT", "rule": "ASSAULT/attack"}]}
    gold = lines(tmp_path / "gold.jsonl", {"id": "a"} | item)
    done = evaluate("events", gold, reports=lines(tmp_path / "r.jsonl", {"id": "a", "text": SENTENCE} | wrong))
    (mistake,) = done.score.mistakes
    assert (mistake.kind, mistake.gold, mistake.read, mistake.item) == ("type", "AID", "ASSAULT", "a")
    assert mistake.sentence == SENTENCE
    assert mistake.evidence["rule"] == "ASSAULT/attack"
    assert mistake.evidence["event"] == "sent"


@pytest.mark.parametrize(
    ("type_", "status", "root"),
    [
        ("AID", "occurred", "AID"),
        ("AID", "planned", "AGREE"),
        ("AID", "refused", "REJECT"),
        ("AID", "requested", "REQUEST"),
        ("ASSAULT", "threatened", "THREATEN"),
        ("ASSAULT", "not_occurring", "AGREE"),
        ("RETREAT", "occurred", "YIELD"),
        ("ACCUSE", "planned", "ACCUSE"),
    ],
)
def test_status_folds_as_the_set_does(type_: str, status: str, root: str, tmp_path: Path) -> None:
    item, report, _ = PERFECT["events"]
    given = report | {"events": [report["events"][0] | {"type": type_, "status": status}]}
    gold = lines(tmp_path / "gold.jsonl", {"id": "a"} | item | {"root": root})
    reports = lines(tmp_path / "r.jsonl", {"id": "a", "text": SENTENCE} | given)
    assert evaluate("events", gold, reports=reports, fold_status=True).score.figures["strict"]["accuracy"] == 1.0


def test_lines_that_cannot_be_used_are_counted_and_named(tmp_path: Path) -> None:
    item, report, _ = PERFECT["events"]
    good = {"id": "a"} | item
    gold = lines(
        tmp_path / "gold.jsonl",
        good,
        "{broken",
        "[]",
        good,
        good | {"id": "b", "root": "DANCE"},
        good | {"id": "c", "target_spans": [[19, 999]]},
    )
    found = {"id": "a", "text": SENTENCE} | report
    reports = lines(tmp_path / "r.jsonl", found, found | {"id": "z"}, {"id": "q"}, found | {"id": "d", "events": 1})
    done = evaluate("events", gold, reports=reports)
    assert [problem.line for problem in done.gold_problems] == [2, 3, 4, 5, 6]
    assert "DANCE" in done.gold_problems[3].reason
    assert "target_spans" in done.gold_problems[4].reason
    assert [problem.line for problem in done.report_problems] == [3, 4]
    assert (done.items, done.unanswered, done.unasked) == (1, 0, 1)


def test_a_report_of_another_text_is_not_scored(tmp_path: Path) -> None:
    item, report, _ = PERFECT["events"]
    gold = lines(tmp_path / "gold.jsonl", {"id": "a"} | item)
    done = evaluate("events", gold, reports=lines(tmp_path / "r.jsonl", {"id": "a", "text": SENTENCE + "!"} | report))
    assert done.unanswered == 1
    assert "another text" in done.report_problems[0].reason


def test_two_reports_of_one_item_are_bad_usage(tmp_path: Path) -> None:
    item, report, _ = PERFECT["events"]
    found = {"id": "a", "text": SENTENCE} | report
    gold = lines(tmp_path / "gold.jsonl", {"id": "a"} | item)
    with pytest.raises(UsageError, match="second report"):
        evaluate("events", gold, reports=lines(tmp_path / "r.jsonl", found, found))


@pytest.mark.parametrize("content", ["", "{broken\n", '{"id": "a"}\n'])
def test_a_gold_file_without_an_item_is_bad_usage(content: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(content)
    with pytest.raises(UsageError, match=r"gold\.jsonl"):
        evaluate("time", tmp_path / "gold.jsonl")


def test_readout_reads_gold_itself_gzipped_and_limited(tmp_path: Path) -> None:
    first = {
        "id": "1",
        "sentence": "Norway accused Chad of spying.",
        "source_spans": [[0, 6]],
        "target_spans": [[15, 19]],
        "type": "ACCUSE",
    }
    with gzip.open(tmp_path / "gold.jsonl.gz", "wt") as gold:
        gold.write(json.dumps(first) + "\n\n" + json.dumps(first | {"id": "2"}) + "\n")
    done = evaluate("events", tmp_path / "gold.jsonl.gz", limit=1)
    assert done.items == 1
    assert done.score.figures["strict"]["accuracy"] == 1.0
    assert done.score.figures["confidence"]["events"] == 1


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`readout evaluate` in a process of its own."""
    return forked.text(forked.readout("evaluate", *arguments))


def test_the_command_prints_figures_and_names_bad_lines(tmp_path: Path) -> None:
    item, report, _ = PERFECT["events"]
    wrong = report | {"events": [report["events"][0] | {"type": "ASSAULT"}]}
    gold = lines(tmp_path / "gold.jsonl", {"id": "a"} | item, "{broken")
    reports = lines(tmp_path / "r.jsonl", {"id": "a", "text": SENTENCE} | wrong)
    done = run("events", str(gold), "--reports", str(reports))
    assert done.returncode == 3
    assert "AID read as ASSAULT" in done.stdout
    assert "France sent aid to Mali." in done.stdout
    assert "gold.jsonl line 2: not a JSON object" in done.stderr
    value = json.loads(run("events", str(gold), "--reports", str(reports), "--json", "--errors", "0").stdout)
    assert value["figures"]["strict"]["accuracy"] == 0.0
    assert value["confusions"][0]["count"] == 1
    assert value["confusions"][0]["mistakes"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("events",),
        ("dancing", "x"),
        ("events", "gone.jsonl"),
        ("time", str(Path(__file__)), "--fold-status"),
        ("time", str(Path(__file__))),
        ("time", "x", "--limit", "0"),
    ],
)
def test_bad_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans), st.lists(spans))
def test_pairs_are_one_to_one_and_no_free_pair_is_better(
    gold: list[tuple[int, int]], read: list[tuple[int, int]]
) -> None:
    pairs = pair_up(gold, read, likeness)
    assert len({g for g, _ in pairs}) == len({r for _, r in pairs}) == len(pairs)
    free_gold, free_read = set(range(len(gold))) - {g for g, _ in pairs}, set(range(len(read))) - {r for _, r in pairs}
    assert not any(likeness(gold[g], read[r]) for g in free_gold for r in free_read)


@given(spans, spans)
def test_likeness_is_symmetrical_and_1_only_for_equals(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert (likeness(a, b) == 1.0) == (a == b)


def test_measures_by_hand() -> None:
    assert precision_recall(2, 4, 8) == {"p": 0.5, "r": 0.25, "f1": pytest.approx(1 / 3)}
    assert brier([1.0, 0.5], [True, False]) == 0.125
    assert reliability([0.9, 0.1, 0.9, 0.1], [True, False, False, False], 2) == [(0.1, 0.0, 2), (0.9, 0.5, 2)]
    assert calibration_error([0.9, 0.1, 0.9, 0.1], [True, False, False, False], 2) == pytest.approx(0.25)
    assert distance_km((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.195, abs=0.01)
    assert distance_km(None, (0.0, 1.0)) == pytest.approx(20015.087, abs=0.01)
