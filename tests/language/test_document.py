"""Finding one's way in a parsed document, on trees written by hand."""

from __future__ import annotations

import pytest

from readout.language.document import Document, Sentence, Token, bits_of, is_dep


def tree(*words: str) -> Document:
    """A document of one paragraph; each word is "text pos dep head", with the head's index in the document."""
    tokens, at = [], 0
    for i, word in enumerate(words):
        text, pos, dep, head = word.split()
        tokens.append(Token(i, text, text.lower(), text.lower(), pos, pos, dep, int(head), at, at + len(text), 0))
        at += len(text) + 1
    roots = [t.i for t in tokens if t.dep == "root"]
    sentences, tokens_of = [], []
    for n, root in enumerate(roots):  # a word belongs to the sentence of its root
        own = [t.i for t in tokens if _top(tokens, t.i) == root]
        sentences.append(Sentence(own[0], own[-1] + 1, root, (tokens[own[0]].start, tokens[own[-1]].end), 0))
        tokens_of += [(i, n) for i in own]
    number = dict(tokens_of)
    tokens = [
        Token(t.i, t.text, t.lower, t.lemma, t.pos, t.tag, t.dep, t.head, t.start, t.end, number[t.i]) for t in tokens
    ]
    below = tuple(tuple(t.i for t in tokens if t.head == i and t.i != i) for i in range(len(tokens)))
    text = " ".join(t.text for t in tokens)
    return Document(text, tuple(tokens), tuple(sentences), ((0, len(text)),), below)


def _top(tokens: list[Token], i: int) -> int:
    while tokens[i].head != i:
        i = tokens[i].head
    return i


# "The rebels of Osthavn and the army left , officials said ." and "Nobody came ."
RAID = tree(
    "The DET det 1", "rebels NOUN nsubj 7", "of ADP case 3", "Osthavn PROPN nmod 1", "and CCONJ cc 6", "the DET det 6",
    "army NOUN conj 1", "left VERB ccomp 10", ", PUNCT punct 10", "officials NOUN nsubj 10", "said VERB root 10", ". PUNCT punct 10",
    "Nobody PRON nsubj 13", "came VERB root 13", ". PUNCT punct 13",
)  # fmt: skip
# "Doors were closed because of the war by troops"
CLOSED = tree(
    "Doors NOUN nsubj:pass 2", "were AUX aux:pass 2", "closed VERB root 2", "because ADP case 6", "of ADP fixed 3",
    "the DET det 6", "war NOUN obl 2", "by ADP case 8", "troops NOUN obl:agent 2",
)  # fmt: skip


def words(document: Document, found: list[int]) -> str:
    return " ".join(document.tokens[i].text for i in found)


def test_children_are_found_by_relation_and_by_its_subtypes() -> None:
    assert words(CLOSED, CLOSED.children(2)) == "Doors were war troops"
    assert words(CLOSED, CLOSED.children(2, "nsubj")) == "Doors"
    assert words(CLOSED, CLOSED.children(2, "obl")) == "war troops"
    assert words(CLOSED, CLOSED.children(2, "obl:agent")) == "troops"
    assert CLOSED.children(2, "obj") == []


@pytest.mark.parametrize("deps", [("nsubj",), ("obj", "det"), ("nmod", "conj"), ("cop",), ()])
def test_who_lacks_the_bits_lacks_the_dependents(deps: tuple[str, ...]) -> None:
    having = [i for i in range(len(RAID.tokens)) if any(is_dep(RAID.tokens[c].dep, deps) for c in RAID.dependents[i])]
    assert [i for i in range(len(RAID.tokens)) if RAID.below[i] & bits_of(*deps)] == having


@pytest.mark.parametrize("others", [(), ("x", "y", "z", "officials")])  # few names are looked for one by one
def test_words_are_found_by_name(others: tuple[str, ...]) -> None:
    found = RAID.called(frozenset({"the", "army", "nowhere", *others}))
    assert words(RAID, found) == ("The the army officials" if others else "The the army")
    assert RAID.called(frozenset(others) - {"officials"}) == []


def test_first_child_or_none() -> None:
    assert CLOSED.child(2, "obl") == 6
    assert CLOSED.child(0, "obl") is None


def test_ancestors_lead_to_the_root() -> None:
    assert words(RAID, list(RAID.ancestors(3))) == "rebels left said"
    assert list(RAID.ancestors(10)) == []


def test_subtree_and_its_cuts() -> None:
    assert words(RAID, RAID.subtree(1)) == "The rebels of Osthavn and the army"
    assert words(RAID, RAID.subtree(1, without=("conj", "cc"))) == "The rebels of Osthavn"
    assert words(CLOSED, CLOSED.subtree(2, without=("obl",))) == "Doors were closed"


def test_coordinated_words() -> None:
    assert words(RAID, RAID.conjuncts(1)) == "rebels army"
    assert words(RAID, RAID.conjuncts(3)) == "Osthavn"


def test_spans() -> None:
    assert RAID.slice(RAID.span(1)) == "rebels"
    assert RAID.slice(RAID.span(1, 3)) == "rebels of Osthavn"
    assert RAID.slice(RAID.subtree_span(7)) == "The rebels of Osthavn and the army left"
    assert RAID.slice(RAID.subtree_span(10)) == "The rebels of Osthavn and the army left , officials said"
    assert RAID.slice(RAID.phrase_span(6)) == "the army"


@pytest.mark.parametrize(
    ("span", "found"),
    [((0, 3), "The"), ((0, 10), "The rebels"), ((1, 5), "The rebels"), ((3, 4), ""), ((0, 0), ""), ((500, 510), "")],
)
def test_words_of_a_span(span: tuple[int, int], found: str) -> None:
    assert words(RAID, list(RAID.tokens_in(span))) == found


def test_head_of_a_span() -> None:
    assert RAID.head_of(RAID.span(0, 3)) == 1
    assert RAID.head_of(RAID.span(2, 3)) == 3
    assert RAID.head_of(RAID.span(8)) == 8  # nothing but punctuation
    assert RAID.head_of((3, 4)) is None


def test_sentence_of_a_word() -> None:
    assert RAID.sentence(13) == RAID.sentences[1]
    assert RAID.slice(RAID.sentence(0).span).endswith("officials said .")


def test_prepositions() -> None:
    assert CLOSED.preposition(6) == "because of"
    assert CLOSED.preposition(8) == "by"
    assert CLOSED.preposition(0) is None


def test_relation_names() -> None:
    assert is_dep("nsubj:pass", ("nsubj",))
    assert not is_dep("nsubj", ("nsubj:pass",))
    assert not is_dep("nsubjx", ("nsubj",))
    assert not is_dep("nsubj", ())


# "Oxfam , Unicef and the guard left", the second name read as an apposition; and "Ola , a driver , and the guard left"
LISTED = tree(
    "Oxfam PROPN nsubj 6", ", PUNCT punct 2", "Unicef PROPN appos 0", "and CCONJ cc 5", "the DET det 5", "guard NOUN conj 0",
    "left VERB root 6",
)  # fmt: skip
DESCRIBED = tree(
    "Ola PROPN nsubj 8", ", PUNCT punct 3", "a DET det 3", "driver NOUN appos 0", ", PUNCT punct 7", "and CCONJ cc 7",
    "the DET det 7", "guard NOUN conj 0", "left VERB root 8",
)  # fmt: skip
JOINED = tree(
    "fly VERB root 0", "as CCONJ cc 5", "well ADV fixed 1", "as ADP fixed 1", "for ADP fixed 1", "talks NOUN obl 0",
)  # fmt: skip


def test_the_middle_of_a_list_is_a_member_and_a_description_is_none() -> None:
    assert LISTED.conjuncts(0) == [0, 2, 5]
    assert DESCRIBED.conjuncts(0) == [0, 7]


def test_a_preposition_inside_a_conjunction() -> None:
    assert JOINED.preposition(5) == "for"


def test_words_are_found_by_part_tag_and_name():
    assert RAID.of_parts({"NOUN", "PROPN"}) == [t.i for t in RAID.tokens if t.pos in ("NOUN", "PROPN")]
    assert RAID.of_tags({"CCONJ"}) == [t.i for t in RAID.tokens if t.tag == "CCONJ"]
    assert RAID.called(frozenset({"the", "army", "navy"})) == [t.i for t in RAID.tokens if t.lower in ("the", "army")]
    assert RAID.called(frozenset({"navy"})) == []
