"""Gold mode in a real browser: a report coded by keyboard alone, kept over a reload, saved and compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import invented_story as story
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser
LINE = {
    "id": "wire",
    "sources": [{"name": "security official", "terms": "anonymous"}],
    "incidents": [{"type": "air_drone_strike", "killed": {"lower": 3, "upper": 3}, "sources": [0]}],
    "tallies": [],
}


@pytest.fixture(autouse=True)
def ids(store: Store) -> dict[str, str]:
    return story.fill(store)


def choose(page: Page, words: str) -> None:
    """Choose words as a mouse would."""
    page.locator("[data-text]").evaluate(
        """(text, words) => {
          const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode();
          const start = node.data.indexOf(words);
          getSelection().setBaseAndExtent(node, start, node, start + words.length);
        }""",
        words,
    )
    expect(page.locator("[data-bar] [data-said]")).to_have_text(words)


def kept(page: Page) -> None:
    expect(page.locator("#gold-form")).to_have_attribute("data-kept", "true")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_fit_for_everybody(page: Page, axe: Callable[[Page], None], store: Store) -> None:
    page.goto("/gold")
    axe(page)
    store.gold.save("wire", "local", LINE)
    store.gold.save("wire", "bela", {**LINE, "incidents": []})
    for path in (
        "/gold?second=bela",
        "/gold/code/older",
        "/gold/code/wire",
        "/gold/compare/wire",
        "/gold/compare/wire?with=bela",
    ):
        page.goto(path)
        axe(page)
    page.goto("/gold/code/older")
    page.keyboard.press("s")
    expect(page.locator("[data-bar]")).to_be_visible()
    axe(page)


def test_a_report_is_coded_by_keyboard_kept_and_compared(page: Page, store: Store) -> None:
    page.goto("/gold/code/wire")
    page.keyboard.press("s")  # words by keyboard: the first one, then as far as wanted
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-bar] [data-said]")).not_to_be_empty()
    page.keyboard.press("Escape")
    for words, key in (
        ("Two soldiers were killed", "k"), ("seven wounded", "i"), ("Thursday", "d"), ("two drones", "w"),
        ("Tal Hamra base", "p"), ("Plain Brigade", "a"),
    ):  # fmt: skip
        choose(page, words)
        page.keyboard.press(key)
        expect(page.get_by_role("status").first).to_contain_text(words)
    choose(page, "security official")
    page.keyboard.press("o")
    expect(page.locator("[name='s0.terms']")).to_be_focused()
    page.keyboard.press("a")  # the select finds "anonymous"
    page.keyboard.press("Escape")
    page.evaluate("getSelection().removeAllRanges()")
    page.keyboard.press("y")
    expect(page.locator("[name='i0.type.value']")).to_be_focused()
    page.locator("[name='i0.type.value']").select_option("air_drone_strike")
    expect(page.locator("[name='i0.speakers.numbers']")).to_have_value("1")
    expect(page.locator("#gold-form")).to_have_attribute("data-highlighted", "7")
    kept(page)
    page.reload()
    expect(page.locator("[name='i0.killed.lower']")).to_have_value("2")
    expect(page.locator("[name='i0.weapons.0.kind']")).to_have_value("drone")
    expect(page.locator("#gold-form")).to_have_attribute("data-highlighted", "7")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/gold/compare/wire")
    expect(page.get_by_role("row", name="killed")).to_contain_text("agree")
    line = store.gold.of_report("wire")[0].line
    assert line["sources"] == [{"name": "security official", "terms": "anonymous"}]
    assert (line["incidents"][0]["date"]["start"], line["incidents"][0]["actors"]) == ("2024-03-14", ["Plain Brigade"])
    assert line["evidence"]["incidents[0].weapons[0]"][0]["quote"] == "two drones"
    page.keyboard.press("n")
    page.wait_for_url("**/gold/code/*")


def test_leaving_at_once_loses_nothing(page: Page) -> None:
    page.goto("/gold/code/wire")
    page.locator("[name='i0.place.name']").fill("Tal Hamra")
    page.goto("/gold")  # before anything was sent
    page.get_by_role("link", name="Two soldiers").or_(page.locator("a[href='/gold/code/wire']")).first.click()
    expect(page.locator("[name='i0.place.name']")).to_have_value("Tal Hamra")


def test_rows_and_incidents_are_added_without_a_reload(page: Page, store: Store) -> None:
    page.goto("/gold/code/wire")
    for words in ("soldiers", "base"):
        choose(page, words)
        page.keyboard.press("v")
        expect(page.get_by_role("status").first).to_contain_text(words)
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("[name='i0.type.value']").select_option("attack")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("[name='i1.type.value']")).to_be_focused()
    expect(page.locator("[name='i1.targets.0.name']")).to_have_value("")
    page.locator("[name='i1.type.value']").select_option("arson")
    page.keyboard.press("Escape")
    page.keyboard.press("[")
    expect(page.locator("[name='i0.type.value']")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/gold/compare/wire")
    told = store.gold.of_report("wire")[0].line["incidents"]
    assert [(each["type"], each["targets"]) for each in told] == [("attack", ["soldiers", "base"]), ("arson", [])]


def test_what_is_wrong_has_the_focus(page: Page, store: Store) -> None:
    page.goto("/gold/code/wire")
    page.locator("[name='i0.killed.lower']").fill("some")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet.")
    expect(page.locator("[aria-invalid]:focus")).to_have_count(1)
    assert store.gold.of_report("wire") == ()


@pytest.mark.parametrize("width", [320, 640])
def test_it_fits_a_phone_and_large_letters(page: Page, width: int, store: Store) -> None:
    store.gold.save("wire", "local", LINE)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/gold", "/gold/code/wire", "/gold/compare/wire"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
