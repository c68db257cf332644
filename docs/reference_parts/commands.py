"""Every command of the command line with what its help says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from readout.cli import app

_HEAD = """# Commands

Every command with its arguments and options, made from the code by `python docs/reference.py`; `readout COMMAND --help` says the
same. Where an option says `[setting: NAME]`, what holds without it can be said once: see [configuration](configuration.md). What
QUERY means is said in [asking](asking.md). Every command has `--help`.
"""
BAR = "\\|"  # as a table has it
_OF_ALL = {"--help", "--install-completion", "--show-completion"}


def written() -> str:
    """The page as the code has it."""
    root: Any = get_command(app)
    context = root.make_context("readout", [], resilient_parsing=True)
    parts = [_HEAD, *_command(root, context, "Of all commands"), *_each(root, context)]
    return "\n".join(parts).rstrip() + "\n"


def _each(group: Any, context: Any) -> Iterator[str]:
    """The parts of every command below a group, those of groups among them in their place."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        below = type(context)(command, info_name=name, parent=context)
        yield from _command(command, below, below.command_path)
        if hasattr(command, "list_commands"):
            yield from _each(command, below)


def _command(command: Any, context: Any, title: str) -> Iterator[str]:
    level = "#" * min(len(context.command_path.split()), 3)
    usage = f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    yield f"{level if context.parent else '##'} {title}\n\n```text\n{usage}\n```\n\n{_prose(command.help or '')}\n"
    rows = [record for param in command.get_params(context) if (record := _row(param, context))]
    if rows:
        yield "\n".join(["| argument or option | says |", "|---|---|", *rows, ""])


def _row(param: Any, context: Any) -> str | None:
    """A row of the table, in the words of the help; None for what every command has."""
    if _OF_ALL & set(param.opts) or (record := param.get_help_record(context)) is None:
        return None
    names, says = (re.sub(r"\s+", " ", part).strip() for part in record)
    names = re.sub(r" <(?:list\[)?str\]?>", "", names).replace("<int range>", "N").replace("<int>", "N")
    return f"| `{names.replace('|', BAR)}` | {_bare(says.replace('|', BAR))} |"


def _prose(help_text: str) -> str:
    """A docstring as Markdown: its paragraphs, with what looks like HTML left as words."""
    return "\n\n".join(_bare(" ".join(part.split())) for part in inspect.cleandoc(help_text).split("\n\n"))


def _bare(text: str) -> str:
    return re.sub(r"`[^`]*`|[<*_]", lambda match: match[0] if match[0].startswith("`") else "\\" + match[0], text)
