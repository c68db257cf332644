"""The title of a story: the headline among its reports that says most of what they all speak of."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from readout.across.facts import ReportFacts
from readout.across.stories.features import Vector, headline_features

#: What desks put around a headline: "URGENT:", "2nd lead -", "(updated 3)", "by Jane Doe", "-- Nov. 3".
_BEFORE = re.compile(
    r"^\W*(?:(?:(?i:urgent|bulletin|flash|alert|roundup|news analysis|analysis|feature|profile|factfile|factbox|backgrounder|writethru|"
    r"recast|update(?:-?\d+)?|(?:\d+(?:st|nd|rd|th) )?(?:lead|ld)(?:-writethru)?)\s*[:-]+|"
    r"(?:URGENT|BULLETIN|FLASH|ALERT|(?i:\d+(?:st|nd|rd|th) (?:lead|ld)))(?=\W|[A-Z][a-z]))\s*)+"
)
_AFTER = re.compile(
    r"(?:\s*\([^()]*\)?|"
    r"(?<!ed)(?<!en)(?<!wn)(?<!ht)(?<!ld)\s+[Bb]y(?: [A-Z][a-z][\w.'’-]*| [A-Z]\.){2,3}|"  # "seized by Red Heron" says who seized
    r"\s*--? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?))\s*$"
)
_FEWEST = 3  # words; less is a slug, or the end of a headline that was cut
_LONGEST = 80  # characters of a sentence that stands for a headline


def title_of(reports: Sequence[ReportFacts], centre: Vector) -> str:
    """The most central headline of some reports, without what desks put around it; where none has a headline, the beginning of the
    first report's first sentence. Never other words than the reports' own.

    Args:
        reports: of one story, in their order.
        centre: what they have in common, from features to weights.
    """
    headlines = dict.fromkeys(title for report in reports if (title := plain_headline(report.title or "")))
    best = max(((_centrality(title, centre), -at, title) for at, title in enumerate(headlines)), default=None)
    return best[2] if best else _beginning(reports[0])


def plain_headline(title: str) -> str:
    """A headline without what desks put around it; "" where it is no headline."""
    title = _BEFORE.sub("", " ".join(title.split()))
    while (cut := _AFTER.sub("", title)) != title:
        title = cut
    return title if len(title.split()) >= _FEWEST else ""


def _centrality(title: str, centre: Vector) -> float:
    """How much of the middle a headline says; long ones are not better for being long."""
    words = len(title.split())
    return round(sum(centre.get(feature, 0.0) for feature in headline_features(title)) / math.sqrt(max(words, 5)), 9)


def _beginning(report: ReportFacts) -> str:
    start, end = report.sentences[0] if report.sentences else (0, len(report.text))
    sentence = " ".join(report.text[start:end].split())
    return sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST].rsplit(" ", 1)[0] + " …"
