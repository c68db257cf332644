"""A PostgreSQL server of our own, for tests and benchmarks: started in a folder that is gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a running server, with `%s` for the database's name; it listens on a socket in its folder alone.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """
    if programs() is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="readout-pg-"))
    if user := _user():
        shutil.chown(folder, user)
    _run(folder, "initdb", "-U", "readout", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    start(folder)
    try:
        yield f"postgresql://readout@/%s?host={folder}"
    finally:
        stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> None:
    """Starts the server whose folder it is, and waits until it answers."""
    listening = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    _run(folder, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", listening, "start")


def stop(folder: Path) -> None:
    """Stops it on the spot, as if it had been killed."""
    _run(folder, "pg_ctl", "-m", "immediate", "stop")


def _user() -> str | None:
    return pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None  # the server refuses to run as root


def _run(folder: Path, program: str, *arguments: str) -> None:
    found = programs()
    assert found is not None
    options: dict[str, Any] = {"user": _user(), "cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([found / program, "-D", folder / "data", *arguments], **options)
