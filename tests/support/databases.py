"""A place for a fresh record on each database that Readout speaks; a real PostgreSQL server where its programs are installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "record"))
from server import postgresql, programs

_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, with `%s` for the database's name."""
    if programs() is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed: .ci/run installs it")
        pytest.skip("PostgreSQL is not installed")
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a fresh record can be made, on each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "readout.db")
        return
    import psycopg

    url = request.getfixturevalue("server")
    name = f"readout_{next(_numbers)}"
    with psycopg.connect((url % "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield url % name
    with psycopg.connect((url % "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # each takes 8 MB
