"""Furniture rules: the patterns of readout/knowledge/furniture, compiled."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, get_args

from readout import knowledge
from readout.errors import KnowledgeError
from readout.types import RemovedKind

#: any: wherever it stands as a paragraph of its own; start: above the first paragraph of the article; under: there, but below
#: its title; end: below the last; inside: within a sentence, in brackets.
Where = Literal["any", "start", "under", "end", "inside"]

_FILES = ("notes", "links", "promotion", "widgets", "bylines", "pages")
_MACRO = re.compile(r"(?<!\(\?P)<(\w+)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """One class of furniture: where it may stand, what it looks like, and what must and must not match."""

    name: str
    kind: RemovedKind
    where: Where
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@cache
def rules(*places: Where) -> tuple[Rule, ...]:
    """The rules for these places, in the order of their files."""
    return tuple(rule for rule in _all_rules() if rule.where in places)


@lru_cache(maxsize=64)  # the lines of a head are asked for more than once
def match(text: str, *places: Where) -> tuple[Rule, re.Match[str]] | None:
    """The first rule for these places that the whole of `text` fits, and how."""
    for fullmatch, rule in _matchers(*places):
        if found := fullmatch(text):
            return rule, found
    return None


@cache
def _matchers(*places: Where) -> tuple[tuple[Callable[[str], re.Match[str] | None], Rule], ...]:
    return tuple((rule.pattern.fullmatch, rule) for rule in rules(*places))


@cache
def expand(pattern: str) -> str:
    """A pattern with its <macros> written out."""
    macros = knowledge.load("furniture/macros.yaml")["macros"]
    while found := _MACRO.search(pattern):
        if found[1] not in macros:
            raise KnowledgeError(f"furniture: there is no macro <{found[1]}>")
        pattern = pattern[: found.start()] + macros[found[1]] + pattern[found.end() :]
    return pattern


@cache
def _all_rules() -> tuple[Rule, ...]:
    found: list[Rule] = []
    for file in _FILES:
        found += [_rule(file, entry) for entry in knowledge.load(f"furniture/{file}.yaml")["rules"]]
    return tuple(found)


def _rule(file: str, entry: dict[str, Any]) -> Rule:
    name = f"{file}/{entry.get('name')}"
    kind: Any = entry.get("kind")
    where: Any = entry.get("where", "any")
    if kind not in get_args(RemovedKind) or where not in get_args(Where) or not entry.get("examples"):
        raise KnowledgeError(f"furniture: {name}: a kind, a place and examples are wanted")
    try:
        pattern = re.compile(expand(str(entry["pattern"])))
    except re.error as error:
        raise KnowledgeError(f"furniture: {name}: {error}") from error
    examples, near_misses = (tuple(entry.get(field) or ()) for field in ("examples", "near_misses"))
    return Rule(name, kind, where, pattern, examples, near_misses)
