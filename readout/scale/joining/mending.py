"""Why members are in a group, where that is other than their blocks say: as what was elsewhere is there now, or as people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from readout.across.facts import Decision
from readout.across.incidents.finding import Incident, Member
from readout.across.linking.kinds import Piece
from readout.across.linking.of_stories import SourcedStory
from readout.across.stories.finding import Member as StoryMember

_SURE, _FIRST = 1.0, "first"


def told_why(whole: Any, items: Iterable[Any]) -> Any:
    """An item whose members say why they are in it: one that its own block has alone, as the first, or apart from what it goes with, as
    another block says.

    Args:
        whole: the item.
        items: of which it was made, and others that have members of it: those that are asked first.
    """
    if isinstance(whole, Incident):
        return _incident_why(whole, [item for item in items if isinstance(item, Incident)])
    if isinstance(whole, SourcedStory):
        return _story_why(whole, [item for item in items if isinstance(item, SourcedStory)])
    return whole


def _incident_why(whole: Incident, items: Iterable[Incident]) -> Incident:
    there = {member.event.id for member in whole.claims}
    told: dict[str, Member] = {}
    for member in (member for item in items for member in item.claims):
        if member.beside in there:
            told.setdefault(member.identity, member)

    def why(member: Member) -> Member:
        was = told.get(member.identity)
        if member.beside is not None or was is None:
            return member
        return replace(member, beside=was.beside, rule=was.rule, score=was.score, reasons=was.reasons)

    return replace(whole, claims=tuple(map(why, whole.claims)))


def _story_why(whole: SourcedStory, items: Iterable[SourcedStory]) -> SourcedStory:
    first, *more = whole.story.members
    told: dict[int, StoryMember] = {}
    for member in (member for item in items for member in item.story.members):
        if member.rule != _FIRST:
            told.setdefault(member.report, member)
    members = (told.get(member.report, member) if member.rule == _FIRST else member for member in more)
    return replace(whole, story=replace(whole.story, members=(first, *members)))


def said_with(item: Any, piece: Piece) -> frozenset[Piece]:
    """The members of an item that cannot be without each other: claims of a report that say the same by all, else one alone."""
    if isinstance(item, Incident):
        for member in item.claims:
            if piece.number in member.twins:
                return frozenset(Piece(member.report, piece.claim, number) for number in member.twins)
    return frozenset((piece,))


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
