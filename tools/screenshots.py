"""Pictures of the desk's pages for docs/screens: over the sample stream, in both languages, light, dark, on a phone.

    python tools/screenshots.py [--to docs/screens] [--only NAME]

Pages that the app does not have yet are left out. What changes from run to run (times, ports) is not in the pictures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import desk_browser
from vigie.cli.code import rules_coder
from vigie.language.pack import languages
from vigie.runs.ingest import ingest
from vigie.runs.inputs import Overrides, inputs
from vigie.runs.samples import sample_files
from vigie.store.store import Store

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: the name of its picture, its path, the first link on it that is followed (a CSS selector), and keys to
    press then."""

    name: str
    path: str
    follow: str | None = None
    keys: tuple[str, ...] = ()


SHOTS = (
    Shot("start", "/"),
    Shot("incidents", "/incidents"),
    Shot("incident", "/incidents", follow="main a[href^='/incidents/']"),
    Shot("reports", "/reports"),
    Shot("report", "/reports", follow="main a[href^='/reports/']"),
    Shot("review", "/review"),
    Shot("sources", "/sources"),
    Shot("source", "/sources", follow="main a[href^='/sources/']"),
    Shot("tallies", "/tallies"),
    Shot("code", "/code"),
    Shot("gold", "/gold"),
    Shot("api", "/api/v1/docs"),
    Shot("keys", "/incidents", keys=("?",)),
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    suffix: str
    language: str
    scheme: str
    width: int
    height: int


LOOKS = (
    Look("", "en", "light", 1280, 860),
    Look("-fr-dark", "fr", "dark", 1280, 860),
    Look("-fr-phone", "fr", "light", 390, 844),
)


def sample_store(folder: Path) -> Store:
    """A store with all sample reports, always taken in at the same moment."""
    store = Store.create(str(folder / "samples.db"), clock=lambda: dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC))
    given = inputs([str(path) for path in sample_files()], sys.stdin.buffer, Overrides(), lambda where, words: None)
    ingest(store, given, rules_coder, languages(), "sample")
    return store


def taken(url: str, only: str | None, to: Path) -> Iterator[Path]:
    """Take the pictures; gives each one's file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=desk_browser.CHROMIUM, args=list(desk_browser.FLAGS))
        for look in LOOKS:
            context = browser.new_context(
                base_url=url,
                locale=desk_browser.LOCALES[look.language],
                color_scheme=look.scheme,  # type: ignore[arg-type]
                viewport={"width": look.width, "height": look.height},
                reduced_motion="reduce",
            )
            page = context.new_page()
            for shot in SHOTS:
                if only not in (None, shot.name):
                    continue
                answer = page.goto(shot.path, wait_until="networkidle")
                if answer is None or answer.status != 200:
                    continue
                if shot.follow is not None:
                    link = page.locator(shot.follow).first
                    if not link.count():
                        continue
                    page.goto(link.get_attribute("href") or "/", wait_until="networkidle")
                for key in shot.keys:
                    page.keyboard.press(key)
                file = to / f"{shot.name}{look.suffix}.png"
                page.screenshot(path=file, full_page=not shot.keys)
                yield file
            context.close()
        browser.close()


def main() -> int:
    """Take all pictures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screens", help="folder of the pictures")
    parser.add_argument("--only", help="name of the one page to take")
    given = parser.parse_args()
    reason = desk_browser.missing()
    if reason is not None:
        print(f"no pictures: {reason}", file=sys.stderr)
        return 1
    given.to.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_store(Path(folder)) as store,
        desk_browser.running(store) as url,
    ):
        for file in taken(url, given.only, given.to):
            print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
