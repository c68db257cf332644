"""What holds of an article's claims: a pure function of what was read in it and of the log of its corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from readout.record.diffing import overlap
from readout.record.ground import Ground
from readout.record.log import REVIEWS, Correction, Target, undone
from readout.record.told import FIELDS, Told, Values, essence, same, span_of

#: What a merged claim takes from the others where the first has nothing.
_FILLED = frozenset(
    ("actors", "recipients", "sources", "places", "date", "contexts", "sourcing", "channel", "speaker", "addressees",
     "cue", "day", "unit", "measure", "population", "source", "since", "as_of")
)  # fmt: skip
BY_HAND = "by hand"  # the rule of an event that no rule read


@dataclass(frozen=True, slots=True)
class State:
    """A claim as it stands: `standing` is false where it was put aside, `correction` made it (None: it was read).

    `origins` are the numbers of the claims that were read from which it was made.
    """

    claim: str
    id: int
    code: str
    values: Values
    kept: Values
    correction: int | None = None
    standing: bool = True
    review: str | None = None
    origins: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """How people name it: "events/12"."""
        return f"{self.claim}/{self.id}"


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Every claim that was read or that holds, in order; the claims that each correction which fits changed or made, by its
    number; and the corrections that do not fit, with the reason."""

    states: Mapping[tuple[str, int], State]
    touched: Mapping[int, frozenset[tuple[str, int]]]
    unfit: Mapping[int, str]


class _Unfit(Exception):
    """A correction does not fit; the message says why."""


def overlay(claims: Sequence[Told], log: Sequence[Correction], ground: Ground) -> Overlaid:
    """What holds.

    Args:
        claims: what was read, in its order.
        log: the article's corrections, in order.
        ground: the text of the reading.
    """
    states = {(told.claim, told.id): _as_read(told) for told in claims}
    touched: dict[int, frozenset[tuple[str, int]]] = {}
    unfit: dict[int, str] = {}
    off = undone(log)
    for correction in log:
        if correction.action == "undo" or correction.number in off:
            continue
        try:
            changed = {(state.claim, state.id): state for state in _apply(states, correction, ground)}
        except _Unfit as reason:
            unfit[correction.number] = str(reason)
        else:
            states.update(changed)
            touched[correction.number] = frozenset(changed)
    return Overlaid(states, touched, unfit)


def _as_read(told: Told) -> State:
    return State(told.claim, told.id, told.code, told.values, told.kept, origins=(told.id,))


def _apply(states: Mapping[tuple[str, int], State], correction: Correction, ground: Ground) -> Iterator[State]:
    """The claims that a correction changes and makes."""
    targets = [_find(states, correction, target) for target in correction.targets]
    if len({target.id for target in targets}) < len(targets):
        raise _Unfit("two of the claims that it was made on are read as one")
    review = REVIEWS[correction.action]
    for target in targets:
        yield replace(target, review=review, standing=correction.action == "confirm")
    for item in correction.made:
        values = {name: _placed(value, ground) for name, value in item.set.items()}
        base = merged(targets) if targets else State(correction.claim, item.id, f"hand:{item.id}", {}, {})
        kept = {**base.kept, "confidence": 1.0, "rule": base.kept.get("rule", BY_HAND)}
        yield replace(
            base,
            id=item.id,
            values={**base.values, **values},
            kept=kept if correction.claim == "events" else base.kept,
            correction=correction.number,
            standing=True,
            review=review,
        )


def merged(targets: Sequence[State]) -> State:
    """The first of some claims, with what only others say, and every place where they are told."""
    first, *others = targets
    if not others:
        return first
    values = dict(first.values)
    for name in _FILLED & values.keys():
        values[name] = next((state.values[name] for state in targets if state.values[name]), values[name])
    if first.claim == "statements":
        parts = [part for state in targets for part in state.values["content"]]
        values["content"] = sorted({essence(part): part for part in parts}.values(), key=span_of)
    told = [part for state in targets for part in (state.values["span"], *state.kept.get("further", ()))]
    own = span_of(first.values["span"])
    further = sorted(({span_of(part): part for part in told if span_of(part) != own}).values(), key=span_of)
    origins = tuple(dict.fromkeys(origin for state in targets for origin in state.origins))
    return replace(first, values=values, kept={**first.kept, "further": further}, origins=origins)


def _placed(value: Any, ground: Ground) -> Any:
    """A value whose words are found in the text of this reading."""
    if isinstance(value, list):
        return [_placed(item, ground) for item in value]
    if not isinstance(value, Mapping) or "at" not in value:
        return value
    found = ground.find(span_of(value), value["words"])
    if found is None:
        raise _Unfit(f"the words {value['words']!r} are not in the text, or more than once")
    return {"at": list(ground.in_article(found)), "words": value["words"]}


def _find(states: Mapping[tuple[str, int], State], correction: Correction, target: Target) -> State:
    """The claim that a correction was made on, in this reading."""
    known = states.get((correction.claim, target.id))
    if known is None:
        if target.by is not None:
            raise _Unfit(f"{correction.claim}/{target.id}, which correction {target.by} made, does not stand")
        known = _refound(states, correction, target)
    if not known.standing:
        raise _Unfit(f"{known.name} was {known.review}")
    return known


def _refound(states: Mapping[tuple[str, int], State], correction: Correction, target: Target) -> State:
    """The claim of this reading that says what a claim of an older one said, as far as the correction depends on it."""
    near = [
        state
        for state in states.values()
        if state.correction is None
        and state.claim == correction.claim
        and overlap(span_of(state.values["span"]), target.at)
    ]
    if not near:
        raise _Unfit(f"at {target.words!r} nothing of the kind is read any more")
    names = _depends_on(correction)
    alike = [state for state in near if all(same(name, state.values[name], target.values[name]) for name in names)]
    coded = [state for state in alike if state.code == target.code]
    if not alike:
        differing = [name for name in names if not same(name, near[0].values[name], target.values[name])]
        raise _Unfit(f"at {target.words!r} it is read otherwise now: {', '.join(differing)}")
    if len(coded) == 1 or len(alike) == 1:
        return (coded or alike)[0]
    raise _Unfit(f"at {target.words!r} {len(alike)} claims are read that it would fit")


def _depends_on(correction: Correction) -> list[str]:
    """The values that must be as they were: of an edit those that it sets, of everything else all of them but the topics, which are
    those of the text around and no part of what is claimed."""
    names = FIELDS[correction.claim]
    if correction.action != "edit":
        return [name for name in names if name != "contexts"]
    set_ = {name for item in correction.made for name in item.set}
    return [name for name in names if name in set_]
