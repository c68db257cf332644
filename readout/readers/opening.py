"""Opens the files that a user adds to the built-in knowledge, and says what their content is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from readout.errors import UsageError
from readout.readers.actors.own import Conflict, read_actor_file
from readout.readers.actors.registry import conflicts
from readout.readers.added import NOTHING, Added, using
from readout.readers.places.own import open_gazetteer

Pathlike = str | os.PathLike[str]


def conflicts_of(actors: Pathlike | Iterable[Pathlike]) -> tuple[Conflict, ...]:
    """The names that entries of these files and built-in ones bear, as `open_added` reads them."""
    with using(open_added(actors)):
        return conflicts()


def open_added(actors: Pathlike | Iterable[Pathlike] = (), gazetteer: Pathlike | None = None) -> Added:
    """What these files add.

    Args:
        actors: one or more files of actors, as `readout import` writes them or in the form of knowledge/actors; of two
            that know one id the first wins.
        gazetteer: a file that `readout import geonames` wrote.

    Raises:
        UsageError: a file is not there, or is not of its kind.
        KnowledgeError: an entry in a file of actors breaks the rules.
    """
    given = [actors] if isinstance(actors, str | os.PathLike) else list(actors)
    files = tuple(Path(path) for path in given)
    map_file = None if gazetteer is None else Path(gazetteer)
    if not files and map_file is None:
        return NOTHING
    digest = hashlib.sha256()
    for path in files:
        try:
            digest.update(b"actors\0" + hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise UsageError(f"{path}: cannot be opened: {error.strerror}") from error
    if map_file is not None:
        digest.update(b"gazetteer\0" + open_gazetteer(map_file).digest.encode())
    added = Added(digest.hexdigest()[:12], files, map_file)
    with using(added):
        for path in files:
            read_actor_file(path)
    return added
