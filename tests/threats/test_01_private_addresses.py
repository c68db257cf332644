"""An address in a feed, a text or a redirect leads into this machine or its network.

Promised: only http and https are fetched, at the ports of the web. A name is looked up once for each connection, and the IP address that
was checked is the one that is connected to; one forbidden address among those of a name refuses them all. Loopback, private, link-local and
special addresses are refused in every way of writing them, IPv4 within IPv6 too, and again at every redirect; proxies of the environment
are not used. What you allow by name or net (`allow`) is let through, and nothing else is. Nothing outside of `readout/fetching` connects.
Not promised: that a public address is not one of yours. Allow lists name what may be reached, never what may not.
"""

from __future__ import annotations

import ast
import ipaddress
from pathlib import Path

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

import readout
from readout.errors import FetchError, Refused, UsageError
from readout.fetching import Allow, fetch
from readout.fetching.addresses import forbidden, target_of

NAMES = {
    "loop.example": ["127.0.0.1"], "private.example": ["10.0.0.1"], "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:127.0.0.1"], "mixed.example": ["93.184.215.14", "192.168.0.1"], "six.example": ["::1"],
    "empty.example": [], "zone.example": ["fe80::1%eth0"], "nonsense.example": ["not an address"], "public.example": ["93.184.215.14"],
    "xn--bcher-kva.example": ["10.9.9.9"],
}  # fmt: skip

FORBIDDEN = [
    "http://127.0.0.1/", "http://127.0.0.1:8080/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://0/", "http://0.0.0.0/",
    "http://10.1.2.3/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/", "http://100.100.100.200/", "http://168.63.129.16/", "http://192.0.0.8/", "http://192.0.2.1/",
    "http://198.18.0.1/", "http://203.0.113.5/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/",
    "http://255.255.255.255/", "http://192.88.99.1/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/",
    "http://[fd00:ec2::254]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::1]/", "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/", "http://[fe80::5efe:7f00:1]/", "http://[2606:4700::5efe:7f00:1]/",
    "http://localhost/", "http://LOCALHOST/", "http://a.localhost/", "http://printer.local/", "http://metadata.google.internal/",
    "http://router.lan/", "http://x.home.arpa/", "http://hidden.onion/", "http://１２７.０.０.１/", "http://⑯⑨.254.⑯⑨.254/",
    "http://user@public.example/", "http://user:pw@public.example/", "http://public.example@127.0.0.1/", "http://@127.0.0.1/",
    "ftp://public.example/", "file:///etc/passwd", "gopher://public.example/", "data:text/html,x", "javascript:alert(1)",
    "//public.example/", "public.example", "", "http://", "http:///x", "https:public.example", "http://public.example:22/",
    "http://public.example:0/",
    "http://public.example:6379/", "http://public.example:99999/", "http://public.example:x/", "http://public.example\\@127.0.0.1/",
    "http://127.0.0.1\\@public.example/", "http://public.example /", "http://public.example\r\nHost: x/", "http://public.example/\x00",
    "http://[::1/", "http://[public.example]/", "http://a..b/", "http://-/", "http://%31%32%37.0.0.1/", "http://999.1.1.1/",
    "http://1.2.3/", "http://" + "a." * 200 + "example/", "http://public.example/" + "a" * 9000,
    "http://loop.example/", "http://private.example/", "http://metadata.example/", "http://mapped.example/", "http://mixed.example/",
    "https://six.example/", "http://zone.example/", "http://empty.example/", "http://nonsense.example/", "http://unknown.example/",
    "http://bücher.example/", "http://LOOP.example./",
]  # fmt: skip


class Recorder(httpcore.NetworkBackend):
    """Takes down what would have been connected to, and connects to nothing."""

    def __init__(self, answers=()):
        self.connected = []
        self.answers = list(answers)

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connected.append((host, port))
        if not self.answers:
            raise httpcore.ConnectError("nothing is connected to in tests")
        return httpcore.MockStream([self.answers.pop(0)])


def resolver(host):
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


@pytest.mark.parametrize("url", FORBIDDEN, ids=lambda url: url[:40])
def test_nothing_is_connected_to(url, figure):
    network = Recorder()
    with pytest.raises(FetchError) as found:
        fetch(url, network=network, resolver=resolver)
    assert network.connected == []
    assert str(found.value)
    figure(1, "addresses refused")
    figure(len(network.connected), "connections")


@pytest.mark.parametrize("url", [url for url in FORBIDDEN if url and url.isprintable()], ids=lambda url: url[:40])
def test_nor_by_a_redirect(url, figure):
    network = Recorder([f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()])
    with pytest.raises(FetchError):
        fetch("http://public.example/", network=network, resolver=resolver)
    # A relative address leads back to where it came from.
    assert set(network.connected) == {("93.184.215.14", 80)}
    figure(1, "redirects refused")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://public.example/", ("93.184.215.14", 80)),
        ("https://public.example:8443/a?b=c#d", ("93.184.215.14", 8443)),
        ("http://93.184.215.14/", ("93.184.215.14", 80)),
        ("http://[2606:4700:4700::1111]/", ("2606:4700:4700::1111", 80)),
    ],
)
def test_what_may_be_is_connected_to_by_its_ip_address(url, address):
    network = Recorder()
    with pytest.raises(FetchError):
        fetch(url, network=network, resolver=resolver)
    assert network.connected == [address]


def test_a_name_that_changes_its_mind():
    """It is looked up once for each connection, and what was checked is what is connected to."""
    asked = []

    def rebinding(host):
        asked.append(host)
        return ["93.184.215.14"] if len(asked) % 2 else ["127.0.0.1"]

    network = Recorder([b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"])
    with pytest.raises(Refused):
        fetch("http://public.example/", network=network, resolver=rebinding)
    assert asked == ["public.example"] * 2
    assert network.connected == [("93.184.215.14", 80)]


def test_a_local_server_is_not_reached_without_leave(site):
    with pytest.raises(Refused):
        fetch(site.url())
    assert site.log == []
    site.pages["/"] = (200, {}, b"hello")
    assert fetch(site.url(), allow=Allow.of(["127.0.0.0/8"])).body == b"hello"


def test_a_redirect_to_what_is_forbidden_is_not_followed(site, other_site):
    """Only the first server is allowed."""
    site.pages["/"] = (302, {"Location": other_site.url("/secret")}, b"")
    with pytest.raises(Refused):
        fetch(site.url(), allow=Allow.of([f"127.0.0.1:{site.port}"]))
    assert site.paths() == ["/"]
    assert other_site.log == []


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_proxies_of_the_environment_are_not_used(variable, monkeypatch):
    monkeypatch.setenv(variable, "http://127.0.0.1:1")
    network = Recorder()
    with pytest.raises(FetchError):
        fetch("http://public.example/", network=network, resolver=resolver)
    assert network.connected == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    ("allowed", "url", "connected"),
    [
        (["private.example"], "http://private.example:6379/", True),
        (["private.example:8000"], "http://private.example:8000/", True),
        (["private.example:8000"], "http://private.example:8001/", False),
        (["10.0.0.0/8"], "http://private.example/", True),
        (["10.0.0.0/8"], "http://10.2.3.4:9000/", True),
        (["10.0.0.0/8"], "http://loop.example/", False),
        (["10.0.0.0/8"], "http://mapped.example/", False),
        (["loop.example"], "http://private.example/", False),
        (["::1"], "http://[::1]/", True),
    ],
)
def test_what_is_allowed(allowed, url, connected):
    network = Recorder()
    with pytest.raises(FetchError):
        fetch(url, network=network, resolver=resolver, allow=Allow.of(allowed))
    assert bool(network.connected) is connected


@pytest.mark.parametrize("entry", ["", "http://a.example/", "a b", "user@a.example"])
def test_what_cannot_be_allowed(entry):
    with pytest.raises(UsageError):
        Allow.of([entry])


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_in_an_ipv6_one_is_no_freer(number):
    inner = ipaddress.IPv4Address(number)
    if forbidden(inner):
        for outer in (0xFFFF << 32, 0x64FF9B << 96, 0x5EFE << 32 | 0x2606 << 112):
            assert forbidden(ipaddress.IPv6Address(outer | number))
        assert forbidden(ipaddress.IPv6Address(0x2002 << 112 | number << 80))


@given(st.text(max_size=60))
def test_any_text_is_a_target_or_refused(text):
    for url in (text, "http://" + text, "http://a.example/" + text):
        try:
            target = target_of(url)
        except Refused:
            continue
        assert target.scheme in ("http", "https")
        assert target.path.isascii()
        assert target.path.startswith("/")
        assert target_of(target.url) == target


def test_a_long_host_costs_little():
    for host in ("a" * 7000, "a." * 3500, "a-" * 3500, "0x" * 3000 + "!"):
        with pytest.raises(Refused):
            target_of(f"http://{host}/")


#: What opens connections.
_NETWORK = {
    "httpcore",
    "httpx",
    "requests",
    "urllib3",
    "aiohttp",
    "ftplib",
    "smtplib",
    "socket",
    "http.client",
    "urllib.request",
}
#: What may import it: fetching, and the server, which listens.
_MAY = ("fetching/", "cli/serving.py")


def test_nothing_else_connects(figure):
    package = Path(readout.__file__).parent
    modules = sorted(package.rglob("*.py"))
    for path in modules:
        imported = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        name = path.relative_to(package).as_posix()
        assert name.startswith(_MAY) or not imported & _NETWORK, name
    figure(len(modules), "modules looked through")
