"""What merging claims into incidents is worth, and what it costs.

    python benchmarks/incidents.py [--bench ../shared] [--sizes 1000,10000,100000] [--errors N]

**Quality**, on the rows of MAVERICK (`bench/incidents`; skipped, and said so, where they are not there): reports of violence that people
coded by hand, each with date, place, actors and toll, and an id of the event that it is of. The rows of one source (an article, a
commission's report) become one report without any text; what is merged is compared with the ids by B-cubed precision, recall and F1, and
with the plain rules "the same day at the same place", and the same but for rows of one source, which are put into as many groups. Events
whose id falls into the first half (by a hash) are those that the rules were tuned on; the other half was only measured.

**Cost**, on invented reports of three sizes: seconds, and seconds to n log n, which should stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import math
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from readout.across.facts import EventFact, FigureFact, ReportFacts, Where, Who
from readout.across.incidents import Incident, find_incidents

ROWS = "bench/incidents/maverick_reports.csv.gz"
#: What the rows call the precision of a place: 1 is the country, 2 a district, from 3 on a town or a place in it.
_KINDS = {"1.0": "country", "2.0": "admin2"}
_COUNTRIES = {"Kenya": "KEN", "Ivory Coast": "CIV"}
_DATE = re.compile(r"\((\d{4}-\d{2}-\d{2})\)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared"))
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of invented reports; empty for none")
    parser.add_argument(
        "--errors", type=int, default=0, help="so many wrong merges and wrong splits of the first half are shown"
    )
    options = parser.parse_args()
    rows = options.bench / ROWS
    if rows.exists():
        quality(rows, options.errors)
    else:
        print(f"quality: skipped, {rows} is not there")
    for size in filter(None, options.sizes.split(",")):
        cost(int(size))
    return 0


def quality(path: Path, errors: int) -> None:
    """Prints how well rows are merged, for each half and all."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    halves = {"first half (tuned on)": [], "second half": []}  # type: dict[str, list[dict[str, str]]]
    for row in rows:
        first = hashlib.sha256(row["event_id"].encode()).digest()[0] < 128
        halves["first half (tuned on)" if first else "second half"].append(row)
    for name, some in (*halves.items(), ("all", rows)):
        gold = {number: row["event_id"] for number, row in enumerate(some)}
        several = sum(1 for number in gold if list(gold.values()).count(gold[number]) > 1)
        print(
            f"{name}: {len(some):,} rows, {len(set(gold.values())):,} events; {several:,} rows are not alone in their event"
        )
        facts = reports(some)
        plain = {n: f"{r['date_start']} {r['latitude']} {r['longitude']} {r['country']}" for n, r in enumerate(some)}
        incidents = find_incidents(facts)
        merged = {claim: incident.id for incident in incidents for member in incident.claims for claim in member.twins}
        answers = {
            "nothing merged": {number: str(number) for number in gold},
            "same day, same place": plain,
            "the same, sources apart": _sources_apart(some, plain),
            "incidents": merged,
        }
        for rule, answer in answers.items():
            print("  {:24} B-cubed precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(rule, *b_cubed(gold, answer)))
        if errors and name.startswith("first"):
            _show(some, gold, incidents, errors)


def _sources_apart(rows: Sequence[Mapping[str, str]], plain: Mapping[int, str]) -> dict[int, str]:
    """Groups in which the first rows of all sources are together, and the second, and so on."""
    met: dict[tuple[str, str], int] = defaultdict(int)
    found = {}
    for number, row in enumerate(rows):
        met[plain[number], row["source"]] += 1
        found[number] = f"{plain[number]} {met[plain[number], row['source']]}"
    return found


def b_cubed(gold: Mapping[int, str], answer: Mapping[int, str]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of groups, both given as the group of each item."""
    wanted, given = _groups(gold), _groups(answer)
    precision = recall = 0.0
    for item in gold:
        right = len(wanted[gold[item]] & given[answer[item]])
        precision += right / len(given[answer[item]])
        recall += right / len(wanted[gold[item]])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _groups(answer: Mapping[int, str]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for item, group in answer.items():
        found[group].add(item)
    return found


def reports(rows: Sequence[Mapping[str, str]]) -> list[ReportFacts]:
    """Rows as reports, one for each source, with a claim for each row, whose number is the row's."""
    sources: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        sources[row["source"]].append(number)
    found = []
    for source, numbers in sources.items():
        dated = _DATE.search(source)
        published = dated.group(1) if dated else max(rows[number]["date_end"] for number in numbers)
        claims = [_claim(number, rows[number]) for number in numbers]
        found.append(
            ReportFacts(
                id=numbers[0],
                document=numbers[0],
                report_id=source,
                text="",
                known=published or "1900-01-01",
                published=published or None,
                publisher=rows[numbers[0]]["source_author"] or None,
                events=tuple(event for event, _ in claims),
                figures=tuple(figure for _, figures in claims for figure in figures),
            )
        )
    return found


def _claim(number: int, row: Mapping[str, str]) -> tuple[EventFact, tuple[FigureFact, ...]]:
    figures = tuple(
        FigureFact(
            id=2 * number + place,
            value=float(row[f"{column}_best"]),
            low=_float(row[f"{column}_low"]),
            high=_float(row[f"{column}_high"]),
            bound="exact",
            kind="count",
            measure=measure,
        )
        for place, (column, measure) in enumerate((("deaths", "killed"), ("injuries", "injured")))
        if (_float(row[f"{column}_best"]) or 0) > 0
    )
    event = EventFact(
        id=number,
        type="ASSAULT",
        mode=None,
        act_type="ASSAULT",
        act_mode=None,
        status="occurred",
        actors=_who(row["actor1"]),
        recipients=_who(row["actor2"]),
        places=(_where(row),),
        start=row["date_start"] or None,
        end=row["date_end"] or None,
        figures=tuple(figure.id for figure in figures),
        span=(number, number + 1),
    )
    return event, figures


def _float(value: str) -> float | None:
    return float(value) if value else None


def _who(name: str) -> tuple[Who, ...]:
    """An actor; one that the coders could not name is of a country and nobody's name."""
    if not name:
        return ()
    return (Who(f"{'unnamed' if name.startswith('Unknown') else 'name'}:{name.casefold()}", name),)


def _where(row: Mapping[str, str]) -> Where:
    country = _COUNTRIES[row["country"]]
    if not row["latitude"] or row["geo_precision"] == "1.0":
        return Where(country, row["country"], country, "country")
    lat, lon = float(row["latitude"]), float(row["longitude"])
    return Where(
        f"{lat:.3f}:{lon:.3f}",
        row["city"] or row["location"],
        country,
        _KINDS.get(row["geo_precision"], "town"),
        lat,
        lon,
    )


def _show(rows: Sequence[Mapping[str, str]], gold: Mapping[int, str], incidents: Iterable[Incident], most: int) -> None:
    """Wrong merges, and events that were split, with what their rows say."""
    choose = random.Random(7)
    wrong = [i for i in incidents if len({gold[member.event.id] for member in i.claims}) > 1]
    for incident in choose.sample(wrong, min(most, len(wrong))):
        print("\n  merged, and of several events:")
        for member in incident.claims:
            print("   ", gold[member.event.id], _said(rows[member.event.id]), "|", "; ".join(member.reasons))
    where = {member.event.id: incident.id for incident in incidents for member in incident.claims}
    split = sorted(event for event, items in _groups(gold).items() if len({where.get(item) for item in items}) > 1)
    for event in choose.sample(split, min(most, len(split))):
        print("\n  one event, and split:")
        for item in sorted(_groups(gold)[event]):
            print("   ", where.get(item), _said(rows[item]))


def _said(row: Mapping[str, str]) -> str:
    columns = (
        "date_start",
        "date_end",
        "city",
        "latitude",
        "longitude",
        "geo_precision",
        "actor1",
        "actor2",
        "deaths_best",
        "injuries_best",
    )
    return " ".join(row[column] or "-" for column in columns)


def cost(size: int) -> None:
    """Prints what so many invented reports cost."""
    reports = invented(size)
    start = time.perf_counter()
    incidents = find_incidents(reports)
    seconds = time.perf_counter() - start
    claims = sum(len(report.events) for report in reports)
    ratio = seconds / (size * math.log2(size)) * 1e6
    print(
        f"cost: {size:,} reports, {claims:,} claims, {len(incidents):,} incidents: {seconds:.1f} s, {ratio:.1f} microseconds to n log n"
    )


def invented(size: int) -> list[ReportFacts]:
    """Reports of invented attacks, talks and protests in towns of five countries, four or so reports to a happening, as many a day whatever
    their number."""
    choose = random.Random(size)
    towns = [
        Where(f"town:{n}", f"Town{n}", f"C{n % 5}", "city", 10 + (n * 37 % 400) / 10, (n * 53 % 600) / 10)
        for n in range(400)
    ]
    reports: list[ReportFacts] = []
    while len(reports) < size:
        happening = _Happening(choose, towns, len(reports) // 60)
        reports += [happening.told(choose, len(reports) + n) for n in range(choose.randint(1, 7))]
    return reports[:size]


class _Happening:
    """What happened, and how a report tells it."""

    def __init__(self, choose: random.Random, towns: Sequence[Where], day: int) -> None:
        self.town = choose.choice(towns)
        self.day = 730_000 + day
        self.killed = int(choose.paretovariate(1.0)) + 1
        self.who = Who(f"group-{choose.randrange(60)}", f"Group{choose.randrange(60)} Front", self.town.country)
        self.words = " ".join(f"word{int(choose.paretovariate(0.5)) % 20_000}" for _ in range(14))

    def told(self, choose: random.Random, number: int) -> ReportFacts:
        """A report of it, now and then with another toll, or without a date."""
        import datetime as dt

        day = dt.date.fromordinal(self.day).isoformat()
        killed = self.killed + (choose.randrange(3) if choose.random() < 0.3 else 0)
        quote = (
            f"{self.who.name} killed {killed} in {self.town.name}: {' '.join(choose.sample(self.words.split(), 9))}."
        )
        dated = day if choose.random() < 0.6 else None
        figure = FigureFact(number, killed, killed, killed, "exact", "count", measure="killed")
        event = EventFact(
            number,
            "ASSAULT",
            None,
            "ASSAULT",
            None,
            "occurred",
            (self.who,),
            (),
            (),
            (self.town,),
            dated,
            dated,
            (number,),
            quote=quote,
        )
        return ReportFacts(
            number,
            number,
            f"r{number}",
            f"{quote} {self.words}",
            day,
            published=day,
            events=(event,),
            figures=(figure,),
        )


if __name__ == "__main__":
    sys.exit(main())
