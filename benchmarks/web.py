"""How long the pages of a record take: the median and the 95th percentile of each, as a browser sees them.

    python benchmarks/web.py [RECORD] [--reports 20000] [--keep record.db] [--rounds 10] [--most 200] [--high 500]

Without a RECORD one of so many invented reports is made (`benchmarks/news.py`: about 14 claims a report) and linked, in a file that is
gone at the end unless `--keep` names one. The record is asked over a socket, one page at a time. "First" is a page of which nothing was
worked out before (what the site remembers is thrown away before each); "again" is the same page with counts and facets remembered, as
they are until the next write. Each page is asked once without being timed. A time is that of the process, server and client
together, so that others on the machine take none of it; the time by the clock stands beside it. Exits with 1 where the median of a first
page is over `--most` milliseconds, or its 95th percentile over `--high`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parent))
from news import fill

from readout.across.linking import link
from readout.record import Record, open_record
from readout.web.access import Access, User
from readout.web.app import make_app
from readout.web.guard import Guard


def pages(record: Record) -> Iterator[str]:
    """The addresses that are timed."""
    report = next(record.reports(limit=1)).id
    shown = not (report.startswith("0000") and len(report) == 16)  # what benchmarks/asking.py makes has no text
    events = record.page("events", limit=50)
    actor = next(record.actors(limit=1))
    place = next(record.places(limit=1))
    yield from (
        "/",
        "/reports",
        "/events",
        "/statements",
        "/figures",
        "/actors",
        "/places",
        "/problems",
        "/sources",
        "/help",
    )
    yield from (
        "/events?q=type:ASSAULT",
        "/events?q=" + quote(f'actor:"{actor.key}"'),
        "/events?q=" + quote(f'place:"{place.key}"'),
    )
    yield from ("/events?q=type:ASSAULT+status:planned+country:EGY", f"/actor?key={quote(actor.key)}")
    if shown:
        yield f"/reports/{quote(report, safe='')}"
        yield f"/claims/events/{events.items[0].id}"
    kinds = (("story", "stories"), ("incident", "incidents"), ("ledger", "ledgers"), ("negotiation", "negotiations"))
    for kind, plural in kinds:
        largest = record.group_page(kind, least=2, limit=20).items
        yield from (f"/{plural}", *(f"/{plural}/{row.key}" for row in largest[:: max(1, len(largest) - 1)]))
    yield "/incidents?q=type:ASSAULT"
    yield from ("/brief", "/review", "/review?q=type:ASSAULT") if shown else ()
    yield "/searches"
    yield "/events.json"
    yield "/api/events?q=type:ASSAULT"
    yield "/events.csv?limit=500"


@contextmanager
def serving(app: Guard) -> Iterator[int]:
    """A server on loopback; its port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(16)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)


Took = tuple[float, float]


def timed(port: int, path: str) -> tuple[Took, int, int]:
    """Milliseconds of the process and by the clock, status and bytes of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begun, clock = time.process_time(), time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    size = len(answer.read())
    took = (1000 * (time.process_time() - begun), 1000 * (time.perf_counter() - clock))
    connection.close()
    return took, answer.status, size


def row(times: list[Took]) -> str:
    """The median and the 95th percentile of the process's own times, and the median by the clock."""
    own = sorted(item[0] for item in times)
    clock = statistics.median(item[1] for item in times)
    return f"{statistics.median(own):7.0f} {own[round(0.95 * (len(own) - 1))]:7.0f} {clock:7.0f}"


def percentile(times: list[Took], share: float) -> float:
    """The process's own time that so large a share of all is not over."""
    own = sorted(item[0] for item in times)
    return own[round(share * (len(own) - 1))]


def time_pages(record: Record, rounds: int, most: float, high: float) -> int:
    """Times each page; how many are too slow."""
    print({kind: record.count(kind) for kind in ("reports", "events", "statements", "figures", "actors")})
    app = make_app(record, Access(User("timed", "correct")))
    remembered = app.app.state.site.remembered  # type: ignore[attr-defined]
    print(f"{'first':>7} {'95th':>7} {'clock':>7} | {'again':>7} {'95th':>7} {'clock':>7} {'kB':>6}  page")
    slow = 0
    with serving(app) as port:
        for path in pages(record):
            timed(port, path)
            first, again = [], []
            for _ in range(rounds):
                remembered.kept.clear()
                took, status, size = timed(port, path)
                assert status == 200, (path, status)
                first.append(took)
                again.append(timed(port, path)[0])
            print(f"{row(first)} | {row(again)} {size / 1000:6.0f}  {path}", flush=True)
            slow += percentile(first, 0.5) > most or percentile(first, 0.95) > high
    return slow


def main() -> int:
    """Times the pages of a record."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("record", nargs="?")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--most", type=float, default=200.0)
    parser.add_argument("--high", type=float, default=500.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = given.record or given.keep or Path(folder) / "readout.db"
        with open_record(where, create=given.record is None) as record:
            if given.record is None and not record.count("reports"):
                fill(record, given.reports)
                link(record, full=True)
            slow = time_pages(record, given.rounds, given.most, given.high)
    print(json.dumps({"slow": slow}))
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
