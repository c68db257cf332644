"""Fits what an event's `confidence` says: logistic regression with a ridge, on gold relations; and plots how far it holds.

    python training/confidence.py --gold ../shared/bench/events/plv_dev.jsonl [--judged judged.jsonl]
    python training/confidence.py --onto --judged more.jsonl

Every event that tells of a marked relation (an end of it overlaps a marked end, and none overlaps nothing marked) is a case, right
where its root is gold's. `--judged` adds events of whole articles that were judged by reading, one JSON object a line (`id`,
`text`, `published`, `span`, `type`, `right`): most sentences there are about nothing political. Writes
`readout/knowledge/confidence.yaml`, and `docs/confidence.svg` with what was stated of items that the fit had not seen (ten folds by item)
against how often that was right. Prints Brier score and expected calibration error of those, of a constant, and by type. The
ridge is chosen by the Brier score of the folds.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from readout import knowledge
from readout.evaluation.answers import answer_of
from readout.evaluation.events import is_about, root_of
from readout.evaluation.gold import TASKS, read_gold
from readout.evaluation.measures import brier, calibration_error, reliability
from readout.language.document import Document
from readout.readers import READERS, Findings
from readout.readers.events import read_events
from readout.readers.events.confidence import evidence, surroundings
from readout.reading import read_with_document
from readout.sources.article import Article
from readout.types import Report

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 10
#: Acts for which the coders' book of the development set has another type than PLOVER: it says nothing of them.
ANOTHER_BOOK = frozenset({"SANCTION/convict", "COERCE/cyber"})
#: A name needs as many cases to have a weight of its own.
LEAST_CASES = 8
INTERCEPT = "intercept"
#: The ridge of weights that were fitted before.
STIFF = 64.0
RIDGES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
Floats = npt.NDArray[np.float64]


def read_all(article: Article, *, keep_text: bool = False) -> tuple[Report, Document]:
    """An article's report with every event, those too that are too doubtful to be told, and its parsed document."""
    report, document = read_with_document(article, keep_text=keep_text)
    found = Findings()
    for name, reader in READERS:
        found = read_events(document, found, least=0.0) if name == "events" else reader(document, found)
    return replace(report, actors=found.actors, events=found.events), document


def cases(gold: Path) -> tuple[list[tuple[str, ...]], list[bool], list[int]]:
    """The evidence of each case, whether it was right, and the number of its item."""
    names, right, items = [], [], []
    for number, item in enumerate(read_gold(TASKS["events"], gold).items):
        report, document = read_all(Article(text=item.text, id=item.id), keep_text=True)
        answer = answer_of(report.to_json())
        around = surroundings(document, report.events, report.actors)
        for event, read in zip(report.events, answer.events, strict=True):
            if is_about(item, answer, read) and event.rule not in ANOTHER_BOOK:
                names.append(evidence(document, event, around))
                right.append(root_of(event.type) == item.root)
                items.append(number)
    return names, right, items


def judged_cases(judged: Path, first: int) -> tuple[list[tuple[str, ...]], list[bool], list[int]]:
    """The same of events of whole articles, where the reader still reads them as they were judged; items count from `first`."""
    rows = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines() if line.strip()]
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_article.setdefault(row["id"], []).append(row)
    names, right, items = [], [], []
    for number, told in enumerate(by_article.values(), first):
        article = Article(text=told[0]["text"], id=told[0]["id"], published=told[0].get("published"))
        report, document = read_all(article)
        around = surroundings(document, report.events, report.actors)
        for row in told:
            start, end = row["span"]
            for event in report.events:
                if event.type == row["type"] and event.span[0] < end and start < event.span[1]:
                    names.append(evidence(document, event, around))
                    right.append(bool(row["right"]))
                    items.append(number)
    return names, right, items


def matrix(cases_: list[tuple[str, ...]], columns: list[str]) -> Floats:
    """One row a case: 1 for the intercept, then 1 or 0 for each name."""
    at = {name: n + 1 for n, name in enumerate(columns)}
    rows = np.zeros((len(cases_), len(columns) + 1))
    rows[:, 0] = 1
    for row, names in zip(rows, cases_, strict=True):
        row[[at[name] for name in names if name in at]] = 1
    return rows


def fit(x: Floats, y: Floats, ridge: float, before: Floats) -> Floats:
    """Weights of the logistic regression by Newton's method, with a ridge that pulls them to `before`; the intercept is free."""
    penalty = np.where(before == 0, ridge, STIFF)
    penalty[0] = 0
    w = before.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9), x.T @ (y - p) - penalty * (w - before)
        )
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def left_out(
    names: list[tuple[str, ...]], y: Floats, items: list[int], ridge: float, before: dict[str, float]
) -> Floats:
    """What is stated of each case by a fit on the folds without its item."""
    fold = np.array(items) % FOLDS
    stated = np.zeros(len(y))
    for k in range(FOLDS):
        seen = [n for n, f in zip(names, fold, strict=True) if f != k]
        columns = chosen(seen, before)
        w = fit(matrix(seen, columns), y[fold != k], ridge, start(columns, before))
        unseen = [n for n, f in zip(names, fold, strict=True) if f == k]
        stated[fold == k] = 1 / (1 + np.exp(-matrix(unseen, columns) @ w))
    return stated


def chosen(names: list[tuple[str, ...]], before: dict[str, float]) -> list[str]:
    """The names with cases enough, and those that had a weight before, sorted."""
    count = Counter(name for case in names for name in case)
    return sorted({name for name, number in count.items() if number >= LEAST_CASES} | (before.keys() - {INTERCEPT}))


def start(columns: list[str], before: dict[str, float]) -> Floats:
    """The weights before, the intercept first; 0 for names without one."""
    return np.array([before.get(name, 0.0) for name in (INTERCEPT, *columns)])


def fitted_before() -> dict[str, float]:
    """The weights that are there, and the intercept."""
    content = knowledge.load("confidence.yaml")
    return {**content["weights"], INTERCEPT: content["intercept"]}


def plot(stated: list[float], right: list[bool], path: Path) -> None:
    """The reliability plot."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "readout"
    mpl.rcParams["svg.fonttype"] = "none"
    figure, axes = plt.subplots(figsize=(5.6, 5.2))
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--", label="stated = reached")
    for p, share, count in reliability(stated, right):
        error = 1.96 * (share * (1 - share) / count) ** 0.5
        axes.errorbar(p, share, yerr=error, fmt="o", color="#1f5f99", markersize=5, capsize=2, linewidth=1)
    axes.set(xlabel="stated confidence (mean of a tenth of the events; bars: 95%)", ylabel="share with the right type")
    axes.set(xlim=(0, 1), ylim=(0, 1.02), title="Events of items that the fit had not seen")
    axes.grid(color="#e5e5e5", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Fits, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--onto", action="store_true", help="fit further cases onto the weights that are there")
    options = parser.parse_args()
    before = fitted_before() if options.onto else {}
    names: list[tuple[str, ...]] = []
    right: list[bool] = []
    items: list[int] = []
    if options.gold is not None:
        names, right, items = cases(options.gold)
        print(f"{len(right)} events about the marked relation, {np.mean(right):.3f} right")
    if options.judged is not None:
        more = judged_cases(options.judged, max(items, default=0) + 1)
        print(f"{len(more[1])} judged events of whole articles, {np.mean(more[1]):.3f} right")
        names, right, items = ([*a, *b] for a, b in zip((names, right, items), more, strict=True))
    y = np.array(right, dtype=float)
    by_ridge = {ridge: left_out(names, y, items, ridge, before) for ridge in RIDGES}
    for ridge, given in by_ridge.items():
        listed = given.tolist()
        print(
            f"ridge {ridge:>4}: Brier {brier(listed, right):.4f}, calibration error {calibration_error(listed, right):.4f}"
        )
    print(f"constant  : Brier {brier([float(y.mean())] * len(y), right):.4f}")
    ridge = min(RIDGES, key=lambda r: brier(by_ridge[r].tolist(), right))
    stated = by_ridge[ridge]
    of_type = np.array([next(n for n in case if n.startswith("type ")) for case in names])
    for name in sorted(set(of_type)):
        of = of_type == name
        print(f"{name:<15} {of.sum():>4} events, stated {stated[of].mean():.2f}, right {y[of].mean():.2f}")
    columns = chosen(names, before)
    w = fit(matrix(names, columns), y, ridge, start(columns, before))
    lines = [
        "# What an event's confidence is made of: fitted by training/confidence.py, not written by hand.",
        f"# Ridge {ridge}; {len(y)} events{' onto the weights before' if before else ''}; the meaning is in docs/confidence.md.",
        "# What does not reach `least` is not told; in a text of fewer than four sentences what does not reach `least_of_sentences`.",
        f"least: {knowledge.load('confidence.yaml')['least']}",
        f"least_of_sentences: {knowledge.load('confidence.yaml')['least_of_sentences']}",
        f"intercept: {w[0]:.3f}",
        "weights:",
        *(f"  {name}: {weight:.3f}" for name, weight in zip(columns, w[1:], strict=True) if abs(weight) >= 0.0005),
    ]
    (ROOT / "readout/knowledge/confidence.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    plot(stated.tolist(), right, ROOT / "docs/confidence.svg")


if __name__ == "__main__":
    main()
