"""Coding a text of one's own, and a first run with the samples, in a real browser. The texts are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser
TEXT = (
    "NIKOPOL, March 7, 2024 (Hallam Wire) - Three rockets killed seven people and wounded twelve at a market in "
    "Nikopol on Thursday, the regional governor said."
)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_fit_for_everybody(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/code")
    axe(page)
    page.locator("textarea").fill(TEXT)
    page.locator("[data-code] button[type=submit]").click()
    page.wait_for_url("**/code/*")
    axe(page)


def test_a_report_is_pasted_seen_and_kept_by_keyboard(page: Page, store: Store) -> None:
    page.goto("/code")
    page.get_by_label("The report").fill(TEXT)
    page.get_by_role("button", name="Code it").click()
    expect(page.get_by_text("not kept")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".value.lit")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("not kept")).to_be_visible()
    page.keyboard.press("y")
    expect(page.get_by_role("status").first).to_contain_text("Kept.")
    assert next(iter(store.reports())).report.text == TEXT


def test_a_file_is_dropped_anywhere_on_the_page(page: Page) -> None:
    page.goto("/code")
    page.evaluate(
        """(text) => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
          for (const kind of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        TEXT,
    )
    page.wait_for_url("**/code/*")
    expect(page.locator("#text")).to_contain_text("killed seven people")


def test_a_first_run_takes_the_sample_stream_in(page: Page, store: Store) -> None:
    page.goto("/")
    page.get_by_role("link", name="Take in the sample stream").click()
    page.get_by_role("button", name="Take in the sample stream").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.reload()  # the run goes on, and its progress is there again
    expect(page.locator("#samples")).to_contain_text("The sample stream is in", timeout=180_000)
    assert store.status().reports > 80
    page.get_by_role("link", name="Review").last.click()
    expect(page.locator(".item-head")).to_be_visible()


def test_a_text_is_coded_without_scripts(page: Page, desk_url: str, store: Store, tmp_path: Path) -> None:
    context = page.context.browser.new_context(base_url=desk_url, java_script_enabled=False)
    plain = context.new_page()
    file = tmp_path / "one.txt"
    file.write_text(TEXT, "utf-8")
    plain.goto("/code")
    plain.locator("input[type=file]").set_input_files(file)
    plain.get_by_role("button", name="Code it").click()
    plain.get_by_role("button", name="Keep it").click()
    expect(plain.get_by_role("status").first).to_contain_text("Kept.")
    assert store.status().reports == 1
    context.close()


def test_the_form_fits_a_phone_and_large_letters(page: Page) -> None:
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto("/code")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
