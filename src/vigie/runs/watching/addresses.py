"""Which addresses may be reached: public ones of the web, and what the file of feeds allows besides.

An address in a feed, a redirection or a file somebody shares could point at this machine or its network (server-side
request forgery). So a name is resolved once, every address it has is looked at, and the connection is made to one of
those very addresses (`pinned`): a name that answers differently the second time gains nothing.

What is not public is taken from the IANA registries of special-purpose addresses
(https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry): written out here, because the
standard library's `is_global` has changed its mind between versions.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import httpx

from vigie.errors import AddressRefused
from vigie.runs.watching.plan import Allowed

Resolver = Callable[[str, int], Sequence[str]]
"""From a host name and a port to its IP addresses, best first. Raises OSError where there are none."""

WEB_PORTS = frozenset((80, 443))
MAIL_PORTS = frozenset((25, 465, 587))
_LONGEST = 4096
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_ADDRESS = ipaddress.IPv4Address | ipaddress.IPv6Address

# What is not public, and whether `private = true` opens it: networks of one's own are meant by it, nothing else is.
_NOT_PUBLIC_4: tuple[tuple[str, str, bool], ...] = (
    ("0.0.0.0/8", "this network", False),
    ("10.0.0.0/8", "a private network", True),
    ("100.100.100.200/32", "the metadata of a cloud", False),
    ("100.64.0.0/10", "a provider's inner network", True),
    ("127.0.0.0/8", "this machine", True),
    ("168.63.129.16/32", "the inner service of a cloud", False),  # public by the registry, the platform of Azure
    ("169.254.0.0/16", "a link-local address", False),  # also 169.254.169.254, the metadata of clouds
    ("172.16.0.0/12", "a private network", True),
    ("192.0.0.0/24", "a special-purpose address", False),  # also 192.0.0.192, the metadata of a cloud
    ("192.0.2.0/24", "an address for documentation", False),
    ("192.88.99.0/24", "a relay of 6to4", False),
    ("192.168.0.0/16", "a private network", True),
    ("198.18.0.0/15", "a network for measurements", False),
    ("198.51.100.0/24", "an address for documentation", False),
    ("203.0.113.0/24", "an address for documentation", False),
    ("224.0.0.0/4", "a multicast address", False),
    ("240.0.0.0/4", "a reserved address", False),  # also 255.255.255.255, everybody
)
_NOT_PUBLIC_6: tuple[tuple[str, str, bool], ...] = (
    ("::1/128", "this machine", True),
    ("::/128", "no address", False),
    ("::ffff:0:0/96", "an IPv4 address in IPv6", False),
    ("::/96", "an IPv4 address in IPv6", False),
    ("64:ff9b:1::/48", "an IPv4 address in IPv6", False),
    ("2001::/23", "a special-purpose address", False),  # also Teredo, which holds IPv4 addresses
    ("2001:db8::/32", "an address for documentation", False),
    ("2002::/16", "an IPv4 address in IPv6", False),
    ("3fff::/20", "an address for documentation", False),
    ("fd00:ec2::/32", "the metadata of a cloud", False),
    ("fc00::/7", "a private network", True),
    ("fe80::/10", "a link-local address", False),
    ("ff00::/8", "a multicast address", False),
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")  # all that is given out so far (RFC 4291)
# Networks without IPv4 reach it through these addresses (RFC 6052): they are what the IPv4 address in them is.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart. `host` in lower case and ASCII, without brackets; `shown` leaves out the query, which
    may hold a key."""

    url: httpx.URL
    scheme: str
    host: str
    port: int
    shown: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A host and the IP addresses at which it may be reached, in the order in which to try them."""

    host: str
    port: int
    addresses: tuple[str, ...]


class Guard:
    """What may be reached. `resolve` turns names into IP addresses, by default as the system does."""

    def __init__(self, allowed: Iterable[Allowed] = (), resolve: Resolver | None = None) -> None:
        self._allowed = {host_key(each.host): each for each in allowed}
        self._resolve = resolve or system_addresses

    def web(self, url: str) -> Address:
        """A web address taken apart; nothing is looked up. Raises AddressRefused where that is enough to tell that it
        must not be reached."""
        address = taken_apart(url)
        self._check_port(address.shown, address.host, address.port, WEB_PORTS)
        if _is_ip(address.host):
            self._check_public(address.shown, address.host, (address.host,))
        return address

    def destination(self, address: Address) -> Destination:
        """Where a web address leads: its name is looked up here, once. Raises AddressRefused; OSError where the name
        is not known."""
        return self._destination(address.shown, address.host, address.port)

    def mail_port(self, host: str, port: int) -> None:
        """Raises AddressRefused where the port alone is wrong for a mail server; nothing is looked up."""
        self._check_port(f"{host}:{port}", host_key(host), port, MAIL_PORTS)

    def mail(self, host: str, port: int) -> Destination:
        """Where a mail server is. Raises as `destination` does."""
        self.mail_port(host, port)
        return self._destination(f"{host}:{port}", host_key(host), port)

    def _check_port(self, shown: str, host: str, port: int, usual: frozenset[int]) -> None:
        allowed = self._allowed.get(host)
        if port not in usual and (allowed is None or port not in allowed.ports):
            raise AddressRefused(
                shown, f"port {port} is not one of {_listed(usual)}", _allow(host, f"ports = [{port}]")
            )

    def _destination(self, shown: str, host: str, port: int) -> Destination:
        found = (host,) if _is_ip(host) else tuple(dict.fromkeys(self._resolve(host, port)))
        if not found:
            raise OSError(f"{host} has no address")
        self._check_public(shown, host, found)
        return Destination(host, port, found)

    def _check_public(self, shown: str, host: str, addresses: Iterable[str]) -> None:
        """Raises AddressRefused where one of a host's addresses is not public, and that is not allowed."""
        allowed = self._allowed.get(host)
        for each in addresses:
            verdict = not_public(each)
            if verdict is not None and not (verdict.own and allowed is not None and allowed.private):
                told = f"{each} is {verdict.what}" if host == each else f"{host} leads to {each}, {verdict.what}"
                raise AddressRefused(shown, told, _allow(host, "private = true") if verdict.own else "")


def taken_apart(url: str) -> Address:
    """A web address as its parts. Raises AddressRefused for another scheme, credentials, or what is no address."""
    if len(url) > _LONGEST or any(c.isspace() or not c.isprintable() for c in url):
        raise AddressRefused(
            url[:80].split("?")[0], "no web address: blanks in it, or too long", "give https://host/path"
        )
    try:
        parsed = httpx.URL(url)
        host, port = parsed.raw_host.decode("ascii"), parsed.port
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise AddressRefused(url[:80].split("?")[0], f"no web address: {error}", "give https://host/path") from error
    scheme = parsed.scheme
    shown = f"{scheme}://{parsed.netloc.decode('ascii').rpartition('@')[2]}{parsed.path}"
    if scheme not in ("http", "https"):
        raise AddressRefused(shown[:200], f"{scheme or 'nothing'} is not http or https", "give https://host/path")
    if parsed.userinfo:
        raise AddressRefused(shown, "a name or password in the address", "give them under `credentials`")
    key = host_key(host)
    if not key or "%" in key:
        raise AddressRefused(shown, "no host in the address", "give https://host/path")
    if port is None:
        port = 443 if scheme == "https" else 80
    return Address(parsed.copy_with(fragment=None), scheme, key, port, shown)


def host_key(host: str) -> str:
    """A host's name as it is compared: lower case, ASCII, no final dot, no brackets. Raises AddressRefused where it
    cannot be a name."""
    bare = host.strip().strip("[]").rstrip(".").lower()
    if bare.isascii():
        return bare
    try:
        return httpx.URL(f"https://{bare}/").raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise AddressRefused(host, f"no name of a host: {error}") from error


@dataclass(frozen=True, slots=True)
class NotPublic:
    """What an IP address is that is not one of the public internet. `own`: it may be a network of one's own."""

    what: str
    own: bool = False


def not_public(address: str) -> NotPublic | None:
    """Why an IP address is not one of the public internet; None where it is."""
    try:
        found: _ADDRESS = ipaddress.ip_address(address)
    except ValueError:
        return NotPublic("no IP address")
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None:
            return NotPublic("an address of one interface")
        if found in _NAT64:
            return not_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    for network, verdict in _NETWORKS[found.version]:
        if found in network:
            return verdict
    if isinstance(found, ipaddress.IPv6Address) and found not in _GLOBAL_6:
        return NotPublic("a reserved address")
    return None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def system_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host as the system finds them. Raises OSError."""
    import socket

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is too long, or empty
        raise OSError(f"no name of a host: {error}") from error
    return [str(address[0]) for _, _, _, _, address in found]


def _networks(rows: Iterable[tuple[str, str, bool]]) -> tuple[tuple[_Network, NotPublic], ...]:
    return tuple((ipaddress.ip_network(network), NotPublic(what, own)) for network, what, own in rows)


_NETWORKS: Mapping[int, tuple[tuple[_Network, NotPublic], ...]] = MappingProxyType(
    {4: _networks(_NOT_PUBLIC_4), 6: _networks(_NOT_PUBLIC_6)}
)


def _listed(ports: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(ports)))


def _allow(host: str, what: str) -> str:
    return f'if that is meant, put it in the file: [[allowed]] host = "{host}", {what}'
