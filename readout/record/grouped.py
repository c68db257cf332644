"""What shows across the reports of a record and is stored in it, as methods: `readout.link` makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from readout.record import groups
from readout.record.asking import LIMIT
from readout.record.claims import Page
from readout.record.conditions import check_filters
from readout.record.filters import Filters, as_filters
from readout.record.groups import CopyRow, GroupMember, GroupRow, GroupsAsked
from readout.record.opened import Opened
from readout.record.unlinking import count_pending


class Grouped(Opened):
    """Stories, incidents, ledgers and copies, as the last linking found them."""

    def groups(
        self,
        kind: str,
        filters: str | Filters | None = None,
        *,
        least: int = 1,
        of: str = "reports",
        order: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **values: Any,
    ) -> Iterator[GroupRow]:
        """Groups of a kind, one by one, those of most reports first; pages are fetched as they are wanted.

        Args:
            kind: story, incident, ledger, negotiation.
            filters: which reports, as for `reports`: a group is whole where any of its reports is one of them.
            least: only groups of so many reports.
            of: what the filters choose: reports, or events or figures, as for the method of that name; then a group is in it where one
                of its claims is.
            order: reports, sources, latest, start; "-" before it for the greatest first.
            limit: so many at most.
            cursor: begin behind a page's end.
            values: further filters, as `Filters.of` takes them.

        Raises:
            UsageError: a filter, an order or a cursor is none.
        """
        asked = self.groups_asked(kind, as_filters(filters, values), least=least, order=order, of=of)
        return self._every(asked, limit, cursor)

    def _every(self, asked: GroupsAsked, limit: int | None, cursor: str | None) -> Iterator[GroupRow]:
        left = limit
        while left is None or left > 0:
            with self.asking() as connection:
                found = groups.page(connection, asked, 500 if left is None else min(left, 500), cursor)
            yield from found.items
            cursor, left = found.next, None if left is None else left - len(found.items)
            if cursor is None:
                return

    def group_page(
        self,
        kind: str,
        filters: str | Filters | None = None,
        *,
        least: int = 1,
        of: str = "reports",
        order: str | None = None,
        limit: int = LIMIT,
        cursor: str | None = None,
        total: bool = False,
        keys: tuple[str, ...] | None = None,
        **values: Any,
    ) -> Page[GroupRow]:
        """A page of groups, with the cursor of the next; arguments as in `groups`, `total` to count all, and `keys` of all that answer,
        where they are known."""
        asked = self.groups_asked(kind, as_filters(filters, values), least=least, order=order, of=of)
        asked = replace(asked, keys=keys)
        with self.asking() as connection:
            return groups.page(connection, asked, limit, cursor, total=total)

    def group(self, kind: str, key: str) -> GroupRow:
        """A group by its key, or by how that begins; `readout.across.linking.stored` has it whole and typed.

        Raises:
            UsageError: there is none, or there are several.
        """
        with self.asking() as connection:
            return groups.group_named(connection, kind, key)

    def group_keys(self, kind: str, beginning: str) -> list[str]:
        """The keys of the groups of a kind that begin with some letters, the first few."""
        with self.asking() as connection:
            return [row.key for row in groups.beginning_with(connection, kind, beginning)]

    def group_members(self, kind: str, key: str) -> tuple[GroupMember, ...]:
        """The members of a group in its order, each with the rule, the score and the reasons; none where there is no such group."""
        with self.asking() as connection:
            return tuple(groups.members_of(connection, kind, key))

    def groups_of(self, member: str) -> tuple[GroupMember, ...]:
        """Where a report (by its id) or a claim ("events/12") is a member.

        Raises:
            UsageError: there is no such report, or it is no name of a claim.
        """
        with self.asking() as connection:
            return tuple(groups.memberships(connection, member))

    def copies_of(self, report: str) -> tuple[CopyRow, ...]:
        """What a report is made from, and what is made from it.

        Raises:
            UsageError: there is no such report.
        """
        with self.asking() as connection:
            return tuple(groups.copies_of(connection, report))

    def unlinked(self) -> int:
        """How many reports are not linked yet, or were changed since."""
        with self.asking() as connection:
            return count_pending(connection, self.now())

    def groups_asked(
        self, kind: str, filters: Filters, *, least: int = 1, order: str | None = None, of: str = "reports"
    ) -> GroupsAsked:
        """A question for groups, for what counts them otherwise than in pages; arguments as in `groups`."""
        check_filters(of, filters)
        return GroupsAsked(kind, filters, least, groups.order_of(order), self.now(), of)
