"""The page of the API's documentation in a real browser: under the desk's own policy, without any other site."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_api_can_be_read_and_tried_on_its_own_page(page: Page, axe: Callable[[Page], None], language: str) -> None:
    page.goto("/api/docs")
    status = page.locator("#operations-status-status")
    expect(status).to_be_visible()
    axe(page)
    status.locator(".opblock-summary-control").click()
    status.get_by_role("button", name="Try it out").click()
    status.get_by_role("button", name="Execute").click()
    expect(status.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    expect(status.locator(".live-responses-table")).to_contain_text('"reports": 0')
    axe(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_problems_is_fit_for_everybody(page: Page, axe: Callable[[Page], None], language: str) -> None:
    page.goto("/api/problems#too-many")
    expect(page.locator("#too-many")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
