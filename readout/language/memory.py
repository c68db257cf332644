"""What is worked out once a document: answers of pure functions of a document, kept with it and gone with it.

Readers ask the same of a word many times over: every pattern of a verb asks for its objects. A document never changes, so the
first answer holds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from readout.language.document import Document

P = ParamSpec("P")
T = TypeVar("T")
_UNKNOWN = object()


def once(function: Callable[Concatenate[Document, P], T]) -> Callable[Concatenate[Document, P], T]:
    """A pure function of a document and hashable arguments that answers each question once a document.

    Its answer must be one that nobody can change; of lists, use `once_listed`.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    def answer_of_document(document: Document, /) -> T:
        found: T = document.memory.get(name, _UNKNOWN)
        if found is _UNKNOWN:
            found = document.memory[name] = ask_document(document)
        return found

    def answer_of_word(document: Document, i: int, /) -> T:
        try:
            answers: list[T] = document.memory[name]
        except KeyError:
            answers = _answers_of_words(document, name)
        found = answers[i]
        if found is _UNKNOWN:
            found = answers[i] = ask(document, i)
        return found

    def answer(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (name, args, *kwargs.items()) if kwargs else (name, args)
        found: T = document.memory.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = document.memory[key] = function(document, *args, **kwargs)
        return found

    asked = len(signature(function).parameters)  # by far the most ask of a word: both these are worth a shorter way
    ask, ask_document = cast(Callable[[Document, int], T], function), cast(Callable[[Document], T], function)
    told: Any = answer_of_word if asked == 2 else answer_of_document if asked == 1 else answer
    return cast(Callable[Concatenate[Document, P], T], wraps(function)(told))


def once_listed(function: Callable[Concatenate[Document, P], list[T]]) -> Callable[Concatenate[Document, P], list[T]]:
    """As `once`, of a function that returns a list: each caller gets one of its own, to add to as it likes.

    It is kept as a tuple, which the garbage collector need not look through again and again.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    def answer_of_word(document: Document, i: int, /) -> list[T]:
        try:
            answers: list[tuple[T, ...]] = document.memory[name]
        except KeyError:
            answers = _answers_of_words(document, name)
        found = answers[i]
        if found is _UNKNOWN:
            found = answers[i] = tuple(ask(document, i))
        return list(found)

    def answer(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> list[T]:
        key = (name, args, *kwargs.items()) if kwargs else (name, args)
        found: tuple[T, ...] = document.memory.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = document.memory[key] = tuple(function(document, *args, **kwargs))
        return list(found)

    ask = cast(Callable[[Document, int], list[T]], function)
    told: Any = answer_of_word if _asks_for_word(function) else answer
    return cast(Callable[Concatenate[Document, P], list[T]], wraps(function)(told))


def _answers_of_words(document: Document, name: str) -> Any:
    """A place for a function's answer to each word, none known yet: a list is read faster than a dictionary of pairs."""
    answers = document.memory[name] = [_UNKNOWN] * len(document.tokens)
    return answers


def _asks_for_word(function: Callable[..., object]) -> bool:
    """Whether a function asks for a document and one word and nothing else: by far the most, and worth a shorter way."""
    return len(signature(function).parameters) == 2
