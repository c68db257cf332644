"""The pipeline's files are those that were released with this code, or nothing of them is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from readout.errors import ModelError

#: The SHA-256 of every file of the shipped pipeline, as `sha256sum` writes and checks it; `training/package.py` makes it.
PINS = Path(__file__).with_name("model.sha256")


def check_pins(folder: Path, pins: Path = PINS) -> None:
    """Passes a folder that holds the pinned files, each to the letter, and no others.

    Raises:
        ModelError: a file was changed, is missing, or is there besides; or the pins cannot be read.
    """
    wanted = pins_of(pins)
    there = _files(folder)
    if odd := sorted(wanted.keys() ^ there.keys()):
        what = "is missing" if odd[0] in wanted else "does not belong to it"
        raise ModelError(f"the language pipeline in {folder} is not the one that was released: {odd[0]} {what}")
    for name, digest in wanted.items():
        if _digest(there[name]) != digest:
            raise ModelError(
                f"the language pipeline in {folder} is not the one that was released: {name} was changed; install Readout anew"
            )


def pins_of(pins: Path) -> Mapping[str, str]:
    """The SHA-256 of each file, by its path in the pipeline's folder.

    Raises:
        ModelError: they cannot be read.
    """
    try:
        lines = pins.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"the language pipeline cannot be checked: {pins} cannot be read") from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def write_pins(folder: Path, pins: Path = PINS) -> None:
    """Pins the files of a folder."""
    lines = (f"{_digest(path)}  {name}\n" for name, path in sorted(_files(folder).items()))
    pins.write_text("".join(lines), encoding="utf-8")


def _files(folder: Path) -> dict[str, Path]:
    """The files of a folder by their paths in it; what a system hides in folders of its own accord is none."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path for path in found}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
