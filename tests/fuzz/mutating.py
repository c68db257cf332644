"""Bytes that are a little other than some that are given: the same ones for the same seed, on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

_ODD = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"<", b">", b"&", b"]]>", b"<!--", b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b":",
    b",", b"\n", b"\r\n", b"\n\n", b"\t", b"=", b"--", b"0", b"9" * 20, b"-1", b"1e999", b"null", b"0000-00-00", b"9999-12-31T24:00:00Z",
    b"..", b"%00", b"\xef\xbb\xbf", b"utf-16", b"PK\x03\x04", b"\x1f\x8b",
)  # fmt: skip


def mutants(seeds: Sequence[bytes], count: int, seed: int, longest: int = 4096) -> Iterator[bytes]:
    """So many inputs, each made of a seed by some changes."""
    chance = random.Random(seed)
    for _ in range(count):
        data = chance.choice(seeds)[:longest]
        for _ in range(chance.randint(1, 6)):
            data = chance.choice(_CHANGES)(data, seeds, chance)
        yield data[:longest]


def _set(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_ODD) + data[at:]


def _drop(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[min(last, first + 64) :]


def _repeat(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:last] + data[first:last][:256] * chance.randint(1, 4) + data[last:]


def _splice(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(seeds)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _cut(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _set, _set, _insert, _insert, _drop, _repeat, _splice, _cut,
)  # fmt: skip
