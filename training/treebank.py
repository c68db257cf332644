"""Reads the treebanks that the pipeline is trained on: CoNLL-U in, paragraphs of gold words out.

A training document is one paragraph (`# newpar`): the parser then learns where sentences end from what
stands around them. Genres whose licence forbids commercial use are left out (`NON_COMMERCIAL`).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: GUM's genres under a non-commercial licence (CC BY-NC-SA).
NON_COMMERCIAL = frozenset({"essay", "fiction", "whow", "letter", "podcast"})


@dataclass(slots=True)
class Word:
    """One syntactic word: its surface form as it stands in the text, its analysis, and its head."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int  # index within the paragraph; the word's own index for a root
    deprel: str
    space: bool
    starts_sentence: bool


@dataclass(slots=True)
class Paragraph:
    """One paragraph of gold words; `genre` is GUM's, or EWT's source."""

    words: list[Word] = field(default_factory=list)
    genre: str = ""

    @property
    def text(self) -> str:
        """The paragraph as raw text, as far as `SpaceAfter` tells."""
        return "".join(word.form + (" " if word.space else "") for word in self.words).rstrip()


def _surface_parts(surface: str, forms: list[str]) -> list[str]:
    """Splits a multiword token's surface among its words; the forms where they spell it, else by length."""
    if "".join(forms) == surface:
        return forms
    parts, at = [], 0
    for position, form in enumerate(forms):
        last = position == len(forms) - 1
        size = len(surface) - at if last else min(len(form), len(surface) - at - (len(forms) - 1 - position))
        parts.append(surface[at : at + size])
        at += size
    return parts


def _read_sentence(lines: list[str]) -> list[Word]:
    """The words of one sentence, heads as indexes within it."""
    words: list[Word] = []
    pending: list[str] = []  # surface parts of the multiword token being read
    space_after = True
    for line in lines:
        cells = line.split("\t")
        if "." in cells[0]:
            continue
        spaced = "SpaceAfter=No" not in cells[9].split("|")
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            forms = [
                row.split("\t")[1]
                for row in lines
                if row.split("\t")[0].isdigit() and first <= int(row.split("\t")[0]) <= last
            ]
            pending = _surface_parts(cells[1], forms)
            space_after = spaced
            continue
        index = len(words)
        head = int(cells[6]) - 1
        if pending:
            form = pending.pop(0)
            space = space_after if not pending else False
        else:
            form, space = cells[1], spaced
        words.append(Word(form, cells[2], cells[3], cells[4], index if head < 0 else head, cells[7], space, index == 0))
    return [word for word in words if word.form] if all(word.form for word in words) else []


def read_paragraphs(path: Path, *, exclude: frozenset[str] = frozenset()) -> Iterator[Paragraph]:
    """Yields the paragraphs of a `.conllu` or `.conllu.gz` file, in order.

    Args:
        path: the treebank file.
        exclude: genres (`# meta::genre`) to leave out.
    """
    current, genre, lines, new_paragraph = Paragraph(), "", [], False
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as source:
        for raw in source:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc"):
                new_paragraph = True
                genre = line.split("= ")[-1].split("-")[0]
            elif line.startswith("# meta::genre"):
                genre = line.split("= ")[-1].strip()
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                new_paragraph = True
            elif line and not line.startswith("#"):
                lines.append(line)
            elif not line and lines:
                if new_paragraph:
                    if current.words and current.genre not in exclude:
                        yield current
                    current, new_paragraph = Paragraph(genre=genre), False
                offset = len(current.words)
                for word in _read_sentence(lines):
                    word.head += offset
                    current.words.append(word)
                lines = []
    if current.words and current.genre not in exclude:
        yield current
