"""Searches that people saved: kept under a name, asked again, and what is new in them since something was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from readout.errors import UsageError
from readout.record import schema
from readout.record.asking import conditions_of
from readout.record.claims import _Json
from readout.record.conditions import check_filters, understand
from readout.record.fetching import FETCH
from readout.record.filters import parse_filters
from readout.record.log import check_text
from readout.record.moments import as_of
from readout.record.record import Record
from readout.record.rows_in_order import row_columns
from readout.record.searched import searches as table

#: The lists of which searches can be saved.
LISTS = ("events", "statements", "figures", "reports")
#: After so many runs in a row in which nothing could be sent, nothing is sent any more until it is set anew.
GIVEN_UP = 20
_NAME = re.compile(r"\w[\w -]{0,58}\w|\w")
_LONGEST = 3_000
_NEWEST = 5_000  # articles, the latest, among which the newest answers are looked for first


@dataclass(frozen=True, slots=True)
class Search(_Json):
    """A saved search: what is asked of which list, who saved it when; where what is new is sent, since which article, how often in a row
    that failed, and why it did last."""

    name: str
    kind: str
    query: str
    at: str
    by: str
    webhook: str | None = None
    sent: int = 0
    failures: int = 0
    tried: str | None = None
    error: str | None = None
    secret: str | None = field(default=None, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values, but for the secret."""
        return {name: value for name, value in _Json.to_json(self).items() if name != "secret"}

    @property
    def is_given_up(self) -> bool:
        """Whether nothing is sent any more."""
        return self.failures >= GIVEN_UP


@dataclass(frozen=True, slots=True)
class Fresh:
    """Answers of articles that were added since: the first of them, the number of the article up to which they are all there, and whether
    there are more."""

    items: tuple[Any, ...]
    upto: int
    more: bool


def check_search(name: str, kind: str, query: str) -> None:
    """Sees that a search can be saved.

    Raises:
        UsageError: the name, the list or the query is none.
    """
    check_text("the name", name)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a search: letters, digits, blanks, - and _, 60 at most")
    if kind not in LISTS:
        raise UsageError(f"searches of {kind!r} are not saved: of {', '.join(LISTS)} they are")
    if len(query) > _LONGEST:
        raise UsageError(f"a query has {_LONGEST:,} letters at most")
    check_filters(kind, parse_filters(query))


def save_search(
    record: Record, name: str, kind: str, query: str, *, by: str, webhook: str | None = None, secret: str | None = None
) -> Search:
    """Saves a search. What is new in it from now on is sent to the webhook, signed with the secret, where there is one.

    Raises:
        UsageError: it cannot be saved so, or there is one of that name.
    """
    check_search(name, kind, query)
    check_text("who saves it", by)
    with record.writing() as connection:
        if connection.execute(select(table.c.name).where(table.c.name == name)).first():
            raise UsageError(f"there is a search {name!r} already: remove it first, or take another name")
        latest = connection.execute(select(func.max(schema.articles.c.id))).scalar() or 0
        values = {
            "name": name,
            "kind": kind,
            "query": query,
            "at": record.now(),
            "by": by,
            "sent": latest,
            "failures": 0,
        }
        connection.execute(insert(table).values(**values, webhook=webhook, secret=secret))
    return found_search(record, name)


def remove_search(record: Record, name: str) -> Search:
    """Removes a search; what it was.

    Raises:
        UsageError: there is none of that name.
    """
    found = found_search(record, name)
    with record.writing() as connection:
        connection.execute(delete(table).where(table.c.name == name))
    return found


def searches(record: Record) -> tuple[Search, ...]:
    """All searches that were saved, by name."""
    with record.asking() as connection:
        return tuple(_search(row) for row in connection.execute(select(table).order_by(table.c.name)))


def found_search(record: Record, name: str) -> Search:
    """A search by its name.

    Raises:
        UsageError: there is none.
    """
    check_text("the name", name)
    with record.asking() as connection:
        row = connection.execute(select(table).where(table.c.name == name)).first()
    if row is None:
        raise UsageError(f"there is no search {name!r} in the record")
    return _search(row)


def _search(row: Row[Any]) -> Search:
    return Search(**{name: getattr(row, name) for name in Search.__dataclass_fields__})


def newest_answers(record: Record, search: Search, limit: int) -> tuple[Any, ...]:
    """The answers that came into the record last, the last first; behind those of the latest articles, what is dated latest."""
    with record.asking() as connection:
        latest = connection.execute(select(func.max(schema.articles.c.id))).scalar() or 0
    found = list(_answers(record, search, latest - _NEWEST, limit, backwards=True))
    if len(found) < limit:
        there = {item.reading if search.kind == "reports" else item.id for item in found}
        dated = record.page(search.kind, parse_filters(search.query), order="-published", limit=limit).items
        rest = [item for item in dated if (item.reading if search.kind == "reports" else item.id) not in there]
        found += rest[: limit - len(found)]
    return tuple(found)


def fresh_answers(record: Record, search: Search, limit: int) -> Fresh:
    """What is new in a search since its answers were sent last, the earliest first. Of one article all answers come together, so that there
    may be somewhat more than `limit`."""
    with record.asking() as connection:
        latest = connection.execute(select(func.max(schema.articles.c.id))).scalar() or 0
    found = list(_answers(record, search, search.sent, limit + 1))
    if len(found) <= limit:
        return Fresh(tuple(found), max(latest, search.sent), False)
    upto = found[limit - 1].article
    rest = [item for item in _answers(record, search, upto - 1, 10_000) if item.article == upto]
    whole = (*(item for item in found if item.article < upto), *rest)
    return Fresh(whole, upto, True)


def _answers(record: Record, search: Search, since: int, limit: int, *, backwards: bool = False) -> Sequence[Any]:
    """The answers of articles behind one, in the order of these."""
    with record.asking() as connection:
        when = as_of(connection, None, record.now())
        asked = understand(connection, search.kind, parse_filters(search.query), when)
        if asked.nothing:
            return ()
        columns = asked.table.c
        order = (columns.article_id.desc(), columns.id.desc()) if backwards else (columns.article_id, columns.id)
        holds = [*conditions_of(connection, asked), columns.article_id > since]
        rows = connection.execute(select(*row_columns(asked.table)).where(*holds).order_by(*order).limit(limit)).all()
        return FETCH[search.kind](connection, rows, when) if rows else ()


def note_sent(record: Record, name: str, upto: int) -> None:
    """Notes that all answers of articles up to one were sent."""
    _note(record, name, sent=upto, failures=0, error=None)


def note_failed(record: Record, search: Search, error: str) -> None:
    """Notes that nothing could be sent, and why."""
    _note(record, search.name, failures=search.failures + 1, error=error[:500])


def _note(record: Record, name: str, **values: Any) -> None:
    with record.writing() as connection:
        connection.execute(update(table).where(table.c.name == name).values(tried=record.now(), **values))
