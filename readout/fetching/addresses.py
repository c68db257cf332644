"""Which addresses may be fetched. A feed comes from a stranger, and so does every address in it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from readout.errors import Refused, UsageError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = {"http": 80, "https": 443}
#: Where the web is served; other ports are other protocols, and a request can be made to look like theirs.
_USUAL_PORTS = frozenset({80, 443, 8080, 8443})
_LONGEST = 8_000
_UNCLEAN = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_][a-z0-9_-]{0,62}")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)$")
#: Names that mean this machine or this network, whatever a resolver says.
_INNER_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "onion",
    "localdomain",
    "corp",
    "home",
)
_PATH_SAFE = "/%:@!$&'()*+,;=~-._[]|"
#: Public by registry, and still not the web: relays, and the metadata service of a cloud.
_MORE_REFUSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "3fff::/20",
        "64:ff9b:1::/48",
    )
)
_GLOBAL_SIX = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


@dataclass(frozen=True, slots=True)
class Allow:
    """What may be fetched although it would be refused: hosts by name ("wire.internal", "wire.internal:8000") and nets ("10.1.0.0/16").

    An allowed host may have any address and port; an allowed net takes any port too.
    """

    hosts: frozenset[str] = frozenset()
    nets: tuple[IPNetwork, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Allow:
        """From hosts and nets as a user writes them.

        Raises:
            UsageError: one is neither.
        """
        hosts, nets = set(), []
        for entry in entries:
            try:
                nets.append(ipaddress.ip_network(entry.strip(), strict=False))
                continue
            except ValueError:
                pass
            name = entry.strip().lower().rstrip(".")
            if not re.fullmatch(r"[a-z0-9_.-]{1,253}(?::\d{1,5})?", name):
                raise UsageError(f"not a host or a net that can be allowed: {entry[:60]!r}")
            hosts.add(name)
        return cls(frozenset(hosts), tuple(nets))

    def host(self, target: Target) -> bool:
        """Whether a target's host is allowed by its name."""
        return target.host in self.hosts or f"{target.host}:{target.port}" in self.hosts

    def address(self, address: IPAddress) -> bool:
        """Whether an address is in an allowed net."""
        return any(address.version == net.version and address in net for net in self.nets)


NOTHING_MORE = Allow()


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address in its parts: `host` in ASCII and small letters, `path` with the query, as it is sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """The address without its path: what robots.txt is for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return self.site + self.path


def target_of(url: str, *, allow: Allow = NOTHING_MORE, allow_private: bool = False) -> Target:
    """The parts of an address that may be fetched, as far as can be told before its name is looked up.

    Raises:
        Refused: another scheme than http and https, a user name, an unusual port, a host that is written as a number or means this network,
            or no address at all.
    """
    if len(url) > _LONGEST or _UNCLEAN.search(url):
        raise Refused(f"not a web address: {url[:80]!r}")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:
        raise Refused(f"not a web address: {url[:80]!r}") from error
    if parts.scheme not in PORTS:
        raise Refused(f"only http and https are fetched, not {parts.scheme[:20]!r}")
    if "@" in parts.netloc:
        raise Refused("an address with a user name in it is not fetched")
    path = quote(parts.path or "/", safe=_PATH_SAFE) + (
        f"?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else ""
    )
    target = Target(parts.scheme, host, port or PORTS[parts.scheme], path)
    if allow_private or allow.host(target):
        return target
    literal = ip_of(host)
    if literal is not None and allow.address(literal):
        return target
    if any(host == name or host.endswith("." + name) for name in _INNER_NAMES):
        raise Refused(f"{host} names a machine of this network")
    if literal is not None and (reason := forbidden(literal)):
        raise Refused(f"{host} is {reason}")
    if port == 0 or target.port not in _USUAL_PORTS:
        raise Refused(f"port {port} is not one where the web is served")
    return target


def ip_of(host: str) -> IPAddress | None:
    """The IP address that a host is, or None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _host(host: str) -> str:
    """The host in small ASCII letters; fails on one that some programs would read as an IP address and others not."""
    host = host.removesuffix(".")
    if ":" in host:
        if "%" in host:
            raise Refused("an IPv6 address with a zone is of this machine's own networks")
        return str(ipaddress.IPv6Address(host))
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.lower()
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise ValueError("no host")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError as error:
            raise Refused(f"{host!r} is an IP address in an unusual writing") from error
    return host


def forbidden(address: IPAddress) -> str | None:
    """Why an IP address may not be connected to ("a private address"), or None where it may."""
    for inner in _embedded(address):
        if reason := forbidden(inner):
            return f"{reason} within an IPv6 address"
    if address.is_unspecified or address.is_loopback:
        return "this machine"
    if address.is_link_local:
        return "a link-local address"
    if address.is_multicast:
        return "a multicast address"
    if any(address.version == net.version and address in net for net in _MORE_REFUSED):
        return "an address for special use"
    if address.is_private:
        return "a private address"
    outside = address.version == 6 and address not in _GLOBAL_SIX and address not in _NAT64
    if outside or (address.is_reserved and address not in _NAT64) or not address.is_global:
        return "a reserved address"
    return None


def _embedded(address: IPAddress) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for or leads through."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [inner for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if inner is not None]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if (
        address in _NAT64
        or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
        or (address in _COMPATIBLE and int(address) > 1)
    ):
        found.append(low)
    return found
