"""Texts become documents: every word in its place, every tree whole, no paragraph run into the next."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.errors import ModelError
from readout.language.document import Document, Token
from readout.language.pipeline import Context, Parser, load_parser, paragraphs_of, pieces_of

TEXT = "The army attacked the town on Monday. Three people were killed.\n\nOfficials denied it."
ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" \n\r\t.,\"'“”\ud800\u200b\0")), max_size=120)


def check_document(document: Document) -> None:
    """What holds of every document."""
    text, tokens = document.text, document.tokens
    assert [t.i for t in tokens] == list(range(len(tokens)))
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    assert all(len(t.text) == t.end - t.start for t in tokens)
    assert "".join(text[t.start : t.end] for t in tokens).split() == ["".join(text.split())] * bool(tokens)
    edges = [0, *(s.last for s in document.sentences)]
    assert [s.first for s in document.sentences] == edges[:-1]
    assert edges[-1] == len(tokens)
    for n, sentence in enumerate(document.sentences):
        own = range(sentence.first, sentence.last)
        assert sentence.span == document.span(own[0], own[-1])
        assert all(tokens[i].sentence == n and tokens[i].head in own for i in own)
        assert [i for i in own if tokens[i].head == i] == [sentence.root]
        assert tokens[sentence.root].dep == "root"
        assert len(document.subtree(sentence.root)) == len(own)  # a tree: all hang below the root
        start, end = document.paragraphs[sentence.paragraph]
        assert start <= sentence.span[0] < sentence.span[1] <= end


def test_plain_text() -> None:
    document = load_parser().parse(TEXT, Context(published=dt.date(2021, 5, 4), dateline="OSTHAVN"))
    check_document(document)
    assert [document.slice(s.span) for s in document.sentences] == [
        "The army attacked the town on Monday.", "Three people were killed.", "Officials denied it.",
    ]  # fmt: skip
    assert [s.paragraph for s in document.sentences] == [0, 0, 1]
    attacked = document.tokens[document.sentences[0].root]
    assert (attacked.text, attacked.lemma, attacked.pos) == ("attacked", "attack", "VERB")
    assert [document.tokens[i].text for i in document.children(attacked.i, "nsubj", "obj")] == ["army", "town"]
    assert (document.published, document.dateline) == (dt.date(2021, 5, 4), "OSTHAVN")


def test_a_sentence_ends_with_its_quotation() -> None:
    """A full stop inside the quotation ends it; whoever is named next tells of another one."""
    text = 'He said that "the only way left is a new road." Prime Minister Ola Lund separately told him "that the town needs help."'
    sentences = [sentence.span for sentence in load_parser().parse(text, Context()).sentences]
    assert text.index("Prime") in [start for start, _ in sentences]


@settings(max_examples=50, deadline=None)
@given(ANY_TEXT)
def test_any_text_becomes_a_document(text: str) -> None:
    document = load_parser().parse(text)
    assert document.text == text
    check_document(document)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["", "\n \n", TEXT, "Yes.", "He left.\n" * 3]), max_size=5))
def test_a_batch_gives_what_each_text_gives(texts: list[str]) -> None:
    parser = load_parser()
    together = list(parser.parse_many((text, Context(title=str(n))) for n, text in enumerate(texts)))
    assert [d.title for d in together] == [str(n) for n in range(len(texts))]
    for text, document in zip(texts, together, strict=True):
        alone = parser.parse(text)
        assert (document.tokens, document.sentences) == (alone.tokens, alone.sentences)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u2028\n\x1c"])
def test_nothing_is_an_empty_document(text: str) -> None:
    document = load_parser().parse(text)
    assert document.tokens == document.sentences == document.paragraphs == ()


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [("", []), ("a", ["a"]), (" a \n\n\t\n b c\r\n", ["a", "b c"]), ("a\n" * 3, ["a", "a", "a"])],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs_of(text)] == paragraphs


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["He went home. ", "and then, ", "x" * 700, '"' * 900, "No one came! "]),
        min_size=1,
        max_size=40,
    ).map("".join)
)
def test_long_paragraphs_are_cut_into_pieces_that_tile_them(text: str) -> None:
    pieces = pieces_of(text, (0, len(text)))
    assert pieces[0][0] == 0
    assert pieces[-1][1] == len(text)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(pieces))
    assert all(0 < end - start <= 3000 for start, end in pieces)


def test_long_paragraphs_are_cut_between_sentences() -> None:
    text = "The premier met Mr. Lund in the capital. " * 200
    for start, end in pieces_of(text.strip(), (0, len(text.strip()))):
        assert text[start:end].startswith("The premier")
        assert text[start:end].rstrip().endswith("capital.")
    document = load_parser().parse(text)
    assert {document.slice(s.span) for s in document.sentences} == {"The premier met Mr. Lund in the capital."}


@pytest.mark.parametrize(
    "text", ['"' * 6000, "x" * 6000, "and " * 2000, "The army said " * 800], ids=["quotes", "word", "and", "clause"]
)
def test_hopeless_text_is_parsed(text: str) -> None:
    check_document(load_parser().parse(text))


def test_a_missing_pipeline_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no language pipeline in"):
        Parser(tmp_path / "nowhere")
    with pytest.raises(ModelError):
        Parser(tmp_path)


def test_the_parser_is_loaded_once() -> None:
    assert load_parser() is load_parser()
    assert load_parser().version


def test_a_token_never_changes() -> None:
    token = load_parser().parse("Envoys met in Oslo.").tokens[0]
    assert type(token) is Token
    with pytest.raises(FrozenInstanceError):
        token.text = "Nobody"  # type: ignore[misc]  # what this shows cannot be done
    assert {replace(token), token} == {token}


def test_batches_hold_every_text_once_and_in_order() -> None:
    texts = ["", "One envoy left.", "\n", "Two stayed.\nThree came.", ""]
    batches = list(load_parser().parse_batches(((text, Context()) for text in texts), list))
    assert [document.text for batch in batches for document in batch] == texts
    assert all(batches)


def test_words_that_were_met_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline that is loaded anew says of a text what it said before, and knows no more words than it did."""
    monkeypatch.setattr("readout.language.pipeline._NEW_WORDS", 20)
    parser = Parser()
    known = len(parser._nlp.vocab.strings)
    for n in range(8):
        documents = list(
            parser.parse_many([(f"The {n}7{m}th envoy met word{n}{m} in Oslo.", Context()) for m in range(9)])
        )
        assert documents[0] == load_parser().parse(f"The {n}70th envoy met word{n}0 in Oslo.")
    assert len(parser._nlp.vocab.strings) < known + 60
