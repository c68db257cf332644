"""The chart of a ledger: what each source counted, from when on, as steps over days, with bands where it left open how many.

All is placed by percentages in a picture without a scale of its own, so that letters and lines are as large on a telephone as on a wide
page. A source is told by its letter, the dashes of its line and the shape of its marks; the colour is that of all figures.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from readout.across.ledger.making import Ledger
from readout.across.ledger.revisions import Series, Step
from readout.exports.members import between, plain
from readout.web.wording import clean

_LEFT, _RIGHT, _TOP, _BOTTOM = 9.0, 96.0, 6.0, 92.0  # per cent of the picture
_GAP = 5.5  # per cent: letters that are nearer to each other are moved apart
_LETTERS = "ABCDEFGHIJKLMNOP"  # of so many sources there is room for the letters
_DASHES, _SHAPES = 4, 4
#: The shapes of marks, around their middle.
_MARKS = (
    Markup('<circle r="4"/>'),
    Markup('<rect x="-4" y="-4" width="8" height="8"/>'),
    Markup('<path d="M0-5L5 4H-5z"/>'),
    Markup('<path d="M0-5.5L5.5 0 0 5.5-5.5 0z"/>'),
)
#: An arrow up for "or more", down for "or fewer": by whether the low end is open, and the high one.
_OPEN: Mapping[tuple[bool, bool], Markup] = {
    (False, True): Markup('<path class="open" d="M0-4V-18M-4-13L0-18L4-13"/>'),
    (True, False): Markup('<path class="open" d="M0 4V18M-4 13L0 18L4 13"/>'),
}
_ASIDE, _MOST_ASIDE = 4, 4  # pixels, times


@dataclass(frozen=True, slots=True)
class Key:
    """A source in the chart: its letter, its name and class, a sample of its line, and what it said last."""

    letter: str
    name: str
    source_class: str
    sample: Markup
    last: str
    steps: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture, and the sources that are in it; `left_out` is how many are not."""

    svg: Markup
    keys: tuple[Key, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    top: float

    def x(self, day: str) -> float:
        at = dt.date.fromisoformat(day).toordinal()
        return _LEFT + (_RIGHT - _LEFT) * (at - self.first) / max(self.last - self.first, 1)

    def y(self, value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * min(value, self.top) / self.top


def step_chart(ledger: Ledger) -> Chart | None:
    """The chart of a ledger's sources, those that spoke first first; None where nothing was counted."""
    shown = [one for one in ledger.series if one.steps][: len(_LETTERS)]
    if not shown:
        return None
    names = _names(ledger)
    days = [day.day for day in ledger.days]
    first, last = (dt.date.fromisoformat(day) for day in (days[0], days[-1]))
    # What was said last stands until something else is said: a stretch of the chart is left for it.
    spare = max(1, round((last - first).days * 0.08))
    ends = [value for one in shown for step in one.steps for value in (step.best, step.high or 0, step.low or 0)]
    scale = _Scale(first.toordinal(), last.toordinal() + spare, nice(max([*ends, 1.0])))
    bands = [band for n, one in enumerate(shown) for band in _bands(one, n, scale)]
    lines = [
        Markup('<g transform="translate(0 {})">{}</g>').format(_ASIDE * aside, Markup("").join(_lines(one, n, scale)))
        for n, (one, aside) in enumerate(zip(shown, _asides(shown), strict=True))
    ]
    words = _letters(shown, scale)
    svg = Markup('<svg class="steps c-figures" role="img" aria-label="{}">{}{}{}{}{}</svg>').format(
        _said(shown, names),
        _grid(scale),
        _days(days, scale),
        Markup("").join(bands),
        Markup("").join(lines),
        Markup("").join(words),
    )
    keys = tuple(_key(one, n, names) for n, one in enumerate(shown))
    return Chart(svg, keys, sum(bool(one.steps) for one in ledger.series) - len(shown))


def nice(value: float) -> float:
    """The next round number that is no less: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value)


def lines_of(top: float) -> int:
    """Into how many parts a scale is divided: four, or as many as are of whole people."""
    return next((number for number in (4, 5, 2, 1) if (top / number).is_integer()), 5)


def short(value: float) -> str:
    """A number of the scale in few letters: 25k, 2.5m."""
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if letter == 'k' else size):g}{letter}"
    return plain(round(value, 2))


def _names(ledger: Ledger) -> Mapping[str, str]:
    """The name of each source; that of a report that counts in its own words is its outlet's."""
    names = {
        entry.source_key: entry.source or f"reports of {entry.outlet or 'no name'}" for entry in ledger.entries[::-1]
    }
    return {key: clean(name) for key, name in names.items()}


def _asides(shown: Sequence[Series]) -> list[int]:
    """How far each line is moved aside: by as many as there are before it that have one of its numbers, or it would lie on them."""
    values = [{step.best for step in one.steps} for one in shown]
    return [min(sum(bool(mine & other) for other in values[:n]), _MOST_ASIDE) for n, mine in enumerate(values)]


def _said(shown: Sequence[Series], names: Mapping[str, str]) -> str:
    return "; ".join(
        f"{names[one.source_key]}: {', '.join(_amount(step) for step in one.steps[:8])}" for one in shown[:8]
    )


def _amount(step: Step) -> str:
    exact = step.low == step.high == step.best
    return f"{plain(step.best)} from {step.day}" + ("" if exact else f" ({between(step.low, step.high, step.best)})")


def _grid(scale: _Scale) -> Markup:
    parts = []
    count = lines_of(scale.top)
    for n in range(count + 1):
        value = scale.top * n / count
        y = scale.y(value)
        parts.append(
            Markup('<line class="grid" x1="0%" x2="100%" y1="{y:.2f}%" y2="{y:.2f}%"/>').format(y=y)
            + Markup('<text class="scale" x="0" y="{:.2f}%" dy="-3">{}</text>').format(y, short(value))
        )
    return Markup("").join(parts)


def _days(days: Sequence[str], scale: _Scale) -> Markup:
    """The first and the last day on which a number became known, below the chart."""
    ends = [(days[0], "start"), *([(days[-1], "end")] if days[-1] != days[0] else [])]
    return Markup("").join(
        Markup('<line class="grid" x1="{x:.2f}%" x2="{x:.2f}%" y1="{y:.2f}%" y2="{end:.2f}%"/>').format(
            x=scale.x(day), y=_TOP, end=_BOTTOM
        )
        + Markup('<text class="at-{}" x="{:.2f}%" y="100%" dy="-1">{}</text>').format(anchor, scale.x(day), day)
        for day, anchor in ends
    )


def _stretches(one: Series, scale: _Scale) -> Iterator[tuple[Step, float, float]]:
    """Each step with where it begins and ends."""
    for step, after in zip(one.steps, [*one.steps[1:], None], strict=True):
        yield step, scale.x(step.day), scale.x(after.day) if after else _RIGHT


def _bands(one: Series, n: int, scale: _Scale) -> Iterator[Markup]:
    """The range that a source gives, as an area."""
    for step, start, end in _stretches(one, scale):
        if step.low is not None and step.high is not None and step.low != step.high:
            high, low = scale.y(step.high), scale.y(step.low)
            yield Markup(
                '<rect class="band" x="{:.2f}%" y="{:.2f}%" width="{:.2f}%" height="{:.2f}%"><title>{} {}</title></rect>'
            ).format(start, high, max(end - start, 0.4), max(low - high, 0.4), _LETTERS[n], _amount(step))


def _lines(one: Series, n: int, scale: _Scale) -> Iterator[Markup]:
    before: float | None = None
    for step, start, end in _stretches(one, scale):
        y = scale.y(step.best)
        if before is not None and before != y:
            yield _line(n, start, before, start, y)
        yield _line(n, start, y, end, y)
        arrow = _OPEN.get((step.low is None, step.high is None), Markup(""))
        yield Markup(
            '<svg class="mark" x="{:.2f}%" y="{:.2f}%" overflow="visible"><title>{} {}</title>{}{}</svg>'
        ).format(start, y, _LETTERS[n], _amount(step), arrow, _MARKS[n % _SHAPES])
        before = y


def _line(n: int, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="step d{}" x1="{:.2f}%" y1="{:.2f}%" x2="{:.2f}%" y2="{:.2f}%"/>').format(
        n % _DASHES, x1, y1, x2, y2
    )


def _letters(shown: Sequence[Series], scale: _Scale) -> Iterator[Markup]:
    """The letter of each source at the end of its line, moved where another is in its way."""
    ends = sorted((scale.y(one.steps[-1].best), n) for n, one in enumerate(shown))
    at, heights = -_GAP, list[float]()
    for y, _ in ends:  # down from the highest
        at = max(y, at + _GAP)
        heights.append(at)
    at = 98.0 + _GAP
    for place in reversed(range(len(ends))):  # and up again from the bottom
        at = heights[place] = min(heights[place], at - _GAP)
    for y, (_, n) in zip(heights, ends, strict=True):
        yield Markup('<text class="who" x="100%" y="{:.2f}%" dy="4">{}</text>').format(y, _LETTERS[n])


def _key(one: Series, n: int, names: Mapping[str, str]) -> Key:
    sample = Markup(
        '<svg class="sample c-figures" width="44" height="12" aria-hidden="true"><line class="step d{}" x1="0" x2="44" y1="6" y2="6"/>'
        '<svg class="mark" x="22" y="6" overflow="visible">{}</svg></svg>'
    ).format(n % _DASHES, _MARKS[n % _SHAPES])
    return Key(_LETTERS[n], names[one.source_key], one.source_class, sample, _amount(one.steps[-1]), len(one.steps))
