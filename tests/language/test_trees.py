"""The trees that are made in columns are spaCy's own, word for word, whatever the words stand beside."""

from __future__ import annotations

import random
import shutil
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from readout.errors import ModelError
from readout.language.columns import Columns
from readout.language.lemmas import Lemmatizer
from readout.language.network import lay_out
from readout.language.pipeline import MODEL_FOLDER, Parser
from readout.language.trees import Line, Trees
from readout.language.weights import restore_vectors

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
#: Arcs that cross, white space, capitals, brackets, a word split by an exception, none that is prose.
ODD = (
    "What did he want to do about it?",
    "These are the towns which the ministry said were shelled, and which the army can't have held.",
    "  Two   spaces ,\ttabs  and   a   run  ",
    "TALKS STALL AS REBELS QUIT OSTHAVN; ARMY SAYS 'NO CEASE-FIRE'",
    "Who are they going to meet, and what did he say they were looking for?",
    "word",
    "...",
    "a (b [c {d}]) e - f -- g / h",
    "The minister whose aides the paper spoke to, and with whom they met, he said, hasn't resigned. Nor will he.",
)


@cache
def _nlp() -> Language:
    nlp = spacy.load(MODEL_FOLDER)
    restore_vectors(nlp, MODEL_FOLDER)
    return nlp


@cache
def _trees() -> Trees:
    return Trees(_nlp(), Lemmatizer(MODEL_FOLDER))


def _lines() -> list[str]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*.txt"))]
    return [*(line for text in texts for line in text.split("\n") if line.strip()), *ODD]


def _salad() -> list[str]:
    """The words of the lines in another order: the parser takes moves that it seldom has to take in prose."""
    order = random.Random(5)
    rows = [line.split() for line in _lines()]
    return [" ".join(order.sample(words, len(words))) for words in (*rows, [*chain(*rows[:9])])]


def _by_spacy(docs: list[Doc]) -> list[object]:
    return [
        (
            [word.orth for word in doc],
            [word.idx for word in doc],
            [word.tag_ for word in doc],
            [word.dep_ for word in doc],
            [word.head.i for word in doc],
            [(sentence.start, sentence.end) for sentence in doc.sents],
        )
        for doc in _nlp().pipe(docs)
    ]


def _in_columns(columns: Columns) -> object:
    tags = [_trees()._network.tags[tag] for tag in columns.tags]
    return columns.words, columns.starts, tags, columns.deps, columns.heads, columns.sentences


def _known_by_spacy(line: Line) -> Doc:
    """The line with what is known of its sentences told to spaCy word by word."""
    doc = line.doc.copy()
    for before, word in pairwise(doc):
        if line.prose and (before.is_alpha or before.text == "," or (before.text == "-" and not before.whitespace_)):
            word.is_sent_start = False
    for word in doc:
        if word.idx in line.opens:
            word.is_sent_start = True
    return doc


def test_trees_are_those_of_spacy() -> None:
    lines = [*_lines(), *_salad()]
    assert len(lines) > 100
    columns = _trees().columns(Line(_nlp().make_doc(line)) for line in lines)
    found = [_in_columns(each) for each in columns]
    assert found == _by_spacy([_nlp().make_doc(line) for line in lines])
    crossing = [each for each in columns if any(_crosses(each.heads, n) for n in range(len(each.heads)))]
    assert crossing  # those that spaCy hangs where they belong are among them


def _crosses(heads: list[int], n: int) -> bool:
    low, high = sorted((n, heads[n]))
    return any(not low <= heads[between] <= high for between in range(low + 1, high))


def test_what_is_known_of_sentences_is_kept_to() -> None:
    parser = Parser()
    texts = [*_lines(), 'He said "they left. " Nobody came.', "OSTHAVN, March 3 (News Desk) - Rebels left the town."]
    lines = [parser._line(text) for text in texts]
    assert any(line.opens for line in lines)
    assert any(line.prose for line in lines)
    told = [_known_by_spacy(line) for line in lines]
    assert any(word.is_sent_start for doc in told for word in doc if word.i)
    found = [_in_columns(columns) for columns in parser._trees.columns(lines)]
    assert found == [*_by_spacy([Doc(_nlp().vocab).from_bytes(doc.to_bytes()) for doc in told])]


def test_a_line_is_read_alike_alone_and_among_others() -> None:
    texts = _lines()
    together = [_in_columns(each) for each in _trees().columns(Line(_nlp().make_doc(text)) for text in texts * 8)]
    anew = Trees(_nlp(), Lemmatizer(MODEL_FOLDER))
    alone = [_in_columns(anew.columns([Line(_nlp().make_doc(text))])[0]) for text in texts]
    assert together == alone * 8


def test_lines_without_words_have_no_columns() -> None:
    empty = Columns([], [], [], [], [], [], [])
    docs = [_nlp().make_doc(text) for text in ("", "One left.", "")]
    first, second, third = _trees().columns(map(Line, docs))
    assert (first, third) == (empty, empty)
    assert len(second.words) == 3
    assert _trees().columns([]) == []
    assert _trees().columns([Line(docs[0])]) == [empty]


def test_rows_of_no_word_stand_around_each_line() -> None:
    layout = lay_out([700, 60, 900, 1, 1], 4)
    taken = set(layout.rows.tolist())
    for first, length in zip(layout.first.tolist(), layout.lengths.tolist(), strict=True):
        around = {*range(first - 4, first), *range(first + length, first + length + 4)}
        assert not around & taken
        assert any(start + 4 <= first and first + length + 4 <= end for start, end in layout.blocks)
    assert [start for start, _ in layout.blocks[1:]] == [end for _, end in layout.blocks[:-1]]
    assert len(taken) == 1662
    assert layout.total > max(taken) + 3


def test_a_pipeline_of_another_make_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    cfg = folder / "parser" / "cfg"
    plain = cfg.read_text(encoding="utf-8")
    cfg.write_text(plain.replace('"beam_width":1', '"beam_width":4'), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be run"):
        Parser(folder, pins=None)


def test_words_that_are_met_are_kept() -> None:
    anew = Trees(_nlp(), Lemmatizer(MODEL_FOLDER))
    network = anew._network
    docs = [_nlp().make_doc("The envoys met in Osthavn."), _nlp().make_doc("The envoys left Osthavn.")]
    anew.columns([Line(docs[0])])
    known = len(network._rows)
    anew.columns([Line(docs[1])])
    assert len(network._rows) == known + 1  # "left"
    plain = network._embed.predict([docs[0]])[0]
    kept = network._embedded([(word.orth, word.norm) for word in docs[0]])
    assert np.allclose(plain, kept, atol=1e-5)
