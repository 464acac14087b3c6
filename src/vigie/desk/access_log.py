"""A line for each request, without anything about the person: no address, no account, no query, no words looked for."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("vigie.desk.access")


class AccessLog:
    """Writes method, route, status, milliseconds and bytes sent. The route is its pattern (`/reports/{id}`), so that
    what was looked at is not told either; `-` where there is none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            took = (time.perf_counter() - began) * 1000
            _log.info("%s %s %d %.1fms %dB", scope["method"], route_of(scope), status, took, size)


def route_of(scope: Scope) -> str:
    """The pattern of the route that a request went to, `-` where there is none."""
    return getattr(scope.get("route"), "path", None) or "-"
