"""The desk in Debian's Chromium: a running app on loopback, pages that may not leave it, and axe."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI

from vigie.desk.app import create_app
from vigie.desk.config import RATES, DeskConfig, Rate
from vigie.desk.passwords import Passwords
from vigie.store.store import Store

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Browser, Page, Request = sync_api.Browser, sync_api.Page, sync_api.Request

ROOT = Path(__file__).parents[3]
AXE = ROOT / "front-end" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
# No connections of Chromium's own; the sandbox needs rights that a container does not give.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium (apt-get install chromium)")
    if not AXE.exists():
        pytest.skip("there is no axe-core (python hatch_build.py)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def running(passwords: Passwords) -> Iterator[Callable[[Store], str]]:
    """Runs the desk over a store on a free port of loopback; gives its address. Stopped at the end of the test."""
    stop: list[Callable[[], None]] = []

    def run(store: Store) -> str:
        taken = socket.create_server(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        rates = {name: Rate(10_000, 60) for name in RATES}  # a test clicks faster than a person
        app: FastAPI = create_app(store, DeskConfig(port=port, rates=rates), passwords=passwords)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()

        def end() -> None:
            server.should_exit = True
            thread.join(10)
            taken.close()

        stop.append(end)
        until = time.monotonic() + 10
        while not server.started:
            assert time.monotonic() < until, "the desk does not start"
            time.sleep(0.01)
        return f"http://127.0.0.1:{port}"

    yield run
    for end in stop:
        end()


@pytest.fixture
def desk_url(running: Callable[[Store], str], store: Store) -> str:
    """A running desk over the store of the test (`store`: empty unless a test puts another in its place)."""
    return running(store)


@pytest.fixture
def language() -> str:
    """The language that the browser asks for; `@pytest.mark.parametrize("language", ["en", "fr"])` for both."""
    return "en"


@pytest.fixture
def page(chromium: Browser, desk_url: str, language: str) -> Iterator[Page]:
    """A page of a fresh browser, with the desk as its base address. The test fails if anything asked for leaves
    loopback, and on any error in the console (a page that is refused, 4xx, is said by the test itself)."""
    context = chromium.new_context(base_url=desk_url, locale={"en": "en-GB", "fr": "fr-FR"}[language])
    opened = context.new_page()
    left: list[str] = []
    errors: list[str] = []

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            left.append(request.url)

    context.on("request", asked)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda said: errors.append(said.text) if said.type == "error" and "Failed to load" not in said.text else None,
    )
    yield opened
    context.close()
    assert left == [], "requests that left loopback"
    assert errors == [], "errors in the console"


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails on anything that axe finds against WCAG 2.2 AA on a page, in light and in dark."""

    def check(page: Page) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # Colours are looked at when the page has been drawn in them.
            page.wait_for_function(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            page.evaluate(AXE.read_text("utf-8"))  # by the debugger: the page's own policy lets no script in
            found = page.evaluate("async (tags) => (await axe.run(document, {runOnly: tags})).violations", STANDARDS)
            told = [
                f"{v['id']}: {v['help']}: {n['html'][:160]} {n['failureSummary']}" for v in found for n in v["nodes"]
            ]
            assert told == [], f"{page.url} ({scheme})"
        page.emulate_media(color_scheme=None, reduced_motion=None)

    return check
