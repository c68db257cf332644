"""Negotiations over time for a person: a head, and below it who, when, where, what, each line with the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import shorten

from rich.text import Text

from readout.across.facts import ReportFacts, Who
from readout.across.negotiations.types import (
    Agreement,
    Basis,
    Planned,
    Proposal,
    Role,
    Round,
    Stand,
    StateChange,
    Track,
)
from readout.exports.tables import shown

_WIDTH = 96
_STATES = {"under_way": "under way"}
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def negotiation_lines(track: Track, reports: Mapping[int, ReportFacts]) -> Iterator[Text]:
    """A negotiation: how it is called, how much is told of it, and everything that is known of it with its source."""
    yield Text(shown(track.title), style="bold")
    counts = (
        *((track.subject,) if track.subject else ()),
        _many(len(track.reports), "report"),
        _many(track.sources, "independent source"),
        track.start if track.start == track.end else f"{track.start} to {track.end}",
        *((f"last known: {_STATES.get(track.state, track.state)}",) if track.state else ()),
        track.id,
    )
    yield Text("  " + " · ".join(counts), style="dim")
    for head, roles in (("parties", track.parties), ("mediators", track.mediators)):
        if roles:
            yield _head(head).append(shown(", ".join(map(_role, roles))))
    yield from _section("rounds", (_round(one) for one in track.rounds))
    yield from _section("states", (_state(one, reports) for one in track.states))
    if track.latest is not None and track.latest not in track.states:
        yield _head("last told").append_text(_state(track.latest, reports))
    yield from _section("agreed", (_agreement(one, reports) for one in track.agreements))
    yield from _section("obstacles", (_based(one, None, reports) for one in track.obstacles))
    yield from _section("positions", (_stand(one, reports) for one in track.positions))
    yield from _section(
        "moves", (_move_line(move.party.name, move.issue, move.before, move.after) for move in track.moves)
    )
    yield from _section("proposals", (line for one in track.proposals for line in _proposal(one, reports)))
    if track.next is not None:
        yield _head("next").append_text(_planned(track.next, reports))
    overdue = [one for one in track.planned if one.outcome == "overdue"]
    yield from _section("overdue", (_planned(one, reports) for one in overdue))


def _head(name: str) -> Text:
    return Text(f"  {name:<10} ", style="dim")


def _section(name: str, lines: Iterator[Text]) -> Iterator[Text]:
    for n, line in enumerate(lines):
        yield _head("" if n else name).append_text(line)


def _role(role: Role) -> str:
    also = f", {role.also} otherwise" if role.also else ""
    return f"{role.who.name} ({role.reports}{also})"


def _round(sitting: Round) -> Text:
    days = " to ".join(dict.fromkeys(day for day in (sitting.start, sitting.end) if day)) or "no day"
    if sitting.end and not sitting.start:
        days = f"until {sitting.end}"
    number = f" {_ORDINALS.get(sitting.ordinal, f'{sitting.ordinal}th')} round" if sitting.ordinal else ""
    where = f" in {shown(sitting.venue)}" if sitting.venue else ""
    return Text(f"{days}{number}{where}").append("  ").append(f"reports {_numbers(sitting.bases)}", style="dim")


def _numbers(bases: tuple[Basis, ...]) -> str:
    return ", ".join(map(str, sorted({basis.report for basis in bases})))


def _state(change: StateChange, reports: Mapping[int, ReportFacts]) -> Text:
    line = Text(f"{change.day}  {_STATES.get(change.state, change.state):<10} ")
    return line.append_text(_words(change.basis, change.voice, reports))


def _based(basis: Basis, voice: Who | None, reports: Mapping[int, ReportFacts]) -> Text:
    return Text(f"{basis.day}  ").append_text(_words(basis, voice, reports))


def _agreement(agreement: Agreement, reports: Mapping[int, ReportFacts]) -> Text:
    line = Text(f"{agreement.day or 'no day':<10}  ").append_text(_words(agreement.bases[0], agreement.voice, reports))
    more = len(agreement.bases) - 1
    return line.append(f" and {more} more" if more else "", style="dim")


def _stand(stand: Stand, reports: Mapping[int, ReportFacts]) -> Text:
    line = (
        Text(f"{stand.basis.day}  ").append(shown(f"{stand.party.name}, on {stand.issue}, {stand.stance}")).append(": ")
    )
    return line.append_text(_words(stand.basis, stand.voice, reports))


def _move_line(party: str, issue: str, before: Stand, after: Stand) -> Text:
    return Text(
        shown(
            f"{party}, on {issue}: {before.stance} on {before.basis.day} (report {before.basis.report}), "
            f"{after.stance} on {after.basis.day} (report {after.basis.report})"
        )
    )


def _proposal(proposal: Proposal, reports: Mapping[int, ReportFacts]) -> Iterator[Text]:
    answers = "; ".join(f"{response} by {who.name}" for who, response, _ in proposal.answers)
    line = Text(f"{proposal.basis.day}  ").append(shown(proposal.by.name)).append(": ")
    line.append_text(_words(proposal.basis, None, reports))
    yield line.append("  ").append(shown(answers)) if answers else line


def _planned(planned: Planned, reports: Mapping[int, ReportFacts]) -> Text:
    days = planned.start if planned.start == planned.end else f"{planned.start} to {planned.end}"
    unsure = "" if planned.firm else " (not set)"
    return Text(f"{days}{unsure}  ").append_text(_words(planned.basis, None, reports))


def _words(basis: Basis, voice: Who | None, reports: Mapping[int, ReportFacts]) -> Text:
    """The words in quotes, on whose word, and where they stand."""
    line = Text(shown(f"“{shorten(basis.words, _WIDTH, placeholder=' …')}”"))
    if voice is not None and voice.name:
        line.append(" (").append(shown(voice.name)).append(")")
    report = reports.get(basis.report)
    outlet = (report.publisher or report.agency or "") if report else ""
    return line.append("  ").append(shown(f"{outlet} {basis.report}".strip()), style="dim")


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
