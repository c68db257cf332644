"""From the parsed pieces of an article to the words of its document: as columns, which can still be mended, and then as tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, make_dataclass, replace
from itertools import chain, count
from operator import add
from typing import Any

from readout.language.columns import Columns, Form
from readout.language.document import Sentence, Token, WordColumns


def _draft_of(frozen: type) -> Any:
    """What is filled in to be one of a frozen class: the same slots, not yet frozen.

    A frozen class sets each of its fields through a call, which takes five times as long as all the rest of making it, for every word of
    every article.
    """
    return make_dataclass("_Draft", [(field.name, field.type) for field in fields(frozen)], slots=True)


_TOKEN, _SENTENCE = _draft_of(Token), _draft_of(Sentence)
_NO_FORMS: tuple[tuple[Any, ...], ...] = ((),) * len(Form._fields)


@dataclass(slots=True)
class Words:
    """The words of an article while its document is made: a column for each thing that a word has, all as long."""

    texts: Sequence[str]
    lowers: Sequence[str]
    lemmas: list[str]
    keys: list[str]  # lemmas in lower case
    parts: list[str]
    tags: list[str]
    capitals: Sequence[bool]
    starts: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # of their sentences
    sentences: list[Sentence] = field(default_factory=list)

    def add(self, paragraph: int, at: int, piece: Columns) -> None:
        """Adds where the words of a piece that starts at code point `at` stand, and their tree."""
        base = len(self.starts)
        self.starts += [at + start for start in piece.starts]
        self.heads += [base + head for head in piece.heads]
        self.deps += piece.deps
        for begin, end in piece.sentences:
            first, last, root = base + begin, base + end, base + piece.root(begin, end)
            self.deps[root], self.heads[root] = "root", root
            span = self.starts[first], self.starts[last - 1] + len(self.texts[last - 1])
            self.numbers += [len(self.sentences)] * (end - begin)
            sentence = _SENTENCE(first, last, root, span, paragraph)
            sentence.__class__ = Sentence
            self.sentences.append(sentence)

    def dependents(self) -> list[tuple[int, ...]]:
        """The dependents of each word, in text order."""
        below: dict[int, list[int]] = {}
        for i, head in enumerate(self.heads):
            if head == i:
                continue
            if head in below:
                below[head].append(i)
            else:
                below[head] = [i]
        found: list[tuple[int, ...]] = [()] * len(self.heads)
        for head, words in below.items():
            found[head] = tuple(words)
        return found

    def trees(self, deps: Sequence[str], heads: Sequence[int]) -> list[tuple[int, ...]]:
        """The dependents of each word, once what closed a ring is undone: such a sentence has its relations and heads as they were.

        Each root is called one, so that who climbs by relations ends there.

        Args:
            deps: the relations before they were mended.
            heads: the heads before they were mended.
        """
        below = self.dependents()
        reached = bytearray(len(self.heads))
        waiting = [sentence.root for sentence in self.sentences]
        broken = {self.numbers[root] for root in waiting if self.heads[root] != root}
        for root in waiting:
            self.deps[root] = "root"
        while waiting:
            i = waiting.pop()
            if not reached[i]:  # else a ring leads back to its root
                reached[i] = 1
                waiting += below[i]
        if not all(reached):
            broken |= {self.numbers[i] for i in range(len(reached)) if not reached[i]}
        if not broken:
            return below
        for n in broken:
            first, last = self.sentences[n].first, self.sentences[n].last
            self.deps[first:last], self.heads[first:last] = deps[first:last], heads[first:last]
            root = next(i for i in range(first, last) if heads[i] == i)
            self.sentences[n] = replace(self.sentences[n], root=root)
        return self.dependents()

    def tokens(self) -> tuple[tuple[Token, ...], WordColumns]:
        """The words as tokens, and their columns."""
        ends = list(map(add, self.starts, map(len, self.texts)))
        drafts = (self.texts, self.lowers, self.lemmas, self.parts, self.tags, self.deps, self.heads, self.starts, ends)
        tokens: list[Token] = list(map(_TOKEN, count(), *drafts, self.numbers))
        for token in tokens:
            token.__class__ = Token
        columns = (
            self.deps,
            self.texts,
            self.lowers,
            self.keys,
            self.parts,
            self.tags,
            self.capitals,
            self.starts,
            ends,
        )
        return tuple(tokens), WordColumns(*map(tuple, columns))


def words_of(pieces: Iterable[tuple[int, int, int]], parsed: Sequence[Columns]) -> Words:
    """The words of parsed pieces: each the index of its paragraph and its code points; white-space tokens are dropped."""
    columns = _forms_of(parsed)
    if any(map(str.isspace, columns[0])):
        parsed = [_without_blanks(piece) for piece in parsed]
        columns = _forms_of(parsed)
    texts, lowers, lemmas, keys, parts, tags, capitals, _ = columns
    words = Words(texts, lowers, list(lemmas), list(keys), list(parts), list(tags), capitals)
    for (paragraph, start, _), piece in zip(pieces, parsed, strict=True):
        words.add(paragraph, start, piece)
    return words


def _forms_of(parsed: Iterable[Columns]) -> tuple[tuple[Any, ...], ...]:
    return tuple(zip(*chain.from_iterable(piece.forms for piece in parsed), strict=True)) or _NO_FORMS


def _without_blanks(piece: Columns) -> Columns:
    """A piece without its white-space tokens; what hung on one hangs on the root, and the first word stands for a root that was one."""
    kept = [n for n, form in enumerate(piece.forms) if not form.text.isspace()]
    index = {n: i for i, n in enumerate(kept)}
    heads: list[int] = []
    sentences: list[tuple[int, int]] = []
    for begin, end in piece.sentences:
        within = [n for n in range(begin, end) if n in index]
        if within:
            first = len(heads)
            root = index.get(piece.root(begin, end), first)
            heads += [root if index[n] == root else index.get(piece.heads[n], root) for n in within]
            sentences.append((first, len(heads)))
    return Columns(
        [piece.words[n] for n in kept],
        [piece.tags[n] for n in kept],
        [piece.starts[n] for n in kept],
        [piece.forms[n] for n in kept],
        [piece.deps[n] for n in kept],
        heads,
        sentences,
    )
