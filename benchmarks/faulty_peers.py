"""What other processes, servers and the want of memory can do to those who write to a record; see faults.py."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from faulty_disks import again, message_of, never
from killed import Tell, Work, forked
from same_rows import different, digests_at, unwell
from sqlalchemy import select
from works import WORKS, Circumstances, news, opened

from readout.errors import RecordError, RecordLocked
from readout.fetching import Allow, Limits, fetch, watch
from readout.record import ReadingOptions, WatchedFeeds, open_record, schema
from readout.sources.article import Article
from readout.sources.opml import FeedEntry

if TYPE_CHECKING:
    from faults import Ground


def locked(ground: Ground) -> Iterator[str]:
    """Another process holds the database and does not let go while some work waits; then it does."""
    from faults import line

    for name, work in WORKS.items():
        began = time.monotonic()
        peace = ground.prepare(work)
        where = ground.fresh(work)
        with opened(where) if name == "adding" else _nobody(), _holding(where):
            Circumstances.busy_timeout = 0.3
            message = message_of(lambda: work.do(where, never), RecordLocked)  # noqa: B023 - called at once
            Circumstances.busy_timeout = 30.0
            assert message is not None, f"{name} did not wait for another writer"
            assert "try again" in message
        again(work, where, peace.end, f"{name} after another let go")
        yield line(f"held by another while {name}", "told to try again", began)


@contextmanager
def _nobody() -> Iterator[None]:
    yield


@contextmanager
def _holding(where: str) -> Iterator[None]:
    """A process of its own that has begun to write, and does not end."""
    code = (
        "import sys; from readout.record.engine import connect_to, writing\n"
        "with writing(connect_to(sys.argv[1]), sys.argv[1]): print('held', flush=True); sys.stdin.read()\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, where], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holder.stdin.close()
        holder.wait()
        holder.stdout.close()


def out_of_memory(ground: Ground) -> Iterator[str]:
    """Adding, with one long article among the others, and linking may take only so much more memory."""
    from faults import line

    long = Work("adding much", lambda _: None, _add_much, WORKS["adding"].done)
    for work in (long, WORKS["linking"], WORKS["correcting"]):
        began, stopped, outside, rooms = time.monotonic(), 0, 0, (0, 1, 4, 16, 64)  # MB
        peace = ground.prepare(work)
        work.do(whole := ground.fresh(work), lambda _: None)
        wanted = _contents(whole)
        for room in rooms:
            where, what = ground.fresh(work), f"{work.name} in {room} MB more"
            status, said = _within(work, where, room * 1_000_000)
            stopped += status != 0
            if named := _left_out(where):
                outside += 1
                assert named == ["long"], f"{what}: {', '.join(named)} left out, and only one of them is long"
                work.do(where, lambda _: None)
                assert _contents(where) == wanted, f"{what}: what was left out is not taken in later"
                continue
            left = digests_at(where, logs=True)
            assert left in peace.states, f"{what}: something half done is seen"
            if left and left != peace.states[0]:
                with open_record(where) as record:
                    assert work.done(record) >= max(said, default=0), f"{what}: something that was done is lost"
            again(work, where, peace.end, what)
        also = f", {outside} leave one out" if outside else ""
        yield line(f"out of memory while {work.name}", f"{stopped} of {len(rooms)} stop it{also}", began)


def _left_out(where: str) -> list[str]:
    """The articles that were named as left out for want of memory."""
    with closing(sqlite3.connect(where)) as connection:
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'problems'").fetchone()
        asked = "SELECT name FROM problems WHERE message LIKE '%memory%' ORDER BY id"
        return [str(name) for (name,) in connection.execute(asked)] if there else []


def _contents(where: str) -> list[str]:
    """What is in a record, by its articles' ids."""
    with closing(sqlite3.connect(where)) as connection:
        return [str(id_) for (id_,) in connection.execute("SELECT content_id FROM articles ORDER BY content_id")]


def _add_much(where: str, tell: Tell) -> None:
    long = Article(
        " ".join(article.text for article in news(60, 40)), source_id="long", name="long", published="2025-03-14"
    )
    with opened(where) as record:
        total = 0
        for some in (news(6), [long], news(6, 6)):
            done = record.add(some)
            total += done.added + done.skipped
            tell(total)


def _within(work: Work, where: str, room: int) -> tuple[int, list[int]]:
    """Does some work in a process that may take so many bytes more; its exit status, and what it said was done."""

    def run(say: Callable[[str], None]) -> None:
        ctypes.CDLL(None).malloc_trim(0)  # what was freed before counts for nothing
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + room, used + room))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        work.do(where, lambda done: say(str(done)))

    status, said = forked(run)
    return status, [int(line) for line in said]


def worker_dies(ground: Ground) -> Iterator[str]:
    """One of two processes that read is killed while it starts, and while it reads; what it had is read by another."""
    from faults import line

    began, work = time.monotonic(), WORKS["adding"]
    peace = ground.prepare(work)
    killed = 0
    for pause in (0.3, 4.0, 2.0, 1.0):  # seconds; on a quick machine all is read before the longer ones end
        if killed == 2:
            break
        where = ground.fresh(work)
        adding = threading.Thread(target=_add_by_two, args=(where,), daemon=True)
        adding.start()
        while (worker := _a_worker()) is None:
            time.sleep(0.01)
        time.sleep(pause)
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
            killed += 1
        adding.join()
        left = digests_at(where)
        assert left == peace.end, f"after a worker died: {different(peace.end, left)}"
    assert killed == 2, "no worker lived long enough to be killed twice"
    yield line("a worker is killed while adding", "2 times", began)


def _add_by_two(where: str) -> None:
    with opened(where) as record:
        record.add(news(), size=3, workers=2)


def _a_worker() -> int | None:
    """A process that reads for this one, if there is one."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"spawn_main" in (path / "cmdline").read_bytes():
                return int(path.name)
        except OSError:
            continue
    return None


def server_gone(ground: Ground) -> Iterator[str]:
    """The server of PostgreSQL stops dead while something is written, and comes back."""
    from faults import line
    from server import start, stop

    assert ground.url is not None
    folder = Path(ground.url.partition("host=")[2])
    for name in ("adding", "linking", "correcting"):
        began, work, stopped = time.monotonic(), WORKS[name], 0
        peace = ground.prepare(work)
        for after in range(len(peace.states) - 1):
            where, seen = ground.fresh(work), _Breaking(after, lambda: stop(folder))
            message = message_of(lambda: work.do(where, seen), RecordError)  # noqa: B023 - called at once
            assert message is None or "cannot be reached" in message, message
            stopped += message is not None
            if seen.broken:
                start(folder)
            left = digests_at(where, logs=True)
            assert left in peace.states, f"{name}: something half done is seen"
            with open_record(where) as record:
                assert work.done(record) >= max(seen.said, default=0), f"{name}: something that was done is lost"
            again(work, where, peace.end, f"{name} after the server came back")
        yield line(f"the server goes while {name}", f"{stopped} times", began)
    yield _open_throughout(ground, folder, start, stop)


class _Breaking:
    """Is told what is done, and breaks something once it was told so often."""

    def __init__(self, after: int, break_: Callable[[], None]) -> None:
        self.said: list[int] = []
        self.after, self.break_, self.broken = after, break_, False

    def __call__(self, done: int) -> None:
        self.said.append(done)
        if len(self.said) > self.after and not self.broken:
            self.broken = True
            self.break_()


def _open_throughout(ground: Ground, folder: Path, start: Callable[[Path], None], stop: Callable[[Path], None]) -> str:
    """A record that is open all the time, as that of a site, answers again once the server is back."""
    from faults import line

    began = time.monotonic()
    ground.prepare(WORKS["linking"])
    with open_record(ground.peaceful(WORKS["linking"])) as record:
        before = record.count("events")
        stop(folder)
        message = message_of(lambda: record.count("events"), RecordError)
        start(folder)
        assert message is not None, "a server that is gone answered"
        assert "cannot be reached" in message, message
        assert record.count("events") == before
    return line("the server goes while a record is open", "asked before, meanwhile, after", began)


_ITEM = "<item><guid>{}</guid><pubDate>Mon, 10 Mar 2025 08:00:00 GMT</pubDate><description>{}</description></item>"


def _rss(first: int, count: int) -> bytes:
    items = "".join(
        _ITEM.format(f"http://x.example/{n}", article.text) for n, article in enumerate(news(count, first), first)
    )
    return f"<rss version='2.0'><channel><title>Paper {first}</title>{items}</channel></rss>".encode()


def feeds_lie(ground: Ground) -> Iterator[str]:
    """Feeds that trickle, never end, end too soon, or say that they are longer or shorter than they are, beside one that is well."""
    from faults import line

    began = time.monotonic()
    with _Server() as server:
        entries = [FeedEntry(server.url(name)) for name in server.ways]
        well, ill = str(ground.folder / "well.db"), str(ground.folder / "ill.db")
        failed = _look_at(entries, ill)
        came = _what_came(ill)
        server.lying = False
        _forget_when(ill)
        assert _look_at(entries, ill) == 0
        assert _look_at(entries, well) == 0
        one, other = (_what_came(where) for where in (well, ill))
        # One that says it is shorter than it is brings what of it is whole.
        assert failed == len(server.ways) - 2, f"{failed} of {len(server.ways)} feeds failed"
        assert 3 < len(came) < 6, came
        assert set(came) <= set(one), "something that is not whole was taken in"
        assert one == other, f"{len(one)} and {len(other)} articles"
        with open_record(ill) as record:
            assert not unwell(record)
    yield line("feeds that trickle, lie and break off", f"{failed} ways", began)


def _look_at(entries: list[FeedEntry], where: str) -> int:
    """Looks at each feed once; how many could not be read."""
    get = partial(fetch, allow_private=True, allow=Allow(), limits=Limits(connect=2, read=1, total=3, body=300_000))
    with opened(where) as record:
        store = WatchedFeeds(record, ReadingOptions())
        looks = watch(entries, store, lambda url, known: get(url, state=known), pause=lambda _: 0.0, once=True)
        return sum(look.outcome.kind in ("failed", "gone") for look in looks)


def _forget_when(where: str) -> None:
    """Lets every feed be due again."""
    with open_record(where) as record, record.writing() as connection:
        connection.execute(schema.sources.delete())


def _what_came(where: str) -> list[tuple[str, str]]:
    with open_record(where) as record, record.asking() as connection:
        rows = connection.execute(select(schema.articles.c.source_id, schema.articles.c.content_id))
        return sorted((row.source_id, row.content_id) for row in rows)


class _Server:
    """Feeds on loopback, each of which lies in its way until it is told not to."""

    ways = ("well", "trickling", "endless", "short", "long", "broken", "silent", "nonsense")

    def __init__(self) -> None:
        self.lying, self.listening = True, socket.create_server(("127.0.0.1", 0))
        self.ended = threading.Event()
        self.port = self.listening.getsockname()[1]

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    def __enter__(self) -> _Server:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.listening.close()

    def _serve(self) -> None:
        while not self.ended.is_set():
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                asked = connection.recv(65_536).split(b" ", 2)[1].decode().lstrip("/")
                self._send(connection, asked)
            except (OSError, IndexError):
                return  # the other side has had enough

    def _send(self, connection: socket.socket, name: str) -> None:
        body = _rss(self.ways.index(name) * 3, 3) if name in self.ways else b""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
        length = b"Content-Length: %d\r\n\r\n"
        if name not in self.ways:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        elif name == "well" or not self.lying:
            connection.sendall(head + length % len(body) + body)
        elif name == "trickling":
            connection.sendall(head + length % len(body))
            for n in range(len(body)):
                connection.sendall(body[n : n + 1])
                if self.ended.wait(0.2):
                    return
        elif name == "endless":
            connection.sendall(head + b"\r\n")
            while not self.ended.is_set():
                connection.sendall(b" " * 10_000)
        elif name == "short":
            connection.sendall(head + length % (len(body) * 2) + body)
        elif name == "long":
            connection.sendall(head + length % (len(body) // 2) + body)
        elif name == "broken":
            connection.sendall(head + length % len(body) + body[: len(body) // 2])
        elif name == "silent":
            self.ended.wait(8)
        else:
            connection.sendall(b"\x16\x03\x01 this is no HTTP at all\r\n\r\n")
