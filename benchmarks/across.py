"""What the steps across reports cost: copies and stories over 10,000, 30,000 and 100,000 synthetic reports, on one core.

    python benchmarks/across.py [REPORTS ...]

Reports are made up from invented names: stories of 5 to 60 reports over days and weeks, a third of all reports copies or updates of
others, a tenth filled-in forms (market closings). The time that a report takes must not grow with their number: the last column says how
the time grew against n log n since the row before (1 is n log n; more than 1.3 fails).
"""

from __future__ import annotations

import datetime as dt
import math
import random
import resource
import sys
import time
from collections.abc import Iterator

from readout.across.copies import find_copies
from readout.across.facts import EventFact, ReportFacts, Where, Who
from readout.across.stories import find_stories

_SEED = 11
_A_DAY = 250  # reports
_SYLLABLE_WORDS = "ba be bo da de do fa fe ga go ka ke ki la le lo ma me mi na ne no pa pe ra re ri ro sa se so ta te to va ve vo za zo"
_SYLLABLES = _SYLLABLE_WORDS.split()
GROWTH = 1.3


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


class _World:
    """Words as common as in a language (the nth as common as 1/n), names, and stories that have some of their own."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = list(dict.fromkeys(_word(chance, chance.randint(2, 4)) for _ in range(20_000)))
        self.weights = [1 / (n + 3) for n in range(len(self.words))]
        self.names = list(dict.fromkeys(_word(chance, 3).title() for _ in range(8_000)))

    def sentence(self, own: list[str], names: list[str]) -> str:
        chance = self.chance
        words = chance.choices(self.words, self.weights, k=chance.randint(12, 24))
        for place in chance.sample(range(1, len(words)), 4):
            words[place] = chance.choice(own if chance.random() < 0.5 else names)
        if chance.random() < 0.3:
            words.insert(5, str(chance.randint(2, 900)))
        return " ".join(words).capitalize() + "."

    def story(self) -> tuple[list[str], list[str]]:
        return self.chance.sample(self.words[200:], 25), self.chance.sample(self.names, 8)


def synthetic(count: int) -> Iterator[ReportFacts]:
    """As many invented reports, the same for the same number."""
    chance = random.Random(_SEED)
    world, running = _World(chance), list[tuple[list[str], list[str], int]]()
    recent: list[list[str]] = []
    start = dt.date(2025, 1, 1)
    for number in range(1, count + 1):
        day = start + dt.timedelta(number // _A_DAY)
        kind = chance.random()
        while len(running) < 120:
            running.append((*world.story(), chance.randint(5, 60)))
        at = chance.randrange(len(running))
        own, names, left = running[at]
        if kind < 0.1:
            sentences = [
                f"The Norland index closed at {chance.randint(1000, 9999)} points, {chance.randint(1, 99)} points from the day before.",
                f"Turnover was {chance.randint(100, 999)} million crowns while {chance.randint(10, 300)} shares rose and "
                f"{chance.randint(10, 300)} fell on the exchange in the capital.",
            ]
        elif kind < 0.4 and recent:
            before = chance.choice(recent)
            sentences = [
                *before[: chance.randint(3, len(before))],
                *(world.sentence(own, names) for _ in range(chance.randint(0, 3))),
            ]
        else:
            sentences = [world.sentence(own, names) for _ in range(chance.randint(5, 14))]
            recent = [*recent[-150:], sentences]
        running[at] = (own, names, left - 1)
        if left <= 1:
            del running[at]
        yield _report(number, sentences, str(day), names)


def _report(number: int, sentences: list[str], day: str, names: list[str]) -> ReportFacts:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    who = Who(f"name:{names[0].lower()}", names[0])
    where = Where(f"place:{names[1].lower()}", names[1])
    event = EventFact(1, "CONSULT", "visit", "CONSULT", "visit", "occurred", actors=(who,), places=(where,))
    return ReportFacts(
        id=number,
        document=number,
        report_id=f"r{number}",
        text=" ".join(sentences),
        known=day,
        title=sentences[0][:60],
        published=day,
        publisher=f"Paper {number % 40}",
        sentences=tuple(spans),
        events=(event,),
    )


def main() -> int:
    """Print the table; 1 where time grows faster than it may."""
    sizes = [int(size.replace(",", "")) for size in sys.argv[1:]] or [10_000, 30_000, 100_000]
    print(
        "| reports | copies | s | stories | s | ms a report | memory MB | growth |\n|---|---|---|---|---|---|---|---|"
    )
    before: tuple[int, float] | None = None
    worst = 0.0
    for size in sizes:
        reports = list(synthetic(size))
        began = time.process_time()
        links = find_copies(reports)
        between = time.process_time()
        stories = find_stories(reports, links)
        ended = time.process_time()
        took = ended - began
        growth = (took / before[1]) / (size * math.log(size) / (before[0] * math.log(before[0]))) if before else 0.0
        worst, before = max(worst, growth), (size, took)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"| {size:,} | {len(links):,} | {between - began:.0f} | {len(stories):,} | {ended - between:.0f} | {took / size * 1000:.2f} | "
            f"{memory:,} | {f'{growth:.2f}' if growth else '–'} |",
            flush=True,
        )
    return int(worst > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
