"""What an update adds to the piece that it was made from, and what it drops."""

from __future__ import annotations

import pytest

from readout.across.copies import find_copies
from readout.across.novelty import novelty

OPENING = (
    "A Red Dawn Front bomb tore through the fish market of Osthavn on Saturday morning, killing {} people and wrecking the old "
    "customs house beside it, police said."
)
BOATS = "The harbour office of Osthavn sent all herring boats of the northern quay out to sea while firemen searched the ruins of the hall."
GUARDS = "Guards at the gate of the customs house had seen two men with a handcart who walked away towards the tram depot before the blast."
MAYOR = "Mayor Tove Brandt told the council in the evening that the market will open again within a week, whatever the bombers want."
TRAMS = "Trams to the harbour stopped running for the rest of the day."


@pytest.fixture
def pair(tell, claim):
    """A report, and its update on the same day: another toll, a sentence more, a sentence without a claim more, one less."""
    bomb = {"mode": "explosives", "by": "Red Dawn Front", "place": "Osthavn", "on": "2025-05-03"}

    def opening(killed):
        return OPENING.format(killed), claim.event(**bomb, killed=killed)

    boats = (BOATS, claim.event("COERCE", act="COERCE", by="harbour office", to="herring boats", place="Osthavn"))
    guards = (GUARDS, claim.said("guards"))
    first = tell(opening(12), boats, guards, title="Bomb in Osthavn")
    second = tell(
        opening(17), boats, (MAYOR, claim.said("Tove Brandt")), TRAMS, title="Bomb in Osthavn (updated)", at="18:00:00"
    )
    return first, second


def test_an_update(pair):
    first, second = pair
    (link,) = find_copies(pair)
    assert link.kind == "update"
    found = novelty(second, pair)
    assert found.before == first.id
    said = {(item.kind, item.mark, item.quote.split()[0]) for item in found.items}
    assert said == {
        ("event", "changed", "A"),
        ("figure", "changed", "A"),
        ("event", "repeated", "The"),
        ("statement", "new", "Mayor"),
        ("statement", "dropped", "Guards"),
    }
    assert [second.text[start:end] for start, end in found.added] == [TRAMS]
    assert (found.new, found.changed, found.repeated, found.dropped) == (1, 2, 1, 1)
    assert found.share == pytest.approx(
        1.5 / 2.5
    )  # the event and the statement, but for the figure that sizes the event
    assert found.text_share == 0.75
    (dropped,) = [item for item in found.items if item.mark == "dropped"]
    assert dropped.report == first.id
    assert dropped.reasons == (f"stood in report {first.id} of 3 May 2025, and stands in this one no more",)


def test_a_sentence_that_stands_is_told_again_whatever_was_read_from_it(tell, claim, pair):
    first, _ = pair
    read = (BOATS, claim.event("AID", by="firemen", place="Osthavn"), claim.number(1, "quay"))
    second = tell((OPENING.format(12), ), read, (GUARDS, ), title="Bomb in Osthavn (updated)", at="18:00:00")  # fmt: skip
    found = novelty(second, [first])
    assert {(item.mark, item.rule) for item in found.items} == {("repeated", "same sentence")}
    assert found.share == 0.0


def test_an_earlier_version_counts_as_before(tell, claim):
    arrest = claim.event("COERCE", mode="arrest", by="police", to="Jon Vik", place="Norvik")
    told = ("Police arrested Jon Vik at the tram depot of Norvik.", arrest)
    gone = ("Jon Vik had hidden four rifles.", claim.number(4, "rifles"))
    first = tell(told, gone, document=77)
    second = tell(told, document=77, at="15:00:00")
    found = novelty(second, [first])
    assert sorted((item.kind, item.mark) for item in found.items) == [("event", "repeated"), ("figure", "dropped")]
