"""The site of a record on a real server on loopback, and a client that says exactly what it is told to."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from readout.record import Record, open_record
from readout.sources.article import Article
from readout.web.access import Access
from readout.web.app import make_app

ATTACK = (
    "The Vardal Front shelled the town of Osthavn on Monday, killing 12 people, the health ministry said.\n"
    "Police arrested four men in Oslo. The foreign minister of Norway, Elin Sorvik, will fly to Cairo on Tuesday for talks,"
    " her spokesman said."
)
OTHER = (
    "Norway and Denmark signed an agreement on fishing on Monday. Egypt denied that its troops had crossed the border."
)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Client:
    """A client that follows nothing, and keeps a cookie where it is told to."""

    port: int
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None) -> Answer:
        """Headers are named with `_` for `-`; None leaves one out that would be sent."""
        wanted: dict[str, str | None] = {"Host": f"127.0.0.1:{self.port}", **self.kept}
        wanted |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in wanted.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            found = connection.getresponse()
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, **headers)

    def send(self, path: str, form: Mapping[str, str], **headers: str | None) -> Answer:
        """A form, as a browser sends it from a page of the site."""
        own: dict[str, str | None] = {"Content_Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        return self.ask("POST", path, urlencode(form).encode(), **{**own, **headers})


@contextmanager
def served(record: Record, access: Access) -> Iterator[Client]:
    """The site of a record, until the end."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    config = uvicorn.Config(
        make_app(record, access), log_config=None, access_log=False, lifespan="off", ws="none", http="h11"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Client(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def make_record(path: Path, articles: list[Article]) -> Record:
    """A record of some articles."""
    record = open_record(path)
    record.add(articles)
    return record
