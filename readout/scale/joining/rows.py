"""Groups as rows that mean the same everywhere: reports by the ids of their contents, claims by their places in a report.

A row stands for itself. `told` are the reports of a group as they became known, `claims` all claims that it mentions; the numbers in its
`body` are places in these two lists, counted from 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
import pyarrow as pa

from readout.across.linking import LINKED
from readout.across.linking.kinds import Kind, Outside, Piece
from readout.json_values import from_json, to_json
from readout.scale.joining.numbering import MENTION, REPORT, renumbered

Row = dict[str, Any]
#: A report ("" and 0) or a claim of it and its place among the report's claims of this sort, from 1.
Place = tuple[str, str, int]  # content id, claim, place

_TOLD = [pa.field(name, pa.string()) for name in ("content_id", "report_id", "known", "published", "title")]
_REASONS = pa.list_(pa.string())
_MEMBER = [
    *(pa.field(name, pa.string()) for name in ("content_id", "report_id", "claim")),
    *(pa.field("n", pa.int64()), pa.field("score", pa.float64()), pa.field("rule", pa.string())),
    pa.field("reasons", _REASONS),
]
GROUPS = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in ("key", "title", "start", "end")),
        *(pa.field(name, pa.int64()) for name in ("reports", "sources")),
        pa.field("members", pa.list_(pa.struct(_MEMBER))),
        pa.field("told", pa.list_(pa.struct(_TOLD))),
        pa.field("claims", pa.list_(pa.struct([("report", pa.int64()), ("claim", pa.string()), ("n", pa.int64())]))),
        pa.field("body", pa.string()),
    ]
)
_ENDS = ("first", "second", "first_id", "second_id", "kind", "rule")
COPIES = pa.schema(
    [*(pa.field(name, pa.string()) for name in _ENDS), pa.field("score", pa.float64()), pa.field("reasons", _REASONS)]
)
COPY = "copy"
#: What is kept, and its columns.
TABLES: Mapping[str, pa.Schema] = {**{kind.name: GROUPS for kind in LINKED}, COPY: COPIES}


@dataclass(frozen=True, slots=True)
class Group:
    """A group in numbers of its own: those of `told` and `claims`, counted from 1; `told` are in order."""

    item: Any
    told: tuple[Outside, ...]
    claims: tuple[tuple[int, str, int], ...]

    @property
    def reports(self) -> dict[int, Outside]:
        """The reports by their numbers."""
        return dict(enumerate(self.told, 1))


def place_of(row: Row, piece: Piece) -> Place:
    """What a piece of a row's body is everywhere."""
    content = row["told"][piece.reading - 1]["content_id"]
    return (content, piece.claim, row["claims"][piece.number - 1]["n"] if piece.claim else 0)


def to_row(kind: Kind, group: Group) -> Row:
    """A group as a row."""
    told = kind.describe(group.item)
    members = []
    for member in told.members:
        piece, report = member.piece, group.told[member.piece.reading - 1]
        n = group.claims[piece.number - 1][2] if piece.claim else None
        known = {"content_id": report.content, "report_id": report.report_id, "claim": piece.claim or None, "n": n}
        why = {"score": member.score, "rule": member.rule, "reasons": list(member.reasons)}
        members.append({**known, **why})
    return {
        **{name: getattr(told, name) for name in ("key", "title", "start", "end", "reports", "sources")},
        "members": members,
        "told": [_told(report) for report in group.told],
        "claims": [dict(zip(("report", "claim", "n"), claim, strict=True)) for claim in group.claims],
        "body": dumped(plain(group.item)),
    }


def _told(report: Outside) -> Row:
    values = asdict(report)
    return {"content_id": values.pop("content"), **values}


def outside(told: Mapping[str, Any]) -> Outside:
    """A report of a row."""
    return Outside(told["report_id"], told["known"], told["content_id"], told["published"], told["title"])


def of_row(kind: Kind, row: Row) -> Group:
    """The group of a row."""
    claims = tuple((claim["report"], claim["claim"], claim["n"]) for claim in row["claims"])
    return Group(item_of(kind, loaded(row["body"])), tuple(map(outside, row["told"])), claims)


def item_of(kind: Kind, body: Any) -> Any:
    """An item of its JSON values."""
    return from_json(kind.body, body, kind.name)


def numbered_anew(
    kind: Kind,
    bodies: Iterable[Any],
    report_of: Callable[[int], Outside],
    claim_of: Callable[[str, int], tuple[int, int]],
) -> tuple[list[Any], tuple[Outside, ...], tuple[tuple[int, str, int], ...]]:
    """Bodies of a kind in common numbers of their own.

    Args:
        kind: of which all are.
        bodies: as JSON values.
        report_of: what is known of a report, by the number that the bodies have for it.
        claim_of: the number of a claim's report, and the claim's place in it, by its sort and number.

    Returns:
        The bodies, the reports and the claims that they mention.
    """
    wanted = list(bodies)
    reports: set[int] = set()
    claims: set[tuple[str, int]] = set()

    def see(what: str, number: int) -> int:
        if what == REPORT:
            reports.add(number)
        elif what != MENTION:
            claims.add((what, number))
        return number

    for body in wanted:
        renumbered(kind.body, body, see)
    placed = {claim: claim_of(*claim) for claim in claims}
    known = {number: report_of(number) for number in reports | {report for report, _ in placed.values()}}
    told = {report.content: report for report in known.values()}
    ordered = sorted(told.values(), key=lambda report: report.order)
    at = {report.content: place for place, report in enumerate(ordered, 1)}
    new_report = {number: at[report.content] for number, report in known.items()}
    where = {claim: (new_report[report], claim[0], n) for claim, (report, n) in placed.items()}
    mentioned = sorted(set(where.values()))
    numbers = {claim: number for number, claim in enumerate(mentioned, 1)}

    def renumber(what: str, number: int) -> int:
        if what == MENTION:
            return new_report.get(number, 0)
        return new_report[number] if what == REPORT else numbers[where[what, number]]

    return [renumbered(kind.body, body, renumber) for body in wanted], tuple(ordered), tuple(mentioned)


def plain(item: Any) -> Any:
    """An item as JSON values."""
    return to_json(item)


def loaded(text: str | bytes) -> Any:
    """JSON values of their text."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:  # half of a surrogate pair
        return json.loads(text)


def dumped(value: Any) -> str:
    """JSON values as text."""
    try:
        return orjson.dumps(value).decode("utf-8")
    except TypeError:
        return json.dumps(value, separators=(",", ":"))
