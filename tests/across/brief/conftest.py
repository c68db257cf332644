"""A record of invented news, read as it would be, and what shows across it."""

from __future__ import annotations

import pytest

from readout.across.loading import load_facts
from readout.across.whole import Across
from readout.record import open_record
from readout.sources.article import Article

#: Id, day, outlet, headline, text.
NEWS = [
    ("old", "2025-05-02", "Nordpost", "Truce talks of Vestrand and rebels open in Norvik",
     "Peace talks between Vestrand and the Red Dawn Front opened in Norvik on Friday, mediator Kari Aune said.\n"),
    ("bomb", "2025-05-05", "Nordpost", "Bomb kills 12 in Osthavn market",
     "A Red Dawn Front bomb exploded in the fish market of Osthavn on Monday, killing 12 people, police said.\n"
     "\"Vestrand will never bow to the men who planted bombs,\" Interior Minister Nils Berg said.\n"
     "He also said that they would be found.\n"),
    ("bomb2", "2025-05-06", "Kystradio", "Osthavn market bomb toll rises to 14",
     "At least 14 people were killed when a Red Dawn Front bomb exploded in the fish market of Osthavn on Monday, the health ministry said "
     "on Tuesday.\n"),
    ("deny", "2025-05-06", "Kystradio", "Red Dawn Front denies Osthavn bombing",
     "The Red Dawn Front denied on Tuesday that its fighters bombed the fish market of Osthavn.\n"),
    ("talks", "2025-05-07", "Nordpost", "Truce talks stall in Norvik",
     "Ceasefire talks between Vestrand and the Red Dawn Front have stalled in Norvik, the Vestrand foreign ministry said on Wednesday.\n"),
    ("visit", "2025-05-07", "Sundmark Wire", "Egyptian foreign minister to visit Norway next week",
     "Egyptian Foreign Minister Sami Hadad will visit Norway next week for talks with Prime Minister Elin Sorvik, the Norwegian foreign "
     "ministry said on Wednesday.\n"),
    ("sworn", "2025-05-08", "Sundmark Wire", "URGENT: Lindgren sworn in as president of Sundmark",
     "Anna Lindgren was sworn in as president of Sundmark on Thursday.\n"),
    ("market", "2025-05-08", "Sundmark Wire", "Norvik shares close higher",
     "Shares closed 1.2 percent higher on the Norvik stock exchange on Thursday, brokers said.\n"),
    ("sport", "2025-05-08", "Nordpost", "Norvik win football cup", "Norvik beat Osthavn in the football cup on Thursday.\n"),
    ("crash", "2025-05-08", "Nordpost", "Nine die in Norvik road crash", "Nine people were killed in a road crash in Norvik.\n"),
    ("test", "2025-05-08", "Nordpost", "this is a test", "This is a test file.\n"),
    ("hostile", "2025-05-08", "Nordpost", "Troops <script>alert('x')</script> seize *two* [towns]",
     "Maravian troops seized two towns in Vestrand on Thursday & killed 3 soldiers, <b>the army</b> said.\n"),
]  # fmt: skip
SINCE, UNTIL = "2025-05-05", "2025-05-09"


def articles() -> list[Article]:
    """The news as articles, and one that its publisher took back."""
    found = [
        Article(text=text, title=title, published=day, publisher=outlet, source_id=name)
        for name, day, outlet, title, text in NEWS
    ]
    return [*found, Article(text="", title="Army kills 40", publisher="Nordpost", source_id="gone", status="canceled")]


#: Those of the example in docs/brief.md.
EXAMPLE = frozenset({"bomb", "bomb2", "deny", "talks", "visit"})


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """What shows across the reports of the example in the documentation."""
    with open_record(tmp_path_factory.mktemp("example") / "readout.db") as record:
        record.add([article for article in articles() if article.source_id in EXAMPLE])
        return Across(load_facts(record))


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The reports of the record."""
    with open_record(tmp_path_factory.mktemp("brief") / "readout.db") as record:
        record.add(articles())
        return tuple(load_facts(record))


@pytest.fixture(scope="session")
def across(reports):
    """What shows across them."""
    return Across(reports)
