"""What an address asks for: filters, order, day and page; and the addresses that ask for something near to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from starlette.requests import Request

from readout.errors import UsageError
from readout.record.filters import Filters, Wanted
from readout.record.kinds import HAS, ORDERS

#: Names in an address that are no filters.
RESERVED = ("as_of", "order", "limit", "cursor", "axis", "by", "why", "done", "total", "all", "least", "at")
LIMIT, MOST = 50, 500
_SIMPLE = re.compile(r"[\w.-]*\w")
_LONGEST, _FILTERS, _VALUES = 4_000, 40, 200
#: Pages have what was reported last first; in the record's own order what is planned for another year would come first.
_ORDER = {"events": "-published", "statements": "-published", "figures": "-published"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as an address has it. `axis` is the day that a timeline is by, `by` a field that is counted in full, `all` that
    everything is counted however many answers there are; `least` is how many reports a group has at least, None as usual."""

    kind: str
    path: str
    filters: Filters
    as_of: str | None = None
    order: str | None = None
    limit: int = LIMIT
    cursor: str | None = None
    axis: str = "date"
    by: str | None = None
    all: bool = False
    least: int | None = None

    @property
    def sorted_by(self) -> str | None:
        """The order that holds where the address names none."""
        return self.order or _ORDER.get(self.kind)

    @property
    def when(self) -> dict[str, Any]:
        """`as_of` for those questions that can have one."""
        return {} if self.kind == "problems" else {"as_of": self.as_of}

    def link(self, filters: Filters | None = None, *, ending: str = "", **changes: Any) -> str:
        """The address of the same question with something else in it, from its first page on; `ending` is as `.csv`."""
        other = replace(self, cursor=None, filters=self.filters if filters is None else filters)
        other = replace(other, **changes)
        pairs = [
            ("q", other.filters.to_text()),
            ("as_of", other.as_of),
            ("order", other.order),
            ("limit", other.limit if other.limit != LIMIT else None),
            ("axis", other.axis if other.axis != "date" else None),
            ("least", other.least),
            ("by", other.by),
            ("all", "yes" if other.all else None),
            ("cursor", other.cursor),
        ]
        asked = "&".join(f"{name}={_written(value)}" for name, value in pairs if value)
        return f"{other.path}{ending}" + (f"?{asked}" if asked else "")

    def with_(self, **values: Any) -> str | None:
        """The address with a filter more, by its value to the letter; None where the kind has no such filter or value."""
        try:
            more = Filters.of(**values)
            if any(name not in HAS[self.kind] for name, _ in more.items()):
                return None
            return self.link(self.filters & more)
        except UsageError:
            return None

    def adding(self, name: str) -> Callable[[str], str]:
        """Makes the address with one more filter of a name from a value that it can have, for the many links of a chart."""
        before = f"{self.filters.to_text()} {name}:".lstrip()
        start = f"{self.path}?q={_written(before)}"
        rest = self.link(Filters()).partition("?")[2]

        def link(value: str) -> str:
            quoted = value if _SIMPLE.fullmatch(value) else '"' + value.replace('"', '""') + '"'
            return f"{start}{_written(quoted)}" + (f"&{rest}" if rest else "")

        return link

    def without(self, name: str, wanted: Wanted) -> str:
        """The address with a filter less."""
        kept = tuple(item for item in getattr(self.filters, name) if item != wanted)
        return self.link(replace(self.filters, **{name: kept}))


def _written(value: object) -> str:
    return quote_plus(str(value).encode("utf-8", "replace"), safe=":,./")


def asked_of(request: Request, kind: str, path: str | None = None, fixed: Filters | None = None) -> Asked:
    """The question of a request.

    Args:
        request: what was asked.
        kind: what it is asked of.
        path: the address of the page, where it is not the request's own without its ending.
        fixed: filters that hold on this page whatever the address says.

    Raises:
        UsageError: a filter, an order or a number is none, or there are too many.
    """
    given = request.query_params.multi_items()
    if sum(len(name) + len(value) for name, value in given) > _LONGEST:
        raise UsageError(f"a question has {_LONGEST:,} letters at most")
    filters = filters_of([(name, value) for name, value in given if name not in RESERVED])
    if fixed is not None:
        filters = filters & fixed
    said = {name: value.strip() for name, value in given if name in RESERVED and value.strip()}
    order = said.get("order")
    if order is not None and order.removeprefix("-") not in ORDERS[kind]:
        raise UsageError(
            f"{kind} are not ordered by {order!r}: they are by {', '.join(ORDERS[kind])}, or backwards with -"
        )
    return Asked(
        kind,
        path or request.url.path.rpartition(".")[0] or request.url.path,
        filters,
        None if kind == "problems" else said.get("as_of"),
        order,
        limit_of(said.get("limit")),
        said.get("cursor"),
        "published" if said.get("axis") == "published" else "date",
        said.get("by"),
        said.get("all") == "yes",
    )


def filters_of(pairs: Sequence[tuple[str, str]]) -> Filters:
    """The filters that names and values of an address say.

    Raises:
        UsageError: one is none, or there are too many for one question.
    """
    found = Filters.from_pairs(pairs)
    wanted = [item for _, item in found.items()]
    if len(wanted) > _FILTERS or sum(len(item.values) for item in wanted) > _VALUES:
        raise UsageError(f"a question has {_FILTERS} filters and {_VALUES} values at most")
    return found


def limit_of(text: str | None) -> int:
    """How many entries a page has, as the address says.

    Raises:
        UsageError: it is no such number.
    """
    if text is None:
        return LIMIT
    if not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= MOST:
        raise UsageError(f"a page has from 1 to {MOST} entries, not {text!r}")
    return int(text)
