"""What differs between two readings of one article: pure, from claims to claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from readout.record.told import FIELDS, Told, plain, same
from readout.types import Span

What = Literal["gone", "new", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value of a claim, before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that only one reading has, or that both have with other values."""

    claim: str
    what: What
    before: Told | None
    after: Told | None
    fields: tuple[FieldChange, ...] = ()


def diff(before: Sequence[Told], after: Sequence[Told]) -> tuple[ClaimChange, ...]:
    """What differs, in the order of the text; claims that say the same are left out."""
    found: list[ClaimChange] = []
    pairs = match(before, after)
    matched = {id(new) for new in pairs.values()}
    for n, old in enumerate(before):
        if n not in pairs:
            found.append(ClaimChange(old.claim, "gone", old, None))
        elif fields := changed_fields(old, pairs[n]):
            found.append(ClaimChange(old.claim, "changed", old, pairs[n], fields))
    found.extend(ClaimChange(new.claim, "new", None, new) for new in after if id(new) not in matched)
    return tuple(sorted(found, key=_place))


def _place(change: ClaimChange) -> tuple[Span, str, str]:
    claim = change.before or change.after
    assert claim is not None
    return claim.at, change.claim, change.what


def changed_fields(before: Told, after: Told) -> tuple[FieldChange, ...]:
    """The values that two claims of one kind do not share."""
    return tuple(
        FieldChange(name, plain(before.values[name]), plain(after.values[name]))
        for name in FIELDS[before.claim]
        if not same(name, before.values[name], after.values[name])
    )


def match(before: Sequence[Told], after: Sequence[Told]) -> dict[int, Told]:
    """Which claim of the later reading is which of the earlier one, by its number in the list.

    Two claims can be one only where they are of one kind and their triggers share a letter of the article. Those of one code
    are one; among the others, two that are each the other's best by the values that agree. Of two that are as good, neither.
    """
    near = [[new for new in after if new.claim == old.claim and overlap(old.at, new.at)] for old in before]
    pairs: dict[int, Told] = {}
    taken: set[int] = set()
    for n, old in enumerate(before):
        alike = [new for new in near[n] if new.code == old.code]
        twins = sum(old.code == other.code and alike[0] in near[m] for m, other in enumerate(before)) if alike else 0
        if len(alike) == 1 and twins == 1:
            pairs[n] = alike[0]
            taken.add(id(alike[0]))
    while found := _best_pairs(before, near, pairs, taken):
        for n, new in found:
            pairs[n] = new
            taken.add(id(new))
    return pairs


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a letter; empty ones do where they stand at one place."""
    return max(one[0], other[0]) < min(one[1], other[1]) or one == other


def _best_pairs(
    before: Sequence[Told], near: Sequence[Sequence[Told]], pairs: dict[int, Told], taken: set[int]
) -> list[tuple[int, Told]]:
    open_ = {
        n: {id(new): (agreement(old, new), new) for new in near[n] if id(new) not in taken}
        for n, old in enumerate(before)
        if n not in pairs
    }
    found = []
    for n, scores in open_.items():
        best = _only_best({key: score for key, (score, _) in scores.items()})
        if best is None:
            continue
        rivals = {m: others[best][0] for m, others in open_.items() if best in others}
        if _only_best(rivals) == n:
            found.append((n, scores[best][1]))
    return found


def _only_best(scores: dict[int, int]) -> int | None:
    """Whose score is highest, or None where it is nobody's or two share it."""
    if not scores:
        return None
    top = max(scores.values())
    first = [key for key, score in scores.items() if score == top]
    return first[0] if len(first) == 1 else None


def agreement(one: Told, other: Told) -> int:
    """How many values two claims of one kind share; one more where their triggers are the same to the letter."""
    shared = sum(same(name, one.values[name], other.values[name]) for name in FIELDS[one.claim])
    return shared + (one.at == other.at)
