"""How reading grows with the number of processes, on one machine and on Ray, and whether memory stays flat.

    python benchmarks/scale.py [--articles 1200] [--rounds 3] [--bench ../shared] [--least-local 1.85] [--least-ray 1.7] [--no-ray]
    python benchmarks/scale.py --memory 100000 [--workers 2] [--most 1000]

Speed: the same articles are added to a record with one and with two processes, and read into parts on Ray with one and with two actors, in
turn, all in one run. What counts is the clock on the wall from the first batches that are done to the last, so that nobody's start is in
it; the median of the rounds. A machine that others use gives figures of no worth: beside each ratio stands what the processor time would
allow, twice the time that one needs over what two need together, which others disturb less.

Memory: so many short articles of made-up words and names, no two the same, are added to a record; after each twentieth every process says
how much memory it has. It fails where one has more than `--most` MB, or where the last tenth needs more than the middle one by a tenth.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
from adding import HERE, articles_of

from readout.record import Watching, open_record
from readout.scale import run
from readout.sources.article import Article

_SHARD = 20  # articles of a part on Ray
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"


@dataclass(frozen=True, slots=True)
class Took:
    """Articles a second by the clock, and seconds of processor time an article, of this process and those that it began."""

    rate: float
    cost: float


def _processor_time() -> float:
    """Seconds of this process and of those that it began and that live."""
    ticks = 0
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _since_all_read(done: list[tuple[float, float, int]], workers: int) -> Took:
    """From the moment when every process had done its first batch to the last."""
    (clock, spent, _), (last, used, _) = done[workers - 1], done[-1]
    count = sum(number for _, _, number in done[workers:])
    return Took(count / (last - clock), (used - spent) / count)


def add(articles: list[Article], workers: int, folder: Path) -> Took:
    """Adds articles to a new record."""
    done: list[tuple[float, float, int]] = []
    watching = Watching(batch=lambda added: done.append((time.perf_counter(), _processor_time(), added.added)))
    with open_record(folder / f"{time.monotonic_ns()}.db") as record:
        record.add(articles, workers=workers, size=_SHARD, watching=watching)
    return _since_all_read(done, workers)


def on_ray(news: Path, count: int, workers: int, folder: Path) -> Took:
    """Reads articles into parts on a cluster of its own. What Ray's processes need is not told to who began them."""
    done: list[tuple[float, float, int]] = []
    parts = folder / str(time.monotonic_ns())
    told = lambda outcome: done.append((time.perf_counter(), 0.0, outcome.entry.articles))  # noqa: E731
    ran = run([str(news)], str(parts), engine="ray", workers=workers, together=1, told=told)
    assert ran.read == count, ran
    return _since_all_read(done, workers)


def write_shards(articles: list[Article], folder: Path) -> Path:
    """The articles as files of lines."""
    folder.mkdir()
    for n, some in enumerate(_cut(articles)):
        lines = [json.dumps({"id": item.id, "text": item.text, "published": item.published}) for item in some]
        (folder / f"{n:05}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _cut(articles: list[Article]) -> Iterator[list[Article]]:
    for at in range(0, len(articles), _SHARD):
        yield articles[at : at + _SHARD]


def speed(options: argparse.Namespace, folder: Path) -> int:
    """Prints the ratios; 1 where one is less than it has to be."""
    articles = [
        Article(item.text, id=f"{n}", published=item.published)
        for n, item in enumerate(articles_of(options.bench, options.articles))
    ]
    news = write_shards(articles, folder / "news")
    found: dict[tuple[str, int], list[Took]] = {}
    for _ in range(options.rounds):
        for workers in (1, 2):
            found.setdefault(("local", workers), []).append(add(articles, workers, folder))
        for workers in () if options.no_ray else (1, 2):
            found.setdefault(("ray", workers), []).append(on_ray(news, len(articles), workers, folder))
    bad = 0
    print(f"{len(articles)} articles, {options.rounds} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for engine, least in (("local", options.least_local), ("ray", options.least_ray)):
        if (engine, 1) not in found:
            continue
        one, two = (statistics.median(took.rate for took in found[engine, workers]) for workers in (1, 2))
        costs = [statistics.median(took.cost for took in found[engine, workers]) for workers in (1, 2)]
        allowed = f"; by processor time {2 * costs[0] / costs[1]:.2f}" if engine == "local" else ""
        print(f"{engine:<6} one {one:6.1f} a second, two {two:6.1f}: {two / one:.2f} times as fast{allowed}")
        bad += least is not None and two / one < least
    return int(bad > 0)


def made(count: int) -> Iterator[Article]:
    """Short articles of made-up names and words: what is kept of what was met would grow with them."""
    chance = random.Random(7)

    def word(least: int = 2) -> str:
        return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(least, 4)))

    def name() -> str:
        return word().title()

    for n in range(count):
        day = f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}"
        text = (
            f"Rebels of the {name()} Front shelled {name()}, a town in {name()} province, on Monday, killing {n % 89 + 2} {word()}s, the"
            f" health ministry said.\n\nForeign Minister {name()} {name()} will fly to {name()} for talks on a {word()} cease-fire, her"
            f" spokesman {name()} {name()} said. “The {word()} is {word(1)},” he told {name()} News in report {n}."
        )
        yield Article(text, id=str(n), published=day, publisher=f"{name()} Post")


def memory_of(process: int) -> float:
    """MB of a process now."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def memory(options: argparse.Namespace, folder: Path) -> int:
    """Prints every process's memory, a line each twentieth; 1 where it is too much or grows."""
    seen: list[list[float]] = []
    total, step = 0, max(1, options.memory // 20)

    def watch(added: object) -> None:
        nonlocal total
        total += added.added  # type: ignore[attr-defined]
        if total >= step * (len(seen) + 1):
            readers = sorted(child.pid for child in multiprocessing.active_children() if child.pid)
            now = [memory_of(number) for number in (os.getpid(), *readers)]
            seen.append(now)
            spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            shown = "  ".join(f"{mb:7,.0f}" for mb in now)
            print(f"{total:>9,} articles: {shown} MB; {spent:,.0f} s of the one who writes", flush=True)

    with open_record(folder / "readout.db") as record:
        record.add(made(options.memory), workers=options.workers, watching=Watching(batch=watch))
        size = (folder / "readout.db").stat().st_size
    print(f"the record: {size / options.memory / 1e3:.1f} kB an article")
    return _too_much(seen, options.most)


def _too_much(seen: list[list[float]], most: float | None) -> int:
    bad = 0
    for number in range(min(map(len, seen))):
        column = [row[number] for row in seen]
        middle, last = (max(column[len(column) * a // 20 : len(column) * b // 20]) for a, b in ((9, 12), (17, 20)))
        who = "the one who writes" if number == 0 else f"reader {number}"
        print(f"{who}: at most {max(column):,.0f} MB, at the end {last / middle:.2f} of what it was in the middle")
        bad += last > 1.1 * middle or (most is not None and max(column) > most)
    return int(bad > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--least-local", type=float)
    parser.add_argument("--least-ray", type=float)
    parser.add_argument("--no-ray", action="store_true")
    parser.add_argument("--memory", type=int, help="so many short articles for the peak of memory")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--most", type=float, help="MB that a process may have")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return memory(options, Path(folder)) if options.memory else speed(options, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
