"""Stories, incidents and ledgers for a person: a head, and below it a line for each report, claim or number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten

from rich.text import Text

from readout.across.facts import ReportFacts
from readout.across.incidents.aggregating import Aggregated
from readout.across.incidents.finding import Incident, Member
from readout.across.ledger import Ledger
from readout.across.ledger.revisions import Entry
from readout.across.linking.of_stories import SourcedStory
from readout.exports.tables import shown

_WIDTH = 80
_BOUNDS = {
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
}


def story_lines(
    item: SourcedStory, reports: Mapping[int, ReportFacts], *, most: int | None = None, why: bool = False
) -> Iterator[Text]:
    """A story: its title, how much was printed of it and by whom, and its reports in order, `most` at most; `why` each is in it."""
    story = item.story
    yield Text(shown(story.title), style="bold")
    counts = (
        _many(len(story.members), "report"),
        _many(len(item.sources), "independent source"),
        _days(story.start[:10], story.end[:10]),
        story.id,
    )
    yield Text("  " + " · ".join(counts), style="dim")
    members = sorted(story.members, key=lambda member: (reports[member.report].known, member.report))
    for member in members[:most]:
        yield _report_line(reports[member.report])
        if why:
            yield _why(member.rule, member.score, member.reasons)
    yield from _left(len(members), most, "report")


def incident_lines(
    incident: Incident,
    reports: Mapping[int, ReportFacts],
    aggregated: Aggregated | None = None,
    *,
    most: int | None = None,
    why: bool = False,
) -> Iterator[Text]:
    """An incident: what it is, who with whom and where, its toll and what differs, what it comes to by a rule, and every claim with its
    sentence, `most` at most; `why` each is in it is said where there are several, or if it is asked for."""
    spread = incident.spread
    what = f"{incident.type} {incident.mode}" if incident.mode else incident.type
    parties = " → ".join(part for part in (", ".join(spread.actors[:3]), ", ".join(spread.recipients[:3])) if part)
    head = Text(shown(": ".join(part for part in (what, parties) if part)), style="bold")
    if spread.places:
        head.append(" at ").append(shown(", ".join(place.name for place in spread.places[:3])))
    yield head
    days = [_days(start or end or "", end or start or "") for start, end in spread.dates[:2] if start or end]
    tolls = [f"{_range(toll.low, toll.high)} {toll.measure}" for toll in spread.tolls]
    counts = (
        *days,
        *tolls,
        _many(incident.reports, "report"),
        _many(incident.sources, "independent source"),
        *((f"they differ in {', '.join(spread.differing)}",) if spread.differing else ()),
        incident.id,
    )
    yield Text("  " + " · ".join(counts), style="dim")
    if aggregated is not None:
        yield _by_rule(aggregated)
    for member in incident.claims[:most]:
        yield _claim_line(member, reports[member.report])
        if why or len(incident.claims) > 1:
            yield _why(member.rule, member.score, member.reasons)
    yield from _left(len(incident.claims), most, "claim")


def ledger_lines(ledger: Ledger, reports: Mapping[int, ReportFacts], *, most: int | None = None) -> Iterator[Text]:
    """A ledger: what was counted and where, every number with who gave it (`most` at most), what was known last, and what changed or
    differs."""
    people = ledger.population or "people"
    head = Text(shown(f"{people} {ledger.measure}"), style="bold")
    if ledger.place is not None:
        head.append(" in ").append(shown(ledger.place.name))
    head.append(f" since {ledger.since}" if ledger.since else "")
    yield head
    if ledger.days:
        last = ledger.days[-1]
        known = _known(last.low, last.high)
        yield Text(f"  as of {last.day}: {_number(last.best)}{known} · {ledger.id}", style="dim")
    for entry in ledger.entries[:most]:
        yield _entry_line(entry, reports[entry.report])
    yield from _left(len(ledger.entries), most, "number")
    for remark in ledger.remarks:
        yield Text("  ! ").append(shown(remark.words))


def _left(count: int, most: int | None, what: str) -> Iterator[Text]:
    if most is not None and count > most:
        yield Text(f"  … and {_many(count - most, f'more {what}')}", style="dim")


def _why(rule: str, score: float, reasons: Sequence[str]) -> Text:
    said = f"{rule}{f' {score:.2f}' if score < 1 else ''}: {'; '.join(reasons)}" if reasons else rule
    return Text("      ", style="dim").append(shown(said))


def _by_rule(item: Aggregated) -> Text:
    """What an incident comes to by a rule, and on how many claims that rests."""
    name = f"{item.rule} ({', '.join(item.order)})" if item.order else item.rule
    said = []
    for toll in item.tolls:
        between = "" if toll.low == toll.high == toll.best else _known(toll.low, toll.high)
        said.append(f"{_number(toll.best)}{between} {toll.measure}")
    if item.start or item.end:
        said.append(_days(item.start or item.end or "", item.end or item.start or ""))
    if item.place is not None:
        said.append(f"at {item.place.name}")
    claims = sorted({number for toll in item.tolls for number in toll.claims} | {*item.date_claims, *item.place_claims})
    rests = f"; rests on {', '.join(f'events/{number}' for number in claims)}" if claims else ""
    return Text("  ").append(shown(f"rule {name}: {' · '.join(said) or 'nothing that it believes'}{rests}"))


def _report_line(report: ReportFacts) -> Text:
    title = report.title or shorten(report.text, _WIDTH, placeholder=" …")
    return _line(report.published, report, title, report.report_id)


def _claim_line(member: Member, report: ReportFacts) -> Text:
    return _line(report.published, report, member.event.quote, f"events/{member.event.id}")


def _entry_line(entry: Entry, report: ReportFacts) -> Text:
    said = (
        _range(entry.low, entry.high) if entry.bound == "range" else _BOUNDS.get(entry.bound, "") + _number(entry.best)
    )
    note = " (denied)" if entry.denied else " (a part)" if entry.part else ""
    words = f"{said}{note}, by {entry.source or 'the report'}"
    return _line(entry.as_of, report, words, f"figures/{entry.figure}")


def _line(day: str | None, report: ReportFacts, words: str, number: str) -> Text:
    """Day, who printed it, the words, and the number by which it is found."""
    line = Text(f"  {day or 'undated':<10}  ")
    line.append(f"{shown(report.publisher or report.agency or ''):<10}  ", style="dim")
    line.append(shown(shorten(words, _WIDTH - len(number), placeholder=" …")))
    return line.append("  ").append(shown(number), style="dim")


def _known(low: float | None, high: float | None) -> str:
    """Between which numbers it lies for sure, in brackets; nothing where both ends are open."""
    if low is None and high is None:
        return ""
    lowest = f"at least {_number(low)}" if low is not None else ""
    highest = f"at most {_number(high)}" if high is not None else ""
    return f" ({', '.join(part for part in (lowest, highest) if part)})"


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"{_number(high)} or fewer" if low is None and high is not None else f"{_number(low or 0)} or more"
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def _days(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
