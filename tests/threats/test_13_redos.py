"""A text is made so that a regular expression, or a library, takes hours for it.

Promised: no expression of the package, nor of its knowledge, takes time that grows worse than with the square of what it is given, and what
is given to it is bounded, so that reading a text made of the worst of them takes no worse than n log n. feedparser runs in a process of its
own with a time limit: an item that takes too long is cut off and named, and the others are read.
Not promised: patterns that you write into knowledge files of your own.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from forms import scaled

from readout.sources import SourceProblem
from readout.sources.feed_parsing import ParsingLimits
from readout.sources.feeds import feed_items

TESTS = Path(__file__).resolve().parent.parent
#: Of each expression so many attack strings.
STRINGS = scaled(6, 200)
#: Seconds of processor time for a search in 2,000 letters: a square takes less, a cube minutes.
MOST = 0.6
#: Where words are looked for as they are, escaped: there is nothing in them that repeats.
ESCAPED = {"exports/codes.py", "across/brief/passages.py", "settings/__init__.py"}
SEARCHED = textwrap.dedent(
    """
    import json, random, signal, sys, time
    from pathlib import Path
    from patterns import collected, samples
    tests, strings, most = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    files = [p for p in (tests / "sources" / "files").iterdir() if "golden" not in p.name]
    articles = [p.read_text(encoding="utf-8") for p in sorted((tests.parent / "examples").glob("*.txt"))]
    articles.append("A ship was hit at 12°30'N 45°20'E, off Osthavn, on Monday, the coast guard said.")
    found, missed = collected(articles, files)
    class Late(Exception):
        pass
    def late(*_):
        raise Late
    signal.signal(signal.SIGVTALRM, late)
    def timed(pattern, text):
        begun = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, most)
            try:
                pattern.search(text)
                return time.process_time() - begun
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except Late:
            return most
    rows, tried = [], 0
    for n, item in enumerate(found):
        pattern, bare = item.compiled(), isinstance(item.pattern, str)
        attacks = samples(item)
        random.Random(n).shuffle(attacks)
        worst = (0.0, "", "", "")
        for before, again, behind in attacks[:strings]:
            tried += 1
            def made(size):
                text = before + again * (size // len(again)) + behind
                return text if bare else text.encode("latin-1", "replace")
            took = timed(pattern, made(500))
            if took < most:
                took = timed(pattern, made(2000))
            worst = max(worst, (took, before, again, behind))
        rows.append([item.where, str(item.pattern)[:200], *worst])
    print(json.dumps([len(found), tried, missed, rows]))
    """
)
READ = textwrap.dedent(
    """
    import json, sys, time
    import readout
    first = "The envoys met in Oslo on Monday. "
    readout.read(first * 20, published="2025-03-10")
    for line in sys.stdin:
        before, again, behind, size = json.loads(line)
        text = first + before + again * (size // len(again)) + behind
        begun = time.process_time()
        readout.read(text, published="2025-03-10")
        print(time.process_time() - begun, flush=True)
    """
)


def run(code: str, *arguments: str, given: str = "") -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS / "support"), *filter(None, sys.path)])}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, env=environment, timeout=1_500
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def searched():
    """How many expressions there are, strings were tried, expressions were missed, and the worst of each."""
    return json.loads(run(SEARCHED, str(TESTS), str(STRINGS), str(MOST)).splitlines()[-1])


def test_every_expression_is_had(searched):
    count, _, missed, _ = searched
    assert count > 400
    assert {place.rpartition(":")[0].rpartition(":")[0] for place in missed} <= ESCAPED, missed


def test_no_expression_is_worse_than_a_square(searched, figure):
    count, tried, _, rows = searched
    slow = [row for row in rows if row[2] >= MOST]
    assert not slow, "\n".join(map(repr, slow))
    figure(count, "expressions")
    figure(tried, "attack strings")
    figure(round(max(row[2] for row in rows) * 1000), f"ms at most in 2,000 letters, of {MOST * 1000:.0f} allowed")


SMALL, TIMES = 3_000, 3
GROWTH = TIMES * math.log(TIMES * SMALL, SMALL) * 1.6
SLACK = 0.35  # seconds


def test_reading_the_worst_of_them_takes_as_long_as_any_text(searched, figure):
    worst = sorted(searched[3], key=lambda row: -row[2])[: scaled(6, 150)]
    given = [(row[3], row[4], row[5], size) for row in worst for size in (SMALL, TIMES * SMALL)]
    took = list(map(float, run(READ, given="\n".join(map(json.dumps, given))).splitlines()))
    assert len(took) == len(given)
    for row, first, second in zip(worst, took[::2], took[1::2], strict=True):
        assert second <= GROWTH * first + SLACK, (row, first, second)
    figure(len(worst), "texts made of the worst, read")
    figure(round(max(took) * 1000), f"ms at most for {TIMES * SMALL:,} letters", most=True)


def test_an_expression_that_is_worse_would_be_seen():
    code = SEARCHED.replace(
        "found, missed = collected(articles, files)", "found, missed = [Pattern(p, 0, 'x') for p in sys.argv[4:]], []"
    )
    code = code.replace("import collected, samples", "import Pattern, samples")
    rows = json.loads(
        run(code, str(TESTS), "8", "0.6", r"(?:a|a)+b", r"(\w+\s?)+!", r"\s*,?\s*,?\s*x", r"a+b").splitlines()[-1]
    )[3]
    assert [row[2] >= MOST for row in rows] == [True, True, True, False]


PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)


def items_of(texts, author="", at=1):
    return "".join(
        f"<item><guid>{n}</guid><author>{author if n == at else 'Anna'}</author><description>{text}</description></item>"
        for n, text in enumerate(texts)
    )


def feed(items: str, title: str = "N") -> bytes:
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


def test_a_long_author_costs_nothing(figure):
    """feedparser#562: an author of 64 kB takes it 18 seconds; a field that long is no name, and is cut before."""
    begun = sum(os.times()[:4])
    found = list(feed_items(feed(items_of([PROSE] * 4, "a" * 64_000)), "feed"))
    took = sum(os.times()[:4]) - begun
    assert [item.article.text for item in found] == [PROSE] * 4
    assert took < 4
    figure(64_000, "letters of an author, and its feed read", most=True)


def test_what_takes_too_long_is_cut_off_and_the_others_are_read(monkeypatch, figure):
    """Where no field is cut before, the clock stops it: the item is named, and the others survive."""
    monkeypatch.setattr("readout.sources.feed_parsing._LONGEST_FIELDS", {})
    limits = ParsingLimits(whole=1.5, per_megabyte=0, item=1.5, total=60)
    begun = time.monotonic()
    found = list(feed_items(feed(items_of([PROSE] * 4, "a" * 64_000)), "feed", limits=limits))
    assert time.monotonic() - begun < 60
    problems = [item for item in found if isinstance(item, SourceProblem)]
    assert [item.article.source_id for item in found if not isinstance(item, SourceProblem)] == ["0", "2", "3"]
    assert [(item.name, item.message) for item in problems] == [
        ("feed item 2", "took too long to parse and was cut off")
    ]
    figure(3, "items beside one of 64 kB that was cut off, all read")


def test_a_feed_that_is_no_good_xml_is_bounded_too(figure):
    limits = ParsingLimits(whole=1.5, per_megabyte=0, item=4, total=40)
    found = list(feed_items(feed(items_of([PROSE] * 4, "a" * 64_000), "N & M"), "feed", limits=limits))
    assert [item.article.source_id for item in found] == ["0", "1", "2", "3"]


def test_nothing_in_time_is_a_problem_and_no_endless_loop():
    found = list(
        feed_items(
            feed(items_of([PROSE] * 3)), "feed", limits=ParsingLimits(whole=0, per_megabyte=0, item=0.0, total=0.1)
        )
    )
    assert len(found) == 3
    assert all(isinstance(item, SourceProblem) for item in found)
