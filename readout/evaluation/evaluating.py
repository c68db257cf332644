"""Scores Readout, or the reports of any other reader, against a gold file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from readout.errors import UsageError
from readout.evaluation import events
from readout.evaluation.answers import Answer, answer_of
from readout.evaluation.fields import Malformed
from readout.evaluation.gold import TASKS, BadLine, Gold, Item, Task, objects, read_gold
from readout.evaluation.scores import Score, confusions
from readout.reading import read_many
from readout.sources.article import Article


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of it: the score, on how many items, and what could not be used.

    `unanswered` gold items had no report and count as if nothing had been read in them; `unasked` reports are of no item.
    """

    task: str
    items: int
    unanswered: int
    unasked: int
    score: Score
    gold_problems: tuple[BadLine, ...] = ()
    report_problems: tuple[BadLine, ...] = ()

    def to_json(self, keep: int = 3) -> dict[str, Any]:
        """The whole as JSON values; of each confusion the first `keep` mistakes."""
        return {
            "task": self.task,
            "items": {"gold": self.items, "without_report": self.unanswered, "reports_not_in_gold": self.unasked},
            "figures": self.score.figures,
            "tables": self.score.tables,
            "confusions": [asdict(confusion) for confusion in confusions(self.score.mistakes, keep)],
            "problems": {
                "gold": [asdict(problem) for problem in self.gold_problems],
                "reports": [asdict(problem) for problem in self.report_problems],
            },
        }


def evaluate(
    task: str,
    gold: Path,
    *,
    reports: Path | None = None,
    limit: int | None = None,
    fold_status: bool = False,
) -> Evaluation:
    """Scores reports against gold.

    Args:
        task: a name of `TASKS`.
        gold: a JSONL file in the task's format, gzipped or not.
        reports: a JSONL file of reports of the same texts; without it, Readout reads each item's text to the letter.
        limit: no more than so many gold items.
        fold_status: events only: a status changes the root, as the PLV set folds what did not happen.

    Raises:
        UsageError: no such task, a file that cannot be read, a gold file without a usable item, or two reports of one item.
        ModelError: the language pipeline is missing.
    """
    chosen = TASKS.get(task)
    if chosen is None:
        raise UsageError(f"there is no task {task!r}: the tasks are {', '.join(TASKS)}")
    if fold_status and task != "events":
        raise UsageError("only events have a status to fold by")
    items = read_gold(chosen, gold, limit)
    if not items.items:
        first = (
            f": line {items.problems[0].line}: {items.problems[0].reason}" if items.problems else " in an empty file"
        )
        raise UsageError(f"{gold}: no item of the task {task}{first}")
    problems: list[BadLine] = []
    answers = read_answers(reports, items, problems) if reports else own_answers(chosen, items)
    score = functools.partial(events.score, fold_status=True) if fold_status else chosen.score
    return scored(task, items, answers, score, tuple(problems))


def scored(
    task: str,
    gold: Gold[Any],
    answers: Iterable[Answer],
    score: Callable[[Sequence[tuple[Any, Answer]]], Score],
    problems: tuple[BadLine, ...] = (),
) -> Evaluation:
    """Pairs gold items with answers by id, and scores them; a lacking answer is an empty one."""
    of_id = {answer.id: answer for answer in answers}
    pairs, unanswered = [], 0
    for item in gold.items:
        answer = of_id.pop(item.id, None)
        unanswered += answer is None
        pairs.append((item, answer or Answer(item.id, item.text, entities=())))
    return Evaluation(task, len(pairs), unanswered, len(of_id), score(pairs), gold.problems, problems)


def own_answers(task: Task[Any], gold: Gold[Any]) -> Iterator[Answer]:
    """What Readout reads in each gold item, in order."""
    articles = [Article(text=item.text, id=item.id, published=task.published(item)) for item in gold.items]
    for report in read_many(articles, keep_text=True):
        yield answer_of(report.to_json())


def read_answers(path: Path, gold: Gold[Any], problems: list[BadLine]) -> list[Answer]:
    """The reports of a file; one that is malformed or of another text goes to `problems` and counts as lacking.

    Raises:
        UsageError: the file cannot be read, or holds two reports of one gold item: which of them is meant?
    """
    wanted: dict[str, Item] = {item.id: item for item in gold.items}
    found: dict[str, Answer] = {}
    for number, fields in objects(path):
        if isinstance(fields, BadLine):
            problems.append(fields)
            continue
        try:
            answer = answer_of(fields.value)
        except Malformed as error:
            problems.append(BadLine(number, str(error)))
            continue
        item = wanted.get(answer.id)
        if item and item.text != answer.text:
            problems.append(BadLine(number, f"the report {answer.id!r} is of another text than the gold item"))
        elif answer.id in found:
            raise UsageError(f"{path}: line {number}: a second report of {answer.id!r}")
        else:
            found[answer.id] = answer
    return list(found.values())
