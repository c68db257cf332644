"""What the readers know, as data: YAML that a political scientist can read and mend. This module only loads it.

One folder or file a kind; fields are explained in comments at the top of each file, and each entry carries examples
that `tests/knowledge` runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from readout.errors import KnowledgeError
from readout.knowledge.compiled import compiled


def _root() -> Traversable:
    return resources.files(__name__)


@cache
def load(name: str) -> Any:
    """The content of one knowledge file, e.g. `load("times/units.yaml")`. Shared: callers must not change it.

    Raises:
        KnowledgeError: there is no such file, or it is not YAML.
    """
    found = _compiled().get(name)
    return read_yaml(name) if found is None else found


@cache
def _compiled() -> Mapping[str, Any]:
    return compiled(_root(), version)


def read_yaml(name: str) -> Any:
    """The content of one knowledge file, from the file itself.

    Raises:
        KnowledgeError: there is no such file, or it is not YAML.
    """
    import yaml

    # The C loader is ten times as fast; it reads the same language.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    file = _root()
    for part in name.split("/"):
        file = file / part
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    except FileNotFoundError as error:
        raise KnowledgeError(f"no knowledge file {name}") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}: {error}") from error


@cache
def names(folder: str) -> tuple[str, ...]:
    """The YAML files of a folder, as names for `load`, sorted."""
    place = _root()
    for part in folder.split("/"):
        place = place / part
    return tuple(sorted(f"{folder}/{item.name}" for item in place.iterdir() if item.name.endswith(".yaml")))


@cache
def version() -> str:
    """A short hash over every knowledge file, the gazetteer included: two reports with the same one knew the same."""
    digest = hashlib.sha256()
    pending = [("", _root())]
    while pending:
        path, item = pending.pop()
        if item.is_dir():
            pending.extend(sorted((f"{path}/{child.name}", child) for child in item.iterdir()))
        elif path.endswith((".yaml", ".tsv.gz")):
            digest.update(path.encode() + b"\0" + item.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
