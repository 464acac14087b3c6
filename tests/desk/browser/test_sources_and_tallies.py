"""Sources and tallies in a real browser, over the sample reports as they are coded. The texts are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vigie.language.pack import languages
from vigie.readers import read_path
from vigie.runs.by_rules import rules_coder
from vigie.runs.ingest import ingest
from vigie.runs.inputs import Overrides, named
from vigie.runs.samples import sample_files
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some of the sample reports, coded once."""
    path = tmp_path_factory.mktemp("samples") / "vigie.db"
    with Store.create(str(path)) as made:
        files = [f for f in sample_files() if f.suffix in (".xml", ".html", ".eml")]
        inputs = (each for f in files for each in named(read_path(f), f.name, Overrides()))
        ingest(made, inputs, rules_coder, languages(), "samples/1")
    return path


@pytest.fixture
def store(sampled: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it for each test."""
    path = tmp_path / "vigie.db"
    path.write_bytes(sampled.read_bytes())
    with Store.open(str(path)) as opened:
        yield opened


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_fit_for_everybody(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/tallies")
    page.locator(".tally summary").first.click()
    axe(page)
    page.goto("/sources")
    page.locator("[data-joining] [type=checkbox]").first.check()
    axe(page)
    page.locator("a[data-row]").first.click()
    page.wait_for_url("**/sources/*")
    for summary in page.locator(".source-side summary").all():
        summary.click()
    page.evaluate("scrollTo(0, 0)")  # or the bar at the top stands over what is looked at
    axe(page)


def test_two_sources_are_joined_by_keyboard_and_that_is_undone(page: Page) -> None:
    page.goto("/sources?order=name")
    total = page.locator(".count").inner_text()
    bar = page.locator("[data-join-bar]")
    expect(bar).to_have_attribute("data-idle", "")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_contain_text("=")
    bar.get_by_label("Reason").fill("one body under two names")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*")
    expect(page.get_by_role("status").first).to_contain_text("The names are one source now.")
    expect(page.locator(".source-log")).to_contain_text("one body under two names")
    page.locator(".source-log").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("is undone")
    page.goto("/sources")
    expect(page.locator(".count")).to_have_text(total)


def test_a_source_is_graded(page: Page) -> None:
    page.goto("/sources?who=media")
    page.locator("a[data-row]").first.click()
    page.get_by_text("Edit the profile").click()
    page.get_by_label("usually reliable", exact=False).first.check()
    page.locator("#p-why").fill("ten years of correct counts")
    page.get_by_role("button", name="Save the profile").click()
    expect(page.locator(".source-grade")).to_contain_text("usually reliable")
    page.goto("/sources?who=media")
    expect(page.locator(".graded .grade").first).to_be_visible()


def test_a_value_of_a_source_opens_its_words(page: Page) -> None:
    page.goto("/sources")
    page.locator("a[data-row]").first.click()
    page.locator(".said a.evidence").first.click()
    page.wait_for_url("**/reports/*")
    expect(page.locator("#text :focus")).to_be_visible()


def test_a_tally_opens_its_words_and_those_of_the_record(page: Page) -> None:
    page.goto("/tallies")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")
    expect(page.locator("#text :focus")).to_be_visible()
    page.go_back()
    page.locator(".tally summary").first.click()
    page.locator(".tally-printings a.evidence").first.click()
    page.wait_for_url("**/reports/*")
    expect(page.locator("#text :focus")).to_be_visible()


def test_pages_fit_a_phone_and_large_letters(page: Page) -> None:
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 700})
        for path in ("/sources", "/sources/agence%20ponant", "/tallies"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
