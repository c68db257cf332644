"""`readout evaluate`: how well it reads, against gold."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readout.cli.parts import EXIT_PARTIAL, AsJson, begin, console, say


class GoldTask(StrEnum):
    """What `evaluate` scores."""

    EVENTS = "events"
    ATTRIBUTION = "attribution"
    TIME = "time"
    PLACE = "place"
    FACTUALITY = "factuality"
    ENTITIES = "entities"


def evaluate(
    ctx: typer.Context,
    task: Annotated[GoldTask, typer.Argument(help="What is scored.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A JSONL file of gold items, gzipped (.gz) or not.")],
    reports: Annotated[
        Path | None,
        typer.Option(help="Score these reports (JSONL) in place of what Readout reads.", show_default=False),
    ] = None,
    limit: Annotated[int | None, typer.Option(help="The first so many items only.", min=1, show_default=False)] = None,
    errors: Annotated[int, typer.Option(help="So many sentences for each confusion.", min=0)] = 1,
    fold_status: Annotated[
        bool, typer.Option("--fold-status", help="Events: a status changes the root, as the PLV set folds it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score Readout, or another reader's reports, against gold: figures, confusions, and the sentences behind them.

    The gold formats are those of docs/evaluation.md. Exit status: 0 all scored, 2 bad usage, 3 some lines could not be used.
    """
    from readout.evaluation import evaluate as score

    begin(ctx)
    done = score(task.value, gold, reports=reports, limit=limit, fold_status=fold_status)
    if as_json:
        sys.stdout.write(json.dumps(done.to_json(errors), ensure_ascii=False, indent=1) + "\n")
    else:
        from readout.exports.scores import render_evaluation

        console().print(render_evaluation(done, errors))
    for name, problems in ((gold, done.gold_problems), (reports, done.report_problems)):
        for problem in problems:
            say(f"{name} line {problem.line}: {problem.reason}", "warning", "problem", input=name, line=problem.line)
    if done.gold_problems or done.report_problems:
        raise typer.Exit(EXIT_PARTIAL)
