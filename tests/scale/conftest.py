"""News of twelve days in parts, read once, and a record of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from blocks_of_news import NEWS, Ground
from scaled import clock

from readout.record import Record, open_record
from readout.scale import bring, run


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The news in parts."""
    folder = tmp_path_factory.mktemp("ground")
    days: dict[int, list[str]] = {}
    for n, (day, outlet, title, text) in enumerate(NEWS):
        fields = {"id": f"r{n:02}", "title": title, "text": text, "publisher": outlet, "published": f"2025-03-{day:02}"}
        days.setdefault(day, []).append(json.dumps(fields))
    news = folder / "news"
    news.mkdir()
    for day, lines in days.items():
        (news / f"{day:02}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run([str(news)], str(folder / "parts"), together=1)
    return Ground(folder, str(folder / "parts"))


@pytest.fixture
def whole(ground: Ground, tmp_path: Path) -> Iterator[Record]:
    """A record of all news that is not linked."""
    with open_record(tmp_path / "whole.db", clock=clock) as record:
        bring(record, ground.parts)
        yield record
