"""A negotiation as rows: everything that is told of it, one entry a row, each with its words and the report that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from readout.across.facts import Who
from readout.across.negotiations.types import Basis, Track
from readout.json_values import to_json
from readout.record.claims import ReportRow


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is told of a negotiation; the columns of "entries of a negotiation" say what each value is."""

    kind: str
    day: str | None
    end: str | None
    who: str | None
    who_key: str | None
    what: str | None
    issue: str | None
    voice: str | None
    words: str
    span_start: int
    span_end: int
    claim: str | None
    rule: str
    score: float
    reasons: tuple[str, ...]
    report: str | None
    title: str | None
    publisher: str | None
    agency: str | None
    published: str | None
    known: str | None
    url: str | None

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values, in their order."""
        plain: dict[str, Any] = to_json(self)
        return plain


#: Columns of the report that words stand in, by what they are called there.
_PRINTED = {
    "report": "id", "title": "title", "publisher": "publisher", "agency": "agency", "published": "published", "known": "known",
    "url": "url",
}  # fmt: skip


def entries_of(track: Track, reports: Mapping[int, ReportRow]) -> Iterator[Entry]:
    """What is told of a negotiation, by kinds; what several words tell is several rows.

    Args:
        track: the negotiation.
        reports: its reports by the numbers of their readings.
    """

    def entry(
        kind: str,
        basis: Basis,
        day: str | None,
        *,
        end: str | None = None,
        who: Who | None = None,
        what: str | None = None,
        issue: str | None = None,
        voice: Who | None = None,
    ) -> Entry:
        row = reports.get(basis.report)
        name, key = (who.name, who.key) if who else (None, None)
        printed: dict[str, Any] = {column: getattr(row, field, None) for column, field in _PRINTED.items()}
        return Entry(
            kind, day, end, name, key, what, issue, voice.name if voice else None, basis.words, basis.span[0], basis.span[1], basis.claim,
            basis.rule, basis.score, basis.reasons, **printed,
        )  # fmt: skip

    for role in (*track.parties, *track.mediators):
        yield from (entry(role.role, basis, basis.day, who=role.who) for basis in role.bases)
    for one in track.rounds:
        yield from (entry("round", basis, one.start, end=one.end, what=one.venue) for basis in one.bases)
    for change in track.states:
        yield entry("state", change.basis, change.day, what=change.state, voice=change.voice)
    for stand in track.positions:
        yield entry(
            "position", stand.basis, stand.basis.day, who=stand.party, what=stand.stance, issue=stand.issue, voice=stand.voice
        )  # fmt: skip
    for proposal in track.proposals:
        yield entry("proposal", proposal.basis, proposal.basis.day, who=proposal.by)
        for who, answer, basis in proposal.answers:
            yield entry("answer", basis, basis.day, who=who, what=answer)
    for agreement in track.agreements:
        yield from (entry("agreement", basis, agreement.day, voice=agreement.voice) for basis in agreement.bases)
    yield from (entry("obstacle", basis, basis.day) for basis in track.obstacles)
    for planned in track.planned:
        yield entry("planned", planned.basis, planned.start, end=planned.end, what=planned.outcome)
