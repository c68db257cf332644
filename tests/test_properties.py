"""What holds of any text at all: spans keep letters whole, nothing is lost, one text has one report, and time grows with its length."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from promises import check, spans_of

from readout.clean import restore
from readout.reading import read, read_many
from readout.sources.article import Article, encodable
from readout.types import Report

_WORDS = (
    "Rebels", "shelled", "the", "town", "killed", "12", "people", "on", "Monday", "said", "Cafe\u0301", "E\u0301lin", "Nin\u0303o",
    "n\u0303", "\u0301", "\u200d", "👩\u200d👧", "\ud83d\udd4a", "\ud83d", "\udd4a", "🇳🇴", "قال", "नमस्ते", "한국", "\u202e", "\0", "“", "”",
    "(", ")", ".", ",", "\n", "\n\n", "5\u0300", "e\u0301\u0301", "ﬁ", "İ", "ß", "talks", "minister", "will", "meet", "in", "Cairo",
    "refused", "to",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=40).map("".join),
    st.text(alphabet=st.characters(), max_size=120),
    st.text(alphabet=st.sampled_from("ab1 .\u0301\u0308\ud83d\udd4a\u200d\u200bé\n"), max_size=80),
)
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


#: Sentences of news, of which any may stand beside any other, and the last be cut off anywhere.
_SENTENCES = tuple(
    sentence
    for path in sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
    for sentence in re.split(r"(?<=[.!?”])\s+", path.read_text(encoding="utf-8"))
    if " " in sentence
)


@st.composite
def _torn(draw: st.DrawFn) -> str:
    """Sentences of several articles in one, the last of them cut off behind a word."""
    *whole, last = draw(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=6))
    words = last.split()
    cut = " ".join(words[: draw(st.integers(1, len(words)))])
    return draw(st.sampled_from((" ", "\n"))).join((*whole, cut))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_torn())
@example("Based on letters we have")
@example("The raids killed at least 7 people, mostly miners, and wounded over")
@example(
    '"One guard was hurt near Orsk at about 7:40 am (0440 GMT) Nov.\nGOODBYE—"The inn is to close," by Ola\' Ben: "The inn shut.'
)
def test_what_is_torn_and_mixed_is_read(text: str) -> None:
    check(read(text, published="2025-03-10"))


def inside_letter(text: str, at: int) -> bool:
    """Whether a place in a text is between a letter and its mark, or between the halves of a surrogate pair."""
    if not 0 < at < len(text):
        return False
    if "\ud800" <= text[at - 1] <= "\udbff" and "\udc00" <= text[at] <= "\udfff":
        return True
    return unicodedata.category(text[at]) in ("Mn", "Me") and text[at - 1].isalnum()


@PROPERTY
@given(TEXTS, st.booleans())
@example("Elin So\u0301rvik met rebels in Nin\u0303o on Monday, the army said.", False)
@example("They left on Monday\u0300 with 12\u0301 of 200\u0308 men.", False)
@example("\ud800\u200b\udc00 \ud83d\udd4a left", False)
@example("a.\u0301 Rebels left.\u0301\u0301 Five died.", True)
def test_spans_keep_letters_whole_and_nothing_is_lost(text: str, keep_text: bool) -> None:
    report = read(text, published="2025-03-10", keep_text=keep_text)
    check(report)
    assert restore(report.text, report.removed) == encodable(text)
    for span in spans_of(report):
        for at in span:
            assert not inside_letter(report.text, at), (report.text[slice(*span)], span)


_SUBJECTS = ("Rebels", "The army of Norway", "Police in Oslo", "Egypt and Iran", "He", "The two sides")
_ACTS = (
    "shelled the town of Osthavn", "refused to withdraw", "will meet envoys on Friday", "denied that 12 people were killed",
    "agreed to free 30 hostages", "called on Israel to end the siege",
)  # fmt: skip


def articles(count: int, seed: int) -> list[str]:
    """So many short articles."""
    chance = random.Random(seed)
    return [
        " ".join(
            f"{chance.choice(_SUBJECTS)} {chance.choice(_ACTS)}, officials said." for _ in range(chance.randint(1, 6))
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_same_in_any_process_in_any_order_by_any_hash(seed: str) -> None:
    texts = articles(24, 1)
    here = {text: next(read_many([Article(text, published="2025-03-10")])) for text in texts}
    random.Random(seed).shuffle(texts)
    code = (
        "import json, sys; from readout.reading import read_many; from readout.sources.article import Article\n"
        "given = [Article(text, published='2025-03-10') for text in json.load(sys.stdin)]\n"
        "print(json.dumps([report.to_json() for report in read_many(given)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1", "PYTHONPATH": ":".join(sys.path)},
    )
    assert [Report.from_json(item) for item in json.loads(done.stdout)] == [here[text] for text in texts]


LINES = {
    "news": "Rebels shelled the town of Osthavn on Monday, killing 12 people, the ministry said.\n\n",
    "one line": "Rebels, who had met envoys in Cairo, said that they would not go; ",
    "quotes": "“We will not go,” the minister said. “Never,” he told reporters on Monday.\n",
    "numbers": "12 of 1,200 people, 5 percent, were hurt between March 3 and March 5, 2004, at 5 p.m. GMT. ",
    "furniture": "(Reporting by Ole Lund)\nRead more: Rebels shell town\n\nThe army left on Monday.\n",
    "no words": "((--..,,!!??\u0301\u200b",
}


@pytest.mark.parametrize("name", LINES)
def test_time_grows_with_the_length(name: str) -> None:
    """Sixteen times the text takes less than sixty times the time; by the square it would be 256 times."""
    read(LINES[name] * 4, published="2025-03-10")
    short = min(_seconds(LINES[name] * 8) for _ in range(3))
    long = _seconds(LINES[name] * 128)
    assert long < 60 * max(short, 0.002), f"{short:.4f} s for 8, {long:.4f} s for 128"


def _seconds(text: str) -> float:
    began = time.process_time()
    read(text, published="2025-03-10")
    return time.process_time() - began
