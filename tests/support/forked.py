"""`readout` in a process of its own that is forked from the tests': it starts with what they have loaded, and so in no time.

Arguments, working directory, environment, input, output and exit status are those of a real start. What a start itself does (what is
imported when, signals, terminals) is for tests that begin a new interpreter.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, NoReturn


def readout(
    *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, given: bytes = b"", seconds: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """What came of `readout` with some arguments, `given` on its standard input; after so many `seconds`, if any, it is ended."""
    _load()
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        number = os.fork()
        if number == 0:
            signal.alarm(seconds)
            _become(arguments, cwd, env, (stdin, stdout, stderr))
        _, status = os.waitpid(number, 0)
        for stream in (stdout, stderr):
            stream.seek(0)
        return subprocess.CompletedProcess(
            ["readout", *arguments], os.waitstatus_to_exitcode(status), stdout.read(), stderr.read()
        )


@cache
def _load() -> None:
    """Loads once what all that is forked needs."""
    import readout
    import readout.across.brief
    import readout.across.linking
    import readout.across.whole
    import readout.cli
    import readout.record

    readout.read("Envoys met in Oslo on Monday.")


def text(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    """The same with its output as text."""
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _become(
    arguments: tuple[str, ...], cwd: Path | None, env: Mapping[str, str] | None, streams: tuple[IO[bytes], ...]
) -> NoReturn:
    """In the child: become `readout`, and never come back."""
    status = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww")
        )
        logging.getLogger().handlers.clear()  # pytest's
        if cwd is not None:
            os.chdir(cwd)
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        sys.argv = ["readout", *arguments]
        status = _main()
    except BaseException:
        traceback.print_exc()
    finally:
        for output in (sys.stdout, sys.stderr):
            if not output.closed:
                output.flush()
        os._exit(status)


def _main() -> int:
    from readout.cli import main

    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
