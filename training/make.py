"""Makes the language pipeline from treebanks, in one command:

    python training/make.py --treebanks ../shared/bench/parse --output build/main [--size main]

It builds the word vectors, writes the training paragraphs (with headline variants), trains one spaCy pipeline
(tagger and parser on a shared tok2vec), keeps the checkpoints of
its two stages in `--output` (the last: `settled/model-best`), and prints the scores. Same seed, same weights.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.attrs import LOWER
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin
from spacy.util import load_config
from spacy.vectors import Vectors

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from treebank import NON_COMMERCIAL, Paragraph, read_paragraphs  # noqa: E402
from vectors import minilm_folder, whole_words, word_vectors  # noqa: E402

from readout.language.tokenizer import build_tokenizer  # noqa: E402

SEED = 20241007
#: width, depth, width of the static vectors (0: none), hidden width of the parser, extra state tokens
SIZES: dict[str, tuple[int, int, int, int, bool]] = {
    "bare": (96, 4, 0, 64, False),  # the yardstick of speed
    "small": (64, 3, 64, 64, False),
    "main": (96, 4, 96, 64, False),
    "wide": (128, 4, 160, 96, False),
    "extra": (96, 4, 160, 128, True),
    "deep": (128, 6, 160, 64, False),
    "states": (96, 4, 160, 64, True),
    "parser96": (96, 4, 96, 96, False),
}


def to_doc(vocab: spacy.Vocab, paragraph: Paragraph, case: str = "") -> Doc:
    """A gold spaCy document; tags are XPOS and UPOS joined, so that one classifier learns both."""
    change = {"": str, "upper": str.upper, "lower": str.lower, "title": str.title}[case]
    words = paragraph.words
    return Doc(
        vocab,
        words=[changed if len(changed := change(word.form)) == len(word.form) else word.form for word in words],
        spaces=[word.space for word in words],
        tags=[f"{word.xpos}|{word.upos}" for word in words],
        heads=[word.head for word in words],
        deps=[word.deprel if word.deprel != "root" else "ROOT" for word in words],
        sent_starts=[word.starts_sentence for word in words],
    )


def write_corpus(vocab: spacy.Vocab, sources: list[Path], target: Path, *, training: bool) -> int:
    """Writes the paragraphs of `sources` to a DocBin; for training with headline variants. Returns how many words."""
    chance = random.Random(SEED)
    docs = DocBin(attrs=["TAG", "HEAD", "DEP", "SENT_START", "SPACY"], store_user_data=False)
    count = 0
    for source in sources:
        for paragraph in read_paragraphs(source, exclude=NON_COMMERCIAL if training else frozenset()):
            docs.add(to_doc(vocab, paragraph))
            count += len(paragraph.words)
            if training and chance.random() < 0.09:
                docs.add(to_doc(vocab, paragraph, chance.choice(["upper", "lower", "title"])))
    docs.to_disk(target)
    return count


def write_vectors(treebanks: list[Path], width: int, target: Path) -> None:
    """Writes a blank English pipeline that holds the tokenizer and the word vectors."""
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp)
    if width:
        seen = {
            word.form.lower()
            for path in treebanks
            for p in read_paragraphs(path, exclude=NON_COMMERCIAL)
            for word in p.words
        }
        words = sorted(set(whole_words(minilm_folder())) | {word for word in seen if any(map(str.isalpha, word))})
        data = word_vectors(words, width=width)
        nlp.vocab.vectors = Vectors(data=data, keys=[nlp.vocab.strings.add(word) for word in words], attr=LOWER)
        print(f"{len(words)} word vectors of width {width}", flush=True)
    nlp.to_disk(target)


def config_overrides(size: str, build: Path, steps: int) -> dict[str, object]:
    """What the size changes in `config.cfg`."""
    width, depth, vectors, hidden, extra = SIZES[size]
    return {
        "paths.train": str(build / "train.spacy"),
        "paths.dev": str(build / "dev.spacy"),
        "paths.vectors": str(build / "vectors"),
        "components.tok2vec.model.embed.width": width,
        "components.tok2vec.model.encode.width": width,
        "components.tok2vec.model.encode.depth": depth,
        "components.tok2vec.model.embed.include_static_vectors": bool(vectors),
        "components.tagger.model.tok2vec.width": width,
        "components.parser.model.tok2vec.width": width,
        "components.parser.model.hidden_width": hidden,
        "components.parser.model.extra_state_tokens": extra,
        "training.max_steps": steps,
        "system.seed": SEED,
    }


@dataclass(frozen=True, slots=True)
class Settling:
    """A stage after the first: steps at a rate that falls to nothing, with its dropout."""

    name: str
    steps: int
    rate: float
    dropout: float


#: With a constant rate the scores flatten while the weights still jump about; letting the rate fall settles them.
SETTLING = (Settling("settled", 1500, 0.0005, 0.2),)


def settle(stage: Settling, size: str, build: Path, start: Path) -> None:
    """Trains on from the pipeline in `start`; checkpoints go to the stage's folder."""
    target = build / stage.name
    target.mkdir(exist_ok=True)
    config = load_config(HERE / "config.cfg", overrides=config_overrides(size, build, stage.steps))
    for name in ("tok2vec", "tagger", "parser"):
        config["components"][name] = {"source": str(start)}
    config["training"]["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1", "warmup_steps": 50, "total_steps": stage.steps, "initial_rate": stage.rate,
    }  # fmt: skip
    config["training"]["dropout"] = stage.dropout
    config["training"]["batcher"]["size"] = 2000
    config.to_disk(target / "config.cfg")
    train(target / "config.cfg", target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--treebanks", type=Path, required=True, help="the folder with ewt_*.conllu.gz and gum_*.conllu.gz"
    )
    parser.add_argument("--output", type=Path, required=True, help="where corpora, vectors and checkpoints go")
    parser.add_argument("--size", choices=SIZES, default="main")
    parser.add_argument("--steps", type=int, default=6000, help="steps of the first stage, at a constant rate")
    parser.add_argument(
        "--from-stage", type=int, default=0, help="0: the first; else go on from the checkpoint before it"
    )
    parser.add_argument("--to-stage", type=int, default=len(SETTLING), help="the last stage to run")
    options = parser.parse_args()
    build: Path = options.output
    build.mkdir(parents=True, exist_ok=True)
    train_files = [options.treebanks / f"{name}_train.conllu.gz" for name in ("ewt", "gum")]
    dev_files = [options.treebanks / f"{name}_dev.conllu.gz" for name in ("ewt", "gum")]
    if not (build / "vectors").exists():
        write_vectors(train_files, SIZES[options.size][2], build / "vectors")
    vocab = spacy.blank("en").vocab
    write_corpus(vocab, dev_files, build / "dev.spacy", training=False)
    if options.from_stage == 0:
        print(write_corpus(vocab, train_files, build / "train.spacy", training=True), "words to train on", flush=True)
        train(HERE / "config.cfg", build, overrides=config_overrides(options.size, build, options.steps))
    checkpoints = [build / "model-best", *(build / stage.name / "model-best" for stage in SETTLING)]
    for n, stage in enumerate(SETTLING[: options.to_stage], start=1):
        if n >= options.from_stage:
            settle(stage, options.size, build, checkpoints[n - 1])


if __name__ == "__main__":
    main()
