"""The search for garbage is held off while a batch is read, and never for longer."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from readout.language.garbage import collector_paused
from readout.language.pipeline import load_parser
from readout.reading import read_document, read_many
from readout.sources.article import Article


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_within_and_on_afterwards() -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_within_does_not_leave_it_off() -> None:
    with pytest.raises(ZeroDivisionError), collector_paused():
        _ = 1 / 0
    assert gc.isenabled()


def test_who_has_it_off_keeps_it_off() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_it_is_on_wherever_others_have_a_hand_in_reading() -> None:
    seen: list[bool] = []

    def articles() -> Iterator[Article]:
        for n in range(3):
            seen.append(gc.isenabled())
            yield Article(text=f"Envoys met in Oslo {n} times.\n" * 60, published="2025-03-10")

    seen.extend(gc.isenabled() for _ in read_many(articles()))
    assert seen == [True] * 6


def test_what_is_read_lies_in_no_cycles() -> None:
    """So that holding the search off costs no memory: a document goes, with all that was worked out of it, when nobody holds it."""

    document = load_parser().parse("The envoys of Chad said on Monday that they would meet rebels in Oslo.")
    read_document(document)

    class Held:
        pass

    held = Held()
    document.memory["held"] = held
    gone = weakref.ref(held)
    gc.disable()
    del held, document
    assert gone() is None
