"""A real server on loopback over a real small record, for tests of the pages and of what threatens them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readout.record import Record, open_record
from readout.sources.article import Article
from readout.web.access import Access, User

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "web"))
from small_site import ATTACK, OTHER, Client, make_record, served


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that every test copies, for reading takes its time."""
    path = tmp_path_factory.mktemp("web") / "news.db"
    first = Article(
        ATTACK,
        title="Town shelled",
        published="2025-03-11",
        publisher="Nordpost",
        url="https://nordpost.example/a?x=1",
        id="a1",
    )
    second = Article(OTHER, title="Fishing agreed", published="2025-03-12", publisher="Bergen Post", id="folder/b 2")
    make_record(path, [first, second]).close()
    return path


@pytest.fixture
def record(read_once: Path, tmp_path: Path) -> Iterator[Record]:
    """A record of two articles."""
    copy = tmp_path / "news.db"
    copy.write_bytes(read_once.read_bytes())
    with open_record(copy, create=False) as opened:
        yield opened


@pytest.fixture
def client(record: Record) -> Iterator[Client]:
    """Its site as this machine alone sees it."""
    with served(record, Access(User("Mara Lind", "admin"))) as found:
        yield found


@pytest.fixture(scope="module")
def shared(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A site for tests that change nothing."""
    copy = tmp_path_factory.mktemp("shared") / "news.db"
    copy.write_bytes(read_once.read_bytes())
    with open_record(copy, create=False) as opened, served(opened, Access(User("Mara Lind", "admin"))) as found:
        yield found


@pytest.fixture
def behind(record: Record) -> Callable[[Access], object]:
    """The site with another access."""
    return lambda access: served(record, access)
