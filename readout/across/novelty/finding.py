"""What each report adds to the reports before it, in one pass over them in the order in which they became known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readout.across.copies import find_copies
from readout.across.copies.families import order_of
from readout.across.facts import Link, ReportFacts
from readout.across.novelty.claims import judge_claims
from readout.across.novelty.items import ADDING, Item, Novelty
from readout.across.novelty.past import Past, Ready, make_ready
from readout.across.novelty.versions import Versions
from readout.across.novelty.words import Weigher

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
    items = [*judge_claims(ready, past, weigher, versions), *versions.dropped()]
    return _summed(ready, items, past, versions)


def _version_before(links: Sequence[Link], past: Past) -> Ready | None:
    """The last of the versions and pieces in whose place a report stands."""
    places = [past.places[link.first] for link in links if link.kind in _REPLACING]
    return past.reports[max(places)] if places else None


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
