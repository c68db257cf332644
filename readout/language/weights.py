"""The pipeline's word vectors on disk: 8-bit numbers with a scale for each dimension, a quarter of the size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language

VECTORS_FILE = "vectors.i8.npz"


def pack_vectors(folder: Path) -> None:
    """Replaces the vector table of a saved pipeline by an 8-bit one (`restore_vectors` brings it back)."""
    table = folder / "vocab" / "vectors"
    data = np.load(table, allow_pickle=False)
    scale = np.maximum(np.abs(data).max(axis=0), 1e-9) / 127
    np.savez(folder / VECTORS_FILE, numbers=np.rint(data / scale).astype(np.int8), scale=scale.astype(np.float32))
    with table.open("wb") as empty:
        np.save(empty, np.zeros((data.shape[0], 0), dtype=np.float32), allow_pickle=False)


def restore_vectors(nlp: Language, folder: Path) -> None:
    """Fills in the vectors of a pipeline that `pack_vectors` packed; leaves any other as it is."""
    if (folder / VECTORS_FILE).is_file():
        with np.load(folder / VECTORS_FILE, allow_pickle=False) as packed:
            data = packed["numbers"].astype(np.float32)
            data *= packed["scale"]  # in place: they are large
            nlp.vocab.vectors.data = data
