"""The teacher: MiniLM fine-tuned as a biaffine dependency parser, to label raw text for the shipped pipeline.

    python training/teacher.py train --treebanks ../shared/bench/parse --output build/teacher

`label` and `vectors_of` serve `make.py --teacher`.
Deep biaffine attention (Dozat and Manning 2017) over a mix of the encoder's layers (Peters et al. 2018), with classifiers for
tags and for the words that start a sentence. A paragraph is read whole; its sentences are then decoded as projective
trees with one root each (Eisner 1996). Needs PyTorch; the shipped pipeline does not.
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
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from treebank import NON_COMMERCIAL, Paragraph, Word, read_paragraphs  # noqa: E402
from vectors import minilm_folder  # noqa: E402

SEED = 20241007
WIDTH, LAYERS, HEADS = 384, 6, 12
_ALONE = 4.0
LONGEST = 200  # words of a paragraph that are read at once
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the classifiers choose from."""

    tags: list[str]
    relations: list[str]


class Block(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM; gives a learned mix of its layers."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        x = self.norm(self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.kind)
        layers = [x]
        for block in self.blocks:
            x = block(x, mask)
            layers.append(x)
        return torch.einsum("l,lbtw->btw", self.mix.softmax(0), torch.stack(layers))

    def load_minilm(self, folder: Path) -> None:
        """Takes the open weights."""
        from safetensors.torch import load_file

        w = load_file(str(folder / "model.safetensors"))
        state = {
            "words.weight": w["embeddings.word_embeddings.weight"],
            "positions.weight": w["embeddings.position_embeddings.weight"],
            "kind": w["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
            "mix": torch.zeros(LAYERS + 1),
        }
        for n in range(LAYERS):
            base, parts = f"encoder.layer.{n}", ("query", "key", "value")
            for kind in ("weight", "bias"):
                state[f"blocks.{n}.qkv.{kind}"] = torch.cat([w[f"{base}.attention.self.{p}.{kind}"] for p in parts])
                for ours, theirs in (
                    ("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm"),
                ):  # fmt: skip
                    state[f"blocks.{n}.{ours}.{kind}"] = w[f"{base}.{theirs}.{kind}"]
        self.load_state_dict(state)
        self.words.weight.requires_grad_(False)  # too many for so few texts


class Biaffine(nn.Module):
    """Scores every pair of words, for `outputs` relations."""

    def __init__(self, size: int, outputs: int):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, size + 1, size + 1))

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        d, h = (functional.pad(x, (0, 1), value=1.0) for x in (dependents, heads))
        return torch.einsum("bdi,oij,bhj->bodh", d, self.weight, h)

    def of_pairs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores (n, outputs) of n pairs alone."""
        d, h = (functional.pad(x, (0, 1), value=1.0) for x in (dependents, heads))
        return torch.einsum("noj,nj->no", torch.einsum("ni,oij->noj", d, self.weight), h)


class Teacher(nn.Module):
    """Encoder, and classifiers for heads, relations, tags and sentence starts."""

    def __init__(self, labels: Labels):
        super().__init__()
        self.encoder = Encoder()
        self.case = nn.Embedding(8, 32)
        self.root = nn.Parameter(torch.randn(WIDTH + 32) * 0.02)
        size, arc, rel = WIDTH + 32, 384, 128

        def mlp(width: int) -> nn.Module:
            return nn.Sequential(nn.Linear(size, width), nn.GELU(), nn.Dropout(0.3))

        self.arc_d, self.arc_h, self.rel_d, self.rel_h = mlp(arc), mlp(arc), mlp(rel), mlp(rel)
        self.arcs, self.relations = Biaffine(arc, 1), Biaffine(rel, len(labels.relations))
        self.tags = nn.Linear(size, len(labels.tags))
        self.starts = nn.Sequential(nn.Linear(3 * size, 128), nn.GELU(), nn.Linear(128, 2))
        self.drop = nn.Dropout(0.2)

    def encode(self, batch: Batch) -> Tensor:
        """The encoder's vectors of words (b, n, width)."""
        return torch.bmm(batch.pool, self.encoder(batch.pieces, batch.piece_mask))

    def words(self, batch: Batch) -> Tensor:
        """Word vectors (b, 1 + n, width), the root's first."""
        x = self.encode(batch)
        x = torch.cat([x, self.case(batch.case)], -1)
        root = self.root.expand(x.shape[0], 1, -1)
        return self.drop(torch.cat([root, x], 1))

    def forward(self, batch: Batch, pairs: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, ...]:
        """Scores: arcs (b, n, 1 + n), relations, tags (b, n, t), starts (b, n, 2).

        Relations are of `pairs` (paragraph, word, head plus one) if given: (pairs, r); else of all: (b, r, n, 1 + n).
        """
        x = self.words(batch)
        d = x[:, 1:]
        arcs = self.arcs(self.arc_d(d), self.arc_h(x))[:, 0]
        arcs = arcs.masked_fill(~batch.head_mask[:, None, :], -1e4)
        relation_d, relation_h = self.rel_d(d), self.rel_h(x)
        if pairs:
            b, w, head = pairs
            relations = self.relations.of_pairs(relation_d[b, w], relation_h[b, head])
        else:
            relations = self.relations(relation_d, relation_h)
        around = torch.cat([x[:, :-1], d, torch.cat([d[:, 1:], d[:, -1:]], 1)], -1)
        return arcs, relations, self.tags(d), self.starts(around)


@dataclass(frozen=True, slots=True)
class Batch:
    """Paragraphs as padded tensors; `pool` averages the pieces of each word."""

    pieces: Tensor
    piece_mask: Tensor
    pool: Tensor
    case: Tensor
    head_mask: Tensor
    word_mask: Tensor


def case_of(form: str) -> int:
    """What capitals a word has: the encoder's vocabulary is lower case."""
    letters = [c for c in form if c.isalpha()]
    if not letters:
        return 1 if any(c.isdigit() for c in form) else 0
    if all(c.islower() for c in letters):
        return 2
    if all(c.isupper() for c in letters):
        return 3 if len(letters) > 1 else 4
    return 5 if letters[0].isupper() and all(c.islower() for c in letters[1:]) else 6


class Numbers:
    """Turns paragraphs into tensors."""

    def __init__(self, folder: Path):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known: dict[str, list[int]] = {}

    def pieces(self, form: str) -> list[int]:
        """The pieces of one word, at most eight."""
        if form not in self.known:
            self.known[form] = self.tokenizer.encode(form, add_special_tokens=False).ids[:8] or [100]
        return self.known[form]

    def batch(self, paragraphs: Sequence[Sequence[str]]) -> Batch:
        """Padded tensors of the words of several paragraphs."""
        ids = [[self.pieces(form) for form in words] for words in paragraphs]
        length = 2 + max(sum(map(len, words)) for words in ids)
        count, most = len(ids), max(map(len, ids))
        pieces = torch.zeros(count, length, dtype=torch.long)
        piece_mask = torch.zeros(count, length, dtype=torch.bool)
        pool = torch.zeros(count, most, length)
        case = torch.zeros(count, most, dtype=torch.long)
        word_mask = torch.zeros(count, most, dtype=torch.bool)
        for b, words in enumerate(ids):
            flat = [101, *(piece for word in words for piece in word), 102]
            pieces[b, : len(flat)] = torch.tensor(flat)
            piece_mask[b, : len(flat)] = True
            at = 1
            for w, word in enumerate(words):
                pool[b, w, at : at + len(word)] = 1 / len(word)
                at += len(word)
                case[b, w] = case_of(paragraphs[b][w])
            word_mask[b, : len(words)] = True
        head_mask = torch.cat([torch.ones(count, 1, dtype=torch.bool), word_mask], 1)
        return Batch(pieces, piece_mask, pool, case, head_mask, word_mask)


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


def eisner(scores: Floats) -> list[int]:
    """The best projective tree with one root (Eisner 1996).

    Args:
        scores: (n, 1 + n), the score of each head for each word; column 0 is the root.

    Returns:
        for each word its head plus one, 0 for the root.
    """
    n = len(scores)
    if n == 1:
        return [0]
    arc = np.full((n, n), -1e9)
    arc[:, :] = scores[:, 1:].T  # arc[head, dependent]
    complete, incomplete = np.zeros((2, n, n)), np.full((2, n, n), -1e9)
    back_c, back_i = np.zeros((2, n, n), dtype=int), np.zeros((2, n, n), dtype=int)
    for width in range(1, n):
        for left in range(n - width):
            right = left + width
            split = complete[1, left, left:right] + complete[0, left + 1 : right + 1, right]
            at = int(split.argmax())
            incomplete[0, left, right] = split[at] + arc[right, left]
            incomplete[1, left, right] = split[at] + arc[left, right]
            back_i[:, left, right] = left + at
            split = complete[0, left, left:right] + incomplete[0, left:right, right]
            at = int(split.argmax())
            complete[0, left, right], back_c[0, left, right] = split[at], left + at
            split = incomplete[1, left, left + 1 : right + 1] + complete[1, left + 1 : right + 1, right]
            at = int(split.argmax())
            complete[1, left, right], back_c[1, left, right] = split[at], left + 1 + at
    root = int((complete[0, 0, :] + complete[1, :, n - 1] + scores[:, 0]).argmax())
    heads = [0] * n
    waiting = [(0, 0, 0, root), (0, 1, root, n - 1)]  # (incomplete, direction, left, right)
    while waiting:
        inc, direction, left, right = waiting.pop()
        if left == right:
            continue
        if inc:
            heads[left if direction == 0 else right] = (right if direction == 0 else left) + 1
            at = int(back_i[direction, left, right])
            waiting += [(0, 1, left, at), (0, 0, at + 1, right)]
        elif direction == 0:
            at = int(back_c[0, left, right])
            waiting += [(0, 0, left, at), (1, 0, at, right)]
        else:
            at = int(back_c[1, left, right])
            waiting += [(1, 1, left, at), (0, 1, at, right)]
    return heads


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
