"""Searches that people saved, each with its address, its feeds, and how sending what is new does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from readout.errors import UsageError
from readout.exports.feeds import Entry, Feed, to_atom, to_json_feed
from readout.record.claims import ReportRow
from readout.record.filters import parse_filters
from readout.record.searches import LISTS, Search, found_search, newest_answers, remove_search, save_search, searches
from readout.web.asked import Asked
from readout.web.corrections import Sent
from readout.web.failing import json_answer
from readout.web.reports import title_of
from readout.web.site import Site, need, site_of
from readout.web.wording import LETTERS, clean, quoted

_ENTRIES = 50  # of a feed


def page(request: Request) -> Response:
    """All saved searches, and the form to save one."""
    site, given = site_of(request), request.query_params
    kind = given.get("list", LISTS[0])
    return site.page(
        request, "searches.html", rows=[(search, list_of(search)) for search in searches(site.record)], lists=LISTS,
        kind=kind if kind in LISTS else LISTS[0], query=given.get("q", "")[:3_000], saved=given.get("saved", ""),
    )  # fmt: skip


def list_of(search: Search) -> str:
    """The address of the list that a search asks."""
    try:
        return Asked(search.kind, f"/{search.kind}", parse_filters(search.query)).link()
    except UsageError:  # a filter of another version of Readout
        return f"/{search.kind}?q={quoted(search.query)}"


def all_json(request: Request) -> Response:
    """All saved searches as JSON."""
    return json_answer({"items": [search.to_json() for search in searches(site_of(request).record)]})


def save(request: Request, form: Sent) -> Response:
    """Saves a search, and leads back to the page."""
    site, user = site_of(request), need(request, "correct")
    name, kind, query = (form.get(field, "").strip() for field in ("name", "list", "query"))
    save_search(site.record, name, kind, query, by=user.name)
    return RedirectResponse(f"/searches?saved={quoted(name)}", 303)


def remove(request: Request, form: Sent) -> Response:
    """Removes a search, and leads back to the page."""
    site, _ = site_of(request), need(request, "correct")
    remove_search(site.record, form.get("name", ""))
    return RedirectResponse("/searches", 303)


def feed_of(site: Site, request: Request, name: str, ending: str) -> Feed:
    """The newest answers of a search as a feed.

    Raises:
        HTTPException: 404, there is none of that name.
    """
    try:
        search = found_search(site.record, name)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    base = f"{request.url.scheme}://{request.url.netloc}"
    answers = site.remembered.get(("feed", search), lambda: newest_answers(site.record, search, _ENTRIES))
    entries = tuple(_entry(search.kind, item, base) for item in answers)
    return Feed(
        f"{search.name} – Readout",
        f"{base}/searches/{quoted(name)}.{ending}",
        base + list_of(search),
        search.at,
        entries,
    )


def _entry(kind: str, item: Any, base: str) -> Entry:
    author = clean(item.publisher or item.agency or "no publisher")
    if isinstance(item, ReportRow):
        path, title = f"/reports/{quoted(item.id)}", item.title or item.opening
        id_ = f"urn:readout:reports:{quoted(item.id)}"
        return Entry(id_, base + path, title, item.opening, author, item.published)
    path = f"/reports/{quoted(item.report)}#{LETTERS[kind].lower()}{item.id}"
    id_ = f"urn:readout:{kind}:{quoted(item.report)}:{quoted(item.code)}"
    return Entry(id_, base + path, title_of(item), item.quote, author, item.published)


def _feed(ending: str, media: str, write: Callable[[Feed], str]) -> Callable[..., Response]:
    def answer(request: Request, name: str) -> Response:
        feed = feed_of(site_of(request), request, name, ending)
        return Response(write(feed).encode("utf-8", "replace"), media_type=media)

    return answer


router = APIRouter()
router.add_api_route("/searches", page, methods=["GET"])
router.add_api_route("/searches.json", all_json, methods=["GET"])
router.add_api_route("/searches", save, methods=["POST"])
router.add_api_route("/searches/remove", remove, methods=["POST"])
router.add_api_route("/searches/{name}.atom", _feed("atom", "application/atom+xml", to_atom), methods=["GET"])
router.add_api_route("/searches/{name}.json", _feed("json", "application/feed+json", to_json_feed), methods=["GET"])
