"""Every error that Readout raises on purpose, as one tree.

    ReadoutError
    ├── UsageError          the caller asked for something that cannot be (exit 2)
    ├── SourceError         bytes that cannot be made an article
    │   ├── EmptyArticle
    │   ├── NotText
    │   ├── TooLarge
    │   └── UnknownLanguage
    ├── FetchError          an address that could not be fetched
    │   ├── Refused         it may not be: its scheme, host, port or the addresses behind it
    │   ├── Disallowed      the site's robots.txt asks for it not to be
    │   ├── TimedOut        it took longer than its limit
    │   └── AnswerTooLarge  its answer, as sent or unpacked, is larger than its limit
    ├── ReportError         JSON that is not a report of this contract
    ├── KnowledgeError      a knowledge file that breaks its own rules
    ├── ModelError          the language pipeline is missing or is not the one that was pinned
    └── RecordError         the record cannot be opened, read or written
        ├── RecordLocked    somebody else is writing, and did not stop in time
        ├── RecordFull      there is no room left on the disk
        ├── RecordReadOnly  it may be read, and not written
        ├── RecordTooNew    a newer version of Readout wrote it
        └── Conflict        what is to be corrected is no longer as the corrector saw it

Anything else that escapes is a bug.
"""

from __future__ import annotations


class ReadoutError(Exception):
    """The root of the tree; `str(error)` is a sentence that a user can act on."""


class UsageError(ReadoutError):
    """The caller asked for something that cannot be: a bad option, a bad date."""


class SourceError(ReadoutError):
    """An input could not be made an article."""


class EmptyArticle(SourceError):
    """There is no text in the input."""


class NotText(SourceError):
    """The input is not text: a binary, or bytes in no known encoding."""


class TooLarge(SourceError):
    """The input is larger than one article can be."""


class UnknownLanguage(SourceError):
    """The text is not in a language that Readout reads."""


class FetchError(ReadoutError):
    """An address could not be fetched."""


class Refused(FetchError):
    """The address may not be fetched: its scheme, host or port, or where its name leads to."""


class Disallowed(FetchError):
    """The site's robots.txt asks that the address not be fetched."""


class TimedOut(FetchError):
    """Fetching took longer than its limit."""


class AnswerTooLarge(FetchError):
    """The answer is larger than its limit, as it was sent or once it was unpacked."""


class ReportError(ReadoutError):
    """A JSON value is not a report of this version of the contract."""


class KnowledgeError(ReadoutError):
    """A knowledge file breaks the rules of its kind."""


class ModelError(ReadoutError):
    """The language pipeline is missing, or its files are not the pinned ones."""


class RecordError(ReadoutError):
    """A record cannot be opened, read or written."""


class RecordLocked(RecordError):
    """Somebody else is writing to the record, and did not stop in time."""


class RecordFull(RecordError):
    """There is no room left where the record is kept; what was reported as added is in it."""


class RecordReadOnly(RecordError):
    """The record may be read, and not written."""


class RecordTooNew(RecordError):
    """The record was written by a newer version of Readout."""


class Conflict(RecordError):
    """What a correction was made on was changed meanwhile, or other corrections build on what is to be undone; look again."""
