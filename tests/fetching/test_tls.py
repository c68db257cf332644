"""Over TLS the connection goes to the checked IP address, and the certificate is for the name."""

from __future__ import annotations

import ssl
from functools import partial

import pytest
import trustme

from readout.errors import FetchError
from readout.fetching import Allow, Limits, fetch

NAMES = {"wire.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}


@pytest.fixture
def authority():
    return trustme.CA()


@pytest.fixture
def secure_site(site, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("wire.example").configure_cert(context)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.pages["/"] = (200, {}, b"hello")
    return site


@pytest.fixture
def get(authority):
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    return partial(
        fetch,
        ssl_context=trusting,
        resolver=NAMES.__getitem__,
        allow=Allow.of(["wire.example", "other.example"]),
        limits=Limits(connect=2, read=2, total=4),
    )


def test_a_certificate_for_the_name(secure_site, get):
    assert get(f"https://wire.example:{secure_site.port}/").body == b"hello"
    assert secure_site.log[0][1]["Host"] == f"wire.example:{secure_site.port}"


def test_a_certificate_for_another_name(secure_site, get):
    with pytest.raises(FetchError, match="certificate"):
        get(f"https://other.example:{secure_site.port}/")
    assert secure_site.log == []


def test_a_certificate_of_nobody_known(secure_site, get):
    with pytest.raises(FetchError, match="certificate"):
        get(f"https://wire.example:{secure_site.port}/", ssl_context=None)
    assert secure_site.log == []
