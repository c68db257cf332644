"""How long the pages of a record take: the median and the 95th percentile of each, as a browser sees them.

    python benchmarks/web.py [RECORD] [--reports 20000] [--keep record.db] [--rounds 20] [--most 200] [--high 500] [--only /actors]

Without a RECORD one of so many invented reports is made (`benchmarks/news.py`: about 14 claims a report) and linked, in a file that is
gone at the end unless `--keep` names one. It is asked over a socket, one page at a time, by somebody who has logged in. Every route of the
site is timed (`benchmarks/pages.py` has its addresses; a route that it does not know is named, and is a fault).

"First" is a page behind a write: a claim was confirmed, or that was undone, since it was asked last, so that nothing which was worked
out before holds. "Again" is the same page once more. Each page is asked once without being timed. A time is that of the process, server and
client together, so that others on the machine take none of it; the time by the clock stands beside it. Then what changes the record is
timed, and undone. At last it is seen how long the lightest page takes while a decision is being linked.

Exits with 1 where the median of a first page is over `--most` milliseconds, or its 95th percentile over `--high`. A brief as a file is
waited for (`pages.WAITED`): it is shown after what time it is made.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import json
import math
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parent))
import pages
from news import fill

from readout.across.linking import link
from readout.errors import UsageError
from readout.record import Record, open_record
from readout.record.searches import save_search
from readout.web.access import COOKIE, Access, Account, User, hash_password
from readout.web.app import make_app
from readout.web.decisions import is_linking
from readout.web.guard import Guard

_PASSWORD = "only for timing"
_SEEN = 20.0  # seconds of a linking that are looked at
_NUMBER = re.compile(r"done=(\d+)")


@contextmanager
def serving(app: Guard) -> Iterator[int]:
    """A server on loopback; its port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(16)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    gc.collect()
    gc.freeze()  # as `readout serve` does
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of the process and by the clock."""

    own: float
    clock: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    took: Took
    status: int
    location: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody who has logged in."""

    port: int
    cookie: str

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> Answer:
        """A page, or what comes of a form; JSON where the path is of the API."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"Cookie": f"{COOKIE}={self.cookie}"}
        body = None
        if form is not None:
            plain = not path.startswith("/api/")
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
            headers["Content-Type"] = "application/x-www-form-urlencoded" if plain else "application/json"
            body = urlencode(form) if plain else json.dumps(form)
        begun, clock = time.process_time(), time.perf_counter()
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        whole = answer.read()
        took = Took(1000 * (time.process_time() - begun), 1000 * (time.perf_counter() - clock))
        connection.close()
        return Answer(took, answer.status, answer.headers.get("location", ""), whole)


def percentile(times: list[float], share: float) -> float:
    """The time that so large a share of all is not over."""
    return sorted(times)[math.ceil(share * len(times)) - 1]


def row(times: list[Took]) -> str:
    """The median and the 95th percentile of the process's own times, and of those by the clock."""
    own, clock = [item.own for item in times], [item.clock for item in times]
    return " ".join(
        f"{value:7.0f}" for some in (own, clock) for value in (statistics.median(some), percentile(some, 0.95))
    )


class Writer:
    """Writes something to the record, over and over: a claim is confirmed, and that is undone."""

    def __init__(self, record: Record, event: str) -> None:
        self.record, self.event, self.made = record, event, 0

    def write(self) -> None:
        """Once more."""
        desk = self.record.correct
        if self.made:
            desk.undo(self.made, by="timed")
            self.made = 0
        else:
            self.made = desk.confirm(f"events/{self.event}", by="timed")[-1].number


def time_pages(browser: Browser, writer: Writer, chosen: pages.Chosen, given: argparse.Namespace) -> list[str]:
    """Times each page; those that are too slow."""
    head = f"{'own':>7} {'95th':>7} {'clock':>7} {'95th':>7}"
    print(f"{head} | {head} {'kB':>6}  page: first, again", flush=True)
    slow = []
    for path in pages.addresses(chosen):
        if given.only and not path.startswith(given.only):
            continue
        if path in pages.WAITED:
            time_until_made(browser, writer, path)
            continue
        answer = browser.ask(path)
        if answer.status == 404 and "/none" in path:
            print(f"{'':31} | {'':31} {'':>6}  {path}: the record has none")
            continue
        first, again = [], []
        for _ in range(given.rounds):
            writer.write()
            answer = browser.ask(path)
            assert answer.status == 200, (path, answer.status, answer.body[:300])
            first.append(answer.took)
            again.append(browser.ask(path).took)
        print(f"{row(first)} | {row(again)} {len(answer.body) / 1000:6.0f}  {path}", flush=True)
        own = [item.own for item in first]
        if statistics.median(own) > given.most or percentile(own, 0.95) > given.high:
            slow.append(path)
    return slow


def time_until_made(browser: Browser, writer: Writer, path: str) -> None:
    """Times, by the clock, what is made beside the pages and waited for; asked again where it was not waited for long enough."""
    writer.write()
    begun = time.perf_counter()
    while browser.ask(path).status == 503:
        pass
    print(
        f"{'made after':>15} {1000 * (time.perf_counter() - begun):7.0f} {'':7} | {'':31} {'':>6}  {path}", flush=True
    )


def time_changes(browser: Browser, chosen: pages.Chosen, rounds: int) -> None:
    """Times what changes the record, and what undoes it."""
    values = {name: getattr(chosen, name) for name in pages.Chosen.__dataclass_fields__} | {"password": _PASSWORD}
    for item in pages.SENT:
        done, undone = [], []
        for _ in range(rounds):
            answer = browser.ask(item.path, {name: text.format(**values) for name, text in item.values.items()})
            if answer.status >= 400:
                print(f"{'':31} | {'':31} {'':>6}  POST {item.path}: {answer.status} {answer.body[:200]!r}")
                break
            done.append(answer.took)
            undone.append(browser.ask(item.undone_by.format(number=_number(answer)), item.then).took)
        if done:
            print(f"{row(done)} | {row(undone)} {'':>6}  POST {item.path} | POST {item.undone_by}", flush=True)


def _number(answer: Answer) -> str:
    found = _NUMBER.search(answer.location)
    if found:
        return found[1]
    return str(json.loads(answer.body)["corrections"][-1]["number"]) if answer.body.startswith(b"{") else ""


def time_beside_linking(browser: Browser, chosen: pages.Chosen) -> None:
    """How long the lightest page takes, by the clock, from a decision until it is linked."""
    decision = next(item for item in pages.SENT if item.path == "/decisions")
    values = {name: getattr(chosen, name) for name in pages.Chosen.__dataclass_fields__}
    alone = [browser.ask("/help").took.clock for _ in range(20)]
    answers: list[Answer] = []
    form = {name: text.format(**values) for name, text in decision.values.items()}
    thread = threading.Thread(target=lambda: answers.append(browser.ask(decision.path, form)))
    begun = time.perf_counter()
    thread.start()
    beside = []
    while thread.is_alive() or (is_linking() and time.perf_counter() < begun + _SEEN):
        beside.append(browser.ask("/help").took.clock)
        time.sleep(0.05)
    lasted = f"lasted {time.perf_counter() - begun:.1f} s" if not is_linking() else f"goes on after {_SEEN:.0f} s"
    print(
        f"/help by the clock: alone {statistics.median(alone):.0f} ms; while a decision is linked, which {lasted},"
        f" {statistics.median(beside):.0f} ms, 95th {percentile(beside, 0.95):.0f}; the decision answers after"
        f" {answers[0].took.clock / 1000:.1f} s"
    )
    browser.ask(decision.undone_by.format(number=_number(answers[0])), decision.then)


def measure(record: Record, given: argparse.Namespace) -> int:
    """Times all pages of a record; how many are too slow or have no row."""
    print({kind: record.count(kind) for kind in ("reports", "events", "statements", "figures", "actors", "places")})
    chosen = pages.chosen_of(record)
    print(chosen)
    forgotten = pages.without_row(pages.routes())
    for name in forgotten:
        print(f"no row: {name}")
    with suppress(UsageError):  # it is there from the last time
        save_search(record, chosen.search, "events", "type:ASSAULT", by="timed")
    access = Access(None, {"timed": Account("timed", "admin", hash_password(_PASSWORD))})
    with serving(make_app(record, access)) as port:
        browser = Browser(port, access.session(User("timed", "admin")))
        slow = time_pages(browser, Writer(record, chosen.event), chosen, given)
        if not given.only:
            time_changes(browser, chosen, 3)
            time_beside_linking(browser, chosen)
    print(json.dumps({"slow": slow, "forgotten": forgotten}))
    return len(slow) + len(forgotten)


def main() -> int:
    """Times the pages of a record."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("record", nargs="?")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--most", type=float, default=200.0)
    parser.add_argument("--high", type=float, default=500.0)
    parser.add_argument("--only", help="addresses that so begin")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = given.record or given.keep or Path(folder) / "readout.db"
        with open_record(where, create=given.record is None) as record:
            if given.record is None and not record.count("reports"):
                fill(record, given.reports)
                link(record, full=True)
            return int(measure(record, given) > 0)


if __name__ == "__main__":
    sys.exit(main())
