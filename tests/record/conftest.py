"""A record on each database that Readout speaks; a real PostgreSQL server where its programs are installed."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from readout.record import Record, open_record

MOMENT = dt.datetime(2025, 3, 12, 9, 0, tzinfo=dt.UTC)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a database's name; gone at the end."""
    bin_ = programs()
    if bin_ is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed: .ci/run installs it")
        pytest.skip("PostgreSQL is not installed")
    root = os.geteuid() == 0
    user = pwd.getpwnam("postgres").pw_name if root else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="readout-pg-"))
    if user:
        shutil.chown(folder, user)
    run = {
        "user": user,
        "check": True,
        "capture_output": True,
        "cwd": folder,
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    }
    subprocess.run(
        [bin_ / "initdb", "-D", folder / "data", "-U", "readout", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
        **run,
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    subprocess.run([bin_ / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"], **run)
    try:
        yield f"postgresql://readout@/%s?host={folder}"
    finally:
        subprocess.run([bin_ / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder, ignore_errors=True)


_numbers = count()


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


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """A fresh record whose clock stands still."""
    with open_record(where, clock=lambda: MOMENT) as opened:
        yield opened
