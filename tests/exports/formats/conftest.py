"""A record of some invented news, which the tests of formats export."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from readout.exports.exporting import export
from readout.record import open_record
from readout.sources.article import Article

MOMENT = dt.datetime(2025, 3, 20, 9, 0, tzinfo=dt.UTC)
NEWS = (
    ("Nordpost", "2025-03-11", "Bomb in Kandahar", "https://nordpost.example/1",
     "A suicide bomber killed 12 civilians outside a bank in the Afghan city of Kandahar on Monday, police said. "
     "France condemned the attack."),
    ("Kystradio", "2025-03-11", "Kandahar attack", "https://kystradio.example/k",
     "A suicide bomber killed 14 civilians outside a bank in Kandahar, Afghanistan, on Monday, the health ministry said."),
    ("Nordpost", "2025-03-12", "Envoy flies", None,
     "The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Friday for talks on a cease-fire, her spokesman said. "
     "\"We will not give up,\" said Sorvik. Hamas denied that its fighters had shelled the town."),
    ("Vestrand Times", "2025-03-13", "A baker of Osthavn", "https://vestrand.example/torvald-brekke",
     "Rebels abducted Torvald Brekke, a baker, in Kabul on Wednesday. \"They came at night,\" said neighbour Gudrun Aske. "
     "Brekke was released on Thursday. Police arrested four men in Oslo."),
)  # fmt: skip


@pytest.fixture
def told():
    """The news as it was told: publisher, day, title, address, text."""
    return NEWS


@pytest.fixture
def clock():
    """A clock that stands still."""
    return lambda: MOMENT


@pytest.fixture(scope="session")
def news_file(tmp_path_factory):
    where = tmp_path_factory.mktemp("news") / "news.db"
    with open_record(where, clock=lambda: MOMENT) as record:
        record.add(
            Article(text=text, publisher=who, published=day, title=title, url=url)
            for who, day, title, url, text in NEWS
        )
    return where


@pytest.fixture
def news(news_file):
    with open_record(news_file, create=False, clock=lambda: MOMENT) as record:
        yield record


@pytest.fixture
def written(news):
    """Exports to bytes."""

    def write(name, query=None, **options):
        stream = io.BytesIO()
        done = export(news, name, query, stream, **options)
        return stream.getvalue(), done

    return write


@pytest.fixture
def rows(written):
    """Exports with a header as dictionaries."""

    def read(name, query=None, **options):
        data, _ = written(name, query, layout="csv", **options)
        return list(csv.DictReader(io.StringIO(data.decode(), newline="")))

    return read
