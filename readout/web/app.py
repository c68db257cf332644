"""The application: all families of pages, the API and the files of the package, behind the guard."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from readout.errors import ReadoutError, UsageError
from readout.record import Record
from readout.version import __version__
from readout.web import api
from readout.web.access import Access
from readout.web.failing import failure, of_error, of_status
from readout.web.guard import Guard
from readout.web.pages import PAGES
from readout.web.site import FILES, Remembered, Site, make_templates


def make_app(record: Record, access: Access) -> Guard:
    """The site of a record, as an ASGI application.

    Args:
        record: the record, open; whoever opened it closes it.
        access: who may do what.
    """
    app = FastAPI(
        title="Readout", version=__version__, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    menu = tuple(entry for family in PAGES for entry in family.menu)
    app.state.site = Site(record, access, make_templates(), Remembered(record), menu)
    for family in PAGES:
        app.include_router(family.router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/static", Files(directory=FILES / "static"), name="static")
    for kind in (ReadoutError, RecursionError, OverflowError, Exception):
        app.add_exception_handler(kind, _failed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unread)
    return Guard(app, access)


class Files(StaticFiles):
    """The files of the package; their addresses change with them, so that they may be kept."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with a file."""

        async def sending(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = list(message.get("headers", ()))  # type: ignore[call-overload]  # pairs of bytes
                message["headers"] = [*headers, (b"cache-control", b"private, max-age=604800")]
            await send(message)

        await super().__call__(scope, receive, sending)  # type: ignore[arg-type]  # a message is a dict


def _failed(request: Request, error: Exception) -> Response:
    # A cursor that is nested a thousand deep, and a day behind which there is none.
    if isinstance(error, RecursionError | OverflowError):
        return of_error(request, UsageError("that is too large, or too deep, to be asked"))
    return of_error(request, error)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = (
        "there is no page at this address" if error.status_code == 404 and error.detail == "Not Found" else error.detail
    )
    return of_status(request, error.status_code, str(detail))


def _unread(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, item['loc'][1:]))}: {item['msg']}" for item in error.errors())
    return failure(request, 400, "bad_request", said, "see /api/openapi.json for what is wanted")
