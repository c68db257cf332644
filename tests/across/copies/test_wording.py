"""Words, runs of words, and what changed between two texts."""

from __future__ import annotations

import numpy as np
import pytest

from readout.across.copies.changes import Changes, changes_of
from readout.across.copies.wording import longest_shared, runs_of, shared, wording_of


def test_words_figures_and_names(wire):
    wording = wording_of(wire(1, "The Norland army’s 1,200 men left Kaldby on Monday. Two stayed."))
    assert wording.words == (
        "the",
        "norland",
        "army's",
        "1200",
        "men",
        "left",
        "kaldby",
        "on",
        "monday",
        "two",
        "stayed",
    )
    assert wording.sentences == ((0, 9), (9, 11))
    assert wording.numbers == {"1200", "two"}
    assert wording.names == {"norland", "kaldby"}


def test_runs_are_the_same_on_every_machine():
    assert [hex(run) for run in runs_of(("ships", "left", "the", "port", "at", "dawn"))] == [
        "0x39c1b7e9c144ac9d",
        "0x63db04a421ba6361",
    ]


@pytest.mark.parametrize(
    ("words", "count"), [("", 0), ("one", 1), ("one two three four five", 1), ("one two three four five six", 2)]
)
def test_how_many_runs_there_are(words, count):
    assert runs_of(tuple(words.split())).size == count


def test_what_two_texts_share():
    one, other = runs_of(tuple("abcdefghijkl")), runs_of(tuple("xabcdefyghijkl"))
    assert shared(np.unique(one), np.unique(other)) == 2 + 2
    assert longest_shared(one, np.unique(other)) == 6
    assert longest_shared(one, np.unique(runs_of(("x", "y")))) == 0


@pytest.mark.parametrize(
    ("first", "second", "changes"),
    [
        ("Rebels freed 12 men.", "Rebels freed 12 men.", Changes(0, 0)),
        ("Rebels freed 12 men.", "Rebels freed 15 men.", Changes(0, 0, figures=(("12", "15"),))),
        ("Rebels freed two men.", "Rebels freed nine men.", Changes(0, 0, figures=(("two", "nine"),))),
        (
            "The men were freed by Anders Holt on Monday.",
            "The men were freed by Anders Hult on Monday.",
            Changes(0, 0, names=(("Holt", "Hult"),)),
        ),
        ("Rebels freed 12 men.", "Rebels freed 12 men. A priest met them at the river.", Changes(1, 0)),
        ("Rebels freed 12 men. A priest met them at the river.", "Rebels freed 12 men.", Changes(0, 1)),
        (
            "A priest met them at the river. Rebels freed 12 men.",
            "Rebels freed 12 men. A priest met them at the river.",
            Changes(0, 0),
        ),
        ("Rebels freed the men.", "The army blew up a bridge.", Changes(1, 1)),
        (
            "Rebels freed 12 men. A priest met them at the river near Kaldby.",
            "Rebels freed 12 men and a priest met them at the river near Kaldby.",
            Changes(0, 0),
        ),
    ],
)
def test_what_changed(wire, first, second, changes):
    assert changes_of(wording_of(wire(1, first)), wording_of(wire(2, second))) == changes
