"""What a disk, the power and the clock can do to a record; see faults.py."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from killed import Work, forked
from same_rows import CLOCK, different, digests_at, unwell
from works import NOON, WORKS, Circumstances

from readout.errors import ReadoutError, RecordError, RecordFull, RecordReadOnly
from readout.record import open_record

if TYPE_CHECKING:
    from faults import Ground

_ROOMS = (0, 20_000, 100_000, 400_000, 1_500_000)  # bytes that are left
_PAGE = 4096


def again(work: Work, where: str, wanted: object, what: str) -> None:
    """The same work done again without disturbance ends with the rows of the peaceful run."""
    work.do(where, lambda _: None)
    assert digests_at(where) == wanted, f"{what}: {different(wanted, digests_at(where))}"  # type: ignore[arg-type]
    with open_record(where) as record:
        assert not unwell(record), f"{what}: {unwell(record)}"
    work.check(where)


def message_of(work: Callable[[], object], *kinds: type[ReadoutError]) -> str | None:
    """What an error says that some work ends with; None where it ends with none."""
    try:
        work()
    except kinds as error:
        return str(error)
    return None


def never(_: int) -> None:
    """Is told what is done where nothing can be."""
    raise AssertionError("something was said to be done that cannot have been")


def disk_full(ground: Ground) -> Iterator[str]:
    """Every work on a disk with little room; some is made, and it goes on."""
    yield from _on_a_disk(ground, "full")


def read_only(ground: Ground) -> Iterator[str]:
    """Every work on a disk that may only be read; then it may be written."""
    yield from _on_a_disk(ground, "read-only")


def _on_a_disk(ground: Ground, what: str) -> Iterator[str]:
    """Runs this module where it may mount a small disk."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        yield f"{'disk ' + what:<42}left out: no name space for mounts can be had"
        return
    disk = ground.folder / "disk"
    disk.mkdir(exist_ok=True)
    command = ["unshare", "-rm", sys.executable, __file__, what, str(disk)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": _PATH})
    yield from done.stdout.splitlines()
    assert done.returncode == 0, done.stderr[-2000:]


_PATH = os.pathsep.join(filter(None, sys.path))


def _inside(what: str, disk: Path) -> None:
    """In a name space of its own."""
    from faults import Ground, line

    import readout

    readout.read("Envoys met in Oslo on Monday.")
    ground = Ground(Path(tempfile.mkdtemp(dir=disk.parent)))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=True)
    for name, work in WORKS.items():
        began = time.monotonic()
        peace = ground.prepare(work)
        tried = _fill(work, ground, disk, peace) if what == "full" else _forbid(work, ground, disk, peace)
        print(line(f"disk {what} while {name}", tried, began), flush=True)


def _fill(work: Work, ground: Ground, disk: Path, peace: object) -> str:
    where, ballast, stopped = str(disk / "record.db"), disk / "ballast", 0
    for room in _ROOMS:
        for path in disk.iterdir():
            path.unlink()
        base = ground.place(f"base_{work.name.replace(' ', '_')}")
        if Path(base).exists():
            shutil.copy(base, where)
        left = os.statvfs(disk)
        ballast.write_bytes(b"\0" * max(0, left.f_bavail * left.f_frsize - room))
        said: list[int] = []
        message = message_of(lambda: work.do(where, said.append), RecordFull)  # noqa: B023 - called at once
        assert message is None or "make some and run the same command again" in message
        stopped += message is not None
        ballast.unlink()
        _look(work, where, peace, said, f"{work.name} with {room:,} bytes left")
    return f"{stopped} of {len(_ROOMS)} sizes stop it"


def _look(work: Work, where: str, peace: object, said: list[int], what: str) -> None:
    left = digests_at(where, logs=True)
    assert left in peace.states, f"{what}: something half done is seen"  # type: ignore[attr-defined]
    if left and left != peace.states[0]:  # type: ignore[attr-defined]
        with open_record(where) as record:
            assert work.done(record) >= max(said, default=0), f"{what}: something that was done is lost"
    else:
        assert not said, f"{what}: something that was done is lost"
    again(work, where, peace.end, what)  # type: ignore[attr-defined]


def _forbid(work: Work, ground: Ground, disk: Path, peace: object) -> str:
    where = str(disk / "record.db")
    for path in disk.iterdir():
        path.unlink()
    base = ground.place(f"base_{work.name.replace(' ', '_')}")
    if Path(base).exists():
        shutil.copy(base, where)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    message = message_of(lambda: work.do(where, never), RecordReadOnly, RecordError)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert message is not None, f"{work.name} went on where nothing may be written"
    assert "not written" in message or "may not be written" in message, message
    again(work, where, peace.end, f"{work.name} where nothing may be written")  # type: ignore[attr-defined]
    return "refused, with a word of why"


def clock_jumps(ground: Ground, seed: int) -> Iterator[str]:
    """The clock jumps by seconds and years, back and forth, whenever it is asked; only moments are other."""
    from faults import line

    chance = random.Random(seed)
    jumps = [
        dt.timedelta(**{unit: n})
        for unit, n in (("seconds", 1), ("hours", 1), ("days", 1), ("days", 400), ("days", 11_000))
    ]
    began = time.monotonic()
    for name, work in WORKS.items():
        ground.prepare(work)
        still = digests_at(ground.peaceful(work), without=CLOCK)
        for _ in range(4):
            where = ground.fresh(work)
            Circumstances.clock = staticmethod(lambda: NOON + chance.choice(jumps) * chance.choice((-1, 0, 1)))
            try:
                work.do(where, lambda _: None)
            finally:
                Circumstances.clock = staticmethod(lambda: NOON)
            moved = digests_at(where, without=CLOCK)
            assert moved == still, f"{name} by a clock that jumps: {different(still, moved)}"
            with open_record(where) as record:
                assert not unwell(record), f"{name} by a clock that jumps: {unwell(record)}"
    yield line("the clock jumps", f"{4 * len(WORKS)} runs of all that writes", began)


def torn(ground: Ground, seed: int) -> Iterator[str]:
    """The power goes while a transaction is written: of what the log had got, the end is missing, or is not what was written."""
    from faults import line

    chance, began, count = random.Random(seed), time.monotonic(), 0
    for name in ("adding", "correcting", "linking", "forgetting"):
        work = WORKS[name]
        peace = ground.prepare(work)
        snapshots = _snapshots(work, ground)
        for (before, state), (after, _) in pairwise(snapshots):
            for tear in (_cut, _garble, _garble_last_page):
                where = ground.fresh(work)
                if not _torn_copy(before, after, where, tear, chance):
                    continue
                count += 1
                left = digests_at(where, logs=True)
                assert left == state, f"{name}, a torn page: {different(state, left)}"
                again(work, where, peace.end, f"{name}, a torn page")
    yield line("torn pages of the log", f"{count} tears, of 3 kinds", began)
    yield line("torn pages of the file", _torn_file(ground, chance), time.monotonic())


def _snapshots(work: Work, ground: Ground) -> list[tuple[Path, dict[str, tuple[int, str]]]]:
    """Copies of a record's files after each transaction, with what it held then."""
    where, folder = ground.fresh(work), ground.folder / "snapshots"
    shutil.rmtree(folder, ignore_errors=True)

    def run_(say: object) -> None:
        number = 0

        def take() -> None:
            nonlocal number
            number += 1
            (folder / str(number)).mkdir(parents=True)
            for suffix in ("", "-wal"):
                if Path(where + suffix).exists():
                    shutil.copy(where + suffix, folder / str(number) / f"record.db{suffix}")

        from killed import _Steps

        _Steps().watch(take)
        work.do(where, lambda _: None)

    status, _ = forked(run_)
    assert status == 0
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: int(path.name)):
        look = ground.folder / "look"
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(path, look)
        found.append((path, digests_at(str(look / "record.db"), logs=True)))
    return found


def _torn_copy(before: Path, after: Path, where: str, tear: object, chance: random.Random) -> bool:
    """The files as they would lie where the power went while the log grew; whether it did grow between the two."""
    logs = [path / "record.db-wal" for path in (before, after)]
    if not all(log.exists() for log in logs):
        return False
    first, second = (log.read_bytes() for log in logs)
    if len(second) <= len(first) or second[: len(first)] != first:
        return False  # the log was begun anew in between
    shutil.copy(before / "record.db", where)
    Path(where + "-wal").write_bytes(tear(second, len(first), chance))  # type: ignore[operator]
    return True


def _cut(log: bytes, kept: int, chance: random.Random) -> bytes:
    return log[: chance.randrange(kept, len(log))]


def _garble(log: bytes, kept: int, chance: random.Random) -> bytes:
    at = chance.randrange(kept, len(log) - 64)
    return log[:at] + chance.randbytes(64) + log[at + 64 :]


def _garble_last_page(log: bytes, kept: int, chance: random.Random) -> bytes:
    return log[:-_PAGE] + chance.randbytes(_PAGE)  # a page may be all zeros: what is taken out is overwritten


def _torn_file(ground: Ground, chance: random.Random) -> str:
    """Pages of the file itself that hold something else: the doctor says so, and what to do; nothing goes on as if all were well."""
    work = WORKS["linking"]
    ground.prepare(work)
    found, tries = 0, 6
    for _ in range(tries):
        where = ground.peaceful(work)
        copy = ground.place("damaged")
        data = bytearray(Path(where).read_bytes())
        at = chance.randrange(1, len(data) // _PAGE) * _PAGE
        data[at : at + _PAGE] = chance.randbytes(_PAGE)
        Path(copy).write_bytes(data)
        try:
            with open_record(copy) as record:
                found += bool(unwell(record))
        except ReadoutError as error:
            found += "damaged" in str(error)
    assert found == tries, f"only {found} of {tries} damaged files were found out"
    return f"{found} of {tries} found by the doctor"


if __name__ == "__main__":
    _inside(sys.argv[1], Path(sys.argv[2]))
