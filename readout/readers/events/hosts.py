"""Who is visited in a capital: its state, and not who lives there. And who of those added takes part in nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from readout.readers.actors.states import find_state, state_names
from readout.types import Actor, Event


def with_hosts(
    events: Sequence[Event], actors: Sequence[Actor], first: int
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """Events whose visits and talks in capitals are to states: "flew to *Lima*" is to Peru, not to those who live there.

    Args:
        events: what was found.
        actors: all actors; those from `first` on were added by the events.
        first: the number of the first actor that was added.
    """
    changed = list(actors)
    states = {a.country: n for n, a in reversed([*enumerate(actors)]) if a.kind == "country" and a.country}
    found = []
    for event in events:
        towns = [n for n in event.recipients if n >= first and actors[n].kind == "population"]
        if event.act.type != "CONSULT" or not towns:
            found.append(event)
            continue
        hosts = {n: _host(n, {actors[a].country for a in event.actors}, changed, states) for n in towns}
        found.append(replace(event, recipients=tuple(dict.fromkeys(hosts.get(n, n) for n in event.recipients))))
    return tuple(found), tuple(changed)


def _host(at: int, own: set[str | None], actors: list[Actor], states: dict[str, int]) -> int:
    """The state whose capital somebody of another one visits, for the town."""
    town = actors[at]
    country = town.country
    if country is None or country in own:
        return at
    state = find_state(town.name.split(), [True] * len(town.name), 0, len(town.name.split()))
    capital = state is not None and state[1].use == "capital" and state[1].country == country
    if not capital:
        return at
    if country not in states:
        states[country] = len(actors)
        name = state_names().get(country, town.name)
        actors.append(Actor(name=name, kind="country", id=country, country=country, sectors=("GOV",), mentions=()))
    n = states[country]
    actors[n] = replace(actors[n], mentions=tuple(sorted({*actors[n].mentions, *town.mentions})))
    return n


def without_idle(
    events: Iterable[Event], actors: Sequence[Actor], first: int
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """Without the actors from `first` on that no event is left for."""
    events = tuple(events)
    used = {n for e in events for n in (*e.actors, *e.recipients, *(a.source for a in e.attribution))}
    kept = [n for n in range(len(actors)) if n < first or n in used]
    if len(kept) == len(actors):
        return events, tuple(actors)  # as mostly
    new = {n: at for at, n in enumerate(kept)}
    renumbered = (
        replace(
            e,
            actors=tuple(new[n] for n in e.actors),
            recipients=tuple(new[n] for n in e.recipients),
            attribution=tuple(a if a.source is None else replace(a, source=new[a.source]) for a in e.attribution),
        )
        for e in events
    )
    return tuple(renumbered), tuple(actors[n] for n in kept)
