"""What stands before every route, as plain ASGI layers: headers, the host asked for, whence a change comes, its size.

From the outside in: `AccessLog` (desk/access_log.py), `Answers`, compression, `Gate`. See docs/desk.md, "Security".
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vigie.desk.access_log import route_of
from vigie.desk.config import DeskConfig
from vigie.desk.csrf import SAFE

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",  # icons inside the style sheets of packages
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy: nothing from elsewhere, no script or style inside a page."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_log = logging.getLogger("vigie.desk")

Failed = Callable[[Request, int], Awaitable[Response]]
"""Makes the answer to a request that fails with a status."""


class Answers:
    """Puts the headers on every answer, sets the visitor's cookies, and turns a fault of ours into a page that says so
    (`failed`), leaving the details to the log."""

    def __init__(self, app: ASGIApp, config: DeskConfig, failed: Failed) -> None:
        self._app, self._failed = app, failed
        self._headers = dict(_HEADERS)
        if config.secure:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._complete(scope, MutableHeaders(scope=message))
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception:
            _log.exception("%s %s failed", scope["method"], route_of(scope))
            if started:
                raise
            await (await self._failed(Request(scope), 500))(scope, receive, answer)

    def _complete(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "private, no-cache")
        visitor = scope.get("state", {}).get("visitor")
        for cookie in visitor.cookies if visitor is not None else ():
            headers.append("set-cookie", cookie)


class Gate:
    """Turns away what is not for us: a host that is not ours (a name that somebody else's site resolves to this
    machine), a change that another site asks for, a body that is too large, and on a desk that is not set up for it,
    what came through a proxy."""

    def __init__(self, app: ASGIApp, config: DeskConfig, failed: Failed) -> None:
        self._app, self._config, self._failed = app, config, failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, send)
            return
        length = headers.get("content-length", "")
        if length and (not length.isdigit() or int(length) > self._config.max_body):
            await (await self._failed(Request(scope), 413))(scope, receive, send)
            return
        received = 0

        async def measured() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._config.max_body:
                raise HTTPException(413)
            return message

        await self._app(scope, measured, send)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that is turned away, None if it is not. In plain words: there is no visitor yet."""
        config, host = self._config, headers.get("host", "")
        if len(headers.getlist("host")) != 1 or _name(host) not in config.hosts:
            return PlainTextResponse("This desk does not go by that name (docs/desk.md, --public-url).\n", 421)
        if not config.behind_proxy and any(name in headers for name in _FORWARDED):
            return PlainTextResponse("This desk stands behind no proxy (docs/desk.md, --public-url).\n", 421)
        if scope["method"] not in SAFE and not self._own(headers, host):
            return PlainTextResponse("Another site asked for this change: nothing was changed.\n", 403)
        return None

    def _own(self, headers: Headers, host: str) -> bool:
        """Whether a change is asked for by one of our own pages, or by no page at all (a program)."""
        fetched = headers.get("sec-fetch-site")
        if fetched is not None and fetched not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        if self._config.origin is not None:
            return origin == self._config.origin
        return urlsplit(origin).netloc == host


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    name = host.lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]
