"""Charts that the server draws: bars over time and rows of squares, as SVG of which each part is a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Unit = Literal["day", "month", "year"]
_LETTERS: Mapping[Unit, int] = {"day": 10, "month": 7, "year": 4}
_MOST = 120  # bars
_OUTSIDE = 0.01  # the share of what is dated that may lie outside of the stretch shown, at either end


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, month or year with its count; `link` leads to what was counted."""

    name: str
    number: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts over time, without a gap; `before`, `after` and `undated` are what is not shown."""

    unit: Unit
    bars: tuple[Bar, ...]
    before: int
    after: int
    undated: int

    @property
    def most(self) -> int:
        """The highest bar."""
        return max((bar.number for bar in self.bars), default=0)


def timeline(counts: Mapping[str, int], link: Callable[[str], str | None]) -> Timeline:
    """Counts by day as bars: of days where they fit, else of months or years.

    The few that lie far off at either end (a war of long ago that a report recalls) are counted and not shown, or they would press
    all others into one bar.

    Args:
        counts: numbers by ISO day, "" for what is not dated.
        link: the address of what is counted for a day, month or year.
    """
    dated = {day: number for day, number in sorted(counts.items()) if _is_day(day)}
    undated = sum(number for day, number in counts.items() if day not in dated)
    if not dated:
        return Timeline("day", (), 0, 0, undated)
    first, last = _core(dated)
    unit = _unit(first, last)
    folded: dict[str, int] = {}
    for day, number in dated.items():
        if first <= day <= last:
            name = day[: _LETTERS[unit]]
            folded[name] = folded.get(name, 0) + number
    bars = tuple(Bar(name, folded.get(name, 0), link(name)) for name in _between(first, last, unit))
    before = sum(number for day, number in dated.items() if day < first)
    after = sum(number for day, number in dated.items() if day > last)
    return Timeline(unit, bars, before, after, undated)


def _is_day(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return len(day) == 10


def _core(dated: Mapping[str, int]) -> tuple[str, str]:
    """The stretch of days that holds all but a small share at either end."""
    spare = int(sum(dated.values()) * _OUTSIDE)
    days = list(dated)
    low, high = 0, len(days) - 1
    left = spare
    while low < high and dated[days[low]] <= left:
        left -= dated[days[low]]
        low += 1
    left = spare
    while high > low and dated[days[high]] <= left:
        left -= dated[days[high]]
        high -= 1
    return days[low], days[high]


def _unit(first: str, last: str) -> Unit:
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    if (end - begin).days < _MOST:
        return "day"
    return "month" if (end.year - begin.year) * 12 + end.month - begin.month < _MOST else "year"


def _between(first: str, last: str, unit: Unit) -> list[str]:
    if unit == "day":
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        return [(begin + dt.timedelta(days=n)).isoformat() for n in range((end - begin).days + 1)]
    if unit == "year":
        return [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    begin_, end_ = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(begin_, end_ + 1)]


def bars_svg(chart: Timeline, kind: str, height: int = 72) -> Markup:
    """The bars; their axis is written in HTML beside them, so that it stays legible at any width."""
    if not chart.bars:
        return Markup("")
    width = 1_000 / len(chart.bars)
    gap = min(1.5, width * 0.15)
    parts = []
    for n, bar in enumerate(chart.bars):
        if not bar.number:
            continue
        tall = max(2.0, bar.number / chart.most * (height - 2))
        shape = Markup('<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"/>').format(
            n * width, height - tall, width - gap, tall
        )
        # The whole height can be hit, or a low bar could not be.
        reach = Markup('<rect class="reach" x="{:.2f}" y="0" width="{:.2f}" height="{}"/>').format(
            n * width, width, height
        )
        said = Markup("<title>{}: {:,}</title>").format(bar.name, bar.number)
        if bar.link is None:
            parts.append(Markup("<g>{}{}{}</g>").format(said, reach, shape))
        else:
            parts.append(Markup('<a href="{}" tabindex="-1">{}{}{}</a>').format(bar.link, said, reach, shape))
    return Markup(
        '<svg class="bars c-{}" viewBox="0 0 1000 {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>'
    ).format(kind, height, Markup("").join(parts))


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of squares: a name, where it leads, and counts by the names of the columns."""

    name: str
    link: str
    number: int
    counts: Mapping[str, int]


def strips(rows: Sequence[tuple[str, str, int, Sequence[tuple[str, int]]]], columns: Timeline) -> tuple[Strip, ...]:
    """Rows over the same columns as a timeline; each row is a name, a link, a number and counts by day."""
    found = []
    for name, link, number, days in rows:
        counts: dict[str, int] = {}
        for day, count in days:
            column = day[: _LETTERS[columns.unit]]
            counts[column] = counts.get(column, 0) + count
        found.append(Strip(name, link, number, counts))
    return tuple(found)


def strip_svg(row: Strip, columns: Timeline, most: int, kind: str) -> Markup:
    """A row of squares, the fuller the more; what each says is its title."""
    if not columns.bars:
        return Markup("")
    width, parts = 1_000 / len(columns.bars), []
    for n, bar in enumerate(columns.bars):
        if count := row.counts.get(bar.name, 0):
            tall = 4 + 16 * (count / most) ** 0.5
            parts.append(
                Markup(
                    '<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"><title>{}: {:,}</title></rect>'
                ).format(n * width, 20 - tall, max(width - 1, 1.5), tall, bar.name, count)
            )
    return Markup(
        '<svg class="strip c-{}" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>'
    ).format(kind, Markup("").join(parts))
