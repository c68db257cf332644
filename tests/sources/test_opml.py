"""Lists of feeds."""

from __future__ import annotations

import pytest

from readout.errors import SourceError
from readout.sources import SourceProblem, read_source
from readout.sources.opml import FeedEntry, read_opml

LIST = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="North"><outline text="Wires"><outline type="rss" text="Nordpost" xmlUrl="https://nordpost.example/rss"
 htmlUrl="https://nordpost.example/"/></outline></outline>
<outline title="Osthavn &amp; Co" xmlurl="http://wire.example/atom"/>
<outline text="again" xmlUrl="https://nordpost.example/rss"/><outline text="bad" xmlUrl="javascript:alert(1)"/>
<outline text="bad" xmlUrl="file:///etc/passwd"/><outline text="a folder"/></body></opml>"""


def test_a_list():
    assert read_opml(LIST) == (
        FeedEntry("https://nordpost.example/rss", "Nordpost", "https://nordpost.example/", ("North", "Wires")),
        FeedEntry("http://wire.example/atom", "Osthavn & Co", None, ()),
    )


def test_it_is_no_source_of_articles():
    (problem,) = read_source(LIST, "feeds.opml")
    assert isinstance(problem, SourceProblem)
    assert problem.message == "a list of 2 feeds (OPML), not articles: use `readout watch` to fetch what they bring"


@pytest.mark.parametrize("data", [b"", b"<opml>", b"<rss/>", b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>'])
def test_what_is_no_list(data):
    with pytest.raises(SourceError):
        read_opml(data)
