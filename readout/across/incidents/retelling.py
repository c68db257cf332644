"""What reports tell, made ready for comparison: happening by happening, or claim by claim."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from readout.across.facts import ReportFacts
from readout.across.incidents.accounts import gather
from readout.across.incidents.rare_words import Rarity, rarity_over, weigh_words, words_of
from readout.across.incidents.telling import Told, claims_of, names_in

#: What the words that one report alone has count for when two are compared: they tell its details, and little of what it is about.
_ALONE = 0.35


def tell(reports: Sequence[ReportFacts], apart: Collection[frozenset[int]] = frozenset()) -> tuple[list[Told], Rarity]:
    """What reports tell of each happening, made ready, and how rare words are over these reports.

    Args:
        reports: with their claims.
        apart: pairs of events, by their numbers, that somebody keeps apart: an account that would have both is none.
    """
    found, rarity = _claims(reports)
    return [told for report, claims in found for told in gather(report, claims, apart)], rarity


def tell_claims(reports: Sequence[ReportFacts]) -> tuple[list[Told], Rarity]:
    """The claims of reports, each by itself and made ready, and how rare words are over these reports."""
    found, rarity = _claims(reports)
    return [told for _, claims in found for told in claims], rarity


def _claims(reports: Sequence[ReportFacts]) -> tuple[list[tuple[ReportFacts, list[Told]]], Rarity]:
    stories = {report.id: words_of(f"{report.title or ''} {report.text}") for report in reports}
    rarity = rarity_over(stories[report.id] | names_in(report) for report in reports)
    found = []
    for report in reports:
        # Let go of when weighed: the words of all reports together take more memory than the reports.
        story = weigh_words(stories.pop(report.id), rarity, 120, alone=_ALONE)
        found.append((report, list(claims_of(report, story, rarity))))
    return found, rarity
