"""How well Readout reads: every figure against its floor, which only rises.

    python benchmarks/quality.py [--bench ../shared] [--only NAME …] [--write] [--lower]

Reads the public development sets of `../shared/bench` and the annotated articles of `../shared/acceptance` the way a user would (each text
as one line of JSONL, through the same functions as `readout read`), scores them with the scorers beside the data, and compares with
`floors.json`. Without the data it says that it skipped, and passes. `--write` raises the floors to what was reached, less the margin,
and puts down what was found by kind (`kinds.json`, from which `python docs/limits.py` makes its tables); with `--lower` it also takes lower
floors over, which belongs into a commit of its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from readout.evaluation import Evaluation, confusions, evaluate
from readout.reading import read_many
from readout.sources.article import Article

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
#: What was found by class, and what was taken for what: docs/limits.md shows it.
KINDS = HERE / "kinds.json"
#: As many kinds of error of a set are kept by name; of the rest how many there were.
_ERRORS = 20
#: Floors are set this much below what was reached: a change of one sentence is no news.
MARGIN = 0.005


@dataclass(frozen=True, slots=True)
class Task:
    """One test set: its file in bench/, score.py's name for it, the field of its text, its figures by path."""

    name: str
    file: str
    scorer: str
    text: str
    figures: dict[str, tuple[str, ...]]
    lower_is_better: bool = False


TASKS = (
    Task("events", "events/plv_dev.jsonl", "events", "sentence", {
        "lenient macro-F1": ("lenient", "macro_f1"), "strict macro-F1": ("strict", "macro_f1"),
        "lenient accuracy": ("lenient", "accuracy"), "both ends found": ("both_ends_found",)}),
    Task("attribution", "attribution/dev.jsonl.gz", "attribution", "text", {
        "content partial F1": ("content_partial", "f1"), "content exact F1": ("content_exact", "f1"),
        "content and source F1": ("content_and_source", "f1")}),
    Task("time", "time/timebank.jsonl", "time", "text", {"value F1": ("value", "f1"), "span relaxed F1": ("span_relaxed", "f1")}),
    Task("place trnews", "place/trnews.jsonl", "place", "text", {"end to end F1": ("end_to_end_161km", "f1")}),
    Task("place lgl", "place/lgl.jsonl", "place", "text", {"end to end F1": ("end_to_end_161km", "f1")}),
    Task("factuality", "factuality/dev.jsonl", "factuality", "text", {"MAE": ("mae",)}, lower_is_better=True),
    Task("entities", "entities/re3d_dev.jsonl", "entities", "text", {"relaxed F1": ("span_relaxed", "f1")}),
)  # fmt: skip


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as source:
        return [json.loads(line) for line in source if line.strip()]


def reach(value: Any, path: tuple[str, ...]) -> float:
    """The number that a path of keys leads to."""
    for key in path:
        value = value[key]
    return float(value)


def by_kind(found: Evaluation) -> dict[str, Any]:
    """The tables of a score, and its errors by kind: numbers and names of classes alone, no words of the set."""
    grouped = confusions(found.score.mistakes, 0)
    named = [{"kind": c.kind, "gold": c.gold, "read": c.read, "count": c.count} for c in grouped[:_ERRORS]]
    tables = {
        title: {row: {name: _short(value) for name, value in figures.items()} for row, figures in table.items()}
        for title, table in found.score.tables.items()
    }
    return {
        "items": found.items, "tables": tables, "errors": named, "more": sum(c.count for c in grouped[_ERRORS:]),
    }  # fmt: skip


def _short(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def measure(task: Task, bench: Path, kinds: dict[str, Any]) -> dict[str, float]:
    """Reads one test set and scores it; what was found by kind goes into `kinds`."""
    articles = [
        Article(
            text=row[task.text], id=row["id"], published=(row.get("dct_value") or row.get("dct") or "")[:10] or None
        )
        for row in rows(bench / task.file)
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        for report in read_many(articles, keep_text=True):
            predictions.write(json.dumps(report.to_json(), ensure_ascii=False) + "\n")
        predictions.flush()
        command = [
            sys.executable,
            str(bench / "score.py"),
            task.scorer,
            str(bench / task.file),
            predictions.name,
            "--json",
        ]
        scored = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        found = evaluate(task.scorer, bench / task.file, reports=Path(predictions.name))
        kinds[task.name] = by_kind(found)
        differ = list(differing(found.score.figures, scored))
        if differ:
            raise SystemExit(f"{task.name}: readout evaluate and score.py differ: {'; '.join(differ)}")
    return {f"{task.name}: {name}": round(reach(scored, path), 4) for name, path in task.figures.items()}


def differing(own: Any, scored: Any, path: str = "") -> Iterator[str]:
    """Where the figures of `readout evaluate` are others than those of score.py; each may have figures of its own besides."""
    for name in own.keys() & scored.keys():
        mine, its, here = own[name], scored[name], f"{path}{name}"
        if isinstance(mine, dict) and isinstance(its, dict):
            yield from differing(mine, its, f"{here}.")
        elif (mine is None) != (its is None) or (mine is not None and not math.isclose(mine, its, abs_tol=1e-9)):
            yield f"{here} is {mine} and {its}"


def acceptance(shared: Path) -> dict[str, float]:
    """The share of facts that hold, in the seed article and in the wire articles."""
    sys.path.insert(0, str(shared / "acceptance"))
    from check import check

    wire = {row["id"]: row for row in rows(shared / "bench/wire/wire.jsonl.gz")}
    folder = shared / "acceptance"
    seed = Article(text=(folder / "seed_article.txt").read_text(encoding="utf-8"), published="2024-09-16")
    files = sorted((folder / "wire").glob("*.facts.jsonl"))
    texts = [wire[file.name.removesuffix(".facts.jsonl")] for file in files]
    articles = [seed, *(Article(text=row["text"], id=row["id"], published=row["published"]) for row in texts)]
    held = {"seed": [0, 0], "wire": [0, 0]}
    for n, report in enumerate(read_many(articles)):
        plain = json.loads(json.dumps(report.to_json()))
        for fact in rows(folder / "seed_facts.jsonl" if n == 0 else files[n - 1]):
            if n and "at_most" in fact:
                continue  # wire.py counts what must not be read apart
            held["wire" if n else "seed"][0] += bool(check(plain, fact))
            held["wire" if n else "seed"][1] += 1
    return {f"acceptance {name}: share of facts": round(count / total, 4) for name, (count, total) in held.items()}


def wire(shared: Path) -> dict[str, float]:
    """Every article of the wire is read; what share of their letters the cleaning left."""
    articles = [
        Article(text=r["text"], id=r["id"], published=r["published"]) for r in rows(shared / "bench/wire/wire.jsonl.gz")
    ]
    kept = whole = failed = words = 0
    start = time.perf_counter()
    for article, report in zip(articles, read_many(articles), strict=True):
        kept += len("".join(report.text.split()))
        whole += len("".join(article.text.split()))
        words += len(article.text.split())
        failed += any(problem.stage not in ("date", "register", "doubt") for problem in report.problems)
    print(
        f"wire: {len(articles)} articles, {failed} with problems, {words / (time.perf_counter() - start):.0f} words/s in all",
        flush=True,
    )
    return {"wire: share of letters kept": round(kept / whole, 4)}


def measured(shared: Path, only: list[str], kinds: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Every figure, as soon as it is known; what was found by kind goes into `kinds`."""
    for task in TASKS:
        if not only or any(word in task.name for word in only):
            yield from measure(task, shared / "bench", kinds).items()
    for name, function in (("acceptance", acceptance), ("wire", wire)):
        if not only or name in only:
            yield from function(shared).items()


def is_error(name: str) -> bool:
    """Whether less is better."""
    return name.endswith("MAE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--bench", type=Path, default=HERE.parent.parent / "shared", help="the folder that holds bench/ and acceptance/"
    )
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--write", action="store_true", help="raise the floors to what was reached")
    parser.add_argument("--lower", action="store_true", help="with --write: take lower floors over too")
    options = parser.parse_args()
    if not (options.bench / "bench" / "score.py").is_file():
        print(f"skipped: no test sets in {options.bench}")
        return
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    kinds: dict[str, Any] = json.loads(KINDS.read_text(encoding="utf-8")) if KINDS.exists() else {}
    fallen = []
    for name, figure in measured(options.bench, options.only, kinds):
        floor = floors.get(name)
        sign = -1 if is_error(name) else 1
        good = floor is None or sign * figure >= sign * floor
        print(
            f"{'ok  ' if good else 'FELL'}  {name:<45} {figure:.4f}  floor {floor if floor is not None else 'none'}",
            flush=True,
        )
        if not good:
            fallen.append(name)
        reached = round(figure - sign * MARGIN, 4)
        if options.write and (floor is None or options.lower or sign * reached > sign * floor):
            floors[name] = reached
    if options.write:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        KINDS.write_text(json.dumps(kinds, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    elif fallen:
        raise SystemExit(f"below the floor: {', '.join(fallen)}")


if __name__ == "__main__":
    main()
