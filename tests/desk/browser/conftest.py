"""The desk in Debian's Chromium: a running app on loopback, pages that may not leave it, and axe."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

import desk_browser
from vigie.desk.passwords import Passwords
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[3]
AXE = ROOT / "front-end" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 30_000  # milliseconds; a machine that others use may take long to answer, which is no failure of the page
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Walks through a browser are long: they are run where `-m` names them (`make browser`)."""
    if "browser" in (config.option.markexpr or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("browser")]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    reason = desk_browser.missing()
    if reason is not None:
        pytest.skip(reason)
    if not AXE.exists():
        pytest.skip("there is no axe-core (python hatch_build.py)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=desk_browser.CHROMIUM, args=list(desk_browser.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def running(passwords: Passwords) -> Iterator[Callable[[Store], str]]:
    """Runs the desk over a store on a free port of loopback; gives its address. Stopped at the end of the test."""
    with contextlib.ExitStack() as stack:
        yield lambda store: stack.enter_context(desk_browser.running(store, passwords))


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
    context = chromium.new_context(base_url=desk_url, locale=desk_browser.LOCALES[language])
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
            page.evaluate("Promise.all(document.getAnimations().map(a => a.finished.catch(() => null)))")
            page.evaluate(AXE.read_text("utf-8"))  # by the debugger: the page's own policy lets no script in
            found = page.evaluate("async (tags) => (await axe.run(document, {runOnly: tags})).violations", STANDARDS)
            told = [
                f"{v['id']}: {v['help']}: {n['html'][:160]} {n['failureSummary']}" for v in found for n in v["nodes"]
            ]
            assert told == [], f"{page.url} ({scheme})"
        page.emulate_media(color_scheme=None, reduced_motion=None)

    return check
