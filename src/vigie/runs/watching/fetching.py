"""One request to one server: conditional, bounded in bytes and time, every redirection looked at before it is followed.

Packed answers are unpacked here, a piece at a time and never beyond the limit, so that a small packet that unpacks to
gigabytes costs no more than an answer that is too big.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import email.utils
import re
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import httpx

from vigie.errors import AddressRefused, FetchFailed
from vigie.runs.watching.addresses import Address, Guard
from vigie.runs.watching.pinned import Deadline, PinnedTransport
from vigie.runs.watching.plan import Credentials, Limits

ACCEPTED = (
    "application/rss+xml, application/atom+xml, application/vnd.iptc.g2.newsitem+xml, application/json;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_REDIRECTIONS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_NOTHING_NEW = (204, 304)
_MAX_WAIT = 30 * 86_400.0
_PIECE = 1 << 16
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_WAY_IN = "put the address it leads to in the file, if that is the right one"

TransportOf = Callable[..., httpx.BaseTransport]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to ask for: an address, what the server said last time, and what it wants to see."""

    url: str
    etag: str | None = None
    modified: str | None = None
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: `body` unpacked, empty where nothing has changed (`fresh` False). `url` is where it came
    from in the end, without what may be secret; `moved_to` where a permanent redirection leads."""

    url: str
    status: int
    body: bytes = b""
    fresh: bool = True
    etag: str | None = None
    modified: str | None = None
    charset: str | None = None
    moved_to: str | None = None


class Fetcher:
    """Asks servers on behalf of somebody. `agent` and `contact` say whom; `guard` what may be reached; `now` is the
    time by which a date in Retry-After is read."""

    def __init__(
        self,
        guard: Guard,
        limits: Limits,
        agent: str,
        now: Callable[[], dt.datetime],
        tls: ssl.SSLContext | None = None,
        transport: TransportOf = PinnedTransport,
    ) -> None:
        self._guard, self._limits, self._agent, self._now = guard, limits, agent, now
        self._tls = tls or ssl.create_default_context()
        self._transport = transport

    def get(self, wish: Wish) -> Answer:
        """What is at an address. Raises FetchFailed, AddressRefused."""
        headers = {"Accept": ACCEPTED, "Accept-Encoding": "gzip"}
        if wish.etag:
            headers["If-None-Match"] = wish.etag
        if wish.modified:
            headers["If-Modified-Since"] = wish.modified
        start = self._guard.web(wish.url)
        at, moved, lasting = start, None, True
        deadline = Deadline(self._limits.seconds)
        for _ in range(self._limits.redirects + 1):
            own = headers | _shown_to(at, start, wish.credentials)
            with self._sent("GET", _with_query(at, start, wish.credentials), own, b"", deadline) as answer:
                if answer.status_code in _REDIRECTIONS and "location" in answer.headers:
                    at, lasting = self._redirected(at, answer), lasting and answer.status_code in _FOR_GOOD
                    moved = at.shown if lasting else moved
                    continue
                return replace(self._answer(at, answer), moved_to=moved)
        raise FetchFailed(f"more than {self._limits.redirects} redirections, the last one to {at.shown}")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Hand something over. No redirection is followed: what is signed for one place is not for another. Raises
        FetchFailed, AddressRefused."""
        address = self._guard.web(url)
        deadline = Deadline(self._limits.seconds)
        with self._sent("POST", address.url, dict(headers), body, deadline) as answer:
            if not answer.is_success:
                raise self._refusal(answer)

    # --- inside -------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _sent(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes, deadline: Deadline
    ) -> Iterator[httpx.Response]:
        """The head of the answer to a request; its body can be drawn inside the context."""
        address = self._guard.web(str(url))
        try:
            destination = self._guard.destination(address)
        except OSError as error:
            raise FetchFailed(f"the name {address.host} is not known: {error.strerror or error}") from error
        own = {"User-Agent": self._agent, "Connection": "close", **headers}
        request = httpx.Request(method, url, headers=own, content=body or None)
        request.extensions = {"timeout": {"connect": self._limits.connect_seconds}}
        transport = self._transport(destination, deadline, self._tls, self._limits.connect_seconds)
        try:
            answer = transport.handle_request(request)
            try:
                yield answer
            finally:
                answer.close()
        except httpx.TransportError as error:
            raise FetchFailed(_why(error)) from error
        finally:
            transport.close()

    def _redirected(self, at: Address, answer: httpx.Response) -> Address:
        location = answer.headers["location"]
        try:
            there = self._guard.web(str(at.url.join(location)))
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchFailed(f"a redirection to what is no address: {location[:80]!r}", answer.status_code) from error
        except AddressRefused as error:
            raise AddressRefused(at.shown, f"redirects to {error}") from error
        if at.scheme == "https" and there.scheme == "http":
            raise AddressRefused(at.shown, f"redirects from https to {there.shown}", _WAY_IN)
        return there

    def _answer(self, at: Address, answer: httpx.Response) -> Answer:
        if answer.status_code in _NOTHING_NEW:
            return Answer(at.shown, answer.status_code, fresh=False)
        if answer.status_code != 200:
            raise self._refusal(answer)
        found = _CHARSET.search(answer.headers.get("content-type", ""))
        return Answer(
            url=at.shown,
            status=200,
            body=b"".join(_unpacked(answer, self._limits.bytes)),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
            charset=found[1].lower() if found else None,
        )

    def _refusal(self, answer: httpx.Response) -> FetchFailed:
        wait = retry_after(answer.headers.get("retry-after"), self._now())
        reason = f"HTTP {answer.status_code} {answer.reason_phrase}".rstrip()
        return FetchFailed(reason, answer.status_code, wait)


def retry_after(value: str | None, now: dt.datetime) -> float | None:
    """Seconds that a server asks to be left alone (RFC 9110, 10.2.3): a number of them, or a date. None for none, and
    for what is neither; a month at most."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _MAX_WAIT)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return min(max(0.0, (until - now).total_seconds()), _MAX_WAIT)


def _shown_to(at: Address, start: Address, credentials: Credentials | None) -> dict[str, str]:
    """What a server wants to see, for the one that it was given for and no other."""
    if credentials is None or (at.scheme, at.host, at.port) != (start.scheme, start.host, start.port):
        return {}
    secret = credentials.secret.get_secret_value()
    if credentials.kind == "bearer":
        return {"Authorization": f"Bearer {secret}"}
    if credentials.kind == "basic":
        pair = base64.b64encode(f"{credentials.name}:{secret}".encode()).decode("ascii")
        return {"Authorization": f"Basic {pair}"}
    return {}


def _with_query(at: Address, start: Address, credentials: Credentials | None) -> httpx.URL:
    if credentials is None or credentials.kind != "query" or at is not start:
        return at.url
    return at.url.copy_merge_params({credentials.name: credentials.secret.get_secret_value()})


def _unpacked(answer: httpx.Response, most: int) -> Iterator[bytes]:
    """The body, a piece at a time. Raises FetchFailed where it is too big, packed or unpacked, or packed otherwise."""
    length = answer.headers.get("content-length", "")
    if length.isdigit() and int(length[:18]) > most:
        raise _too_big(most)
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from _counted(answer.iter_raw(), most)
    elif coding in ("gzip", "x-gzip"):
        yield from _counted(_inflated(_counted(answer.iter_raw(), most)), most)
    else:
        raise FetchFailed(f"packed as {coding[:40]!r}, which was not asked for")


def _counted(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise _too_big(most)
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The members of a gzip stream, unpacked in pieces of at most _PIECE bytes."""
    member = zlib.decompressobj(wbits=31)
    begun = False
    try:
        for piece in pieces:
            rest, more = piece, False
            while rest or more:
                if member.eof:
                    if not rest.startswith(b"\x1f"):  # padding after the last member
                        return
                    member = zlib.decompressobj(wbits=31)
                begun = True
                unpacked = member.decompress(rest, _PIECE)
                yield unpacked
                rest = member.unused_data if member.eof else member.unconsumed_tail
                more = len(unpacked) == _PIECE and not member.eof  # there may be some left inside
    except zlib.error as error:
        raise FetchFailed(f"packed with gzip that is damaged: {error}") from error
    if begun and not member.eof:
        raise FetchFailed("packed with gzip that breaks off")


def _too_big(most: int) -> FetchFailed:
    return FetchFailed(f"more than {most:,} bytes (raise `bytes` under [limits] if that is right)")


def _why(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, httpx.TimeoutException):
        return "no whole answer in time"
    if isinstance(error, httpx.ConnectError):
        return f"no connection: {error}"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"an answer that breaks off or is no HTTP: {error}"
    return f"the connection broke off: {error or type(error).__name__}"
