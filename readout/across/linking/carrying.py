"""Groups that were found in a part of the record, brought together with those that are stored and reach beyond it.

Who belongs where is settled anew for reports that are new or changed, and for groups that lie wholly in the part that was looked at. A
stored group that reaches beyond it keeps its members: on the part's own evidence, without the reports before it, they would be dealt out
otherwise each time. What goes with such a member joins its group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from readout.across.facts import Decision
from readout.across.linking.kinds import Kind, Piece, Reports


@dataclass(frozen=True, slots=True)
class Stored:
    """A group as it is stored."""

    key: str
    item: Any
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """The part of the record that is looked at: the readings in it, those of them that are linked as they stand (`settled`), and what
    people decided in it. Readings that are not live any more are in it, too, and in no group."""

    readings: frozenset[int]
    settled: frozenset[int]
    decisions: tuple[Decision, ...] = ()


@dataclass(slots=True)
class Carried:
    """The groups of a kind, and which ids became others: from kind and id to id."""

    items: list[Any] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)


def carry(kind: Kind, found: Sequence[Any], stored: Sequence[Stored], zone: Zone, reports: Reports) -> Carried:
    """The groups that take the place of some stored ones.

    Args:
        kind: of which all of them are.
        found: in the zone.
        stored: all that have a member in the zone.
        zone: what was looked at.
        reports: of all members, outside the zone too.
    """
    reaching = [group for group in stored if any(piece.reading not in zone.readings for piece in group.pieces)]
    if kind.part is None or kind.join is None:
        taken = {piece for group in reaching for piece in group.pieces}
        left = [item for item in found if taken.isdisjoint(_pieces(kind, item))]
        return Carried([*(group.item for group in reaching), *left])
    keeping = {piece: group.key for group in reaching for piece in group.pieces if piece.reading in zone.settled}
    carried = Carried()
    joining: dict[str, list[Any]] = defaultdict(list)
    whence: dict[str, list[str]] = defaultdict(list)
    by_key = {group.key: group for group in reaching}
    for item in found:
        dealt = _dealt(kind, _pieces(kind, item), keeping, by_key, zone.decisions)
        for key, pieces in dealt.items():
            some = item if len(dealt) == 1 else kind.part(item, pieces, reports)
            (joining[key] if key else carried.items).append(some)
            if key:
                whence[key].append(kind.describe(item).key)
    for group in sorted(reaching, key=lambda group: group.key):
        beyond = {piece for piece in group.pieces if piece.reading not in zone.readings}
        base = group.item if len(beyond) == len(group.pieces) else kind.part(group.item, beyond, reports)
        whole = kind.join((base, *joining[group.key]), reports) if joining[group.key] else base
        carried.items.append(whole)
        now = kind.describe(whole).key
        carried.names.update(((kind.name, before), now) for before in (*whence[group.key], group.key) if before != now)
    return carried


def _pieces(kind: Kind, item: Any) -> list[Piece]:
    return [member.piece for member in kind.describe(item).members]


def _dealt(
    kind: Kind,
    pieces: Sequence[Piece],
    keeping: Mapping[Piece, str],
    by_key: Mapping[str, Stored],
    decisions: Iterable[Decision],
) -> dict[str, set[Piece]]:
    """To which stored groups the members of a found group go, by their keys; under "" those that make a group of their own.

    Members that a stored group keeps go to it. All others go where most do that are kept, unless somebody decided that they stay apart.
    """
    owners = Counter(keeping[piece] for piece in pieces if piece in keeping)
    if not owners:
        return {"": set(pieces)}
    most = min(owners, key=lambda key: (-owners[key], key))
    free = {piece for piece in pieces if piece not in keeping}
    if _kept_apart(kind, free, by_key[most].pieces, decisions):
        most = ""
    found: dict[str, set[Piece]] = defaultdict(set)
    for piece in pieces:
        found[keeping.get(piece, most)].add(piece)
    return dict(found)


def _kept_apart(kind: Kind, ones: Collection[Piece], others: Collection[Piece], decisions: Iterable[Decision]) -> bool:
    mine, theirs = ({piece.number or piece.reading for piece in some} for some in (ones, others))
    return any(
        decision.kind == kind.decided and not decision.together and decision.among(mine, theirs)
        for decision in decisions
    )
