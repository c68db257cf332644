"""Words to parsed documents: loads the shipped spaCy pipeline and turns its output into `Document`s.

Nothing else in Readout knows spaCy. A text is parsed paragraph by paragraph (lines), so that no sentence runs over a
paragraph's end; very long ones piece by piece, as time and memory grow with the square of a sentence or an unbroken run.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from readout.errors import ModelError
from readout.language.clauses import mend_clauses
from readout.language.columns import Columns
from readout.language.coordination import mend_coordination
from readout.language.document import Document, Span
from readout.language.garbage import collector_paused
from readout.language.kernels import Kernels
from readout.language.lemmas import Lemmatizer
from readout.language.making import words_of
from readout.language.mending import mend_heads, mend_tags
from readout.language.names import mend_names
from readout.language.pairs import mend_pairs
from readout.language.participles import mend_participles
from readout.language.pinned import PINS, check_pins
from readout.language.rehanging import mend_subjects
from readout.language.relatives import mend_relatives
from readout.language.reported import mend_reported
from readout.language.saying_words import mend_saying
from readout.language.second_reading import read_again
from readout.language.spacy_alone import import_spacy
from readout.language.tenses import mend_tenses
from readout.language.trees import Line, Trees

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

T = TypeVar("T")
MODEL_FOLDER = Path(__file__).parent / "model"
_LONGEST = 3000  # code points of a paragraph that are parsed at once
_AT_ONCE = 512  # paragraphs that go through the pipeline together, and whose articles are read together
_TEXTS = 2000  # that are parsed before it is asked whether the pipeline has to be loaded anew
_NEW_WORDS = 30_000  # some 30 MB
_SENTENCE_END = re.compile(r"(?<=[a-z]{4}[.!?])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z])")
#: What no sentence starts with: the word behind a mark that opens a quotation, and a mark that closes one.
_WITHIN_QUOTATION = re.compile(r"(?:^|(?<=\s))[\"“](?=\w)|(?<=\w[.!?,])(?=[\"”](?:\s|$))")
#: No sentence starts behind a body's abbreviation: "the head of the Lakes Commission (LC) *X* said".
_ABBREVIATED = re.compile(r"\((?<=[a-z] \()[A-Z][A-Za-z-]{0,10}[A-Z]\)\s+(?=[A-Z])")
#: Nor behind "No." before a number: "the No. 2 official".
_NUMBERED = re.compile(r"\bNos?\.\s+(?=\d)")
#: Where a sentence ends and a quotation opens.
_QUOTATION_NEXT = re.compile(r"(?<=[a-z]{3}[.!?])\s+(?=[\"“][A-Z])")
#: Who is named right behind a quotation that ends in a full stop tells of the next one: the speaker follows a comma.
_QUOTATION_END = re.compile(r"\.(?<=[a-z]{2}\.)[”\"]\s+(?=[A-Z])")  # the stop first: the text is skimmed for it
#: A sentence that ends in the name of a network, which is no initial of the name behind it: "said on X. Venezuela asked …".
_ON_X = re.compile(r"X\.(?:(?<= (?:on|to) X\.)|(?<= via X\.)|(?<= from X\.))[\"”’']?\s+(?=[\"“‘']?[A-Z])")
#: "PARIS (Reuters) - ", "KHARTOUM, March 16 (Xinhua) -- ": where it was filed is no part of the sentence behind it.
_DATELINE = re.compile(
    r"\s*(?:Reuters |AFP |AP )?"
    r"(?=[A-Z.’']{3}|[A-Z]{2} [A-Z]{2})[A-Z][A-Z.’']+(?:[ -][A-Z.’']{2,}){0,3}"  # the town, in capitals
    r"(?:, [A-Z][\w.]+(?: [\w.]+)?){0,2}(?: \([A-Z][\w ]{1,20}\))?"  # its country, the day, the agency
    r" ?(?:-{1,2}|[–—]) ?(?=[\"“A-Z])"
)
_PROSE_END = re.compile(r"[.!?](?<=[a-z\d][.!?])[\"”’')]*\s*$")
_RUN = re.compile(r"\S{500}(?=\S)")
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # spaCy cannot encode half a pair


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an article from outside its own words."""

    published: dt.date | None = None
    dateline: str | None = None
    publisher: str | None = None
    title: str | None = None


#: The index of a paragraph, and the code points of it that are parsed at once.
Piece = tuple[int, int, int]


class Parser:
    """The language pipeline: texts in, `Document`s out. Load it once with `load_parser`."""

    def __init__(self, folder: Path = MODEL_FOLDER, pins: Path | None = PINS):
        """Loads a pipeline.

        Args:
            folder: where `training/make.py` put it; the shipped one by default.
            pins: what the files in it have to be, to the letter; None for one of your own making.

        Raises:
            ModelError: the folder does not hold a pipeline, or not the pinned one.
        """
        if not (folder / "meta.json").is_file():
            raise ModelError(f"no language pipeline in {folder}")
        self.version: str = str(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["version"])
        self._folder, self._pins = folder, pins
        self._kernels = Kernels()
        self._load()

    def _load(self) -> None:
        if self._pins is not None:
            check_pins(self._folder, self._pins)
        spacy = import_spacy()
        from readout.language.weights import restore_vectors

        spacy.registry.tokenizers(_UNRULED, func=_unruled)
        with collector_paused():
            self._nlp: Language = spacy.load(self._folder, config={"nlp.tokenizer.@tokenizers": _UNRULED})
            restore_vectors(self._nlp, self._folder)
        self._kernels.take_over(self._nlp)
        self._trees = Trees(self._nlp, Lemmatizer(self._folder))
        self._known = len(self._nlp.vocab.strings)

    def _forget(self) -> None:
        """Loads the pipeline anew where it has met so many words that its memory of them weighs: it keeps every one for ever.

        A second and a half once in some thousand articles; what it says of a text does not depend on what it met before.
        """
        if len(self._nlp.vocab.strings) - self._known > _NEW_WORDS:
            self._load()

    def parse(self, text: str, context: Context | None = None) -> Document:
        """One text, parsed; `text` is kept to the letter."""
        return next(self.parse_many([(text, context or Context())]))

    def parse_many(self, texts: Iterable[tuple[str, Context]]) -> Iterator[Document]:
        """Parses texts in order, their paragraphs in batches."""
        return chain.from_iterable(self.parse_batches(texts, list))

    def parse_batches(
        self, texts: Iterable[tuple[str, Context]], take: Callable[[list[Document]], list[T]]
    ) -> Iterator[list[T]]:
        """As `parse_many`, with what is made of the documents that a batch of paragraphs completes together; never of none.

        Args:
            texts: what to parse.
            take: makes it. Documents that it does not keep are gone before the search for garbage would go through them.
        """
        coming = iter(texts)
        for first in coming:
            self._forget()
            yield from self._parse_some(chain([first], islice(coming, _TEXTS - 1)), take)

    def _parse_some(
        self, texts: Iterable[tuple[str, Context]], take: Callable[[list[Document]], list[T]]
    ) -> Iterator[list[T]]:
        waiting: list[tuple[str, Context, list[Span], list[Piece]]] = []

        def lines() -> Iterator[Line]:
            for text, context in texts:
                spans = paragraphs_of(text)
                pieces = [(n, *piece) for n, span in enumerate(spans) for piece in pieces_of(text, span)]
                waiting.append((text, context, spans, pieces))
                for _, start, end in pieces:
                    yield self._line(text[start:end])

        parsed: list[Columns] = []

        def completed(batch: list[Columns]) -> list[Document]:
            done: list[Document] = []
            for columns in batch:
                while not waiting[0][3]:
                    done.append(self._document(*waiting.pop(0), []))
                parsed.append(columns)
                if len(parsed) == len(waiting[0][3]):
                    done.append(self._document(*waiting.pop(0), parsed))
                    parsed.clear()
            return done

        for batch in self._columns(lines()):
            with collector_paused():
                documents = completed(batch)
                batch.clear()
                taken = take(documents) if documents else []
                del documents
            if taken:
                yield taken
        if waiting:  # texts without a word
            yield take([self._document(*text, []) for text in waiting])

    def _columns(self, lines: Iterable[Line]) -> Iterator[list[Columns]]:
        """What the pipeline says of each line, batch by batch, the second reading of doubtful sentences taken in."""
        coming = iter(lines)
        while some := list(islice(coming, _AT_ONCE)):
            with self._kernels.on_one_core(), collector_paused():
                pieces = self._trees.columns(some)
                read_again(self._nlp, self._trees, pieces)
            del some
            yield pieces

    def bare(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """The lemmas of each paragraph, and nothing made of the rest: the pipeline's own work, which reading is measured by."""
        pieces = ((text, *piece) for text in texts for span in paragraphs_of(text) for piece in pieces_of(text, span))
        lines = (self._line(text[start:end]) for text, start, end in pieces)
        while True:
            with self._kernels.on_one_core():
                some = self._trees.columns(islice(lines, _AT_ONCE))
            if not some:
                return
            for columns in some:
                yield [form.lemma for form in columns.forms]

    def _line(self, text: str) -> Line:
        """A line in words, with what is sure of its sentences beforehand.

        One starts behind a dateline and behind a full stop in a quotation or before one, none between a quotation mark and what it
        opens, and none behind an abbreviation in brackets.
        In a paragraph that ends as prose does, no sentence starts behind a mere word: "Dailies Tuesday | said he must go".
        """
        whole = _SURROGATES.sub("\ufffd", text)
        sure = {hit.end() for pattern in (_QUOTATION_END, _QUOTATION_NEXT) for hit in pattern.finditer(whole)}
        filed = _DATELINE.match(whole)
        if filed is not None and " " in filed[0].strip():
            sure.add(filed.end())
        inside = tuple(hit.end() for pattern in _UNBROKEN for hit in pattern.finditer(whole))
        return Line(self._nlp.make_doc(whole), _PROSE_END.search(whole) is not None, tuple(sure), inside)

    def _document(
        self, text: str, context: Context, spans: list[Span], pieces: list[Piece], parsed: list[Columns]
    ) -> Document:
        words = words_of(pieces, parsed)
        deps, heads = list(words.deps), list(words.heads)
        mend_heads(words)
        mend_saying(words)
        mend_subjects(words)
        mend_relatives(words)
        mend_reported(words)
        mend_clauses(words)
        mend_participles(words)
        mend_names(words)
        mend_pairs(words)
        mend_coordination(words)
        mend_tags(words)
        mend_tenses(words)
        below = words.trees(deps, heads)
        tokens, columns = words.tokens()
        return Document(
            text=text,
            tokens=tokens,
            sentences=tuple(words.sentences),
            paragraphs=tuple(spans),
            dependents=tuple(below),
            published=context.published,
            dateline=context.dateline,
            publisher=context.publisher,
            title=context.title,
            columns=columns,
        )


#: What no sentence starts behind.
_UNBROKEN = (_WITHIN_QUOTATION, _ABBREVIATED, _NUMBERED)
#: The name by which a pipeline's description can ask for `_unruled`.
_UNRULED = "readout.unruled_tokenizer"


def _unruled() -> Callable[[Language], Tokenizer]:
    """Makes a tokenizer without rules: those of the pipeline are read from its folder, and need no others before them."""
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)


def paragraphs_of(text: str) -> list[Span]:
    """The lines of a text that hold more than white space, as spans without outer white space."""
    spans, at = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            spans.append((start, start + len(stripped)))
        at += len(line) + 1
    return spans


def pieces_of(text: str, span: Span) -> list[Span]:
    """A paragraph in pieces that are short enough to parse, cut where a sentence ends if one does, else between words."""
    cuts, at, end = [span[0]], *span
    while end - at > _LONGEST:
        limit = at + _LONGEST
        ends = [hit.end() for hit in _SENTENCE_END.finditer(text, at, limit)]
        at = ends[-1] if ends else text.rfind(" ", at, limit) + 1 or limit
        cuts.append(at)
    cuts += [hit.end() for hit in _RUN.finditer(text, *span)]
    cuts += [hit.end() for hit in _ON_X.finditer(text, *span)]
    edges = sorted({*cuts, end})
    return list(pairwise(edges))


@cache
def load_parser() -> Parser:
    """The shipped pipeline, loaded once a process.

    Raises:
        ModelError: the pipeline's files are missing or changed.
    """
    return Parser()
