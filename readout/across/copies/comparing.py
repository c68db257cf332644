"""Whether one report is made from the words of another, how, and why: from these two alone, so that no third report changes it."""

from __future__ import annotations

from dataclasses import dataclass

from readout.across.copies.changes import Changes, changes_of
from readout.across.copies.editions import Edition, edition_of
from readout.across.copies.families import order_of
from readout.across.copies.wording import Wording, day_of, is_number, longest_shared, runs_of, shared
from readout.across.facts import Decision, Link, ReportFacts

IDENTICAL, EDITED_COPY, UPDATE, CORRECTION = "identical", "edited_copy", "update", "correction"

FARTHEST = 7  # days between a report and what was made from it
_SHORT = 60  # words; less may be a formula
_NEXT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Worded:
    """A report ready to be compared."""

    report: ReportFacts
    wording: Wording
    edition: Edition
    opening: frozenset[int]  # the pairs of words of the first sentence, whatever its figures
    order: tuple[str, str, int, tuple[str, str, str, int]]  # `order_of`


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two reports share: the shares of the earlier's and of the later's runs that stand in the other, and of all runs
    together; how alike they open; the share of the shorter's figures and names that the other has too."""

    earlier: float
    later: float
    together: float
    opening: float
    numbers: float
    names: float
    days: int


def worded(report: ReportFacts, wording: Wording) -> Worded:
    """A report and its words, with what comparing it needs."""
    first = wording.sentence(0) if wording.sentences else ()
    pairs = runs_of(tuple("0" if is_number(word) else word for word in first), 2)
    return Worded(report, wording, edition_of(report), frozenset(pairs.tolist()), order_of(report))


def compare(one: Worded, other: Worded) -> Link | None:
    """The link between two reports of which one is made from the words of the other, from the earlier to the later, or None."""
    first, second = (one, other) if one.order <= other.order else (other, one)
    versions = first.report.document == second.report.document
    overlap = _overlap(first, second, versions)
    if overlap is None:
        return None
    rule = "versions" if versions else _rule(first, second, overlap)
    if rule is None:
        return None
    changes = changes_of(first.wording, second.wording)
    kind = _kind(first, second, overlap, changes)
    score = 1.0 if kind == IDENTICAL or versions else round(min(0.99, max(overlap.earlier, overlap.later)), 2)
    reasons = tuple(_reasons(first, second, overlap, changes, kind))
    return Link(first.report.id, second.report.id, kind, rule, score, reasons)


def decided(one: Worded, other: Worded, decision: Decision) -> Link:
    """The link between two reports of which a person says that one is made from the words of the other."""
    found = compare(one, other)
    first, second = sorted((one, other), key=lambda item: item.order)
    kind = found.kind if found else EDITED_COPY
    return Link(first.report.id, second.report.id, kind, decision.rule, 1.0, decision.reasons)


def _overlap(first: Worded, second: Worded, versions: bool) -> Overlap | None:
    a, b = first.wording, second.wording
    if not a.words or not b.words:
        return None
    same = shared(a.runs, b.runs)
    if (
        not versions
        and same < 0.25 * min(a.runs.size, b.runs.size)
        and (same < 4 or min(len(a.words), len(b.words)) >= _SHORT)
    ):
        return None  # no rule takes less
    shorter, longer = (a, b) if len(a.words) <= len(b.words) else (b, a)
    return Overlap(
        earlier=same / a.runs.size,
        later=same / b.runs.size,
        together=same / (a.runs.size + b.runs.size - same),
        opening=len(first.opening & second.opening) / min(len(first.opening), len(second.opening)),
        numbers=_kept(shorter.numbers, longer.numbers),
        names=_kept(shorter.names, frozenset(longer.words)),
        days=abs((day_of(first.report) - day_of(second.report)).days),
    )


def _kept(few: frozenset[str], many: frozenset[str]) -> float:
    return len(few & many) / len(few) if few else 1.0


def _rule(first: Worded, second: Worded, overlap: Overlap) -> str | None:
    """The rule by which two reports share more than chance, a formula or common background would make them share."""
    contained = max(overlap.earlier, overlap.later)
    if overlap.days and first.edition.standing and second.edition.standing:
        return None
    if first.wording.words == second.wording.words:
        formula = len(first.wording.words) < _SHORT and overlap.days > 1
        return None if formula else "same words"
    if overlap.days > FARTHEST or _is_form(overlap, first, second):
        return None
    words = min(len(first.wording.words), len(second.wording.words))
    stretch = longest_shared(first.wording.sequence, second.wording.runs)
    marked = first.edition.rank != second.edition.rank or second.edition.corrects is not None
    if words < _SHORT:
        return _short_rule(first, second, overlap, marked and stretch >= 8)
    if overlap.days <= 1 and overlap.opening >= 0.5 and marked and contained >= 0.25:
        return "marked version"
    if contained >= (0.42 if overlap.days <= _NEXT_DAYS else 0.8) and stretch >= 15:
        return "shared runs"
    return None


def _short_rule(first: Worded, second: Worded, overlap: Overlap, marked: bool) -> str | None:
    """An alert grows into a story; a story is cut to a brief. Both open alike, with the same names; two stories may share a short text's
    background."""
    if overlap.days > 1 or overlap.opening < 0.5 or overlap.names < 0.6:
        return None
    longer = max(len(first.wording.words), len(second.wording.words))
    if longer < _SHORT and overlap.numbers < 1 and not marked:
        return None  # two of the same form, each about its own
    if len(first.wording.words) <= len(second.wording.words):
        return "alert grown" if overlap.earlier >= 0.4 or marked else None
    return "cut to a brief" if overlap.later >= 0.8 else None


def _is_form(overlap: Overlap, first: Worded, second: Worded) -> bool:
    """Whether two reports only fill the same form: the words are the same, and the figures or the names are others."""
    shorter = min(first.wording, second.wording, key=lambda wording: len(wording.words))
    longer = second.wording if shorter is first.wording else first.wording
    some = min(len(shorter.numbers), len(longer.numbers))
    if overlap.opening < 0.3:
        return some >= 5 and overlap.numbers < 0.3
    if first.wording.sentence(0) == second.wording.sentence(0):
        # Then more must differ: a copy may be filled up from elsewhere.
        return (some >= 3 and overlap.numbers < 0.3) or (len(shorter.names) >= 3 and overlap.names < 0.2)
    if (some >= 3 and overlap.numbers < 0.5) or (some >= 2 and overlap.days > 0 and overlap.numbers < 0.65):
        return True
    return len(shorter.names) >= 3 and overlap.names < 0.5


def _kind(first: Worded, second: Worded, overlap: Overlap, changes: Changes) -> str:
    if first.wording.words == second.wording.words:
        return IDENTICAL
    versions = first.report.document == second.report.document
    replaced = bool(changes.figures or changes.names)
    if second.edition.corrects and (replaced or second.edition.corrects != first.edition.corrects):
        return CORRECTION
    if not (replaced or changes.added or changes.cut) and overlap.together >= 0.9:
        return IDENTICAL
    later = versions or second.edition.rank > first.edition.rank or changes.figures
    if later or (changes.added and changes.added >= changes.cut and _one_house(first.report, second.report)):
        return UPDATE
    return EDITED_COPY


def _house(report: ReportFacts) -> str | None:
    return report.agency or report.publisher


def _one_house(one: ReportFacts, other: ReportFacts) -> bool:
    return one.publisher == other.publisher and _house(one) == _house(other)


def _reasons(first: Worded, second: Worded, overlap: Overlap, changes: Changes, kind: str) -> list[str]:
    said = []
    if kind == IDENTICAL:
        said.append("the same words" if first.wording.words == second.wording.words else "the same words but for a few")
    else:
        said.append(
            f"shares {overlap.later:.0%} of its five-word runs with the earlier, and {overlap.earlier:.0%} of the earlier's"
        )
    said += [f"{verb} {_count(n, 'sentence')}" for verb, n in (("adds", changes.added), ("cuts", changes.cut)) if n]
    said += [f"changes {was} to {now}" for was, now in (*changes.figures, *changes.names)[:6]]
    edition = second.edition
    if edition.corrects:
        said.append(f'says "{edition.corrects}"')
    if edition.said and edition.said != edition.corrects:
        said.append(f'marked "{edition.said}"')
    elif first.edition.rank == 0:
        said.append(f'after one marked "{first.edition.said}"')
    said.append("same day" if not overlap.days else f"{_count(overlap.days, 'day')} apart")
    one, two = _house(first.report), _house(second.report)
    if one and one == two:
        said.append(f"same agency ({one})" if first.report.agency else f"same publisher ({one})")
    elif one and two:
        said.append(f"{two} after {one}")
    if first.report.document == second.report.document:
        said.append("versions of one document")
    return said


def _count(number: int, of: str) -> str:
    return f"{number} {of}" if number == 1 else f"{number} {of}s"
