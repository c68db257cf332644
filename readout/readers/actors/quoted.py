"""What stands in quotation marks, and who says it, while pronouns are read: who speaks says "I"."""

from __future__ import annotations

from collections.abc import Iterator

from readout.language.document import Document
from readout.readers.actors.words import vocabulary

_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_LEAST = 5  # words of a quotation; fewer are words that a writer holds off


def quoted_words(document: Document) -> list[bool]:
    """Whether each word stands in quotation marks; a mark that is left open holds to the end of its paragraph."""
    if document.vocabulary.isdisjoint(_QUOTES):
        return [False] * len(document.words)
    found: list[bool] = []
    inside, paragraph = False, -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        words = document.texts[sentence.first : sentence.last]
        if _QUOTES.isdisjoint(words):
            found += [inside] * len(words)
            continue
        for word in words:
            if word in _QUOTES:
                inside = word in ("“", "``") or (word == '"' and not inside)
            found.append(inside)
    return found


def quoting_subjects(document: Document, inside: list[bool]) -> dict[int, int]:
    """By each quoted word, the head of whoever is told beside the quotation to say it; without those of nobody.

    Args:
        document: the words.
        inside: whether each word is quoted.
    """
    found: dict[int, int] = {}
    before: tuple[int, int] | None = None  # paragraph and speaker of the quotation before
    for first, last in _runs(inside):
        if last - first < _LEAST:
            continue
        opening, closing = document.sentence(first), document.sentence(last - 1)
        subjects = (
            _subjects(document, last, closing.last, inside) or _subjects(document, opening.first, first, inside)[-1:]
        )
        speaker = subjects[0] if subjects else None
        again = speaker is None or document.parts[speaker] == "PRON"  # "…, Orsk said. "…," *he* added."
        if again and before is not None and before[0] == opening.paragraph:
            speaker = before[1]
        if speaker is not None:
            found.update(dict.fromkeys(range(first, last), speaker))
            before = opening.paragraph, speaker
    return found


def _runs(inside: list[bool]) -> Iterator[tuple[int, int]]:
    first = None
    for i, quoted in enumerate((*inside, False)):
        if quoted and first is None:
            first = i
        elif not quoted and first is not None:
            yield first, i
            first = None


def _subjects(document: Document, first: int, end: int, inside: list[bool]) -> list[int]:
    """The subjects of the verbs of speech from word `first` on, up to `end`, outside quotations."""
    verbs = (i for i in range(first, end) if not inside[i] and document.tokens[i].lemma in vocabulary("speech"))
    subjects = (document.child(i, "nsubj") for i in verbs if document.parts[i] == "VERB")
    return [subject for subject in subjects if subject is not None]
