"""`readout stories`, `incidents`, `ledger` and `negotiations`: what shows only across the reports of a record, as it is stored there."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readout.cli.parts import AsJson, begin, console, say
from readout.cli.parts import Record as Where
from readout.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from readout.across.facts import ReportFacts
    from readout.across.incidents.aggregating import Aggregated
    from readout.record import Record

Query = Annotated[
    list[str],
    typer.Argument(
        metavar="[ID|QUERY]…",
        help="One, by its id; or those with a report that answers, as for `readout reports`. All where it is not given.",
        show_default=False,
    ),
]
Least = Annotated[int, typer.Option(help="Only what so many reports tell of.", min=1)]
Limit = Annotated[int, typer.Option(help="So many at most.", min=1)]
Ordered = Annotated[
    str | None,
    typer.Option(
        "--order",
        metavar="ORDER",
        help="reports, sources, latest, start; '-reports' is from the greatest down, as without this option.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Worked out anew from the reports that were known at the end of a day, or at a moment.",
        show_default=False,
    ),
]

_SHOWN = 12  # members of one in a list
_WRAPPED = {"story": "story", "negotiation": "track"}  # what stands in the body of a group beside its sources
_ID = re.compile(r"(?=[a-f]*\d)[0-9a-f]{6,16}")
Lines = Callable[[Any, Mapping[int, "ReportFacts"], bool], "Iterator[Text]"]


class Rule(StrEnum):
    """How one value is made of those that reports differ in."""

    MOST_RECENT = "most_recent"
    MOST_CITED = "most_cited"
    MOST_CONSERVATIVE = "most_conservative"
    MEDIAN = "median"
    BY_SOURCE_CLASS = "by_source_class"


def stories(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    order: Ordered = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    record: Where = None,
) -> None:
    """List stories: threads of reports about one course of events, with how many independent sources they have.

    As they were linked last (`readout link`); one that any report of a query is in is shown whole. Exit status: 0 done, 1 the record
    cannot be read, 2 bad usage.
    """
    from readout.exports.across import story_lines

    def lines(item: Any, reports: Mapping[int, ReportFacts], alone: bool) -> Iterator[Text]:
        return story_lines(item, reports, most=None if alone else _SHOWN, why=alone)

    with _opened(ctx, record) as opened:
        _answer(opened, "story", query, least, limit, order, as_of, as_json, lines)


def incidents(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    order: Ordered = None,
    rule: Annotated[
        Rule | None,
        typer.Option(help="Show what each comes to by this rule: toll, date and place.", show_default=False),
    ] = None,
    prefer: Annotated[
        str | None,
        typer.Option(
            metavar="CLASSES",
            help="For by_source_class: classes of sources, most believed first, as medical,government.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    record: Where = None,
) -> None:
    """List incidents: claims of the same happening across reports, with what differs between them and why they were merged.

    As they were linked last (`readout link`); one that any report of a query tells of is shown whole. Exit status: 0 done, 1 the
    record cannot be read, 2 bad usage.
    """
    from readout.exports.across import incident_lines

    by_rule = _aggregating(rule, prefer)

    def lines(item: Any, reports: Mapping[int, ReportFacts], alone: bool) -> Iterator[Text]:
        return incident_lines(item, reports, by_rule and by_rule(item), most=None if alone else _SHOWN, why=alone)

    with _opened(ctx, record) as opened:
        _answer(opened, "incident", query, least, limit, order, as_of, as_json, lines, by_rule)


def ledger(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    order: Ordered = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    record: Where = None,
) -> None:
    """List tolls as they were counted over time: each number with who gave it, and every revision and contradiction in words.

    As they were linked last (`readout link`); one that any report of a query gives a number of is shown whole. Exit status: 0 done,
    1 the record cannot be read, 2 bad usage.
    """
    from readout.exports.across import ledger_lines

    def lines(item: Any, reports: Mapping[int, ReportFacts], alone: bool) -> Iterator[Text]:
        return ledger_lines(item, reports, most=None if alone else _SHOWN)

    with _opened(ctx, record) as opened:
        _answer(opened, "ledger", query, least, limit, order, as_of, as_json, lines)


def negotiations(
    ctx: typer.Context,
    query: Query = [],  # noqa: B006 - typer copies it
    least: Least = 2,
    limit: Limit = 20,
    order: Ordered = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    record: Where = None,
) -> None:
    """List negotiations: who talks with whom, in which rounds, where each side stands, how far it came and what is next.

    As they were linked last (`readout link`); one that any report of a query tells of is shown whole. Exit status: 0 done, 1 the
    record cannot be read, 2 bad usage.
    """
    from readout.across.negotiations.piecing import as_of_day
    from readout.exports.negotiations import negotiation_lines
    from readout.record.tallies import last_day

    with _opened(ctx, record) as opened:
        today = as_of[:10] if as_of else last_day(opened) or ""

        def lines(item: Any, reports: Mapping[int, ReportFacts], _: bool) -> Iterator[Text]:
            return negotiation_lines(as_of_day(item.track, today), reports)

        _answer(opened, "negotiation", query, least, limit, order, as_of, as_json, lines)


def _aggregating(rule: Rule | None, prefer: str | None) -> Callable[[Any], Aggregated] | None:
    """What makes one value of an incident; None where no rule is asked for.

    Raises:
        UsageError: classes that are none, or that no rule asks for.
    """
    if rule is None and prefer is None:
        return None
    from readout.across.incidents.aggregating import aggregate, check_rule

    name = rule.value if rule else "by_source_class"
    classes = [item.strip().replace("_", " ") for item in (prefer or "").split(",") if item.strip()]
    if classes and name != "by_source_class":
        raise UsageError(f"--prefer is for --rule by_source_class, not for {name}")
    check_rule(name, classes)
    return lambda incident: aggregate(incident, name, order=classes)  # type: ignore[arg-type]  # checked


@contextmanager
def _opened(ctx: typer.Context, where: str | None) -> Iterator[Record]:
    from readout.record import open_record

    settings = begin(ctx, record=where)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        yield opened


def _answer(
    record: Record,
    kind: str,
    query: Sequence[str],
    least: int,
    limit: int,
    order: str | None,
    as_of: str | None,
    as_json: bool,
    lines: Lines,
    by_rule: Callable[[Any], Aggregated] | None = None,
) -> None:
    from readout.across.linking import kind_named, load_groups
    from readout.across.linking.asking import as_of_then, key_asked

    alone = None if as_of or len(query) != 1 or not _ID.fullmatch(query[0]) else key_asked(record, kind, query[0])
    plural = kind_named(kind).plural
    if as_of is not None:
        found = as_of_then(record, kind, " ".join(query), as_of, least, order)
        count = len(found)
    elif alone is not None:
        found, count = list(load_groups(record, kind, [alone]).values()), 1
    else:
        page = record.group_page(kind, " ".join(query), least=least, order=order, limit=min(limit, 1000), total=True)
        found, count = list(load_groups(record, kind, [row.key for row in page.items]).values()), page.total or 0
    _print(record, kind, found[:limit], lines, as_json, alone is not None, by_rule)
    if as_of is None and (waiting := record.unlinked()):
        are = "1 report is" if waiting == 1 else f"{waiting:,} reports are"
        say(f"{are} not linked yet: `readout link` does it", event="not linked", count=waiting)
    if count > limit:
        say(f"{limit:,} of {count:,} {plural}; --limit shows more")
    elif not count:
        say(f"no {plural} that so many reports tell of")


def _print(
    record: Record,
    kind: str,
    found: Iterable[Any],
    lines: Lines,
    as_json: bool,
    alone: bool,
    by_rule: Callable[[Any], Aggregated] | None,
) -> None:
    from readout.across.linking.asking import facts_of
    from readout.json_values import to_json

    out = console()
    for n, item in enumerate(found):
        if as_json:
            value = to_json(item)
            if kind in _WRAPPED:
                value = {**value.pop(_WRAPPED[kind]), **value}
            if by_rule is not None:
                value["aggregated"] = to_json(by_rule(item))
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
            continue
        if n:
            out.print()
        for line in lines(item, facts_of(record, kind, item), alone):
            out.print(line)
