"""The teacher's network: MiniLM's encoder below biaffine scores, what it reads, and the decoder of its trees.

Deep biaffine attention (Dozat and Manning 2017) over a mix of the encoder's layers (Peters et al. 2018), with classifiers for
tags and for the words that start a sentence; projective trees with one root (Eisner 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS = 384, 6, 12
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
