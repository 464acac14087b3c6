"""A mail server on the loopback for tests: takes what it is given, or refuses it as it is told (RFC 5321, as far as
`smtplib` goes)."""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any


@dataclass(slots=True)
class Sink:
    """A running server: `messages` it took, `logins` it saw, `secured` how many times TLS was begun. `answers` are
    given in the place of the usual ones, by command ("DATA", "RCPT", "AUTH", "QUIT"; "END" after the message, which is
    taken where the answer is "" and breaks off)."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    secured: int = 0
    answers: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def sinking(tls: ssl.SSLContext | None = None, *, at_once: bool = False) -> Iterator[Sink]:
    """A server on a free port; with `tls` it offers STARTTLS, or speaks TLS from the first byte on (`at_once`)."""

    class Session(socketserver.StreamRequestHandler):
        timeout = 10

        def handle(self) -> None:
            self._secure = False
            if at_once and tls is not None:
                self._wrap(tls)
            self._say("220 sink.test ESMTP")
            with contextlib.suppress(OSError):
                while line := self.rfile.readline(4096):
                    if not self._command(line.decode("utf-8", "replace").strip()):
                        return

        def _command(self, line: str) -> bool:
            name = line.split(" ")[0].upper()
            answer = sink.answers.get(name)
            if name == "EHLO":
                offers = ["250-sink.test", "250-8BITMIME", "250-SMTPUTF8"]
                offers += ["250-STARTTLS"] if tls is not None and not self._secure else []
                for offer in offers:
                    self._say(offer)
                self._say("250 AUTH PLAIN")
            elif name == "STARTTLS" and tls is not None:
                self._say("220 go on")
                self._wrap(tls)
            elif name == "AUTH":
                sink.logins.append(base64.b64decode(line.split(" ")[2]).decode().replace("\0", " ").strip())
                self._say(answer or "235 welcome")
            elif name == "MAIL":
                self._to: list[str] = []
                self._say(answer or "250 fine")
            elif name == "RCPT":
                self._to.append(line.partition("<")[2].partition(">")[0])
                self._say(answer or "250 fine")
            elif name == "DATA":
                self._say(answer or "354 go on")
                if answer is None:
                    self._message()
            elif name == "QUIT":
                self._say(answer or "221 bye")
                return False
            else:
                self._say("250 fine")
            return True

        def _message(self) -> None:
            lines: list[bytes] = []
            while (line := self.rfile.readline(100_000)) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            answer = sink.answers.get("END", "250 taken")
            if answer.startswith("250") or not answer:
                message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                assert isinstance(message, EmailMessage)
                sink.messages.append(message)
                sink.recipients.append(self._to)
            if not answer:  # the connection breaks off after the message was taken
                self.connection.close()
                raise OSError
            self._say(answer)

        def _wrap(self, context: ssl.SSLContext) -> None:
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)  # type: ignore[assignment]
            self._secure = True
            sink.secured += 1

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            return  # a client that goes away, or no TLS: what a test is about

    server = Server(("127.0.0.1", 0), Session)
    sink = Sink(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
