"""Tellings are looked up by what they say: that finds what a look at each with each finds."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from readout.readers.events.contents import Contents
from readout.readers.events.merging import Telling, is_same, merge_events
from readout.types import Act, DateRange, Event, EventType, Statement

KINDS: tuple[tuple[EventType, str | None], ...] = (("CONSULT", None), ("CONSULT", "visit"), ("ASSAULT", None))
DAYS = (None, DateRange("2025-03-01", "2025-03-01"), DateRange("2025-03-02", "2025-03-02"))


def some_event(chance: random.Random, n: int) -> Event:
    kind, mode = chance.choice(KINDS)

    def some(most: int, of: int) -> tuple[int, ...]:
        return tuple(chance.sample(range(of), chance.randint(0, most)))

    return Event(
        id=str(n), type=kind, mode=mode, act=Act(kind, mode), status="occurred", quad=1, cameo="", contexts=(),
        actors=some(2, 4), recipients=some(2, 5), places=some(1, 3), time=None, date=chance.choice(DAYS),
        figures=(0,) if chance.random() < 0.2 else (), attribution=(), span=(10 * n, 10 * n + 5), sentence=n // 2,
        news=True, rule=f"{kind}/x", confidence=0.0,
    )  # fmt: skip


def shared(a: Event, b: Event) -> bool:
    """Whether what is looked up by stands in both: an actor, or a party of a consultation."""
    if a.act.type == "CONSULT":
        return bool({*a.actors, *a.recipients} & {*b.actors, *b.recipients})
    return bool(set(a.actors) & set(b.actors))


@pytest.mark.parametrize("seed", range(4))
def test_each_is_joined_with_the_one_that_it_is_the_same_as(seed):
    """One by one, as they are added: whether an event is joined, and with which, a look at all that are kept tells."""
    chance = random.Random(seed)
    tellings = [Telling(some_event(chance, n)) for n in range(120)]
    joined = 0
    for before, after in pairwise(range(len(tellings) + 1)):
        kept, event = merge_events(tellings[:before]), tellings[before].event
        same = [n for n, old in enumerate(kept) if shared(old, event) and is_same(old, event)]
        now = merge_events(tellings[:after])
        if len(same) == 1:
            joined += 1
            assert len(now) == len(kept)
            assert now[same[0]].spans == (*kept[same[0]].spans, event.span)
        else:
            assert now == (*kept, event)
    assert joined > 5


def test_contents_around_a_place_are_those_of_all_that_cover_it():
    chance = random.Random(1)
    spans = [(start, start + chance.randint(0, 40)) for start in (chance.randint(0, 200) for _ in range(60))]
    statements = [
        Statement(str(n), n % 3 if n % 4 else None, None, (), "direct", tuple(spans[n : n + 2]), (), None)
        for n in range(0, len(spans), 2)
    ]
    contents = Contents(statements)
    for place in range(-1, 250):
        covering = [said for said in statements if any(start <= place < end for start, end in said.content)]
        assert contents.around(place) == covering
        spoken = [
            (end - start, start, said.speaker)
            for said in covering
            for start, end in said.content
            if start <= place < end and said.speaker is not None
        ]
        assert sorted(contents.spoken(place)) == sorted(spoken)
