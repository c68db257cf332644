"""Why members are in a group, where that is other than their blocks say: as what was elsewhere is there now, or as people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from readout.across.facts import Decision
from readout.across.incidents.finding import Incident, Member, incident_of
from readout.across.linking.of_stories import SourcedStory

_SURE = 1.0


def beside_again(whole: Incident, items: Iterable[Incident]) -> Incident:
    """An incident whose claims stand beside those of other blocks again, as far as these are in it."""
    before = {member.identity: member for item in items for member in item.claims if member.beside is not None}
    there = {member.event.id for member in whole.claims}

    def again(member: Member) -> Member:
        was = before.get(member.identity)
        if member.beside is not None or was is None or was.beside not in there:
            return member
        return replace(member, beside=was.beside, rule=was.rule, score=was.score, reasons=was.reasons)

    claims = tuple(again(member) for member in whole.claims)
    return incident_of(claims, whole.reality) if claims != whole.claims else whole


def as_decided(item: Any, decisions: Iterable[Decision]) -> Any:
    """An item whose members say so where people put them together: the later report of a story, both claims of an incident."""
    for decision in decisions:
        if isinstance(item, SourcedStory):
            later = max(decision.first, decision.second)
            item = _story(item, {later: decision})
        elif isinstance(item, Incident):
            item = _incident(item, {decision.first: decision, decision.second: decision})
    return item


def _story(item: SourcedStory, decided: Mapping[int, Decision]) -> SourcedStory:
    members = tuple(
        replace(member, score=_SURE, rule=decided[member.report].rule, reasons=decided[member.report].reasons)
        if member.report in decided
        else member
        for member in item.story.members
    )
    return replace(item, story=replace(item.story, members=members))


def _incident(item: Incident, decided: Mapping[int, Decision]) -> Incident:
    def now(member: Member) -> Member:
        decision = decided.get(member.event.id)
        if decision is None:
            return member
        beside = decision.second if member.event.id == decision.first else decision.first
        return replace(member, beside=beside, score=_SURE, rule=decision.rule, reasons=decision.reasons)

    return replace(item, claims=tuple(map(now, item.claims)))
