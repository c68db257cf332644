"""How long reading takes: each step as a share of the bare parse, all measured in one run.

    python benchmarks/speed.py [--articles 60] [--rounds 5] [--bench ../shared] [--most 1.6]

The bare parse is the language pipeline that Readout itself runs, and nothing made of what it says: tokenizer, word vectors, tagger,
parser, and the lemma of each word, over the cleaned texts, their paragraphs in the batches that reading has. Everything else is what
reading adds: cleaning, making the document (with the second reading of doubtful sentences), each reader by its name, building the
report. Times are no figures by themselves, as machines differ and so do their hours; a ratio of two times of one run is. It is the
process's own time that counts, so that others on the machine take none of it.

A round takes some articles at a time and measures on them, one after another, the bare parse, reading step by step, and the whole
reading (`read_many`) without a clock between its steps. A row of the table is the median of its rounds, and next to it the share of
"parse and document", which is what a program pays that reads nothing and wants the trees. All rounds read the same articles, and one
reading before them is not counted: words and names that were met before cost less, in the bare parse as in the readers, as they do
in a long run. The whole reading is a little more or less than the sum of its parts, as it was measured for itself. Writing a report
as JSON is shown, and is no part of reading it.

The articles stand evenly spread in `../shared/bench/wire`; without it those of `examples/` are read, some of them again and again.
It runs on one core: `OMP_NUM_THREADS=1` is set unless it is set already. `--most` makes the run fail where the whole takes longer.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from readout.clean import clean
from readout.language.pipeline import Context, Parser, load_parser
from readout.readers import READERS, Findings
from readout.reading import assemble, context_of, read_many
from readout.sources.article import Article

HERE = Path(__file__).resolve().parent
WIRE = Path("bench/wire/wire.jsonl.gz")
BARE, PARSED, WHOLE = "bare parse", "parse and document", "whole reading"
#: The steps of reading in order; what stands behind the whole is no part of it.
STEPS = ("cleaning", PARSED, *(name for name, _ in READERS), "report", WHOLE, "JSON")
_AT_ONCE = 10  # articles whose steps are measured one after another, so that a slow minute slows all of them


class Clock:
    """Adds up the seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Counts the time inside for a step."""
        start = time.process_time()
        yield
        self.seconds[step] += time.process_time() - start


def articles_of(shared: Path, count: int) -> list[Article]:
    """The articles to read: of the wire where it is there, else the examples."""
    if (shared / WIRE).is_file():
        with gzip.open(shared / WIRE, "rt", encoding="utf-8") as source:
            rows = [json.loads(line) for line in source]
        rows = rows[:: max(1, len(rows) // count)][:count]
        return [Article(text=row["text"], id=row["id"], published=row["published"]) for row in rows]
    files = sorted((HERE.parent / "examples").glob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    return [Article(text=texts[n % len(texts)], published="2025-03-10") for n in range(count)]


def bare_parse(parser: Parser, texts: list[str]) -> int:
    """Runs the pipeline over the texts and makes nothing of it; how many words there are."""
    return sum(len(lemmas) for lemmas in parser.bare(texts))


def read_by_steps(parser: Parser, articles: list[Article], clock: Clock) -> None:
    """Reads articles as `read_many` does, with the clock on each step."""
    with clock.on("cleaning"):
        cleaned = [clean(article) for article in articles]
    texts: list[tuple[str, Context]] = [
        (each.text, context_of(article, each)) for article, each in zip(articles, cleaned, strict=True)
    ]
    documents = parser.parse_many(texts)
    for article, each in zip(articles, cleaned, strict=True):
        with clock.on(PARSED):
            document = next(documents)
        found = Findings()
        for name, reader in READERS:
            with clock.on(name):
                found = reader(document, found)
        with clock.on("report"):
            report = assemble(article, each, document, found, parser.version)
        with clock.on("JSON"):
            json.dumps(report.to_json(), ensure_ascii=False)


def measure(articles: list[Article], rounds: int) -> list[dict[str, float]]:
    """The seconds of every step, round by round; the first reading of all, which loads what is known, is not counted."""
    parser = load_parser()
    read_by_steps(parser, articles, Clock())
    measured = []
    for _ in range(rounds):
        clock = Clock()
        for first in range(0, len(articles), _AT_ONCE):
            some = articles[first : first + _AT_ONCE]
            texts = [clean(article).text for article in some]
            gc.collect()
            with clock.on(BARE):
                bare_parse(parser, texts)
            gc.collect()
            read_by_steps(parser, some, clock)
            gc.collect()
            with clock.on(WHOLE):
                for _ in read_many(some):
                    pass
        measured.append(dict(clock.seconds))
    return measured


def table(measured: list[dict[str, float]]) -> dict[str, float]:
    """Every step as a share of the bare parse: the median of the rounds."""
    return {step: statistics.median(row[step] / row[BARE] for row in measured) for step in STEPS}


def main(arguments: list[str] | None = None) -> dict[str, float]:
    """Measures, prints the table, and returns it.

    Raises:
        SystemExit: the whole reading takes longer than `--most`.
    """
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--articles", type=int, default=60)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--bench", type=Path, default=HERE.parent.parent / "shared", help="the folder that holds bench/"
    )
    options.add_argument(
        "--most", type=float, help="fail where the whole reading takes longer, as a share of the bare parse"
    )
    given = options.parse_args(arguments)
    articles = articles_of(given.bench, given.articles)
    measured = measure(articles, given.rounds)
    shares = table(measured)
    words = sum(len(article.text.split()) for article in articles)
    seconds = statistics.median(row[BARE] for row in measured)
    print(f"{len(articles)} articles, {words} words, {given.rounds} rounds; bare parse: {words / seconds:.0f} words/s")
    print(f"{'':<20} of {BARE}  of {PARSED}")
    for step, share in {BARE: 1.0, **shares}.items():
        print(f"{step:<20} {share:13.3f}  {share / shares[PARSED]:21.3f}")
    if given.most is not None and shares[WHOLE] > given.most:
        raise SystemExit(
            f"the whole reading takes {shares[WHOLE]:.3f} times as long as the bare parse, not {given.most}"
        )
    return shares


if __name__ == "__main__":
    main()
