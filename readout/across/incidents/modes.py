"""Ways in which an act is done that reports of one happening take for one another."""

from __future__ import annotations

from collections.abc import Iterable

_GROUPS = (
    frozenset({"explosives", "suicide-attack", "destroy", "targeted"}),
    frozenset({"firearms", "targeted", "abduct"}),
    frozenset({"heavy-weapons", "aerial", "drone", "destroy"}),
    frozenset({"beat", "torture", "primitive", "crowd-control"}),
    frozenset({"visit", "third-party", "multilateral"}),
    frozenset({"release", "withdraw", "access"}),
    frozenset({"demo", "riot", "obstruct", "vandalize", "boycott"}),
    frozenset({"arrest", "restrict"}),
    frozenset({"disapprove", "allege", "investigate"}),
)


def modes_agree(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the ways in which one account says that it was done, and one of another's, can be of one act."""
    others = list(others)
    return any(
        one == other or any(one in group and other in group for group in _GROUPS) for one in ones for other in others
    )
