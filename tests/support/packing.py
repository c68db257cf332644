"""Archives and bombs, made where they are needed."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib

BLOCK = b"a" * 1_000_000


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """A zip of members by their names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def tarred(members, mode="w"):
    """A tar of members by their names; a `TarInfo` in place of bytes is put in as it is."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name) if not isinstance(data, tarfile.TarInfo) else data
            if isinstance(data, bytes):
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            else:
                archive.addfile(info)
    return held.getvalue()


def deflated(size: int, before: bytes = b"") -> bytes:
    """Raw deflated data of `before` and `size` letters behind it (whole megabytes), made in no time: a block that repeats is packed once.

    What unpacks it can check nothing behind its end, and needs to: the bombs are cut off before.
    """
    packer = zlib.compressobj(9, wbits=-15)
    first = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (size // len(BLOCK)) + packer.flush()


def gzip_bomb(size: int, before: bytes = b"") -> bytes:
    """A gzip file of it; its checksum is wrong, which only who reads it to its end can tell."""
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + deflated(size, before) + struct.pack("<LL", 0, size & 0xFFFFFFFF)


def zip_bomb(size: int, before: bytes = b"", said: int = 0xFFFF_FFFE) -> bytes:
    """A zip with one member of it, which is `said` to have so many bytes."""
    data, name = deflated(size, before), b"bomb.jsonl"
    entry = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0x5A21, 0, len(data), said, len(name), 0)
    local = b"PK\x03\x04" + entry + name + data
    listed = b"PK\x01\x02" + struct.pack("<H", 20) + entry + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    return local + listed + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(listed), len(local), 0)


def zstd_bomb(size: int) -> bytes:
    """A Zstandard frame of one letter, again and again: blocks of 128 kB in four bytes each."""
    blocks = max(1, size // 131_072)
    block, last = ((131_072 << 3) | 2).to_bytes(3, "little") + b"a", ((1 << 3) | 3).to_bytes(3, "little") + b"a"
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * blocks + last
