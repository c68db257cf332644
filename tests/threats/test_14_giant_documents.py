"""A document is huge, all on one line, a sentence without end, a run of letters without a blank, or a million tags.

Promised: an article is 5 MB at most, and what is larger is a problem that says so. Time grows no worse than n log n with the length of
articles up to some ten times those of the wire, memory stays bounded, and nothing is left out for want of a line's end: paragraphs are
parsed in pieces of 3,000 letters, runs in pieces of 500.
Not promised: that megabytes are read at once. Of an article with thousands of events each is compared with others: a hundred thousand
letters that tell two events a line take two seconds, four hundred thousand half a minute.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from forms import WHOLE, scaled

from readout.sources import SourceProblem, read_source
from readout.sources.problem import LARGEST_ARTICLE

SENTENCE = (
    "Rebels of the Vardal Front shelled the town of Osthavn on Monday, killing 12 people, the health ministry said. "
)
QUOTE = "“We will not go,” Elin Sorvik said on 11 March 2025 in Oslo, where Norway and 14 others had met, as she had said before. "
WORDS = "talks with the envoy and "
#: What is repeated to a length, one line each unless it says otherwise.
SHAPES = {
    "one line": SENTENCE, "lines": SENTENCE + "\n", "one sentence": WORDS, "quotes": QUOTE,
    "names": "Elin Sorvik, Ole Lund and Nils Berg, ",
    "numbers": "1,200 14 3.5 ", "dates": "on Monday, 11 March 2025, ", "openings": "said (", "capitals": "OSTHAVN (Reuters) - ",
    "run": "abcdefgh",
    "marks": "\"'“‘", "blanks": " \t", "stops": "U.N. ", "hyphens": "a-",
}  # fmt: skip
#: Those of which the others are a mixture.
FEW = ("one line", "one sentence", "numbers", "capitals", "run", "hyphens")
SMALL = 5_000
TIMES = 3
#: A little more than n log n, and what a clock is wrong by.
MOST = TIMES * math.log(TIMES * SMALL, SMALL) * 1.6
SLACK = 0.35  # seconds
MOST_MEMORY = 400  # MB
READ = textwrap.dedent(
    """
    import json, sys, time
    import readout
    from peak import peak, reset
    readout.read(sys.argv[1] * 20, published="2025-03-10")
    for line in sys.stdin:
        name, piece, size = json.loads(line)
        text = "The envoys met in Oslo on Monday. " + (piece * (size // len(piece) + 1))[:size]
        before, begun = reset(), time.process_time()
        report = readout.read(text, published="2025-03-10", keep_text=True)
        took = time.process_time() - begun
        covered = report.sentences[-1][1] if report.sentences else 0
        print(json.dumps([name, size, took, peak() - before, len(report.events), covered >= len(text.rstrip()) - 1]), flush=True)
    """
)
SUPPORT = Path(__file__).resolve().parent.parent / "support"


def measured(jobs: list[tuple[str, str, int]]) -> list[list]:
    """What a process of its own said of each: name, length, seconds of processor time, MB more, events, whether its end was read."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *filter(None, sys.path)])}
    given = "\n".join(json.dumps(job) for job in jobs)
    command = [sys.executable, "-c", READ, SENTENCE]
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, env=environment, timeout=3_000
    )
    assert done.returncode == 0, done.stdout[-300:] + done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_time_grows_as_length_does(figure):
    jobs = [
        (name, piece, size) for name, piece in SHAPES.items() if WHOLE or name in FEW for size in (SMALL, TIMES * SMALL)
    ]
    rows = measured(jobs)
    assert len(rows) == len(jobs)
    for first, second in zip(rows[::2], rows[1::2], strict=True):
        assert second[2] <= MOST * first[2] + SLACK, (first, second)
        assert second[3] < MOST_MEMORY, second
        assert first[5], first
        assert second[5], second
        figure(1, "shapes of text")
        figure(round(100 * second[2] / (TIMES * (first[2] + SLACK / TIMES))), "% of linear growth at most", most=True)


SHARE = scaled(50, 1)  # of the largest


def test_the_largest_that_is_read(figure):
    """A sentence of a million words and a run of a million letters in the whole form, a fiftieth of it in the small one; of events, of
    which there are two in each sentence, a tenth of the largest article and a fiftieth."""
    jobs = [
        ("one line", SENTENCE, scaled(100_000, 500_000)),
        ("one sentence", WORDS, 200_000 * len(WORDS) // 5 // SHARE),
        ("run", "abcdefgh", 1_000_000 // SHARE),
    ]
    for name, size, took, memory, _, whole in measured(jobs):
        assert whole, name
        assert memory < 3_000, (name, memory)
        figure(size, "letters the largest", most=True)
        figure(round(took), "seconds the longest", most=True)
        figure(memory, "MB more at most", most=True)


TAGS = scaled(40_000, 1_000_000)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><article><p>{SENTENCE * 3}</p>" + "<b>x</b>" * (TAGS // 2) + "</article></body></html>",
        f"<html><body><article><p>{SENTENCE * 3}</p>" + "<br>" * TAGS + "</article></body></html>",
        f"<rss version='2.0'><channel><title>N</title><item><description>{SENTENCE * 3}</description>"
        + "<x/>" * TAGS
        + "</item></channel></rss>",
    ],
    ids=["bold", "breaks", "feed"],
)
def test_a_million_tags(page, figure):
    """Read or named as a problem, within the time that their number allows."""
    begun = sum(os.times()[:4])
    found = list(read_source(page[: LARGEST_ARTICLE - 1].encode(), "x"))
    took = sum(os.times()[:4]) - begun
    assert found
    assert took < 30 * TAGS / 100_000 + 10
    figure(TAGS, "tags of a page, read or named", most=True)


@pytest.mark.parametrize(
    "before", ["", "<html><body><p>", '{"text": "', "title,text\na,", "---\ntitle: a\n---\n\n", "From: a@x.example\n\n"]
)
def test_what_is_larger_is_named(before, figure):
    data = before.encode() + SENTENCE.encode() * (2 * LARGEST_ARTICLE // len(SENTENCE) + 1)
    found = list(read_source(data, "x"))
    assert len(found) <= 2
    assert any(isinstance(item, SourceProblem) for item in found), before
    assert not any(len(getattr(item, "text", "")) > LARGEST_ARTICLE for item in found)
    figure(1, "inputs too large, named")


def test_as_many_articles_as_there_are_take_no_more_memory(tmp_path, figure):
    """A file of many articles is read as it comes."""
    count = scaled(20_000, 200_000)
    file = tmp_path / "many.jsonl"
    with file.open("w") as lines:
        for n in range(count):
            lines.write(json.dumps({"id": str(n), "text": SENTENCE}) + "\n")
    sys.path.insert(0, str(SUPPORT))
    from peak import peak, reset

    before = reset()
    assert sum(1 for _ in read_source(file, "many")) == count
    assert peak() - before < 60
    figure(count, "articles of one file, as they come")
