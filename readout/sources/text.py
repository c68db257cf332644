"""Plain text: one file, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from readout.errors import EmptyArticle, SourceError, TooLarge
from readout.sources.article import Article
from readout.sources.decoding import decode
from readout.sources.language import check_declared, check_language
from readout.sources.problem import LARGEST_ARTICLE, SourceProblem, problem_of

_NARROWEST, _WIDEST, _FEWEST_LINES = 40, 100, 4


def is_text(head: bytes) -> bool:
    """Whether a file that begins so may be plain text: what nothing else takes is text, or a problem."""
    return True


def read_text(stream: BinaryIO, name: str, keep_text: bool) -> Iterator[Article | SourceProblem]:
    """The one article of a plain text, or the problem with it."""
    try:
        text = decode(whole(stream))
    except SourceError as error:
        yield problem_of(name, "decode", error)
        return
    yield from checked(Article(text=text if keep_text else unwrap(text), name=name))


def whole(stream: BinaryIO) -> bytes:
    """All bytes of an article's file.

    Raises:
        TooLarge: there are more than one article can have.
    """
    data = stream.read(LARGEST_ARTICLE + 1)
    if len(data) > LARGEST_ARTICLE:
        raise TooLarge(f"larger than one article can be ({LARGEST_ARTICLE // 1_000_000} MB)")
    return data


def checked(article: Article, language: str | None = None) -> Iterator[Article | SourceProblem]:
    """The article where its text is in a language that can be read, else the problem.

    `language` is what the source itself says ("en-GB"). An article that is not usable passes as it is: a notice that withdraws
    an item brings no text, and must not get lost.
    """
    if article.status != "usable":
        yield article
        return
    try:
        if not article.text.strip():
            raise EmptyArticle("there is no text in it")
        if language is not None:
            check_declared(language)
        check_language(article.text)
    except EmptyArticle as error:
        yield problem_of(article.name, "parse", error)
    except SourceError as error:
        yield problem_of(article.name, "language", error)
    else:
        yield article


def unwrap(text: str) -> str:
    """Joins the lines of text that was broken at a fixed width, as old wires and mails are; other text is untouched.

    It is done here and not in cleaning because what cleaning takes away must go back by putting in, and a space that
    takes a line break's place cannot.
    """
    if "\n" not in text:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    blocks = re.split(r"((?:\r?\n[ \t]*){2,})", text)
    return "".join(_joined(block, newline) if n % 2 == 0 else block for n, block in enumerate(blocks))


def _joined(block: str, newline: str) -> str:
    lines = block.split(newline)
    width = max(map(len, lines))
    if len(lines) < _FEWEST_LINES - 1 or not _NARROWEST <= width <= _WIDEST:
        return block
    for line, following in pairwise(lines):
        # A line of wrapped text is full: the next line's first word would not have fitted.
        if not following.strip() or following[0].isspace() or len(line) + 1 + len(following.split()[0]) < width:
            return block
    return " ".join(line.rstrip() for line in lines[:-1]) + " " + lines[-1]
