"""What tests of reading at scale have in common: some news, and a hash of a record's rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

from sqlalchemy import select

from readout.record import Record, schema

PROSE = (
    "Rebels shelled the town of Osthavn on Monday, killing {} people, the health ministry of Norway said.\n\n"
    "The foreign minister, Elin Sorvik, will fly to Cairo for talks, her spokesman said."
)


def clock() -> dt.datetime:
    return dt.datetime(2025, 3, 20, tzinfo=dt.UTC)


def line(n: int, more: str = "") -> str:
    return json.dumps({"id": str(n), "text": f"{PROSE.format(n + 2)} {more}".strip(), "published": "2025-03-11"})


def digest(record: Record) -> str:
    """A hash of all rows of a record but for the numbers of runs and what depends on how batches were cut."""
    found = hashlib.sha256()
    for table in schema.metadata.sorted_tables:
        left_out = {"batch_id"} | ({"id"} if table is schema.problems else set())
        columns = [column for column in table.columns if column.name not in left_out]
        if table is not schema.batches:
            with record.asking() as connection:
                rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            found.update("\n".join([table.name, *rows]).encode())
    return found.hexdigest()


def files_in(folder: Path) -> dict[str, tuple[int, int]]:
    """The files below a folder, hidden ones too, each with what changes where it is written again."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in found}
