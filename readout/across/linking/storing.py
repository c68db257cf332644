"""Links and groups as rows of a record, written where they differ from what is there."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, delete, or_, select

from readout.across.facts import Link
from readout.across.linking.kinds import Belonging, Kind, Outside, Piece
from readout.json_values import from_json, to_json
from readout.record import linked, schema
from readout.record.bulk import Row, insert_rows
from readout.record.removing import chunks
from readout.record.unlinking import remove_groups

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class GroupRows:
    """A group's row and those of its members."""

    group: Row
    members: tuple[Row, ...]


def pack(item: Any) -> bytes:
    """An item as JSON, compressed. orjson takes a twentieth of the time, but no half of a surrogate pair."""
    try:
        return zlib.compress(orjson.dumps(item), _LEVEL)
    except TypeError:
        return zlib.compress(json.dumps(to_json(item), separators=(",", ":")).encode("ascii"), _LEVEL)


def unpack(kind: Kind, packed: bytes) -> Any:
    """The item that was packed."""
    return from_json(kind.body, json.loads(zlib.decompress(packed)), kind.name)


def rows_of(kind: Kind, items: Iterable[Any], taken: Collection[str] = ()) -> dict[str, GroupRows]:
    """Items as rows, by their keys. Of two that have one id, as reports may that were given one by their sources, the later gets
    another; so does one whose id is `taken`."""
    found: dict[str, GroupRows] = {}
    for item in items:
        told, n = kind.describe(item), 1
        while told.key in found or told.key in taken:
            n += 1
            key = hashlib.sha256(f"{kind.describe(item).key}\n{n}".encode()).hexdigest()[:16]
            renamed = kind.renamed(item, key)
            told = kind.describe(renamed)
        whole = item if n == 1 else renamed
        values = {name: getattr(told, name) for name in ("key", "title", "start", "end", "reports", "sources")}
        body = pack(whole)
        members = tuple(_member(kind.name, told.key, n, member) for n, member in enumerate(told.members))
        said = orjson.dumps([values, [sorted(row.items()) for row in members]], default=str)
        digest = hashlib.blake2b(said + body, digest_size=12).hexdigest()
        group = {"kind": kind.name, **values, "members": len(members), "body": body, "digest": digest}
        found[told.key] = GroupRows(group, members)
    return found


def _member(kind: str, key: str, n: int, member: Belonging) -> Row:
    piece = member.piece
    return {
        "kind": kind,
        "key": key,
        "n": n,
        "reading_id": piece.reading,
        "claim": piece.claim or None,
        "claim_id": piece.number or None,
        "score": member.score,
        "rule": member.rule,
        "reasons": json.dumps(member.reasons, ensure_ascii=False),
    }


def write_groups(
    connection: Connection,
    kind: str,
    rows: Mapping[str, GroupRows],
    instead_of: Collection[str] | None,
    *,
    anew: bool = False,
) -> None:
    """Writes groups in the place of others of their kind, by keys; of all others where it is None. What is the same is left alone, unless
    all is to be written `anew`."""
    table = linked.groups
    there = select(table.c.key, table.c.digest).where(table.c.kind == kind)
    before = {row.key: row.digest for row in connection.execute(there) if instead_of is None or row.key in instead_of}
    same = {key for key, digest in before.items() if not anew and key in rows and rows[key].group["digest"] == digest}
    remove_groups(connection, [(kind, key) for key in sorted(before.keys() - same)])
    fresh = [rows[key] for key in sorted(rows.keys() - same)]
    insert_rows(connection, linked.groups, [item.group for item in fresh])
    insert_rows(connection, linked.members, [row for item in fresh for row in item.members])


def touching(connection: Connection, kind: str, readings: Sequence[int]) -> dict[str, tuple[bytes, tuple[Piece, ...]]]:
    """The stored groups of a kind that have a member among some readings: the body and all members of each, by key."""
    member, group = linked.members, linked.groups
    keys: set[str] = set()
    for some in chunks(readings):
        mine = select(member.c.key).where(member.c.reading_id.in_(some), member.c.kind == kind)
        keys.update(connection.execute(mine.distinct()).scalars())
    pieces: dict[str, list[Piece]] = {key: [] for key in keys}
    packed: dict[str, bytes] = {}
    for some_keys in _parts(sorted(keys)):
        rows = select(member).where(member.c.kind == kind, member.c.key.in_(some_keys)).order_by(member.c.n)
        for row in connection.execute(rows):
            pieces[row.key].append(Piece(row.reading_id, row.claim or "", row.claim_id or 0))
        for row in connection.execute(
            select(group.c.key, group.c.body).where(group.c.kind == kind, group.c.key.in_(some_keys))
        ):
            packed[row.key] = row.body
    return {key: (packed[key], tuple(pieces[key])) for key in sorted(keys)}


def outside_of(connection: Connection, numbers: Iterable[int]) -> dict[int, Outside]:
    """What is known of some reports, by the numbers of their readings, without their texts."""
    readings, articles = schema.readings.c, schema.articles.c
    columns = (readings.id, readings.report_id, readings.published, readings.title, articles.known, articles.content_id)
    found: dict[int, Outside] = {}
    for some in chunks(sorted(numbers)):
        query = select(*columns).join_from(schema.readings, schema.articles, articles.id == readings.article_id)
        for row in connection.execute(query.where(readings.id.in_(some))):
            found[row.id] = Outside(row.report_id, row.known, row.content_id, row.published, row.title)
    return found


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    for at in range(0, len(keys), 500):
        yield keys[at : at + 500]


def write_links(
    connection: Connection, links: Iterable[Link], zone: Collection[int] | None, settled: Collection[int]
) -> None:
    """Writes links in the place of those with both ends in a zone, or with one end there that is not settled, or gone; of all where
    there is no zone."""
    table = linked.links
    wanted = {(link.first, link.second): _link(link) for link in links}
    there: dict[tuple[int, int], Row] = {}
    if zone is None:
        there = {(row["first_id"], row["second_id"]): dict(row) for row in connection.execute(select(table)).mappings()}
    else:
        for some in chunks(sorted(zone)):
            of = or_(table.c.first_id.in_(some), table.c.second_id.in_(some))
            for row in connection.execute(select(table).where(of)).mappings():
                pair = (row["first_id"], row["second_id"])
                if all(number in settled or number not in zone for number in pair) and not all(
                    number in zone for number in pair
                ):
                    continue  # it reaches beyond the zone, from what has not changed
                there[pair] = dict(row)
    for first, second in sorted(pair for pair, row in there.items() if wanted.get(pair) != row):
        connection.execute(delete(table).where(table.c.first_id == first, table.c.second_id == second))
    insert_rows(connection, table, [row for pair, row in sorted(wanted.items()) if there.get(pair) != row])


def _link(link: Link) -> Row:
    return {
        "first_id": link.first,
        "second_id": link.second,
        "kind": link.kind,
        "rule": link.rule,
        "score": link.score,
        "reasons": json.dumps(link.reasons, ensure_ascii=False),
    }
