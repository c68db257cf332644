"""Lists as files: JSON, JSON lines, CSV and Parquet at the address of the page with an ending."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from readout.exports.rows import WRITERS
from readout.record.claims import Page
from readout.web.asked import LIMIT, Asked
from readout.web.failing import json_answer
from readout.web.site import Site

ENDINGS = ("json", "csv", "jsonl", "parquet")
_MEDIA = {
    "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
MOST = 100_000  # rows of a file
_IN_MEMORY, _CHUNK = 4 * 1024 * 1024, 256 * 1024


def page_json(site: Site, asked: Asked, *, total: bool = True, ending: str = ".json") -> Response:
    """The entries that the page shows, as JSON."""
    page = site.record.page(
        asked.kind,
        asked.filters,
        order=asked.sorted_by,
        limit=asked.limit,
        cursor=asked.cursor,
        total=total,
        **asked.when,
    )
    return json_answer(page_value(page, asked, ending))


def page_value(page: Page[Any], asked: Asked, ending: str) -> dict[str, Any]:
    """A page as JSON: its entries, the cursor of the next page and the address that has it, by the ending that such addresses have."""
    next_url = asked.link(cursor=page.next, ending=ending) if page.next else None
    return {**page.to_json(), "query": asked.filters.to_text(), "next_url": next_url}


def file_of(site: Site, asked: Asked, ending: str, *, limited: bool) -> Response:
    """All that is found as a file, 100,000 entries at most; with a limit in the address, so many.

    How many rows it has is said in `X-Rows`, and in `X-Rows-Left-Out` how many are left out.
    """
    if ending == "json":
        return page_json(site, asked)
    most = asked.limit if limited else MOST
    found = getattr(site.record, asked.kind)(
        asked.filters, order=asked.sorted_by, limit=most, cursor=asked.cursor, **asked.when
    )

    def left(number: int) -> int:
        if limited or number < MOST:
            return 0
        return max(site.record.count(asked.kind, asked.filters, **asked.when) - number, 0)

    return sent(asked.kind, asked.kind, found, ending, left)


def sent(kind: str, name: str, items: Iterable[Any], ending: str, left: Callable[[int], int]) -> Response:
    """Entries as a file.

    Args:
        kind: the name of their columns.
        name: what the file is called.
        items: the entries.
        ending: csv, jsonl or parquet.
        left: how many are left out where so many were written.
    """
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it is closed when it was sent
    try:
        number = WRITERS[ending](kind, items, stream)  # type: ignore[arg-type]  # it writes bytes
        left_out = left(number)
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "X-Rows": str(number),
        "X-Rows-Left-Out": str(left_out),
    }
    return _Sent(stream, media_type=_MEDIA[ending], headers=headers)


class _Sent(StreamingResponse):
    """A file that is gone once it was sent, or its reader hung up."""

    def __init__(self, stream: IO[bytes], **more: Any) -> None:
        super().__init__(_chunks(stream), **more)
        self.stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.stream.close()


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def links(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The endings with the addresses of the same question; of JSON the same page."""
    json = asked.link(ending=".json", cursor=asked.cursor)
    limit = None if asked.limit == LIMIT else asked.limit
    return (
        ("JSON", json),
        *((name.upper(), asked.link(ending=f".{name}", limit=limit or LIMIT)) for name in ENDINGS[1:]),
    )
