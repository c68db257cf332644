"""Articles that end the process which reads them, for processes that are begun while it is so.

A module that Python imports at every start puts itself before the cleaning of articles. Who reads one that says "KILLS ITS READER" is
ended by SIGKILL; so is the first who reads one that says "KILLS ITS FIRST READER"; who reads one that says "TAKES ALL MEMORY" asks for more
than it is allowed. The log has a line for every death: the process that died, and whose child it was.
"""

from __future__ import annotations

import os
from pathlib import Path

KILLS, KILLS_ONCE, STARVES = "KILLS ITS READER", "KILLS ITS FIRST READER", "TAKES ALL MEMORY"

_CUSTOM = """
import os, resource, signal, sys

if not any("resource_tracker" in word for word in sys.orig_argv):
    import readout.reading

    _clean = readout.reading.clean

    def _died(how):
        log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(log, f"{{how}} {{os.getpid()}} {{os.getppid()}}\\n".encode())
        os.close(log)

    def _marked(article):
        if {kills!r} in article.text:
            _died("killed")
            os.kill(os.getpid(), signal.SIGKILL)
        if {once!r} in article.text:
            try:
                os.close(os.open({log!r} + ".once", os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return _clean(article)
            _died("killed once")
            os.kill(os.getpid(), signal.SIGKILL)
        if {starves!r} in article.text:
            _died("starved")
            pages = int(open("/proc/self/statm").read().split()[0])
            resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (64 << 20),) * 2)
            bytearray(1 << 30)
        return _clean(article)

    readout.reading.clean = _marked
"""


class Marked:
    """What is put on `PYTHONPATH`, and the log of deaths."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "deaths.log"
        text = _CUSTOM.format(log=str(self._log), kills=KILLS, once=KILLS_ONCE, starves=STARVES)
        (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
        self.path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))

    def deaths(self) -> list[tuple[str, int, int]]:
        """How each process died, its number, and that of the one that began it."""
        if not self._log.exists():
            return []
        lines = (line.rsplit(maxsplit=2) for line in self._log.read_text(encoding="ascii").splitlines())
        return [(how, int(number), int(parent)) for how, number, parent in lines]
