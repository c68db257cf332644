"""The pipeline's word vectors on disk: 16-bit numbers, half the size, without loss that a parse would show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language

VECTORS_FILE = "vectors.f16.npy"


def pack_vectors(folder: Path) -> None:
    """Replaces the vector table of a saved pipeline by a 16-bit one (`restore_vectors` brings it back)."""
    table = folder / "vocab" / "vectors"
    data = np.load(table, allow_pickle=False)
    np.save(folder / VECTORS_FILE, data.astype(np.float16), allow_pickle=False)
    with table.open("wb") as empty:
        np.save(empty, np.zeros((data.shape[0], 0), dtype=np.float32), allow_pickle=False)


def restore_vectors(nlp: Language, folder: Path) -> None:
    """Fills in the vectors of a pipeline that `pack_vectors` packed; leaves any other as it is."""
    if (folder / VECTORS_FILE).is_file():
        nlp.vocab.vectors.data = np.load(folder / VECTORS_FILE, allow_pickle=False).astype(np.float32)
