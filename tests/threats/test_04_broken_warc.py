"""A crawl archive is damaged or forged: wrong lengths, truncated members, one gzip member for all, rubbish between records.

Promised: a broken record costs itself. The next one is looked for by its first line, in compressed files by the next member that begins
with one; what was wrong becomes a problem that gives the byte where it stands. Memory does not grow with the archive.
Not promised: that a text which quotes the first lines of a record is told from one where the record before it is broken.
"""

from __future__ import annotations

import gzip
import re
import tracemalloc

import pytest
from crawls import RECORDS, answer, letters, packed, problems, record
from forms import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.sources import read_source


def read(data):
    return list(read_source(data, "crawl"))


A, B, C, D, E = RECORDS


@pytest.mark.parametrize(
    ("data", "left", "count"),
    [
        (A + record("x", length=150) + C, "ac", 1),
        (A + record("x", length=900) + C + D, "acd", 1),
        (A + record("x", length=10**14) + C + D, "acd", 1),
        (A + record("x", length="many") + C, "ac", 1),
        (A + b"garbage\r\n" * 9 + C, "ac", 1),
        (A + B + b"\x00\xff" * 40_000, "ab", 1),
        (A + B + C[:-60], "ab", 1),
        (A + B[:200] + C, "ac", 1),
        (A + B.replace(b"response\r\nWARC-R", b"riddle\r\nWARC-R") + C, "ac", 1),
        (A + b"WARC/1.0\r\nno end" + b"x" * 100_000, "a", 1),
        (packed([A, B]) + packed([C])[:50] + packed([D, E]), "abde", 1),
        (packed([A, B]) + b"rubbish" * 999 + packed([D, E]), "abde", 1),
        (packed([A, B]) + b"rubbish" * 999, "ab", 1),
        (packed([A, B, C])[:-30], "ab", 1),
        (packed([A, record("x", length=900), C, D]), "acd", 1),
        (packed([A]) + b"\0" * 5000 + packed([C]), "ac", 0),
        (gzip.compress(b"".join(RECORDS))[:-20], "abcd", 1),
    ],
)
def test_damage_costs_itself(data, left, count, figure):
    found = read(data)
    assert letters(found) == left
    assert len(problems(found)) == count
    assert all("at byte" in problem or "unknown type" in problem for problem in problems(found))
    figure(1, "kinds of damage that cost one record")


def test_a_length_that_leads_to_the_empty_line_of_another_header():
    """The first record lost its block, and its length ends where the header of the second one does."""
    header = B.index(b"\r\n\r\n")
    short = A[: A.index(b"\r\n\r\n") + 4]
    length = header + 4
    first = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % (length - 4), short)
    assert letters(read(first + B + C)) == "bc"


def test_the_byte_is_right():
    (found,) = problems(read(A + B + b"garbage here" + C))
    assert found.startswith(f"at byte {len(A + B)}:")
    (found,) = problems(read(packed([A, B]) + packed([C])[:50] + packed([D])))
    assert found.startswith(f"at byte {len(packed([A, B]))}:")


def damaged(records, which, data):
    """Damage within one record: what comes before and after it must survive."""
    target = records[which]
    # The first bytes say what the file is.
    at = data.draw(st.integers(0 if which else 20, len(target) - 1))
    gone = data.draw(st.integers(0, len(target) - at))
    new = data.draw(st.binary(max_size=60))
    return b"".join(records[:which]) + target[:at] + new + target[at + gone :] + b"".join(records[which + 1 :])


PACKED = [gzip.compress(item) for item in RECORDS]
REGION = scaled(40, 10)  # bytes


@pytest.mark.parametrize("records", [RECORDS, PACKED], ids=["plain", "packed"])
@pytest.mark.parametrize("new", [b"", b"\0" * 7, b"WARC/1.1\r\n", b"Content-Length: 99999\r\n\r\n"], ids=len)
def test_every_region_damaged_in_turn(records, new, figure):
    """The third record, region by region, its first bytes and its last ones too."""
    for at in range(0, len(records[2]), REGION):
        broken = records[2][:at] + new + records[2][at + REGION :]
        found = read(b"".join([*records[:2], broken, *records[3:]]))
        assert set("abde") <= set(letters(found)), at
        figure(1, "regions damaged, the records before and after read")


EXAMPLES = scaled(150, 3_000)


@pytest.mark.parametrize("records", [RECORDS, PACKED], ids=["plain", "packed"])
def test_any_damage_within_a_record(records, figure):
    @settings(deadline=None, max_examples=EXAMPLES, database=None)
    @given(st.integers(0, 4), st.data())
    def damage(which, data):
        found = letters(read(damaged(records, which, data)))
        for place, letter in enumerate("abcde"):
            assert place == which or letter in found
        figure(1, "damages made up")

    damage()


def test_memory_does_not_grow_with_the_archive(tmp_path, figure):
    page = f"<html><body>{'<p>words of no matter</p>' * 40_000}</body></html>".encode()
    film = record("f", answer(b"\0" * 90_000_000, kind="video/mp4"))
    path = tmp_path / "long.warc.gz"
    with path.open("wb") as file:
        for _ in range(120):
            file.write(gzip.compress(record("p", answer(page, kind="image/svg+xml")), 1))
        file.write(gzip.compress(film, 1))
        file.write(gzip.compress(RECORDS[0]))
    tracemalloc.start()
    found, (_, peak) = list(read_source(path, "crawl")), tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert letters(found) == "a"
    assert problems(found) == []
    assert peak < 20_000_000
    figure(round(peak / 1_000_000), "MB of memory at most for an archive of 240 MB", most=True)
