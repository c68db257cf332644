"""How fast the pipeline and the reading of this checkout are beside another one's, in one run.

    git worktree add ../before COMMIT
    python benchmarks/releases.py ../before [--articles 120] [--rounds 5] [--bench ../shared]

A process of each checkout holds its pipeline; they take turns at the same texts, ten articles at a time, and say what each turn took of the
processor's time: the *parse* (spaCy's `nlp.pipe` over the paragraphs where the checkout has no parse of its own) and the whole *reading*.
What is printed is the median of the rounds; the texts are cleaned by this checkout for both parses.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import speed

from readout.clean import clean

ROOT = Path(__file__).resolve().parent.parent
#: What a process of either checkout runs: a line is what to do with which articles, the answer is the seconds that it took.
_PROGRAM = """
import json, sys, time
from readout.language import pipeline
from readout.reading import read_many
from readout.sources.article import Article
parser = pipeline.load_parser()
def bare(texts):
    if hasattr(parser, "bare"):
        return list(parser.bare(texts))
    lines = (text[start:end] for text in texts for start, end in pipeline.paragraphs_of(text))
    return [[token.lemma_ for token in doc] for doc in parser._nlp.pipe(lines, batch_size=64)]
for line in sys.stdin:
    what, given = json.loads(line)
    begun = time.process_time()
    if what == "parse":
        bare(given)
    else:
        for _ in read_many([Article(**article) for article in given]):
            pass
    print(time.process_time() - begun, flush=True)
"""


class Checkout:
    """A process that parses and reads as a checkout does."""

    def __init__(self, process: subprocess.Popen[str]):
        self._process = process

    def seconds(self, what: str, given: object) -> float:
        """The processor time that it takes for some texts ("parse") or articles ("read")."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, given]) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


@contextmanager
def opened(folder: Path) -> Iterator[Checkout]:
    """The process of a checkout, while it is wanted."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment, cwd=folder,
    ) as process:  # fmt: skip
        yield Checkout(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, help="a checkout of another commit")
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared")
    given = parser.parse_args()
    articles = speed.articles_of(given.bench, given.articles)
    words = sum(len(article.text.split()) for article in articles)
    parts = [articles[n : n + 10] for n in range(0, len(articles), 10)]
    work = {
        "parse": [[clean(article).text for article in part] for part in parts],
        "read": [[{"text": a.text, "id": a.id, "published": a.published} for a in part] for part in parts],
    }
    took: dict[tuple[str, str], list[float]] = {}
    with opened(given.before.resolve()) as before, opened(ROOT) as now:
        for n in range(given.rounds + 1):  # in the first, all words are new
            for what, batches in work.items():
                spent = {"before": 0.0, "now": 0.0}
                for batch in batches:
                    for name, checkout in (("before", before), ("now", now)):
                        spent[name] += checkout.seconds(what, batch)
                for name, seconds in spent.items():
                    took.setdefault((what, name), []).extend([seconds] if n else [])
    each = {key: statistics.median(rounds) for key, rounds in took.items()}
    base = each["parse", "before"]
    print(f"{len(articles)} articles, {words:,} words, {given.rounds} rounds")
    for (what, name), seconds in each.items():
        print(f"{what:<6} {name:<7} {words / seconds:>10,.0f} words/s  {seconds / base:.3f} of the parse before")


if __name__ == "__main__":
    main()
