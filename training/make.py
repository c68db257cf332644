"""Makes the language pipeline from treebanks, in one command:

    python training/make.py --treebanks ../shared/bench/parse --output build/main [--size main]

With `--teacher build/teacher` (see `teacher.py`) a last stage follows: the pipeline learns on, from the treebanks and from
texts of our own (`texts/`) that the teacher has labelled, with more vectors that the teacher gives.

It builds the word vectors, writes the training paragraphs (with headline variants), trains one spaCy pipeline (tagger and
parser on a shared tok2vec), keeps the checkpoints of its stages in `--output` (the last: `taught/model-best`, or
`settled/model-best` without a teacher), and prints the scores. Same seed, same weights.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
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
TAUGHT = Settling("taught", 3500, 0.001, 0.15)
#: How many more vector dimensions the teacher gives.
TAUGHT_WIDTH = 96


def words_of_knowledge() -> set[str]:
    """The words of what Readout knows, names above all: they are what its articles are about."""
    files = sorted((HERE.parent / "readout" / "knowledge").rglob("*.yaml"))
    return {word.lower() for file in files for word in re.findall(r"[^\W\d_]{3,}", file.read_text(encoding="utf-8"))}


def teach(teacher_folder: Path, texts: Path, build: Path, start: Path) -> Path:
    """Writes the corpus of the last stage, and the pipeline in `start` with the teacher's vectors beside its own.

    The weights that read the new dimensions are zero at first: the pipeline begins where it was.
    """
    from teacher import label, load_teacher, vectors_of
    from vectors import principal_components, vectors_of_more

    model, numbers, labels = load_teacher(teacher_folder)
    nlp = spacy.load(start)
    split = build_tokenizer(nlp)
    lines = [line for file in sorted(texts.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    words = [
        [(token.text, bool(token.whitespace_)) for token in split(line) if not token.is_space] for line in lines if line
    ]
    words = [[*line[:-1], (line[-1][0], False)] for line in words if 0 < len(line) <= 300]
    labelled = [Paragraph(found) for found in label(model, numbers, labels, words)]
    docs = DocBin(attrs=["TAG", "HEAD", "DEP", "SENT_START", "SPACY"], store_user_data=False)
    for doc in DocBin().from_disk(build / "train.spacy").get_docs(nlp.vocab):
        docs.add(doc)
    for paragraph in labelled:
        docs.add(to_doc(nlp.vocab, paragraph))
    docs.to_disk(build / "taught.spacy")
    print(len(labelled), "paragraphs labelled,", sum(len(p.words) for p in labelled), "words", flush=True)

    treebank = DocBin().from_disk(build / "train.spacy").get_docs(nlp.vocab)
    seen = [[token.text for token in doc] for doc in treebank] + [[form for form, _ in line] for line in words]
    known = {nlp.vocab.strings[key]: row for key, row in nlp.vocab.vectors.key2row.items()}
    extra = sorted(({form.lower() for line in seen for form in line} | words_of_knowledge()) - set(known))
    extra = [form for form in extra if any(map(str.isalpha, form))]
    keys = [*known, *extra]
    old = nlp.vocab.vectors.data[list(known.values())]
    old = np.concatenate([old, vectors_of_more(extra, list(known), old)])
    new = principal_components(vectors_of(model, numbers, keys, [line[:300] for line in seen]), TAUGHT_WIDTH)
    print(f"{len(keys)} words of width {old.shape[1] + new.shape[1]}", flush=True)
    nlp.vocab.vectors = Vectors(
        data=np.concatenate([old, new], 1), keys=[nlp.vocab.strings.add(key) for key in keys], attr=LOWER
    )
    for node in nlp.get_pipe("tok2vec").model.walk():
        if node.name == "static_vectors":
            weights = node.get_param("W")
            node._dims["nM"] = old.shape[1] + TAUGHT_WIDTH  # `set_dim` refuses to change one
            node.set_param("W", np.concatenate([weights, np.zeros((len(weights), TAUGHT_WIDTH), np.float32)], 1))
    nlp.to_disk(build / "grown")
    return build / "grown"


def settle(stage: Settling, size: str, build: Path, start: Path, corpus: str = "train.spacy") -> None:
    """Trains on from the pipeline in `start`; checkpoints go to the stage's folder."""
    target = build / stage.name
    target.mkdir(exist_ok=True)
    config = load_config(HERE / "config.cfg", overrides=config_overrides(size, build, stage.steps))
    for name in ("tok2vec", "tagger", "parser"):
        config["components"][name] = {"source": str(start)}
    config["training"]["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1", "warmup_steps": 50, "total_steps": stage.steps, "initial_rate": stage.rate,
    }  # fmt: skip
    config["paths"]["train"] = str(build / corpus)
    config["paths"]["vectors"] = str(start)
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
    parser.add_argument("--teacher", type=Path, help="what `teacher.py` made, for the last stage")
    parser.add_argument("--texts", type=Path, default=HERE / "texts", help="raw texts that the teacher labels")
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
    if options.teacher:
        grown = teach(options.teacher, options.texts, build, checkpoints[options.to_stage])
        settle(TAUGHT, options.size, build, grown, "taught.spacy")


if __name__ == "__main__":
    main()
