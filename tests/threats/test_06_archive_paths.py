"""A member of a zip, tar or WACZ is named to be written elsewhere, is a link or a device, or has a name that is another on some systems.

Promised: nothing is ever written under a name from an archive; members are read as streams, and what is kept is kept under numbers of the
record's own. Links, devices and pipes are named as problems and not followed; members are read apart though their names differ in case
alone. Names are shown on one line, cut at 300 letters, without control characters and marks of direction.
Not promised: that a folder you name is looked at for links: a file in it that is one is read as the file that it leads to.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import forked
import pytest
from crawls import RECORDS
from packing import tarred, zipped

from readout.record import open_record
from readout.sources import Article, SourceProblem, read_source
from readout.sources.containers import shown

PROSE = (
    "The envoy of Nordland left Osthavn on Monday after three days of talks with the premier and his ministers. "
    "Officials of both sides said that the truce would hold until the end of the month, and that they would meet again."
)
NAMES = (
    "../../evil.txt", "../evil.txt", "/etc/evil.txt", "//evil.txt", "C:\\evil.txt", "c:evil.txt", "\\\\host\\share\\evil.txt",
    "..\\evil.txt",
    "a/../../b", "a/./../../b", "CON", "con.txt", "NUL", "aux.h", "COM1", "readout.db", "readout.db-wal", "x" * 5000,
    "a" * 200 + "/" + "b" * 200,
    "line\nbreak", "\u202egpj.exe", "name\0.txt", "%2e%2e%2fevil.txt", "~/evil.txt", "$HOME/evil.txt", "a:stream.txt", "ev\u0131l.txt",
    "e\u0301vil.txt", "evil.txt ", "evil.txt.", "-rf", "|touch evil", "$(touch evil).txt", "`touch evil`.txt",
)  # fmt: skip


def read(data, name="news"):
    return list(read_source(data, name))


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below, with what is in it."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def wacz(name: str) -> bytes:
    return zipped({"datapackage.json": b"{}", f"archive/{name}": gzip.compress(RECORDS[0])})


@pytest.mark.parametrize(
    "pack", [zipped, tarred, lambda members: tarred(members, "w:gz")], ids=["zip", "tar", "tar.gz"]
)
def test_names_go_nowhere(pack, tmp_path, monkeypatch, figure):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "evil.txt").write_text("as it was")
    monkeypatch.chdir(inner)
    before = everything(tmp_path)
    for name in NAMES:
        found = read(pack({name: PROSE.encode()}))
        assert [type(item) for item in found] == [Article], name
        assert len(found[0].name) < 400
        assert found[0].name.isprintable()
        figure(1, "names that led nowhere")
    assert everything(tmp_path) == before


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_names_that_differ_in_case_are_two(pack):
    found = read(pack({"Talks.txt": PROSE.encode(), "talks.TXT": f"Later. {PROSE}".encode()}))
    assert [item.text for item in found] == [PROSE, f"Later. {PROSE}"]


def test_the_record_alone_changes(tmp_path, figure):
    """`readout add` on an archive of all of them: the record's file is what comes of it."""
    home, outer = tmp_path / "out" / "in", tmp_path / "out"
    home.mkdir(parents=True)
    usable = [name for name in NAMES if "\0" not in name]
    members = {name: f"{n}. {PROSE}".encode() for n, name in enumerate(usable)}
    for name, data in {
        "a.zip": zipped(members),
        "b.tar": tarred(members),
        "c.wacz": wacz("../../../evil.warc.gz"),
    }.items():
        (home / name).write_bytes(data)
    before = everything(outer)
    done = forked.text(
        forked.readout("add", "a.zip", "b.tar", "c.wacz", "--no-link", cwd=home, env={"HOME": str(home)})
    )
    assert done.returncode == 0, done.stderr
    new = {name: data for name, data in everything(outer).items() if before.get(name) != data}
    assert set(new) - {str(home / f"readout.db{end}") for end in ("", "-wal", "-shm")} == set()
    assert before.keys() <= everything(outer).keys()
    with open_record(home / "readout.db") as record:
        assert record.count("reports") == len(usable) + 1
    figure(len(usable) * 2 + 1, "members added to a record, and no other file changed")


def special(kind, **fields):
    info = tarfile.TarInfo("x")
    info.type = kind
    for key, value in fields.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    ("kind", "fields", "word"),
    [
        (tarfile.SYMTYPE, {"linkname": "/etc/passwd"}, "link"),
        (tarfile.SYMTYPE, {"linkname": "../../../../etc/passwd"}, "link"),
        (tarfile.LNKTYPE, {"linkname": "b/one.txt"}, "link"),
        (tarfile.LNKTYPE, {"linkname": "/etc/passwd"}, "link"),
        (tarfile.CHRTYPE, {"devmajor": 1, "devminor": 5}, "device"),
        (tarfile.BLKTYPE, {}, "device"),
        (tarfile.FIFOTYPE, {}, "pipe"),
        (tarfile.GNUTYPE_SPARSE, {}, "sparse"),
    ],
)
def test_links_and_devices_are_named(kind, fields, word, figure):
    found = read(tarred({"b/one.txt": PROSE.encode(), "x": special(kind, **fields), "z.txt": PROSE.encode()}))
    assert [type(item) for item in found] == [Article, SourceProblem, Article]
    assert found[1].name == "news: x"
    assert word in found[1].message
    figure(1, "links and devices named")


def test_a_member_behind_a_link_is_not_led_through_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    link = special(tarfile.SYMTYPE, linkname=str(tmp_path))
    found = read(tarred({"x": link, "x/evil.txt": PROSE.encode()}))
    assert [type(item) for item in found] == [SourceProblem, Article]
    assert list(tmp_path.iterdir()) == []


def test_a_zip_with_a_link_and_a_secret():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.txt", PROSE)
        archive.writestr("open.txt", PROSE)
    data = bytearray(held.getvalue())
    at = data.rfind(b"secret.txt") - 46
    data[at + 8] |= 1
    found = read(bytes(data))
    assert [type(item) for item in found] == [SourceProblem, SourceProblem, Article]
    assert "link" in found[0].message
    assert "encrypted" in found[1].message


def test_shown():
    assert shown("a\x00b\u202ec\ud800") == "a\ufffdb\ufffdc\ufffd"
