"""The whole work in one go, in both languages: from an empty store to a file, in Debian's Chromium.

The sample stream is taken in, incidents are limited, one is opened and a value followed to its words; ten suggestions are
decided by keyboard alone and one is undone; a value is corrected by choosing words; an incident is split and merged again;
exactly what is shown is exported. `page` fails on any request that leaves loopback. The stream is invented.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk_browser import press
from vigie.desk.languages import catalogues
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser
_TO_DECIDE = 10
# Answers by keyboard: to a pair that it is another incident, to a value that it is right.
_ANSWERS = ("d", "a")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_work(page: Page, store: Store, language: str, tmp_path: Path) -> None:
    words = catalogues()[language].text

    # An empty store offers the sample stream.
    page.goto("/")
    page.get_by_role("link", name=words("Take in the sample stream")).click()
    page.get_by_role("button", name=words("Take in the sample stream")).click()
    expect(page.locator("#samples[data-samples=done]")).to_be_visible(timeout=240_000)

    # Incidents are limited by what people ask, and one is opened.
    page.goto("/incidents")
    found = page.locator("#found")
    before = found.inner_text()
    page.get_by_label(words("Disputed"), exact=True).focus()
    page.keyboard.press("Space")
    expect(found).not_to_have_text(before)
    assert "disputed=yes" in page.url
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/incidents/I[0-9a-f]+$"))

    # A value leads to its sentence in the report.
    page.locator("#accounts a.evidence").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    expect(page.locator('[class*="asked"]').first).to_be_visible()

    # A value is corrected by choosing words by keyboard.
    page.wait_for_load_state("networkidle")  # on a slow machine the scripts come after the text
    page.keyboard.press("s")
    expect(page.locator("body[data-choosing]")).to_have_count(1)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name=words("A value by its words"))
    expect(form).to_be_visible()
    form.get_by_label(words("Field")).select_option("killed")
    form.get_by_label(words("At least")).fill("9")
    form.get_by_label(words("At most")).fill("9")
    form.get_by_label(words("At most")).press("Enter")
    expect(page.locator("#d1")).to_be_visible()
    assert (store.decisions()[0].field, store.decisions()[0].value["lower"]) == ("killed", 9)

    # Ten things worth a look, pairs and values, are decided by keyboard alone; the last is undone.
    page.goto("/review")
    for _ in range(_TO_DECIDE):
        press(page, next(key for key in _ANSWERS if page.locator(f"button[data-key={key}]").count()))
    assert len(store.decisions()) == 11
    press(page, "z")
    assert store.decisions()[-1].undoes == 11

    # An incident of several reports is split and merged again, each after a look at what would come of it.
    page.goto("/incidents?place=Harir")
    several = page.locator(".line", has_text=re.compile(r"\b[3-9] (reports|dépêches)"))
    several.locator("a[href^='/incidents/I']").first.click()
    page.wait_for_url(re.compile(r"/incidents/I[0-9a-f]+$"))
    reports = page.locator("#reports a[href*='/reports/']")
    assert reports.count() > 1
    page.get_by_role("link", name=words("Split this incident")).first.click()
    page.locator("input[type=checkbox][name=apart]").last.check()
    page.get_by_role("button", name=words("Show what would come of it")).click()
    expect(page.locator(".outcome").first).to_be_visible()
    page.locator("form[method=post][action$='/split'] button[type=submit]").click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert store.decisions()[-1].kind == "split"
    page.locator("a[href$='/merge']").first.click()
    page.locator("input[name=other]").first.check()
    page.get_by_role("button", name=words("Show what would come of it")).first.click()
    expect(page.locator(".outcome").first).to_be_visible()
    page.locator("form[method=post][action$='/merge'] button[type=submit]").click()
    expect(page.locator("#decisions")).to_be_visible()
    assert store.decisions()[-1].kind == "merge"

    # The file is exactly what the list shows.
    page.goto("/incidents?disputed=yes&country=IQ")
    told = [link.get_attribute("href") for link in page.locator(".line a[href^='/incidents/I']").all()]
    page.locator("summary", has_text=re.compile("Export")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    kept = tmp_path / "kept.csv"
    download.value.save_as(kept)
    with kept.open(newline="", encoding="utf-8") as file:
        assert [f"/incidents/{row['id']}" for row in csv.DictReader(file)] == list(dict.fromkeys(told))
