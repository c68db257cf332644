"""Values that go together: what else changes where a person sets one of them, and what cannot stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readout.errors import UsageError
from readout.readers.events.codebook import modes_of
from readout.readers.figures.amounts import limits
from readout.record.fields import check_mode
from readout.record.told import act_as_text

#: What a claim that a person adds is where it is not said.
DEFAULTS: dict[str, dict[str, Any]] = {
    "events": {
        "mode": None, "status": "occurred", "actors": [], "recipients": [], "sources": [], "places": [], "date": None,
        "contexts": [], "news": True,
    },
    "statements": {
        "kind": "indirect", "sourcing": None, "channel": None, "speaker": None, "addressees": [], "cue": None,
    },
    "figures": {
        "kind": "count", "bound": "exact", "unit": None, "measure": None, "population": None, "places": [], "source": None,
        "since": None, "as_of": None,
    },
}  # fmt: skip

_GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "events": (("type", "mode", "act"),),
    "statements": (),
    "figures": (("value", "low", "high", "bound"), ("since", "as_of")),
}


def completed(claim: str, given: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Everything that changes where a person sets some values of a claim.

    Values that go together are set together, so that none of them is left as it was read beside one that no longer goes with it.

    Args:
        claim: events, statements, figures.
        given: what the person sets, as `checked` has it.
        before: the claim's values; None for one that is added, of which everything is set.

    Raises:
        UsageError: the values cannot stand together, or one that must be there is missing.
    """
    now = {**(DEFAULTS[claim] if before is None else before), **given}
    found = {**DEFAULTS[claim], **given} if before is None else dict(given)
    for group in _GROUPS[claim]:
        if before is None or not given.keys().isdisjoint(group):
            found.update(_COMPLETING[group](given, now, before))
    if before is None and claim == "statements":
        found.setdefault("content", [given["span"]])
        found.setdefault("day", None)
    if claim == "statements" and "content" in given and not given["content"]:
        raise UsageError("a statement has content: words of the text")
    return found


def _coded(given: Mapping[str, Any], now: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Type, mode and act: a mode goes where its type does not have it; the act follows where nothing is folded."""
    kind, mode = now.get("type"), now["mode"]
    if kind is None:
        raise UsageError("an event needs a type, as type=ASSAULT")
    if "mode" in given:
        check_mode("mode", kind, mode)
    elif mode not in modes_of(kind):
        mode = None
    plain = before is None or before["act"] == act_as_text(before["type"], before["mode"])
    act = given["act"] if "act" in given else act_as_text(kind, mode) if plain else now["act"]
    return {"type": kind, "mode": mode, "act": act}


def _counted(given: Mapping[str, Any], now: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Value, bounds and what they mean: bounds follow from the value but for a range, which has bounds of its own."""
    value, bound = now.get("value"), now["bound"]
    if value is None:
        raise UsageError("a figure needs a value, as value=12")
    both = given.get("low") is not None and given.get("high") is not None
    if "bound" not in given and both:
        bound = "range" if given["low"] != given["high"] else "exact"
    if bound == "range":
        low, high = now.get("low"), now.get("high")
        if low is None or high is None:
            raise UsageError("a range needs low and high, as low=10 high=15")
    else:
        low, high = (None, None) if now["kind"] == "ordinal" else limits(bound, value)
        low, high = given.get("low", low), given.get("high", high)
    if (low is not None and low > value) or (high is not None and high < value):
        raise UsageError(f"the value {value:g} does not lie between low ({_shown(low)}) and high ({_shown(high)})")
    return {"value": value, "low": low, "high": high, "bound": bound}


def _shown(number: float | None) -> str:
    return "open" if number is None else f"{number:g}"


def _dated(_: Mapping[str, Any], now: Mapping[str, Any], __: Mapping[str, Any] | None) -> dict[str, Any]:
    since, as_of = now["since"], now["as_of"]
    if since and as_of and since > as_of:
        raise UsageError(f"a figure cannot count since {since} as of {as_of}, which is earlier")
    return {"since": since, "as_of": as_of}


_COMPLETING = {
    ("type", "mode", "act"): _coded,
    ("value", "low", "high", "bound"): _counted,
    ("since", "as_of"): _dated,
}  # fmt: skip
