"""Word vectors on disk: eight bits lose no more than half a step of each dimension's scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spacy
from spacy.vectors import Vectors

from readout.language.weights import VECTORS_FILE, pack_vectors, restore_vectors


def test_packed_vectors_come_back_to_half_a_step(tmp_path: Path) -> None:
    data = np.random.default_rng(7).normal(size=(50, 6)).astype(np.float32) * np.array(
        [0.01, 1, 3, 10, 0.5, 2], np.float32
    )
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(data=data, keys=[nlp.vocab.strings.add(f"word{n}") for n in range(50)])
    nlp.to_disk(tmp_path)
    pack_vectors(tmp_path)
    assert (tmp_path / VECTORS_FILE).stat().st_size < data.nbytes
    loaded = spacy.load(tmp_path)
    restore_vectors(loaded, tmp_path)
    step = np.abs(data).max(axis=0) / 127
    assert np.all(np.abs(loaded.vocab.vectors.data - data) <= step * 0.501)
    assert np.any(loaded.vocab.vectors.data != data)
