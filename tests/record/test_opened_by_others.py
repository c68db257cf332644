"""A record is opened by the programs that people look at SQLite files with: the sqlite3 module, Datasette, DuckDB."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from readout.exports.describing import datasette_metadata
from readout.exports.queries import QUERIES
from readout.record import open_record
from readout.record.views import VIEWS
from readout.sources.article import Article

ATTACK = "Rebels shelled the town of Osthavn in Norway on Monday, killing 12 people, the health ministry said."
VISIT = "The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks on a cease-fire, her spokesman said."
#: Where DuckDB stands together with its extension for SQLite, of one version; `.ci/run` puts both there.
DUCKDB = Path(os.environ.get("READOUT_TEST_DUCKDB", Path(sys.prefix) / "with-sqlite"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a record, closed."""
    found = tmp_path_factory.mktemp("opened") / "news.db"
    with open_record(found) as record:
        record.add([Article(text=text, published="2025-03-11", publisher="Nordpost") for text in (ATTACK, VISIT)])
    return found


@pytest.fixture(scope="module")
def counts(file: Path) -> dict[str, int]:
    """How many rows each view has, as the record itself counts."""
    with open_record(file, create=False) as record:
        found = {f"{kind}_view": record.count(kind) for kind in ("events", "statements", "figures", "reports")}
    assert min(found.values()) > 0
    return found


def missing(what: str, why: str) -> None:
    """Skips where something is not installed; in CI nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed: .ci/run installs it")
    pytest.skip(f"{what} is not installed: {why}")


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_questions_that_are_ready_are_answered_by_sqlite_alone(file: Path, query: Any) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        nothing_said = connection.execute(query.sql, dict.fromkeys(query.values, "")).fetchall()
        assert nothing_said
        assert set(re.findall(r":(\w+)", query.sql)) == set(query.values)
        for name in query.values:
            nobody = {**dict.fromkeys(query.values, ""), name: "Atlantis"}
            assert connection.execute(query.sql, nobody).fetchall() == [], name
    said = [dict(row) for row in nothing_said]
    if query.name == "events_by_week":
        assert all(row["week"] == "2025-03-10" for row in said)
    if query.name == "tolls_over_time":
        assert ("killed", 12) in {(row["measure"], row["value"]) for row in said}
    if query.name == "events_by_type_and_status":
        assert ("AGREE", "planned") in {(row["type"], row["status"]) for row in said}


@contextmanager
def datasette(file: Path, metadata: Path) -> Iterator[str]:
    """Datasette on loopback, over the file; its address."""
    command = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        str(file),
        "--metadata",
        str(metadata),
        "--host",
        "127.0.0.1",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = []
            for line in server.stderr:
                said.append(line)
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield found.group()
                    return
            pytest.fail("".join(said))
        finally:
            server.terminate()


def test_datasette_shows_every_view_and_answers_every_question(
    file: Path, counts: dict[str, int], tmp_path: Path
) -> None:
    if importlib.util.find_spec("datasette") is None:
        missing("Datasette", "pip install 'readout-news[datasette]'")
    metadata = tmp_path / "metadata.json"
    metadata.write_text(json.dumps(datasette_metadata(file.stem)), encoding="utf-8")
    # Nothing but this machine is asked, whatever proxy is set.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with datasette(file, metadata) as site:

        def get(path: str) -> str:
            with opener.open(f"{site}{path}", timeout=60) as answer:
                assert answer.status == 200
                return str(answer.read().decode())

        for view in VIEWS:
            page = get(f"/{file.stem}/{view.name}")
            assert view.name.removesuffix("_view") in page
            for column in view.columns[:5]:
                assert column.name in page
            told = json.loads(get(f"/{file.stem}/{view.name}.json?_shape=objects&_size=max"))
            assert len(told["rows"]) == counts[view.name]
            assert list(told["rows"][0]) == [column.name for column in view.columns]
            for facet in datasette_metadata("news")["databases"]["news"]["tables"][view.name]["facets"]:
                assert f"_facet={facet}" in page or f'data-column="{facet}"' in page, facet
        front = get(f"/{file.stem}")
        for query in QUERIES:
            assert query.title in front
            asked = urlencode({**dict.fromkeys(query.values, ""), "_shape": "objects"})
            told = json.loads(get(f"/{file.stem}/{query.name}.json?{asked}"))
            assert told["rows"], query.name
            assert query.about.partition(":")[0] in get(f"/{file.stem}/{query.name}?{asked}")


#: Run beside the DuckDB whose extension is at hand: its module and the extension are of one version.
_ASKS = """
import json, sys
from pathlib import Path
import duckdb
file, folder = sys.argv[1:]
connection = duckdb.connect(config={"allow_unsigned_extensions": "false", "autoinstall_known_extensions": "false"})
extension = next(Path(folder).rglob(f"v{duckdb.__version__}/sqlite_scanner.duckdb_extension"))
connection.execute(f"LOAD '{extension}'")
connection.execute(f"ATTACH '{file}' AS readout (TYPE sqlite, READ_ONLY)")
rows = lambda sql: connection.execute(sql).fetchall()
views = {view: rows(f"SELECT count(*) FROM sqlite_query('readout', 'SELECT * FROM {view}')")[0][0] for view in sys.stdin.read().split()}
print(json.dumps({"views": views, "table": rows("SELECT count(*) FROM readout.events")[0][0],
    "types": rows("SELECT type, count(*) FROM sqlite_query('readout', 'SELECT * FROM events_view') GROUP BY 1 ORDER BY 1")}))
"""


def test_duckdb_asks_the_views_by_sqlite_query(file: Path, counts: dict[str, int]) -> None:
    if not DUCKDB.is_dir():
        missing("DuckDB with its extension for SQLite", "`.ci/run` says how")
    done = subprocess.run(
        [sys.executable, "-c", _ASKS, str(file), str(DUCKDB)],
        input=" ".join(counts),
        env={**os.environ, "PYTHONPATH": str(DUCKDB)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["views"] == counts
    assert found["table"] == counts["events_view"] == sum(number for _, number in found["types"])
