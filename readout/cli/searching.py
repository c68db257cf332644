"""`readout searches`: searches that are kept in a record under a name, and what is new in them sent elsewhere."""

from __future__ import annotations

import json
import secrets
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout import logs
from readout.cli.parts import EXIT_ERROR, EXIT_PARTIAL, AsJson, begin, say
from readout.cli.parts import Record as Where
from readout.errors import ReadoutError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from readout.record import Record
    from readout.record.searches import Search
    from readout.record.sending import Post, Sent
    from readout.settings import Settings

app = typer.Typer(
    name="searches",
    help="Searches kept under a name: as feeds at /searches of `readout serve`, and sent to webhooks.",
    rich_markup_mode=None,
    invoke_without_command=True,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name.", show_default=False)]
_SECRET = 16  # letters, at least


class Kind(StrEnum):
    """Of what list."""

    EVENTS = "events"
    STATEMENTS = "statements"
    FIGURES = "figures"
    REPORTS = "reports"


@app.callback()
def show(ctx: typer.Context, as_json: AsJson = False, record: Where = None) -> None:
    """Searches kept under a name: as feeds at /searches of `readout serve`, and sent to webhooks. Lists them. Exit status: 0 done, 1 the
    record cannot be read, 2 bad usage.
    """
    if ctx.invoked_subcommand is not None:
        return
    from readout.record.searches import searches

    with _opened(ctx, record) as opened:
        found = searches(opened)
    for search in found:
        sys.stdout.write(f"{json.dumps(search.to_json(), ensure_ascii=False) if as_json else _line(search)}\n")
    if not found:
        say("no searches are saved; `readout searches add NAME events QUERY` saves one")


@app.command(context_settings={"ignore_unknown_options": True})  # "-status:planned" is a filter
def add(
    ctx: typer.Context,
    name: Name,
    kind: Annotated[Kind, typer.Argument(metavar="LIST", help="events, statements, figures or reports.")],
    query: Annotated[list[str], typer.Argument(metavar="[QUERY]…", show_default=False)] = [],  # noqa: B006 - typer copies it
    webhook: Annotated[
        str | None, typer.Option(metavar="URL", help="Send what is new there, as JSON.", show_default=False)
    ] = None,
    secret_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Sign with what stands in it; else a secret is made.", show_default=False),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who saves it. [setting: user]", show_default=False)
    ] = None,
    record: Where = None,
) -> None:
    """Save a search under a name, as `readout searches add strikes events type:ASSAULT country:UKR`.

    With --webhook what is new from now on is sent after `add` and `watch`, signed; the secret is said once, on standard output. Exit
    status: 0 done, 1 the record cannot be written, 2 bad usage.
    """
    from readout.record import open_record
    from readout.record.searches import save_search

    settings = begin(ctx, record=record, user=by)
    if secret_file is not None and webhook is None:
        raise UsageError("--secret-file is for --webhook")
    if webhook is not None:
        _check(webhook, settings)
    secret = _secret(secret_file) if webhook else None
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        saved = save_search(opened, name, kind.value, " ".join(query), by=settings.user, webhook=webhook, secret=secret)
    typer.echo(_line(saved))
    if secret is not None and secret_file is None:
        typer.echo(f"secret: {secret}")


@app.command()
def remove(ctx: typer.Context, name: Name, record: Where = None) -> None:
    """Remove a search; nothing is sent for it any more. Exit status: 0 done, 1 the record cannot be written, 2 bad usage."""
    from readout.record.searches import remove_search

    with _opened(ctx, record) as opened:
        typer.echo(f"removed: {_line(remove_search(opened, name))}")


@app.command()
def send(
    ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="[NAME]…", help="Only these; all.", show_default=False)] = [],  # noqa: B006 - typer copies it
    record: Where = None,
) -> None:
    """Send what is new to the webhooks now, as `add` and `watch` do after their batch; also to those that were given up, by their name.

    Exit status: 0 all was sent, 1 nothing could be, 2 bad usage, 3 some could not.
    """
    from readout.record import open_record
    from readout.record.searches import found_search

    settings = begin(ctx, record=record)
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        for name in names:
            if found_search(opened, name).webhook is None:
                raise UsageError(f"{name} has no webhook: remove it and add it again with --webhook")
        done = _send(opened, settings, names or None)
    failed = sum(item.error is not None for item in done)
    if not done:
        say("no search has a webhook that anything is sent to")
    if failed:
        raise typer.Exit(EXIT_ERROR if failed == len(done) else EXIT_PARTIAL)


def send_after(record: Record, settings: Settings) -> None:
    """Sends what is new, as after a batch. What cannot be sent is said, and kept for the next time."""
    try:
        _send(record, settings, None)
    except ReadoutError as error:
        say(f"nothing was sent ({error}); `readout searches send` does it", "warning", "not sent")


def _send(record: Record, settings: Settings, names: Collection[str] | None) -> tuple[Sent, ...]:
    from readout.record.sending import send_new

    done = send_new(record, _poster(settings), names=names)
    for item in done:
        if item.answers:
            say(f"{item.search}: {item.answers:,} new sent", event="sent", search=item.search, answers=item.answers)
        if item.error:
            say(f"{item.search}: not sent: {item.error}", "warning", "not sent")
    return done


def _poster(settings: Settings) -> Post:
    from functools import partial

    from readout.fetching import Allow
    from readout.fetching.posting import post

    return partial(post, allow=Allow.of(settings.allow), allow_private=settings.allow_private)


def _check(webhook: str, settings: Settings) -> None:
    from readout.errors import Refused
    from readout.fetching import Allow
    from readout.fetching.addresses import target_of

    try:
        target_of(webhook, allow=Allow.of(settings.allow), allow_private=settings.allow_private)
    except Refused as error:
        raise UsageError(f"nothing can be sent to {webhook[:80]!r}: {error}") from error


def _secret(file: Path | None) -> str:
    if file is None:
        return secrets.token_hex(32)
    try:
        found = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(found) < _SECRET:
        raise UsageError(f"a secret has {_SECRET} letters at least; {file} has {len(found)}")
    return found


def _line(search: Search) -> str:
    hook = f" → {search.webhook}" if search.webhook else ""
    wrong = (
        f" [{search.error}; {search.failures} times in a row{', given up' if search.is_given_up else ''}]"
        if search.error
        else ""
    )
    return logs.one_line(
        f"{search.name}  {search.kind}  {search.query or '(all)'}  by {search.by}, {search.at[:10]}{hook}{wrong}"
    )


def _opened(ctx: typer.Context, where: str | None) -> Record:
    from readout.record import open_record

    settings = begin(ctx, record=where)
    return open_record(settings.record, create=False, busy_timeout=settings.busy_timeout)
