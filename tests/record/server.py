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
    folder_of_programs = programs()
    if folder_of_programs is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    user = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="readout-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        options: dict[str, Any] = {"user": user, "cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([folder_of_programs / program, "-D", folder / "data", *arguments], **options)

    run("initdb", "-U", "readout", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    listening = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", listening, "start")
    try:
        yield f"postgresql://readout@/%s?host={folder}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
