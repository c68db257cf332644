"""Fifty people read the pages of a record and five correct it, while news is added by another process.

    python benchmarks/load.py [--minutes 10] [--readers 50] [--correctors 5] [--reports 400] [--think 4] [--database sqlite|postgresql]

A server (`readout serve`) on loopback, in a process of its own, and `readout add` in another, one run after the other with new articles of
our own each time. Each reader asks for a page, looks at it for some seconds (`--think`, on average), and asks for the next; each corrector
confirms, edits, rejects and undoes through the API, now and then the same claim as another. It stops by itself.

At the end: every answer was what it should be (200; 201 for a correction, or 409 where somebody was faster); every correction that was
acknowledged is in the log once, and no other is; every article that `add` said was added is there; `readout doctor` finds all well. How
long answers took is by the clock: median, 95th and 99th percentile, of pages and of corrections. Exits with 1 where anything failed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "record"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from news import fill
from sqlalchemy import func, select

from readout.across.linking import link
from readout.record import open_record, schema

_MAIN = "from readout.cli import main; main()"
_MOST = 200_000  # requests in all, whatever the time
_TOWNS = ("Osthavn", "Vestfjord", "Nordby", "Sundvik", "Lindal", "Hamarvik")


@dataclass
class Seen:
    """What all of them saw together."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    took: dict[str, list[float]] = field(default_factory=lambda: {"pages": [], "corrections": []})
    by_page: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    late: int = 0  # corrections of what somebody else had changed
    made: list[tuple[int, str]] = field(default_factory=list)  # corrections that were acknowledged: number, reason
    added: int = 0
    runs: int = 0

    def answer(self, kind: str, page: str, seconds: float) -> None:
        """One answer more."""
        with self.lock:
            self.took[kind].append(seconds)
            self.by_page.setdefault(page, []).append(seconds)

    def fault(self, what: str) -> None:
        """Something that should not be."""
        with self.lock:
            self.wrong[what] += 1

    def asked(self) -> int:
        """How many answers there were."""
        return sum(map(len, self.took.values()))


@contextmanager
def serving(where: str) -> Iterator[int]:
    """`readout serve` on a port of its own."""
    command = [sys.executable, "-c", _MAIN, "serve", "--port", "0", "--record", where]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    first = server.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
    if found is None:
        sys.exit(first + server.stderr.read())
    said: list[str] = []
    listening = threading.Thread(target=lambda: said.extend(server.stderr), daemon=True)  # type: ignore[arg-type]
    listening.start()
    try:
        yield int(found[1])
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        listening.join(5)
        for text in said:
            if "stopped" not in text:
                print(f"server: {text.strip()}")


def ask(port: int, method: str, path: str, body: dict[str, object] | None = None) -> tuple[int, bytes]:
    """Status and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        sent = json.dumps(body).encode() if body is not None else None
        origin = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}
        connection.request(method, path, sent, origin if sent else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class Crowd:
    """Readers, correctors and who adds, until the time is over."""

    def __init__(self, port: int, where: str, given: argparse.Namespace, folder: Path) -> None:
        self.port, self.where, self.given, self.folder = port, where, given, folder
        self.seen, self.over = Seen(), threading.Event()
        with open_record(where) as record:
            self.claims = [f"events/{claim.id}" for claim in record.events(limit=300)]
            self.reports = [report.id for report in record.reports(limit=100)]
            actor = next(record.actors(limit=1)).key
        self.pages = (
            "/", "/events", "/reports", "/statements", "/figures", "/actors", "/places", "/review", "/stories", "/incidents",
            "/events?q=type:ASSAULT", "/events?q=" + quote("type:ASSAULT status:occurred Osthavn"), "/corrections", "/problems",
            f"/actor?key={quote(actor)}", "/api/events?q=type:ASSAULT", "/events.csv?limit=100", "/brief", "/searches",
        )  # fmt: skip

    def run(self) -> None:
        """All of them at once."""
        works = [self.read] * self.given.readers + [self.correct] * self.given.correctors + [self.add]
        threads = [threading.Thread(target=work, args=(number,), daemon=True) for number, work in enumerate(works)]
        for thread in threads:
            thread.start()
        ends = time.monotonic() + self.given.minutes * 60
        while time.monotonic() < ends and self.seen.asked() < _MOST:
            time.sleep(0.5)
        self.over.set()
        for thread in threads:
            thread.join(180)

    def read(self, number: int) -> None:
        """Asks for one page after the other."""
        chance = random.Random(number)
        while not self.over.wait(chance.expovariate(1 / self.given.think)):
            path = chance.choice((*self.pages, f"/reports/{quote(chance.choice(self.reports), safe='')}"))
            self._timed("pages", "GET", path, None)

    def correct(self, number: int) -> None:
        """Corrects claims, some of them those that others correct too, and undoes one in five."""
        chance, mine, count = random.Random(number), list[int](), 0
        while not self.over.wait(chance.expovariate(1 / (self.given.think / 4))):
            count += 1
            why = f"corrector {number}, {count}"
            if mine and chance.random() < 0.2:
                status, body = self._timed(
                    "corrections", "POST", f"/api/corrections/{mine.pop()}/undo", {"why": why, "later": False}
                )
            else:
                status, body = self._timed("corrections", "POST", "/api/corrections", self._change(chance, why))
            if status == 201:
                numbers = [int(item["number"]) for item in json.loads(body)["corrections"]]
                mine += numbers
                with self.seen.lock:
                    self.seen.made += [(made, why) for made in numbers]

    def _change(self, chance: random.Random, why: str) -> dict[str, object]:
        action = chance.choice(("confirm", "reject", "edit"))
        values = {"status": chance.choice(("occurred", "denied", "uncertain", "planned"))} if action == "edit" else {}
        return {"claim": chance.choice(self.claims), "action": action, "set": values, "why": why}

    def _timed(self, kind: str, method: str, path: str, body: dict[str, object] | None) -> tuple[int, bytes]:
        began = time.perf_counter()
        try:
            status, answer = ask(self.port, method, path, body)
        except OSError as error:
            self.seen.fault(f"{method} {path.partition('?')[0]}: {type(error).__name__}")
            return 0, b""
        page = "/" + path.partition("?")[0].split("/")[1]
        self.seen.answer(kind, page, time.perf_counter() - began)
        if kind == "corrections" and (status == 409 or (status == 400 and b"says so already" in answer)):
            with self.seen.lock:
                self.seen.late += 1
        elif status != (201 if kind == "corrections" else 200):
            self.seen.fault(f"{method} {path.partition('?')[0]}: {status} {answer[:300]!r}")
        return status, answer

    def add(self, _: int) -> None:
        """Adds articles in a process of its own, again and again."""
        while not self.over.is_set():
            first = self.seen.runs * 60
            file = self.folder / f"{first}.jsonl"
            file.write_text("\n".join(json.dumps(article(n)) for n in range(first, first + 60)), encoding="utf-8")
            command = [sys.executable, "-c", _MAIN, "add", str(file), "--record", self.where, "--batch", "8"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            said = re.search(r"(\d+) added", done.stderr)
            if done.returncode or said is None:
                self.seen.fault(f"add: {done.returncode} {done.stderr[-500:]}")
            self.seen.added += int(said[1]) if said else 0
            self.seen.runs += 1


def article(number: int) -> dict[str, str]:
    """An article of our own."""
    town = _TOWNS[number % 6]
    text = (
        f"Rebels shelled the town of {town} on Monday, killing {number % 89 + 2} people, the health ministry said in report {number}.\n\n"
        f"Foreign Minister Elin Sorvik will fly to Cairo for talks on a cease-fire, her spokesman said, for the {number}th time."
    )
    return {
        "id": f"load-{number}",
        "text": text,
        "published": f"2025-03-{number % 28 + 1:02}",
        "publisher": f"Paper {number % 7}",
    }


def check(crowd: Crowd, before: int) -> list[str]:
    """What is wrong with the record, now that all is over."""
    wrong = [f"{count} times {what}" for what, count in crowd.seen.wrong.most_common(20)]
    with open_record(crowd.where) as record:
        log = [(item.correction.number, item.correction.why or "") for item in record.corrections()]
        with record.asking() as connection:
            articles = int(connection.execute(select(func.count()).select_from(schema.articles)).scalar_one())
        wrong += [f"doctor: {finding.what}: {finding.said}" for finding in record.examine() if not finding.well]
    made = Counter(crowd.seen.made)
    wrong += [f"lost: correction {number} ({why})" for number, why in made if (number, why) not in log]
    wrong += [f"twice: {why}" for why, count in Counter(why for _, why in log).items() if count > 1]
    wrong += [f"never acknowledged: correction {number} ({why})" for number, why in log if (number, why) not in made]
    if articles != before + crowd.seen.added:
        wrong.append(f"{articles - before} articles came, and {crowd.seen.added} were said to be added")
    return wrong


def report(crowd: Crowd, seconds: float) -> None:
    """How it went."""
    seen = crowd.seen
    print(
        f"{seen.asked():,} answers in {seconds:.0f} s; {seen.added:,} articles added in {seen.runs} runs; {len(seen.made)} corrections,"
    )
    print(f"{seen.late} refused because somebody was faster or it says so already")
    for kind, took in seen.took.items():
        if len(took) > 1:
            cuts = statistics.quantiles(took, n=100, method="inclusive")
            print(f"  {kind:<12} {len(took):>7,}  median {1000 * cuts[49]:5.0f} ms  95th {1000 * cuts[94]:5.0f} ms  99th"
                  f" {1000 * cuts[98]:5.0f} ms  slowest {1000 * max(took):5.0f} ms")  # fmt: skip
    slow = sorted(seen.by_page.items(), key=lambda item: -statistics.median(item[1]))[:5]
    print("  slowest by median: " + ", ".join(f"{page} {1000 * statistics.median(took):.0f} ms" for page, took in slow))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--correctors", type=int, default=5)
    parser.add_argument("--reports", type=int, default=400, help="in the record at the beginning")
    parser.add_argument("--think", type=float, default=4.0, help="seconds between two pages of a reader, on average")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        where = str(Path(folder) / "readout.db")
        if given.database == "postgresql":
            from server import postgresql

            where = stack.enter_context(postgresql()) % "postgres"
        with open_record(where) as record:
            fill(record, given.reports)
            link(record, full=True)
            with record.asking() as connection:
                before = int(connection.execute(select(func.count()).select_from(schema.articles)).scalar_one())
        began = time.monotonic()
        with serving(where) as port:
            crowd = Crowd(port, where, given, Path(folder))
            crowd.run()
        report(crowd, time.monotonic() - began)
        wrong = check(crowd, before)
    print("\n".join(wrong) or "nothing lost, nothing twice, no error")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
