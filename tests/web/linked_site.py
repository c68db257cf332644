"""A record of invented reports that tell of one attack, linked: two of one house, of which the later is an update, and two of another."""

from __future__ import annotations

from pathlib import Path

from small_site import make_record

from readout.across.linking import link
from readout.sources.article import Article

BLAST = "A bomb exploded in the fish market of Osthavn on Monday, killing {} people, police said.\n"
MARKET = (
    "The mayor of Osthavn, Tove Brandt, told reporters that the market would stay closed."
    " Norwegian Foreign Minister Elin Sorvik condemned the attack in Osthavn."
)
ARTICLES = [
    Article(
        BLAST.format(12) + MARKET,
        id="m1",
        title="Bomb kills 12 in Osthavn market",
        published="2025-03-10",
        publisher="Nordpost",
    ),
    Article(
        BLAST.format(17) + MARKET + " Two of the wounded died during the night, doctors said.",
        id="m2",
        title="Bomb kills 17 in Osthavn market (updated)",
        published="2025-03-11",
        publisher="Nordpost",
    ),
    Article(
        "The bombing of the fish market in Osthavn on Monday killed at least 15 people, the health ministry said.\n"
        "Mayor Tove Brandt said the council would meet in the evening. Denmark offered to send surgeons to Osthavn.",
        id="m3",
        title="Market blast in Osthavn: 15 dead",
        published="2025-03-12",
        publisher="Kystradio",
    ),
    Article(
        "The bomb that exploded in the fish market of Osthavn on Monday killed between 17 and 20 people, the health ministry said.\n"
        "Police arrested two men in Bergen over the market bombing in Osthavn.",
        id="m4",
        title="Two held over Osthavn market bomb",
        published="2025-03-13",
        publisher="Kystradio",
    ),
    Article(
        "Norway and Denmark signed an agreement on fishing on Monday. Egypt denied that its troops had crossed the border.",
        id="f/1",
        title="Fishing agreed",
        published="2025-03-12",
        publisher="Bergen Post",
    ),
]


def make_linked(path: Path) -> None:
    """The record, in a file."""
    with make_record(path, ARTICLES) as record:
        link(record, full=True)
