"""A web server on the loopback for tests of the watcher: answers as it is told, and writes down what it was asked."""

from __future__ import annotations

import contextlib
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its method, path with query, headers (lower case) and body."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `send`, where given, writes to the connection itself, whatever it likes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[[Any], None] | None = None


Handler = Callable[[Asked], Reply]


class Server:
    """A running server. `on[path]` (without query) answers; without one 404 does. `asked` are the requests so far."""

    def __init__(self, port: int, *, scheme: str = "http") -> None:
        self.port, self.scheme = port, scheme
        self.on: dict[str, Handler] = {}
        self.asked: list[Asked] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def gives(self, path: str, body: bytes | str, **headers: str) -> None:
        """Answer a path with a body, always."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.on[path] = lambda asked: Reply(200, data, named)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [asked.path for asked in self.asked]


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[Server]:
    """A server on a free port for as long as the context lasts."""

    class Answering(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length) if length else b"")
            found.asked.append(asked)
            handler = found.on.get(self.path.split("?")[0])
            reply = handler(asked) if handler is not None else Reply(404)
            self.close_connection = True
            with contextlib.suppress(OSError):  # the other side may have had enough
                if reply.send is not None:
                    reply.send(self)
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status not in (204, 304):
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if reply.status not in (204, 304):
                    self.wfile.write(reply.body)

        do_GET = do_POST = _answer  # noqa: N815  # names that the library looks for

        def log_message(self, *_: Any) -> None:
            return

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return  # a client that goes away, or no TLS: what a test is about

    server = Quiet(("127.0.0.1", port), Answering)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    found = Server(server.server_address[1], scheme="https" if tls is not None else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def rss(*entries: str, title: str = "The Invented Courier") -> str:
    """An RSS feed of entries."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>http://courier.example/</link>{''.join(entries)}</channel></rss>"
    )


def atom(*entries: str, title: str = "The Invented Wire") -> str:
    """An Atom feed of entries (`atom_entry`, `tombstone`)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>{title}</title><id>tag:wire.example,2024:feed</id>'
        f"<updated>2024-07-29T12:00:00Z</updated>{''.join(entries)}</feed>"
    )


def atom_entry(key: str, text: str, *, updated: str = "2024-07-29T12:00:00Z") -> str:
    """An entry of an Atom feed: one version of a story."""
    return (
        f"<entry><id>tag:wire.example,2024:{key}</id><title>Dispatch {key}</title><updated>{updated}</updated>"
        f"<published>2024-07-29T12:00:00Z</published><content type='text'>{text}</content></entry>"
    )


def tombstone(key: str) -> str:
    """A story that is taken back (RFC 6721)."""
    named = f'ref="tag:wire.example,2024:{key}" when="2024-07-30T08:00:00Z"'
    return f"<at:deleted-entry {named}><at:comment>Not true.</at:comment></at:deleted-entry>"


def entry(guid: str, text: str, *, day: str = "2024-07-29", link: str | None = None, title: str | None = None) -> str:
    """An entry of an RSS feed, published at noon on a day."""
    import datetime as dt
    import email.utils

    noon = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    where = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid isPermaLink='false'>tag:courier.example:{guid}</guid><title>{title or f'Dispatch {guid}'}</title>"
        f"{where}<pubDate>{email.utils.format_datetime(noon)}</pubDate><description>{text}</description></item>"
    )
