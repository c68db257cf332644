"""What each report adds to the reports before it, in one pass over them in the order in which they became known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readout.across.copies import find_copies
from readout.across.copies.families import order_of
from readout.across.facts import Link, ReportFacts
from readout.across.novelty.events import Found, told_by
from readout.across.novelty.figures import judge_figure, judge_tolls
from readout.across.novelty.items import ADDING, WEIGHTS, Earlier, Item, Kind, Novelty
from readout.across.novelty.negotiations import judge_talks
from readout.across.novelty.past import Past, Ready, make_ready
from readout.across.novelty.statements import judge_statement
from readout.across.novelty.versions import Versions
from readout.across.novelty.words import Weigher
from readout.types import Span

#: Links by which the later report stands in the place of the earlier one.
_REPLACING = frozenset({"update", "correction", "identical"})


def find_novelty(reports: Iterable[ReportFacts], copies: Iterable[Link] | None = None) -> tuple[Novelty, ...]:
    """What each report adds to those known before it, in the order in which they became known.

    What is said of a report rests on those before it alone: it stays when later ones come, whatever order they are given in. Reports of
    one moment are taken as copies are: by their day, by what they are marked as, by their number.

    Args:
        reports: in any order.
        copies: the links between them, from `find_copies`; found where they are not given.
    """
    whole = list(reports)
    links = find_copies(whole) if copies is None else copies
    return tuple(_each(sorted(whole, key=order_of), links))


def novelty(
    report: ReportFacts, earlier_reports: Iterable[ReportFacts], copies: Iterable[Link] | None = None
) -> Novelty:
    """What one report adds to others; those that became known after it are left out.

    Args:
        report: the report.
        earlier_reports: those to compare it with, in any order; they may hold the report itself.
        copies: the links between them all, from `find_copies`; found where they are not given.
    """
    before = [other for other in earlier_reports if other.id != report.id and order_of(other) < order_of(report)]
    links = find_copies([*before, report]) if copies is None else copies
    past = Past()
    for other in sorted(before, key=order_of):
        ready = make_ready(other)
        past.count(ready)
        past.take(ready)
    return _judged(make_ready(report), past, _earlier_pieces(links).get(report.id, ()))


def _each(reports: Sequence[ReportFacts], links: Iterable[Link]) -> Iterator[Novelty]:
    past = Past()
    pieces = _earlier_pieces(links)
    for report in reports:
        ready = make_ready(report)
        yield _judged(ready, past, pieces.get(report.id, ()))
        past.take(ready)


def _earlier_pieces(links: Iterable[Link]) -> dict[int, list[Link]]:
    """For each report the links to those from whose words it was made."""
    found: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        found[link.second].append(link)
    return found


def _judged(ready: Ready, past: Past, links: Sequence[Link]) -> Novelty:
    """What a report adds to those of the past; its words are counted then."""
    weigher = Weigher(past.count(ready))
    made_from = [link for link in links if link.first in past.places]
    before = _version_before(made_from, past)
    versions = Versions(ready, [past.reports[past.places[link.first]] for link in made_from], before, weigher)
    items = [*_items(ready, past, weigher, versions), *versions.dropped()]
    return _summed(ready, items, past, versions)


def _version_before(links: Sequence[Link], past: Past) -> Ready | None:
    """The last of the versions and pieces in whose place a report stands."""
    places = [past.places[link.first] for link in links if link.kind in _REPLACING]
    return past.reports[max(places)] if places else None


def _items(ready: Ready, past: Past, weigher: Weigher, versions: Versions) -> list[Item]:
    report = ready.report
    old_words = _background_sentences(ready)
    found: list[Item] = []

    def add(
        kind: Kind, claim: int, judged: Found, span: Span, quote: str, weight: float, old: bool, *twins: int
    ) -> None:
        if judged.mark != "repeated" and (other := versions.standing(span)) is not None:
            if judged.mark == "new" or not judged.compared:
                judged = _same_sentence(other, span, quote)
        mark = "background" if judged.mark == "new" and old else judged.mark
        found.append(
            Item(kind, claim, mark, judged.rule, round(judged.score, 3), judged.reasons, judged.compared, report.id, span, quote, weight, twins)
        )  # fmt: skip

    judge = versions.judge(past)
    for told in ready.told:
        event = told.event
        add(
            "event", event.id, judge.judge(told), event.span, event.quote, WEIGHTS["event"], not event.news, *told.twins
        )
    for statement in report.statements:
        old = statement.quote in old_words
        add("statement", statement.id, judge_statement(statement, past, weigher), statement.span, statement.quote, WEIGHTS["statement"], old)  # fmt: skip
    tolls = judge_tolls(ready, judge, past, weigher)
    sizing = {number for event in report.events for number in event.figures}
    for figure in report.figures:
        judged = tolls.get(figure.id) or judge_figure(figure, past, weigher)
        weight = 0.0 if figure.id in sizing or figure.kind == "ordinal" else WEIGHTS["figure"]
        add("figure", figure.id, judged, figure.span, figure.quote, weight, figure.quote in old_words)
    for n, talks in enumerate(report.negotiations):
        span = talks.spans[0] if talks.spans else (0, 0)
        add("negotiation", n, judge_talks(ready, talks, past, weigher), span, report.text[slice(*span)], WEIGHTS["negotiation"], False)  # fmt: skip
    return sorted(found, key=lambda item: (item.span, item.kind, item.claim))


def _background_sentences(ready: Ready) -> frozenset[str]:
    """Sentences all of whose events are told as old."""
    news: dict[str, bool] = {}
    for event in ready.report.events:
        news[event.quote] = news.get(event.quote, False) or event.news
    return frozenset(quote for quote, new in news.items() if not new)


def _same_sentence(other: Ready, span: Span, quote: str) -> Found:
    report = other.report
    reasons = ("the same sentence, " + told_by([(other, None, None)]),)
    listed = (Earlier(report.id, 0, report.known, 1.0, versions_span(other, quote), quote),)
    return Found("repeated", "same sentence", 1.0, reasons, listed)


def versions_span(other: Ready, quote: str) -> Span:
    """Where a sentence stands in an earlier report."""
    start = max(other.report.text.find(quote), 0)
    return start, start + len(quote)


def _summed(ready: Ready, items: Sequence[Item], past: Past, versions: Versions) -> Novelty:
    counts = Counter(item.mark for item in items)
    own = [item for item in items if item.mark != "dropped"]
    weight = sum(item.weight for item in own)
    adds = sum(item.weight for item in own if item.mark in ADDING)
    holding: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in own:
        if (sentence := ready.sentence_at(item.span[0])) is not None:
            holding[sentence[:2]].append(item)
    new, added, all_ = 0, [], 0
    for start, end, key in ready.sentences:
        held = holding.get((start, end), [])
        if not held and key is None:
            continue
        all_ += 1
        if held:
            new += any(item.mark in ADDING for item in held)
        elif key not in past.standing and not versions.stands(start, end):
            new += 1
            added.append((start, end))
    return Novelty(
        report=ready.report.id,
        known=ready.report.known,
        items=tuple(items),
        share=round(adds / weight, 3) if weight else None,
        text_share=round(new / all_, 3) if all_ else 0.0,
        before=versions.before.report.id if versions.before else None,
        added=tuple(added),
        new=counts["new"],
        repeated=counts["repeated"],
        changed=counts["changed"],
        contradicted=counts["contradicted"],
        background=counts["background"],
        dropped=counts["dropped"],
    )
