"""How long reading takes: each step as a share of the bare parse, all measured in one run.

    python benchmarks/speed.py [--articles 60] [--rounds 5] [--bench ../shared] [--most 2.4] [--functions 0]

The bare parse is the language pipeline as Readout runs it, and nothing made of what it says: tokenizer, word vectors, tagger, parser, and
the lemma of each word, over the cleaned texts, their paragraphs in the batches that reading has. Everything else is what reading adds:
cleaning, making the document (with the second reading of doubtful sentences), each reader by its name, building the report. Times are no
figures by themselves, as machines differ and so do their hours; a ratio of two times of one run is. It is the process's own time that
counts, so that others on the machine take none of it.

Two yardsticks stand beside it that no change of Readout's moves: "spaCy's parse" is the same pipeline run by spaCy (`nlp.pipe`, with
NumPy's routines for its matrices, which are the faster ones), and the same lemmas; "spaCy's tokenizer" is that of a blank English
pipeline over the same texts, the least that any program on spaCy pays.

A round takes some articles at a time and measures on them, one after another, the parses, reading step by step, and the whole reading
(`read_many`) without a clock between its steps. A row of the table is the median of its rounds, as a share of the bare parse, of spaCy's
parse and of the whole reading. All rounds read the same articles, and one reading before them is not counted: words and names that were
met before cost less, in the bare parse as in the readers, as they do in a long run. The whole reading is a little more or less than the
sum of its parts, as it was measured for itself. Writing a report as JSON is shown, and is no part of reading it.

`--functions 30` names, after the table, the functions of Readout in which the readers spend most, without what they call, as shares of
their time. A profile takes its own time of short functions: it tells where to look, and the table what it brought.

The articles stand evenly spread in `../shared/bench/wire`; without it those of `examples/` are read, some of them again and again.
It runs on one core: `OMP_NUM_THREADS=1` is set unless it is set already. `--most` makes the run fail where the whole takes longer.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import gzip
import json
import os
import pstats
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from readout.clean import clean
from readout.language.kernels import Kernels
from readout.language.lemmas import Lemmatizer
from readout.language.pipeline import MODEL_FOLDER, Context, Parser, load_parser, paragraphs_of, pieces_of
from readout.language.spacy_alone import import_spacy
from readout.language.weights import restore_vectors
from readout.readers import READERS, Findings
from readout.reading import assemble, context_of, read_documents, read_many
from readout.sources.article import Article

HERE = Path(__file__).resolve().parent
WIRE = Path("bench/wire/wire.jsonl.gz")
BARE, PARSED, WHOLE = "bare parse", "parse and document", "whole reading"
SPACY, TOKENS = "spaCy's parse", "spaCy's tokenizer"
#: The rows of the table: yardsticks, the steps of reading in order; what stands behind the whole is no part of it.
STEPS = (TOKENS, SPACY, BARE, "cleaning", PARSED, *(name for name, _ in READERS), "report", WHOLE, "JSON")
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


class Yardsticks:
    """What spaCy does by itself with the same texts."""

    def __init__(self) -> None:
        spacy = import_spacy()
        self._blank = spacy.blank("en")
        self._nlp = spacy.load(MODEL_FOLDER)
        restore_vectors(self._nlp, MODEL_FOLDER)
        self._kernels = Kernels()
        self._kernels.take_over(self._nlp)
        self._lemmatizer = Lemmatizer(MODEL_FOLDER)

    def tokenize(self, texts: list[str]) -> int:
        """Words of the texts, by the tokenizer of a blank pipeline; how many there are."""
        return sum(len(self._blank.tokenizer(text)) for text in texts)

    def parse(self, texts: list[str]) -> int:
        """Runs the pipeline over the paragraphs, as spaCy does, and gives each word its lemma; how many words there are."""
        lines = [
            text[start:end] for text in texts for span in paragraphs_of(text) for start, end in pieces_of(text, span)
        ]
        words = 0
        with self._kernels.on_one_core():
            for doc in self._nlp.pipe(lines):
                tagged = ((word.text, word.tag_.partition("|")) for word in doc)
                words += len([self._lemmatizer.lemma(text, xpos, upos) for text, (xpos, _, upos) in tagged])
        return words


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
    parser, yardsticks = load_parser(), Yardsticks()
    read_by_steps(parser, articles, Clock())
    yardsticks.parse([clean(article).text for article in articles])
    yardsticks.tokenize([clean(article).text for article in articles])
    measured = []
    for _ in range(rounds):
        clock = Clock()
        for first in range(0, len(articles), _AT_ONCE):
            some = articles[first : first + _AT_ONCE]
            texts = [clean(article).text for article in some]
            gc.collect()
            with clock.on(TOKENS):
                yardsticks.tokenize(texts)
            with clock.on(SPACY):
                yardsticks.parse(texts)
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


def table(measured: list[dict[str, float]], of: str = BARE) -> dict[str, float]:
    """Every step as a share of another: the median of the rounds."""
    return {step: statistics.median(row[step] / row[of] for row in measured) for step in STEPS}


def print_functions(articles: list[Article], most: int) -> None:
    """The functions in which the readers spend most, as shares of the readers' time."""
    cleaned = [clean(article) for article in articles]
    texts = [(each.text, context_of(article, each)) for article, each in zip(articles, cleaned, strict=True)]
    documents = list(load_parser().parse_many(texts))
    profile = cProfile.Profile()
    profile.runcall(read_documents, documents)
    found = pstats.Stats(profile)
    rows = [
        (own, calls, Path(file), name)
        for (file, _, name), (_, calls, own, _, _) in found.stats.items()  # type: ignore[attr-defined]
        if "readout" in Path(file).parts
    ]
    print(f"\n{'share':>6}  {'calls':>9}  function")
    for own, calls, file, name in sorted(rows, reverse=True, key=lambda row: row[0])[:most]:
        place = "/".join(file.parts[file.parts.index("readout") + 1 :])
        print(f"{own / found.total_tt:6.1%}  {calls:9}  {name} ({place})")  # type: ignore[attr-defined]


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
    options.add_argument(
        "--functions", type=int, default=0, help="how many functions of the readers to name, by their time"
    )
    given = options.parse_args(arguments)
    articles = articles_of(given.bench, given.articles)
    measured = measure(articles, given.rounds)
    shares, of_spacy, of_whole = table(measured), table(measured, SPACY), table(measured, WHOLE)
    words = sum(len(article.text.split()) for article in articles)
    seconds = statistics.median(row[BARE] for row in measured)
    print(f"{len(articles)} articles, {words} words, {given.rounds} rounds; bare parse: {words / seconds:.0f} words/s")
    print(f"{'':<20} of {BARE}  of {SPACY}  of {WHOLE}")
    for step, share in shares.items():
        print(f"{step:<20} {share:13.3f}  {of_spacy[step]:16.3f}  {of_whole[step]:16.1%}")
    print(
        f"{WHOLE}: {of_whole[SPACY]:.2f} of the speed of {SPACY}, {of_whole[BARE]:.2f} of the {BARE}, "
        f"1/{1 / of_whole[TOKENS]:.0f} of {TOKENS}"
    )
    if given.functions:
        print_functions(articles, given.functions)
    if given.most is not None and shares[WHOLE] > given.most:
        raise SystemExit(
            f"the whole reading takes {shares[WHOLE]:.3f} times as long as the bare parse, not {given.most}"
        )
    return shares


if __name__ == "__main__":
    main()
