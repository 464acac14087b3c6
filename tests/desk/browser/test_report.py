"""A report in a real browser: from values to words and back, and a value given by choosing words. Texts are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import invented
from vigie.model import CodedReport
from vigie.store.keeping import Arrival
from vigie.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser


@pytest.fixture
def kept(store: Store) -> CodedReport:
    coded = invented.report(invented.event(1))
    store.add([Arrival(coded, "wire/today.txt")], "invented/1")
    return coded


@pytest.fixture
def report(page: Page, kept: CodedReport) -> Page:
    page.goto(f"/reports/{kept.report.id}")
    return page


def chosen(page: Page) -> str:
    return page.evaluate("String(getSelection())")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_fit_for_everybody(report: Page, kept: CodedReport, axe: Callable[[Page], None]) -> None:
    axe(report)
    start = kept.report.text.index("people")
    report.goto(f"/values/new?report={kept.report.id}&start={start}&end={start + 6}&field=place")
    axe(report)
    report.goto("/reports?q=people")
    axe(report)


def test_a_value_leads_to_its_words_and_back_by_keyboard(report: Page, kept: CodedReport) -> None:
    toll = kept.incidents[0].killed.evidence[0]
    value = report.locator(".value", has_text="killed").first
    for _ in range(12):
        report.keyboard.press("j")
        if "lit" in (value.get_attribute("class") or ""):
            break
    words = report.locator(".mark.k-toll", has_text=toll.quote)
    expect(words).to_have_class("mark k-toll lit")
    report.keyboard.press("Enter")
    expect(words).to_be_focused()
    assert report.url.endswith(f"#e{toll.start}-{toll.end}")
    report.keyboard.press("j")  # to the next mark of the text
    expect(words).not_to_be_focused()
    assert report.evaluate("document.activeElement.matches('#text .mark')")
    report.keyboard.press("ArrowUp")
    expect(words).to_be_focused()
    report.keyboard.press("Enter")
    expect(value.locator(".value-go")).to_be_focused()


def test_the_mouse_shows_both_ways(report: Page, kept: CodedReport) -> None:
    words = report.locator("#text .mark.k-toll").first
    words.hover()
    expect(report.locator(".value.lit").first).to_be_visible()
    report.locator(".value", has_text="where").first.hover()
    expect(report.locator("#text .mark.k-where.lit").first).to_be_visible()


def test_a_link_to_words_goes_to_them(page: Page, kept: CodedReport) -> None:
    span = kept.incidents[0].killed.evidence[0]
    page.goto(f"/reports/{kept.report.id}?from={span.start}&to={span.end}#e{span.start}-{span.end}")
    expect(page.locator(".also-asked", has_text=span.quote)).to_be_focused()


def test_a_value_is_corrected_by_choosing_words_with_the_mouse(report: Page, store: Store, kept: CodedReport) -> None:
    words = kept.incidents[0].injured.evidence[0]
    report.evaluate(
        """([start, end]) => {
          const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
          const at = (offset) => { let left = offset; for (let n = walk.nextNode(); n; n = walk.nextNode()) {
            if (left <= n.length) return [n, left]; left -= n.length; } };
          const a = at(start); walk.currentNode = walk.root; const b = at(end);
          getSelection().setBaseAndExtent(...a, ...b);
        }""",
        [words.start, words.end],
    )
    assert chosen(report) == words.quote
    report.get_by_role("button", name="Use these words").click()
    form = report.get_by_role("dialog", name="A value by its words")
    expect(form).to_be_visible()
    expect(form.get_by_label("Field")).to_have_value("injured")
    form.get_by_label("Field").select_option("killed")
    expect(form.get_by_text("Value: killed")).to_be_visible()
    number = words.quote.split()[0]
    expect(form.get_by_label("At least")).to_have_value(number)
    form.get_by_label("Why").fill("the figure is of the dead")
    form.get_by_role("button", name="Record this value").click()
    expect(report.get_by_role("status").first).to_contain_text("Recorded as decision 1")
    (line,) = store.decisions()
    assert (line.field, line.value["lower"], line.evidence[0].span) == ("killed", int(number), words)
    decided = report.locator("#d1")
    expect(decided).to_contain_text("the figure is of the dead")
    decided.get_by_role("button", name="Undo").click()
    expect(report.get_by_role("status").first).to_contain_text("Decision 1 is undone")


def test_words_are_chosen_and_recorded_by_keyboard_alone(report: Page, store: Store, kept: CodedReport) -> None:
    report.keyboard.press("s")
    for _ in range(40):
        if chosen(report).startswith("people"):
            break
        report.keyboard.press("ArrowRight")
    report.keyboard.press("Shift+ArrowRight")
    report.keyboard.press("Shift+ArrowRight")
    assert chosen(report) == "people were killed"
    report.keyboard.press("Enter")
    form = report.get_by_role("dialog", name="A value by its words")
    expect(form).to_be_visible()
    form.get_by_label("At least").fill("9")
    form.get_by_label("At most").fill("9")
    form.get_by_label("At most").press("Enter")
    expect(report.get_by_role("status").first).to_contain_text("Recorded as decision 1")
    assert store.decisions()[0].evidence[0].span.quote == "people were killed"


def test_a_report_fits_a_phone_and_large_letters(report: Page) -> None:
    for width in (320, 640):
        report.set_viewport_size({"width": width, "height": 700})
        report.reload()
        assert report.evaluate("document.documentElement.scrollWidth") <= width


def test_a_value_is_given_without_scripts(page: Page, desk_url: str, store: Store, kept: CodedReport) -> None:
    context = page.context.browser.new_context(base_url=desk_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/reports/{kept.report.id}")
    plain.get_by_role("link", name="Add a value by its words").click()
    plain.get_by_label("Field").select_option("injured")
    plain.get_by_role("button", name="Show the form for these").click()
    plain.get_by_label("Words of the report that it rests on").fill(kept.incidents[0].injured.evidence[0].quote)
    plain.get_by_label("At least").fill("7")
    plain.get_by_label("At most").fill("7")
    plain.get_by_role("button", name="Record this value").click()
    expect(plain.get_by_role("status").first).to_contain_text("Recorded as decision 1")
    assert store.decisions()[0].value["lower"] == 7
    context.close()
