"""What is made of a predicate: its status, its factuality, and the words that decide them."""

from __future__ import annotations

from typing import NamedTuple

from readout.types import Status


class Operator(NamedTuple):
    """A word that changes whether a predicate happens: "refused", "may", "not", "planned".

    `token` is the word; `kind` its class in `knowledge/status`; `subject` and `object` the heads of its own subject
    and object (who refuses, who is asked), None where it has none; `negated` whether it is itself negated;
    `rule` the knowledge entry that it was recognised by.
    """

    token: int
    kind: str
    subject: int | None
    object: int | None
    negated: bool
    rule: str


class Judgement(NamedTuple):
    """A predicate's status, its factuality from 3 to -3, and its operators, innermost first."""

    status: Status
    factuality: float
    operators: tuple[Operator, ...]
