"""Seeds and what once failed are replayed by every target, and a few hundred inputs that are a little other; see docs/robustness.md."""

from __future__ import annotations

import time

import pytest
from fuzz_targets import TARGETS, seeds
from mutating import mutants

#: Inputs at most, and seconds of the process after which a target has had enough of them.
MOST, SECONDS = 300, 1.0
REPLAYED = [(target, name) for target in TARGETS for name in seeds(target)]


@pytest.mark.parametrize(("target", "name"), REPLAYED, ids=[f"{target} {name}" for target, name in REPLAYED])
def test_what_is_known_holds(target: str, name: str) -> None:
    TARGETS[target](seeds(target)[name])


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_a_little_other_holds(target: str) -> None:
    run, given = TARGETS[target], list(seeds(target).values())
    run(given[0])  # what is loaded at the first call counts for nothing
    ends = time.process_time() + SECONDS
    for data in mutants(given, MOST, seed=sum(map(ord, target))):
        try:
            run(data)
        except Exception as error:
            pytest.fail(f"{target} fails on {data!r}: {type(error).__name__} {error}")
        if time.process_time() > ends:
            break


def test_every_target_has_seeds() -> None:
    assert all(seeds(target) for target in TARGETS)


def test_the_same_seed_makes_the_same_inputs() -> None:
    given = [b"the army left", b"on Monday"]
    assert list(mutants(given, 50, seed=3)) == list(mutants(given, 50, seed=3)) != list(mutants(given, 50, seed=4))
