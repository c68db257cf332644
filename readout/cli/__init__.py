"""The command line: thin verbs over the public interface. Nothing heavy is imported before a verb runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from readout import logs
from readout.cli import (
    across,
    adding,
    asking,
    briefing,
    caring,
    config,
    correcting,
    evaluate,
    explain,
    exporting,
    importing,
    linking,
    novelty,
    read,
    searching,
    serving,
    watching,
)
from readout.cli.parts import EXIT_ERROR, EXIT_USAGE, say
from readout.errors import ReadoutError, UsageError
from readout.language.garbage import search_seldom
from readout.record.kinds import HAS
from readout.version import __version__

#: The verbs in the order of the help: a name, and the function that its docstring and annotations make the help of.
VERBS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("read", read.read),
    ("explain", explain.explain),
    ("add", adding.add),
    ("watch", watching.watch),
    ("feeds", watching.feeds),
    ("evaluate", evaluate.evaluate),
    ("import", importing.import_),
    ("show", asking.show),
    ("stories", across.stories),
    ("incidents", across.incidents),
    ("ledger", across.ledger),
    ("negotiations", across.negotiations),
    ("brief", briefing.brief),
    ("new", novelty.new),
    ("plans", novelty.plans),
    ("reread", correcting.reread),
    ("changes", correcting.changes),
    ("undo", correcting.undo),
    ("corrections", correcting.corrections),
    ("forget", correcting.forget),
    ("backup", caring.backup),
    ("doctor", caring.doctor),
    ("serve", serving.serve),
)
#: Verbs that have verbs of their own.
GROUPS: tuple[tuple[str, typer.Typer], ...] = (
    ("config", config.app),
    ("correct", correcting.correct),
    ("link", linking.app),
    ("searches", searching.app),
)

_NO_MEMORY = (
    "there is not enough memory: run the same command again with more, with fewer --workers or a smaller --batch;"
    " what was said to be done is done"
)

app = typer.Typer(
    name="readout",
    help="Reads news of conflict and diplomacy, and keeps the record.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _name, _verb in VERBS:
    app.command(_name)(_verb)
for _name in HAS:
    app.command(_name, context_settings=asking.CONTEXT)(asking.verb_of(_name))
app.command("export", context_settings=asking.CONTEXT)(exporting.verb())
for _name, _group in GROUPS:
    app.add_typer(_group, name=_name)


class Format(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


class Level(StrEnum):
    """The least grave that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"readout {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
    ] = False,
    log_format: Annotated[
        Format | None,
        typer.Option(help="Log to standard error: text, or JSON lines. [setting: log_format]", show_default=False),
    ] = None,
    log_level: Annotated[
        Level | None,
        typer.Option(help="Log to standard error from this level on. [setting: log_level]", show_default=False),
    ] = None,
) -> None:
    """Reads news of conflict and diplomacy, and keeps the record."""
    logs.stop()
    ctx.obj = {"log_format": log_format and log_format.value, "log_level": log_level and log_level.value}
    if log_format or log_level:
        # Before the settings are read, so that what is wrong with them is logged as it was asked for.
        logs.setup(log_format.value if log_format else "text", log_level.value if log_level else "info")


def main() -> None:
    """Runs the command line; errors of the tree become one line and an exit status."""
    search_seldom()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with logs.bound(run=os.urandom(4).hex()):
            _run()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_ERROR)


def _run() -> None:
    try:
        app()
    except UsageError as error:
        say(str(error), "error", "bad usage")
        sys.exit(EXIT_USAGE)
    except ReadoutError as error:
        say(str(error), "error", "failed", kind=type(error).__name__)
        sys.exit(EXIT_ERROR)
    except MemoryError:
        say(_NO_MEMORY, "error", "failed", kind="MemoryError")
        sys.exit(EXIT_ERROR)
