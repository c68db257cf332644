"""Scores reports against gold in the formats of the public test sets: figures, classes, and the mistakes behind them."""

from readout.evaluation.evaluating import Evaluation, evaluate
from readout.evaluation.gold import TASKS
from readout.evaluation.scores import Confusion, Mistake, Score, confusions

__all__ = ["TASKS", "Confusion", "Evaluation", "Mistake", "Score", "confusions", "evaluate"]
