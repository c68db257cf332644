"""`readout serve`: the pages and the API over a record."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout.cli.parts import EXIT_ERROR, begin, say
from readout.cli.parts import Record as Where
from readout.errors import UsageError

if TYPE_CHECKING:
    from readout.settings import Settings


class Role(StrEnum):
    """What a user may do."""

    READ = "read"
    CORRECT = "correct"
    ADMIN = "admin"


def serve(
    ctx: typer.Context,
    host: Annotated[
        str | None,
        typer.Option(
            help="The address to listen on; another than this machine's own needs --token or --users. [setting: host]",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(help="The port; 0 takes one that is free. [setting: port]", min=0, max=65535, show_default=False),
    ] = None,
    users: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Users with their roles and hashed passwords. [setting: users]", show_default=False
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            help="Whoever has it may ask and correct; READOUT_TOKEN keeps it out of the list of processes. [setting: token]",
            show_default=False,
        ),
    ] = None,
    names: Annotated[
        list[str],
        typer.Option(
            "--names",
            metavar="HOST",
            help="A further name under which the pages are asked for. May be given again. [setting: names]",
            show_default=False,
        ),
    ] = [],  # noqa: B006 - typer copies it
    add_user: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Ask for a password, write the user into --users, and serve nothing.",
            show_default=False,
        ),
    ] = None,
    role: Annotated[Role, typer.Option(help="The role of --add-user.")] = Role.READ,
    record: Where = None,
) -> None:
    """Serve the record as pages and as JSON, to this machine alone unless said otherwise, until Ctrl-C.

    Exit status: 0 stopped, 1 the record cannot be read or the port is taken, 2 bad usage, as an open address without users or a token.
    """
    settings = begin(ctx, logged=False, record=record, host=host, port=port, users=users, token=token, names=names)
    if add_user is not None:
        _add(settings, add_user, role)
        return
    _serve(settings)


def _add(settings: Settings, name: str, role: Role) -> None:
    from readout.web.access import add_user

    if settings.users is None:
        raise UsageError("--add-user needs --users FILE, into which the user is written")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    add_user(settings.users, name, role.value, password)
    say(f"{name} may {role.value}: {settings.users}")


def _serve(settings: Settings) -> None:
    import gc

    import uvicorn

    from readout.record import open_record
    from readout.web.access import access_for
    from readout.web.app import make_app

    access = access_for(
        settings.host, users=settings.users, token=settings.token, names=settings.names, local_name=settings.user
    )
    with open_record(settings.record, create=False, busy_timeout=settings.busy_timeout) as opened:
        listening = _listen(settings.host, settings.port)
        with listening:
            app = make_app(opened, access)
            gc.collect()
            gc.freeze()  # what is there for good is not looked through again and again while pages are made
            config = uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
                limit_concurrency=200,
                timeout_keep_alive=10,
                timeout_graceful_shutdown=5,
                proxy_headers=False,
                h11_max_incomplete_event_size=16_384,
            )
            say(f"{_address(settings.host, listening)} – Ctrl-C stops it", event="serving")
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])
    say("stopped", event="stopped")
    sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens, or the end with a sentence."""
    name = host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise UsageError(f"--host {host}: there is no such address ({error.strerror or error})") from error
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)  # whoever reads the address below may ask at once
    except OSError as error:
        found.close()
        say(f"{host}:{port} cannot be listened on: {error.strerror}; another --port may be free", "error", "failed")
        raise typer.Exit(EXIT_ERROR) from error
    return found


def _address(host: str, listening: socket.socket) -> str:
    name = host if ":" not in host or host.startswith("[") else f"[{host}]"
    return f"http://{name}:{listening.getsockname()[1]}/"
