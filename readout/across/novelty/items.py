"""What a report adds, as values: each of its claims with its mark, and what it was compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from readout.types import Span

#: "new" was told by no report before; "repeated" was; "changed" was, with another number, day, place, party or state; "contradicted"
#: denies what was told, or is a number that leaves none in common with another source's of the same time; "background" is old by the
#: report's own words, and no report at hand told it; "dropped" stood in the version before, and stands in this one no more.
Mark = Literal["new", "repeated", "changed", "contradicted", "background", "dropped"]
MARKS: tuple[Mark, ...] = ("new", "changed", "contradicted", "repeated", "background", "dropped")
Kind = Literal["event", "statement", "figure", "negotiation"]
#: Marks that add something to what was known.
ADDING: frozenset[Mark] = frozenset({"new", "changed", "contradicted"})
#: What a claim counts for in the share. A statement mostly says what an event or a figure beside it says as well.
WEIGHTS: dict[Kind, float] = {"event": 1.0, "negotiation": 1.0, "statement": 0.5, "figure": 0.5}


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier claim that one was compared with. `claim` is its number, of a negotiation its place among its report's."""

    report: int
    claim: int
    known: str
    score: float
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """A claim of a report and what it adds.

    `claim` is its number, of a negotiation its place among the report's; `twins` are all claims of the report that say the same.
    `report` is where it stands: the report itself, or the version before for what was dropped. `compared` are the earlier claims
    that tell the same, the surest first, or for what is new the nearest that does not. `score` says how sure the mark is, from 0 to
    1; `reasons` why, in words. `weight` is what it counts for in the share.
    """

    kind: Kind
    claim: int
    mark: Mark
    rule: str
    score: float
    reasons: tuple[str, ...]
    compared: tuple[Earlier, ...]
    report: int
    span: Span
    quote: str
    weight: float
    twins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Novelty:
    """What a report adds to those known before it.

    `share` is the weight of what is new, changed or contradicted among the weight of all its claims (dropped ones left out), None for a
    report without claims; `text_share` the share of its sentences that hold something new. `before` is the number of the version or the
    piece that it was made from, `added` are the spans of its sentences that neither stood there nor hold a claim.
    """

    report: int
    known: str
    items: tuple[Item, ...]
    share: float | None
    text_share: float
    before: int | None
    added: tuple[Span, ...]
    new: int
    repeated: int
    changed: int
    contradicted: int
    background: int
    dropped: int
