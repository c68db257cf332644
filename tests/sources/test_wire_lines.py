"""What the lines of a wire message say: withdrawals above all, and the headlines that only look like one."""

from __future__ import annotations

import pytest

from readout.errors import SourceError
from readout.sources.status import names_of, noted, status_of
from readout.sources.wire_lines import Header, header_of, moment_of, paragraphs_in, split_lines, status_in


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("BC-Nordland-Truce, KILL", "canceled"),
        ("NORDLAND-TRUCE-KILL/", "canceled"),
        ("BC-Nordland-Truce, MANDATORY KILL", "canceled"),
        ("BULLETIN KILL", "canceled"),
        ("KILL KILL KILL", "canceled"),
        ("KILL NOTICE: NORDLAND-TRUCE", "canceled"),
        ("NORDLAND-TRUCE, STORY WITHDRAWAL", "canceled"),
        ("NORDLAND-TRUCE: WITHDRAWN.", "canceled"),
        ("NORDLAND-TRUCE, MANDATORY WITHHOLD", "withheld"),
        ("BC-Nordland-Kills", "usable"),
        ("REBELS KILL FOUR IN OSTHAVN", "usable"),
        ("REBELS VOW TO KILL", "usable"),
        ("Four killed in Osthavn", "usable"),
        ("TROOPS TO BE WITHDRAWN FROM OSTHAVN", "usable"),
        ("NORDLAND WITHDRAWAL FROM OSTHAVN BEGINS", "usable"),
        ("NORDLAND ANNOUNCES WITHDRAWAL", "usable"),
        ("BC-NORDLAND-WITHDRAWAL", "usable"),
        ("NORDLAND-TROOPS, WITHDRAWAL", "usable"),
        ("BC-NORDLAND-KILLING", "usable"),
        ("", "usable"),
    ],
)
def test_status(line, status):
    assert status_in(["BC-Ostmark-River", line]) == status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        (None, "usable"),
        ("", "usable"),
        ("stat:usable", "usable"),
        ("stat:withheld", "withheld"),
        ("stat:canceled", "canceled"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/canceled", "canceled"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", "withheld"),
        ("Cancelled", "canceled"),
        ("KILLED", "canceled"),
        ("embargoed", "usable"),
    ],
)
def test_status_of(word, status):
    assert status_of(word) == status


@pytest.mark.parametrize("word", ["stat:perhaps", "http://cv.iptc.org/newscodes/pubstatusg2/", "usable?"])
def test_an_unknown_status_is_an_error(word):
    with pytest.raises(SourceError, match="publishing status"):
        status_of(word)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Anna Berg and Ole Lund", ("Anna Berg", "Ole Lund")),
        ("BY ANNA BERG", ("ANNA BERG",)),
        ("Anna Berg, Coastwire; Ole Lund", ("Anna Berg, Coastwire", "Ole Lund")),
        ("Byron Holm & Sandra Andersen", ("Byron Holm", "Sandra Andersen")),
        ("", ()),
        (None, ()),
    ],
)
def test_names(byline, names):
    assert names_of(byline) == names


def test_notes():
    assert noted("a ", None, "", "a", "b") == "a\nb"
    assert noted(None, " ") is None


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("CWN0123 4 i 58 NORDLAND-TRUCE\r\r\n", Header("CWN", "CWN0123", ("NORDLAND-TRUCE",))),
        ("CWN0123 4 i 58\r\r\nNORDLAND/\r\r\nTRUCE/", Header("CWN", "CWN0123", ("NORDLAND", "TRUCE"))),
        ("a0417\x1fser-\r\nu i \x13\x11bc-truce 09-17 0052\r\n", Header(None, "a0417", ("bc-truce",))),
        ("NORDLAND-TRUCE", Header(None, None, ("NORDLAND-TRUCE",))),
        ("", Header(None, None, ())),
    ],
)
def test_header(header, read):
    assert header_of(header) == read


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("161015 GMT SEP 24", "2024-09-16T10:15:00+00:00"),
        ("161015 Sep 2024", "2024-09-16T10:15:00+00:00"),
        ("161015 GMT SEP 98", "1998-09-16T10:15:00+00:00"),
        ("cw-ny-09-17-24 0412GMT", "2024-09-17T04:12:00+00:00"),
        ("310015 GMT FEB 24", None),
        ("161015", None),
        ("", None),
    ],
)
def test_moments(text, moment):
    assert moment_of(text) == moment


def test_a_text_without_a_headline():
    top, lines = split_lines("The envoy left Osthavn on Monday, a spokeswoman said.\nShe will\nreturn.")
    assert (top.title, top.lines) == (None, ())
    assert paragraphs_in(lines).startswith("The envoy left Osthavn")


def test_lines_of_a_table_are_not_joined():
    lines = [
        "   The scores of Monday's matches in the league of Nordland, as told by",
        "the league:",
        "Elvdal 3",
        "Osthavn 1",
        "Nordby 0",
    ]
    assert paragraphs_in(lines).endswith("Elvdal 3\nOsthavn 1\nNordby 0")
