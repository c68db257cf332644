"""The importing itself: source files in, one file for readers out, and an account of what became of each line."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from readout.errors import UsageError
from readout.importers.ftm import read_ftm
from readout.importers.geonames import write_gazetteer
from readout.importers.lines import LineProblem
from readout.importers.petrarch import read_petrarch
from readout.importers.rows import Row, merged, write_rows
from readout.importers.wikidata import read_wikidata
from readout.readers.actors.own import Conflict
from readout.readers.opening import conflicts_of

Read = Callable[[Sequence[Path]], Iterator[Row | LineProblem | str]]

#: What can be imported into a file of actors; "geonames" makes a gazetteer. A string that a reader yields says why an
#: entry was left out.
IMPORTERS: dict[str, Read | None] = {
    "geonames": None,
    "ftm": read_ftm,
    "wikidata": read_wikidata,
    "petrarch": read_petrarch,
}
_OURS = (b'{"readout": "', b"SQLite format 3\0")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: entries written, why others were left out, lines that could not be used, names that built-in
    entries bear as well."""

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    problems: tuple[LineProblem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def import_file(kind: str, sources: Sequence[Path], target: Path, *, alternates: Path | None = None) -> Imported:
    """Makes the file `target` from `sources`; an earlier import there is replaced when the new one is whole.

    Args:
        kind: a key of `IMPORTERS`.
        sources: files as they are published, compressed or not; their order does not change the result.
        target: the file to write. Where nothing can be written, it is left as it was.
        alternates: for "geonames", the table of alternate names (alternateNamesV2).

    Raises:
        UsageError: no such kind, a source that cannot be opened, or a target that is something else.
    """
    if kind not in IMPORTERS:
        raise UsageError(f"not a kind of import: {kind!r} (one of {', '.join(IMPORTERS)})")
    if alternates is not None and kind != "geonames":
        raise UsageError("alternate names belong to geonames")
    _check_target(target, sources)
    read = IMPORTERS[kind]
    with _replacing(target) as fresh:
        if read is None:
            written, left_out, problems = write_gazetteer(fresh, sources, alternates)
        else:
            rows, left_out, problems = _collect(read(sources))
            written = len(rows)
            if rows:
                write_rows(fresh, kind, rows)
        if not written:
            fresh.unlink(missing_ok=True)
    found: tuple[Conflict, ...] = ()
    if written and read is not None:
        found = conflicts_of(target)
    return Imported(written, left_out, tuple(problems), found)


def _collect(found: Iterable[Row | LineProblem | str]) -> tuple[list[Row], Counter[str], list[LineProblem]]:
    rows: dict[str, Row] = {}
    left_out: Counter[str] = Counter()
    problems: list[LineProblem] = []
    for item in found:
        if isinstance(item, str):
            left_out[item] += 1
        elif isinstance(item, LineProblem):
            problems.append(item)
        else:
            rows[item.id] = merged(rows[item.id], item) if item.id in rows else item
    return list(rows.values()), left_out, problems


def _check_target(target: Path, sources: Sequence[Path]) -> None:
    if not sources:
        raise UsageError("nothing to import")
    for source in sources:
        if not source.is_file():
            raise UsageError(f"{source}: there is no such file")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"{target.parent}: there is no such folder")
    if target.exists() and not (target.is_file() and _head(target).startswith(_OURS)):
        raise UsageError(f"{target}: is there already, and no earlier import: nothing is written over it")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(20)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A fresh file beside the target that takes its place at the end, if it is still there and nothing was raised."""
    with tempfile.TemporaryDirectory(prefix=".readout-import-", dir=target.absolute().parent) as folder:
        fresh = Path(folder) / target.name
        yield fresh
        if fresh.exists():
            fresh.replace(target)
