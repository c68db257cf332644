"""A negotiation as its page shows it: where each party stands by issue, and what was told when, as rows of strips over one time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from readout.across.facts import Who
from readout.across.negotiations.types import Stand, Track
from readout.types import NegotiationState
from readout.web.wording import clean, words

#: A sign for each state beside its word, in the order in which talks go well.
STATES: Mapping[NegotiationState, str] = {
    "implemented": "✓", "agreed": "●", "under_way": "◐", "proposed": "○", "stalled": "‖", "suspended": "□", "collapsed": "✕",
}  # fmt: skip
STANCES: Mapping[str, str] = {"supports": "✓", "offers": "+", "demands": "!", "opposes": "−", "refuses": "✕"}
#: So many parties have a column, and so many entries of a kind are shown, the newest; the files have all.
PARTIES, SHOWN = 6, 100
_CELL = 4  # stances of a party on an issue that its cell shows, the last


@dataclass(frozen=True, slots=True)
class Cell:
    """A party's stances on an issue, in order, each with its number among the positions; `moved` where it stood otherwise later."""

    party: str
    stands: tuple[tuple[int, Stand], ...]
    moved: bool
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """An issue, and where each party stands on it."""

    issue: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Issues by parties. `left_out` counts the positions of parties that have no column."""

    parties: tuple[Who, ...]
    rows: tuple[Row, ...]
    left_out: int


def matrix_of(track: Track) -> Matrix:
    """The positions of a negotiation, the parties that took most of them first, and the issues that most is said on."""
    numbered = list(enumerate(track.positions))
    counts: dict[str, int] = {}
    names: dict[str, Who] = {}
    issues: dict[str, int] = {}
    for _, stand in numbered:
        counts[stand.party.key] = counts.get(stand.party.key, 0) + 1
        names.setdefault(stand.party.key, stand.party)
        issues[stand.issue] = issues.get(stand.issue, 0) + 1
    keys = sorted(counts, key=lambda key: (-counts[key], names[key].name))[:PARTIES]
    moved = {(move.party.key, move.issue) for move in track.moves}
    rows = []
    for issue in sorted(issues, key=lambda name: (-issues[name], name)):
        cells = []
        for key in keys:
            mine = [(n, stand) for n, stand in numbered if stand.party.key == key and stand.issue == issue]
            mine.sort(key=lambda pair: (pair[1].basis.day, pair[0]))
            cells.append(Cell(names[key].name, tuple(mine[-_CELL:]), (key, issue) in moved, max(len(mine) - _CELL, 0)))
        if any(cell.stands for cell in cells):
            rows.append(Row(issue, tuple(cells)))
    return Matrix(
        tuple(names[key] for key in keys), tuple(rows), sum(n for key, n in counts.items() if key not in keys)
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days in a row of strips: what it says, and the id of the entry that it stands for."""

    first: dt.date
    last: dt.date
    says: str
    entry: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of strips: its name, its sign, the class of its colour, and how many entries it has."""

    name: str
    sign: str
    style: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that is told of a negotiation over one stretch of days."""

    first: dt.date
    last: dt.date
    lanes: tuple[Lane, ...]


def course_of(track: Track) -> Course | None:
    """The course of a negotiation; None where nothing of it has a day."""
    lanes = [*_state_lanes(track), *_other_lanes(track)]
    lanes = [lane for lane in lanes if lane.pieces]
    days = [day for lane in lanes for piece in lane.pieces for day in (piece.first, piece.last)]
    return Course(min(days), max(days), tuple(lanes)) if days else None


def _state_lanes(track: Track) -> Iterator[Lane]:
    """A row for each state that was told, with the days from its telling until the next state."""
    found: dict[str, list[Piece]] = {}
    for n, change in enumerate(track.states):
        first = day_of(change.day)
        after = day_of(track.states[n + 1].day if n + 1 < len(track.states) else track.end)
        if first and after:
            last = max(first, after)
            says = f"{change.day}: {words(change.state)}"
            found.setdefault(change.state, []).append(Piece(first, last, says, f"s{n}"))
    for state, sign in STATES.items():
        yield Lane(words(state), sign, f"st-{state}", tuple(found.get(state, ())))


def _other_lanes(track: Track) -> Iterator[Lane]:
    rounds = [
        (one.start or one.end, one.end or one.start, f"round{f' in {one.venue}' if one.venue else ''}", f"r{n}")
        for n, one in enumerate(track.rounds)
    ]
    yield Lane("rounds", "◆", "st-round", _pieces(rounds))
    agreements = [(one.day, one.day, "agreement", f"a{n}") for n, one in enumerate(track.agreements)]
    yield Lane("agreements", "§", "st-agreed", _pieces(agreements))
    stands = [
        (one.basis.day, one.basis.day, f"{one.party.name} {one.stance} {one.issue}", f"p{n}")
        for n, one in enumerate(track.positions)
    ]
    yield Lane("positions", "±", "st-position", _pieces(stands))
    planned = [(one.start, one.end, f"planned, {one.outcome}", f"n{n}") for n, one in enumerate(track.planned)]
    yield Lane("planned", "→", "st-planned", _pieces(planned))


def _pieces(entries: Iterable[tuple[str | None, str | None, str, str]]) -> tuple[Piece, ...]:
    found = []
    for start, end, what, entry in entries:
        first, last = day_of(start), day_of(end)
        if first and last:
            days = str(start) if start == end else f"{start} to {end}"
            found.append(Piece(first, max(first, last), f"{days}: {what}", entry))
    return tuple(found)


def day_of(text: str | None) -> dt.date | None:
    """The first day of a day, month or year as it is written; None where it is none."""
    try:
        return dt.date.fromisoformat(f"{text or ''}-01-01"[:10] if len(text or "") < 10 else str(text)[:10])
    except ValueError:
        return None


def lane_svg(lane: Lane, course: Course) -> Markup:
    """A row of strips; each part leads to the entry that it stands for."""
    days = (course.last - course.first).days + 1
    wide, parts = 1_000 / days, []
    least = 8.0
    for piece in lane.pieces:
        long = max(((piece.last - piece.first).days + 1) * wide, least)
        at = min((piece.first - course.first).days * wide, 1_000 - long)
        parts.append(
            Markup(
                '<a href="#{}" tabindex="-1"><title>{}</title><rect x="{:.2f}" y="3" width="{:.2f}" height="14"/></a>'
            ).format(piece.entry, clean(piece.says), at, max(long - 1, 2))
        )
    return Markup(
        '<svg class="strip {}" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>'
    ).format(lane.style, Markup("").join(parts))


def shortened(track: Track) -> tuple[Track, dict[str, int]]:
    """A negotiation with no more entries of a kind than a page shows, the latest, and how many are left out of each."""
    left = {name: len(getattr(track, name)) - SHOWN for name in _ENTRIES if len(getattr(track, name)) > SHOWN}
    return replace(track, **{name: getattr(track, name)[-SHOWN:] for name in left}), left


_ENTRIES = ("states", "rounds", "agreements", "obstacles", "positions", "proposals", "planned")
