"""The desk in a real browser: a running app on loopback and Debian's Chromium, for browser tests and screenshots."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from argon2 import PasswordHasher

from vigie.desk.app import create_app
from vigie.desk.config import RATES, DeskConfig, Rate
from vigie.desk.passwords import Passwords
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",  # needs rights that a container does not give
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # no connections of Chromium's own
    "--disable-component-update",
    "--disable-sync",
)
LOCALES = {"en": "en-GB", "fr": "fr-FR"}


def missing() -> str | None:
    """Why there can be no browser, None where there can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if Path(CHROMIUM).exists() else "there is no Chromium (apt-get install chromium)"


@contextlib.contextmanager
def running(store: Store, passwords: Passwords | None = None) -> Iterator[str]:
    """Run the desk over a store on a free port of loopback; gives its address. A test clicks faster than a person: the
    rates are out of its way. `passwords` hashes with little work by default."""
    passwords = passwords or Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    rates = {name: Rate(10_000, 60) for name in RATES}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        app = create_app(store, DeskConfig(port=port, rates=rates), passwords=passwords)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started:
            if time.monotonic() > until or not thread.is_alive():
                raise RuntimeError("the desk does not start")
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(15)


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    before = page.url + page.title()
    page.keyboard.press(key)
    page.wait_for_function("before => location.href + document.title !== before", arg=before)
    page.wait_for_load_state()
