"""Parts: whichever way articles come into a record, the rows are the same."""

from __future__ import annotations

import gzip
import hashlib
import json

import pyarrow.parquet as pq
import pytest
from scaled import PROSE, clock, digest, files_in, line
from sqlalchemy import select

from readout.errors import RecordError, UsageError
from readout.record import Added, ReadingOptions, open_record, schema
from readout.record.adding import batches_of, prepare
from readout.scale import Block, Ran, bring, making, run
from readout.scale.folder import Folder
from readout.scale.rows import from_table, to_table
from readout.scale.shards import Input, inputs_in, shards_of
from readout.sources.article import Article
from readout.sources.problem import SourceProblem

WARC = (
    "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://nordpost.example/{}\r\nContent-Type: text/plain\r\n"
    "Content-Length: {}\r\n\r\n{}\r\n\r\n"
)


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A folder of what there is: lines, a packed WARC, Parquet, texts, one broken line, one article twice."""
    import pyarrow as pa

    folder = tmp_path_factory.mktemp("scale") / "news"
    (folder / "texts").mkdir(parents=True)
    lines = [line(n) for n in range(3)]
    withdrawn = {"id": "9", "publisher": "Nordpost", "source_id": "a9", "status": "canceled", "published": "2025-03-12"}
    lines += ["not JSON", lines[0], json.dumps(withdrawn)]
    (folder / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    text = PROSE.format(40)
    (folder / "c.warc.gz").write_bytes(gzip.compress(WARC.format("40", len(text), text).encode(), mtime=0))
    rows = {"text": [PROSE.format(n) for n in (50, 51)], "title": ["Shells", "Talks"], "date": ["2025-03-11", None]}
    pq.write_table(pa.table(rows), folder / "d.parquet")
    for n in (60, 61):
        (folder / "texts" / f"{n}.txt").write_text(PROSE.format(n), encoding="utf-8")
    (folder / ".hidden.txt").write_text("Nobody reads this.", encoding="utf-8")
    (folder / "e.jsonl").write_text("\n".join([lines[1], lines[2]]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def directly(news, tmp_path_factory):
    """The digest of the record to which the same was added, and the counts."""
    with open_record(tmp_path_factory.mktemp("directly") / "readout.db", clock=clock) as record:
        done = record.add([str(news)], published="2025-03-10")
        return digest(record), done


def brought(parts, tmp_path, name="other.db", **options):
    with open_record(tmp_path / name, clock=clock) as record:
        done = bring(record, str(parts), **options)
        return digest(record), done


def test_a_row_leads_back_to_the_letter():
    articles = [
        Article(PROSE.format(3), published="2025-03-11", byline=("Anna Berg",), name="a", note="first lead"),
        Article("", source_id="a1", status="canceled", published="2025-03-12"),
    ]
    (batch,) = batches_of(articles, 2)
    prepared = prepare(batch.articles, ReadingOptions())
    assert prepared[0].report.claims["events"]
    assert prepared[0].report.claims["figures"]
    assert list(from_table(to_table(prepared))) == prepared


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_make_the_rows_of_adding(workers, news, directly, tmp_path):
    told = []
    parts = tmp_path / "parts"
    ran = run([str(news)], str(parts), workers=workers, published="2025-03-10", together=1, told=told.append)
    assert ran == Ran(parts=6, read=11, problems=1)
    assert [problem.name for done in told for problem in done.problems] == [f"{news}/b.jsonl line 4"]
    rows, done = brought(parts, tmp_path)
    assert rows == directly[0]
    assert done == directly[1] == Added(added=9, skipped=3, problems=1)
    rows, done = brought(parts, tmp_path, size=2)  # again, into the same record
    assert (rows, done) == (directly[0], Added(skipped=12, problems=1))


def test_what_is_done_is_not_done_again(news, directly, tmp_path, monkeypatch):
    parts = tmp_path / "parts"
    run([str(news)], str(parts), published="2025-03-10", together=1)
    before = files_in(parts)
    monkeypatch.setattr(making, "read_source", None)  # nothing is read from here on
    ran = run([str(news)], str(parts), published="2025-03-10", together=1)
    assert ran == Ran(parts=6, there=11, problems=1)
    assert files_in(parts) == before
    # A part that is whole and not in the manifest, as where its maker was ended in between, is noted and not made again.
    entry = next(entry for entry in Folder(str(parts)).entries() if entry.again)
    (parts / "manifest" / f"{entry.part}.json").unlink()
    (parts / "parts" / ".left.tmp").touch()
    with pytest.raises(RecordError, match="1 parts"):
        brought(parts, tmp_path)
    assert run([str(news)], str(parts), published="2025-03-10", together=1) == ran
    noted = f"manifest/{entry.part}.json"
    assert {name: is_now for name, is_now in files_in(parts).items() if name != noted} == {
        name: was for name, was in before.items() if name != noted
    }
    assert Folder(str(parts)).entry(entry.part) == entry
    assert brought(parts, tmp_path)[0] == directly[0]


def test_the_manifest_says_what_was_read(news, tmp_path):
    parts = tmp_path / "parts"
    run([str(news / "b.jsonl")], str(parts))
    (written,) = [json.loads(path.read_text()) for path in (parts / "manifest").iterdir()]
    data = (news / "b.jsonl").read_bytes()
    assert written["inputs"] == [
        {"name": str(news / "b.jsonl"), "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    ]
    assert (written["articles"], written["again"], written["problems"]) == (4, 1, 1)
    assert written["reader"]["version"]
    files = {"folder.json", f"manifest/{written['part']}.json", f"parts/{written['part']}.parquet"}
    assert files_in(parts).keys() == files
    table = pq.read_table(parts / "parts" / f"{written['part']}.parquet")
    assert table.num_rows == 4
    days = {event["day"] for events in table["events"].to_pylist() for event in events or ()}
    assert "2025-03-10" in days


def test_a_block_has_the_reports_of_its_days_and_country(tmp_path):
    towns = {"Kharkiv": "2025-03-01", "Odesa": "2025-03-09", "Aleppo": "2025-03-01"}
    for town, day in towns.items():
        text = f"Rebels shelled {town} on Monday, killing 12 people, the health ministry said."
        (tmp_path / f"{town}.jsonl").write_text(json.dumps({"id": town, "text": text, "published": day}))
    parts = tmp_path / "parts"
    run([str(tmp_path / f"{town}.jsonl") for town in towns], str(parts), together=1)
    countries = {entry.inputs[0][0].rpartition("/")[2]: entry.countries for entry in Folder(str(parts)).entries()}
    (ukraine,) = countries["Odesa.jsonl"]
    assert countries["Kharkiv.jsonl"] == (ukraine,) != countries["Aleppo.jsonl"]
    for days, country, wanted in (
        ("2025-03-01..2025-03-05", ukraine, {"Kharkiv"}),
        (None, ukraine, {"Kharkiv", "Odesa"}),
        (None, "UA", {"Kharkiv", "Odesa"}),
        (None, "Ukraine", {"Kharkiv", "Odesa"}),
        ("2025-03-01", None, {"Kharkiv", "Aleppo"}),
        ("2024-03-01", None, set()),
    ):
        with open_record(tmp_path / f"{days}{country}.db") as record:
            assert bring(record, str(parts), block=Block.of(days, country)) == Added(added=len(wanted))
            assert {report.id for report in record.reports("")} == wanted


@pytest.mark.parametrize(
    ("days", "country", "message"),
    [
        (None, "Ukraina", "no state 'Ukraina'"),
        ("2025-03-05..2025-03-01", None, "the last is before the first"),
        ("March", None, "not days"),
    ],
)
def test_a_block_that_can_hold_nothing_is_refused(days, country, message):
    with pytest.raises(UsageError, match=message):
        Block.of(days, country)


def test_a_folder_is_of_one_reader_and_one_way_to_read(news, tmp_path):
    parts = tmp_path / "parts"
    run([str(news / "texts")], str(parts))
    with pytest.raises(UsageError, match=r"otherwise \(keep_text\)"):
        run([str(news / "texts")], str(parts), options=ReadingOptions(keep_text=True))
    with pytest.raises(UsageError, match="no folder of parts"):
        brought(news, tmp_path)


def test_a_part_that_was_cut_is_refused(news, tmp_path):
    parts = tmp_path / "parts"
    run([str(news / "e.jsonl")], str(parts))
    (file,) = (parts / "parts").iterdir()
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(RecordError, match="cannot be read"):
        brought(parts, tmp_path)


def test_what_cannot_be_opened_makes_no_part_and_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    told = []
    ran = run([str(tmp_path / "none.txt"), str(tmp_path / "empty")], str(tmp_path / "parts"), told=told.append)
    assert ran == Ran(problems=2)
    assert told == [
        SourceProblem(str(tmp_path / "none.txt"), "open", "there is no such file"),
        SourceProblem(str(tmp_path / "empty"), "open", "there is no file in this folder"),
    ]


def test_addresses_are_read_and_written(news, tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'readout-news[ray]'")
    memory = fsspec.filesystem("memory")
    memory.put(str(news), "/bucket/news", recursive=True)
    try:
        ran = run(["memory://bucket/news"], "memory://bucket/out", published="2025-03-10", together=1)
        assert ran == Ran(parts=6, read=11, problems=1)
        assert run(["memory://bucket/news"], "memory://bucket/out", published="2025-03-10", together=1).there == 11
        assert not [name for name in memory.find("/bucket/out") if name.endswith(".tmp")]
        with open_record(tmp_path / "direct.db", clock=clock) as record:
            record.add([str(news)], published="2025-03-10")
            wanted = _texts(record)
        with open_record(tmp_path / "readout.db", clock=clock) as record:
            assert bring(record, "memory://bucket/out") == Added(added=9, skipped=3, problems=1)
            assert _texts(record) == wanted
            with record.asking() as connection:
                names = connection.execute(select(schema.articles.c.name)).scalars()
                assert all(name.startswith("memory://bucket/news/") for name in names)
    finally:
        memory.rm("/bucket", recursive=True)


def _texts(record):
    with record.asking() as connection:
        found = connection.execute(select(schema.readings.c.text, schema.readings.c.report_id))
        return sorted(map(tuple, found))


def test_an_address_of_no_kind_is_bad_usage(tmp_path):
    pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'readout-news[ray]'")
    with pytest.raises(UsageError, match="nowhere"):
        run(["nowhere://a/b"], str(tmp_path / "parts"))


def test_small_files_go_together_and_a_new_one_moves_few():
    files = [Input(f"texts/{n}.txt", f"/texts/{n}.txt", 900) for n in range(2_000)]
    shards = shards_of(files, 16)
    assert [item for shard in shards for item in shard.inputs] == files
    assert 60 < len(shards) < 300
    more = [*files[:1_000], Input("texts/1000a.txt", "/texts/1000a.txt", 900), *files[1_000:]]
    before, after = ({shard.inputs for shard in shards_of(some, 16)} for some in (files, more))
    assert 1 <= len(before - after) <= 2
    large = Input("wire.jsonl", "/wire.jsonl", 10_000_000)
    assert (large,) in {shard.inputs for shard in shards_of([files[0], large, files[1]], 16)}


def test_files_come_in_the_order_of_adding(news):
    names = [item.name.removeprefix(f"{news}/") for item in inputs_in([str(news)])]
    assert names == ["b.jsonl", "c.warc.gz", "d.parquet", "e.jsonl", "texts/60.txt", "texts/61.txt"]
