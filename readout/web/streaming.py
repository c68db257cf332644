"""Files that are sent as they are written: never more of one than a chunk is in memory, and nothing of it on a disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, cast

import anyio
from fastapi import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from readout import logs

#: So many are written at once, beside the pages; a reader who takes nothing of a chunk for so many seconds is given up.
AT_ONCE, STALLED = 3, 60.0
_CHUNK = 64 * 1024
_writing: set[object] = set()


class Streamed(Response):
    """A file that a function writes while it is sent.

    What the function raises before its first chunk is full is answered as any error is. Later, the connection ends before the file
    does, which a reader can tell from one that is whole: its last chunk is missing.
    """

    def __init__(self, write: Callable[[BinaryIO], object], media_type: str, headers: Mapping[str, str]) -> None:
        self.write, self.media_type, self.status_code, self.background = write, media_type, 200, None
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Writes and sends it.

        Raises:
            HTTPException: 503, so many are written already.
        """
        if scope.get("readout_head"):  # nothing is worked out for whoever asks for the headers alone
            await self._start(send)
            await send({"type": "http.response.body", "body": b""})
            return
        if len(_writing) >= AT_ONCE:
            raise HTTPException(503, f"{AT_ONCE} files are being written already: try again when one of them is there")
        pipe = _Pipe(self, send)
        _writing.add(pipe)
        try:
            await self._run(scope, pipe, receive)
        finally:
            _writing.discard(pipe)

    async def _run(self, scope: Scope, pipe: _Pipe, receive: Receive) -> None:
        failed: Exception | None = None
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_listen, receive, pipe)
            try:
                await anyio.to_thread.run_sync(pipe.fill, limiter=anyio.CapacityLimiter(1))
            except Exception as error:
                failed = error
            tasks.cancel_scope.cancel()
        if failed is None or isinstance(failed, _Gone):
            return
        if pipe.started:
            logs.log("error", "file broke off", path=scope["path"], kind=type(failed).__name__, reason=str(failed))
        raise failed

    async def _start(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})


async def _listen(receive: Receive, pipe: _Pipe) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    pipe.gone = True


class _Gone(Exception):
    """Nobody reads any more."""


class _Pipe(io.RawIOBase):
    """What is written, sent on in chunks; writing waits until the reader has taken the one before."""

    def __init__(self, answer: Streamed, send: Send) -> None:
        self.answer, self.send, self.waiting = answer, send, bytearray()
        self.started = self.gone = False

    def fill(self) -> None:
        """Writes the whole file, in a thread of its own."""
        self.answer.write(cast(BinaryIO, self))
        anyio.from_thread.run(self._sent, False)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self.gone:
            raise _Gone
        self.waiting += data
        if len(self.waiting) >= _CHUNK:
            anyio.from_thread.run(self._sent, True)
        return len(data)

    async def _sent(self, more: bool) -> None:
        body, self.waiting = bytes(self.waiting), bytearray()
        with anyio.fail_after(STALLED):
            if not self.started:
                self.started = True
                await self.answer._start(self.send)
            await self.send({"type": "http.response.body", "body": body, "more_body": more})
