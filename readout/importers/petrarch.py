"""PETRARCH dictionaries: actors (names with CAMEO codes and dates) and agents (common nouns with role codes).

    ELIN_SORVIK_ [NOROPP]            a name, and its code where no date fits
    +FOREIGN_MINISTER_SORVIK_        another name of it
        [NORGOV 090120-170120]       what it was from when to when; `<date` to, `>date` from
    CONSTABLE {CONSTABLES} [~COP]    an agent, its plural where it is irregular, its code
    !PERSON! = MAN, WOMAN            a word list for agents

Days are YYMMDD or YYYYMMDD; comments stand behind `#` or `;` or in `<!-- -->`. The dictionaries do not say what is a person:
a name with dates or a given name is, and one of two to four words without a word of an organization; docs/importing.md
has the whole rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from readout import knowledge
from readout.importers.lines import Line, LineProblem, numbered_lines
from readout.importers.rows import ActorRow, Held, NounRow, in_order
from readout.readers.actors.entries import slug
from readout.readers.actors.registry import titles
from readout.readers.actors.words import given_name, organization_word
from readout.types import ActorKind

_CODE = re.compile(r"\[(?P<code>~?[A-Z0-9]*~?)(?:\s+(?P<time>[<>]?\d{6,8}(?:\s*-\s*\d{6,8})?))?\s*\]")
_AGENT = re.compile(r"(?P<phrase>[^\[{]*[^\[{\s])\s*(?:\{(?P<plural>[^}]*)\}\s*)?\[(?P<code>~?[A-Z]+~?)\]\s*")
_MACRO = re.compile(r"!(\w+)!\s*=\s*(.+)")
_PIVOT = 30  # two digits of a year above it are of the 20th century, as in PETRARCH


@dataclass(slots=True)
class _Record:
    """One actor as it is read: its names, its code without dates, its codes with dates."""

    names: list[str] = field(default_factory=list)
    code: str = ""
    dated: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Coded:
    """What a CAMEO actor code says."""

    country: str | None
    sectors: tuple[str, ...]
    kind: ActorKind | None


def read_petrarch(sources: Sequence[Path]) -> Iterator[ActorRow | NounRow | LineProblem | str]:
    """The actors and nouns of dictionaries; which of the two a file holds is told by its codes."""
    for source in sources:
        record = _Record()
        lists: dict[str, list[str]] = {}
        for line in _plain(source):
            if isinstance(line, LineProblem):
                yield line
                continue
            text = line.text.strip()
            if macro := _MACRO.fullmatch(text):
                lists[macro[1]] = [word.strip() for word in macro[2].split(",") if word.strip()]
            elif "~" in text:
                yield from _agents(line, text, lists)
            elif text.startswith(("+", "[")):
                fault = _add(record, text)
                if fault:
                    yield line.problem(fault)
            else:
                yield from _row(record)
                record, fault = _new(text)
                if fault:
                    yield line.problem(fault)
        yield from _row(record)


def _plain(source: Path) -> Iterator[Line | LineProblem]:
    """The lines without comments."""
    inside = False
    for line in numbered_lines(source):
        if isinstance(line, LineProblem):
            yield line
            continue
        text = line.text
        if inside:
            _, end, text = text.partition("-->")
            inside = not end
        while "<!--" in text:
            before, _, after = text.partition("<!--")
            _, end, rest = after.partition("-->")
            inside, text = not end, f"{before} {rest}"
        text = re.split(r"[#;]", text, maxsplit=1)[0]
        if text.strip():
            yield Line(line.name, line.number, text)


def _new(text: str) -> tuple[_Record, str | None]:
    """The record that a primary phrase begins, and what is wrong with the line."""
    phrase, bracket, rest = text.partition("[")
    name = _name(phrase)
    if not name:
        return _Record(), "no name before its code"
    record = _Record([name])
    if not bracket:
        return record, None
    found = _CODE.fullmatch("[" + rest.strip())
    if found is None:
        return record, f"not a code: [{rest.strip()[:40]}"
    if found["time"]:
        return record, _add(record, found[0])
    record.code = found["code"]
    return record, None


def _add(record: _Record, text: str) -> str | None:
    """Adds a synonym or a code to a record; what is wrong with the line where it cannot."""
    if not record.names:
        return "it belongs to no name"
    if text.startswith("+"):
        name, bracket, rest = text[1:].partition("[")
        if not _name(name):
            return "no name behind the plus sign"
        record.names.append(_name(name))
        return _add(record, bracket + rest.strip()) if bracket else None
    found = _CODE.fullmatch(text)
    if found is None:
        return f"not a code: {text[:40]}"
    if not found["time"]:
        record.code = record.code or found["code"]
        return None
    try:
        record.dated.append((found["code"], _time(found["time"])))
    except ValueError:
        return f"not a time: {found['time']}"
    return None


def _time(text: str) -> str:
    """A restriction as knowledge/actors writes a time; both ends belong to it."""
    if text[0] in "<>":
        return f"..{_day(text[1:])}" if text[0] == "<" else f"{_day(text[1:])}.."
    start, dash, end = text.partition("-")
    return f"{_day(start.strip())}..{_day(end.strip())}" if dash else _day(text)


def _day(digits: str) -> str:
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > _PIVOT else "20") + digits
    return dt.datetime.strptime(digits, "%Y%m%d").date().isoformat()  # noqa: DTZ007 - a day has no zone


def _name(phrase: str) -> str:
    """The words of a phrase, in capitals as there."""
    return " ".join(phrase.replace("_", " ").split())


def read_code(code: str) -> Coded:
    """A CAMEO code, three letters at a time: "NORGOVMIL" is Norway's, GOV and MIL."""
    book = knowledge.load("importing/cameo.yaml")
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    states = {
        row["id"] for table in ("countries", "territories") for row in knowledge.load("places/countries.yaml")[table]
    }
    country = parts[0] if parts and parts[0] in states else None
    rows = [book["codes"][part] for part in parts if part in book["codes"]]
    sectors = tuple(dict.fromkeys(sector for row in rows for sector in row.get("sectors", ())))
    kind = next((row["kind"] for row in rows if "kind" in row), None)
    return Coded(country, sectors, cast("ActorKind | None", kind))


def _row(record: _Record) -> Iterator[ActorRow | str]:
    if not record.names:
        return
    codes = [read_code(code) for code in (record.code, *(code for code, _ in record.dated)) if code]
    if not codes:
        yield "without a code"
        return
    if not record.dated and not codes[0].sectors and codes[0].kind is None:
        yield (
            "a state and its towns, which Readout knows" if codes[0].country else "a code that says nothing of an actor"
        )
        return
    kind = _kind(record, codes)
    names = list(dict.fromkeys(form for name in record.names for form in _forms(name, kind)))
    if not names:
        yield "a person of one name"
        return
    countries = {code.country for code in codes if code.country}
    country = countries.pop() if len(countries) == 1 else codes[0].country
    general = read_code(record.code) if record.code else None
    sectors = general.sectors if general else () if kind == "person" else codes[0].sectors
    held = tuple(Held("", time, None, (it := read_code(code)).sectors, it.country) for code, time in record.dated)
    offices = in_order(held) if kind == "person" else ()
    id_ = f"petrarch:{slug(record.names[0])}"
    yield ActorRow(id_, names[0], kind, country, sectors, tuple(names[1:]), None, offices)


def _kind(record: _Record, codes: Sequence[Coded]) -> ActorKind:
    """A person by dates, a given name or a title, or by its shape; else what its code or a word of its name makes it."""
    words = [name.lower().split() for name in record.names]
    bodies = [found for name in words for word in name if (found := organization_word(word))]
    stated = next((code.kind for code in codes if code.kind), None)
    if bodies:
        return stated or bodies[0].kind
    if any(given_name(name[0]) and len(name) > 1 for name in words):
        return "person"
    if record.dated and any(len(name) > 1 for name in words):
        return "person"
    if stated:
        return stated
    return "person" if any(2 <= len(name) <= 4 for name in words) else "organization"


def _forms(name: str, kind: ActorKind) -> Iterator[str]:
    """How print writes a name that stands in capitals: a short one of a body may be an abbreviation or not."""
    small = knowledge.load("importing/cameo.yaml")["small"]
    words = name.lower().split()
    printed = " ".join(
        word if n and word in small else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for n, word in enumerate(words)
    )
    if kind == "person":
        shown = printed.split()
        while at := next((n for n in (3, 2, 1) if " ".join(shown[:n]) in titles() and len(shown) > n), 0):
            shown = shown[at:]  # a reader finds the title by itself
        if len(shown) > 1:
            yield " ".join(shown)
        return
    yield printed.removeprefix("The ")
    if len(words) == 1 and len(name) <= 5:
        yield name.upper()


def _agents(line: Line, text: str, lists: dict[str, list[str]]) -> Iterator[NounRow | LineProblem | str]:
    found = _AGENT.fullmatch(text)
    if found is None:
        yield line.problem(f"not an agent: {text[:40]}")
        return
    coded = read_code(found["code"].strip("~"))
    if not coded.sectors:
        yield "a code that says nothing of an actor"
        return
    for phrase in _expanded(found["phrase"], lists):
        noun = _name(phrase).lower()
        if not noun or "!" in noun:
            yield line.problem(f"a word list that is not defined: {phrase.strip()[:40]}")
            continue
        one = noun.endswith(tuple(knowledge.load("importing/cameo.yaml")["people"]))
        kind: ActorKind = "person" if one else coded.kind or "government"
        yield NounRow(noun, kind, coded.sectors, one)


def _expanded(phrase: str, lists: dict[str, list[str]]) -> Iterator[str]:
    macro = re.search(r"!(\w+)!", phrase)
    if macro is None or macro[1] not in lists:
        yield phrase
        return
    for word in lists[macro[1]]:
        yield from _expanded(phrase[: macro.start()] + word + phrase[macro.end() :], lists)
