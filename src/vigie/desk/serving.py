"""Running the desk: its address is checked and taken before the app is made, so that what is wrong is told at once."""

from __future__ import annotations

import contextlib
import errno
import logging
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from vigie.errors import DeskError

_PATIENCE = 10  # seconds that requests under way are given when the desk is stopped


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; with port 0 on a free one. Raises DeskError where that cannot be."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, OverflowError) as error:
        raise DeskError(f"{host}:{port}: there is no such address on this machine ({error})") from error
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            raise DeskError(f"{host}:{port}: something is listening there already (give another --port)") from error
        raise DeskError(f"{host}:{port}: {error.strerror} (give another --host or --port)") from error
    return found


def serve(app: FastAPI, taken: socket.socket, *, certificate: Path | None = None, key: Path | None = None) -> None:
    """Serve an app until it is interrupted or terminated; requests under way are finished first. Raises DeskError for
    a certificate that cannot be used."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # ours has no addresses in it
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_PATIENCE,
        timeout_keep_alive=30,
        limit_concurrency=200,
        h11_max_incomplete_event_size=64 * 1024,
        ws="none",
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except OSError as error:
        raise DeskError(f"{certificate}: this certificate and key cannot be used: {error}") from error
    with _ended_by_signals():
        uvicorn.Server(config).run(sockets=[taken])


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let what is left to be done be done after an interruption or a termination: the server, when it has finished what
    was under way, raises again the signal that stopped it."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def log_to_stderr(quiet: bool) -> None:
    """Have the desk's log go to standard error: each request, unless `quiet`, and what goes wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    for name in ("vigie.desk", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING if quiet or name.startswith("uvicorn") else logging.INFO)
