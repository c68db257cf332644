"""The teacher: MiniLM fine-tuned as a biaffine dependency parser, to label raw text for the shipped pipeline.

    python training/teacher.py train --treebanks ../shared/bench/parse --output build/teacher

`label` and `vectors_of` serve `make.py --teacher`. The network is in `biaffine.py`. A paragraph is read whole, and its sentences
are then decoded one by one. Needs PyTorch; the shipped pipeline does not.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from biaffine import WIDTH, Floats, Labels, Numbers, Teacher, eisner  # noqa: E402
from treebank import NON_COMMERCIAL, Paragraph, Word, read_paragraphs  # noqa: E402
from vectors import minilm_folder  # noqa: E402

SEED = 20241007
_ALONE = 4.0
LONGEST = 200  # words of a paragraph that are read at once


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph that are read at once; `heads` are indexes in it plus one, 0 for a root."""

    words: list[Word]
    heads: list[int]


def parts_of(paragraph: Paragraph) -> Iterator[Part]:
    """A paragraph, cut between sentences so that no part is longer than `LONGEST` words where that can be done."""
    words = paragraph.words
    starts = [n for n, word in enumerate(words) if word.starts_sentence]
    cuts, last = [0], 0
    for at, end in zip(starts, [*starts[1:], len(words)], strict=True):
        if end - last > LONGEST and at > last:
            cuts.append(at)
            last = at
    for start, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
        heads = [0 if word.head == n else word.head - start + 1 for n, word in enumerate(words[start:end], start)]
        yield Part(words[start:end], heads)


def batches(parts: list[Part], size: int, chance: random.Random | None) -> Iterator[list[Part]]:
    """Parts of like length together, about `size` words a batch; shuffled if `chance` is given."""
    jitter = (lambda: chance.uniform(-5, 5)) if chance else (lambda: 0.0)
    ordered = sorted(parts, key=lambda part: len(part.words) + jitter())
    groups: list[list[Part]] = [[]]
    for part in ordered:
        longest = max(len(part.words), *(len(p.words) for p in groups[-1]), 0)
        if groups[-1] and longest * (len(groups[-1]) + 1) > size:
            groups.append([])
        groups[-1].append(part)
    if chance:
        chance.shuffle(groups)
    yield from groups


def loss_of(model: Teacher, numbers: Numbers, labels: Labels, group: list[Part]) -> Tensor:
    """The summed cross entropies of one batch."""
    batch = numbers.batch([[word.form for word in part.words] for part in group])
    tag_ids = {tag: n for n, tag in enumerate(labels.tags)}
    relation_ids = {name: n for n, name in enumerate(labels.relations)}
    where = batch.word_mask.nonzero()
    b, w = where[:, 0], where[:, 1]
    words = [word for part in group for word in part.words]
    heads = torch.tensor([head for part in group for head in part.heads])
    gold_tags = torch.tensor([tag_ids[f"{word.xpos}|{word.upos}"] for word in words])
    gold_relations = torch.tensor([relation_ids[word.deprel] for word in words])
    gold_starts = torch.tensor([int(word.starts_sentence) for word in words])
    arcs, chosen, tags, starts = model(batch, (b, w, heads))
    return (
        functional.cross_entropy(arcs[b, w], heads)
        + functional.cross_entropy(chosen, gold_relations)
        + 0.5 * functional.cross_entropy(tags[b, w], gold_tags)
        + 0.5 * functional.cross_entropy(starts[b, w], gold_starts)
    )


def train(model: Teacher, numbers: Numbers, labels: Labels, parts: list[Part], epochs: int, output: Path) -> None:
    """Fine-tunes with AdamW, a warm-up and a rate that falls to nothing."""
    chance = random.Random(SEED)
    encoder = {id(p) for p in model.encoder.parameters()}
    rest = [p for p in model.parameters() if id(p) not in encoder]
    groups = [
        {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": 2e-4},
        {"params": rest, "lr": 2e-3},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    total = epochs * sum(1 for _ in batches(parts, 1500, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / 200, max(0.0, 1 - n / total)))
    step, running, began = 0, 0.0, time.time()
    for epoch in range(epochs):
        for group in batches(parts, 1500, chance):
            model.train()
            loss = loss_of(model, numbers, labels, group)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step, running = step + 1, 0.98 * running + 0.02 * loss.item()
            if step % 50 == 0:
                print(epoch, step, total, round(running / (1 - 0.98**step), 3), int(time.time() - began), flush=True)
        torch.save(model.state_dict(), output / "teacher.pt")


@torch.no_grad()
def label(
    model: Teacher, numbers: Numbers, labels: Labels, texts: Sequence[list[tuple[str, bool]]]
) -> Iterator[list[Word]]:
    """Labels paragraphs of (word, space after) with sentences, tags and trees, in order."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    done: dict[int, list[Word]] = {}
    for start in range(0, len(order), 16):
        members = order[start : start + 16]
        batch = numbers.batch([[form for form, _ in texts[n]] for n in members])
        arcs, relations, tags, starts = (x.numpy() for x in model(batch))
        for b, n in enumerate(members):
            done[n] = _words(labels, texts[n], arcs[b], relations[b], tags[b], starts[b])
    for n in range(len(texts)):
        yield done[n]


def _words(
    labels: Labels, text: list[tuple[str, bool]], arcs: Floats, relations: Floats, tags: Floats, starts: Floats
) -> list[Word]:
    count = len(text)
    first = [n for n in range(count) if n == 0 or starts[n, 1] > starts[n, 0]]
    arcs = arcs[:count] - np.log(np.exp(arcs[:count] - arcs[:count].max(1, keepdims=True)).sum(1, keepdims=True))
    words: list[Word] = []
    root = labels.relations.index("root")
    for a, b in zip(first, [*first[1:], count], strict=True):
        heads = eisner(np.concatenate([arcs[a:b, :1], arcs[a:b, 1 + a : 1 + b]], 1))
        for n, head in enumerate(heads):
            i, to = a + n, (a + head - 1 if head else a + n)
            scores = relations[:, i, 0 if head == 0 else 1 + to].copy()
            if head:
                scores[root] = -1e9
            relation = "root" if head == 0 else labels.relations[int(scores.argmax())]
            xpos, _, upos = labels.tags[int(tags[i].argmax())].partition("|")
            words.append(Word(text[i][0], "", upos, xpos, to, relation, text[i][1], n == 0))
    return words


@torch.no_grad()
def vectors_of(model: Teacher, numbers: Numbers, words: Sequence[str], texts: Sequence[Sequence[str]]) -> Floats:
    """What the fine-tuned encoder makes of each word (len(words), 384): the mean over its places in `texts`, and alone.

    The word alone counts as `_ALONE` more places; places and words alone are centred first, for they lie apart.
    """
    model.eval()
    index = {word: n for n, word in enumerate(words)}
    alone, placed = np.zeros((len(words), WIDTH), np.float32), np.zeros((len(words), WIDTH), np.float32)
    counts = np.zeros(len(words), np.float32)
    order = sorted(range(len(words)), key=lambda n: (len(numbers.pieces(words[n])), n))
    for start in range(0, len(order), 256):
        members = order[start : start + 256]
        alone[members] = model.encode(numbers.batch([[words[n]] for n in members]))[:, 0].numpy()
    ordered = sorted(texts, key=len)
    for start in range(0, len(ordered), 16):
        group = [list(text) for text in ordered[start : start + 16]]
        found = model.encode(numbers.batch(group)).numpy()
        for vectors, text in zip(found, group, strict=True):
            for vector, form in zip(vectors, text, strict=False):
                n = index.get(form.lower())
                if n is not None:
                    placed[n] += vector
                    counts[n] += 1
    alone -= alone.mean(0)
    placed -= np.outer(counts, placed.sum(0) / counts.sum())
    return np.asarray((placed + _ALONE * alone) / (counts + _ALONE)[:, None], np.float32)


def measure(model: Teacher, numbers: Numbers, labels: Labels, path: Path, most: int = 10**9) -> str:
    """Attachment with gold words and predicted sentences, of the first `most` paragraphs of a treebank file."""
    parts = [part for p in list(read_paragraphs(path))[:most] for part in parts_of(p)]
    found = label(model, numbers, labels, [[(w.form, w.space) for w in part.words] for part in parts])
    right = head_right = total = tag_right = 0
    for part, words in zip(parts, found, strict=True):
        for n, (gold, head, word) in enumerate(zip(part.words, part.heads, words, strict=True)):
            same = (0 if word.head == n else word.head + 1) == head
            total += 1
            head_right += same
            right += same and gold.deprel.split(":")[0] == word.deprel.split(":")[0]
            tag_right += gold.xpos == word.xpos
    return f"{path.name}: UAS {100 * head_right / total:.2f} LAS {100 * right / total:.2f} tags {100 * tag_right / total:.2f}"


def load_teacher(folder: Path) -> tuple[Teacher, Numbers, Labels]:
    """A fine-tuned teacher."""
    labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
    model = Teacher(labels)
    model.load_state_dict(torch.load(folder / "teacher.pt"))
    return model, Numbers(minilm_folder()), labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    actions = parser.add_subparsers(dest="action", required=True)
    training = actions.add_parser("train")
    training.add_argument("--treebanks", type=Path, required=True)
    training.add_argument("--output", type=Path, required=True)
    training.add_argument("--epochs", type=int, default=4)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    output: Path = options.output
    output.mkdir(parents=True, exist_ok=True)
    paragraphs = [
        p
        for name in ("ewt", "gum")
        for p in read_paragraphs(options.treebanks / f"{name}_train.conllu.gz", exclude=NON_COMMERCIAL)
    ]
    words = [word for p in paragraphs for word in p.words]
    labels = Labels(sorted({f"{w.xpos}|{w.upos}" for w in words}), sorted({w.deprel for w in words}))
    (output / "labels.json").write_text(json.dumps({"tags": labels.tags, "relations": labels.relations}))
    model, numbers = Teacher(labels), Numbers(minilm_folder())
    model.encoder.load_minilm(minilm_folder())
    parts = [part for p in paragraphs for part in parts_of(p)]
    print(len(words), "words", len(parts), "parts", flush=True)
    train(model, numbers, labels, parts, options.epochs, output)
    for name in ("ewt", "gum"):
        print(measure(model, numbers, labels, options.treebanks / f"{name}_dev.conllu.gz"), flush=True)


if __name__ == "__main__":
    main()
