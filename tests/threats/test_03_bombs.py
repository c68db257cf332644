"""A small file unpacks to far more than the machine has: a bomb of gzip, brotli, Zstandard, bzip2 or xz, in HTTP, WARC, zip or tar.

Promised: nothing is unpacked further than it is read, no more than 250 times its size (above a few megabytes), and no further than what one
article, record or answer can be (5, 32 and 20 MB); archives lie four deep in others at most. Memory stays within 120 MB whatever is given.
What is cut off becomes a problem that says so, and the others are read. Zstandard is not unpacked at all.
Not promised: that what packs honestly to less than a 250th is read: such a file has to be unpacked first.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path

import brotli
import pytest
from forms import scaled
from packing import BLOCK, gzip_bomb, zip_bomb, zipped, zstd_bomb

from readout.sources import SourceProblem, read_source

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
TEN_GB = 10_000_000_000
#: What packs slowly.
LESS = scaled(300_000_000, TEN_GB)
LINE = b'{"text": "a"}\n{"text": "'
#: How much more memory a process may take for any of them.
MOST_MEMORY = 120  # MB
#: What the problem says.
WORDS = (
    "far more than",
    "larger than",
    "more than a megabyte",
    "length is wrong",
    "list of members",
    "deep in others",
    "not that of",
)


def response(body, coding):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: {coding}\r\n\r\n".encode() + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://nordpost.example/a\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(head)
    ) + head + b"\r\n\r\n"  # fmt: skip


def brotli_bomb(size):
    packer = brotli.Compressor(quality=1)
    return b"".join([packer.process(BLOCK) for _ in range(size // len(BLOCK))] + [packer.finish()])


def bzip2_bomb(size):
    """Blocks packed by themselves: bzip2 reads one behind the other."""
    return bz2.compress(LINE + BLOCK * 9) + bz2.compress(BLOCK * 9) * (size // len(BLOCK) // 9)


def xz_bomb(size):
    return lzma.compress(LINE + BLOCK * 9, preset=0) + lzma.compress(BLOCK * 9, preset=0) * (size // len(BLOCK) // 9)


def tar_bomb(kind):
    info = tarfile.TarInfo("x.jsonl")
    info.size, info.type = 8_000_000_000, kind
    return gzip_bomb(TEN_GB, info.tobuf(tarfile.USTAR_FORMAT))


def huge_list():
    """The end of a zip says how long its list is; 30 MB of it here."""
    data = bytearray(zipped({"a.txt": PROSE}, zipfile.ZIP_STORED))
    at = data.rfind(b"PK\x05\x06")
    data[at:at] = b"PK\x01\x02" + b"\0" * 30_000_000
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (30_000_000).to_bytes(4, "little")
    return bytes(data)


def nested():
    found = gzip_bomb(1_000_000_000)
    for _ in range(6):
        found = zipped({"z": found}, zipfile.ZIP_STORED)
    return found


#: Files by their names; each as large as its maker says.
BOMBS = {
    "gzip": lambda: gzip_bomb(TEN_GB), "lines in gzip": lambda: gzip_bomb(TEN_GB, LINE),
    "gzip in gzip": lambda: gzip.compress(gzip_bomb(TEN_GB)),
    "brotli in warc": lambda: response(brotli_bomb(LESS), "br"), "gzip in warc": lambda: response(gzip_bomb(1_000_000_000), "gzip"),
    "packed warc": lambda: gzip.compress(b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\n") + gzip_bomb(TEN_GB),
    "zstandard in warc": lambda: response(zstd_bomb(TEN_GB), "zstd"), "zstandard": lambda: zstd_bomb(TEN_GB),
    "zip": lambda: zip_bomb(TEN_GB, LINE), "zip of many": lambda: zipped({f"{n}.txt": LINE + BLOCK * 20 for n in range(20)}),
    "zip with a huge list": huge_list, "zip in zips": nested, "bzip2": lambda: bzip2_bomb(LESS), "xz": lambda: xz_bomb(LESS),
    "tar": lambda: tar_bomb(tarfile.REGTYPE), "tar with a huge header": lambda: tar_bomb(tarfile.XHDTYPE),
}  # fmt: skip
#: Cut off as what they are not: a zip's member ends where its list says; Zstandard is no text.
SAID = {"zstandard": ("not a text", "not in a language"), "zstandard in warc": ("coding that is not read",)}

SUPPORT = Path(__file__).resolve().parent.parent / "support"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *filter(None, sys.path)])}
MEASURED = textwrap.dedent(
    """
    import json, sys, time
    from pathlib import Path
    from peak import peak, reset
    from readout.sources import read_source
    from readout.sources.language import check_language
    check_language(sys.argv[2])
    for path in sorted(Path(sys.argv[1]).iterdir()):
        before, begun = reset(), time.process_time()
        found = list(read_source(path, path.name))
        said = [getattr(item, "message", "") for item in found]
        print(json.dumps([path.name, peak() - before, time.process_time() - begun, len(found), said]), flush=True)
    """
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """What one process found in each bomb, one after the other, and how much more memory it had taken by then."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, make in BOMBS.items():
        (folder / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(folder), PROSE],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    return {row[0]: (*row[1:], sizes[row[0]]) for row in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_cut_and_memory_is_bounded(name, measured, figure):
    memory, seconds, count, messages, size = measured[name]
    assert memory < MOST_MEMORY, f"{memory} MB more"
    assert seconds < 20
    assert 0 < count <= 90
    assert any(word in message for word in SAID.get(name, WORDS) for message in messages), messages
    figure(1, "bombs cut off")
    figure(memory, f"MB of memory more, of {MOST_MEMORY} allowed", most=True)
    figure(size / 1_000_000, "MB the largest", most=True)


FETCHED = textwrap.dedent(
    """
    import sys
    from peak import peak, reset
    from readout.errors import FetchError
    from readout.fetching import fetch
    try:
        fetch(sys.argv[1] + "none", allow_private=True)
    except FetchError:
        pass
    for path in sys.argv[2:]:
        before = reset()
        try:
            fetch(sys.argv[1] + path, allow_private=True)
        except FetchError as error:
            print(peak() - before, type(error).__name__)
    """
)
ANSWERS = {
    "gzip": lambda: gzip_bomb(TEN_GB), "br": lambda: brotli_bomb(LESS), "zstd": lambda: zstd_bomb(TEN_GB),
    "deflate": lambda: gzip_bomb(TEN_GB)[10:], "gzip, gzip": lambda: gzip.compress(gzip_bomb(TEN_GB)), "identity": lambda: BLOCK * 100,
}  # fmt: skip


def test_an_answer_is_cut_and_memory_is_bounded(site, figure):
    for n, (coding, make) in enumerate(ANSWERS.items()):
        site.pages[f"/{n}"] = (200, {"Content-Encoding": coding}, make())
    command = [sys.executable, "-c", FETCHED, site.url("/"), *map(str, range(len(ANSWERS)))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=ENVIRONMENT)
    found = [line.split() for line in done.stdout.splitlines()]
    assert len(found) == len(ANSWERS), done.stdout + done.stderr
    assert [kind for _, kind in found] == ["FetchError" if coding == "zstd" else "AnswerTooLarge" for coding in ANSWERS]
    memory = max(int(grown) for grown, _ in found)
    assert memory < MOST_MEMORY
    figure(len(found), "answers of HTTP cut off")
    figure(memory, f"MB of memory more, of {MOST_MEMORY} allowed", most=True)


def test_what_comes_beside_a_bomb_is_read(tmp_path: Path):
    members = {"a.txt": PROSE.encode(), "bomb.gz": gzip_bomb(1_000_000_000), "z.txt": PROSE.encode()}
    found = list(read_source(zipped(members, zipfile.ZIP_STORED), "news"))
    assert [getattr(item, "text", None) for item in found] == [PROSE, None, PROSE]
    assert isinstance(found[1], SourceProblem)
    assert "far more than its size" in found[1].message or "larger than" in found[1].message


def test_the_samples_are_what_they_say():
    """A bomb that does not unpack would be cut off by anything."""
    with gzip.open(io.BytesIO(gzip_bomb(3_000_000, b"x"))) as file:
        assert file.read(3_000_000) == b"x" + b"a" * 2_999_999
    with zipfile.ZipFile(io.BytesIO(zip_bomb(3_000_000, b"x", said=3_000_001))) as archive:
        assert archive.getinfo("bomb.jsonl").file_size == 3_000_001
        with archive.open("bomb.jsonl") as member:
            assert member.read(3) == b"xaa"
    assert len(brotli.decompress(brotli_bomb(3_000_000))) == 3_000_000
    assert len(gzip_bomb(TEN_GB)) < 12_000_000
