"""`readout link` with blocks: what it says, what it leaves, and how it ends."""

from __future__ import annotations

import shutil

import forked
import pytest
from blocks_of_news import OF_DAYS


def ended(*arguments, cwd, says=""):
    """The exit status, where it says so."""
    done = forked.readout(*map(str, arguments), cwd=cwd)
    assert says in done.stderr.decode(), done.stderr.decode()
    assert done.stdout == b""
    return done.returncode


@pytest.fixture
def here(ground, tmp_path):
    """A folder with the records of blocks."""
    for name, block in OF_DAYS.items():
        shutil.copy(ground.record(name, block), tmp_path / f"{name}.db")
    shutil.copy(ground.record("all"), tmp_path / "all.db")
    return tmp_path


def test_from_records_of_blocks_to_the_groups_of_the_whole(here):
    for name in OF_DAYS:
        into = ("--record", f"{name}.db", "--groups", f"blocks/{name}")
        assert ended("link", *into, cwd=here, says=f"groups and copies written to blocks/{name}") == 0
        assert ended("link", "--new", *into, cwd=here, says=f"in it already, the same: blocks/{name}") == 0
    joining = ("link", "--from-blocks", "blocks")
    assert ended(*joining, "--groups", "out", cwd=here, says="17 reports of 3 blocks joined") == 0
    assert (
        ended(*joining, "--record", "all.db", cwd=here, says="17 reports joined: 2 stories, 7 incidents, 1 ledger") == 0
    )
    assert ended("link", "--new", "--record", "all.db", cwd=here, says="nothing to link: 2 stories, 7 incidents") == 0
    only = ("--from-blocks", "blocks/first", "--record", "all.db")
    assert ended("link", *only, cwd=here, says="10 reports joined; 7 are not linked") == 0
    assert ended(*joining, "--record", "middle.db", cwd=here, says="are not in the record: bring them there first") == 1
    assert sorted(path.name for path in (here / "out").iterdir()) == [
        "copy.parquet", "incident.parquet", "ledger.parquet", "manifest.json", "negotiation.parquet", "story.parquet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--from-blocks", "nowhere"), "there are no groups in nowhere"),
        (
            ("--from-blocks", "nowhere", "--groups", "out"),
            "readout link --groups nowhere/NAME writes those of a record",
        ),
        (("--from-blocks", "all.db", "--groups", "out"), "there are no groups in all.db"),
        (("--from-blocks", "blocks", "--new"), "knows no --new"),
        (("--groups", "out", "decisions"), "do not go with decisions"),
        (("--from-blocks", "blocks", "undo", "1"), "do not go with undo"),
        (("--groups", "nothing://a/b", "--record", "all.db"), ""),
    ],
)
def test_bad_usage(here, arguments, says):
    record = () if "--record" in arguments or arguments[-1] in ("decisions", "1") else ("--record", "all.db")
    assert ended("link", *record, *arguments, cwd=here, says=says) == 2
    assert not (here / "out").exists()
