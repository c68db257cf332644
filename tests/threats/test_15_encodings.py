"""Bytes are in another encoding than they say, or in two, and hold NUL, half pairs, marks of direction, or letters that look alike.

Promised: marks, UTF-8, what a source declares, and a guess after these; bad bytes become U+FFFD, and nothing is left out for them. Whatever
the encoding, every span of a report indexes the text that the record keeps, to the letter. Letters that steer the direction of writing, or
cannot be seen, are shown as a sign on pages and in terminals; letters that look alike are kept apart.
Not promised: that a short text in a rare encoding that nobody declares is guessed right; UTF-7 and EBCDIC are never guessed.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from every_format import FORMATS, Piece
from forms import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

import readout
from readout.exports.tables import shown
from readout.record import open_record
from readout.sources import Article, SourceProblem, read_source
from readout.types import Report
from readout.web.wording import clean

TEXT = (
    "The Vardal Front shelled the town of Osthavn on Monday, killing 12 people, the health ministry said. "
    "“We will not give up,” Élin Sørvik, the foreign minister of Norway, said in Zürich. The café at the quay was closed."
)
#: Where a letter cannot be written in an encoding, another stands for it.
PLAIN = TEXT.replace("“", '"').replace("”", '"')
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850",
    "ascii",
)  # fmt: skip
#: Those that are told without a declaration, to the letter.
TOLD = {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "iso-8859-1"}


def spans(value: object) -> list[tuple[int, int]]:
    """Every span in a report."""
    found = []
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if field.name in ("removed", "related"):  # of the text as it came
                continue
            if field.name.endswith("span") and isinstance(inner, tuple) and len(inner) == 2:
                found.append(inner)
            elif field.name in ("spans", "sentences") and isinstance(inner, tuple):
                found += [
                    item
                    for item in inner
                    if isinstance(item, tuple) and len(item) == 2 and all(isinstance(x, int) for x in item)
                ]
            else:
                found += spans(inner)
    elif isinstance(value, tuple | list):
        for item in value:
            found += spans(item)
    return found


def check(report: Report) -> int:
    """Whether every span is within the text, and every quote is what its span says; how many there are."""
    found = spans(report)
    for start, end in found:
        assert 0 <= start <= end <= len(report.text)
    for statement in report.statements:
        for start, end in statement.spans if hasattr(statement, "spans") else ():
            assert report.text[start:end].strip()
    for event in report.events:
        assert report.text[slice(*event.span)].strip()
    report.text.encode("utf-8")
    return len(found)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_offsets_index_the_text(encoding, figure):
    data = (TEXT if encoding.startswith(("utf", "windows", "mac")) else PLAIN).encode(encoding, "replace")
    (article,) = read_source(data, "x")
    assert isinstance(article, Article), article
    if encoding in TOLD:
        assert article.text == (TEXT if encoding.startswith(("utf", "windows")) else PLAIN)
    report = readout.read(article.text, published="2025-03-11")
    assert report.events
    figure(check(report), "spans looked up")
    figure(1, "encodings")


def test_what_a_source_declares_is_heeded(figure):
    page = "<html><head><meta charset='{0}'></head><body><article><p>{1}</p></article></body></html>"
    mail = "From: a@x.example\nContent-Type: text/plain; charset={0}\nContent-Transfer-Encoding: 8bit\n\n{1}\n"
    xml = "<?xml version='1.0' encoding='{0}'?><nitf><body><body.content><p>{1}</p></body.content></body></nitf>"
    for encoding in ("iso-8859-15", "windows-1252", "mac-roman", "cp850", "utf-8"):
        for made in (page, mail, xml):
            if made is xml and encoding in ("mac-roman", "cp850"):
                continue
            (article,) = read_source(made.format(encoding, PLAIN).encode(encoding), "x")
            assert "Élin Sørvik" in article.text, (encoding, made)
            figure(1, "declarations heeded")


@pytest.mark.parametrize(
    "declared",
    ["utf-8", "ascii", "utf-16", "shift_jis", "klingon", "utf-7", "cp037", "rot13", "idna", "unicode_escape"],
)
def test_what_a_source_declares_wrongly_loses_nothing(declared):
    page = (
        f"<html><head><meta charset='{declared}'></head><body><article><p>{PLAIN}</p></article></body></html>".encode()
    )
    (article,) = read_source(page, "x")
    assert "shelled the town of Osthavn on Monday" in article.text
    mail = f"From: a@x.example\nContent-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\n{PLAIN}\n".encode()
    found = list(read_source(mail, "x"))
    assert found


ODD = (
    "a\0b", "\ud800 half", "half \udfff", "\u202egnp.exe\u202c", "\u2066x\u2069", "zero\u200bwidth", "\ufeff", "\ufffe", "p\u0430ypal",
    "\U0001f600", "e\u0301",
    "\x1b[31mred\x1b[0m", "\x07", "\r", "\x85", "\u2028", "\u2029", "\x0b\x0c", "\U000e0041", "ﬁ", "İ", "ß", "ǅ", "\u0378", "\U0010ffff",
    "日本語", "ا‎ب",
)  # fmt: skip
WORDS = (
    "The Vardal Front",
    "shelled",
    "the town of Osthavn",
    "on Monday",
    "killing 12 people",
    ", the health ministry",
    "said",
)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_letters_within_words_and_between(odd, figure):
    for text in (
        f"{odd} ".join(WORDS) + ".",
        " ".join(word[:2] + odd + word[2:] for word in WORDS) + ".",
        odd * 50 + TEXT,
        TEXT + odd,
    ):
        for keep in (True, False):
            check(
                readout.read(text, published="2025-03-11", keep_text=keep)
            ) if "\ud800" not in text and "\udfff" not in text else readout.read(text)
        figure(1, "texts with odd letters")
    for given_text in (shown(f"a{odd}b"), clean(f"a{odd}b")):
        assert not set(given_text) & set("\u202e\u202c\u2066\u2069\u200b\ufeff\x1b\x07\x00\U000e0041")


def test_what_looks_alike_is_kept_apart(tmp_path):
    """An actor in Cyrillic letters is not the one that it looks like."""
    with open_record(tmp_path / "a.db") as record:
        record.add(
            [
                Article(f"{name} arrested four men in Oslo on Monday.", published="2025-03-11")
                for name in ("Norway", "N\u043erway")
            ]
        )
        keys = {party.key for event in record.events() for party in event.actors}
        assert "NOR" in keys
        assert len(list(record.events("actor:NOR"))) == 1


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "damage",
    [b"\xff\xfe\xfd", b"\x80\x81", b"\0\0", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf8\x88\x80\x80\x80"],
    ids=bytes.hex,
)
def test_bad_bytes_in_every_format(name, damage, figure):
    """Within a text they are replaced, or the input is named; the text that is kept can always be written."""
    data = FORMATS[name](Piece(TEXT.replace("12 people", "12 XYZZY people")))
    for item in read_source(data.replace(b"XYZZY", damage), "x"):
        assert isinstance(item, Article | SourceProblem)
        if isinstance(item, Article):
            for value in (item.text, item.title or "", item.publisher or "", *item.byline):
                value.encode("utf-8")
    figure(1, "bad bytes in formats")


@settings(max_examples=scaled(25, 400), deadline=None)
@given(st.lists(st.sampled_from([*WORDS, ". ", ", ", "\n"]) | st.text(max_size=4), max_size=14).map(" ".join))
def test_any_text(text):
    report = readout.read(text, published="2025-03-11", keep_text=True)
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert report.text == text
    for start, end in spans(report):
        assert 0 <= start <= end <= len(report.text)


def test_the_record_keeps_the_text_that_spans_index(where, figure):
    texts = [f"{odd} {TEXT}" for odd in ODD[: scaled(10, 99)]]
    with open_record(where) as record:
        record.add([Article(text, published="2025-03-11", id=str(n)) for n, text in enumerate(texts)])
        for item in record.reports():
            figure(check(record.report(item.id)), "spans of stored reports looked up")
        for event in record.events():
            report = record.report(event.report)
            assert event.quote in report.text
            assert report.text[slice(*event.span)].strip()


@pytest.mark.parametrize("bad", ["\0", chr(0xD800), chr(0xDFFF) + " x", chr(0xDC80)], ids=ascii)
def test_a_letter_that_no_database_keeps_stops_nothing(where, bad, figure):
    """In any field of an article or a problem: the others of its batch are added, and spans hold."""
    article = Article(
        f"{bad} {TEXT}",
        title=bad,
        publisher=f"N{bad}",
        byline=(bad,),
        url=f"https://x.example/{bad}",
        id=f"a{bad}",
        name=bad,
        note=bad,
    )
    with open_record(where) as record:
        done = record.add(
            [
                article,
                SourceProblem(bad, "parse", f"x {bad}"),
                Article("Police arrested four men in Oslo on Monday.", id="b"),
            ]
        )
        assert (done.added, done.problems) == (2, 1)
        assert record.count("reports") == 2
        (report,) = [record.report(item.id) for item in record.reports() if item.id != "b"]
        assert report.text.startswith("\ufffd")
        figure(check(report), "spans of stored reports looked up")
        assert record.add([article]).skipped == 1


def test_a_file_whose_name_is_no_text_is_added(tmp_path):
    (tmp_path / "in").mkdir()
    (Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/\xff.txt"))).write_text(TEXT)
    with open_record(tmp_path / "a.db") as record:
        assert record.add([tmp_path / "in"]).added == 1
