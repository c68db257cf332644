"""What people decide: that two claims or reports belong together, or do not. It is kept, holds in every later linking, and can be undone.

A decision is on pieces of news and on claims by where they stand, so that it goes over to later versions and readings where what it was
made on is still there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from readout.across.facts import Decision, EventFact, ReportFacts
from readout.across.incidents.telling import claim_identity
from readout.across.loading import load_facts
from readout.errors import Conflict, UsageError
from readout.json_values import to_json
from readout.record import Record, schema
from readout.record.linked import decisions as table
from readout.record.log import LARGEST, check_text, claim_named
from readout.record.schema import LIVE
from readout.record.unlinking import mark_articles
from readout.record.writing import Numbers
from readout.types import Span

#: What can be decided on: incidents by claims, stories and copies by reports.
KINDS = ("incident", "story", "copy")


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision was made on: a report, by its piece of news, or an event of it, by what names it in every record, where it stands in
    the report's text, its act and its sentence (a digest of it)."""

    report: str
    document: int
    identity: str | None = None
    span: Span | None = None
    act: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is kept. `first` and `second` are names that hold now ("events/12", ids of reports), None where what it was made on
    is not there any more: then it changes nothing, and holds again where it comes back."""

    number: int
    at: str
    by: str
    why: str | None
    kind: str
    together: bool
    targets: tuple[Target, Target]
    first: str | None = None
    second: str | None = None
    undone_at: str | None = None
    undone_by: str | None = None
    undone_why: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        found: dict[str, Any] = to_json(self)
        return found


def decide(
    record: Record, kind: str, one: str, other: str, *, together: bool, by: str, why: str | None = None
) -> Decided:
    """Decides that two things belong together, or do not. It holds from the next linking on.

    Args:
        record: where they are.
        kind: "incident" for claims, "story" or "copy" for reports.
        one, other: claims as "events/12", or ids of reports.
        together: whether they belong together.
        by: whose word it is.
        why: the reason.

    Raises:
        UsageError: there is no such kind, claim or report, both are the same, or nobody is named.
        RecordError: another of its kinds.
    """
    if kind not in KINDS:
        raise UsageError(f"nothing is decided on {kind!r}: it is on {', '.join(KINDS)}")
    _check_who(by, why)
    found = [_found(record, kind, name) for name in (one, other)]
    (first, first_article), (second, second_article) = found
    if first == second:
        raise UsageError(f"{one} and {other} are the same")
    with record.writing() as connection:
        number = Numbers(connection).take(table)
        connection.execute(
            insert(table).values(
                id=number,
                at=record.now(),
                by=by.strip(),
                why=why,
                kind=kind,
                together=together,
                first_article=first_article,
                second_article=second_article,
                first=json.dumps(to_json(first)),
                second=json.dumps(to_json(second)),
            )
        )
        mark_articles(connection, (first_article, second_article))
        row = connection.execute(select(table).where(table.c.id == number)).mappings().one()
    return _with_names(_decided(dict(row)), one, other)


def undo(record: Record, number: int, *, by: str, why: str | None = None) -> Decided:
    """Undoes a decision; the log keeps it. From the next linking on everything is as if it had never been made.

    Raises:
        UsageError: there is no such decision, or nobody is named.
        Conflict: it was undone already.
        RecordError: another of its kinds.
    """
    _check_who(by, why)
    with record.writing() as connection:
        known = select(table).where(table.c.id == min(max(number, 0), LARGEST))
        row = connection.execute(known).mappings().first()
        if row is None:
            raise UsageError(f"there is no decision {number}")
        if row["undone_at"] is not None:
            raise Conflict(f"decision {number} was undone by {row['undone_by']} ({row['undone_at']})")
        said = {"undone_at": record.now(), "undone_by": by.strip(), "undone_why": why}
        connection.execute(update(table).where(table.c.id == number).values(**said))
        mark_articles(connection, (row["first_article"], row["second_article"]))
        return _decided({**row, **said})


def decisions(record: Record) -> Iterator[Decided]:
    """All decisions in order, undone or not, each with what it is on now."""
    with record.asking() as connection:
        rows = [_decided(dict(row)) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
        live = _live_readings(connection, {target.document for row in rows for target in row.targets})
    facts = {report.document: report for report in load_facts(record, sorted(live.values()))}
    for row in rows:
        yield _with_names(row, *(_name(row.kind, target, facts.get(target.document)) for target in row.targets))


def standing(connection: Connection) -> list[Decided]:
    """The decisions that were not undone, in order."""
    query = select(table).where(table.c.undone_at.is_(None)).order_by(table.c.id)
    return [_decided(dict(row)) for row in connection.execute(query).mappings()]


def decisions_on(decided: Iterable[Decided], reports: Mapping[int, ReportFacts]) -> tuple[Decision, ...]:
    """Decisions in terms of reports that are at hand; of several on one pair the last. Those on what is not at hand are left out."""
    facts = {report.document: report for report in reports.values()}
    found: dict[tuple[str, frozenset[int]], Decision] = {}
    for item in decided:
        one, other = (_number(item.kind, target, facts.get(target.document)) for target in item.targets)
        if one is not None and other is not None and one != other:
            pair = (item.kind, frozenset((one, other)))
            found.pop(pair, None)
            found[pair] = Decision(item.kind, item.together, one, other, item.by, item.why)
    return tuple(found.values())


def _check_who(by: str, why: str | None) -> None:
    if not by.strip():
        raise UsageError("a decision is somebody's: say by whom")
    check_text("the name", by)
    check_text("the reason", why or "")


def _found(record: Record, kind: str, name: str) -> tuple[Target, int]:
    """What a name means now, and its article."""
    readings = schema.readings
    with record.asking() as connection:
        if kind == "incident":
            claim, number = claim_named(name)
            events = schema.events
            if claim != "events":
                raise UsageError(f"incidents are of events, not of {claim}")
            of = select(events.c.reading_id, events.c.article_id).where(events.c.id == number, events.c.live == LIVE)
        else:
            check_text("the report's id", name)
            # Of several reports that are the same to the letter, the last. SQLite would go through all that is live.
            of = select(readings.c.id, readings.c.article_id).where(
                readings.c.report_id == name, readings.c.live + 0 == LIVE
            )
            of = of.order_by(readings.c.article_id.desc())
        row = connection.execute(of).first()
    if row is None:
        raise UsageError(
            f"there is no {'' if kind == 'incident' else 'report '}{name} in the record, or it does not stand"
        )
    (report,) = load_facts(record, [row[0]])
    if kind != "incident":
        return Target(report.report_id, report.document), row[1]
    event = next((event for event in report.events if event.id == number), None)
    if event is None:
        raise UsageError(f"{name} does not stand")
    return (
        Target(
            report.report_id,
            report.document,
            claim_identity(report, event),
            event.span,
            event.act_type,
            _sentence(event),
        ),
        row[1],
    )


def _sentence(event: EventFact) -> str:
    return hashlib.sha256(event.quote.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _number(kind: str, target: Target, report: ReportFacts | None) -> int | None:
    """The number of the report, or of the event, that a decision was made on, as it is read now; None where it is not there, or where
    two events may be it."""
    if report is None or kind != "incident":
        return None if report is None else report.id
    named = [event for event in report.events if claim_identity(report, event) == target.identity]
    alike = [event for event in report.events if event.act_type == target.act]
    same_text = report.report_id == target.report and target.span is not None
    there = [event for event in alike if same_text and target.span and _overlap(event.span, target.span)]
    told = [event for event in alike if _sentence(event) == target.sentence]
    for some in (named[:1], there, told):
        if len(some) == 1:
            return some[0].id
    return None


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _name(kind: str, target: Target, report: ReportFacts | None) -> str | None:
    number = _number(kind, target, report)
    if number is None or report is None:
        return None
    return f"events/{number}" if kind == "incident" else report.report_id


def _live_readings(connection: Connection, documents: Sequence[int] | set[int]) -> dict[int, int]:
    """The live readings of pieces of news, by the numbers of these."""
    readings, articles = schema.readings, schema.articles
    query = select(articles.c.document_id, readings.c.id).join(articles, articles.c.id == readings.c.article_id)
    found: dict[int, int] = {}
    listed = sorted(documents)
    for at in range(0, len(listed), 500):
        # Seen of each reading that is come to: SQLite would go through all that is live.
        some = query.where(readings.c.live + 0 == LIVE, articles.c.document_id.in_(listed[at : at + 500]))
        found.update((row.document_id, row.id) for row in connection.execute(some))
    return found


def _decided(row: Mapping[str, Any]) -> Decided:
    targets = tuple(_target(json.loads(row[name])) for name in ("first", "second"))
    names = ("at", "by", "why", "kind", "undone_at", "undone_by", "undone_why")
    return Decided(
        number=row["id"],
        together=bool(row["together"]),
        targets=(targets[0], targets[1]),
        **{name: row[name] for name in names},
    )


def _target(value: dict[str, Any]) -> Target:
    span = value.pop("span")
    return Target(**value, span=(span[0], span[1]) if span else None)


def _with_names(item: Decided, first: str | None, second: str | None) -> Decided:
    return replace(item, first=first, second=second)
