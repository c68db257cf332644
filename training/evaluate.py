"""Measures a pipeline: labelled attachment from raw text on the treebanks' dev files, and words a second on one core.

    python training/evaluate.py --treebanks ../shared/bench/parse [--texts ../shared/bench/wire/wire.jsonl.gz]
        [--pipeline NAME=FOLDER …] [--rounds 5]

The text of each paragraph goes in; words, sentences and trees are predicted. Words are paired by their characters (CoNLL
2018 shared task, Zeman et al. 2018): `LAS` is the F1 of words whose head and universal relation are right, `full` the
same with subtypes, `sents` the F1 of sentences. Speed alternates between the pipelines and is the best round of each, so
that what else the machine does hits all alike; it is the tagger and parser's alone, text to trees.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from treebank import Paragraph, read_paragraphs  # noqa: E402

from readout.language.tokenizer import build_tokenizer  # noqa: E402
from readout.language.weights import restore_vectors  # noqa: E402

SHIPPED = HERE.parent / "readout" / "language" / "model"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Words of one paragraph by their characters, white space aside: tag, head, relation; and the sentences."""

    words: dict[Span, tuple[str, Span, str]]
    sentences: frozenset[Span]


def gold_analysis(paragraph: Paragraph) -> Analysis:
    """A gold paragraph as an `Analysis`."""
    spans, at = [], 0
    for word in paragraph.words:
        length = len("".join(word.form.split()))
        spans.append((at, at + length))
        at += length
    words = {
        span: (word.xpos, (-1, -1) if word.head == n else spans[word.head], word.deprel)
        for n, (span, word) in enumerate(zip(spans, paragraph.words, strict=True))
    }
    starts = [n for n, word in enumerate(paragraph.words) if word.starts_sentence]
    ends = [*starts[1:], len(spans)]
    return Analysis(words, frozenset((spans[a][0], spans[b - 1][1]) for a, b in zip(starts, ends, strict=True)))


def predicted_analysis(doc: spacy.tokens.Doc) -> Analysis:
    """A parsed paragraph as an `Analysis`."""
    spans: dict[int, Span] = {}
    at = 0
    for token in doc:
        length = len("".join(token.text.split()))
        if length:
            spans[token.i] = (at, at + length)
            at += length
    words = {
        span: (
            doc[i].tag_.split("|")[0],
            (-1, -1) if doc[i].head.i == i else spans.get(doc[i].head.i, (-1, -1)),
            "root" if doc[i].dep_ == "ROOT" else doc[i].dep_,
        )
        for i, span in spans.items()
    }
    sentences = []
    for sent in doc.sents:
        inside = [spans[token.i] for token in sent if token.i in spans]
        if inside:
            sentences.append((inside[0][0], inside[-1][1]))
    return Analysis(words, frozenset(sentences))


def f1(correct: int, gold: int, predicted: int) -> float:
    """F1 in percent."""
    return round(200 * correct / (gold + predicted), 2) if gold + predicted else 0.0


def accuracy(nlp: Language, path: Path) -> dict[str, float]:
    """Tags, attachment and sentences on one treebank file, from raw text."""
    paragraphs = list(read_paragraphs(path))
    count = dict.fromkeys(("gold", "predicted", "tag", "uas", "las", "full", "gold_s", "predicted_s", "sents"), 0)
    for paragraph, doc in zip(paragraphs, nlp.pipe(p.text for p in paragraphs), strict=True):
        gold, found = gold_analysis(paragraph), predicted_analysis(doc)
        count["gold"] += len(gold.words)
        count["predicted"] += len(found.words)
        for span, (tag, head, relation) in gold.words.items():
            if span not in found.words:
                continue
            other_tag, other_head, other_relation = found.words[span]
            count["tag"] += tag == other_tag
            count["uas"] += head == other_head
            count["las"] += head == other_head and relation.split(":")[0] == other_relation.split(":")[0]
            count["full"] += head == other_head and relation == other_relation
        count["gold_s"] += len(gold.sentences)
        count["predicted_s"] += len(found.sentences)
        count["sents"] += len(gold.sentences & found.sentences)
    scores = {name: f1(count[name], count["gold"], count["predicted"]) for name in ("tag", "uas", "las", "full")}
    return {**scores, "sents": f1(count["sents"], count["gold_s"], count["predicted_s"])}


def load(folder: Path) -> Language:
    """A checkpoint or the shipped pipeline, with our tokenizer."""
    nlp = spacy.load(folder)
    restore_vectors(nlp, folder)
    nlp.tokenizer = build_tokenizer(nlp)
    return nlp


def megabytes(folder: Path) -> float:
    """Size on disk in MB (10^6 bytes)."""
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6, 1)


def speeds(pipelines: dict[str, Language], lines: list[str], rounds: int) -> dict[str, float]:
    """Words a second of each pipeline: its best of `rounds`, taken in turn."""
    best = dict.fromkeys(pipelines, 0.0)
    for _ in range(rounds):
        for name, nlp in pipelines.items():
            start = time.perf_counter()
            words = sum(len(doc) for doc in nlp.pipe(lines, batch_size=64))
            best[name] = max(best[name], words / (time.perf_counter() - start))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--texts", type=Path, help="JSONL of articles to time on")
    parser.add_argument("--pipeline", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--bare", type=Path, help="a checkpoint of size `bare`, to compare speed with")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folders = {name: Path(folder) for name, _, folder in (item.partition("=") for item in options.pipeline)} or {
        "shipped": SHIPPED
    }
    pipelines = {name: load(folder) for name, folder in folders.items()}
    for name, nlp in pipelines.items():
        for treebank in ("ewt_dev", "gum_dev"):
            print(name, treebank, accuracy(nlp, options.treebanks / f"{treebank}.conllu.gz"), flush=True)
        print(name, megabytes(folders[name]), "MB", flush=True)
    if options.texts:
        with (
            gzip.open(options.texts, "rt", encoding="utf-8")
            if options.texts.suffix == ".gz"
            else options.texts.open(encoding="utf-8")
        ) as source:
            lines = [line for row in source for line in json.loads(row)["text"].split("\n") if line.strip()][:1500]
        if options.bare:
            pipelines["bare"] = load(options.bare)
        found = speeds(pipelines, lines, options.rounds)
        for name, speed in found.items():
            against = f", {speed / found['bare']:.2f} of bare" if "bare" in found else ""
            print(f"{name} {speed:.0f} words/s{against}", flush=True)


if __name__ == "__main__":
    main()
