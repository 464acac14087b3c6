"""What a file of feeds asks for, as values: feeds, saved filters, channels, manners towards the servers of others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Protocol

from vigie.store.filters import Filter
from vigie.store.watch_notices import Existing, NoticeKind

Follow = Literal["never", "short", "always"]
Language = Literal["en", "fr"]
Security = Literal["starttls", "tls", "none"]


class Secret(Protocol):
    """A value that no message, traceback or `repr` shows (`pydantic.SecretStr`)."""

    def get_secret_value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Polling:
    """How often servers are asked. Each wait is lengthened by up to `jitter` (a share of it), so that many feeds do not
    come due at once; after failures it doubles, up to `longest`. One host is asked once every `host_interval` at most,
    `at_once` hosts at the same time."""

    interval: dt.timedelta = dt.timedelta(minutes=15)
    host_interval: dt.timedelta = dt.timedelta(seconds=5)
    longest: dt.timedelta = dt.timedelta(hours=6)
    jitter: float = 0.1
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take: bytes (packed, and unpacked), time in all, time to connect, redirections."""

    bytes: int = 10_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Allowed:
    """A host that may be reached although its addresses are not public (`private`), or at other ports than usual."""

    host: str
    private: bool = False
    ports: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server wants to see: user and password (`basic`), a token (`bearer`), or a parameter of the address
    (`query`), named `name`."""

    kind: Literal["basic", "bearer", "query"]
    name: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Feed:
    """An address to poll: a feed, a wire interface, or a page. `outlet` and `language` override what its reports say of
    themselves; `follow` says which of its entries lead to a page that is fetched in their place."""

    name: str
    url: str
    interval: dt.timedelta
    outlet: str | None = None
    language: str | None = None
    follow: Follow = "never"
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """Which incidents somebody wants to hear of, what of them, and where. `within`: of those that the filter has not
    told of, only such as happened so lately."""

    name: str
    wanted: Filter
    channels: tuple[str, ...]
    kinds: frozenset[NoticeKind]
    fields: frozenset[str]
    existing: Existing = "skip"
    within: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Printing:
    """Notices on standard output."""

    name: str
    language: Language


@dataclass(frozen=True, slots=True)
class Webhook:
    """Notices by POST to an address, one at a time. Bodies are signed where there is a secret. The address is one too:
    many services put a key into it."""

    name: str
    language: Language
    url: Secret
    secret: Secret | None
    attempts: int = 20


@dataclass(frozen=True, slots=True)
class Mail:
    """Notices by mail, gathered: one message every `every` at most."""

    name: str
    language: Language
    host: str
    port: int
    security: Security
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None
    password: Secret | None = None
    every: dt.timedelta = dt.timedelta(0)
    attempts: int = 20


Channel = Printing | Webhook | Mail


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole file. `contact` is whom to write to about this watcher; servers see it. `seed` makes waits come out the
    same each time."""

    contact: str
    feeds: tuple[Feed, ...]
    filters: tuple[SavedFilter, ...] = ()
    channels: tuple[Channel, ...] = ()
    polling: Polling = Polling()
    limits: Limits = Limits()
    allowed: tuple[Allowed, ...] = ()
    seed: int | None = None
