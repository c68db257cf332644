"""The disk is full, may not be written to, or the right to it is lost, in the middle of adding.

Promised: exit status 1 and a sentence that says what to do; batches before it are in the record, of the one that failed nothing is. When
there is room again the same command goes on. A record that may not be written is asked as ever. A file of an export is whole or as it was.
Not promised: room for SQLite's own files beside the record: they take as much as a batch does.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import readout
from readout.errors import UsageError
from readout.record import open_record
from readout.sources.article import Article

RECORD_TESTS = Path(__file__).resolve().parent.parent / "record"
PROSE = "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry said."
_PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}


def made(count, first=0):
    return [Article(text=PROSE.format(n + 2), published="2025-03-11", id=str(n)) for n in range(first, first + count)]


def inputs(folder: Path, count: int) -> Path:
    file = folder / "news.jsonl"
    file.write_text(
        "\n".join(json.dumps({"id": str(n), "text": PROSE.format(n + 2)}) for n in range(count)), encoding="utf-8"
    )
    return file


def in_a_name_space(*command):
    """Runs a command where it may mount what nobody else sees; skipped where the system does not let us."""
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    ):
        if os.environ.get("CI"):
            pytest.fail("no name space for mounts can be had")
        pytest.skip("no name space for mounts can be had")
    script = " && ".join(command)
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_full_disk_stops_it_and_loses_nothing(tmp_path, figure):
    disk, file = tmp_path / "disk", inputs(tmp_path, 40)
    disk.mkdir()
    said = in_a_name_space(
        f"mount -t tmpfs -o size=8m tmpfs {disk}",
        f"{sys.executable} {RECORD_TESTS / 'full_disk.py'} {disk} {file}",
    ).splitlines()
    facts = dict(line.split(" ", 1) for line in said if line.count(" ") == 1)
    assert facts["first"] == "1"
    assert any("there is no room left" in line and "run the same command again" in line for line in said)
    assert 0 <= int(facts["had"]) < 40
    assert facts["second"] == "0"
    assert facts["all"] == "40"
    assert facts["well"] == "True"
    figure(1, "full disks (tmpfs): exit status 1, and the same command went on")


def test_a_read_only_disk_answers_and_is_not_written(tmp_path, figure):
    where = tmp_path / "disk" / "readout.db"
    where.parent.mkdir()
    with open_record(where) as record:
        record.add(made(2))
    script = (
        "import sys; from readout.record import open_record; from readout.errors import RecordReadOnly\n"
        "from readout.sources.article import Article\n"
        "with open_record(sys.argv[1]) as record:\n"
        "    print(sum(finding.well for finding in record.examine()))\n"
        "    try: record.add([Article(text='Rebels shelled Osthavn on Monday.')])\n"
        "    except RecordReadOnly as error: print('read-only', error)\n"
    )
    file = tmp_path / "script.py"
    file.write_text(script, encoding="utf-8")
    said = in_a_name_space(
        f"mount --bind {where.parent} {where.parent}",
        f"mount -o remount,bind,ro {where.parent}",
        f"{sys.executable} {file} {where}",
    ).splitlines()
    assert int(said[0]) > 8
    assert said[1].startswith("read-only")
    figure(1, "disks that may only be read: asked as ever")


#: As much as a record without articles takes, and a little more.
ROOM = 900_000


def test_a_file_that_may_not_grow(tmp_path, figure):
    """A limit on the size of files in place of a full disk: it is had without any rights."""
    file, where = inputs(tmp_path, 30), tmp_path / "readout.db"
    with open_record(where):
        room = where.stat().st_size + ROOM
    command = [
        sys.executable,
        "-m",
        "readout.cli",
        "add",
        str(file),
        "--record",
        str(where),
        "--batch",
        "2",
        "--no-link",
    ]

    def bounded(limit: int):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    full = subprocess.run(command, capture_output=True, text=True, check=False, env=_PLAIN, preexec_fn=bounded(room))
    assert full.returncode == 1, full.stderr
    assert "Traceback" not in full.stderr
    assert full.stderr.strip().splitlines()[-1].startswith("readout: ")
    with open_record(where) as record:
        had = record.count("reports")
        assert had % 2 == 0
        assert had < 30
        assert all(finding.well for finding in record.examine())
    again = subprocess.run(command, capture_output=True, text=True, check=False, env=_PLAIN)
    assert again.returncode == 0, again.stderr
    with open_record(where) as record:
        assert record.count("reports") == 30
        assert all(finding.well for finding in record.examine())
    figure(1, "files that may not grow: exit status 1, and the same command went on")


@pytest.fixture
def nobody():
    """The number of a user without rights; who runs tests as root has rights to everything."""
    if os.geteuid() != 0:
        yield None
    else:
        import pwd

        yield pwd.getpwnam("nobody").pw_uid


def test_a_right_that_is_lost(tmp_path, nobody, figure):
    """A file and a folder that may be read and not written: what is said, and that nothing changed."""
    folder = tmp_path / "kept"
    folder.mkdir()
    where = folder / "readout.db"
    with open_record(where) as record:
        record.add(made(2))
    before = where.read_bytes()
    for path in (where, *folder.glob("readout.db-*")):
        path.chmod(0o444)
    folder.chmod(0o555)
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, os\n"
        "from readout.errors import RecordReadOnly, RecordError\n"
        "import readout.record.record, readout.reading\n"
        "from readout.sources.article import Article\n"
        "readout.reading.load_parser()\n"
        "if sys.argv[2] != 'None': os.setuid(int(sys.argv[2]))\n"
        "with readout.record.open_record(sys.argv[1], create=False) as record:\n"
        "    print(record.count('reports'))\n"
        "    try: record.add([Article(text='Rebels shelled Osthavn on Monday.')])\n"
        "    except RecordReadOnly as error: print('read-only', error)\n"
        "try: readout.record.open_record(sys.argv[1] + '.new')\n"
        "except RecordError as error: print('no file', error)\n",
        encoding="utf-8",
    )
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and path.is_relative_to("/tmp") and path != Path("/tmp"):
            path.chmod(0o755 if path != folder else 0o555)
    command = [sys.executable, str(script), str(where), str(nobody)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**_PLAIN, "HOME": "/", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "2"
    assert said[1].startswith("read-only")
    assert said[2].startswith("no file")
    assert where.read_bytes() == before
    figure(2, "rights that were lost, named")


def test_an_export_is_whole_or_as_it_was(tmp_path, monkeypatch):
    from readout.exports.layouts import LAYOUTS

    file = tmp_path / "events.csv"
    with open_record(tmp_path / "readout.db") as record:
        record.add(made(2))
        readout.export(record, "events", None, file)
        before = file.read_bytes()

        def full(export, rows, stream, guard):
            stream.write(b"half")
            raise OSError(28, "No space left on device")

        monkeypatch.setitem(LAYOUTS, "csv", full)
        with pytest.raises(UsageError, match="No space left"):
            readout.export(record, "events", None, file)
    assert file.read_bytes() == before
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith("events") and path != file]
