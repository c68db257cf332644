"""A link to the login, or a form, is made so that it leads on to another site.

Promised: where one is sent on to is a path of this site, whatever an address or a form says; anything else is the first page.
Not promised: that the addresses in texts lead anywhere good: they are marked as leading out.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest
from forms import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_site import Client

from readout.web.access import Access, Account, hash_password
from readout.web.wording import own_path

PASSWORD = "a long enough password"
ACCOUNTS = {"read": Account("read", "read", hash_password(PASSWORD))}
ELSEWHERE = (
    "//e.com", "/\\e.com", "/%2f%2fe.com", "%2f%2fe.com", "/\t/e.com", "/\n/e.com", "/\r\n/e.com", "https://e.com", "javascript:alert(1)",
    "", "e.com",
    "\\\\e.com", "/%5ce.com", "/ /e.com\n", "///e.com", "////e.com", "/%09/e.com", "http:/e.com", "http:e.com", "/\u2028", "/\u3002e.com",
    "//e.com/%2e%2e",
    "//e.com#/", "//user@e.com", "/\x00/e.com", "\x00//e.com", " //e.com", "/%2F/e.com", "/%2f\\e.com", "//[::1]/", "?x", "#x", "../e",
    "\t//e.com",
    "/a\r\nSet-Cookie: x=1", "/%0d%0aSet-Cookie:x=1\r\n", "/..//e.com\\", "data:text/html,x",
)  # fmt: skip


@pytest.fixture(scope="module")
def door(read_once, tmp_path_factory):
    """A site with a login."""
    from small_site import served

    from readout.record import open_record

    copy = tmp_path_factory.mktemp("door") / "news.db"
    copy.write_bytes(read_once.read_bytes())
    with open_record(copy, create=False) as opened, served(opened, Access(None, ACCOUNTS)) as client:
        yield client


@pytest.mark.parametrize("to", ELSEWHERE, ids=repr)
def test_no_login_leads_elsewhere(door: Client, to: str, figure) -> None:
    assert own_path(to) == "/"
    answer = door.send("/login", {"name": "read", "password": PASSWORD, "next": to})
    assert (answer.status, answer.headers["location"]) == (303, "/")
    page = door.get("/login?next=" + quote(to.encode(), safe="")).text
    assert "e.com" not in page
    assert 'name="next" value="/"' in page
    figure(1, "addresses that led to the first page")


@pytest.mark.parametrize("to", ["/", "/events?q=type:ASSAULT", "/reports/a1#e1", "/events?q=//e.com", "/a/%2fb"])
def test_an_own_path_is_followed(to: str) -> None:
    assert own_path(to) == to


@given(st.text(alphabet="/\\%2fF5cC:@.e\t\n a?#&", max_size=14))
@settings(max_examples=scaled(400, 20_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_own_path_is_one(figure, text: str) -> None:
    found = own_path(text)
    assert found.startswith("/")
    assert not re.match(r"/(/|\\|%2f|%5c)", found, re.IGNORECASE)
    assert not re.search(r"[\s\\\x00-\x1f]", found.replace(" ", ""))
    assert not urlsplit(found).netloc
    figure(1, "made-up addresses")


def test_forms_lead_back_into_the_site(client: Client, figure) -> None:
    """Where a correction leads back to is of a fixed list, whatever the form says."""
    for to in ELSEWHERE[:12]:
        form = {"claim": "events/1", "action": "confirm", "back": "review", "then": to}
        answer = client.send("/corrections", form)
        assert answer.status == 303
        assert re.fullmatch(r"/review\?done=\d+", answer.headers["location"])
        back = client.send("/corrections", {**form, "back": to})
        assert back.headers["location"].startswith("/claims/events/")
        figure(1, "forms that led back")


def test_a_path_that_begins_as_a_host_leads_nowhere(door: Client, client: Client) -> None:
    """Without a login one is sent to the login, which leads back to the path alone; with one, there is no page."""
    for path in ("//e.com/%2e%2e", "//e.com", "/%2fe.com", "/%5ce.com/"):
        answer = door.get(path)
        assert answer.headers["location"].startswith("/login?next=")
        assert client.get(path).status == 404
