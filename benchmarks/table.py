"""What reading costs, in one table of one run: ratios, as machines differ and so do their hours.

    python benchmarks/table.py [--articles 60] [--rounds 3] [--only READING …] [--bench ../shared] [--write] [--worse 0.15]

Reading, for each kind of text (wire copy, US news, the examples): spaCy's bare tokenizer alone, the bare parse, and the whole reading, on
the same articles one after another, ten at a time, in processor time. Length: one article made of 1, 10 and 100 of wire copy, by the
word, beside what n log n would cost. Adding: what writing takes beside reading, on SQLite and PostgreSQL (`adding.py`). Start: the
processor time of `readout --help`, of a short `readout read` and of loading spaCy with the pipeline, beside `python -c pass` and
`import spacy`. Memory: the most that a process holds which reads all the articles. Workers are in `scale.py`, the readers one by one in
`speed.py`.

`--write` puts the figures into `history.json` under the version and the commit. Without it they are compared with what was written last:
what is worse by more than `--worse` is named, and the exit status is 1. Parts that lack their data or server are named as skipped.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "record"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import adding
import spacy
import speed
from server import postgresql, programs

from readout.clean import clean
from readout.language.pipeline import load_parser
from readout.reading import read_many
from readout.sources.article import Article
from readout.version import __version__

HERE = Path(__file__).resolve().parent
HISTORY = HERE / "history.json"
NEWS = Path("bench/news/polnear_train.jsonl.gz")
_AT_ONCE = 10
_LENGTHS = (1, 10, 100)
_SHORT = "The army shelled Keshan on Monday, killing four people, the health ministry said."


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the table: a ratio, or megabytes; less is better."""

    name: str
    value: float
    unit: str = ""


def _spent(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def news(shared: Path, count: int) -> list[Article]:
    """Articles of US news, evenly spread; none where the set is not there."""
    if not (shared / NEWS).is_file():
        return []
    with gzip.open(shared / NEWS, "rt", encoding="utf-8") as source:
        rows = [json.loads(line) for line in source]
    return [Article(text=row["text"], id=row["id"]) for row in rows[:: max(1, len(rows) // count)][:count]]


def reading(shared: Path, count: int, rounds: int) -> Iterator[Figure]:
    """The three costs of each kind of text."""
    nowhere = Path("/nowhere")
    kinds = {"wire": speed.articles_of(shared, count), "news": news(shared, count)}
    kinds["examples"] = speed.articles_of(nowhere, min(count, 20))
    if not (shared / speed.WIRE).is_file():
        print("skipped: no wire copy at hand")
        del kinds["wire"]
    for kind, articles in kinds.items():
        if not articles:
            print(f"skipped: no {kind} at hand")
            continue
        shares = [_round(articles) for _ in range(rounds + 1)][1:]  # the first meets all words anew
        tokenizer, bare, whole = (statistics.median(part) for part in zip(*shares, strict=True))
        words = sum(len(article.text.split()) for article in articles)
        print(
            f"{kind}: {len(articles)} articles, {words:,} words; words/s {words / tokenizer:,.0f} tokenizer,", end=" "
        )
        print(f"{words / bare:,.0f} bare parse, {words / whole:,.0f} whole reading")
        yield Figure(f"{kind}: whole reading, of the bare parse", whole / bare)
        yield Figure(f"{kind}: bare parse, of the tokenizer", bare / tokenizer)
        yield Figure(f"{kind}: whole reading, of the tokenizer", whole / tokenizer)


def _round(articles: list[Article]) -> tuple[float, float, float]:
    """Seconds of the tokenizer alone, the bare parse and the whole reading."""
    tokenizer, parser = spacy.blank("en").tokenizer, load_parser()
    spent = [0.0, 0.0, 0.0]
    for first in range(0, len(articles), _AT_ONCE):
        some = articles[first : first + _AT_ONCE]
        texts = [clean(article).text for article in some]
        spent[0] += _spent(lambda texts=texts: [tokenizer(text) for text in texts])
        spent[1] += _spent(lambda texts=texts: speed.bare_parse(parser, texts))
        spent[2] += _spent(lambda some=some: list(read_many(some)))
    return spent[0], spent[1], spent[2]


def lengths(shared: Path, rounds: int) -> Iterator[Figure]:
    """What a word costs in an article that is as long as 10 and 100, beside n log n."""
    pool = speed.articles_of(shared, _LENGTHS[-1])
    texts = {n: "\n\n".join(article.text for article in pool[:n]) for n in _LENGTHS}
    words = {n: len(text.split()) for n, text in texts.items()}
    # As many words are read of each length, in as many articles as that takes.
    sets = {1: [Article(text=article.text, published="2025-03-10") for article in pool]}
    sets[10] = [
        Article(text="\n\n".join(a.text for a in pool[n : n + 10]), published="2025-03-10") for n in range(0, 100, 10)
    ]
    sets[100] = [Article(text=texts[100], published="2025-03-10")]
    rows = [
        {n: _spent(lambda some=some: list(read_many(some))) for n, some in sets.items()} for _ in range(rounds + 1)
    ][1:]
    each = {n: statistics.median(row[n] for row in rows) for n in _LENGTHS}
    for n in _LENGTHS[1:]:
        limit = math.log(words[n]) / math.log(words[100] / 100)
        print(f"{n} times as long: {each[n] / each[1]:.2f} of the time for the same words (n log n: {limit:.2f})")
        yield Figure(f"length: a word in an article {n} times as long", each[n] / each[1])


def adding_to_a_record(shared: Path, count: int, rounds: int) -> Iterator[Figure]:
    """What writing takes beside reading."""
    batches = list(adding.batches_of(adding.articles_of(shared, count), 32))
    with tempfile.TemporaryDirectory() as folder:
        own, _ = adding.shares("", batches, rounds, Path(folder))
        yield Figure("adding: writing to SQLite, of reading", own)
        if not programs():
            print("skipped: PostgreSQL is not installed")
            return
        import psycopg

        with postgresql() as url:
            with psycopg.connect(url % "postgres", autocommit=True) as connection:
                for n in range(rounds):
                    connection.execute(f"CREATE DATABASE adding{n}")
            own, _ = adding.shares(url.replace("%s", "adding%s"), batches, rounds, Path(folder))
        yield Figure("adding: writing to PostgreSQL, of reading", own)


def _child(command: list[str]) -> tuple[float, float]:
    """Processor seconds of a process, and the most memory of any so far in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HERE.parent)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def starts(rounds: int) -> Iterator[Figure]:
    """Processor time from nothing, beside that of a bare Python and of spaCy with the pipeline alone."""
    python = sys.executable
    loading = "from readout.language.pipeline import load_parser; load_parser()"
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as short:
        short.write(_SHORT)
        short.flush()
        commands = {
            "pass": [python, "-c", "pass"],
            "import spacy": [python, "-c", "import spacy"],
            "spaCy and the pipeline": [python, "-c", loading],
            "--help": [python, "-m", "readout.cli", "--help"],
            "read": [python, "-m", "readout.cli", "read", short.name, "--published", "2025-03-10"],
        }
        for command in commands.values():
            _child(command)
        rows = [{name: _child(command)[0] for name, command in commands.items()} for _ in range(rounds)]
    each = {name: statistics.median(row[name] for row in rows) for name in commands}
    print("; ".join(f"{name} {seconds:.2f} s" for name, seconds in each.items()))
    yield Figure("start: --help, of `python -c pass`", each["--help"] / each["pass"])
    yield Figure("start: a short read, of `import spacy`", each["read"] / each["import spacy"])
    yield Figure(
        "start: a short read, of loading spaCy and the pipeline", each["read"] / each["spaCy and the pipeline"]
    )


def memory(shared: Path, count: int) -> Iterator[Figure]:
    """The most that a process holds which reads the articles one after another, and keeps none."""
    program = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); import speed; from pathlib import Path; from readout.reading import read_many\n"
        f"for _ in read_many(speed.articles_of(Path({str(shared)!r}), {count})): pass\n"
        "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=HERE.parent)
    yield Figure("memory: reading, the most", float(done.stdout), "MB")


PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Figure]]] = {
    "reading": lambda given: reading(given.bench, given.articles, given.rounds),
    "length": lambda given: lengths(given.bench, given.rounds),
    "adding": lambda given: adding_to_a_record(given.bench, given.articles, given.rounds),
    "start": lambda given: starts(given.rounds),
    "memory": lambda given: memory(given.bench, given.articles),
}


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def worse(found: dict[str, float], before: dict[str, float], most: float) -> list[str]:
    """The figures that got worse by more than a share, in words."""
    both = [name for name in found if before.get(name)]
    return [
        f"{name}: {found[name]:.3f}, was {before[name]:.3f}" for name in both if found[name] > before[name] * (1 + most)
    ]


def main(arguments: list[str] | None = None) -> dict[str, float]:
    """Measures, prints the table, and returns it.

    Raises:
        SystemExit: a figure is worse than the last that was written.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--write", action="store_true", help="keep the figures in history.json")
    parser.add_argument(
        "--worse", type=float, default=0.15, help="the share by which a figure may be worse than the last"
    )
    parser.add_argument("--history", type=Path, default=HISTORY)
    given = parser.parse_args(arguments)
    history: list[dict[str, Any]] = (
        json.loads(given.history.read_text(encoding="utf-8")) if given.history.exists() else []
    )
    figures = [figure for name in given.only for figure in PARTS[name](given)]
    before = history[-1]["figures"] if history else {}
    for figure in figures:
        was = f"{before[figure.name]:.3f}" if figure.name in before else "–"
        print(f"{figure.name:<58} {figure.value:>10.3f} {figure.unit:<3} before: {was}")
    found = {figure.name: round(figure.value, 4) for figure in figures}
    if given.write:
        history.append({"version": __version__, "commit": _commit(), "figures": {**before, **found}})
        given.history.write_text(json.dumps(history, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    elif bad := worse(found, before, given.worse):
        raise SystemExit("worse than before: " + "; ".join(bad))
    return found


if __name__ == "__main__":
    main()
