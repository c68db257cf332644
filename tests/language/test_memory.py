"""What is worked out once a document is worked out once, and what is asked by a short way is what the long way says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.language.document import Document, is_dep
from readout.language.memory import once, once_listed
from readout.language.pipeline import load_parser

EXAMPLES = sorted((Path(__file__).resolve().parent.parent.parent / "examples").glob("*.txt"))


@once
def _letters(document: Document, i: int) -> int:
    _ASKED.append(i)
    return len(document.tokens[i].text)


@once_listed
def _above(document: Document, i: int, *, itself: bool) -> list[int]:
    _ASKED.append(i)
    return [*([i] if itself else []), *document.ancestors(i)]


_ASKED: list[int] = []


def test_an_answer_is_worked_out_once_a_document() -> None:
    _ASKED.clear()
    first, second = (load_parser().parse(text) for text in ("Envoys met in Oslo.", "Nobody met."))
    assert [_letters(first, 0), _letters(first, 0), _letters(first, 1), _letters(second, 0)] == [6, 6, 3, 6]
    assert _ASKED == [0, 1, 0]


def test_a_list_is_the_callers_own() -> None:
    document = load_parser().parse("Envoys met in Oslo.")
    _above(document, 3, itself=True).append(99)
    assert _above(document, 3, itself=True) == [3, 1]
    assert _above(document, 3, itself=False) == [1]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@given(
    deps=st.lists(st.sampled_from(["nsubj", "nsubj:pass", "obl", "nmod", "nmod:poss", "acl", "aux", "x"]), min_size=1)
)
def test_dependents_by_relation_are_those_that_the_relations_tell(path: Path, deps: list[str]) -> None:
    document = _parsed(path)
    for token in document.tokens:
        found = [c for c in document.dependents[token.i] if is_dep(document.tokens[c].dep, deps)]
        assert document.children(token.i, *deps) == found
        assert document.child(token.i, *deps) == (found[0] if found else None)


_PARSED: dict[Path, Document] = {}


def _parsed(path: Path) -> Document:
    if path not in _PARSED:
        _PARSED[path] = load_parser().parse(path.read_text(encoding="utf-8"))
    return _PARSED[path]
