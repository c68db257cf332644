"""What every page is made with: the record, the templates, who asks, and what was worked out before."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import jinja2
from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.record import Record
from readout.record.tallies import stamp
from readout.version import __version__
from readout.web import wording
from readout.web.access import Access, Role, User

T = TypeVar("T")
FILES = Path(__file__).parent
_KEPT, _FRESH = 400, 60.0  # answers, seconds


@dataclass(slots=True)
class Remembered:
    """What was worked out before, as long as nothing was written to the record since, and a minute at most (embargoes end).

    `now` makes one for a request, which looks but once whether something was written.
    """

    record: Record
    kept: dict[Any, tuple[float, Any, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    mark: tuple[Any, ...] | None = None

    def now(self) -> Remembered:
        """The same for one request."""
        return Remembered(self.record, self.kept, self.lock)

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` makes, made once."""
        if self.mark is None:
            self.mark = stamp(self.record)
        moment = time.monotonic()
        with self.lock:
            found = self.kept.get(key)
        if found is not None and found[1] == self.mark and moment - found[0] < _FRESH:
            return found[2]  # type: ignore[no-any-return]  # it was made by the same `make`
        value = make()
        with self.lock:
            if len(self.kept) >= _KEPT:
                self.kept.clear()
            self.kept[key] = (moment, self.mark, value)
        return value


@dataclass(frozen=True, slots=True)
class Site:
    """The site of a record."""

    record: Record
    access: Access
    templates: jinja2.Environment
    remembered: Remembered
    nav: tuple[tuple[str, str], ...] = ()

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A page from its template."""
        html = self.templates.get_template(template).render(
            request=request,
            user=user_of(request),
            nav=self.nav,
            here=request.url.path,
            open=self.access.local is not None,
            **values,
        )
        return Response(html.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return replace(site, remembered=site.remembered.now())


def user_of(request: Request) -> User | None:
    """Who asks; None before the login."""
    found: User | None = request.scope.get("readout_user")
    return found


def need(request: Request, role: Role) -> User:
    """Who asks, if they may.

    Raises:
        HTTPException: 403.
    """
    user = user_of(request)
    if user is None or not user.may(role):
        raise HTTPException(403, f"this needs the role {role!r}: ask whoever runs this site")
    return user


def make_templates() -> jinja2.Environment:
    """The templates of the package; whatever a record holds is escaped."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FILES / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.finalize = _finalize
    found.filters.update(
        words=wording.words,
        number=wording.number,
        amount=wording.amount,
        counted=wording.counted,
        act=wording.act,
        days=wording.days,
        web_address=wording.web_address,
        site_name=wording.site_name,
        quoted=wording.quoted,
        asking=wording.asking,
        state=wording.state,
        period=wording.period,
        group_title=wording.group_title,
    )
    found.globals.update(
        signs=wording.STATUS_SIGNS,
        quads=wording.QUADS,
        letters=wording.LETTERS,
        sourcing_words=wording.SOURCING,
        points=wording.POINTS,
        realities=wording.REALITIES,
        version=__version__,
        static=static,
    )
    return found


def _finalize(value: Any) -> Any:
    """Text without what cannot be seen; markup of our own as it is."""
    if type(value) is str:
        return wording.clean(value)
    return value


@cache
def static(name: str) -> str:
    """The address of a file of the package, which is another where the file is."""
    digest = hashlib.sha256((FILES / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def make_plain(request: Request, status: int, title: str, message: str, hint: str) -> Response:
    """A page that says what is wrong; it has the site's menu where whoever asks has come past its guard."""
    app = request.scope.get("app")
    site: Site | None = getattr(app.state, "site", None) if app is not None else None
    html = (
        (site.templates if site else _plain())
        .get_template("error.html")
        .render(
            request=request,
            user=user_of(request),
            nav=site.nav if site else (),
            here=request.url.path,
            open=site is None or site.access.local is not None,
            title=title,
            message=message,
            hint=hint,
            status=status,
        )
    )
    return Response(html.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


@cache
def _plain() -> jinja2.Environment:
    return make_templates()
