"""One happening told twice in an article is one event with two spans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from readout.readers.events.alike import Alike, Said
from readout.types import Act, Event, EventType, Status

#: Days before publication after which a date recalls what was long ago.
_LONG = 31


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one place of the article tells it.

    `echo`: a noun that no verb carries ("after the raid"), which mentions rather than tells; `definite`: it points
    back ("the raid", "this visit").
    """

    event: Event
    echo: bool = False
    definite: bool = False


def merge_events(tellings: list[Telling], published: dt.date | None = None) -> tuple[Event, ...]:
    """Joins events that tell the same act again; the order of first telling is kept.

    Two tellings are the same happening where act, type and status agree, their ends do not conflict and at least one
    end is shared, and neither date nor place tells them apart. A mere mention joins the one telling of its act in its own
    sentence, or, where it points back, the one before it in the article. A mention that says neither who nor to whom,
    where, when or how many, of an act that is told elsewhere, adds nothing and is left out.

    Args:
        tellings: the events as they are told, in order.
        published: the day of publication: what is dated long before it is no other telling of what has no date.
    """
    told = [telling for telling in tellings if not telling.echo]
    kept = _Kept(published)
    for telling in told:
        kept.add(telling.event)
    order = {telling.event.id: n for n, telling in enumerate(tellings)}
    for telling in tellings:
        if telling.echo:
            _add_echo(kept, telling)
    return tuple(sorted(kept.events, key=lambda event: order[event.id]))


class _Kept:
    """The events that are kept, found by what the same happening has to share: looking at each with each takes its square in time."""

    def __init__(self, published: dt.date | None) -> None:
        self.events: list[Event] = []
        self.mentions: set[int] = set()  # those of them that are only mentioned
        long_ago = None if published is None else max(published.toordinal() - _LONG, 1)
        self._long_ago = None if long_ago is None else dt.date.fromordinal(long_ago).isoformat()
        self._sharing: dict[_Key, Alike] = {}
        self._here: dict[tuple[EventType, int], list[int]] = {}
        self._acts: dict[EventType, Alike] = {}

    def add(self, event: Event) -> None:
        """Joins an event with the one that it is the same as, or keeps it."""
        found = self._same_as(event)
        if len(found) == 1:  # two candidates and no reason: none
            self.join(found.pop(), event)
            return
        n = len(self.events)
        self.events.append(event)
        self._here.setdefault((event.act.type, event.sentence), []).append(n)
        self._share(n)

    def join(self, n: int, event: Event) -> None:
        """Adds what another telling says to one that is kept."""
        self.events[n] = _join(self.events[n], event)
        self._share(n)

    def here(self, event: Event) -> list[int]:
        """Those of the same type of act and of the same sentence."""
        found = self._here.get((event.act.type, event.sentence), ())
        return [n for n in found if _may_be(self.events[n], event)]

    def before(self, event: Event) -> list[int]:
        """Of those that stand before a mention and may be what it mentions, one or two."""
        alike = self._acts.get(event.act.type)
        near = alike.agreeing(event) if alike is not None else ()
        earlier = (n for n in near if self.events[n].span[0] < event.span[0])
        return list(
            islice((n for n in earlier if _may_be(self.events[n], event) and not self._is_recalled(n, event)), 2)
        )

    def _is_recalled(self, n: int, event: Event) -> bool:
        """Whether of two that are told apart only one has a date, which is long past: what else is told has not come then."""
        dates = [e.date for e in (self.events[n], event) if e.date is not None]
        if n in self.mentions or len(dates) != 1 or self._long_ago is None or self.events[n].sentence == event.sentence:
            return False
        return dates[0].end is not None and dates[0].end < self._long_ago

    def tells(self, kind: EventType) -> bool:
        """Whether any is of a type of act."""
        return kind in self._acts

    def _same_as(self, event: Event) -> set[int]:
        """Those that tell the same; of several, two."""
        found: set[int] = set()
        for key in _sought(event):
            alike = self._sharing.get(key)
            for n in alike.agreeing(event) if alike is not None else ():
                if n not in found and is_same(self.events[n], event) and not self._is_recalled(n, event):
                    found.add(n)
                    if len(found) > 1:
                        return found
        return found

    def _share(self, n: int) -> None:
        event = self.events[n]
        of_act = self._acts.get(event.act.type)
        if of_act is None:
            of_act = self._acts[event.act.type] = Alike(self.events, _mentioned)
        of_act.add(n)
        for key in _shared(event):
            alike = self._sharing.get(key)
            if alike is None:
                alike = self._sharing[key] = Alike(self.events, partial(_told_with, key[3]))
            alike.add(n)


_Key = tuple[EventType, Status, Act, int, bool]


def _shared(event: Event) -> Iterator[_Key]:
    """What two tellings of one happening have in common, one of them at least: the act with somebody who does it, or takes part in it."""
    who = _parties(event) if event.act.type == "CONSULT" else set(event.actors)
    for actor in who:
        yield event.type, event.status, event.act, actor, bool(event.figures)


def _sought(event: Event) -> Iterator[_Key]:
    """By what one that an event tells again is found: of two with figures neither tells the other again."""
    for kind, status, act, actor, counted in _shared(event):
        yield kind, status, act, actor, False
        if not counted:
            yield kind, status, act, actor, True


def _told_with(actor: int, event: Event) -> Said:
    """What two tellings of one happening say alike, beside an actor: with or to whom, on which day and where."""
    others = _parties(event) - {actor} if _two_sided(event, event) else event.recipients
    return others, () if event.date is None else (event.date,), event.places


def _mentioned(event: Event) -> Said:
    """What a telling and a mention of it say alike: one of the parties, how it is done and where."""
    return _parties(event), () if event.act.mode is None else (event.act.mode,), event.places


def _add_echo(kept: _Kept, telling: Telling) -> None:
    event, events = telling.event, kept.events
    here = kept.here(event)
    alike = [n for n in here if event.act.mode is not None and events[n].act.mode == event.act.mode]
    for candidates in (here, alike):
        if len(candidates) == 1:
            kept.join(candidates[0], event)
            return
    if telling.definite:
        before = kept.before(event)
        if len(before) == 1:
            kept.join(before[0], event)
            return
    bare = not (event.actors or event.recipients or event.places or event.date or event.figures)
    if bare and kept.tells(event.act.type):
        return
    n = len(kept.events)
    kept.add(event)
    if len(kept.events) > n:
        kept.mentions.add(n)


#: Modes of an assault that is no killing: "the killing of hostages" is not how they were taken.
_DENIED_PART = "ASSAULT/part"
_NOT_KILLING = frozenset({"abduct", "torture", "sexual", "beat", "destroy"})


def _may_be(told: Event, mention: Event) -> bool:
    """Whether a mention may be of an event that is told: one act, and no end, date or place that tells them apart."""
    if told.act.type != mention.act.type or not _one_or_none(told.act.mode, mention.act.mode):
        return False
    if _is_another_visit(told, mention):
        return False
    if told.rule == _DENIED_PART:
        return False  # who denies a part in the attack has not told of it: that it happened stands beside
    if "ASSAULT/kill" in (told.rule, mention.rule) and {told.act.mode, mention.act.mode} & _NOT_KILLING:
        return False
    if not _ends_agree(told, mention):
        return False
    ends = {*told.actors, *told.recipients} & {*mention.actors, *mention.recipients}
    return bool(ends or not (mention.actors or mention.recipients)) and not _lie_apart(told, mention)


def _is_another_visit(told: Event, mention: Event) -> bool:
    """Whether visits of no day or place are told of, and a meeting on a day of its own: "his visits to the shrine", "met him on Monday"."""
    visits = told.act.mode == "visit" and mention.act.mode is None
    return visits and told.date is None and not told.places and mention.date is not None and bool(mention.recipients)


def _one_or_none(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def is_same(a: Event, b: Event) -> bool:
    """Whether two events of one article tell the same happening."""
    if a.type != b.type or a.status != b.status or a.act != b.act:
        return False
    if a.sentence == b.sentence and a.attribution != b.attribution:
        return False
    if not _ends_agree(a, b):
        return False
    if _two_sided(a, b):
        return bool(_parties(a) & _parties(b)) and not _set_apart(a, b) and not (a.figures and b.figures)
    if not (set(a.actors) & set(b.actors)):
        return False
    if not (set(a.recipients) & set(b.recipients) or not (a.recipients and b.recipients)):
        return False
    return not _set_apart(a, b) and not (a.figures and b.figures)


def _set_apart(a: Event, b: Event) -> bool:
    """Whether date or place tells two events apart."""
    if a.date is not None and b.date is not None and a.date != b.date:
        return True
    return bool(a.places and b.places and not set(a.places) & set(b.places))


def _lie_apart(told: Event, mention: Event) -> bool:
    """Whether a mention is of another day or place: "the trip this year" may be that of Monday."""
    if told.places and mention.places and not set(told.places) & set(mention.places):
        return True
    a, b = told.date, mention.date
    if a is None or b is None:
        return False
    return (a.start is not None and b.end is not None and b.end < a.start) or (
        a.end is not None and b.start is not None and a.end < b.start
    )


def _two_sided(a: Event, b: Event) -> bool:
    """Whether the act is one that both sides do: "Iran met Iraq" and "Iraq met Iran" tell the same."""
    return a.act.type == "CONSULT" and a.act.mode != "visit" and a.act == b.act


def _parties(event: Event) -> set[int]:
    return {*event.actors, *event.recipients}


def _ends_agree(a: Event, b: Event) -> bool:
    """Whether no end of one conflicts with that end of the other; of a two-sided act, whether the parties do not."""
    if _two_sided(a, b):
        return _agree(tuple(_parties(a)), tuple(_parties(b)))
    return _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients)


def _agree(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return not a or not b or set(a) <= set(b) or set(b) <= set(a)


def _join(a: Event, b: Event) -> Event:
    """The first event with what the other adds."""
    if _two_sided(a, b):
        fuller = a if len(_parties(a)) >= len(_parties(b)) else b
        actors, recipients = fuller.actors, fuller.recipients
    else:
        actors = a.actors if len(a.actors) >= len(b.actors) else b.actors
        recipients = a.recipients if len(a.recipients) >= len(b.recipients) else b.recipients
    return replace(
        a,
        actors=actors,
        recipients=recipients,
        places=tuple(dict.fromkeys((*a.places, *b.places))),
        time=a.time if a.time is not None else b.time,
        date=a.date if a.date is not None else b.date,
        figures=tuple(dict.fromkeys((*a.figures, *b.figures))),
        contexts=tuple(sorted({*a.contexts, *b.contexts})),
        spans=(*a.spans, b.span, *b.spans),
    )
