"""Stretches found by where they stand are those that a look at each of them finds."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from readout.language.garbage import collector_paused
from readout.language.pipeline import load_parser
from readout.readers import READERS, Findings
from readout.readers.stretches import Holders, Stretches

_SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=12
)
_SPAN = st.tuples(st.integers(0, 24), st.integers(1, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(_SPANS, _SPANS, _SPAN)
def test_how_many_hold_a_place_and_whether_one_meets_a_span(
    given_: list[tuple[int, int]], added: list[tuple[int, int]], span: tuple[int, int]
) -> None:
    stretches = Stretches(given_)
    for each in added:
        stretches.add(each)
    known = [*given_, *added]
    assert stretches.count_at(span[0]) == sum(start <= span[0] < end for start, end in known)
    assert stretches.meet(span) == any(start < span[1] and span[0] < end for start, end in known)


@given(_SPANS, _SPAN)
def test_those_that_hold_a_span_come_in_the_order_they_were_given_in(
    spans: list[tuple[int, int]], span: tuple[int, int]
) -> None:
    held = [n for n, (start, end) in enumerate(spans) if start <= span[0] and span[1] <= end]
    assert Holders(spans).around(span) == held


_SPOKEN = (
    "The road to Osthavn was closed by snow, Elin Sorvik said. The bridge would open in May, officials said on Monday. "
    "He added that the school was safe. According to the ministry, 12 people were killed in Osthavn. "
    "The statement said the port had been shut. “We saw it burn. Nobody came to help us,” the paper said. “Never.”\n"
)


def test_who_said_and_counted_what_takes_no_longer_a_word_in_a_long_article() -> None:
    """Twenty times the text takes less than sixty times the time; by the square it would be four hundred times."""
    _seconds(_SPOKEN)
    short, long = _seconds(_SPOKEN * 10), _seconds(_SPOKEN * 200)
    assert long < 60 * max(short, 0.005), f"{short:.4f} s for 10, {long:.4f} s for 200"


def _seconds(text: str) -> float:
    document, found, took = load_parser().parse(text), Findings(), 0.0
    for name, reader in READERS:
        with (
            collector_paused()
        ):  # as while reading: a look at all that the other tests have left takes longer than this
            began = time.process_time()
            found = reader(document, found)
            took += time.process_time() - began if name in ("statements", "figures") else 0
        if name == "figures":
            break
    return took
