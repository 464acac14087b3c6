"""The incidents page in a real browser: list, map and timeline stay one selection, by keyboard as by mouse."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(ids: dict[str, str], page: Page) -> Page:
    page.goto("/incidents")
    expect(page.locator("#map")).to_have_attribute("data-drawn", "3")
    return page


def found(page: Page) -> str:
    return page.locator("#found").inner_text().replace("\n", " ")


def shown(page: Page) -> list[str]:
    return [line.get_attribute("data-id") or "" for line in page.locator(".line").all()]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("query", ["", "?from=2024-03&to=2024-03&country=IQ&disputed=yes", "?q=zebra", "?from=2024-99"])
def test_the_page_is_fit_for_everybody(
    page: Page, ids: dict[str, str], axe: Callable[[Page], None], query: str, language: str
) -> None:
    page.goto(f"/incidents{query}")
    page.wait_for_load_state("networkidle")
    axe(page)


@pytest.mark.parametrize("width", [320, 380, 720, 1100])
def test_it_fits_a_phone_and_large_letters(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    opened.reload()
    expect(opened.locator("#map")).to_have_attribute("data-drawn", "3")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_a_limit_set_by_keyboard_shows_at_once_and_stands_in_the_address(opened: Page, ids: dict[str, str]) -> None:
    opened.get_by_label("Disputed", exact=True).focus()
    opened.keyboard.press("Space")
    expect(opened.locator("#found")).to_have_text("1 found")
    assert urlsplit(opened.url).query == "disputed=yes"
    assert shown(opened) == [ids["attack"]]
    expect(opened.locator("#map")).to_have_attribute("data-drawn", "1")
    expect(opened.get_by_label("Disputed", exact=True)).to_be_focused()
    expect(opened.locator(".bars a")).to_have_count(1)


def test_back_and_forward_bring_the_selections_back(opened: Page) -> None:
    opened.get_by_label("Place", exact=True).fill("tal hamra")
    opened.keyboard.press("Enter")
    expect(opened.locator("#found")).to_have_text("2 found")
    opened.get_by_label("Disputed", exact=True).check()
    expect(opened.locator("#found")).to_have_text("1 found")
    opened.go_back()
    expect(opened.locator("#found")).to_have_text("2 found")
    expect(opened.get_by_label("Disputed", exact=True)).not_to_be_checked()
    expect(opened.get_by_label("Place", exact=True)).to_have_value("tal hamra")
    opened.go_back()
    expect(opened.locator("#found")).to_have_text("5 found")
    opened.go_forward()
    opened.go_forward()
    expect(opened.locator("#found")).to_have_text("1 found")


def test_an_address_that_is_shared_shows_the_same(opened: Page, ids: dict[str, str]) -> None:
    opened.get_by_role("textbox", name="From").fill("2024-03-10")
    opened.get_by_role("textbox", name="Until").fill("2024-03-12")
    opened.keyboard.press("Enter")
    expect(opened.locator("#found")).to_have_text("3 found")
    before = shown(opened)
    opened.goto(opened.url)
    assert shown(opened) == before
    assert found(opened) == "3 found"


def test_a_limit_is_taken_away_by_its_mark(opened: Page) -> None:
    opened.goto("/incidents?country=IQ&disputed=yes")
    expect(opened.locator("#map")).to_have_attribute("data-drawn", "1")
    opened.get_by_role("link", name="Take away: disputed").click()
    expect(opened.locator("#found")).to_have_text("2 found")
    assert urlsplit(opened.url).query == "country=IQ"
    expect(opened.get_by_label("Disputed", exact=True)).not_to_be_checked()


def test_bars_lead_to_their_days_and_back(opened: Page, ids: dict[str, str]) -> None:
    opened.keyboard.press("t")
    focused = opened.locator(":focus")
    expect(focused).to_have_attribute("aria-label", "14 March 2024: 1 incident")
    opened.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("aria-label", "12 March 2024: 2 incidents")
    opened.keyboard.press("Enter")
    expect(opened.locator("#found")).to_have_text("2 found")
    assert set(shown(opened)) == {ids["strike"], ids["clash"]}
    opened.get_by_role("link", name="March 2024", exact=True).click()
    expect(opened.locator("#found")).to_have_text("5 found")
    assert "from=2024-03-01&to=2024-03-31" in opened.url


def test_the_map_is_walked_by_keyboard(opened: Page, ids: dict[str, str]) -> None:
    opened.keyboard.press("m")
    focused = opened.locator(":focus")
    expect(focused).to_have_attribute("aria-label", "Tal Hamra base, Iraq (exact site), 2 incidents, 1 disputed")
    names = set()
    for _ in range(3):
        names.add(focused.get_attribute("aria-label"))
        opened.keyboard.press("ArrowRight")
    assert len(names) == 3
    assert any("Upper Sahar, Syria (region)" in (name or "") and "region only" in (name or "") for name in names)
    opened.keyboard.press("Enter")
    opened.get_by_role("link", name="Show only these").press("Enter")
    expect(opened.locator("#found")).to_have_text("2 found")
    assert set(shown(opened)) == {ids["attack"], ids["rockets"]}


def test_a_mark_is_a_circle_of_the_size_that_is_known(opened: Page) -> None:
    assert opened.locator("#map img").count() == 0
    width = "document.querySelector('#map path.spot').getBoundingClientRect().width"
    opened.goto("/incidents?type=remote_explosive")
    expect(opened.locator("#map path.spot-rough")).to_have_count(1)
    assert opened.evaluate(width) > 100  # two hundred kilometres across
    opened.goto("/incidents?type=shelling_missile")
    expect(opened.locator("#map path.spot")).to_have_count(1)
    assert opened.evaluate(width) < 30


def test_what_has_no_place_is_said_beside_the_map(opened: Page, ids: dict[str, str]) -> None:
    expect(opened.locator("#elsewhere")).to_contain_text("1 incident has no place that can be drawn")
    opened.locator("#elsewhere a").click()
    expect(opened.locator("#found")).to_have_text("1 found")
    assert shown(opened) == [ids["clash"]]


def test_only_what_the_map_shows(opened: Page, ids: dict[str, str]) -> None:
    opened.get_by_role("button", name="Only what the map shows").click()
    expect(opened.locator("#found")).to_have_text("4 found")
    assert "box=" in opened.url
    opened.get_by_role("link", name="Take away: Part of the map the part chosen").click()
    expect(opened.locator("#found")).to_have_text("5 found")


def test_the_list_is_walked_by_j_and_k_and_opened(opened: Page, ids: dict[str, str]) -> None:
    opened.keyboard.press("j")
    expect(opened.locator(":focus")).to_have_attribute("href", f"/incidents/{ids['attack']}")
    opened.keyboard.press("j")
    opened.keyboard.press("k")
    expect(opened.locator(":focus")).to_have_attribute("href", f"/incidents/{ids['attack']}")
    expect(opened.locator(".pointed")).to_have_count(1)


def test_a_slip_is_told_beside_its_field(opened: Page) -> None:
    field = opened.get_by_role("textbox", name="From")
    field.fill("last week")
    opened.keyboard.press("Enter")
    expect(opened.locator("#w-from")).to_be_visible()
    expect(opened.get_by_role("textbox", name="From")).to_have_attribute("aria-invalid", "true")
    expect(opened.locator(".line")).to_have_count(0)
    opened.get_by_role("textbox", name="From").fill("2024-03")
    opened.keyboard.press("Enter")
    expect(opened.locator("#found")).to_have_text("5 found")
    expect(opened.locator("#w-from")).to_have_count(0)


def test_the_file_is_exactly_what_is_shown(opened: Page, tmp_path: Path) -> None:
    opened.get_by_label("Place", exact=True).fill("tal hamra")
    opened.keyboard.press("Enter")
    expect(opened.locator("#found")).to_have_text("2 found")
    opened.get_by_text("Export these 2").click()
    with opened.expect_download() as download:
        opened.get_by_role("link", name="CSV", exact=True).click()
    kept = tmp_path / "kept.csv"
    download.value.save_as(kept)
    with kept.open(newline="", encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == shown(opened)


def test_it_works_without_scripts(ids: dict[str, str], page: Page, desk_url: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=desk_url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/incidents")
    assert found(plain) == "5 found"
    expect(plain.locator("#map")).to_be_hidden()
    plain.get_by_label("Disputed", exact=True).check()
    plain.get_by_role("button", name="Show", exact=True).click()
    assert found(plain) == "1 found"
    assert "disputed=yes" in plain.url
    plain.locator(".bars a").first.click()
    assert "from=2024-03-14" in plain.url
    context.close()
