"""How long a record of a million claims takes to answer: a page of 50 for each of some questions, with the plan that the database made.

    python benchmarks/asking.py [--claims 1000000] [--rounds 20] [--most 100] [--keep record.db] [--plans]

The record is made here, by rules and not by reading, in a file that is gone at the end (`--keep` names one to keep, and to use again where
it is there): events, statements and figures in the proportion of news; few actors in many claims and many actors in few, some of
them in the news of a few years only; days over twenty-five years; words as in a language, the commonest in every other
sentence. A time is that of `Record.page`: from the query's text to typed answers with their actors, places and reports. Each question
is asked once without being timed, so that what it needs is in memory, and then as often as `--rounds` says. SQLite works within the
process, and it is the process's own time that counts, so that others on the machine take none of it; the time by the clock stands
beside it.

Exits with 1 where the median of a question is over `--most` milliseconds.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, text

from readout.readers.places.names import fold_name
from readout.record import Record, open_record, schema
from readout.record.counted import count_all
from readout.record.indexes import SEARCHED
from readout.record.vocabulary import _plover
from readout.record.writing import index_words

_READING = 8  # claims a reading
_DAYS = 25 * 365
_WORDS, _ACTORS, _PLACES = 20_000, 3_000, 800
_SHARES = (("events", 0.5), ("statements", 0.3), ("figures", 0.2))
_STATUSES = ("occurred",) * 12 + ("planned",) * 3 + ("ongoing", "denied", "refused", "requested", "threatened")
_COUNTRIES = ("USA", "ISR", "PSE", "RUS", "UKR", "IRN", "FRA", "GBR", "NOR", "EGY", "SYR", "TUR", None)
_CONTEXTS = ("military", "diplomatic", "economic", "election", "terrorism", "gender")

#: Each question: kind, query, further arguments, and how many pages lie before the one that is timed.
QUESTIONS: tuple[tuple[str, str, str, dict[str, Any], int], ...] = (
    ("newest events", "events", "", {}, 0),
    ("a deep page", "events", "", {}, 40),
    ("an actor of many claims", "events", "actor:Actor0", {}, 0),
    ("an actor of few claims", "events", "actor:Actor2500", {}, 0),
    ("an actor of years long past", "events", "actor:Actor7", {}, 0),
    ("two actors", "events", "actor:Actor1 recipient:Actor2", {}, 0),
    ("two actors who never met", "events", "actor:Actor3 recipient:Actor3", {}, 0),
    ("an actor, types, not planned", "events", "actor:Actor5 type:ASSAULT,COERCE -status:planned", {}, 0),
    ("a rare mode", "events", "mode:hunger", {}, 0),
    ("types in a month", "events", "type:ASSAULT,THREATEN date:2005-11", {}, 0),
    ("denied, on somebody's word", "events", "status:denied attribution:any confidence:0.9", {}, 0),
    ("a country in a year", "events", "country:NOR published:2011", {}, 0),
    ("a place", "events", "place:Place3", {}, 0),
    ("a publisher, a context", "events", 'publisher:"Paper 17" context:gender', {}, 0),
    ("a common word", "events", "w2", {}, 0),
    ("a rare word", "events", "w9000", {}, 0),
    ("common words, an actor", "events", "w5 w9 actor:Actor2", {}, 0),
    ("a phrase and a beginning", "events", '"w1 w2" w19*', {}, 0),
    ("words that so begin", "events", "w1*", {}, 0),
    ("a context, a status", "events", "context:gender status:denied", {}, 0),
    ("nobody", "events", "actor:Nobody", {}, 0),
    ("as of a day long past", "events", "actor:Actor1", {"as_of": "2006-05-04"}, 0),
    ("everything as of a day", "events", "", {"as_of": "2009-05-04"}, 0),
    ("the surest", "events", "type:AID", {"order": "-confidence"}, 0),
    ("who spoke", "statements", "actor:Actor4 sourcing:official", {}, 0),
    ("figures by their value", "figures", "measure:killed date:2005..2015", {"order": "-value"}, 0),
    ("reports with words", "reports", "w3 w40 published:2003..", {}, 0),
)  # fmt: skip


def make(record: Record, claims: int) -> None:
    """Fills an empty record."""
    source = random.Random(7)
    with record.writing() as connection:
        connection.execute(
            insert(schema.batches),
            [{"id": 1, "command": "made", "started": record.now(), "added": 0, "skipped": 0, "problems": 0}],
        )
        connection.execute(insert(schema.readers), [{"id": 1, "version": "0", "model": "0", "knowledge": "0"}])
    writers = _Rows(source)
    for number in range(0, claims // _READING, 5_000):
        rows: dict[str, list[dict[str, Any]]] = {}
        for reading in range(number + 1, min(number + 5_000, claims // _READING) + 1):
            writers.reading(reading, rows)
        with record.writing() as connection:
            for table in schema.metadata.sorted_tables:
                if rows.get(table.name):
                    connection.execute(insert(table), rows[table.name])
            for name, columns in SEARCHED if connection.dialect.name == "sqlite" else ():
                index_words(connection, name, columns, rows[name][0]["id"], rows[name][-1]["id"])
        print(f"\r{(reading * _READING):,} claims", end="", file=sys.stderr)
    print(file=sys.stderr)
    names = [{"folded": fold_name(f"Actor{n}"), "key": f"name:actor{n}"} for n in range(_ACTORS)]
    with record.writing() as connection:
        connection.execute(insert(schema.actor_names), names)
        count_all(connection)


class _Rows:
    """Makes the rows of readings by rules."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.ids = {name: itertools.count(1) for name in (*schema.CLAIMS, "actors", "places")}
        self.words = [f"w{n}" for n in range(_WORDS)]
        self.word_weights = list(itertools.accumulate(1 / (n + 2) for n in range(_WORDS)))
        self.actor_weights = list(itertools.accumulate(1 / (n + 3) for n in range(_ACTORS)))
        self.place_weights = list(itertools.accumulate(1 / (n + 3) for n in range(_PLACES)))
        self.types = [(kind, mode) for kind, modes in _plover().items() for mode in (None, *modes)]
        self.type_weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self.types))))
        self.packed = zlib.compress(b"{}")

    def sentence(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.word_weights, k=words))

    def actor(self, year: int) -> int:
        while True:
            (number,) = self.random.choices(range(_ACTORS), cum_weights=self.actor_weights)
            if number % 10 != 7 or year < 2004:  # these left the news
                return int(number)

    def day(self, days: int) -> str:
        return time.strftime("%Y-%m-%d", time.gmtime(946_684_800 + 86_400 * days))

    def reading(self, number: int, rows: dict[str, list[dict[str, Any]]]) -> None:
        at = self.random.randrange(_DAYS)
        published, publisher = self.day(at), f"Paper {self.random.randrange(60)}"
        replaced = self.day(at + 1) if self.random.random() < 0.05 else None
        live = 1 if replaced else 2
        add = lambda table, row: rows.setdefault(table, []).append(row)  # noqa: E731
        add("documents", {"id": number, "key": str(number)})
        own = {"published": published, "publisher": publisher}
        article = {"id": number, "content_id": str(number), "document_id": number, "batch_id": 1, "number": 1, **own}
        more = {"status": "usable", "keep_text": False, "name": "", "added": published, "known": published}
        add("articles", {**article, **more, "replaced": replaced, "current": not replaced})
        body = self.sentence(120)
        report = {"id": number, "article_id": number, "reader_id": 1, "report_id": f"{number:016x}", "made": published}
        whole = {"title": self.sentence(8), "words": 120, "text": body, "report": self.packed, "live": live}
        add("readings", {**report, **own, **whole})
        actors = [self.actor(2000 + at // 365) for _ in range(4)]
        of = {"reading_id": number, "live": live}
        for n, actor in enumerate(actors):
            mine = {"key": f"name:actor{actor}", "name": f"Actor{actor}", "kind": "person", "mentions": 1}
            add("actors", {"id": next(self.ids["actors"]), "idx": n, "country": _country(actor), **mine, **of})
        (place,) = self.random.choices(range(_PLACES), cum_weights=self.place_weights)
        there = {"key": f"place:{place}", "name": f"Place{place}", "country": _country(place)}
        lies = {"folded": f"place{place}", "kind": "town", "mentions": 1, "idx": 0}
        add("places", {"id": next(self.ids["places"]), **there, **lies, **of})
        for n in range(_READING):
            kind = self.random.choices([k for k, _ in _SHARES], [s for _, s in _SHARES])[0]
            claim = next(self.ids[kind])
            common = {"id": claim, "article_id": number, "idx": n, "code": str(n), "sentence": n, "start": 0, "end": 5}
            row = {
                **common,
                **of,
                **own,
                "quote": self.sentence(22),
                "day": self.day(max(0, at + self.random.choice((0, -1, -1, -2, 3, -400)))),
            }
            add(kind, {**row, **getattr(self, kind)()})
            for side, actor in zip(_SIDES[kind], self.random.sample(actors, 3), strict=False):
                who = {"key": f"name:actor{actor}", "name": f"Actor{actor}", "country": _country(actor), "actor": 0}
                if side != "source" or self.random.random() < 0.5:
                    add("parties", {"claim": kind, "claim_id": claim, "side": side, "n": 0, **who})
            if kind != "statements" and self.random.random() < 0.6:
                add("claim_places", {"claim": kind, "claim_id": claim, "n": 0, "place": 0, **there})

    def events(self) -> dict[str, Any]:
        ((kind, mode),) = self.random.choices(self.types, cum_weights=self.type_weights)
        contexts = [c for n, c in enumerate(_CONTEXTS) if self.random.random() < 0.5 / (n + 1) ** 2]
        return {
            "type": kind, "mode": mode, "act_type": kind, "act_mode": mode, "status": self.random.choice(_STATUSES),
            "quad": 1 + len(kind) % 4, "contexts": json.dumps(contexts) if contexts else None, "rule": "made",
            "news": self.random.random() < 0.7, "confidence": round(self.random.random(), 3),
        }  # fmt: skip

    def statements(self) -> dict[str, Any]:
        return {
            "kind": self.random.choice(("direct", "indirect", "mixed")), "content": self.sentence(12), "cue": "said",
            "sourcing": self.random.choice(("named", "named", "official", "institutional", "anonymous")),
        }  # fmt: skip

    def figures(self) -> dict[str, Any]:
        return {
            "kind": "count", "value": float(self.random.randrange(1, 5_000)), "bound": "exact", "unit": "people",
            "measure": self.random.choice(("killed", "injured", "detained", None)),
        }  # fmt: skip


_SIDES = {"events": ("actor", "recipient", "source"), "statements": ("speaker", "addressee"), "figures": ("source",)}


def _country(number: int) -> str | None:
    return _COUNTRIES[number % len(_COUNTRIES)]


def timed(
    record: Record, kind: str, query: str, more: dict[str, Any], pages: int, rounds: int
) -> tuple[list[float], list[float], int]:
    """Milliseconds of each round, by the process's own time and by the clock on the wall, and the number of answers."""
    cursor = None
    for _ in range(pages):
        cursor = record.page(kind, query, limit=50, cursor=cursor, **more).next
    own, wall = [], []
    for round_ in range(rounds + 1):
        start, start_own = time.perf_counter(), time.process_time()
        page = record.page(kind, query, limit=50, cursor=cursor, **more)
        if round_:
            own.append((time.process_time() - start_own) * 1000)
            wall.append((time.perf_counter() - start) * 1000)
    return own, wall, len(page.items)


def plans(record: Record, kind: str, query: str, more: dict[str, Any]) -> Iterator[str]:
    """What the database does for each statement of a question."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, ___: object, ____: object) -> None:
        asked.append((statement, parameters))

    event.listen(record._engine, "before_cursor_execute", note)
    record.page(kind, query, limit=50, **more)
    event.remove(record._engine, "before_cursor_execute", note)
    with record.asking() as connection:
        for statement, parameters in dict.fromkeys((s, p) for s, p in asked if not s.startswith(("BEGIN", "EXPLAIN"))):
            lines = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            yield " | ".join(str(line[3]) for line in lines)


def main() -> int:
    """Runs the benchmark; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--most", type=float, default=100, help="milliseconds that the median of a question may take")
    parser.add_argument("--keep", type=Path, help="keep the record there")
    parser.add_argument("--plans", action="store_true", help="print each question's plans")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = arguments.keep or Path(folder) / "record.db"
        with open_record(where) as record:
            with record.asking() as connection:
                empty = connection.execute(text("SELECT 1 FROM events LIMIT 1")).first() is None
            if empty:
                make(record, arguments.claims)
            slow = []
            print(f"{'question':<30}{'query':<64}{'answers':>8}{'median':>8}{'95th':>8}{'by the clock':>14}  ms")
            for name, kind, query, more, pages in QUESTIONS:
                own, wall, answers = timed(record, kind, query, more, pages, arguments.rounds)
                median, high = statistics.median(own), sorted(own)[max(0, round(len(own) * 0.95) - 1)]
                shown = " ".join([kind, query, *(f"{k}={v}" for k, v in more.items())])
                clock = f"{statistics.median(wall):.1f}"
                print(f"{name:<30}{shown:<64}{answers:>8}{median:>8.1f}{high:>8.1f}{clock:>14}", flush=True)
                if arguments.plans:
                    for plan in plans(record, kind, query, more):
                        print(f"    {plan}")
                if median > arguments.most:
                    slow.append(name)
    if slow:
        print(f"over {arguments.most:g} ms: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
