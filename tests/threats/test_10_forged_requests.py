"""Another site sends a form in the name of who is logged in, frames the pages, or leads its own name to this machine (DNS rebinding).

Promised: what changes anything is done only for a form that the browser says comes from a page of this site (`Sec-Fetch-Site`, `Origin`),
or for a program that has the token; sessions are in cookies with SameSite=Strict and HttpOnly. The pages answer only to their own host
names, and may be framed by nobody. No GET changes anything.
Not promised: that another program on this machine which may open the port is kept out where neither users nor a token are given.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest
from small_site import Client

from readout.record import Record
from readout.web import api
from readout.web.access import Access, Account, hash_password
from readout.web.pages import PAGES

FORM = {"claim": "events/1", "action": "reject", "reason": "another town"}
#: Every address that takes a form, and one that it takes.
FORMS = {
    "/corrections": FORM, "/corrections/1/undo": {}, "/decisions": {"kind": "incident", "word": "apart", "one": "events/1",
    "other": "events/2"},
    "/decisions/1/undo": {}, "/searches": {"name": "x", "list": "events", "query": "type:ASSAULT"}, "/searches/remove": {"name": "x"},
    "/login": {"name": "x", "password": "x"}, "/logout": {},
}  # fmt: skip
JSON = {"/api/corrections": {"claim": "events/1", "action": "reject"}, "/api/corrections/1/undo": {}}
FORGED = [
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": None}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "file://"},
    {"Origin": "http://127.0.0.1.evil.example"}, {"Origin": ""}, {"Origin": "http://localhost"}, {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"}, {"Sec_Fetch_Site": "none"}, {"Origin": None, "Referer": "http://127.0.0.1/"},
    {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"}, {"Origin": None, "Sec_Fetch_Site": "cross-site"},
    {"Host": "evil.example"},
    {"Host": "evil.example:80", "Origin": "http://evil.example:80"}, {"Host": None}, {"Host": "127.0.0.1@evil.example"}, {"Host": ""},
    {"Host": "evil.example", "X-Forwarded-Host": "127.0.0.1"}, {"Origin": "https://evil.example", "X-HTTP-Method-Override": "GET"},
]  # fmt: skip


def rows(record: Record) -> str:
    """Every row of the record."""
    with closing(sqlite3.connect(str(record.where))) as connection:
        return "\n".join(connection.iterdump())


def test_every_form_is_tried() -> None:
    routes = [route for router in (*(family.router for family in PAGES), api.router) for route in router.routes]
    changing = {re.sub(r"\{\w+\}", "1", route.path) for route in routes if set(route.methods) - {"GET", "HEAD"}}
    assert changing == {*FORMS, *JSON}


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_forged_form_changes_nothing(client: Client, record: Record, headers: dict[str, str | None], figure) -> None:
    before = rows(record)
    for path, form in FORMS.items():
        answer = client.send(path, form, **headers)
        assert answer.status == 403 or (headers.get("Host", "x") is None and answer.status == 400), path
        figure(1, "forged forms refused")
    for path, sent in JSON.items() if headers.get("Host", "x") is not None else ():
        own = {"Origin": client.origin, "Content_Type": "application/json", **headers}
        assert client.ask("POST", path, json.dumps(sent).encode(), **own).status == 403
        figure(1, "forged forms refused")
    assert rows(record) == before
    figure(0, "rows changed")


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", None]
)
def test_the_kind_of_a_form_is_no_way_in(client: Client, record: Record, kind: str | None) -> None:
    before = rows(record)
    sent = json.dumps(JSON["/api/corrections"]).encode()
    for path in (*FORMS, *JSON):
        answer = client.ask("POST", path, sent, Content_Type=kind, Origin="https://evil.example")
        assert answer.status == 403
    assert rows(record) == before


def test_a_form_of_our_own_is_taken(client: Client, record: Record) -> None:
    """What forged ones are refused for is not that they are forms."""
    assert client.send("/corrections", FORM).status == 303
    assert record.last_correction() == 1


def test_no_get_changes_anything(client: Client, record: Record, figure) -> None:
    before = rows(record)
    for path, form in FORMS.items():
        query = urlencode(form)
        for method in ("GET", "HEAD", "OPTIONS"):
            client.ask(method, f"{path}?{query}")
            figure(1, "requests of other methods")
    assert rows(record) == before


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8017", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "127.0.0.2", "[::]",
    "2130706433", "localhost.",
     "evil.example#127.0.0.1", "127.0.0.1, evil.example"],
)  # fmt: skip
def test_a_foreign_host_is_shown_nothing(client: Client, host: str, figure) -> None:
    for path in ("/", "/events.json", "/api/reports", "/static/style.css", "/login"):
        answer = client.get(path, Host=host)
        assert answer.status == 403
        assert "Osthavn" not in answer.text
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        figure(1, "requests under foreign names")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:99", "[::1]", "[::1]:8017"])
def test_this_machine_has_its_names(client: Client, host: str) -> None:
    assert client.get("/", Host=host).status == 200


def test_nobody_may_frame_a_page(client: Client) -> None:
    for path in ("/", "/login", "/events", "/nothing", "/api/events", "/static/style.css", "/reports/a1"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_a_session_is_sent_with_forms_of_this_site_alone(behind) -> None:
    accounts = {"mara": Account("mara", "correct", hash_password("a long enough password"))}
    with behind(Access(None, accounts)) as client:
        answer = client.send("/login", {"name": "mara", "password": "a long enough password"})
    flags = [part.strip().casefold() for part in answer.headers["set-cookie"].split(";")]
    assert {"httponly", "samesite=strict", "path=/"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith("domain")]
