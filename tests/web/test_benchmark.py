"""The benchmark of the pages has a row for every route of the site, so that a new page cannot be forgotten."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from small_site import Client
from starlette.routing import Mount

from readout.record import Record
from readout.web.access import Access, User
from readout.web.app import make_app

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import pages


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert pages.without_row(pages.routes()) == []
    assert pages.without_route(pages.routes()) == []


def test_a_route_without_a_row_is_named() -> None:
    assert pages.without_row({("GET", "/new"), ("POST", "/new"), ("GET", "/")}) == ["GET /new", "POST /new"]
    assert "/brief" in pages.without_route({("GET", "/")})


def test_the_routes_are_those_of_the_site(record: Record) -> None:
    app = make_app(record, Access(User("M", "admin"))).app
    there = set[tuple[str, str]]()
    waiting = [route for route in app.routes if not isinstance(route, Mount)]  # type: ignore[attr-defined]
    while waiting:
        route = waiting.pop()
        if hasattr(route, "original_router"):  # routers are kept as they were taken in
            waiting += route.original_router.routes
        else:
            there |= {(method, route.path) for method in route.methods}
    assert there == pages.routes()


def test_each_address_is_one_that_answers(shared: Client) -> None:
    values = {field.name: "none" for field in dataclasses.fields(pages.Chosen)}
    chosen = pages.Chosen(**values | {"middle": "2025-03-11", "late": "2025-03-12", "event": "1", "actor": "a b&c"})  # type: ignore[arg-type]
    addresses = list(pages.addresses(chosen))
    assert len(addresses) == len(set(addresses)) > 140
    assert 'actor:"a b&c"' in {unquote(address.partition("?q=")[2]) for address in addresses}
    assert "/actor?key=a%20b%26c" in addresses
    for address in addresses:
        if "=" in address and "none" not in address and "parquet" not in address:
            assert shared.get(address).status in (200, 404), address


@pytest.mark.parametrize("item", pages.SENT, ids=lambda item: item.path)
def test_what_is_sent_is_undone_by_a_form_too(item: pages.Sent) -> None:
    there = pages.routes()
    assert {("POST", item.path), ("POST", item.undone_by)} <= there
