"""The knowledge files once more as one JSON file, which is made when the package is built and is read forty times as fast as YAML.

It is used only where it was made from the very files that are there: after a change to one of them the YAML itself is read again, until
the package is built anew (`pip install`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

FILE = "compiled.json"


def compiled(root: Traversable, version: Callable[[], str]) -> Mapping[str, Any]:
    """The content of knowledge files by their names; nothing where none was compiled, or it was made from other files.

    Args:
        root: the folder of knowledge.
        version: gives the version of the files in it.
    """
    import orjson

    try:
        found = orjson.loads((root / FILE).read_bytes())
        files: Mapping[str, Any] = found["files"]
        return files if found["version"] == version() else {}
    except (FileNotFoundError, orjson.JSONDecodeError, KeyError, TypeError):
        return {}


def compile_files(folder: Path, version: str, read: Callable[[str], Any]) -> int:
    """Writes the compiled file; how many files are in it.

    What JSON cannot say (days as dates, numbers as keys) stays out and is read from its YAML.

    Args:
        folder: the folder of knowledge.
        version: of the files in it.
        read: gives the content of a file by its name.
    """
    import orjson

    files = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        content = read(name)
        try:
            same = orjson.loads(orjson.dumps(content)) == content
        except TypeError:
            same = False
        if same:
            files[name] = content
    (folder / FILE).write_bytes(orjson.dumps({"version": version, "files": files}))
    return len(files)
