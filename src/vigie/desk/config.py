"""How the desk is set: where it may be reached, how long a session lasts, how often what may be asked."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from vigie.errors import DeskError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds; when they are used up they come back evenly over that time."""

    requests: int
    seconds: float


RATES: Mapping[str, Rate] = MappingProxyType(
    {
        "login": Rate(10, 60),  # of one address
        "login-name": Rate(20, 900),  # for one account, from wherever
        "costly": Rate(60, 60),  # exports, coding a text: whatever keeps a core busy
        "program": Rate(600, 60),  # the API
    }
)


@dataclass(frozen=True, slots=True)
class DeskConfig:
    """The settings of one desk.

    `hosts` are the host names that a request may ask for, without port. `origin` is the address that people type,
    where it is not this machine's own (`https://vigie.example.org`). `accounts_needed` says that nobody works without
    an account. `secure` says that people come over HTTPS. `behind_proxy` lets requests that went through a proxy in.
    """

    hosts: tuple[str, ...] = LOOPBACK
    origin: str | None = None
    port: int = 8000
    secure: bool = False
    accounts_needed: bool = False
    behind_proxy: bool = False
    session_idle: dt.timedelta = dt.timedelta(hours=10)
    session_lasts: dt.timedelta = dt.timedelta(days=7)
    token_lasts: dt.timedelta = dt.timedelta(days=365)
    max_body: int = 25_000_000
    rates: Mapping[str, Rate] = field(default_factory=lambda: RATES)

    def cookie(self, name: str) -> str:
        """The name of a cookie. Over HTTPS the prefix binds it to this very host; on loopback the port keeps two desks
        of one machine apart, because browsers do not."""
        return f"__Host-vigie-{name}" if self.secure else f"vigie-{name}-{self.port}"


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def configured(
    host: str, port: int, *, public_url: str | None = None, encrypted: bool = False, accounts: bool = False
) -> DeskConfig:
    """The settings for a desk that listens on `host` and `port`.

    `public_url` is where people reach it through a reverse proxy; `encrypted` says that it speaks HTTPS itself;
    `accounts` that there is an account. Raises DeskError for what would leave it open: another address than loopback
    without accounts, or without HTTPS.
    """
    local = is_loopback(host)
    if local and public_url is None:
        named = () if f"[{host}]" in LOOPBACK or host in LOOPBACK else (_bracketed(host),)
        return DeskConfig(hosts=(*LOOPBACK, *named), port=port, secure=encrypted)
    where = public_url or f"{host}:{port}"
    if not accounts:
        raise DeskError(
            f"{where}: others could reach the desk, and there are no accounts "
            "(make one first with `vigie desk-user add NAME --role admin`, or listen on 127.0.0.1)"
        )
    if public_url is None:
        if host in ("0.0.0.0", "::"):
            raise DeskError(f"{where}: under which name do people reach it? (give --public-url https://…)")
        public_url = f"https://{_bracketed(host)}:{port}" if encrypted else f"http://{_bracketed(host)}:{port}"
        behind_proxy = False
    else:
        behind_proxy = not encrypted
    parts = _split(public_url)
    if parts.scheme != "https":
        raise DeskError(
            f"{public_url}: passwords would cross the network in the clear (give --certificate and --key, or put a "
            "reverse proxy with HTTPS before it and name its address with --public-url https://…)"
        )
    name = _bracketed(parts.hostname or "")
    origin = f"https://{name}" + (f":{parts.port}" if parts.port not in (None, 443) else "")
    return DeskConfig(
        hosts=(name,), origin=origin, port=port, secure=True, accounts_needed=True, behind_proxy=behind_proxy
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise DeskError(f"{url!r} is no address (give --public-url https://vigie.example.org)") from error
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.username:
        raise DeskError(f"{url!r} is no address of a host (give --public-url https://vigie.example.org)")
    return parts


def _bracketed(host: str) -> str:
    host = host.lower().strip("[]")
    return f"[{host}]" if ":" in host else host
