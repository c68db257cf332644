"""Work that takes long, done in a process of its own: the pages go on meanwhile as fast as ever.

The process is told on its standard input what to do, as JSON, and says on its standard output what came of it. It opens the record by its
address and does what could as well be done here: of a small record it is, for a process takes half a second to start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from readout import errors
from readout.across.brief.recorded import Recorded, brief_of
from readout.across.linking import link
from readout.errors import ReadoutError
from readout.json_values import from_json, to_json
from readout.record import Finding, Record, open_record

SMALL = 200  # reports of a record that is worked on here, for it takes no longer than a page may
_LESS = 2  # by so much the process stands behind the pages, where both wait for the processor


def is_small(record: Record) -> bool:
    """Whether a record is so small that nothing in it takes long."""
    return record.count("reports") <= SMALL


def brief_beside(record: Record, since: str, until: str, *, about: str | None, length: int) -> Recorded:
    """As `brief_of`."""
    value = _done(record, "brief", since=since, until=until, about=about, length=length)
    found: Recorded = from_json(Recorded, value, "the brief")
    return found


def link_beside(record: Record) -> None:
    """As `link`."""
    _done(record, "link")


def examine_beside(record: Record) -> tuple[Finding, ...]:
    """As `Record.examine`."""
    found: tuple[Finding, ...] = from_json(tuple[Finding, ...], _done(record, "examine"), "the findings")
    return found


def _done(record: Record, task: str, **values: Any) -> Any:
    """What comes of a task in a process of its own.

    Raises:
        ReadoutError: as it was raised there.
    """
    # The address of a record may hold a password: it is no argument, which others on the machine could see.
    said = json.dumps({"record": str(record.where), "task": task, "values": values}).encode("ascii")
    command = [sys.executable, "-m", "readout.web.beside"]
    done = subprocess.run(command, input=said, capture_output=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise RuntimeError(f"{task} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2_000:]}")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise getattr(errors, answer["error"], ReadoutError)(answer["message"])
    return answer["value"]


def _brief(record: Record, values: Mapping[str, Any]) -> Any:
    return to_json(brief_of(record, values["since"], values["until"], about=values["about"], length=values["length"]))


_TASKS: Mapping[str, Callable[[Record, Mapping[str, Any]], Any]] = {
    "brief": _brief,
    "link": lambda record, _: to_json(link(record)),
    "examine": lambda record, _: to_json(record.examine()),
}


def main() -> int:
    """Does what is said on standard input."""
    if hasattr(os, "nice"):  # Windows has no such thing
        os.nice(_LESS)
    said = json.load(sys.stdin.buffer)
    try:
        with open_record(said["record"], create=False) as record:
            answer = {"value": _TASKS[said["task"]](record, said["values"])}
    except ReadoutError as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
