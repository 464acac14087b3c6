"""Pictures of the desk's pages for the guides: over the sample stream, in both languages, some dark, some on a phone.

    python tools/screenshots.py [--to docs/screens] [--only NAME] [--store FILE]

Pages that the app does not have yet are left out. What changes from run to run or from machine to machine (times,
ports, folders) is not in the pictures. `--store` keeps the store with the samples for the next time.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import importlib.resources
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

import desk_browser
from small_png import small
from vigie.desk.gold_sheet import form_of_line
from vigie.desk.passwords import Passwords
from vigie.language.pack import languages
from vigie.runs.by_rules import rules_coder
from vigie.runs.ingest import ingest
from vigie.runs.inputs import Overrides, inputs
from vigie.runs.samples import sample_files
from vigie.store.accounts import LOCAL
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
BEGUN = "en:liege-1"
"""The report whose hand coding is begun and not saved."""
PASSWORD = "four words nobody guesses"  # of accounts that live as long as the pictures are taken


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: the name of its picture, its path, the first link on it that is followed and what is clicked then to
    open a dialog (CSS selectors), keys to press, and in what other looks than in both languages it is taken."""

    name: str
    path: str
    follow: str | None = None
    click: str | None = None
    keys: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()


SHOTS = (
    Shot("start", "/"),
    Shot("incidents", "/incidents", looks=("-dark", "-phone")),
    Shot("incident", "/incidents?order=most_told", follow="main a[href^='/incidents/I']", looks=("-dark", "-phone")),
    Shot("reports", "/reports?q=drones"),
    Shot("report", "/reports/en:conoco-2", looks=("-dark", "-phone")),
    Shot("value", "/reports/en:conoco-2", click="[data-kind=toll] .value-correct"),
    Shot("changes", "/reports/fr:conoco-4?against=fr:conoco-3"),
    Shot("review", "/review"),
    Shot("sources", "/sources", looks=("-dark", "-phone")),
    Shot("source", "/sources", follow="main a[href^='/sources/']", looks=("-dark", "-phone")),
    Shot("tallies", "/tallies", looks=("-dark", "-phone")),
    Shot("code", "/code"),
    Shot("gold", "/gold", looks=("-dark", "-phone")),
    Shot("gold-code", "/gold/code/en:conoco-2", keys=("s", *["Shift+ArrowRight"] * 3), looks=("-dark", "-phone")),
    Shot("gold-compare", "/gold/compare/en:harir-1", looks=("-dark", "-phone")),
    Shot("api", "/api/docs"),
    Shot("keys", "/reports/en:conoco-2", keys=("?",)),
)
FOR_TEAMS = (Shot("users", "/users"),)
"""Pages that are there only with accounts."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at. A picture shows what stands within `width` and `height` and no more: who reads a guide
    wants to recognise the page."""

    suffix: str
    language: str
    scheme: str = "light"
    width: int = 1240
    height: int = 900


EVERYWHERE = (Look("", "en"), Look("-fr", "fr"))
SOME = (Look("-dark", "en", scheme="dark"), Look("-phone", "fr", width=390, height=844))


def clock() -> dt.datetime:
    """The moment at which everything in the pictures happens."""
    return dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def sample_store(file: Path) -> Store:
    """A store with all sample reports, always taken in at the same moment and from the same places."""
    store = Store.create(str(file), clock=clock)
    files = sample_files()
    root = Path(os.path.commonpath(files))
    with contextlib.chdir(root):
        given = inputs(
            [str(path.relative_to(root)) for path in files], sys.stdin.buffer, Overrides(), lambda where, words: None
        )
        ingest(store, given, rules_coder, languages(), "sample")
    return store


def code_by_hand(store: Store) -> None:
    """Save the hand codings of the package's samples as if somebody had made them at the desk, one of them not
    yet saved."""
    codings = (importlib.resources.files("vigie") / "samples" / "gold.jsonl").read_text("utf-8")
    for line in map(json.loads, codings.splitlines()):
        if line["id"] == BEGUN:
            store.gold.keep_draft(BEGUN, LOCAL, form_of_line(line).flat)
        elif store.report(line["id"]) is not None:
            store.gold.save(line["id"], LOCAL, line)


def pictures(browser: Browser, url: str, shots: Iterable[Shot], to: Path, name: str | None = None) -> Iterator[Path]:
    """Take pictures, signed in as `name` if given; gives each one's file."""
    counting = browser.new_page()
    for look in (*EVERYWHERE, *SOME):
        context = browser.new_context(
            base_url=url,
            locale=desk_browser.LOCALES[look.language],
            color_scheme=look.scheme,  # type: ignore[arg-type]
            viewport={"width": look.width, "height": look.height},
            reduced_motion="reduce",
        )
        page = context.new_page()
        if name is not None:
            page.goto("/login")
            page.fill("[name=name]", name)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
        for shot in shots:
            if look in SOME and look.suffix not in shot.looks:
                continue
            if taken(page, shot):
                file = to / f"{shot.name}{look.suffix}.png"
                file.write_bytes(small(page.screenshot(animations="disabled", caret="hide"), counting))
                yield file
        context.close()
    counting.close()


def taken(page: Page, shot: Shot) -> bool:
    """Bring the page to where its picture is taken; whether the app has it."""
    answer = page.goto(shot.path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        return False
    if shot.follow is not None:
        link = page.locator(shot.follow).first
        if not link.count():
            return False
        page.goto(link.get_attribute("href") or "/", wait_until="networkidle")
    if shot.click is not None:
        page.locator(shot.click).first.click()
        page.locator("dialog[open]").wait_for()
    for key in shot.keys:
        page.keyboard.press(key)
    return True


def main() -> int:
    """Take all pictures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screens", help="folder of the pictures")
    parser.add_argument("--only", help="name of the one page to take")
    parser.add_argument("--store", type=Path, help="file of a store with the samples; made where it is not there")
    given = parser.parse_args()
    reason = desk_browser.missing()
    if reason is not None:
        print(f"no pictures: {reason}", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    given.to.mkdir(parents=True, exist_ok=True)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=desk_browser.CHROMIUM, args=list(desk_browser.FLAGS))
        kept = Path(folder) / "vigie.db"
        if given.store is None:
            sample_store(kept).close()
        else:
            if not given.store.exists():
                sample_store(given.store).close()
            shutil.copy(given.store, kept)  # the accounts that are made are not to stay
        with Store.open(str(kept), clock=clock) as store, desk_browser.running(store, passwords) as url:
            code_by_hand(store)
            for file in pictures(browser, url, wanted(SHOTS, given.only), given.to):
                print(file)
            for name, role in (("amina", "admin"), ("bastien", "editor"), ("chioma", "coder"), ("dragan", "reader")):
                store.accounts.add(name, role, passwords.hash(PASSWORD))
            for file in pictures(browser, url, wanted(FOR_TEAMS, given.only), given.to, "amina"):
                print(file)
        browser.close()
    return 0


def wanted(shots: Iterable[Shot], only: str | None) -> list[Shot]:
    """All, or the one that was asked for."""
    return [shot for shot in shots if only in (None, shot.name)]


if __name__ == "__main__":
    sys.exit(main())
