"""The parsed document that every reader reads: words with tags, lemmas and a dependency tree, and no spaCy.

Readers handle words by their index in `Document.tokens`. Tags: `pos` is the universal part of speech (UPOS), `tag` the
Penn Treebank tag, `dep` the Universal Dependencies relation with its subtype ("nsubj:pass", "acl:relcl"); a root's
relation is "root" and its head is itself.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from dataclasses import InitVar, dataclass, field
from functools import cache, reduce
from itertools import compress, count
from operator import or_
from typing import Any, NamedTuple

Span = tuple[int, int]
_FEW = 3  # words are looked for one by one


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `start` and `end` are code points of the document's text, `head` and `sentence` are indexes."""

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words `[first, last)`, its root, its code points, the index of its paragraph."""

    first: int
    last: int
    root: int
    span: Span
    paragraph: int


class WordColumns(NamedTuple):
    """What is asked of every token, as columns of a document: see there."""

    relations: tuple[str, ...]
    texts: tuple[str, ...]
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    parts: tuple[str, ...]
    tags: tuple[str, ...]
    capitals: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed article and what is known of it from outside its text.

    `published` is the day of publication; `dateline` the place that the dateline names ("CAIRO"), `publisher` who
    printed it; each None where not known. `columns` are those of the tokens, where whoever makes it has them.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Span, ...]
    dependents: tuple[tuple[int, ...], ...]  # of each token, in text order
    published: dt.date | None = None
    dateline: str | None = None
    publisher: str | None = None
    title: str | None = None
    # Columns: what is asked of every token, so that nobody has to ask token by token.
    relations: tuple[str, ...] = field(init=False, repr=False, compare=False)  # `dep`
    below: tuple[int, ...] = field(init=False, repr=False, compare=False)  # relations of its dependents, a bit each
    texts: tuple[str, ...] = field(init=False, repr=False, compare=False)  # `text`
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)  # `lower`
    lemmas: tuple[str, ...] = field(init=False, repr=False, compare=False)  # in lower case
    vocabulary: frozenset[str] = field(init=False, repr=False, compare=False)  # its words and lemmas, each once
    parts: tuple[str, ...] = field(init=False, repr=False, compare=False)  # `pos`
    tags: tuple[str, ...] = field(init=False, repr=False, compare=False)  # `tag`
    capitals: tuple[bool, ...] = field(init=False, repr=False, compare=False)  # whether it begins with one
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)  # to find words by code points
    ends: tuple[int, ...] = field(init=False, repr=False, compare=False)
    #: What has been worked out of this document so far: see `readout.language.memory`.
    memory: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    columns: InitVar[WordColumns | None] = None

    def __post_init__(self, columns: WordColumns | None) -> None:
        found = _columns_of(self.tokens) if columns is None else columns
        for name, column in zip(WordColumns._fields, found, strict=True):
            object.__setattr__(self, name, column)
        object.__setattr__(self, "below", _below(found.relations, self.dependents))
        object.__setattr__(self, "vocabulary", frozenset([*found.words, *found.lemmas]))

    def of_parts(self, parts: Container[str]) -> list[int]:
        """The words of some parts of speech, in text order."""
        return [*compress(count(), map(parts.__contains__, self.parts))]

    def of_tags(self, tags: Container[str]) -> list[int]:
        """The words of some Penn Treebank tags, in text order."""
        return [*compress(count(), map(tags.__contains__, self.tags))]

    def called(self, names: Set[str]) -> list[int]:
        """The words that are, or whose lemmas are, among `names` (in lower case), in text order."""
        known = names & self.vocabulary
        if not known:
            return []
        if len(known) <= _FEW:
            return sorted({i for name in known for column in (self.lemmas, self.words) for i in _places(column, name)})
        by_lemma, by_form = map(known.__contains__, self.lemmas), map(known.__contains__, self.words)
        return [*compress(count(), map(or_, by_lemma, by_form))]

    def children(self, i: int, *deps: str) -> list[int]:
        """The dependents of word `i` in text order; of the relations `deps` alone, where given.

        A relation without a subtype stands for all its subtypes: "nsubj" finds "nsubj:pass" too.
        """
        below = self.below[i]
        if not below:
            return []
        if not deps:
            return list(self.dependents[i])
        wanted = _WANTED[deps]
        if not wanted.bits & below:  # as mostly
            return []
        relations, found = self.relations, []
        for child in self.dependents[i]:
            if wanted[relations[child]]:
                found.append(child)  # noqa: PERF401 - a comprehension costs a call more
        return found

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of word `i` with one of these relations, or None."""
        wanted = _WANTED[deps]
        if wanted.bits & self.below[i]:
            for child in self.dependents[i]:
                if wanted[self.relations[child]]:
                    return child
        return None

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads of word `i`, from its own head up to the root of its sentence."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def subtree(self, i: int, without: Iterable[str] = ()) -> list[int]:
        """Word `i` and everything below it, sorted; branches whose relation is in `without` are left out whole."""
        below, found = self.dependents, [i]
        if without:
            relations, cut = self.relations, _WANTED[tuple(without)]
            for at in found:  # grows while it is read
                found += [c for c in below[at] if not cut[relations[c]]]
        else:
            for at in found:
                found += below[at]
        found.sort()
        return found

    def conjuncts(self, i: int) -> list[int]:
        """Word `i` and the words coordinated with it ("the US, Qatar and Egypt" from "US"), in text order."""
        if not self.dependents[i]:
            return [i]
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            below = self.children(at, "conj")
            stack.extend(below)
            if below:  # the middle of "Oxfam, Unicef and the guard", read as an apposition
                stack.extend(a for a in self.children(at, "appos") if a < below[0] and self._is_listed(a, below[0]))
        return sorted(set(found))

    def _is_listed(self, i: int, following: int) -> bool:
        """Whether nothing but "and" or "or" and what belongs to `following` stands between an apposition and it: no second comma."""
        between = [
            token for token in self.tokens[i + 1 : following] if token.head in (following, i) or token.pos == "CCONJ"
        ]
        return self.tokens[i].pos == "PROPN" and all(token.text != "," for token in between)

    def span(self, first: int, last: int | None = None) -> Span:
        """The code points from word `first` to word `last`, both included."""
        return self.tokens[first].start, self.tokens[first if last is None else last].end

    def subtree_span(self, i: int, without: Iterable[str] = ()) -> Span:
        """The code points of the unbroken run of `subtree(i, without)` around word `i`, outer punctuation left out."""
        words = set(self.subtree(i, without))
        first = last = i
        while first - 1 in words:
            first -= 1
        while last + 1 in words:
            last += 1
        while first < i and self.tokens[first].pos == "PUNCT":
            first += 1
        while last > i and self.tokens[last].pos == "PUNCT":
            last -= 1
        return self.span(first, last)

    def phrase_span(self, i: int) -> Span:
        """The noun phrase around word `i` without clauses, appositions and coordinated phrases."""
        span = self.subtree_span(
            i,
            ("acl", "appos", "conj", "cc", "parataxis", "case", "cop", "punct", "advcl", "nsubj", "aux", "mark", "dep"),
        )
        first = self.tokens_in(span)[0]
        if first < i and self.tokens[first].lower in ("least", "most") and self.tokens[first - 1].lower == "at":
            return self.tokens[first + 1].start, span[1]  # "at least three people"
        return span

    def tokens_in(self, span: Span) -> range:
        """The indexes of the words that overlap a span of code points."""
        return self._within(span)[0]

    def head_of(self, span: Span) -> int | None:
        """The highest word of a span: the first one whose head stands outside; None for a span without words."""
        return self._within(span)[1]

    def _within(self, span: Span) -> tuple[range, int | None]:
        """The words of a span, and the highest of them: readers ask of the same mentions, one after another."""
        found: tuple[range, int | None] | None = self.memory.get(span)
        if found is None:
            first = bisect_right(self.ends, span[0])
            words = range(first, max(first, bisect_left(self.starts, span[1])))
            head = words[0] if len(words) == 1 else self.highest(words) if words else None
            found = self.memory[span] = words, head
        return found

    def highest(self, words: range) -> int:
        """The highest of a run of words, which is not empty: the first one whose head stands outside, punctuation left out."""
        for i in words:
            token = self.tokens[i]
            if (token.head not in words or token.head == i) and token.pos != "PUNCT":
                return i
        return words[0]

    def slice(self, span: Span) -> str:
        """The words that a span points to."""
        return self.text[span[0] : span[1]]

    def sentence(self, i: int) -> Sentence:
        """The sentence of word `i`."""
        return self.sentences[self.tokens[i].sentence]

    def _cases(self, i: int) -> list[int]:
        """The prepositions of word `i`, without the ending of a possessive."""
        return [c for c in self.children(i, "case") if c < i and self.tokens[c].lower not in ("'s", "’s", "'", "’")]

    def preposition(self, i: int) -> str | None:
        """The preposition of noun `i`, lower-cased, as one string ("because of", "according to"); None without one."""
        key = ("preposition", i)
        if key not in self.memory:
            self.memory[key] = self._preposition(i) if self.below[i] & _bits_with_case() else None
        found: str | None = self.memory[key]
        return found

    def _preposition(self, i: int) -> str | None:
        case = self._cases(i)
        if not case:  # "by Industry Minister Ola Berg", "of the state channel TVRI": hung on the title
            titles = [title for title in self.children(i, "nmod:desc", "compound") if title < i]
            case = [c for title in titles for c in self._cases(title)]
        if not case:  # "to displaced Afghans": taken for the "to" of an infinitive
            before = [a for a in self.children(i, "amod") if a < i]
            case = [m for a in before[:1] for m in self.children(a, "mark") if m < a and self.tokens[i].tag[:2] == "NN"]
        if not case and self.tokens[i].dep.startswith("obl"):  # "postponed it following riots": taken for an adjective
            case = [
                a
                for a in self.children(i, "amod")
                if self.tokens[a].lower == "following" and not self.children(i, "det")
            ]
        if not case:  # "as well as for talks": the parser takes the preposition into the conjunction
            joined = [
                f for c in self.children(i, "cc") for f in self.children(c, "fixed") if self.tokens[f].pos == "ADP"
            ]
            after = [f for f in joined if self.tokens[f].lower not in ("as", "well", "than")]
            return self.tokens[after[-1]].lower if after else None
        words = [case[0], *self.children(case[0], "fixed"), *case[1:]]
        return " ".join(self.tokens[word].lower for word in sorted(set(words)))


def _columns_of(tokens: Iterable[Token]) -> WordColumns:
    columns = tuple(
        zip(
            *(
                (t.dep, t.text, t.lower, t.lemma.lower(), t.pos, t.tag, t.text[:1].isupper(), t.start, t.end)
                for t in tokens
            ),
            strict=True,
        )
    )
    return WordColumns(*columns or ((),) * len(WordColumns._fields))


def _places(column: Sequence[str], name: str) -> Iterator[int]:
    """Where a word stands in a column."""
    at = -1
    for _ in range(column.count(name)):
        at = column.index(name, at + 1)
        yield at


def _below(relations: Sequence[str], dependents: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The relations of the dependents of each word, a bit each."""
    bits = {dep: _bit(dep) for dep in set(relations)}
    below = [0] * len(relations)
    for i, children in enumerate(dependents):
        if children:
            found = 0
            for child in children:
                found |= bits[relations[child]]
            below[i] = found
    return tuple(below)


def is_dep(dep: str, wanted: Iterable[str]) -> bool:
    """Whether a relation is one of `wanted`, or a subtype of one of them."""
    return _WANTED[wanted if isinstance(wanted, tuple) else tuple(wanted)][dep]


def bits_of(*deps: str) -> int:
    """The bits of relations and their subtypes in `Document.below`: a word that has none of them has no such dependent."""
    return _WANTED[deps].bits


@cache
def _bit(dep: str) -> int:
    """A bit for a relation and its subtypes; where there are more than machine words hold, some share one."""
    name = dep.partition(":")[0]
    return 1 << next(_bits) % 60 if name == dep else _bit(name)


_bits = count()


@cache
def _bits_with_case() -> int:
    """The bits of relations by which a noun has a preposition."""
    return bits_of("case", "nmod", "amod", "cc", "compound")


class _Wanted(dict[str, bool]):
    """Whether a relation is one of those asked for, or a subtype of one: told once for each relation."""

    __slots__ = ("_deps", "bits")

    def __init__(self, deps: tuple[str, ...]):
        super().__init__()
        self._deps = deps
        self.bits = reduce(
            or_, map(_bit, deps), 0
        )  # a word whose dependents have none of these has none that is wanted

    def __missing__(self, dep: str) -> bool:
        found = self[dep] = any(dep == name or dep.startswith(f"{name}:") for name in self._deps)
        return found


class _AllWanted(dict[tuple[str, ...], _Wanted]):
    """What is asked for, by how it is asked: a few dozen relations in a few hundred ways, millions of times."""

    def __missing__(self, deps: tuple[str, ...]) -> _Wanted:
        found = self[deps] = _Wanted(deps)
        return found


_WANTED = _AllWanted()
