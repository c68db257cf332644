"""What cleaning keeps, what it takes, and that what it takes goes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.clean import clean, restore
from readout.sources.article import Article

BODY = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks.",
    "Officials of both sides said that the truce would hold until the end of the month.",
    "“We will not go back,” the premier told reporters.",
)
FURNITURE = (
    "Earlier: Nordland Mulls Deal That Splits Cabinet",
    "READ MORE: Envoys leave capital as truce talks stall",
    "Advertisement",
    "ShareTweet",
    "Sign up for our newsletter to get the day's news in your inbox.",
    "© 2024 The Nordland Times. All rights reserved.",
    "(Reporting by Anna Berg in Nordby; Editing by Ole Lund)",
    "Catch all the latest news and updates on Nordland Live. Download the Nordland Live app.",
)
LINE = st.sampled_from((*BODY, *FURNITURE, "", " ", "\u200b", "\ufeff", "By Anna Berg", "NORDBY (AP) — The army left."))
BREAK = st.sampled_from(("\n", "\r\n", "\n\n", " \n\t", "\n\xa0\n"))


def cleaned(*lines: str):
    return clean(Article("\n".join(lines)))


@settings(deadline=None)
@given(st.lists(st.tuples(LINE, BREAK), max_size=12))
def test_wire_copy_is_restored(parts):
    text = "".join(line + end for line, end in parts)
    found = clean(Article(text))
    assert restore(found.text, found.removed) == text
    assert "\n\n" not in found.text
    assert all(line == line.strip() != "" for line in found.text.split("\n")) or not found.text


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \n\r\t\xa0\u200b.(©")),
        max_size=300,
    )
)
def test_any_text_is_restored(text):
    found = clean(Article(text))
    assert restore(found.text, found.removed) == text
    assert [letter for letter in found.text if letter == "\n"] == ["\n"] * max(0, len(found.text.split("\n")) - 1)


@settings(deadline=None)
@given(st.lists(st.sampled_from((*BODY, *FURNITURE)), min_size=1, max_size=10))
def test_no_sentence_of_the_article_is_lost(lines):
    kept = clean(Article("\n".join((*BODY, *lines, BODY[0])))).text.split("\n")
    wanted = [line for line in (*BODY, *lines, BODY[0]) if line in BODY]
    assert kept == wanted


def test_article_with_everything_around_it():
    found = cleaned(
        "Nordland Envoy Leaves Osthavn After Talks",
        "By Anna Berg and Ole Lund",
        "NORDBY, Sept. 16 (Xinhua) -- " + BODY[0],
        "Also read: Who is the new premier of Ostmark?",
        BODY[1] + " (Reporting by Eva Strand; Editing by Ida Holm)",
        "©2024 Ostmark Press L.P.",
        "Catch all the World News and Latest Updates on Nordland Live.",
        "MoreLess",
    )
    assert found.text == "\n".join(("Nordland Envoy Leaves Osthavn After Talks", BODY[0], BODY[1]))
    assert found.title == "Nordland Envoy Leaves Osthavn After Talks"
    assert found.byline == ("Anna Berg", "Ole Lund")
    assert (found.agency, found.publisher, found.dateline) == ("Xinhua", "Nordland Live", "NORDBY")
    assert (found.published, found.published_from) == ("2024-09-16", "text")
    assert found.related == ("Who is the new premier of Ostmark?",)
    kinds = [piece.kind for piece in found.removed if piece.kind != "whitespace"]
    assert kinds == ["byline", "dateline", "related_link", "editor_note", "copyright", "promotion", "widget"]


@pytest.mark.parametrize(
    ("day", "published"),
    [("Published: 3 May 2021", "2021-05-03"), ("September 16, 2024", "2024-09-16"), ("Updated 10:05 GMT", None)],
)
def test_printed_day(day, published):
    found = cleaned("Nordland Envoy Leaves Osthavn", day, *BODY)
    assert found.published == published
    assert day not in found.text


@pytest.mark.parametrize(
    "line",
    [
        "Earlier, the minister had ruled out talks with the rebels.",
        "He was named after Malcolm X.",
        "They met on Elm St.",
        "REFERENDUM UNDER DISPUTE",
        "The soldiers shared their bread.",
    ],
)
def test_own_words_stay(line):
    assert line in cleaned(*BODY, line).text
    assert line in cleaned(*BODY, line, *BODY).text


def test_a_transcript_has_no_dateline():
    found = cleaned("NORDBY: We left at dawn, all of us.", "OSTHAVN: And we stayed behind with the old.")
    assert found.dateline is None
    assert found.text.startswith("NORDBY:")


def test_furniture_alone_stays():
    assert cleaned("Advertisement").text == "Advertisement"


def test_what_the_source_says_wins():
    found = clean(Article("By Anna Berg\n" + BODY[0], title="Talks end", publisher="Nordpost", byline=("Ole Lund",)))
    assert (found.title, found.publisher, found.byline) == ("Talks end", "Nordpost", ("Ole Lund",))


def test_a_long_line_takes_no_time():
    text = "(" * 100_000 + "The " * 100_000
    found = clean(Article(text))
    assert restore(found.text, found.removed) == text
