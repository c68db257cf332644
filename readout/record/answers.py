"""The questions that a record answers, as methods."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection

from readout.record import asking, facets
from readout.record.asking import LIMIT, Day
from readout.record.claims import (
    ActorRow,
    EventClaim,
    FigureClaim,
    Page,
    PlaceRow,
    ProblemRow,
    ReportRow,
    StatementClaim,
)
from readout.record.filters import Filters, as_filters
from readout.record.whom import unknown_names
from readout.types import Report


class Answers(ABC):
    """What can be asked of a record. `readout.record.asking` says what answers, and in which order.

    All take `filters`, a query as in the search box or `Filters`, and plain values beside it: `record.events("type:ASSAULT",
    actor="Hamas", not_status="planned")`. They raise UsageError where a filter, an order, a day or a cursor is none, and
    RecordError where the record cannot be read.
    """

    @abstractmethod
    def asking(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads."""

    @abstractmethod
    def now(self) -> str:
        """The moment by the record's clock, in UTC."""

    def events(
        self,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[EventClaim]:
        """Events, one by one, the latest day first; pages are fetched as they are wanted.

        Args:
            filters: what is asked for.
            as_of: what was known at the end of a day, or at a moment, in place of what is live.
            order: date, published, added, confidence; "-" before it for the greatest first.
            limit: so many at most.
            cursor: begin behind a page's end.
            values: further filters, as `Filters.of` takes them.
        """
        return self._all("events", filters, as_of, order, limit, cursor, values)

    def statements(
        self,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[StatementClaim]:
        """Statements, one by one, the latest day first; arguments as in `events`; orders: date, published, added."""
        return self._all("statements", filters, as_of, order, limit, cursor, values)

    def figures(
        self,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[FigureClaim]:
        """Figures, one by one, the latest day first; arguments as in `events`; orders: date, published, added, value."""
        return self._all("figures", filters, as_of, order, limit, cursor, values)

    def reports(
        self,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[ReportRow]:
        """Reports, one by one, the latest first; arguments as in `events`; orders: published, added."""
        return self._all("reports", filters, as_of, order, limit, cursor, values)

    def actors(
        self,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[ActorRow]:
        """Actors, those in most reports first; arguments as in `events`; orders: reports, claims, name."""
        return self._all("actors", filters, as_of, order, limit, cursor, values)

    def places(
        self,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[PlaceRow]:
        """Places, those in most reports first; arguments as in `events`; orders: reports, claims, name."""
        return self._all("places", filters, as_of, order, limit, cursor, values)

    def problems(
        self,
        filters: str | Filters | None = None,
        *,
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[ProblemRow]:
        """What could not be read, the latest first; arguments as in `events`; the order is that of adding."""
        return self._all("problems", filters, None, order, limit, cursor, values)

    def page(
        self,
        kind: str,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        order: str | None = None,
        descending: bool = False,
        limit: int = LIMIT,
        cursor: str | None = None,
        total: bool = False,
        **values: Any,
    ) -> Page[Any]:
        """A page of an answer, with the cursor of the next.

        Args:
            kind: events, statements, figures, reports, actors, places, problems.
            filters: what is asked for.
            as_of: what was known at the end of a day, or at a moment.
            order: one of the kind's orders, "-" before it for the greatest first.
            descending: the same as the "-".
            limit: the most entries, up to 1000.
            cursor: `next` of the page before.
            total: count all, which may take longer than the page.
            values: further filters, as `Filters.of` takes them.
        """
        asked = asking.question(kind, as_filters(filters, values), order, descending, as_of, self.now())
        with self.asking() as connection:
            return asking.page(connection, asked, limit, cursor, total=total)

    def count(self, kind: str, filters: str | Filters | None = None, *, as_of: Day | None = None, **values: Any) -> int:
        """How many there are."""
        asked = asking.question(kind, as_filters(filters, values), None, False, as_of, self.now())
        with self.asking() as connection:
            return asking.count(connection, asked)

    def numbers(
        self, kind: str, filters: Filters, *, as_of: Day | None = None, most: int = 15_000
    ) -> tuple[int, ...] | None:
        """The numbers of the claims or reports that answer, for `facets_of` and `readout.record.tallies` to say several things of them;
        None where there are more than `most`, or where how many there are is known without looking at them."""
        asked = asking.question(kind, filters, None, False, as_of, self.now())
        with self.asking() as connection:
            return asking.numbers(connection, asked, most)

    def facets(
        self,
        kind: str,
        field: str,
        filters: str | Filters | None = None,
        *,
        as_of: Day | None = None,
        limit: int = LIMIT,
        **values: Any,
    ) -> dict[str, int]:
        """How many there are of each value of a field, the commonest first, `limit` values at most; what has none is under "".

        Claims are counted once for each of their actors, places, contexts. Dates are counted by year.
        """
        asked = asking.question(kind, as_filters(filters, values), None, False, as_of, self.now())
        with self.asking() as connection:
            return facets.facets(connection, asked, field, limit)

    def facets_of(
        self,
        kind: str,
        fields: Sequence[str],
        filters: Filters,
        *,
        as_of: Day | None = None,
        limit: int = LIMIT,
        numbers: Sequence[int] | None = None,
    ) -> dict[str, dict[str, int]]:
        """The same for several fields at once, in less time; for answers that are not too many (some ten thousand). `numbers` are theirs,
        where they are known."""
        asked = asking.question(kind, filters, None, False, as_of, self.now())
        with self.asking() as connection:
            return facets.facets_of(connection, asked, fields, limit, numbers)

    def report(self, id: str, *, as_of: Day | None = None) -> Report:  # noqa: A002 - its name in the contract
        """A report by its id, or by how that begins; as of a day, the version of the same piece of news that was known then.

        Raises:
            UsageError: there is none, several begin so, or it may not be shown yet.
        """
        with self.asking() as connection:
            return asking.report(connection, id, as_of, self.now())

    def unknown_names(self, filters: str | Filters) -> list[str]:
        """The names of actors, places and publishers in a question under which the record has nobody and nothing."""
        asked = as_filters(filters, {})
        with self.asking() as connection:
            return unknown_names(connection, asked)

    def _all(
        self,
        kind: str,
        filters: str | Filters | None,
        as_of: Day | None,
        order: str | None,
        limit: int | None,
        cursor: str | None,
        values: dict[str, Any],
    ) -> Iterator[Any]:
        # What is asked is checked when it is asked, and not when the first answer is wanted.
        asked = asking.question(kind, as_filters(filters, values), order, False, as_of, self.now())
        return asking.everything(self.asking, asked, limit, cursor)
