"""Groups of several blocks made one: of each what is its to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readout.across.facts import Decision
from readout.across.linking.kinds import Kind, Outside, Piece
from readout.scale.joining.mending import as_decided, said_with, told_why
from readout.scale.joining.numbering import renumbered
from readout.scale.joining.rows import Group, Place, Row, item_of, loaded, numbered_anew, outside, plain, to_row

_APART = 32  # bits that numbers of a row need


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a block: which of its members are its to tell, if any, and the ids of other groups that have become others, by kind and
    id."""

    row: Row
    own: tuple[Place, ...]
    names: Mapping[tuple[str, str], str]

    @property
    def whole(self) -> bool:
        """Whether all of its members are its to tell."""
        return len(self.own) == len(self.row["members"])


@dataclass(frozen=True, slots=True)
class _Common:
    """Items of several blocks in common numbers."""

    items: list[Any]
    told: tuple[Outside, ...]
    claims: tuple[tuple[int, str, int], ...]
    pieces: Mapping[Place, Piece]


def merged(kind: Kind, parts: Sequence[Part], decisions: Sequence[Mapping[str, Any]] = ()) -> list[Row]:
    """The group that parts make, the first, and members that people keep apart from it, as groups of their own.

    Args:
        kind: of which all are.
        parts: of the blocks; no member is two parts' to tell.
        decisions: of people, on members of groups of the kind.
    """
    common = _common(kind, parts)
    reports = dict(enumerate(common.told, 1))
    own = [{common.pieces[place] for place in part.own} for part in parts]
    out = []
    for place in _put_out(parts, decisions):
        piece = common.pieces[place]
        at = next(at for at, pieces in enumerate(own) if piece in pieces)
        out.append((at, said_with(common.items[at], piece)))
    gone = {piece for _, pieces in out for piece in pieces}
    mine = [pieces - gone for pieces in own]
    found = []
    order = sorted(range(len(parts)), key=lambda at: -len(mine[at]))  # of two as large, the first
    some = [(common.items[at], mine[at]) for at in order if mine[at]]
    if some:
        whole = told_why(_whole(kind, some, reports), [common.items[at] for at in order])
        found.append(as_decided(whole, _decided(kind, some, common, decisions)))
    found += [kind.part(common.items[at], pieces, reports) for at, pieces in out if kind.part is not None]
    return [_row(kind, item, common) for item in found]


def _common(kind: Kind, parts: Sequence[Part]) -> _Common:
    """The rows' items, in numbers that are the same for the same report or claim in all of them."""
    bodies = []
    for at, part in enumerate(parts):
        body = renumbered(kind.body, loaded(part.row["body"]), lambda _, number, at=at: (at << _APART) + number)  # type: ignore[misc]
        bodies.append(body)

    def report_of(number: int) -> Outside:
        at, place = number >> _APART, number & ((1 << _APART) - 1)
        return outside(parts[at].row["told"][place - 1])

    def claim_of(_: str, number: int) -> tuple[int, int]:
        at, place = number >> _APART, number & ((1 << _APART) - 1)
        claim = parts[at].row["claims"][place - 1]
        return (at << _APART) + claim["report"], claim["n"]

    numbered, told, claims = numbered_anew(kind, bodies, report_of, claim_of)
    items = [item_of(kind, body) for body in numbered]
    if kind.referring is not None:
        items = [kind.referring(item, part.names) for item, part in zip(items, parts, strict=True)]
    pieces = {(report.content, "", 0): Piece(number) for number, report in enumerate(told, 1)}
    for number, (report, claim, n) in enumerate(claims, 1):
        pieces[told[report - 1].content, claim, n] = Piece(report, claim, number)
    return _Common(items, told, claims, pieces)


def _put_out(parts: Sequence[Part], decisions: Iterable[Mapping[str, Any]]) -> list[Place]:
    """Members that were together when people said that they are not, or that came together after it: of each pair the one known later."""
    known = {
        told["content_id"]: (told["known"], told["report_id"], told["content_id"])
        for part in parts
        for told in part.row["told"]
    }
    mine = {place for part in parts for place in part.own}
    found: dict[Place, None] = {}
    for decision in decisions:
        one, other = ((end[0], end[1], end[2]) for end in (decision["first"], decision["second"]))
        if not decision["together"] and one in mine and other in mine and one not in found and other not in found:
            found[max(one, other, key=lambda place: (known[place[0]], place))] = None
    return list(found)


def _decided(
    kind: Kind,
    some: Sequence[tuple[Any, Collection[Piece]]],
    common: _Common,
    decisions: Iterable[Mapping[str, Any]],
) -> Iterator[Decision]:
    """Decisions that put members together which are different blocks' to tell: no block has said so of them."""
    for item in decisions:
        ends = [common.pieces.get((end[0], end[1], end[2])) for end in (item["first"], item["second"])]
        where = [next((at for at, (_, pieces) in enumerate(some) if end in pieces), None) for end in ends]
        one, other = ends
        if item["together"] and None not in where and where[0] != where[1] and one and other:
            numbers = [piece.number or piece.reading for piece in (one, other)]
            yield Decision(kind.decided, True, numbers[0], numbers[1], item["by"], item["why"])


def _whole(kind: Kind, some: Sequence[tuple[Any, Collection[Piece]]], reports: Mapping[int, Outside]) -> Any:
    if kind.part is None or kind.join is None:
        return some[0][0]
    parted = [kind.part(item, pieces, reports) for item, pieces in some]
    return kind.join(parted, reports) if len(parted) > 1 else parted[0]


def _row(kind: Kind, item: Any, common: _Common) -> Row:
    """An item as a row, which knows no more reports than it mentions."""
    claims = common.claims
    (body,), told, mentioned = numbered_anew(
        kind,
        [plain(item)],
        lambda number: common.told[number - 1],
        lambda _, number: (claims[number - 1][0], claims[number - 1][2]),
    )
    return to_row(kind, Group(item_of(kind, body), told, mentioned))
