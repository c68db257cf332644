"""`readout config`: the settings that hold here, and the files that they come from."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from readout import logs
from readout.cli.parts import Actors, AsJson, Gazetteer, KeepText, Record, begin
from readout.settings import SETTINGS, Settings, config_paths

app = typer.Typer(help="Show the settings, and where they come from.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def show(
    ctx: typer.Context,
    record: Record = None,
    actors: Actors = [],  # noqa: B006 - typer copies it
    gazetteer: Gazetteer = None,
    keep_text: KeepText = None,
    as_json: AsJson = False,
) -> None:
    """Show every setting with its value and where that came from; passwords are masked.

    With the flags of another command: what would hold for that. Exit status: 0, or 2 where a setting is not what it has to be.
    """
    settings = begin(ctx, record=record, actors=actors, gazetteer=gazetteer, keep_text=keep_text)
    if as_json:
        sys.stdout.write(json.dumps(_as_json(settings), ensure_ascii=False, indent=1) + "\n")
        return
    rows = [
        (setting.name, _in_words(settings.shown(setting.name)), str(settings.origin(setting.name)))
        for setting in SETTINGS
    ]
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        typer.echo(f"{name:<{wide[0]}}  {value:<{wide[1]}}  {origin}")


def _as_json(settings: Settings) -> dict[str, object]:
    shown: dict[str, object] = {}
    for setting in SETTINGS:
        origin = settings.origin(setting.name)
        where = {"kind": origin.kind, "name": origin.name, "line": origin.line}
        shown[setting.name] = {"value": settings.shown(setting.name), "origin": where}
    return shown


def _in_words(value: object) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        return logs.one_line(", ".join(value))
    return logs.one_line(value) if isinstance(value, str) else json.dumps(value)


@app.command()
def path() -> None:
    """Show which files of settings are looked for, the nearer first, and which are there."""
    for file in config_paths():
        typer.echo(f"{logs.one_line(str(file))}  {_whether(file)}")


def _whether(file: Path) -> str:
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "not there"
    except OSError as error:
        return f"cannot be looked at: {error.strerror}"
    return "found"
