"""The language in which a record is asked, the same on the command line, in Python and in addresses of pages.

    actor:Hamas type:ASSAULT,COERCE -status:planned date:2005-11 text:"cease-fire talks" hostages

A **filter** is `key:value`. A comma between values is *or*, `-` before a filter is *not*, and all filters of a query hold together. Values
with blanks, commas or a quotation mark stand in quotation marks, a mark within doubled: `publisher:"The ""Post"", Osthavn"`. Words
without a key are looked for in the text, each of them; words in quotation marks one behind the other, and `ceas*` any word that so begins.
Days are `2005-11-03`, `2005-11` or `2005`, and `2005..2007-03`, `2005..`, `..2007` from the first of them to the last of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from readout.errors import UsageError
from readout.record import vocabulary
from readout.record.kinds import ABOUT as ABOUT
from readout.record.vocabulary import Check, near

_KEY = re.compile(r"([A-Za-z_]+):")
_VALUE = re.compile(r'"((?:[^"]|"")*)"|([^\s,"][^\s,]*)')
_WORD = re.compile(r'"((?:[^"]|"")*)"|([^\s"]\S*)')
_DASH = re.compile(r"-+(?!\S)")  # between words
_SIMPLE = re.compile(r'[^\s,":-][^\s,":]*')
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_BAD = re.compile("[\ud800-\udfff\0]")  # no database keeps these

#: Each filter with what its values may be, in the order in which a query is written out.
CHECKS: dict[str, Check] = {
    "actor": vocabulary.name,
    "recipient": vocabulary.name,
    "source": vocabulary.name,
    "country": vocabulary.country,
    "type": vocabulary.event_type,
    "mode": vocabulary.mode,
    "act": vocabulary.act,
    "status": vocabulary.status,
    "date": vocabulary.interval,
    "published": vocabulary.interval,
    "place": vocabulary.name,
    "publisher": vocabulary.name,
    "attribution": vocabulary.anybody,
    "news": vocabulary.yes_or_no,
    "kind": vocabulary.word,
    "sourcing": vocabulary.sourcing,
    "measure": vocabulary.measure,
    "quad": vocabulary.quad,
    "context": vocabulary.context,
    "confidence": vocabulary.share,
    "report": vocabulary.name,
    "review": vocabulary.review,
    "text": vocabulary.name,
}
#: Filters of which a claim has one value only: two that both have to hold are a slip.
_SINGLE = frozenset(
    ("type", "mode", "act", "status", "publisher", "news", "kind", "sourcing", "quad", "confidence", "report", "review")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One filter's values: any of them will do, or none of them may be."""

    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; all that it names holds together. Values are checked, and brought into one form, when it is made.

    Raises:
        UsageError: a value is none that its filter can have.
    """

    actor: tuple[Wanted, ...] = ()
    recipient: tuple[Wanted, ...] = ()
    source: tuple[Wanted, ...] = ()
    country: tuple[Wanted, ...] = ()
    type: tuple[Wanted, ...] = ()
    mode: tuple[Wanted, ...] = ()
    act: tuple[Wanted, ...] = ()
    status: tuple[Wanted, ...] = ()
    date: tuple[Wanted, ...] = ()
    published: tuple[Wanted, ...] = ()
    place: tuple[Wanted, ...] = ()
    publisher: tuple[Wanted, ...] = ()
    attribution: tuple[Wanted, ...] = ()
    news: tuple[Wanted, ...] = ()
    kind: tuple[Wanted, ...] = ()
    sourcing: tuple[Wanted, ...] = ()
    measure: tuple[Wanted, ...] = ()
    quad: tuple[Wanted, ...] = ()
    context: tuple[Wanted, ...] = ()
    confidence: tuple[Wanted, ...] = ()
    report: tuple[Wanted, ...] = ()
    review: tuple[Wanted, ...] = ()
    text: tuple[Wanted, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            wanted = tuple(_checked(field.name, item) for item in getattr(self, field.name))
            object.__setattr__(self, field.name, wanted)
            if field.name in _SINGLE and sum(not item.negated for item in wanted) > 1:
                both = ",".join(_quoted(value) for item in wanted if not item.negated for value in item.values)
                raise UsageError(f"{field.name} is asked for twice; for either write {field.name}:{both}")

    @classmethod
    def of(cls, **values: Any) -> Filters:
        """Filters from plain values: `Filters.of(type="ASSAULT", actor=["Hamas", "Israel"], not_status="planned", news=True)`.

        A string is one value to the letter, a list is alternatives, `not_` before a name is *not*.

        Raises:
            UsageError: there is no such filter, or a value is none of its.
        """
        found: dict[str, list[Wanted]] = {}
        for name, value in values.items():
            if value is None:
                continue
            key = name.removeprefix("not_")
            many = value if isinstance(value, list | tuple | set | frozenset) else [value]
            found.setdefault(_known(key), []).append(Wanted(tuple(map(_plain, many)), name.startswith("not_")))
        return cls(**{key: tuple(wanted) for key, wanted in found.items()})

    def __and__(self, other: Filters) -> Filters:
        """What holds for both."""
        return Filters(**{name: (*getattr(self, name), *getattr(other, name)) for name in CHECKS})

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in CHECKS)

    def __str__(self) -> str:
        return self.to_text()

    def items(self) -> Iterator[tuple[str, Wanted]]:
        """Every filter by its name, in the order in which they are written out."""
        for name in CHECKS:
            for wanted in getattr(self, name):
                yield name, wanted

    def to_text(self) -> str:
        """The query, from which `parse_filters` makes the same filters."""
        return " ".join(_written(name, wanted) for name, wanted in self.items())

    def to_pairs(self) -> list[tuple[str, str]]:
        """Names and values for an address: `[("type", "ASSAULT,COERCE"), ("-status", "planned")]`."""
        return [("-" * wanted.negated + name, ",".join(map(_quoted, wanted.values))) for name, wanted in self.items()]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Filters:
        """The filters that an address names; `q` is a whole query, and a name without a value asks for nothing.

        Raises:
            UsageError: as `parse_filters`.
        """
        found = cls()
        for name, value in pairs:
            if value.strip():
                key = name.removeprefix("-")
                more = parse_filters(value) if name == "q" else filter_of(key, value, negated=name != key)
                found = found & more
        return found


def parse_filters(text: str) -> Filters:
    """The filters that a query says.

    Args:
        text: a query, as in the search box.

    Raises:
        UsageError: it names a filter that there is not, or a value that its filter cannot have, or cannot be read.
    """
    found: dict[str, list[Wanted]] = {}
    for key, wanted in _terms(text):
        found.setdefault(key, []).append(wanted)
    return Filters(**{key: tuple(wanted) for key, wanted in found.items()})


def filter_of(key: str, value: str, *, negated: bool = False) -> Filters:
    """The one filter of which `value` says the values, written as in a query; blanks need no quotation marks.

    Raises:
        UsageError: as `parse_filters`.
    """
    text = value.strip()
    values, at = _values(text, 0, key, re.compile(r'"((?:[^"]|"")*)"|([^,"][^,]*)'))
    if at < len(text):
        raise UsageError(f"{key}: a comma is missing before {text[at:]!r}")
    return Filters(**{_known(key): (Wanted(tuple(values), negated),)})


def as_filters(given: str | Filters | None, values: Mapping[str, Any]) -> Filters:
    """What a caller asks for: a query or filters, and plain values beside it."""
    asked = parse_filters(given) if isinstance(given, str) else given or Filters()
    return asked & Filters.of(**values) if values else asked


def _terms(text: str) -> Iterator[tuple[str, Wanted]]:
    at = _skip(text, 0)
    while at < len(text):
        if dash := _DASH.match(text, at):
            at = _skip(text, dash.end())
            continue
        negated = text[at] == "-"
        at += negated
        if match := _KEY.match(text, at):
            key = _known(match[1].lower())
            values, at = _values(text, match.end(), key, _VALUE)
        else:
            key = "text"
            value, at = _value(text, at, key, _WORD)
            values = [value]
        if at < len(text) and not text[at].isspace():
            raise UsageError(f"{key}: a blank is missing before {text[at:]!r}")
        yield key, Wanted(tuple(values), negated)
        at = _skip(text, at)


def _values(text: str, at: int, key: str, form: re.Pattern[str]) -> tuple[list[str], int]:
    value, at = _value(text, at, key, form)
    values = [value]
    while at < len(text) and text[at] == ",":
        value, at = _value(text, at + 1, key, form)
        values.append(value)
    return values, at


def _value(text: str, at: int, key: str, form: re.Pattern[str]) -> tuple[str, int]:
    match = form.match(text, at)
    if match is None:
        if text[at : at + 1] == '"':
            raise UsageError(f"{key}: the quotation mark before {text[at + 1 :]!r} is not closed")
        raise UsageError(f"{key}: a value is missing{f' before {text[at:]!r}' if text[at:].strip() else ''}")
    return (match[1].replace('""', '"') if match[1] is not None else match[2]), match.end()


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _known(key: str) -> str:
    if key not in CHECKS:
        hint = near(key, CHECKS) or f": there are {', '.join(CHECKS)}"
        raise UsageError(f"there is no filter {key!r}{hint}; words with a colon stand in quotation marks")
    return key


def _plain(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _checked(key: str, wanted: Wanted) -> Wanted:
    values = []
    for value in wanted.values:
        clean = _BLANK.sub(" ", _BAD.sub(" ", value)).strip()
        if not clean:
            raise UsageError(f"{key}: a value is missing")
        values.append(CHECKS[key](key, clean))
    if not values:
        raise UsageError(f"{key}: a value is missing")
    if key == "confidence" and len(values) > 1:
        raise UsageError(f"{key}: one number is enough")
    return Wanted(tuple(dict.fromkeys(values)), wanted.negated)


def _written(name: str, wanted: Wanted) -> str:
    bare = name == "text" and len(wanted.values) == 1
    return "-" * wanted.negated + ("" if bare else f"{name}:") + ",".join(map(_quoted, wanted.values))


def _quoted(value: str) -> str:
    if _SIMPLE.fullmatch(value):
        return value
    return '"' + value.replace('"', '""') + '"'
